"""What a document's reader leaves out of its text, and where: nothing goes without a word.

A reader puts a mark, one character of a private plane, where it leaves something out; `settle_marks`
takes the marks out of the finished text and tells the line of each.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Omitted(StrEnum):
    """Kinds of what is left out; a stable code each."""

    #: Not to be seen: hidden, without contrast, of no size.
    HIDDEN = "hidden"
    #: Struck through by the writer.
    STRUCK = "struck"
    #: Deleted while changes were tracked.
    DELETED = "deleted"
    #: An older message below or above the new one.
    QUOTED = "quoted"
    #: A comment in the margin.
    COMMENT = "comment"
    #: A footnote or endnote.
    NOTE = "note"
    #: Page headers, page footers, watermarks.
    MARGIN = "margin"
    PICTURE = "picture"
    #: A page that is a picture, as a scanner makes it.
    SCAN = "scan"
    #: Fields that a reader would fill in.
    FORM = "form"
    #: Another document, film or page within this one.
    EMBEDDED = "embedded"
    #: A mail that only brings the document that is read.
    COVER = "cover"
    #: What else is attached to a mail.
    ATTACHMENT = "attachment"
    #: What a web page has around its text: menus, sharing, cookies.
    FURNITURE = "furniture"
    #: Control characters, which no text holds.
    CONTROL = "control"
    #: Nothing is left out, but columns and boxes may stand in another order than they are read.
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One thing left out: its words, as far as it has any, its line in the text, its page."""

    what: Omitted
    words: str = ""
    line: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A document's text, and what is not in it."""

    text: str
    left_out: tuple[LeftOut, ...] = ()


#: Begins the class by which HTML that other readers make says what is left out; the code follows.
MARK_CLASS = "left-out-"
_FIRST, _LAST = 0xF0000, 0xFFFFD
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


class LeftOutNotes:
    """The things left out while one document is read, each with its mark."""

    def __init__(self) -> None:
        """Begins with none."""
        self._found: list[LeftOut] = []

    def add(self, what: Omitted, words: str = "", *, page: int | None = None) -> str:
        """Keeps one; the mark for its place in the text, empty where there is no room for more."""
        words = " ".join(without_marks(words).replace("\ufffc", " ").split())
        self._found.append(LeftOut(what=what, words=words, page=page))
        index = _FIRST + len(self._found) - 1
        return chr(index) if index <= _LAST else ""

    def settle(self, text: str) -> Converted:
        """`text` without marks, and the line of each."""
        lines: list[str] = []
        found = list(self._found)
        was_dropped = False
        for line in text.split("\n"):
            marks = _MARK.findall(line)
            bare = _without(line) if marks else line
            is_dropped = bool(marks) and not bare.strip("*-# ")
            is_second_blank = was_dropped and not bare and not any(lines[-1:])
            if not (is_dropped or is_second_blank):
                lines.append(bare)
            was_dropped = is_dropped or (was_dropped and is_second_blank)
            for mark in marks:
                index = ord(mark) - _FIRST
                if index < len(found):
                    found[index] = replace(found[index], line=max(1, len(lines)))
        return Converted(text="\n".join(lines), left_out=tuple(found))


def _without(line: str) -> str:
    """A line without its marks, and without the blank too many that something left behind."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    bare = re.sub(r" {2,}", " ", _MARK.sub("", line)).strip()
    return indent + re.sub(r" ([,.;:!?])(?=\s|$)", r"\1", bare) if bare else ""


def without_marks(text: str) -> str:
    """`text` as a document brings it, in which no character may be taken for a mark."""
    return _MARK.sub("", text)
