"""Addresses as they are pasted from a mail's To line: `Anna Berg <anna@…>; Bo Ek <bo@…>`."""

import re
from collections.abc import Iterable, Iterator

from pressutskick.recipients.address import split_named_address
from pressutskick.recipients.fields import Field
from pressutskick.recipients.rows import Row

#: A piece between separators: quoted text and angle brackets may hold one.
_PIECES = {
    mark: re.compile(rf'(?:"[^"\n]*"|<[^<>\n]*>|[^"<{mark}\n])+|["<]') for mark in (";", ",", ";,")
}
_DELIMITER = re.compile(r"[;\t|]")
_QUOTED = re.compile(r'"[^"]*"')
#: The header of a mail that was pasted with its addresses.
_HEADER = re.compile(r"\A\s*(?:to|till|til|cc|bcc|kopia|kopi)\s*:\s*", re.IGNORECASE)
_LONGEST = 1_000_000


def read_pasted(text: str) -> list[Row] | None:
    """Rows of name and address under a header of ours, or None where `text` is something else.

    Where every line holds several addresses it is surely no table: then a piece without one is a
    row too, so that it is told.
    """
    if len(text) > _LONGEST:
        return None
    for mark in _PIECES:
        pieces = list(_split(text, mark))
        if pieces and all(_is_one(piece) for _line, piece in pieces):
            return _rows(pieces)
    return next(
        (_rows(pieces) for mark in _PIECES if _is_crowded(pieces := list(_split(text, mark)))), None
    )


def _rows(pieces: Iterable[tuple[int, str]]) -> list[Row]:
    return [
        Row(0, (Field.NAME.value, Field.ADDRESS.value)),
        *(Row(line, split_named_address(piece)) for line, piece in pieces),
    ]


def _is_crowded(pieces: Iterable[tuple[int, str]]) -> bool:
    """Whether every line holds two addresses or more, each in a piece of its own."""
    counts: dict[int, int] = {}
    for line, piece in pieces:
        counts[line] = counts.get(line, 0) + _is_one(piece)
    return bool(counts) and min(counts.values()) > 1


def _is_one(piece: str) -> bool:
    """Whether it holds one address, and no delimiter of a table beside it."""
    return piece.count("@") == 1 and not _DELIMITER.search(_QUOTED.sub("", piece))


def _split(text: str, mark: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        for match in _PIECES[mark].finditer(_HEADER.sub("", line)):
            if piece := match[0].strip():
                yield number, piece
