"""A list's bytes and what is to change -> new bytes, or why that cannot be.

What was written is read again before it is given: every row that was not to change must be the same,
every cell that was must hold its text.
"""

from pressutskick.errors import InputError
from pressutskick.recipients.edits import ListEdits
from pressutskick.recipients.rows import Row
from pressutskick.sentences import say
from pressutskick.sources.lists.tables import open_table

_ARCHIVE = b"PK\x03\x04"


def edit_list(data: bytes, edits: ListEdits, *, file: str, sheet: str | None) -> bytes:
    """The new bytes.

    Raises:
        InputError: this kind of file, or this place in it, cannot be changed without harm.
    """
    if data.startswith(_ARCHIVE):
        from pressutskick.sources.lists.edits.workbooks import edit_workbook

        new = edit_workbook(data, edits, file=file, sheet=sheet)
    elif open_table(data, file=file).is_delimited:
        from pressutskick.sources.lists.edits.delimited import edit_delimited

        new = edit_delimited(data, edits, file=file)
    else:
        raise InputError(say("{file}: lists of this kind are read, and not written.", file=file))
    _require_right(data, new, edits, file=file, sheet=sheet)
    return new


def _require_right(
    old: bytes, new: bytes, edits: ListEdits, *, file: str, sheet: str | None
) -> None:
    """Raises InputError where the new bytes do not hold what they should."""
    before, after = (_rows(data, file=file, sheet=sheet) for data in (old, new))
    wanted = {line: dict(enumerate(row.cells)) for line, row in before.items()}
    for edit in edits.cells:
        wanted[edit.line][edit.column] = edit.text
    # In a workbook a removed row keeps its place, and in it what is computed or spans other rows.
    emptied = set(edits.removed) if old.startswith(_ARCHIVE) else set()
    kept = [_filled(cells) for line, cells in wanted.items() if line not in edits.removed]
    found = [
        _filled(dict(enumerate(row.cells))) for line, row in after.items() if line not in emptied
    ]
    is_left = any("@" in cell for line in emptied & set(after) for cell in after[line].cells)
    if [cells for cells in kept if cells] != [cells for cells in found if cells] or is_left:
        raise InputError(say("{file} could not be changed without changing more.", file=file))


def _rows(data: bytes, *, file: str, sheet: str | None) -> dict[int, Row]:
    table = open_table(data, file=file, sheet=sheet)
    return {row.line: row for row in table.rows if isinstance(row, Row)}


def _filled(cells: dict[int, str]) -> dict[int, str]:
    return {index: text for index, text in cells.items() if text}
