"""PDF -> Markdown: PDFium gives the characters, this module runs of them with their places.

Runs in the limited child process. `pageorder` puts the runs in order, `layout` makes paragraphs of them.
"""

import ctypes
import re

import pypdfium2
from pypdfium2 import raw

from pressutskick.errors import InputError
from pressutskick.sentences import Sentence, say
from pressutskick.sources.documents.layout import write_pages
from pressutskick.sources.documents.pageorder import Piece

PAGE_LIMIT = 100
CHARACTER_LIMIT = 400_000
#: PDFium's own marks for a hyphen that it believes to end a line, and a soft hyphen.
_SOFT_HYPHENS = "\x02\xad\ufffe"


def convert_pdf(data: bytes, *, name: str) -> str:
    """The text of a PDF; pages without text (scans) give nothing.

    Raises:
        ImportError: pypdfium2 is not installed.
        InputError: damaged, protected by a password, or beyond the limits.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise _refusal(say("{file} is protected by a password.", file=name)) from error
        raise _refusal(say("{file} is damaged: it cannot be read as PDF.", file=name)) from error
    if len(document) > PAGE_LIMIT:
        raise _refusal(
            say(
                "{file} has {count} pages; at most {limit} are read.",
                file=name,
                count=len(document),
                limit=PAGE_LIMIT,
            )
        )
    pages: list[tuple[float, float, list[Piece]]] = []
    left = CHARACTER_LIMIT
    for index in range(len(document)):
        try:
            page = document[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            continue
        count = text_page.count_chars()
        left -= count
        if left < 0:
            raise _refusal(say("{file} holds too much text to be an invitation.", file=name))
        width, height = page.get_size()
        pages.append((width, height, _pieces(text_page.raw, count)))
    return write_pages(pages)


def _pieces(page: object, count: int) -> list[Piece]:
    """Runs of characters that stand together on one line, in the file's order."""
    pieces: list[Piece] = []
    builder = _Builder()
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        char = chr(raw.FPDFText_GetUnicode(page, index) or 32)
        if char in "\r\n":
            builder.finish(pieces)
            continue
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        if not raw.FPDFText_GetLooseCharBox(page, index, box):
            continue
        size = _size(page, index)
        if builder.is_apart(box.left, y.value, size):
            builder.finish(pieces)
        bold = _is_bold(page, index) if not char.isspace() else builder.bold_now
        builder.add(char, bold, box.left, box.right, y.value, size)
    builder.finish(pieces)
    return pieces


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
    return bool(re.search(r"(?i)bold|black|heavy", name))


class _Builder:
    """Gathers the characters of one piece."""

    def __init__(self) -> None:
        """Begins empty."""
        self.reset()

    def reset(self) -> None:
        """Forgets the piece."""
        self.runs: list[tuple[str, bool]] = []
        self.left = self.right = self.base = self.size = 0.0
        self.bold_now = False

    def is_apart(self, left: float, base: float, size: float) -> bool:
        """Whether a character here begins another piece: other line, or across a wide gap."""
        if not self.runs:
            return False
        if abs(base - self.base) > 0.5 * max(size, self.size):
            return True
        return left - self.right > 1.2 * size or left < self.left - size

    def add(
        self, char: str, bold: bool, left: float, right: float, base: float, size: float
    ) -> None:
        """One more character."""
        if not self.runs:
            self.left, self.base, self.size = left, base, size
        self.runs.append(("\xad" if char in _SOFT_HYPHENS else char, bold))
        self.bold_now = bold
        # Blanks at a line's end do not widen it.
        if not char.isspace():
            self.right = max(self.right, right) if self.right else right
            self.size = max(self.size, size)

    def finish(self, pieces: list[Piece]) -> None:
        """Hands the piece over, unless it is blank."""
        text = "".join(char for char, _ in self.runs)
        if text.strip():
            pieces.append(
                Piece(
                    text=_mark_bold(self.runs),
                    left=self.left,
                    right=max(self.right, self.left),
                    base=self.base,
                    size=round(self.size, 1),
                    bold=all(bold for char, bold in self.runs if not char.isspace()),
                )
            )
        self.reset()


def _mark_bold(runs: list[tuple[str, bool]]) -> str:
    """Asterisks around what is bold, where only a part is."""
    text = "".join(char for char, _ in runs)
    if all(bold for char, bold in runs if not char.isspace()) or not any(b for _, b in runs):
        return text
    marked, current = "", False
    for char, bold in runs:
        if bold != current and not char.isspace():
            blanks = len(marked) - len(marked.rstrip())
            if current and blanks:
                marked = marked.rstrip() + "**" + " " * blanks
            else:
                marked += "**"
            current = bold
        marked += char
    return marked.rstrip() + "**" if current else marked


def _refusal(sentence: Sentence) -> InputError:
    return InputError(sentence)
