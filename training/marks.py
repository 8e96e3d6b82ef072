"""Owns the marks that tie a piece of text to what it means, through every change of the text.

A mention is wrapped in two characters of Unicode's private planes, one to open and one to close it.
The text stays an ordinary string that can be wrapped, glued and damaged; at the end the marks are
taken out and every mention's place is known. Mentions may lie in each other.
"""

import re
from dataclasses import dataclass

FIRST_OPEN, FIRST_CLOSE = 0xF0000, 0x100000
MARK = f"[{chr(FIRST_OPEN)}-{chr(0x10FFFD)}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What one piece of text is about: its kind, its role, what it says when read rightly."""

    kind: str
    role: str
    value: str
    owner: str | None = None
    also: tuple[str, ...] = ()
    session: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A mention where it stands in the finished text."""

    mention: Mention
    offset: int
    text: str


class Marker:
    """Wraps pieces of text and remembers what each of them is."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []

    def mark(self, text: str, mention: Mention) -> str:
        """`text` between the marks of a new mention."""
        number = len(self.mentions)
        self.mentions.append(mention)
        return f"{chr(FIRST_OPEN + number)}{text}{chr(FIRST_CLOSE + number)}"

    def read(self, text: str) -> tuple[str, list[Span]]:
        """The text without marks, and every mention that is left in it, in order."""
        plain: list[str] = []
        opened: list[tuple[int, int]] = []
        spans: list[Span] = []
        for sign in text:
            code = ord(sign)
            if code < FIRST_OPEN:
                plain.append(sign)
            elif code < FIRST_CLOSE:
                opened.append((code - FIRST_OPEN, len(plain)))
            else:
                number, start = opened.pop()
                spans.append(Span(self.mentions[number], start, "".join(plain[start:])))
        return "".join(plain), sorted(spans, key=lambda span: (span.offset, -len(span.text)))


def unmark(text: str) -> str:
    """`text` as it is seen."""
    return re.sub(MARK, "", text)
