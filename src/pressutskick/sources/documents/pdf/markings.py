"""What lies on a PDF's page beside its text: filled fields, remarks of readers.

Fields and drawn remarks are made part of the page, as a printer does; so their text has a place.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from pressutskick.sources.documents.leftout import LeftOutNotes, Omitted
from pressutskick.sources.documents.pdf.lines import Piece

#: Kinds of remarks whose words stand beside the page, not on it.
_REMARKS = {
    raw.FPDF_ANNOT_TEXT,
    raw.FPDF_ANNOT_HIGHLIGHT,
    raw.FPDF_ANNOT_UNDERLINE,
    raw.FPDF_ANNOT_SQUIGGLY,
    raw.FPDF_ANNOT_STRIKEOUT,
    raw.FPDF_ANNOT_CARET,
}
_WITH_TEXT = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_LONGEST = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledField:
    """What somebody wrote into a field, and the field's place in points."""

    value: str
    left: float
    right: float
    bottom: float
    top: float

    def as_piece(self) -> Piece:
        """The value set where the field is, for a field that draws none itself."""
        size = round(min(12.0, max(6.0, 0.7 * (self.top - self.bottom))), 1)
        return Piece(
            text=" ".join(self.value.split()),
            left=self.left,
            right=self.right,
            base=self.top - 0.5 * (self.top - self.bottom) - 0.35 * size,
            size=size,
            bold=False,
        )


def read_markings(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, notes: LeftOutNotes, *, number: int
) -> tuple[FilledField, ...]:
    """The filled fields of a page; remarks go into `notes`. Draws both into the page."""
    fields = []
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    for annotation in _annotations(page, count):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            continue
        if kind in _REMARKS and (words := _string(annotation, b"Contents")):
            notes.add(Omitted.COMMENT, words, page=number)
        if kind == raw.FPDF_ANNOT_WIDGET and document.formenv is not None:
            field = _field(document.formenv.raw, annotation)
            if field is not None:
                fields.append(field)
    if count:
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    return tuple(fields)


def _annotations(page: pypdfium2.PdfPage, count: int) -> Iterator[object]:
    for index in range(min(count, 1_000)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            yield annotation
            raw.FPDFPage_CloseAnnot(annotation)


def _field(form: object, annotation: object) -> FilledField | None:
    if raw.FPDFAnnot_GetFormFieldType(form, annotation) not in _WITH_TEXT:
        return None
    size = raw.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    buffer = (ctypes.c_ushort * (min(size, _LONGEST) // 2 + 1))()
    raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, min(size, _LONGEST))
    value = _decode(buffer)
    box = raw.FS_RECTF()
    if not value.strip() or not raw.FPDFAnnot_GetRect(annotation, box):
        return None
    return FilledField(
        value=value,
        left=min(box.left, box.right),
        right=max(box.left, box.right),
        bottom=min(box.bottom, box.top),
        top=max(box.bottom, box.top),
    )


def _string(annotation: object, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (min(size, _LONGEST) // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, min(size, _LONGEST))
    return _decode(buffer).strip()


def _decode(buffer: "ctypes.Array[ctypes.c_ushort]") -> str:
    """UTF-16 up to its zero."""
    return bytes(buffer).decode("utf-16-le", "ignore").partition("\0")[0]
