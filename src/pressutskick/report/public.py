"""A page for everybody: nobody is named, and no small number points at a single person.

Groups of fewer than five people are told together. In the other rows a number from one to four is not
told; where that leaves out only one number of a column, the next smallest is left out too, since it
could be worked out from the total.
"""

from collections.abc import Sequence
from dataclasses import replace

from pressutskick.report.page import Cell, Coded, Page, Row, Section, Table
from pressutskick.sentences import say

#: From so many people on a number is told.
ENOUGH = 5
_FEW = Coded(code=f"<{ENOUGH}", words=say("fewer than {limit}", limit=ENOUGH))
_UNTOLD = Coded(code="", words=say("not told"))
_OTHERS = Coded(code="others", words=say("all others together"))
#: A column that names somebody, whatever the table is about.
_NAMING = "who"
_NOTE = say(
    "This report is for everybody: nobody is named, groups of fewer than {limit} are told together, "
    "and numbers below {limit} are left out.",
    limit=ENOUGH,
)


def make_public(page: Page) -> Page:
    """The page without what concerns single people; of its lead only what the words mean."""
    sections = tuple(map(_guard_section, page.sections))
    return replace(
        page,
        lead=(*page.lead[-1:], _NOTE),
        sections=tuple(each for each in sections if each.tables or each.words),
        is_public=True,
    )


def _guard_section(section: Section) -> Section:
    tables = [table for table in section.tables if not table.names_people]
    return replace(section, tables=tuple(map(_guard_table, tables)))


def _guard_table(table: Table) -> Table:
    shown = [number for number, column in enumerate(table.columns) if column.code != _NAMING]
    if len(shown) < len(table.columns):
        kept = tuple(tuple(row[number] for number in shown) for row in table.rows)
        heads = tuple(table.columns[number] for number in shown)
        return _guard_table(replace(table, columns=heads, rows=kept))
    if not table.of_groups:
        return replace(table, rows=tuple(tuple(map(_hide, row)) for row in table.rows))
    rows = merge_small(table.rows)
    names, sizes, *rest = zip(*rows, strict=True) if rows else ((), ())
    columns = (names, sizes, *(_guard_column(column, sizes) for column in rest))
    return replace(table, rows=tuple(zip(*columns, strict=True)))


def merge_small(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Groups of enough people as they are, all others as one; they too are enough, or nobody's."""
    ordered = sorted(rows, key=_size, reverse=True)
    count = sum(_size(row) >= ENOUGH for row in ordered)
    while count and 0 < sum(map(_size, ordered[count:])) < ENOUGH:
        count -= 1
    others = ordered[count:]
    if sum(map(_size, others)) < ENOUGH:
        return tuple(ordered[:count])
    return (
        *ordered[:count],
        (_OTHERS, *map(_add_up, zip(*(row[1:] for row in others), strict=True))),
    )


def _add_up(cells: tuple[Cell, ...]) -> Cell:
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if numbers else None


def _size(row: Row) -> int:
    return row[1] if isinstance(row[1], int) else 0


def _hide(cell: Cell) -> Cell:
    return _FEW if isinstance(cell, int) and 0 < cell < ENOUGH else cell


def _guard_column(cells: Sequence[Cell], sizes: Sequence[Cell]) -> list[Cell]:
    hidden = [_hide_of(cell, size) for cell, size in zip(cells, sizes, strict=True)]
    if sum(cell in (_FEW, _UNTOLD) for cell in hidden) == 1:
        told = [cell for cell in hidden if isinstance(cell, int) and cell]
        if told:
            hidden[hidden.index(min(told))] = _UNTOLD
    return hidden


def _hide_of(cell: Cell, size: Cell) -> Cell:
    """So many of a group: all but a few of it are few too."""
    if isinstance(cell, int) and isinstance(size, int) and 0 < size - cell < ENOUGH and cell:
        return _UNTOLD
    return _hide(cell)
