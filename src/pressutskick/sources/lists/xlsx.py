"""Excel workbooks (.xlsx, ISO/IEC 29500) -> rows, streamed.

A reader of our own: the libraries either hold a dense sheet in memory (a two-kilobyte file can ask
for terabytes) or do not tell hidden rows and formulas. Nothing is evaluated, nothing is fetched.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath

from pressutskick.errors import InputError, Problem
from pressutskick.recipients.rows import Row
from pressutskick.sentences import say
from pressutskick.sources.archive import ArchiveLimits, open_archive
from pressutskick.sources.lists.sheetmarks import read_marks
from pressutskick.sources.lists.sheets import SheetNotes, choose_sheet
from pressutskick.sources.lists.xlsxparts import (
    CellMeanings,
    collect_elements,
    read_date_styles,
    read_rows,
    read_strings,
)

#: Streamed, so these bound time, not memory; shared strings are held.
XLSX_LIMITS = ArchiveLimits(expansion=160 * 1024 * 1024, member=160 * 1024 * 1024)
_MAX_STRINGS = 48 * 1024 * 1024
#: Bytes of a part that only names other parts: a list has a link for each row at most.
_MAX_INDEX = 32 * 1024 * 1024


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


def xlsx_sheets(data: bytes, *, file: str) -> list[str]:
    """The names of all sheets; raises InputError as `read_xlsx` does."""
    archive = open_archive(data, name=file, limits=XLSX_LIMITS)
    return [sheet.name for sheet in _Book(archive, file).sheets]


class _Book:
    """The parts of a workbook that a sheet's cells refer to."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        main = self._find_main()
        targets, self._kinds = self._relations(main)
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

    def _mail_links(self, part: str) -> dict[str, str]:
        """The mail links of a sheet by their id."""
        folder, _, name = part.rpartition("/")
        found = self._collect(f"{folder}/_rels/{name}.rels", "Relationship")
        return {
            relation.get("Id", ""): target
            for _name, relation in found
            if (target := relation.get("Target", ""))[:7].lower() == "mailto:"
        }

    def _collect(self, part: str, *names: str) -> list[tuple[str, dict[str, str]]]:
        """The wanted elements of a small part, in their order; none where there is no such part."""
        if part not in self._archive.NameToInfo:
            return []
        if self._archive.getinfo(part).file_size > _MAX_INDEX:
            raise InputError(say("{file} holds too much text for a list.", file=self._file))
        return collect_elements(self._archive, part, *names, file=self._file)

    def rows(self, sheet: _Sheet, notices: list[Problem]) -> Iterator[Row | Problem]:
        """The sheet's rows that hold something, then what is to be said of the whole."""
        yield from notices
        meanings = CellMeanings(
            strings=self._strings(), date_styles=self._date_styles(), since_1904=self._since_1904
        )
        if sheet.part not in self._archive.NameToInfo:
            raise InputError(say("{file} is damaged: a sheet is missing.", file=self._file))
        notes = SheetNotes()
        marks = read_marks(self._archive, sheet.part, self._mail_links(sheet.part), file=self._file)
        yield from read_rows(self._archive, sheet.part, meanings, marks, notes, file=self._file)
        yield from notes.problems(self._file, sheet.name)

    def _strings(self) -> list[str]:
        part = self._kinds.get("sharedStrings", "")
        if part not in self._archive.NameToInfo:
            return []
        if self._archive.getinfo(part).file_size > _MAX_STRINGS:
            raise InputError(say("{file} holds too much text for a list.", file=self._file))
        return read_strings(self._archive, part, file=self._file)

    def _date_styles(self) -> frozenset[int]:
        part = self._kinds.get("styles", "")
        if part not in self._archive.NameToInfo:
            return frozenset()
        return read_date_styles(self._archive, part, file=self._file)


def _relation_id(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.endswith(":id")), "")
