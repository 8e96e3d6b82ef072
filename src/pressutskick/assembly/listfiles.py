"""Lists that are to be changed: read with everything that a change needs, and written back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressutskick.errors import InputError
from pressutskick.sentences import say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pressutskick.errors import Problem
    from pressutskick.recipients.columns.model import Columns
    from pressutskick.recipients.edits import ListEdits
    from pressutskick.recipients.rows import Beside, Row, Table
    from pressutskick.recipients.table import RecipientList
    from pressutskick.sources.lists.named import ListFile


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenList:
    """A list as it was read: its bytes, its raw rows by line, a recipient for each row."""

    file: ListFile
    data: bytes
    sheet: str | None
    rows: Mapping[int, Row]
    reading: RecipientList

    @property
    def columns(self) -> Columns:
        """How the columns are understood."""
        from pressutskick.recipients.columns.model import Columns

        return self.reading.columns or Columns(header_line=None, columns=())

    @property
    def place(self) -> tuple[str, str | None]:
        """File and sheet, as the origin of a row names them."""
        return self.file.name, self.sheet


def open_lists(names: Sequence[str], workspace: Path) -> tuple[OpenList, ...]:
    """Each list by name; problems of rows are in the readings.

    Raises:
        InputNotFound: a list is not there.
        InputError: a file that cannot be read as a list at all.
    """
    from pressutskick.recipients.table import read_rows
    from pressutskick.sources.lists.named import find_list, read_guide
    from pressutskick.sources.lists.tables import open_table, read_list_bytes

    found: list[OpenList] = []
    for name in names:
        file = find_list(name, workspace)
        data = read_list_bytes(file.path)
        table = open_table(data, file=file.name, sheet=file.sheet)
        rows: dict[int, Row] = {}
        reading = read_rows(replace(table, rows=_watched(table, rows)), read_guide(file))
        found.append(OpenList(file=file, data=data, sheet=table.sheet, rows=rows, reading=reading))
    return tuple(found)


def _watched(table: Table, rows: dict[int, Row]) -> Iterator[Row | Problem | Beside]:
    """The rows of a table, kept by line as they pass."""
    from pressutskick.recipients.rows import Row

    for row in table.rows:
        if isinstance(row, Row):
            rows[row.line] = row
        yield row


def write_edits(opened: OpenList, edits: ListEdits, now: dt.datetime) -> Path:
    """Writes the changes into the file; the path of the copy of what stood there.

    Raises:
        InputError: the file may not be changed, or not without harm; it is as it was.
        FileFault: the disk or its rights do not let it be written; it is as it was.
    """
    from pressutskick.exports.lists import replace_list
    from pressutskick.sources.lists.edits.lists import edit_list
    from pressutskick.sources.lists.named import is_open_elsewhere

    file = opened.file
    if str(file.path) == "-":
        raise InputError(say("A pasted list has no file to be written into."))
    if is_open_elsewhere(file):
        raise InputError(
            say("{file} is open in another program, which would write over it.", file=file.name)
        )
    new = edit_list(opened.data, edits, file=file.name, sheet=file.sheet)
    return replace_list(file.path, opened.data, new, now=now)
