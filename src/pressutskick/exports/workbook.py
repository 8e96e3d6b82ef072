"""Workbooks (.xlsx) that a spreadsheet opens without doing anything: the one place where we write them.

Every text is written as a string, so none is a formula, a link or a number; control characters and
bidirectional marks do not get through. Rows are written as they come, so memory stays small.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence

from pressutskick.exports.csv import safe_text

#: What Excel takes into one cell, and into the name of a sheet.
_LONGEST_CELL, _LONGEST_NAME = 32_767, 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 60


def make_workbook(
    sheet: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str | int | None]],
    *,
    made_at: dt.datetime,
) -> bytes:
    """A workbook of one sheet with a bold header that stays in sight; None is an empty cell.

    The same input gives the same bytes; `made_at` is what the workbook says about its own age.
    """
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"constant_memory": True})
    book.set_properties({"created": made_at.replace(tzinfo=None)})
    page = book.add_worksheet(_NOT_IN_A_NAME.sub(" ", sheet).strip()[:_LONGEST_NAME] or None)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"valign": "top"})
    page.freeze_panes(1, 0)
    for column, name in enumerate(header):
        # A column's width must be known before its rows: they are written as they come.
        page.set_column(column, column, min(_WIDEST, max(14, len(name) + 2)), wrapped)
        page.write_string(0, column, safe_text(name), bold)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int) and not isinstance(value, bool):
                page.write_number(line, column, value, wrapped)
            elif value is not None:
                page.write_string(line, column, safe_text(value)[:_LONGEST_CELL], wrapped)
    book.close()
    return stream.getvalue()
