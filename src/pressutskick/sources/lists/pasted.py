"""Addresses as they are pasted from a mail's To line: `Anna Berg <anna@…>; Bo Ek <bo@…>`.

Also whole heads of a mail (`Från:`, `Till:`), groups (RFC 5322 section 3.4: `Presslista: … ;`), and
bare addresses. What stands before a colon says what follows; no name holds one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.omissions import leave_out
from pressutskick.recipients.fields import Field
from pressutskick.recipients.rows import Row
from pressutskick.recipients.unwrapping import split_named_address, without_doubles
from pressutskick.sentences import say_many

#: A piece between separators: quoted text and angle brackets may hold one.
_PIECES = {
    mark: re.compile(rf'(?:"[^"\n]*"|<[^<>\n]*>|[^"<{mark}\n])+|["<]') for mark in (";", ",", ";,")
}
_DELIMITER = re.compile(r"[;\t|]")
_QUOTED = re.compile(r'"[^"]*"')
#: Lines of a mail's head that name its receivers, its sender, and nobody.
_TO = re.compile(r"\s{0,9}(?:to|till|til|cc|bcc|kopia|kopi|hemlig kopia)\s{0,3}:", re.IGNORECASE)
_FROM = re.compile(
    r"\s{0,9}(?:from|från|fra|avsändare|reply-to|svar till|sender)\s{0,3}:", re.IGNORECASE
)
_NOBODY = re.compile(
    r"\s{0,9}(?:sent|skickat|sendt|date|datum|dato|subject|ämne|emne|importance|prioritet|attachments"
    r"|bilagor|bifogade filer|vedlegg|vedhæftede filer)\s{0,3}:",
    re.IGNORECASE,
)
#: `Till:` or the name of a group, before the first address.
_LABEL = re.compile(r"\s*[^\W\d_][^:<>@\"\[\](){};,]{0,60}:\s*(?!//)")
_MAILTO = re.compile(r"\s*mailto:", re.IGNORECASE)
_LONGEST = 1_000_000

_Lines = Sequence[tuple[int, str]]


def read_pasted(text: str, *, file: str) -> list[Row | Problem] | None:
    """Rows of name and address under a header of ours, or None where `text` is something else.

    Where every line holds several addresses it is surely no table: then a piece without one is a
    row too, so that it is told.
    """
    if len(text) > _LONGEST or "@" not in text:
        return None
    plain = without_doubles(text).splitlines()
    written = [(number, line) for number, line in enumerate(plain, start=1) if line.strip()]
    lines, remarks = _without_head(written, file)
    for mark in _PIECES:
        if lines and all(_is_one(piece) for _line, piece in _split(lines, mark)):
            return [*_rows(_split(lines, mark)), *remarks]
    if lines and all(line.count("@") > 1 for _number, line in lines):
        bare = [(number, word) for number, line in lines for word in line.split()]
        if all(_is_one(word) for _number, word in bare):
            return [*_rows(bare), *remarks]
        crowded = (pieces for mark in _PIECES if _is_crowded(pieces := list(_split(lines, mark))))
        if (found := next(crowded, None)) is not None:
            return [*_rows(found), *remarks]
    return None


def _without_head(lines: _Lines, file: str) -> tuple[_Lines, list[Problem]]:
    """The lines that name receivers, where a mail's head was pasted; and what was left out of it."""
    if not any(_TO.match(line) for _number, line in lines):
        return lines, []
    senders = [(number, line) for number, line in lines if _FROM.match(line) and "@" in line]
    left = [each for each in lines if _FROM.match(each[1]) or _NOBODY.match(each[1])]
    remarks = []
    if senders:
        what = say_many("{count} sender", "{count} senders", len(senders))
        where = ", ".join(split_named_address(_LABEL.sub("", line))[1] for _number, line in senders)
        origin = Origin(file=file, line=senders[0][0])
        remarks.append(
            leave_out("list.sender", what, origin=origin, where=where, severity=Severity.HINT)
        )
    return [each for each in lines if each not in left], remarks


def _rows(pieces: Iterable[tuple[int, str]]) -> list[Row | Problem]:
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


def _split(lines: _Lines, mark: str) -> Iterator[tuple[int, str]]:
    for number, line in lines:
        for match in _PIECES[mark].finditer(_without_label(line)):
            if piece := _without_label(match[0]).strip():
                yield number, piece


def _without_label(text: str) -> str:
    """The text without what stands before its first colon, a link's scheme apart."""
    return (
        text
        if _MAILTO.match(text)
        else _LABEL.sub("", text, count=1)
        if _LABEL.match(text)
        else text
    )
