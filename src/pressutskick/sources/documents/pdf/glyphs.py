"""The characters of a PDF's page as PDFium gives them, and those of them that a reader sees."""

import ctypes
import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from pypdfium2 import raw

from pressutskick.sources.documents.leftout import LeftOutNotes, Omitted
from pressutskick.sources.documents.pdf.sight import PageSight, Spot

#: Where more than this share of a longer page cannot be seen, the page could not be drawn.
_MOST_HIDDEN, _LONG_PAGE = 0.6, 200
_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)


class Glyph(NamedTuple):
    """One character as it is set, in points; a tuple, since a document has very many."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    base: float
    size: float
    bold: bool


def find_glyphs(page: object, count: int) -> Iterator[Glyph | None]:
    """The characters in the file's order; None where a line ends."""
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    size, bold = 1.0, False
    # Which passage that was set in one go; all of it has one size and weight.
    passage = 0
    for index in range(count):
        char = chr(raw.FPDFText_GetUnicode(page, index) or 32)
        if char in "\r\n":
            yield None
            continue
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        if not raw.FPDFText_GetLooseCharBox(page, index, box):
            continue
        at = ctypes.cast(raw.FPDFText_GetTextObject(page, index), ctypes.c_void_p).value or 0
        if not at or at != passage:
            passage, size = at, _size(page, index)
            # A blank that PDFium puts in belongs to no passage.
            bold = _is_bold(page, index) if at or not char.isspace() else bold
        yield Glyph(char, box.left, box.right, box.bottom, box.top, y.value, size, bold)


def keep_seen(
    glyphs: list[Glyph | None], sight: PageSight, notes: LeftOutNotes, number: int
) -> list[Glyph | None]:
    """Without the words that nobody sees on page `number`, or that are struck; tells them."""
    judged = list(_judge_words(glyphs, sight))
    gone = sum(len(word) for word, what in judged if what is Omitted.HIDDEN)
    if len(glyphs) > _LONG_PAGE and gone > _MOST_HIDDEN * len(glyphs):
        return glyphs
    for what, passage in groupby(judged, key=lambda one: one[1]):
        words = "".join(glyph.char if glyph else " " for word, _ in passage for glyph in word)
        if what is not None and words.strip():
            notes.add(what, words, page=number)
    return [
        glyph
        for word, what in judged
        for glyph in word
        # What parted the words stays, so that their neighbours stay apart.
        if what is None or glyph is None or glyph.char.isspace()
    ]


def _judge_words(
    glyphs: list[Glyph | None], sight: PageSight
) -> Iterator[tuple[list[Glyph | None], Omitted | None]]:
    """Each word, and each gap between two, with why it is left out; a gap shares the fate of the word before."""
    before: Omitted | None = None
    for word in _words(glyphs):
        letters = [glyph for glyph in word if glyph is not None and not glyph.char.isspace()]
        if letters:
            before = sight.judge(
                Spot(
                    left=min(glyph.left for glyph in letters),
                    right=max(glyph.right for glyph in letters),
                    bottom=min(glyph.bottom for glyph in letters),
                    top=max(glyph.top for glyph in letters),
                ),
                base=letters[0].base,
                size=letters[0].size,
                text="".join(glyph.char for glyph in letters),
                goes_on=before is Omitted.STRUCK,
            )
        yield word, before


def _words(glyphs: list[Glyph | None]) -> Iterator[list[Glyph | None]]:
    """Characters that stand together, and what parts them one by one."""
    word: list[Glyph | None] = []
    for glyph in glyphs:
        if glyph is None or glyph.char.isspace():
            if word:
                yield word
            yield [glyph]
            word = []
        else:
            word.append(glyph)
    if word:
        yield word


def _size(page: object, index: int) -> float:
    """The size as set on the page: the font's own, scaled by its matrix."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(page, index))
    if raw.FPDFText_GetMatrix(page, index, matrix):
        scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
        size *= scale or 1.0
    return max(1.0, size)


def _is_bold(page: object, index: int) -> bool:
    weight = raw.FPDFText_GetFontWeight(page, index)
    if weight >= 600:
        return True
    buffer = ctypes.create_string_buffer(120)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(page, index, buffer, 120, flags)
    name = buffer.raw[: min(length, 120)].decode("utf-8", "ignore")
    return _BOLD.search(name) is not None
