"""Addresses as they are pasted from a mail's To line: `Anna Berg <anna@…>; Bo Ek <bo@…>`."""

import re
from collections.abc import Iterator

from pressutskick.recipients.address import split_named_address
from pressutskick.recipients.fields import Field
from pressutskick.recipients.rows import Row

#: A piece between separators: quoted text and angle brackets may hold one.
_PIECES = {
    mark: re.compile(rf'(?:"[^"\n]*"|<[^<>\n]*>|[^"<{mark}\n])+|["<]') for mark in (";", ",")
}
_DELIMITER = re.compile(r"[;\t|]")
_QUOTED = re.compile(r'"[^"]*"')
_LONGEST = 1_000_000


def read_pasted(text: str) -> list[Row] | None:
    """Rows of name and address under a header of ours, or None where `text` is something else."""
    if len(text) > _LONGEST:
        return None
    for mark in (";", ","):
        pieces = list(_split(text, mark))
        if pieces and all(_is_one(piece) for _line, piece in pieces):
            return [
                Row(0, (Field.NAME.value, Field.ADDRESS.value)),
                *(Row(line, split_named_address(piece)) for line, piece in pieces),
            ]
    return None


def _is_one(piece: str) -> bool:
    """Whether it holds one address, and no delimiter of a table beside it."""
    return piece.count("@") == 1 and not _DELIMITER.search(_QUOTED.sub("", piece))


def _split(text: str, mark: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        for match in _PIECES[mark].finditer(line):
            if piece := match[0].strip():
                yield number, piece
