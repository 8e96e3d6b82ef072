"""What a sheet says beside its cells: merged ranges, and the links beneath its texts.

Of a merged range only the first cell holds the text, and a person reads it in every row: the rows
below get it too, where they hold something of their own. Ranges that only lie across are titles.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote
from zipfile import ZipFile

from pressutskick.errors import InputError
from pressutskick.recipients.rows import CellFlaw
from pressutskick.sentences import say
from pressutskick.sources.lists.limits import MAX_COLUMNS, MAX_ROWS
from pressutskick.sources.lists.xmlstream import ElementCollector, read_tail

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
#: A link is laid on one cell, or on a few at once.
_MAX_LINKED_CELLS = 1000


def linked_address(target: str) -> str:
    """`mailto:anna@a.example?subject=Hej` -> the address; empty for any other link."""
    scheme, colon, rest = target.strip().partition(":")
    if not colon or scheme.lower() != "mailto":
        return ""
    return unquote(rest.partition("?")[0]).strip()


class MergedCells:
    """Gives the rows of a range that is merged downward what its first cell holds."""

    def __init__(self) -> None:
        """No range is open."""
        self._open: dict[int, tuple[int, int, str, CellFlaw | None, str]] = {}

    def begin(
        self, column: int, lines: tuple[int, int], text: str, flaw: CellFlaw | None, link: str
    ) -> None:
        """A range begins whose first cell holds `text`; `lines` are its first and last."""
        self._open[column] = (*lines, text, flaw, link)

    def fill(
        self, line: int, cells: dict[int, str], flaws: dict[int, CellFlaw], links: dict[int, str]
    ) -> None:
        """Fills the cells of a row that lie in a range; none of a row that is empty."""
        if not self._open or not cells:
            return
        for column, (first, last, text, flaw, link) in list(self._open.items()):
            if line > last:
                del self._open[column]
            elif line > first and column not in cells:
                cells[column] = text
                if flaw is not None:
                    flaws[column] = flaw
                if link:
                    links[column] = link


class SheetMarks:
    """The merged ranges and links of an Excel sheet, which its part tells after the cells."""

    def __init__(self) -> None:
        """None are known; see `read_marks`."""
        #: By first row: column and last row of each range that is merged downward.
        self.merged: dict[int, list[tuple[int, int]]] = defaultdict(list)
        #: By row and column: the address in the link.
        self.links: dict[int, dict[int, str]] = defaultdict(dict)

    def add_range(self, reference: str) -> None:
        """A merged range such as `A2:A5`."""
        if place := _read_range(reference):
            column, first, _last_column, last = place
            if last > first and column < MAX_COLUMNS:
                self.merged[first].append((column, last))

    def add_link(self, reference: str, address: str) -> None:
        """A link that lies on the cells of `reference`."""
        place = _read_range(reference) if address else None
        if place is None:
            return
        column, first, last_column, last = place
        if (last - first + 1) * (last_column - column + 1) <= _MAX_LINKED_CELLS:
            for line in range(first, last + 1):
                for index in range(column, min(last_column + 1, MAX_COLUMNS)):
                    self.links[line][index] = address


def read_marks(archive: ZipFile, part: str, targets: dict[str, str], *, file: str) -> SheetMarks:
    """The marks of one sheet.

    Args:
        archive: the workbook.
        part: the sheet's.
        targets: where the sheet's relations go, by id.
        file: for the errors.

    Raises:
        InputError: more of them than a list can have rows, or damaged.
    """
    marks = SheetMarks()
    for count, (name, attributes) in enumerate(_elements(archive, part, file)):
        if count > MAX_ROWS:
            raise InputError(
                say("{file}: a list has at most {rows} rows.", file=file, rows=MAX_ROWS)
            )
        reference = attributes.get("ref", "")
        if name == "mergeCell":
            marks.add_range(reference)
        else:
            relation = next((v for key, v in attributes.items() if key.endswith(":id")), "")
            marks.add_link(reference, linked_address(targets.get(relation, "")))
    return marks


def _elements(archive: ZipFile, part: str, file: str) -> Iterator[tuple[str, dict[str, str]]]:
    collector = ElementCollector(("mergeCell", "hyperlink"))
    return read_tail(archive, part, "sheetData", collector, file=file)


def _read_range(reference: str) -> tuple[int, int, int, int] | None:
    """`B2:C5` -> column, row, last column, last row; columns from 0, rows from 1."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    column, line = _index(match[1]), int(match[2])
    last_column, last = (_index(match[3]), int(match[4])) if match[3] else (column, line)
    return column, line, last_column, last


def _index(letters: str) -> int:
    index = 0
    for char in letters:
        index = index * 26 + ord(char) - 64
    return index - 1
