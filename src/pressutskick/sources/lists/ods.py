"""OpenDocument spreadsheets (.ods, ISO/IEC 26300) -> rows, streamed; nothing is evaluated."""

import zipfile
from collections.abc import Iterator
from itertools import chain

from pressutskick.errors import InputError, Problem
from pressutskick.recipients.rows import Beside, CellFlaw, Row
from pressutskick.sentences import say
from pressutskick.sources.archive import ArchiveLimits, open_archive, read_member
from pressutskick.sources.lists.cellvalues import number_text
from pressutskick.sources.lists.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from pressutskick.sources.lists.odsbeside import OdsBesideReader
from pressutskick.sources.lists.sheetmarks import MergedCells, linked_address
from pressutskick.sources.lists.sheets import SheetNotes, choose_sheet
from pressutskick.sources.lists.xmlstream import stream_xml

#: Streamed, so these bound time, not memory.
ODS_LIMITS = ArchiveLimits(expansion=160 * 1024 * 1024, member=160 * 1024 * 1024)
_CONTENT = "content.xml"
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "Err:")


def read_ods(
    data: bytes, *, file: str, sheet: str | None
) -> tuple[str, Iterator[Row | Problem | Beside]]:
    """The name of the sheet that is read (`sheet`, or the first visible one) and its rows.

    Raises:
        InputError: damaged, protected, beyond the limits, or without such a sheet.
    """
    archive, names = _open(data, file)
    chosen, notices = choose_sheet(names, sheet, file=file)
    beside = OdsBesideReader(
        [name for name, _is_hidden in names], chosen, is_alone=sheet is not None
    )
    rows = _rows(archive, chosen, names[chosen][0], notices, file)
    return names[chosen][0], chain(rows, stream_xml(archive, _CONTENT, beside, file=file))


def ods_sheets(data: bytes, *, file: str) -> list[str]:
    """The names of all sheets; raises InputError as `read_ods` does."""
    return [name for name, _is_hidden in _open(data, file)[1]]


def _open(data: bytes, file: str) -> tuple[zipfile.ZipFile, list[tuple[str, bool]]]:
    archive = open_archive(data, name=file, limits=ODS_LIMITS)
    if _CONTENT not in archive.NameToInfo:
        raise InputError(say("{file} is damaged: it has no sheet.", file=file))
    if b"encryption-data" in _manifest(archive, file):
        raise InputError(say("{file} is protected by a password.", file=file))
    names = list(stream_xml(archive, _CONTENT, _NameReader(), file=file))
    return archive, names


def _manifest(archive: zipfile.ZipFile, file: str) -> bytes:
    name = "META-INF/manifest.xml"
    if name not in archive.NameToInfo:
        return b""
    return read_member(archive, name, name=file)


def _rows(
    archive: zipfile.ZipFile, chosen: int, name: str, notices: list[Problem], file: str
) -> Iterator[Row | Problem]:
    yield from notices
    reader = _SheetReader(chosen, file)
    yield from stream_xml(archive, _CONTENT, reader, file=file)
    yield from reader.notes.problems(file, name)


class _NameReader:
    """The sheets' names, and whether each is hidden by its style."""

    def __init__(self) -> None:
        self._found: list[tuple[str, bool]] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                is_hidden = attributes.get("table:style-name") in self._hidden_styles
                self._found.append((attributes.get("table:name", ""), is_hidden))
        elif name == "style":
            self._style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def end(self, name: str) -> None:
        self._depth -= name == "table"

    def text(self, text: str) -> None:
        """Nothing to do."""

    def take(self) -> list[tuple[str, bool]]:
        found, self._found = self._found, []
        return found


