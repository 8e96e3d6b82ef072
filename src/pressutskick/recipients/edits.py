"""Changes of a list as values: which cells get which text, and which rows go. Pure.

A person decides about rows (`Wish`); here it becomes cells. `sources` puts those into the file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pressutskick.errors import Origin
from pressutskick.mail import comparison_key
from pressutskick.recipients.address import address_pattern
from pressutskick.recipients.columns.model import Columns
from pressutskick.recipients.fields import Field
from pressutskick.recipients.rows import CellFlaw, Row

#: Between the addresses of a cell that holds several.
_BETWEEN = " ,;"
#: What a spreadsheet would take for a formula.
_FORMULA = re.compile(r"[=+\-@]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to become of one row: it goes, has another address, or is noted with a day."""

    origin: Origin
    address: str
    removes: bool = False
    new_address: str | None = None
    days: Mapping[Field, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """A cell that gets a text; `column` counts from 0. `day` is set where the text is a date."""

    line: int
    column: int
    text: str
    was: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEdits:
    """All changes of one table; `removed` are the rows that go, with what stood there.

    `unwritten` are wishes that no cell can be found for.
    """

    cells: tuple[CellEdit, ...] = ()
    removed: Mapping[int, Row] = field(default_factory=dict)
    unwritten: tuple[Wish, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.removed)


def plan_edits(
    wishes: Iterable[Wish],
    rows: Mapping[int, Row],
    columns: Columns,
    headers: Mapping[Field, str],
) -> ListEdits:
    """The cells to change.

    Args:
        wishes: about rows of this table, each row at most once.
        rows: all of them, by line.
        columns: how they are understood.
        headers: what a column is called that has to be added, by its field.
    """
    plan = _Plan(rows, columns, headers)
    unwritten = [wish for wish in wishes if not plan.take(wish)]
    return ListEdits(
        cells=tuple(plan.cells.values()), removed=plan.removed, unwritten=tuple(unwritten)
    )


class _Plan:
    """Edits as they are found, one for each cell."""

    def __init__(
        self, rows: Mapping[int, Row], columns: Columns, headers: Mapping[Field, str]
    ) -> None:
        self._rows = rows
        self._columns = columns
        self._headers = headers
        self._width = max((len(row.cells) for row in rows.values()), default=0)
        self._added: dict[Field, int] = {}
        self.cells: dict[tuple[int, int], CellEdit] = {}
        self.removed: dict[int, Row] = {}

    def take(self, wish: Wish) -> bool:
        """Whether cells were found for the whole wish; else none is changed."""
        row = self._rows.get(wish.origin.line or 0)
        if row is None:
            return False
        if wish.removes:
            return self._remove(row, wish)
        if wish.new_address is not None and not self._rename(row, wish):
            return False
        columns = {each: self._column_of(each) for each in wish.days}
        if None in columns.values():
            return False
        for each, day in wish.days.items():
            column = columns[each]
            if column is not None:
                self._put(row, column, day.isoformat(), day)
        return True

    def _remove(self, row: Row, wish: Wish) -> bool:
        """The whole row, unless somebody else stands in it too."""
        holding = self._holding(row, wish.address)
        others = [
            cell for index, cell in enumerate(row.cells) if "@" in cell and index not in holding
        ]
        rest = {index: self._without(row.cells[index], wish.address) for index in holding}
        if not holding:
            return False
        if not others and not any("@" in text for text in rest.values()):
            self.removed[row.line] = row
            return True
        for index, text in rest.items():
            self._put(row, index, text if "@" in text else "")
        return True

    def _rename(self, row: Row, wish: Wish) -> bool:
        new = wish.new_address or ""
        holding = self._holding(row, wish.address)
        if not holding or _FORMULA.match(new):
            return False
        pattern = address_pattern(comparison_key(wish.address))
        for index in holding:
            self._put(row, index, pattern.sub(lambda _found: new, row.cells[index]))
        return True

    def _holding(self, row: Row, address: str) -> Sequence[int]:
        """Cells in which the address stands as it is; none where one of them is computed."""
        pattern = address_pattern(comparison_key(address))
        found = [index for index, cell in enumerate(row.cells) if pattern.search(cell)]
        is_computed = any(row.flaws.get(index) is CellFlaw.FORMULA for index in found)
        return [] if is_computed else found

    def _without(self, text: str, address: str) -> str:
        return address_pattern(comparison_key(address)).sub("", text).strip(_BETWEEN)

    def _column_of(self, wanted: Field) -> int | None:
        """Where the field stands; a new column where there is a header to add it to."""
        known = self._columns.index_of(wanted)
        if known is not None:
            return known
        header = self._rows.get(self._columns.header_line or 0)
        if header is None or wanted not in self._headers:
            return None
        if wanted not in self._added:
            self._added[wanted] = self._width + len(self._added)
            self._put(header, self._added[wanted], self._headers[wanted])
        return self._added[wanted]

    def _put(self, row: Row, column: int, text: str, day: date | None = None) -> None:
        was = row.cells[column] if column < len(row.cells) else ""
        if text != was:
            self.cells[row.line, column] = CellEdit(
                line=row.line, column=column, text=text, was=was, day=day
            )
