"""A cell of a report as text for people, and as a value for programs."""

import datetime as dt
from collections.abc import Callable

from pressutskick.release.zone import ZONE
from pressutskick.report.page import Cell, Coded, Page, Table
from pressutskick.sentences import Sentence

#: Puts a sentence into somebody's language.
Tell = Callable[[Sentence], str]


def cell_text(cell: Cell, tell: Tell) -> str:
    """What a person reads; moments by the clock of Stockholm, to the second."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Coded):
        return tell(cell.words)
    if isinstance(cell, Sentence):
        return tell(cell)
    if isinstance(cell, dt.datetime):
        return f"{cell.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"
    return "" if cell is None else str(cell)


def sheet_cell(cell: Cell, tell: Tell) -> str | int | None:
    """What a spreadsheet keeps: numbers as numbers."""
    return cell if isinstance(cell, int) or cell is None else cell_text(cell, tell)


def cell_value(cell: Cell) -> str | int | None:
    """What a program reads, the same in every language."""
    if isinstance(cell, Coded):
        return cell.code
    if isinstance(cell, Sentence):
        return str(cell)
    return cell.isoformat() if isinstance(cell, dt.datetime) else cell


def table_document(table: Table) -> list[dict[str, object]]:
    """The rows for programs, by the codes of their columns."""
    codes = [column.code for column in table.columns]
    return [dict(zip(codes, map(cell_value, row), strict=True)) for row in table.rows]


def page_document(page: Page) -> dict[str, object]:
    """The whole page for programs: its title, and each table under its code."""
    return {
        "title": str(page.title),
        "public": page.is_public,
        **{table.code: table_document(table) for table in page.tables},
    }