class _SheetReader:
    """The cells of one sheet; the others are passed over."""

    def __init__(self, wanted: int, file: str) -> None:
        self.notes = SheetNotes()
        self._wanted = wanted
        self._file = file
        self._sheet = -1
        self._depth = 0
        self._ready: list[Row] = []
        self._count = 0
        self._line = 0
        self._row_repeat = 1
        self._is_hidden = False
        self._cells: dict[int, str] = {}
        self._flaws: dict[int, CellFlaw] = {}
        self._links: dict[int, str] = {}
        self._link = ""
        self._merged = MergedCells()
        self._column = 0
        self._width = 0
        self._cell: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self._is_in_paragraph = False
        self._notes_depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._depth += 1
            self._sheet += self._depth == 1
        elif self._sheet != self._wanted or self._depth != 1:
            return
        elif name == "annotation":
            self._notes_depth += 1
        elif self._notes_depth:
            return
        elif name == "p":
            self._paragraphs.append("")
            self._is_in_paragraph = True
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = attributes
            self._paragraphs, self._link = [], ""
        elif name == "table-row":
            self._row_repeat = _repeat(attributes, "rows")
            self._is_hidden = attributes.get("table:visibility", "visible") != "visible"
            self._cells, self._flaws, self._links, self._column = {}, {}, {}, 0
        elif name == "table-column":
            self._add_columns(attributes)
        else:
            if name == "a":
                self._link = self._link or linked_address(attributes.get("xlink:href", ""))
            self._add(
                {"s": " " * _spaces(attributes), "tab": "\t", "line-break": "\n"}.get(name, "")
            )

    def text(self, text: str) -> None:
        if self._is_in_paragraph and not self._notes_depth:
            self._add(text)

    def _add_columns(self, attributes: dict[str, str]) -> None:
        count = _repeat(attributes, "columns")
        if attributes.get("table:visibility", "visible") != "visible":
            self.notes.hide_columns(self._width, self._width + count - 1)
        self._width += count

    def _add(self, text: str) -> None:
        if not (text and self._paragraphs and self._is_in_paragraph):
            return
        self._paragraphs[-1] += text
        if len(self._paragraphs[-1]) > MAX_CELL:
            raise InputError(
                say(
                    "{file}:{line}: a cell holds more than {count} characters.",
                    file=self._file,
                    line=self._line + 1,
                    count=MAX_CELL,
                )
            )

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
        elif self._sheet != self._wanted or self._depth != 1:
            return
        elif name == "annotation":
            self._notes_depth -= 1
        elif self._notes_depth:
            return
        elif name == "p":
            self._is_in_paragraph = False
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif name == "table-row":
            self._end_row()

    def _end_cell(self) -> None:
        repeat = _repeat(self._cell, "columns")
        text, flaw = self._read_value()
        if text:
            last = min(self._column + repeat, MAX_COLUMNS)
            for index in range(self._column, last):
                self._cells[index] = text
                if flaw is not None:
                    self._flaws[index] = flaw
                if self._link:
                    self._links[index] = self._link
            if (rows := _number(self._cell, "table:number-rows-spanned")) > 1:
                lines = (self._line + 1, self._line + rows)
                self._merged.begin(self._column, lines, text, flaw, self._link)
            if self._column + repeat > MAX_COLUMNS:
                self.notes.beyond.append(self._line + 1)
        self._column += repeat

    def _read_value(self) -> tuple[str, CellFlaw | None]:
        shown = "\n".join(self._paragraphs)
        kind = self._cell.get("office:value-type", "")
        text, flaw = shown, None
        if kind == "float":
            text, flaw = number_text(self._cell.get("office:value", shown))
        elif kind == "date":
            text, flaw = self._cell.get("office:date-value", shown), CellFlaw.DATE
            text = text.removesuffix("T00:00:00")
        if shown.startswith(_ERRORS):
            flaw = CellFlaw.ERROR
        if formula := self._cell.get("table:formula"):
            return text or f"={formula}", CellFlaw.ERROR if flaw is CellFlaw.ERROR else (
                CellFlaw.FORMULA
            )
        return text, flaw

    def _end_row(self) -> None:
        if self._cells:
            self._count += self._row_repeat
            if self._count > MAX_ROWS:
                raise InputError(
                    say("{file}: a list has at most {rows} rows.", file=self._file, rows=MAX_ROWS)
                )
            for line in range(self._line + 1, self._line + 1 + self._row_repeat):
                self._ready.append(self._make_row(line))
                if self._is_hidden:
                    self.notes.hidden.append(line)
        self._line += self._row_repeat

    def _make_row(self, line: int) -> Row:
        found, flaws, links = dict(self._cells), dict(self._flaws), dict(self._links)
        self._merged.fill(line, found, flaws, links)
        self.notes.note_cells(found)
        width = max(found) + 1
        return Row(line, tuple(found.get(index, "") for index in range(width)), flaws, links)

    def take(self) -> list[Row]:
        ready, self._ready = self._ready, []
        return ready


def _repeat(attributes: dict[str, str], what: str) -> int:
    return _number(attributes, f"table:number-{what}-repeated")


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _spaces(attributes: dict[str, str]) -> int:
    text = attributes.get("text:c", "1")
    return min(int(text), 1000) if text.isascii() and text.isdigit() and len(text) < 9 else 1
