"""Excel workbooks with single cells of one sheet changed; every other part keeps its bytes.

Libraries that load and save a workbook lose what they do not know: drawings, controls, forms of
newer versions. So the bytes of the cells are replaced in the sheet's XML (ISO/IEC 29500-1, 18.3),
and nothing else. A removed row is emptied, so that nothing below it moves.
"""

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from pressutskick.errors import InputError
from pressutskick.recipients.columns.model import letter_of
from pressutskick.recipients.edits import CellEdit, ListEdits
from pressutskick.sentences import say
from pressutskick.sources.archive import open_archive, read_member
from pressutskick.sources.lists.edits.sheetplaces import CellPlace, SheetPlaces, find_places
from pressutskick.sources.lists.xlsx import XLSX_LIMITS, SheetPart, find_sheet_part

_SINCE_1900, _SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)
#: A stretch of the sheet's bytes and what stands there instead.
_Change = tuple[int, int, bytes]


def edit_workbook(data: bytes, edits: ListEdits, *, file: str, sheet: str | None) -> bytes:
    """The new bytes.

    Raises:
        InputError: no Excel workbook, damaged, protected, or a cell that cannot be changed alone.
    """
    archive = open_archive(data, name=file, limits=XLSX_LIMITS)
    if "content.xml" in archive.NameToInfo:
        raise InputError(say("{file}: lists of this kind are read, and not written.", file=file))
    where = find_sheet_part(data, file=file, sheet=sheet)
    xml = read_member(archive, where.part, name=file)
    lines = {edit.line for edit in edits.cells} | set(edits.removed)
    places = find_places(xml, lines, file=file)
    changes = _Changes(places, where, file).of(edits)
    return _pack(archive, where.part, _apply(xml, changes))


def _pack(archive: zipfile.ZipFile, part: str, content: bytes) -> bytes:
    """The archive with one part replaced, its members in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for entry in archive.infolist():
            old = archive.read(entry)
            packed.writestr(entry, content if entry.filename == part else old)
    return stream.getvalue()


def _apply(xml: bytes, changes: list[_Change]) -> bytes:
    pieces, end = [], 0
    for start, stop, new in sorted(changes, key=lambda change: change[:2]):
        pieces += [xml[end:start], new]
        end = stop
    return b"".join(pieces) + xml[end:]


class _Changes:
    """The stretches of a sheet to replace."""

    def __init__(self, places: SheetPlaces, where: SheetPart, file: str) -> None:
        self._places = places
        self._where = where
        self._file = file

    def of(self, edits: ListEdits) -> list[_Change]:
        """All of them.

        Raises:
            InputError: the sheet is protected, or a cell is computed or part of a larger one.
        """
        if self._places.is_protected:
            raise InputError(say("{file}: the sheet is protected.", file=self._file))
        found: list[_Change] = []
        emptied: set[tuple[int, int]] = set()
        for line in edits.removed:
            for column, cell in self._places.rows[line].cells.items():
                if not cell.has_formula and not self._is_shared(line, column):
                    found.append((cell.start, cell.end, self._empty(cell, line, column)))
                    emptied.add((line, column))
        for edit in edits.cells:
            found.append(self._set(edit))
            emptied.add((edit.line, edit.column))
        return [*found, *self._links(emptied), *self._size(edits)]

    def _is_shared(self, line: int, column: int) -> bool:
        """Whether a cell speaks for other rows too, as merged ones do."""
        return any(
            bottom > top and top <= line <= bottom and left <= column <= right
            for top, left, bottom, right in self._places.merged
        )

    def _empty(self, cell: CellPlace, line: int, column: int) -> bytes:
        return self._cell(cell.style, line, column, "", "")

    def _set(self, edit: CellEdit) -> _Change:
        row = self._places.rows.get(edit.line)
        place = row.cells.get(edit.column) if row else None
        is_merged = any(
            top <= edit.line <= bottom and left <= edit.column <= right
            for top, left, bottom, right in self._places.merged
        )
        if row is None or is_merged or (place is not None and place.has_formula):
            name = f"{letter_of(edit.column)}{edit.line}"
            raise InputError(
                say("{file}: cell {cell} cannot be changed alone.", file=self._file, cell=name)
            )
        style = place.style if place else self._places.styles.get(edit.column, "")
        new = self._write(edit, style)
        if place is not None:
            return place.start, place.end, new
        after = [cell.start for column, cell in row.cells.items() if column > edit.column]
        spot = min(after, default=row.inner_end)
        return spot, spot, new

    def _write(self, edit: CellEdit, style: str) -> bytes:
        p = self._places.prefix
        if edit.day is not None and style.isdigit() and int(style) in self._where.date_styles:
            start = _SINCE_1904 if self._where.since_1904 else _SINCE_1900
            value = f"<{p}v>{(edit.day - start).days}</{p}v>"
            return self._cell(style, edit.line, edit.column, "", value)
        if not edit.text:
            return self._cell(style, edit.line, edit.column, "", "")
        value = f'<{p}is><{p}t xml:space="preserve">{escape(edit.text)}</{p}t></{p}is>'
        return self._cell(style, edit.line, edit.column, ' t="inlineStr"', value)

    def _cell(self, style: str, line: int, column: int, kind: str, value: str) -> bytes:
        p = self._places.prefix
        shown = f" s={quoteattr(style)}" if style else ""
        head = f'<{p}c r="{letter_of(column)}{line}"{shown}{kind}'
        return (f"{head}>{value}</{p}c>" if value else f"{head}/>").encode()

    def _links(self, changed: set[tuple[int, int]]) -> list[_Change]:
        """The links of changed cells go: Excel makes one of each address that is typed."""
        links = [link for link in self._places.links if link.cell in changed]
        if links and len(links) == len(self._places.links):
            start, end = self._places.links_whole
            return [(start, end, b"")]
        return [(link.start, link.end, b"") for link in links]

    def _size(self, edits: ListEdits) -> list[_Change]:
        """What the sheet says of its own size, where a column was added."""
        size = self._places.size
        last = max((edit.column for edit in edits.cells), default=0)
        if size is None or last <= size.last_column:
            return []
        ref = f"{size.first}:{letter_of(last)}{size.last_line}"
        return [(size.start, size.end, f'<{self._places.prefix}dimension ref="{ref}"/>'.encode())]
