"""The cells of an Excel sheet (ISO/IEC 29500-1, 18.3) -> rows, read as a stream.

Raises InputError where the part is damaged or beyond the limits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from pressutskick.errors import InputError
from pressutskick.recipients.rows import NO_LINKS, CellFlaw, Row
from pressutskick.sentences import say
from pressutskick.sources.lists.cellvalues import date_text, number_text
from pressutskick.sources.lists.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from pressutskick.sources.lists.sheetmarks import MergedCells, SheetMarks
from pressutskick.sources.lists.sheets import SheetNotes
from pressutskick.sources.lists.xlsxtables import unescape
from pressutskick.sources.lists.xmlstream import stream_xml


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
        #: The text of the cell's own string, where it has one; a value beside it is an old copy.
        self._inline: str | None = None
        self._is_phonetic = False
        self._formula: str | None = None
        self._into = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._column = column_of(attributes.get("r"), self._column + 1)
            self._kind = attributes.get("t", "n")
            self._style = whole(attributes.get("s"), 0)
            self._value, self._formula, self._inline = "", None, None
        elif name == "is":
            self._inline = ""
        elif name == "v":
            self._into = "value"
        elif name == "t" and self._inline is not None and not self._is_phonetic:
            self._into = "inline"
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "f":
            self._into, self._formula = "formula", ""
        elif name == "row":
            self._line = whole(attributes.get("r"), self._line + 1)
            self._column = -1
            self._cells, self._flaws = {}, {}
            if attributes.get("hidden") in ("1", "true"):
                self._notes.hidden.append(self._line)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first = whole(attributes.get("min"), 1) - 1
            self._notes.hide_columns(first, whole(attributes.get("max"), first + 1) - 1)

    def text(self, text: str) -> None:
        if self._into == "value":
            self._value += text
            self._bound(self._value)
        elif self._into == "inline":
            self._inline = (self._inline or "") + text
            self._bound(self._inline)
        elif self._into == "formula" and self._formula is not None and len(self._formula) < 200:
            self._formula += text

    def _bound(self, text: str) -> None:
        if len(text) > MAX_CELL:
            raise InputError(
                say(
                    "{file}:{line}: a cell holds more than {count} characters.",
                    file=self._file,
                    line=self._line,
                    count=MAX_CELL,
                )
            )

    def end(self, name: str) -> None:
        if name in ("v", "t", "f"):
            self._into = ""
        elif name == "rPh":
            self._is_phonetic = False
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
            self._notes.beyond.append(self._line)
            return
        self._cells[self._column] = text
        if flaw is not None:
            self._flaws[self._column] = flaw

    def _read_value(self) -> tuple[str, CellFlaw | None]:
        value = self._value
        if self._kind == "s":
            return (self._shared(whole(value, -1)) if value else ""), None
        if self._kind == "inlineStr":
            return unescape(value if self._inline is None else self._inline), None
        if self._kind == "str":
            return unescape(value), None
        if self._kind == "e":
            return value, CellFlaw.ERROR
        if self._kind == "d":
            return value, CellFlaw.DATE
        if self._kind == "b" or not value:
            return value, None
        if self._style in self._date_styles:
            return date_text(value, since_1904=self._since_1904)
        return number_text(value)

    def _shared(self, index: int) -> str:
        if 0 <= index < len(self._strings):
            return self._strings[index]
        raise InputError(
            say(
                "{file}:{line}: the workbook is damaged: the text of a cell is missing.",
                file=self._file,
                line=self._line,
            )
        )

    def take(self) -> list[Row]:
        ready, self._ready = self._ready, []
        return ready


def whole(text: str | None, otherwise: int) -> int:
    """A whole number as the format writes it; `otherwise` where there is none."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def column_of(reference: str | None, otherwise: int) -> int:
    """`AB12` -> 27; cells without a reference follow one another."""
    if not reference:
        return otherwise
    index = 0
    for char in reference[:4]:
        if not "A" <= char <= "Z":
            break
        index = index * 26 + ord(char) - 64
    return index - 1 if index else otherwise
