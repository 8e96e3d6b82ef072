"""A mail as a tree of parts (RFC 2045, 2046), read with bounds on everything.

Whatever is longer, deeper or wider than real mail is left out, so that no mail can cost more than
some milliseconds. Python's parser reads the header fields; the tree is cut here, since its own
parser recurses as deep as a mail wants it to.
"""

import binascii
import html
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser

from pressutskick.mail import UNSAFE_CHARACTERS

#: Octets of one mail that are looked at: reports and answers stand at the beginning.
MOST_OCTETS = 262_144
#: How Outlook's own files begin, which are no mails.
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
#: Octets of one part's header: with all its traces a bounce has some 8,000.
_MOST_HEADER = 32_768
_DEEPEST, _MOST_PARTS = 8, 64
#: Characters of one field's value, and of one part's text.
_MOST_VALUE, _MOST_TEXT = 2_000, 100_000

_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n|\r[ \t]*\r(?!\n)")
_TAGS = re.compile(r"(?is)<(?:br|/p|/div|/tr|/h\d|/li)\b[^<>]{0,1000}>")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HIDDEN = (("<style", "</style"), ("<script", "</script"), ("<title", "</title"), ("<!--", "-->"))
_parser = BytesHeaderParser()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: its header, its octets as they stand, and the parts in it."""

    header: Message
    body: bytes
    parts: tuple["Part", ...] = ()

    @property
    def media_type(self) -> str:
        """`text/plain` and the like, in lower case; that of a tree whose boundary is broken."""
        # A parameter without its semicolon is taken for a part of the type.
        media_type = self.header.get_content_type().split()[0]
        if media_type.startswith("multipart/") and not self.parts and self.body:
            return "text/plain"
        return media_type

    def parameter(self, name: str) -> str:
        """A parameter of Content-Type in lower case, empty where there is none."""
        value = self.header.get_param(name)
        return value.lower() if isinstance(value, str) else ""

    def field(self, name: str) -> str:
        """The first field of that name, decoded, on one line, safe to print."""
        return next(iter(self.fields(name)), "")

    def fields(self, name: str) -> tuple[str, ...]:
        """All fields of that name (see `field`)."""
        wanted = name.lower()
        # `get` would have put question marks for octets that no charset is told of.
        found = (value for key, value in self.header.raw_items() if key.lower() == wanted)
        return tuple(decode_value(value) for value in found)

    def text(self) -> str:
        """The part's words: decoded, without markup, lines ended by LF."""
        octets = self._octets()[:_MOST_TEXT]
        text = _decode_octets(octets, self.parameter("charset"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return strip_markup(text) if self.media_type == "text/html" else text

    def _octets(self) -> bytes:
        coding = self.field("Content-Transfer-Encoding").lower()
        if coding == "quoted-printable":
            return quopri.decodestring(self.body)
        if coding == "base64":
            return _decode_base64(self.body)
        return self.body

    def walk(self) -> Iterator["Part"]:
        """The part itself and all in it, in their order."""
        yield self
        for part in self.parts:
            yield from part.walk()


def read_parts(content: bytes) -> Part:
    """The tree of a mail; whatever the bytes are, there is one."""
    room = [_MOST_PARTS]
    return _read(content[:MOST_OCTETS].lstrip(b"\r\n"), _DEEPEST, room)


def read_header(content: bytes) -> Part:
    """The mail's header alone, as a part without anything in it."""
    header, _ = _read_header(content[:MOST_OCTETS].lstrip(b"\r\n"))
    return Part(header=header, body=b"")


def _read(content: bytes, deeper: int, room: list[int]) -> Part:
    header, body = _read_header(content)
    boundary = header.get_boundary() if header.get_content_maintype() == "multipart" else None
    parts: list[Part] = []
    if boundary and deeper:
        for piece in _split(body, boundary):
            if not room[0]:
                break
            room[0] -= 1
            parts.append(_read(piece, deeper - 1, room))
    return Part(header=header, body=body, parts=tuple(parts))


def _read_header(content: bytes) -> tuple[Message, bytes]:
    """The header, and what stands after it."""
    end = _BLANK_LINE.search(content)
    if content[:1] in (b"\n", b"\r"):
        head, body = b"", content.lstrip(b"\r\n")
    else:
        head = content[: end.start() + 1] if end else content
        body = content[end.end() :] if end else b""
    header = _parser.parsebytes(head[:_MOST_HEADER])
    # Python reads its parameters in quadratic time.
    if len(str(header.get("Content-Type", ""))) > _MOST_VALUE:
        del header["Content-Type"]
    return header, body


def _split(body: bytes, boundary: str) -> list[bytes]:
    """The pieces between the boundary's lines; the last one may lack its end."""
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    pieces = re.split(rb"(?m)^--" + mark + rb"(--)?[ \t]*\r?$\n?", body, maxsplit=_MOST_PARTS)
    return [piece for piece in pieces[2::2] if piece.strip()]


def decode_value(value: str) -> str:
    """A header's value with its encoded words read (RFC 2047), on one line, safe to print."""
    value = value[:_MOST_VALUE]
    if "=?" in value:
        with suppress(HeaderParseError, ValueError):
            value = "".join(_decode_word(word, charset) for word, charset in decode_header(value))
    elif not value.isascii():
        value = _decode_octets(value.encode("utf-8", "surrogateescape"), "")
    return one_line(value)


def _decode_word(word: str | bytes, charset: str | None) -> str:
    return word if isinstance(word, str) else _decode_octets(word, charset or "")


def _decode_octets(octets: bytes, charset: str) -> str:
    """As the mail says; else as UTF-8, else as Western European, which never fails."""
    for name in (charset, "utf-8"):
        try:
            return octets.decode(name)
        except (LookupError, ValueError):
            continue
    return octets.decode("cp1252", "replace")


def _decode_base64(octets: bytes) -> bytes:
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", octets)
    clean = clean[:-1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def strip_markup(markup: str) -> str:
    """The words of HTML: enough to recognise a sentence, no rendering."""
    for opening, closing in _HIDDEN:
        markup = _cut_out(markup, opening, closing)
    return html.unescape(_TAG.sub("", _TAGS.sub("\n", markup)))


def _cut_out(markup: str, opening: str, closing: str) -> str:
    """The text without what stands between the two; without its rest where that is never closed."""
    pieces: list[str] = []
    lower, position = markup.lower(), 0
    while (begin := lower.find(opening, position)) >= 0:
        pieces.append(markup[position:begin])
        closed = lower.find(closing, begin)
        end = lower.find(">", closed) if closed >= 0 else -1
        position = end + 1 if end >= 0 else len(markup)
    return "".join([*pieces, markup[position:]])


def one_line(text: str) -> str:
    """A text on one line without anything that a terminal obeys."""
    return " ".join(UNSAFE_CHARACTERS.sub(" ", text).split())
