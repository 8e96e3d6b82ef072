"""Excel workbooks (.xlsx, ISO/IEC 29500) -> rows, streamed.

A reader of our own: the libraries either hold a dense sheet in memory (a two-kilobyte file can ask
for terabytes) or do not tell hidden rows and formulas. Nothing is evaluated, nothing is fetched.
"""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from posixpath import join, normpath

from pressutskick.errors import InputError, Problem
from pressutskick.recipients.rows import Beside, Row
from pressutskick.sentences import say
from pressutskick.sources.archive import ArchiveLimits, open_archive, part_key
from pressutskick.sources.lists.sheetmarks import read_marks
from pressutskick.sources.lists.sheets import SheetNotes, choose_sheet
from pressutskick.sources.lists.xlsxparts import CellMeanings, read_rows
from pressutskick.sources.lists.xlsxtables import collect_elements, read_date_styles, read_strings

#: Streamed, so these bound time, not memory; shared strings are held.
XLSX_LIMITS = ArchiveLimits(expansion=160 * 1024 * 1024, member=160 * 1024 * 1024)
_MAX_STRINGS = 48 * 1024 * 1024
#: Bytes of a part that only names other parts: a list has a link for each row at most.
_MAX_INDEX = 32 * 1024 * 1024


#: Kinds of sheets that hold no rows.
_NO_ROWS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
#: Where the parts lie that a workbook without a word about them has.
_USUAL = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    name: str
    part: str
    is_hidden: bool


def read_xlsx(
    data: bytes, *, file: str, sheet: str | None
) -> tuple[str, Iterator[Row | Problem | Beside]]:
    """The name of the sheet that is read (`sheet`, or the first visible one) and its rows.

    Raises:
        InputError: damaged, protected, beyond the limits, or without such a sheet.
    """
    archive = open_archive(data, name=file, limits=XLSX_LIMITS)
    book = _Book(archive, file)
    names = [(entry.name, entry.is_hidden) for entry in book.sheets]
    chosen, notices = choose_sheet(names, sheet, file=file)
    others = book.sheets if sheet is None else []
    return book.sheets[chosen].name, book.rows(book.sheets[chosen], notices, others)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """Where a sheet lies in its workbook, and how days are written there."""

    part: str
    date_styles: frozenset[int]
    since_1904: bool


def find_sheet_part(data: bytes, *, file: str, sheet: str | None) -> SheetPart:
    """The part of the sheet that `read_xlsx` reads; raises InputError as that does."""
    book = _Book(open_archive(data, name=file, limits=XLSX_LIMITS), file)
    names = [(entry.name, entry.is_hidden) for entry in book.sheets]
    chosen, _notices = choose_sheet(names, sheet, file=file)
    return book.locate(book.sheets[chosen])


def xlsx_sheets(data: bytes, *, file: str) -> list[str]:
    """The names of all sheets; raises InputError as `read_xlsx` does."""
    archive = open_archive(data, name=file, limits=XLSX_LIMITS)
    return [sheet.name for sheet in _Book(archive, file).sheets]


