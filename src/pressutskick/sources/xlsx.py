"""Excel workbooks (.xlsx, ISO/IEC 29500) -> rows, streamed.

A reader of our own: the libraries either hold a dense sheet in memory (a two-kilobyte file can ask
for terabytes) or do not tell hidden rows and formulas. Nothing is evaluated, nothing is fetched.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath

from pressutskick.errors import InputError, Problem
from pressutskick.recipients.rows import CellFlaw, Row
from pressutskick.sentences import say
from pressutskick.sources.archive import ArchiveLimits, open_archive
from pressutskick.sources.cellvalues import date_text, is_date_format, number_text
from pressutskick.sources.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from pressutskick.sources.sheets import SheetNotes, choose_sheet
from pressutskick.sources.xmlstream import stream_xml

#: Streamed, so these bound time, not memory; shared strings are held.
XLSX_LIMITS = ArchiveLimits(expansion=160 * 1024 * 1024, member=160 * 1024 * 1024)
_MAX_STRINGS = 48 * 1024 * 1024

#: The number formats that are dates without a format code (ISO/IEC 29500-1, 18.8.30).
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    name: str
    part: str
    is_hidden: bool


def read_xlsx(data: bytes, *, file: str, sheet: str | None) -> tuple[str, Iterator[Row | Problem]]:
    """The name of the sheet that is read (`sheet`, or the first visible one) and its rows.

    Raises:
        InputError: damaged, protected, beyond the limits, or without such a sheet.
    """
    archive = open_archive(data, name=file, limits=XLSX_LIMITS)
    book = _Book(archive, file)
    names = [(entry.name, entry.is_hidden) for entry in book.sheets]
    chosen, notices = choose_sheet(names, sheet, file=file)
    return book.sheets[chosen].name, book.rows(book.sheets[chosen], notices)


class _Book:
    """The parts of a workbook that a sheet's cells refer to."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        main = self._find_main()
        targets, self._kinds = self._relations(main)
        found = self._collect(main, "sheet", "workbookPr")
        self.since_1904 = any(
            attributes.get("date1904") in ("1", "true")
            for name, attributes in found
            if name == "workbookPr"
        )
        self.sheets = [
            _Sheet(
                name=attributes.get("name", ""),
                part=target,
                is_hidden=attributes.get("state", "visible") != "visible",
            )
            for name, attributes in found
            if name == "sheet" and (target := targets.get(_relation_id(attributes)))
        ]

    def _find_main(self) -> str:
        relations = self._collect("_rels/.rels", "Relationship")
        for _name, attributes in relations:
            if attributes.get("Type", "").endswith("/officeDocument"):
                return attributes.get("Target", "").lstrip("/")
        return "xl/workbook.xml"

    def _relations(self, part: str) -> tuple[dict[str, str], dict[str, str]]:
        """The parts that a part refers to: by id, and by the last word of their kind."""
        folder, _, name = part.rpartition("/")
        by_id, by_kind = {}, {}
        for _name, found in self._collect(f"{folder}/_rels/{name}.rels", "Relationship"):
            target = normpath(join(folder, found.get("Target", ""))).lstrip("/")
            by_id[found.get("Id", "")] = target
            by_kind[found.get("Type", "").rpartition("/")[2]] = target
        return by_id, by_kind

    def _collect(self, part: str, *names: str) -> list[tuple[str, dict[str, str]]]:
        """The wanted elements of a small part, in their order; none where there is no such part."""
        if part not in self._archive.NameToInfo:
            return []
        return list(stream_xml(self._archive, part, _Collector(names), file=self._file))

    def rows(self, sheet: _Sheet, notices: list[Problem]) -> Iterator[Row | Problem]:
        """The sheet's rows that hold something, then what is to be said of the whole."""
        yield from notices
        strings = self._strings()
        reader = _SheetReader(
            strings, self._date_styles(), since_1904=self.since_1904, file=self._file
        )
        if sheet.part not in self._archive.NameToInfo:
            raise InputError(say("{file} is damaged: a sheet is missing.", file=self._file))
        yield from stream_xml(self._archive, sheet.part, reader, file=self._file)
        yield from reader.notes.problems(self._file, sheet.name)

    def _strings(self) -> list[str]:
        part = self._kinds.get("sharedStrings", "")
        if part not in self._archive.NameToInfo:
            return []
        if self._archive.getinfo(part).file_size > _MAX_STRINGS:
            raise InputError(say("{file} holds too much text for a list.", file=self._file))
        return list(stream_xml(self._archive, part, _StringReader(), file=self._file))

    def _date_styles(self) -> frozenset[int]:
        """The indexes of the cell styles that show a number as a date."""
        part = self._kinds.get("styles", "")
        if part not in self._archive.NameToInfo:
            return frozenset()
        formats = list(stream_xml(self._archive, part, _StyleReader(), file=self._file))
        return frozenset(index for index, is_date in enumerate(formats) if is_date)


def _relation_id(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.endswith(":id")), "")


class _Collector:
    """Keeps the attributes of some elements."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._found: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self._names:
            self._found.append((name, attributes))

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""

    def take(self) -> list[tuple[str, dict[str, str]]]:
        found, self._found = self._found, []
        return found


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
            self._ready.append(unescape("".join(self._parts)))
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
        self, strings: list[str], date_styles: frozenset[int], *, since_1904: bool, file: str
    ) -> None:
        self.notes = SheetNotes()
        self._strings = strings
        self._date_styles = date_styles
        self._since_1904 = since_1904
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
                self.notes.hidden.append(self._line)

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
            width = max(self._cells) + 1
            cells = tuple(self._cells.get(index, "") for index in range(width))
            self._ready.append(Row(self._line, cells, self._flaws))
        elif name == "row" and self.notes.hidden[-1:] == [self._line]:
            self.notes.hidden.pop()

    def _end_cell(self) -> None:
        text, flaw = self._read_value()
        if self._formula is not None:
            flaw = CellFlaw.FORMULA
            text = text or f"={self._formula}"
        if not text:
            return
        if self._column >= MAX_COLUMNS:
            self.notes.beyond = self.notes.beyond or self._line
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

    def take(self) -> list[Row]:
        ready, self._ready = self._ready, []
        return ready


def unescape(text: str) -> str:
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
