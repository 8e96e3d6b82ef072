"""What the parts of an Excel workbook say (ISO/IEC 29500-1, 18): strings, styles, cells.

Each part is read as a stream. All raise InputError where a part is damaged or beyond the limits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from pressutskick.errors import InputError
from pressutskick.recipients.rows import NO_LINKS, CellFlaw, Row
from pressutskick.sentences import say
from pressutskick.sources.lists.cellvalues import date_text, is_date_format, number_text
from pressutskick.sources.lists.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from pressutskick.sources.lists.sheetmarks import MergedCells, SheetMarks
from pressutskick.sources.lists.sheets import SheetNotes
from pressutskick.sources.lists.xmlstream import ElementCollector, stream_xml

#: The number formats that are dates without a format code (ISO/IEC 29500-1, 18.8.30).
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def collect_elements(
    archive: ZipFile, part: str, *names: str, file: str
) -> list[tuple[str, dict[str, str]]]:
    """Name and attributes of the elements called `names`, in their order."""
    return list(stream_xml(archive, part, ElementCollector(names), file=file))


def read_strings(archive: ZipFile, part: str, *, file: str) -> list[str]:
    """The shared strings by index."""
    return list(stream_xml(archive, part, _StringReader(), file=file))


def read_date_styles(archive: ZipFile, part: str, *, file: str) -> frozenset[int]:
    """The indexes of the cell styles that show a number as a date."""
    styles = stream_xml(archive, part, _StyleReader(), file=file)
    return frozenset(index for index, is_date in enumerate(styles) if is_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMeanings:
    """What a cell may refer to; days are counted from 1904 where `since_1904`."""

    strings: list[str]
    date_styles: frozenset[int]
    since_1904: bool


def read_rows(
    archive: ZipFile,
    part: str,
    meanings: CellMeanings,
    marks: SheetMarks,
    notes: SheetNotes,
    *,
    file: str,
) -> Iterator[Row]:
    """The rows of one sheet that hold something; what else is noticed goes to `notes`."""
    return stream_xml(archive, part, _SheetReader(meanings, marks, notes, file), file=file)


class _StringReader:
    """The shared strings: runs put together, phonetic hints left out."""

    def __init__(self) -> None:
        self._ready: list[str] = []
        self._parts: list[str] = []
        self._is_in_text = False
        self._is_phonetic = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "t":
            self._is_in_text = not self._is_phonetic

    def end(self, name: str) -> None:
        if name == "si":
            self._ready.append(_unescape("".join(self._parts)))
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "t":
            self._is_in_text = False

    def text(self, text: str) -> None:
        if self._is_in_text:
            self._parts.append(text)

    def take(self) -> list[str]:
        ready, self._ready = self._ready, []
        return ready


class _StyleReader:
    """For each cell style whether it shows a date."""

    def __init__(self) -> None:
        self._formats: dict[str, bool] = {}
        self._is_in_styles = False
        self._ready: list[bool] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            code = attributes.get("formatCode", "")
            self._formats[attributes.get("numFmtId", "")] = is_date_format(code)
        elif name == "cellXfs":
            self._is_in_styles = True
        elif name == "xf" and self._is_in_styles:
            number = attributes.get("numFmtId", "0")
            known = number.isascii() and number.isdigit() and int(number[:9]) in _DATE_FORMATS
            self._ready.append(self._formats.get(number, known))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_in_styles = False

    def text(self, text: str) -> None:
        """Nothing to do."""

    def take(self) -> list[bool]:
        ready, self._ready = self._ready, []
        return ready


class _SheetReader:
    """The cells of one sheet."""

    def __init__(
        self, meanings: CellMeanings, marks: SheetMarks, notes: SheetNotes, file: str
    ) -> None:
        self._strings = meanings.strings
        self._date_styles = meanings.date_styles
        self._since_1904 = meanings.since_1904
        self._marks = marks
        self._merged = MergedCells()
        self._notes = notes
        self._file = file
        self._ready: list[Row] = []
        self._line = 0
        self._count = 0
        self._cells: dict[int, str] = {}
        self._flaws: dict[int, CellFlaw] = {}
        self._column = -1
        self._kind = ""
        self._style = 0
        self._value = ""
        self._formula: str | None = None
        self._into = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._column = _column_of(attributes.get("r"), self._column + 1)
            self._kind = attributes.get("t", "n")
            self._style = _whole(attributes.get("s"), 0)
            self._value, self._formula = "", None
        elif name == "v" or (name == "t" and self._kind == "inlineStr"):
            self._into = "value"
        elif name == "f":
            self._into, self._formula = "formula", ""
        elif name == "row":
            self._line = _whole(attributes.get("r"), self._line + 1)
            self._column = -1
            self._cells, self._flaws = {}, {}
            if attributes.get("hidden") in ("1", "true"):
                self._notes.hidden.append(self._line)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first = _whole(attributes.get("min"), 1) - 1
            self._notes.hide_columns(first, _whole(attributes.get("max"), first + 1) - 1)

    def text(self, text: str) -> None:
        if self._into == "value":
            self._value += text
            if len(self._value) > MAX_CELL:
                raise InputError(
                    say(
                        "{file}:{line}: a cell holds more than {count} characters.",
                        file=self._file,
                        line=self._line,
                        count=MAX_CELL,
                    )
                )
        elif self._into == "formula" and self._formula is not None and len(self._formula) < 200:
            self._formula += text

    def end(self, name: str) -> None:
        if name in ("v", "t", "f"):
            self._into = ""
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._cells:
            self._count += 1
            if self._count > MAX_ROWS:
                raise InputError(
                    say("{file}: a list has at most {rows} rows.", file=self._file, rows=MAX_ROWS)
                )
            self._ready.append(self._make_row())
        elif name == "row" and self._notes.hidden[-1:] == [self._line]:
            self._notes.hidden.pop()

    def _make_row(self) -> Row:
        line, cells, flaws = self._line, self._cells, self._flaws
        links = self._marks.links.get(line, {}) if self._marks.links else NO_LINKS
        if self._marks.merged:
            links = dict(links)
            for column, last in self._marks.merged.get(line, ()):
                if column in cells:
                    self._merged.begin(
                        column,
                        (line, last),
                        cells[column],
                        flaws.get(column),
                        links.get(column, ""),
                    )
            self._merged.fill(line, cells, flaws, links)
        self._notes.note_cells(cells)
        width = max(cells) + 1
        return Row(line, tuple(cells.get(index, "") for index in range(width)), flaws, links)

    def _end_cell(self) -> None:
        text, flaw = self._read_value()
        if self._formula is not None:
            flaw = CellFlaw.FORMULA
            text = text or f"={self._formula}"
        if not text:
            return
        if self._column >= MAX_COLUMNS:
            self._notes.beyond = self._notes.beyond or self._line
            return
        self._cells[self._column] = text
        if flaw is not None:
            self._flaws[self._column] = flaw

    def _read_value(self) -> tuple[str, CellFlaw | None]:
        value = self._value
        if self._kind == "s":
            index = _whole(value, -1)
            return (self._strings[index] if 0 <= index < len(self._strings) else ""), None
        if self._kind in ("str", "inlineStr"):
            return _unescape(value), None
        if self._kind == "e":
            return value, CellFlaw.ERROR
        if self._kind == "d":
            return value, CellFlaw.DATE
        if self._kind == "b" or not value:
            return value, None
        if self._style in self._date_styles:
            return date_text(value, since_1904=self._since_1904)
        return number_text(value)

    def take(self) -> list[Row]:
        ready, self._ready = self._ready, []
        return ready


def _unescape(text: str) -> str:
    """`_x000D_` is how the format writes a character that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _whole(text: str | None, otherwise: int) -> int:
    """A whole number as the format writes it; `otherwise` where there is none."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _column_of(reference: str | None, otherwise: int) -> int:
    """`AB12` -> 27; cells without a reference follow one another."""
    if not reference:
        return otherwise
    index = 0
    for char in reference[:4]:
        if not "A" <= char <= "Z":
            break
        index = index * 26 + ord(char) - 64
    return index - 1 if index else otherwise
