"""What an eye sees of a PDF's page: whether a word can be made out, and whether a line strikes it.

The page is drawn by PDFium and looked at where the words stand, so that it makes no difference how
something was hidden (white, covered, without ink, off the paper) or struck (a path, an annotation).
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from pressutskick.sources.documents.leftout import Omitted

#: Pixels a point.
_SCALE = 2
#: Differences of grey, from 0 to 255: what an eye makes out, what is ink.
_SEEN, _INK = 14, 60
#: Points below which nobody reads, and below which no stroke is told from a letter.
_LEAST_SIZE, _LEAST_STRUCK = 2.0, 6.0
#: Where a stroke through small letters lies, in units of the size above the base line.
_STRUCK_FROM, _STRUCK_TO = 0.14, 0.42


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A part of a page, in points from its lower left corner."""

    left: float
    right: float
    bottom: float
    top: float


class PageSight:
    """One page, drawn."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        """Draws it; forms as they are printed."""
        self._page = page
        self._is_upright = page.get_rotation() == 0
        bitmap = page.render(scale=_SCALE, grayscale=True, may_draw_forms=False)
        self._width, self._height = bitmap.width, bitmap.height
        self._stride, self._pixels = bitmap.stride, bytes(bitmap.buffer)

    def judge(
        self, whole: Spot, *, base: float, size: float, text: str, goes_on: bool
    ) -> Omitted | None:
        """Whether the word that covers `whole` is hidden or struck; None for neither.

        `goes_on` is whether the word before is struck: a single letter may have a bar of its own.
        """
        if not any(char.isalnum() for char in text):
            # A sign whose font is not at hand is drawn as nothing.
            return None
        if size < _LEAST_SIZE or not self._is_inked(whole):
            return Omitted.HIDDEN
        is_word = sum(char.isalnum() for char in text) > (0 if goes_on else 1)
        if (
            is_word
            and self._is_upright
            and size >= _LEAST_STRUCK
            and self._is_struck(whole, base, size)
        ):
            return Omitted.STRUCK
        return None

    def _is_inked(self, spot: Spot) -> bool:
        """Whether the colours within a spot differ."""
        pixels = b"".join(self._rows(spot))
        return bool(pixels) and max(pixels) - min(pixels) > _SEEN

    def _is_struck(self, whole: Spot, base: float, size: float) -> bool:
        """Whether a line of one colour goes through from end to end, where letters have gaps."""
        band = Spot(
            left=whole.left,
            right=whole.right,
            bottom=base + _STRUCK_FROM * size,
            top=base + _STRUCK_TO * size,
        )
        # What lies above the letters is the paper.
        above = Spot(left=whole.left, right=whole.right, bottom=whole.top - 1, top=whole.top)
        paper = max((sorted(row)[len(row) // 2] for row in self._rows(above)), default=255)
        # The outermost pixels may lie beside the stroke's ends.
        strokes = (row[2:-2] for row in self._rows(band))
        return any(
            paper - max(row) > _INK or min(row) - paper > _INK for row in strokes if len(row) > 3
        )

    def _rows(self, spot: Spot) -> Iterator[bytes]:
        """The pixels of a spot, row by row; none where it lies off the page."""
        (x1, y1), (x2, y2) = self._place(spot.left, spot.top), self._place(spot.right, spot.bottom)
        left, right = max(0, min(x1, x2)), min(self._width, max(x1, x2) + 1)
        top, bottom = max(0, min(y1, y2)), min(self._height, max(y1, y2) + 1)
        for y in range(top, bottom):
            if row := self._pixels[y * self._stride + left : y * self._stride + right]:
                yield row

    def _place(self, x: float, y: float) -> tuple[int, int]:
        """Points of the page as pixels of its drawing, turned as the page is."""
        column, row = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page.raw, 0, 0, self._width, self._height, 0, x, y, column, row)
        return column.value, row.value
