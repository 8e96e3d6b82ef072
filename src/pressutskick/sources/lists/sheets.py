"""What workbooks of any kind have in common: choosing a sheet, telling what is hidden."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.omissions import leave_out
from pressutskick.recipients.columns.model import letter_of
from pressutskick.sentences import say, say_many
from pressutskick.sources.lists.limits import MAX_COLUMNS


@dataclass(slots=True, kw_only=True)
class SheetNotes:
    """What a reader notices on its way: what is hidden and holds something, cells far to the right.

    Rows count from 1, columns from 0.
    """

    hidden: list[int] = field(default_factory=list)
    #: Rows of cells that lie too far to the right.
    beyond: list[int] = field(default_factory=list)
    _hidden_columns: set[int] = field(default_factory=set)
    _held_columns: set[int] = field(default_factory=set)

    def hide_columns(self, first: int, last: int) -> None:
        """These columns are hidden."""
        self._hidden_columns.update(range(first, min(last + 1, MAX_COLUMNS)))

    def note_cells(self, cells: Iterable[int]) -> None:
        """These columns hold something in a row."""
        if self._hidden_columns:
            self._held_columns.update(self._hidden_columns.intersection(cells))

    def problems(self, file: str, sheet: str) -> list[Problem]:
        """The notes in words."""
        found: list[Problem] = []
        if self.hidden:
            origin = Origin(file=file, sheet=sheet, line=self.hidden[0])
            sentence = say_many(
                "{count} hidden row is read like the others: {rows}",
                "{count} hidden rows are read like the others: {rows}",
                len(self.hidden),
                rows=shorten(self.hidden),
            )
            found.append(
                Problem(
                    code="list.hidden_rows",
                    severity=Severity.WARNING,
                    sentence=sentence,
                    origin=origin,
                )
            )
        if self._held_columns:
            sentence = say_many(
                "{count} hidden column is read like the others: {columns}",
                "{count} hidden columns are read like the others: {columns}",
                len(self._held_columns),
                columns=", ".join(letter_of(index) for index in sorted(self._held_columns)),
            )
            found.append(
                Problem(
                    code="list.hidden_columns",
                    severity=Severity.WARNING,
                    sentence=sentence,
                    origin=Origin(file=file, sheet=sheet),
                )
            )
        if self.beyond:
            origin = Origin(file=file, sheet=sheet, line=self.beyond[0])
            what = say_many(
                "{count} cell far to the right", "{count} cells far to the right", len(self.beyond)
            )
            rows = shorten(sorted(set(self.beyond)))
            found.append(leave_out("list.far_cells", what, origin=origin, where=rows))
        return found


def shorten(rows: Sequence[int], most: int = 8) -> str:
    """`3, 7–9, …`: rows as ranges, at most so many of them."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    words = [str(low) if low == high else f"{low}–{high}" for low, high in ranges[:most]]
    return ", ".join(words + (["…"] if len(ranges) > most else []))


def _another(sheets: Sequence[tuple[str, bool]], chosen: int) -> str:
    """A sheet to name as the example: the next one that is seen, else the next."""
    after = [*sheets[chosen + 1 :], *sheets[:chosen]]
    return next((name for name, hidden in after if not hidden), after[0][0])


def choose_sheet(
    sheets: Sequence[tuple[str, bool]], wanted: str | None, *, file: str
) -> tuple[int, list[Problem]]:
    """The index of the named sheet, or of the first visible one, and what to say about it.

    Args:
        sheets: names, and whether each is hidden.
        wanted: the name after `#`, case does not count.
        file: for the errors.

    Raises:
        InputError: no sheet at all, or none of that name.
    """
    if not sheets:
        raise InputError(say("{file} is damaged: it has no sheet.", file=file))
    names = ", ".join(name for name, _hidden in sheets)
    if wanted is not None:
        for index, (name, _hidden) in enumerate(sheets):
            if name.casefold() == wanted.casefold():
                return index, []
        raise InputError(
            say(
                "{file} has no sheet {sheet}; it has: {names}.",
                file=file,
                sheet=wanted,
                names=names,
            )
        )
    index = next((index for index, (_name, hidden) in enumerate(sheets) if not hidden), 0)
    if len(sheets) == 1:
        return index, []
    sentence = say(
        "sheet {sheet} is read; the file has: {names}. Another one: {file}#{other}",
        sheet=sheets[index][0],
        names=names,
        file=file,
        other=_another(sheets, index),
    )
    origin = Origin(file=file, sheet=sheets[index][0])
    notice = Problem(
        code="list.other_sheets", severity=Severity.HINT, sentence=sentence, origin=origin
    )
    return index, [notice]
