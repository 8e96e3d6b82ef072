"""A list file of any kind -> a `Table` of raw rows. Told apart by content, not by the name alone.

Everything here reads bytes that a stranger may have made: each reader works within `limits` and
ends in rows, problems or an `InputError`, never in a traceback.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from pressutskick.errors import InputError, InputNotFound, Origin, Problem, Severity
from pressutskick.recipients.rows import Row, Table
from pressutskick.sentences import say
from pressutskick.sources.delimited import read_delimited
from pressutskick.sources.encoding import decode
from pressutskick.sources.limits import MAX_LIST_BYTES
from pressutskick.sources.pasted import read_pasted

_MEGABYTE = 1024 * 1024


def read_list_bytes(path: Path) -> bytes:
    """The bytes of a list file; `-` is standard input.

    Raises:
        InputNotFound: there is no such file.
        InputError: it is a folder, cannot be read, or is larger than `MAX_LIST_BYTES`.
    """
    if str(path) == "-":
        data = sys.stdin.buffer.read(MAX_LIST_BYTES + 1)
    elif not path.exists():
        raise InputNotFound.file(str(path))
    else:
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_LIST_BYTES + 1)
        except OSError as error:
            raise InputError(
                say("{file}: cannot be read: {reason}.", file=path, reason=error.strerror)
            ) from error
    if len(data) > MAX_LIST_BYTES:
        raise InputError(
            say(
                "{file}: a list of more than {limit} MB is not read; split it.",
                file=path,
                limit=MAX_LIST_BYTES // _MEGABYTE,
            )
        )
    return data


def open_table(data: bytes, *, file: str, sheet: str | None = None) -> Table:
    """The rows of a list, read lazily. `file` is what problems call it.

    Raises:
        InputError: not a list that we read, damaged, protected, or beyond the limits.
    """
    text, encoding = decode(data)
    pasted = read_pasted(text)
    if pasted is not None:
        return Table(file=file, rows=pasted)
    return Table(file=file, is_delimited=True, rows=_text_rows(text, encoding, file))


def _text_rows(text: str, encoding: str, file: str) -> Iterator[Row | Problem]:
    notice = encoding_notice(encoding, file)
    if notice is not None:
        yield notice
    yield from read_delimited(text, file=file)


def encoding_notice(encoding: str, file: str) -> Problem | None:
    """What to say where the encoding was not plain: letters were guessed or mended."""
    if encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"):
        return None
    return Problem(
        code="list.encoding",
        severity=Severity.HINT,
        sentence=say(
            "the file's letters were read as {encoding}; look at å, ä and ö", encoding=encoding
        ),
        origin=Origin(file=file),
    )
