"""What stands in an OpenDocument spreadsheet and is no cell of the sheet that is read."""

from collections.abc import Sequence

from pressutskick.errors import Problem
from pressutskick.recipients.rows import Beside, Row
from pressutskick.sources.lists.limits import MAX_CELL


class OdsBesideReader:
    """The texts with an at sign that are no cells of the sheet that is read: notes, other sheets."""

    def __init__(self, names: Sequence[str], chosen: int, *, is_alone: bool) -> None:
        """`is_alone` where the person has named the sheet, so that the others are not meant."""
        self._names = names
        self._chosen = chosen
        self._is_alone = is_alone
        self._sheet = -1
        self._depth = 0
        self._notes_depth = 0
        self._text = ""
        self._ready: list[Row | Problem | Beside] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "table":
            self._depth += 1
            self._sheet += self._depth == 1
        elif name == "annotation":
            self._notes_depth += 1
        elif name == "p":
            self._text = ""

    def end(self, name: str) -> None:
        """An element ends; a paragraph is all that a note or a cell holds."""
        if name == "table":
            self._depth -= 1
        elif name == "annotation":
            self._notes_depth -= 1
        elif name == "p" and "@" in self._text and self._depth:
            is_sheet = self._sheet != self._chosen
            if (self._notes_depth and not is_sheet) or (is_sheet and not self._is_alone):
                place = self._names[self._sheet] if self._sheet < len(self._names) else ""
                self._ready.append(Beside(place=place, text=self._text, is_sheet=is_sheet))

    def text(self, text: str) -> None:
        """Characters, perhaps not all at once."""
        if len(self._text) < MAX_CELL:
            self._text += text

    def take(self) -> list[Row | Problem | Beside]:
        """What was found, once."""
        ready, self._ready = self._ready, []
        return ready
