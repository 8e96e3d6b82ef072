"""Workbooks (.xlsx) that a spreadsheet opens without doing anything: the one place where we write them.

Every text is written as a string, so none is a formula, a link or a number; control characters and
bidirectional marks do not get through. Rows are written as they come, so memory stays small.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pressutskick.exports.csv import safe_text

#: What Excel takes into one cell, and into the name of a sheet.
_LONGEST_CELL, _LONGEST_NAME = 32_767, 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
#: What XML 1.0 has no character for (section 2.2), besides the controls that are gone already.
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WIDEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its name, a header and rows, which are read once; None is an empty cell."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[str | int | None]]


def make_workbook(*sheets: Sheet, made_at: dt.datetime) -> bytes:
    """A workbook of sheets with a bold header each that stays in sight.

    The same input gives the same bytes; `made_at` is what the workbook says about its own age. A name
    that is there already gets a number.
    """
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"constant_memory": True})
    book.set_properties({"created": made_at.replace(tzinfo=None)})
    formats = book.add_format({"bold": True}), book.add_format({"valign": "top"})
    used: set[str] = set()
    for sheet in sheets:
        _write_sheet(book.add_worksheet(_name_sheet(sheet.name, used)), sheet, *formats)
    book.close()
    return stream.getvalue()


def _name_sheet(name: str, used: set[str]) -> str:
    """A name that Excel takes; it compares them without regard to case."""
    cleaned = _NOT_IN_A_NAME.sub(" ", _clean(name)).strip() or "1"
    number, chosen = 1, _cut(cleaned, _LONGEST_NAME)
    while chosen.casefold() in used:
        number += 1
        chosen = f"{_cut(cleaned, _LONGEST_NAME - 4)} {number}"
    used.add(chosen.casefold())
    return chosen


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", safe_text(text))


def _cut(text: str, length: int) -> str:
    """As much as Excel takes, which counts in UTF-16."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore").strip() or "1"


def _write_sheet(page: Any, sheet: Sheet, bold: object, wrapped: object) -> None:
    page.freeze_panes(1, 0)
    for column, name in enumerate(sheet.header):
        # A column's width must be known before its rows: they are written as they come.
        page.set_column(column, column, min(_WIDEST, max(14, len(name) + 2)), wrapped)
        page.write_string(0, column, _clean(name), bold)
    for line, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int) and not isinstance(value, bool):
                page.write_number(line, column, value, wrapped)
            elif value is not None:
                page.write_string(line, column, _clean(str(value))[:_LONGEST_CELL], wrapped)