class _Book:
    """The parts of a workbook that a sheet's cells refer to."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._parts = {part_key(name): name for name in archive.NameToInfo}
        self._shared: list[str] | None = None
        main = self._find_main()
        relations = self._relations(main)
        self._kinds = dict(relations.values())
        found = self._collect(main, "sheet", "workbookPr")
        self._since_1904 = any(
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
            if name == "sheet"
            and (relation := relations.get(_relation_id(attributes)))
            and (target := relation[1])
            and relation[0] not in _NO_ROWS
        ]

    def locate(self, sheet: _Sheet) -> SheetPart:
        """What is needed to write into a sheet."""
        return SheetPart(
            part=self._part(sheet.part),
            date_styles=self._date_styles(),
            since_1904=self._since_1904,
        )

    def _find_main(self) -> str:
        relations = self._collect("_rels/.rels", "Relationship")
        for _name, attributes in relations:
            if attributes.get("Type", "").endswith("/officeDocument"):
                return attributes.get("Target", "").replace("\\", "/").lstrip("/")
        return next((name for name in self._parts if name.endswith("workbook.xml")), "")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to, by id: the last word of their kind, and their name."""
        folder, _, name = part.rpartition("/")
        found = {}
        for _name, relation in self._collect(join(folder, "_rels", f"{name}.rels"), "Relationship"):
            target = normpath(join(folder, relation.get("Target", "").replace("\\", "/")))
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = kind, target.lstrip("/")
        return found

    def _part(self, name: str) -> str:
        """A part as the archive calls it; empty where it has none."""
        return self._parts.get(part_key(name), "")

    def _mail_links(self, part: str) -> dict[str, str]:
        """The mail links of a sheet by their id."""
        folder, _, name = part.rpartition("/")
        found = self._collect(join(folder, "_rels", f"{name}.rels"), "Relationship")
        return {
            relation.get("Id", ""): target
            for _name, relation in found
            if (target := relation.get("Target", ""))[:7].lower() == "mailto:"
        }

    def _collect(self, part: str, *names: str) -> list[tuple[str, dict[str, str]]]:
        """The wanted elements of a small part, in their order; none where there is no such part."""
        part = self._part(part)
        if not part:
            return []
        if self._archive.getinfo(part).file_size > _MAX_INDEX:
            raise InputError(say("{file} holds too much text for a list.", file=self._file))
        return collect_elements(self._archive, part, *names, file=self._file)

    def rows(
        self, sheet: _Sheet, notices: list[Problem], others: Sequence[_Sheet]
    ) -> Iterator[Row | Problem | Beside]:
        """The sheet's rows that hold something, then what is to be said of the whole."""
        yield from notices
        notes = SheetNotes()
        yield from self._cells(sheet, notes)
        yield from notes.problems(self._file, sheet.name)
        yield from self._comments(sheet)
        for other in others:
            if other != sheet and self._part(other.part):
                yield from self._beside(other)

    def _cells(self, sheet: _Sheet, notes: SheetNotes) -> Iterator[Row]:
        part = self._part(sheet.part)
        if not part:
            raise InputError(say("{file} is damaged: a sheet is missing.", file=self._file))
        meanings = CellMeanings(
            strings=self._strings(), date_styles=self._date_styles(), since_1904=self._since_1904
        )
        marks = read_marks(self._archive, part, self._mail_links(sheet.part), file=self._file)
        yield from read_rows(self._archive, part, meanings, marks, notes, file=self._file)

    def _beside(self, sheet: _Sheet) -> Iterator[Beside]:
        """What stands on a sheet that is not read and may be an address."""
        # A sheet that is not read may be damaged, and stops nobody.
        with suppress(InputError):
            for row in self._cells(sheet, SheetNotes()):
                text = " ".join((*row.cells, *row.links.values()))
                if "@" in text:
                    yield Beside(place=sheet.name, text=text, is_sheet=True)

    def _comments(self, sheet: _Sheet) -> Iterator[Beside]:
        """The notes that somebody has stuck to cells."""
        kinds = dict(self._relations(sheet.part).values())
        part = self._part(kinds.get("comments", ""))
        for text in read_strings(self._archive, part, "comment", file=self._file) if part else ():
            if "@" in text:
                yield Beside(place=sheet.name, text=text)

    def _strings(self) -> list[str]:
        if self._shared is None:
            self._shared = self._read_shared()
        return self._shared

    def _read_shared(self) -> list[str]:
        part = self._usual_part("sharedStrings")
        if not part:
            return []
        if self._archive.getinfo(part).file_size > _MAX_STRINGS:
            raise InputError(say("{file} holds too much text for a list.", file=self._file))
        return read_strings(self._archive, part, "si", file=self._file)

    def _usual_part(self, kind: str) -> str:
        return self._part(self._kinds.get(kind, _USUAL[kind]))

    def _date_styles(self) -> frozenset[int]:
        part = self._usual_part("styles")
        if not part:
            return frozenset()
        return read_date_styles(self._archive, part, file=self._file)


def _relation_id(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.endswith(":id")), "")
