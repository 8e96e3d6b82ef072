"""Quoted mail: lines that flow (RFC 3676), and an older message below or within a newer one.

A mail that says itself when something happens is the invitation, and what it quotes is an older
one; a mail that does not, forwards it, and what it quotes is the invitation.
"""

import re
from itertools import groupby

from pressutskick.reading.spots.dates import find_dates
from pressutskick.sources.documents.leftout import LeftOutNotes, Omitted
from pressutskick.sources.documents.markup import QUOTE_BEGINS, QUOTE_ENDS

_HEADERS = re.compile(
    r"(?im)^(?:\**(?:från|from|fra|skickat|sent|sendt|till|to|til|kopia|cc|ämne|subject|emne|datum"
    r"|date|dato)\**:.*(?:\n|\Z)){3,}"
)
_DIVIDER = re.compile(
    r"(?im)^[-_ ]*(?:ursprungligt meddelande|original message|vidarebefordrat (?:brev|meddelande)"
    r"|forwarded message|videresendt (?:melding|meddelelse))[-_ ]*(?:\n|\Z)"
)
#: `Den tors 8 okt. 2026 kl 09:00 skrev Anna Berg <…>:`, over two lines at most.
_ATTRIBUTION = re.compile(
    r"(?im)^(?:den|on|på|am)\b[^\n]{0,200}(?:\n[^\n]{0,200})?\b(?:skrev|skriver|wrote)\b[^\n]{0,200}:\s*$"
)
_CLOCK = re.compile(r"\b(?:kl\.?\s?\d{1,2}|(?:[01]?\d|2[0-3])[.:][0-5]\d)\b")
#: A line of quoted text: marks of depth, then what was written.
_QUOTED_LINE = re.compile(r"\s{0,3}((?:>\s?)+)(.*)")


def drop_quoted(text: str, notes: LeftOutNotes) -> str:
    """The newest message of a mail; what it quotes is left out, or is the message."""
    own, quoted = _split(text)
    if not quoted.strip():
        return text.replace(QUOTE_BEGINS, "").replace(QUOTE_ENDS, "").strip()
    if _says_when(own):
        words = quoted.replace(QUOTE_BEGINS, "").replace(QUOTE_ENDS, "")
        mark = notes.add(Omitted.QUOTED, re.sub(r"(?m)^(?:>\s?)+", "", words))
        return f"{own.strip()}{mark}"
    return _unquote(text)


def _says_when(text: str) -> bool:
    """Whether a message names a day and a clock of its own."""
    return _CLOCK.search(text) is not None and any(one.day for one in find_dates(text))


def _split(text: str) -> tuple[str, str]:
    """What the writer of a mail wrote, and what they quote."""
    ends = [
        match.start()
        for pattern in (_DIVIDER, _HEADERS)
        if (match := pattern.search(text)) is not None
    ]
    end = min(ends, default=len(text))
    own: list[str] = []
    quoted = [text[end:]]
    depth = 0
    head = _ATTRIBUTION.sub(
        lambda match: "\n".join(f"> {one}" for one in match[0].split("\n")), text[:end]
    )
    for line in head.split("\n"):
        depth += line.count(QUOTE_BEGINS)
        is_quoted = depth > 0 or _QUOTED_LINE.match(line) is not None
        depth = max(0, depth - line.count(QUOTE_ENDS))
        bare = line.replace(QUOTE_BEGINS, "").replace(QUOTE_ENDS, "")
        (quoted if is_quoted else own).append(bare)
    return "\n".join(own), "\n".join(quoted)


def _unquote(text: str) -> str:
    """A forwarded message as it was written: without dividers, header lines and marks of depth."""
    text = text.replace(QUOTE_BEGINS, "").replace(QUOTE_ENDS, "")
    text = _HEADERS.sub("", _DIVIDER.sub("", _ATTRIBUTION.sub("", text.strip() + "\n")))
    lines = [
        quoted[2] if (quoted := _QUOTED_LINE.fullmatch(line)) else line for line in text.split("\n")
    ]
    return "\n".join(lines).strip()


def unflow(text: str, *, joins_words: bool) -> str:
    """Lines that end in a blank joined with the next of the same depth (RFC 3676, 4.2 to 4.5).

    `joins_words` is `delsp=yes`: that blank itself is no part of the text.
    """
    lines = [_depth_of(line) for line in text.replace("\r\n", "\n").split("\n")]
    written: list[str] = []
    for depth, group in groupby(lines, key=lambda line: line[0]):
        mark = "> " if depth else ""
        open_line = ""
        for _, line in group:
            is_flowing = line.endswith(" ") and line != "-- "
            open_line += line[:-1] if is_flowing and joins_words else line
            if not is_flowing:
                written.append(mark + open_line)
                open_line = ""
        if open_line:
            written.append(mark + open_line)
    return "\n".join(written)


def _depth_of(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and the line without those marks and without its stuffing."""
    bare = line.lstrip(">")
    return len(line) - len(bare), bare.removeprefix(" ")
