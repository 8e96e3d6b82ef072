"""A report in the terminal: every table that the page has, as far as there is room."""

from rich.table import Table as Drawing
from rich.text import Text

from pressutskick.cli.language import _n, tell
from pressutskick.cli.shows.screen.console import out, plain, print_table
from pressutskick.report.cells import cell_text
from pressutskick.report.page import Cell, Page, Table

#: Rows of one table, and columns of the longest bar.
_ROWS, _BAR = 15, 24
#: Columns up to which there is room for a bar beside them.
_NARROW = 3


def show_page(page: Page) -> None:
    """The whole page; long tables are cut, and say so."""
    out().print(plain(cell_text(page.title, tell), "bold"))
    for sentence in (*page.about, *page.lead):
        out().print(plain(tell(sentence)))
    for section in page.sections:
        out().print()
        out().print(plain(tell(section.heading), "bold"))
        for sentence in section.words:
            out().print(plain(tell(sentence)))
        for table in section.tables:
            _show_table(table, has_heading=len(section.tables) > 1)


def _show_table(table: Table, *, has_heading: bool) -> None:
    if has_heading:
        out().print(plain(tell(table.caption), "dim"))
    rows = table.rows[:_ROWS]
    shown = [
        number
        for number in range(len(table.columns))
        if number == 0 or any(row[number] not in (0, None, "") for row in rows)
    ]
    drawing = Drawing(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for number in shown:
        is_number = any(isinstance(row[number], int) for row in rows)
        drawing.add_column(
            plain(tell(table.columns[number].heading)),
            justify="right" if is_number else "left",
            overflow="fold",
        )
    longest = _longest(table)
    if longest:
        drawing.add_column("")
    for row in rows:
        cells: list[Text] = [plain(cell_text(row[number], tell)) for number in shown]
        drawing.add_row(*cells, *([_bar(row[table.drawn or 0], longest)] if longest else []))
    print_table(drawing)
    more = len(table.rows) - len(rows) + table.left_out
    if more:
        told = _n(
            "and {count} more: -o report.html or --xlsx shows more of them",
            "and {count} more: -o report.html or --xlsx shows more of them",
            more,
        )
        out().print(plain(told, "dim"))


def _longest(table: Table) -> int:
    """The number that the longest bar stands for; 0 where none is drawn."""
    number = table.drawn
    if number is None or len(table.columns) > _NARROW or not out().is_terminal:
        return 0
    return max((cell for row in table.rows if isinstance(cell := row[number], int)), default=0)


def _bar(cell: Cell, longest: int) -> Text:
    length = round(_BAR * cell / longest) if isinstance(cell, int) else 0
    return plain("█" * length, "cyan")
