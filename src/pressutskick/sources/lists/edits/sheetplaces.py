"""Where the cells of an Excel sheet stand in its bytes (ISO/IEC 29500-1, 18.3). Changes nothing."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from pressutskick.errors import InputError
from pressutskick.sentences import say
from pressutskick.sources.lists.xlsxparts import column_of, whole

#: A start tag up to its end; a greater-than sign may stand in a value.
_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass(slots=True, kw_only=True)
class CellPlace:
    """A cell's bytes, from the first to after the last."""

    start: int
    end: int = 0
    style: str = ""
    has_formula: bool = False


@dataclass(slots=True, kw_only=True)
class RowPlace:
    """The cells of a row by column from 0; `inner_end` is where its end tag begins."""

    cells: dict[int, CellPlace] = field(default_factory=dict)
    inner_end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPlace:
    """A link's bytes, and the one cell that it lies on; None where it lies on several."""

    start: int
    end: int
    cell: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SizePlace:
    """What the sheet says of its own size: the first cell, the last column from 0 and line."""

    start: int
    end: int
    first: str
    last_column: int
    last_line: int


@dataclass(slots=True, kw_only=True)
class SheetPlaces:
    """All places that a change may need.

    `styles` are those of the first cell with one in each column below the first row, `merged` cells
    as top, left, bottom, right, `prefix` what stands before the names of elements.
    """

    rows: dict[int, RowPlace] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    links: list[LinkPlace] = field(default_factory=list)
    links_whole: tuple[int, int] = (0, 0)
    size: SizePlace | None = None
    prefix: str = ""
    is_protected: bool = False


def find_places(xml: bytes, lines: set[int], *, file: str) -> SheetPlaces:
    """The places of the rows in `lines` and of what hangs on cells.

    Raises:
        InputError: the part is damaged, or not in UTF-8.
    """
    finder = _Finder(xml, lines)
    try:
        finder.run()
    except (expat.ExpatError, ValueError) as error:
        raise InputError(say("{file} is damaged: its tables cannot be read.", file=file)) from error
    return finder.places


class _Finder:
    """Walks through the sheet once."""

    def __init__(self, xml: bytes, lines: set[int]) -> None:
        self._xml = xml
        self._lines = lines
        self.places = SheetPlaces()
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _refuse
        self._line, self._column = 0, -1
        self._row: RowPlace | None = None
        self._cell: CellPlace | None = None

    def run(self) -> None:
        if self._xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise ValueError
        self._parser.Parse(self._xml, True)

    def _tag_end(self, start: int) -> int:
        match = _TAG.match(self._xml, start)
        if match is None:
            raise ValueError
        return match.end()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _colon, local = name.rpartition(":")
        start = self._parser.CurrentByteIndex
        if local == "row":
            self._line = whole(attributes.get("r"), self._line + 1)
            self._column = -1
            self._row = RowPlace() if self._line in self._lines else None
        elif local == "c":
            self._start_cell(start, attributes)
        elif local == "f" and self._cell is not None:
            self._cell.has_formula = True
        elif local == "worksheet":
            self.places.prefix = f"{prefix}:" if prefix else ""
        else:
            self._note_beside(local, start, attributes)

    def _start_cell(self, start: int, attributes: dict[str, str]) -> None:
        self._column = column_of(attributes.get("r"), self._column + 1)
        style = attributes.get("s", "")
        if style and self._line > 1:
            self.places.styles.setdefault(self._column, style)
        if self._row is not None:
            self._cell = CellPlace(start=start, style=style)
            self._row.cells[self._column] = self._cell

    def _note_beside(self, local: str, start: int, attributes: dict[str, str]) -> None:
        """What stands before and after the cells."""
        if local == "dimension":
            self._note_size(start, attributes.get("ref", ""))
        elif local == "mergeCell":
            area = _area(attributes.get("ref", ""))
            self.places.merged += [area] if area else []
        elif local == "hyperlinks":
            self.places.links_whole = (start, 0)
        elif local == "hyperlink":
            area = _area(attributes.get("ref", ""))
            cell = area[:2] if area and area[:2] == area[2:] else None
            link = LinkPlace(start=start, end=self._whole_end(start), cell=cell)
            self.places.links.append(link)
        elif local == "sheetProtection":
            self.places.is_protected = attributes.get("sheet") in ("1", "true")

    def _whole_end(self, start: int) -> int:
        """The end of an element without content, with or without an end tag."""
        end = self._tag_end(start)
        return end if self._xml[end - 2 : end] == b"/>" else self._xml.index(b">", end) + 1

    def _note_size(self, start: int, ref: str) -> None:
        area = _area(ref)
        if area:
            self.places.size = SizePlace(
                start=start,
                end=self._whole_end(start),
                first=ref.partition(":")[0],
                last_column=area[3],
                last_line=area[2],
            )

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        place = self._parser.CurrentByteIndex
        if local == "c" and self._cell is not None:
            # Of an element without content both ends are told at its beginning.
            self._cell.end = self._tag_end(place)
            self._cell = None
        elif local == "row" and self._row is not None:
            self._row.inner_end = place
            if self._row.cells:
                self.places.rows[self._line] = self._row
            self._row = None
        elif local == "hyperlinks":
            self.places.links_whole = (self.places.links_whole[0], self._tag_end(place))


def _area(ref: str) -> tuple[int, int, int, int] | None:
    """`B2:C4` as top, left, bottom, right; columns from 0."""
    found = _CELL.fullmatch(ref)
    if found is None:
        return None
    left, top = column_of(found[1], 0), int(found[2])
    return top, left, int(found[4] or top), column_of(found[3], left)


def _refuse(*_declaration: object) -> None:
    raise ValueError
