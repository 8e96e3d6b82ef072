"""CSV and its kin with single cells changed: every other byte stays as it is."""

import csv
from collections.abc import Iterator
from itertools import pairwise

from pressutskick.errors import InputError
from pressutskick.recipients.edits import ListEdits
from pressutskick.recipients.rows import Row
from pressutskick.sentences import say
from pressutskick.sources.encoding import decode
from pressutskick.sources.lists.delimited import find_dialect, line_starts, read_delimited

#: Marks and encodings of lists, as `decode` knows them.
_ENCODINGS = (
    *((b"\xef\xbb\xbf", "utf-8"), (b"", "utf-8"), (b"\xff\xfe", "utf-16-le")),
    *((b"\xfe\xff", "utf-16-be"), (b"", "cp1252"), (b"", "mac_roman"), (b"", "cp850")),
    *((b"", "utf-16-le"), (b"", "utf-16-be")),
)


def edit_delimited(data: bytes, edits: ListEdits, *, file: str) -> bytes:
    """The new bytes, in the encoding of the old ones.

    Raises:
        InputError: the letters of the file were mended when it was read, or a row is odd.
    """
    text, _name = decode(data)
    mark, codec = _find_encoding(data, text, file=file)
    dialect = find_dialect(text)
    pieces, end = [], 0
    for line, start, stop in _places(text, file=file):
        changes = {edit.column: edit.text for edit in edits.cells if edit.line == line}
        if line in edits.removed or changes:
            new = "" if line in edits.removed else _rewrite(text[start:stop], changes, dialect)
            if new is None:
                raise InputError(
                    say("{file}:{line}: this row is written in an odd way.", file=file, line=line)
                )
            pieces += [text[end:start], new]
            end = stop
    try:
        return mark + ("".join(pieces) + text[end:]).encode(codec)
    except UnicodeEncodeError as error:
        raise InputError(
            say("{file}: its encoding has no letter for what is to be written.", file=file)
        ) from error


def _find_encoding(data: bytes, text: str, *, file: str) -> tuple[bytes, str]:
    for mark, codec in _ENCODINGS:
        try:
            if "\0" not in text and data == mark + text.encode(codec):
                return mark, codec
        except UnicodeEncodeError:
            continue
    raise InputError(
        say("{file}: its letters had to be mended to be read; save it as UTF-8.", file=file)
    )


def _places(text: str, *, file: str) -> Iterator[tuple[int, int, int]]:
    """The line of each row, and where it begins and ends in the text."""
    starts = [*line_starts(text), len(text)]
    lines = [row.line for row in read_delimited(text, file=file) if isinstance(row, Row)]
    for line, after in pairwise([*lines, len(starts)]):
        yield line, starts[line - 1], starts[after - 1]


def _rewrite(raw: str, changes: dict[int, str], dialect: type[csv.Dialect]) -> str | None:
    """One row with cells changed; None where its cells cannot be told apart for sure."""
    row = raw.rstrip("\r\n")
    cells = [row[start:end] for start, end in _spans(row, dialect)]
    read = [next(csv.reader([cell], dialect), [""]) for cell in cells]
    if [each[0] if each else "" for each in read] != next(csv.reader([row], dialect), []):
        return None
    cells += [""] * (max(changes) + 1 - len(cells))
    for column, text in changes.items():
        cells[column] = _write(text, cells[column], dialect)
    return dialect.delimiter.join(cells) + raw[len(row) :]


def _spans(row: str, dialect: type[csv.Dialect]) -> Iterator[tuple[int, int]]:
    """Where the cells of a row stand, their quotation marks included."""
    start, is_quoted, is_escaped = 0, False, False
    for place, char in enumerate(row):
        if is_escaped:
            is_escaped = False
        elif char == dialect.escapechar:
            is_escaped = True
        elif char == dialect.quotechar and (is_quoted or _opens(row[start:place], char)):
            is_quoted = not is_quoted
        elif char == dialect.delimiter and not is_quoted:
            yield start, place
            start = place + 1
    yield start, len(row)


def _opens(before: str, mark: str) -> bool:
    """Whether a mark begins a quoted cell, or goes on with one after a doubled mark."""
    text = before.lstrip(" ")
    return not text or (text.startswith(mark) and text.endswith(mark))


def _write(text: str, was: str, dialect: type[csv.Dialect]) -> str:
    mark = dialect.quotechar or '"'
    is_quoted = was.strip().startswith(mark) or any(
        char in text for char in (dialect.delimiter, mark, "\n", "\r")
    )
    if not is_quoted:
        return text
    inner = text.replace(mark, f"{dialect.escapechar or mark}{mark}")
    return f"{mark}{inner}{mark}"
