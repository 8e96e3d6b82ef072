"""PDF -> Markdown: PDFium gives the characters, this module runs of them with their places.

Runs in the limited child process. `order` puts the runs in order, `layout` makes paragraphs of them.
"""

import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from pressutskick.errors import InputError
from pressutskick.sentences import Sentence, say
from pressutskick.sources.documents.layout import write_pages
from pressutskick.sources.documents.leftout import LeftOutNotes, Omitted
from pressutskick.sources.documents.pdf.glyphs import Glyph, find_glyphs, keep_seen
from pressutskick.sources.documents.pdf.lines import Piece
from pressutskick.sources.documents.pdf.markings import FilledField, read_markings
from pressutskick.sources.documents.pdf.order import Page
from pressutskick.sources.documents.pdf.sight import PageSight

PAGE_LIMIT = 100
CHARACTER_LIMIT = 400_000
#: Pages of a document that are looked at as pictures too; an invitation has three.
_LOOKED_AT = 12
#: Points; smaller pictures are signs and rules.
_PICTURE_SIDE = 40
#: Characters on a page that holds a picture of nearly its own size: a stamp on a scan.
_STAMP = 100
#: PDFium's own marks for a hyphen that it believes to end a line, and a soft hyphen.
_SOFT_HYPHENS = "\x02\xad\ufffe"


def convert_pdf(data: bytes, notes: LeftOutNotes, *, name: str) -> str:
    """The text of a PDF; what is not in it goes into `notes`, with its page.

    Raises:
        ImportError: pypdfium2 is not installed.
        InputError: damaged, protected by a password, or beyond the limits.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        if document.get_formtype():
            document.init_forms()
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
    return write_pages(_read_pages(document, notes, name), notes)


def _read_pages(document: pypdfium2.PdfDocument, notes: LeftOutNotes, name: str) -> Iterator[Page]:
    left = CHARACTER_LIMIT
    for index in range(len(document)):
        try:
            page = document[index]
            fields = read_markings(document, page, notes, number=index + 1)
            # A page that was changed must be opened anew for its text.
            page = document[index]
            text_page = page.get_textpage()
            count = text_page.count_chars()
            left -= count
            if left < 0:
                raise _refusal(say("{file} holds too much text to be an invitation.", file=name))
            sight = PageSight(page) if index < _LOOKED_AT else None
            yield (
                *page.get_size(),
                _read_page(page, text_page.raw, count, sight, fields, notes, index + 1),
            )
        except pypdfium2.PdfiumError:
            notes.add(Omitted.SCAN, page=index + 1)


def _read_page(
    page: pypdfium2.PdfPage,
    text_page: object,
    count: int,
    sight: PageSight | None,
    fields: tuple[FilledField, ...],
    notes: LeftOutNotes,
    number: int,
) -> list[Piece]:
    """The pieces of one page; tells its pictures and what of its text cannot be seen."""
    glyphs = list(find_glyphs(text_page, count))
    if sight is not None:
        glyphs = keep_seen(glyphs, sight, notes, number)
    pieces = _pieces(glyphs)
    shown = {re.sub(r"\W", "", piece.text) for piece in pieces}
    pieces += [
        field.as_piece()
        for field in fields
        if not any(re.sub(r"\W", "", field.value) in text for text in (*shown, "".join(shown)))
    ]
    _tell_pictures(page, sum(len(piece.text) for piece in pieces), notes, number)
    return pieces


def _tell_pictures(page: pypdfium2.PdfPage, letters: int, notes: LeftOutNotes, number: int) -> None:
    """Pictures of a page; a page that is nothing else is a scan."""
    width, height = page.get_size()
    pictures, objects, cover = 0, 0, 0.0
    for each in page.get_objects(max_depth=2):
        objects += 1
        if each.type != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = each.get_bounds() if each.level == 0 else (0, 0, width, 0)
        cover = max(cover, (right - left) * (top - bottom) / max(1.0, width * height))
        pictures += right - left >= _PICTURE_SIDE and (
            top - bottom >= _PICTURE_SIDE or each.level > 0
        )
    if (not letters and objects) or (cover > 0.6 and letters < _STAMP):
        notes.add(Omitted.SCAN, page=number)
        return
    for _ in range(pictures):
        notes.add(Omitted.PICTURE, page=number)


def _pieces(glyphs: list[Glyph | None]) -> list[Piece]:
    """Runs of characters that stand together on one line, in the file's order."""
    pieces: list[Piece] = []
    builder = _Builder()
    for glyph in glyphs:
        if glyph is None:
            builder.finish(pieces)
            continue
        if builder.is_apart(glyph.left, glyph.base, glyph.size):
            builder.finish(pieces)
        bold = builder.bold_now if glyph.char.isspace() else glyph.bold
        builder.add(glyph.char, bold, glyph.left, glyph.right, glyph.base, glyph.size)
    builder.finish(pieces)
    return pieces


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
