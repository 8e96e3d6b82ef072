"""In which rows of which list files a person stands, for erasure and access. Reads, never writes.

Looked through are all files in the workspace's folder of lists, whatever their ending, and every
file that the delivery log names, each with all its sheets, hidden ones too. A row counts wherever in
it the address stands: also one that is too faulty to be mailed, or that has the address in a note.
What cannot be looked through (an old .xls, a PDF) is named.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pressutskick.errors import Origin, PressutskickError, Problem
from pressutskick.recipients.address import address_pattern
from pressutskick.recipients.held import HeldRow, HeldRows
from pressutskick.recipients.rows import Beside, Row, Table
from pressutskick.recipients.table import read_rows
from pressutskick.recipients.unwrapping import plain_letters
from pressutskick.sources.encoding import decode
from pressutskick.sources.lists.named import FOLDER, GUIDE_ENDING, ListFile, read_guide
from pressutskick.sources.lists.tables import list_sheets, open_table, read_list_bytes

#: How files begin that are no text: archives, old Office files, PDF.
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")


def search_lists(
    workspace: Path, key: str, *, known: Iterable[str] = (), own: Iterable[str] = ()
) -> HeldRows:
    """All rows that hold the mailbox.

    Args:
        workspace: where the folder of lists is.
        key: the comparison key of the address.
        known: files that the delivery log names, as written there.
        own: those of them from which the person was mailed; told where they are gone.
    """
    files = {path.resolve(): path for path in _own_files(workspace)}
    gone: list[str] = []
    for name in dict.fromkeys([*own, *known]):
        path = _find(name, workspace)
        if path is not None:
            files.setdefault(path.resolve(), path)
        elif name in own:
            gone.append(name)
    rows: list[HeldRow] = []
    unread: list[str] = []
    pattern = address_pattern(key)
    for path in files.values():
        name = _shown(path, workspace)
        try:
            rows += _search(path, name, key, pattern)
        except PressutskickError:
            unread.append(name)
    return HeldRows(rows=tuple(rows), gone=tuple(gone), unread=tuple(unread))


def _own_files(workspace: Path) -> list[Path]:
    """Every file below the folder of lists, also in folders of its own: any of them can be mailed."""
    folder = workspace / FOLDER
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.rglob("*")
        if not path.name.startswith(("~$", "."))
        and not path.name.endswith(GUIDE_ENDING)
        and path.is_file()
    )


def _find(name: str, workspace: Path) -> Path | None:
    """The file as the log names it: from the workspace, or from where we are."""
    if name == "-":
        return None
    return next((path for path in (workspace / name, Path(name)) if path.is_file()), None)


def _shown(path: Path, workspace: Path) -> str:
    try:
        return str(path.resolve().relative_to(workspace.resolve()))
    except ValueError:
        return str(path)


def _search(path: Path, name: str, key: str, pattern: re.Pattern[str]) -> list[HeldRow]:
    data = read_list_bytes(path)
    try:
        return _search_list(data, path, name, key, pattern)
    except PressutskickError:
        # No list, or a damaged one; a text is looked through all the same.
        if data.startswith(_NO_TEXT):
            raise
        return _search_text(data, name, pattern)


def _search_list(
    data: bytes, path: Path, name: str, key: str, pattern: re.Pattern[str]
) -> list[HeldRow]:
    guide = read_guide(ListFile(path=path, name=name))
    found: list[HeldRow] = []
    for sheet in list_sheets(data, file=name) or [None]:
        table = open_table(data, file=name, sheet=sheet)
        watch = _Watch(table, key, pattern)
        watched = replace(table, rows=watch.rows())
        people = {
            recipient.origin.line: recipient
            for recipient in read_rows(watched, guide).recipients
            if recipient.mailbox.key == key
        }
        for _row in watched.rows:
            # A list without an address column is not read to its end.
            pass
        found += [
            HeldRow(
                origin=Origin(file=name, sheet=table.sheet, line=line),
                cells=watch.seen[line].cells if line in watch.seen else (),
                recipient=people.get(line),
            )
            # Where an address is written in an odd way, perhaps only its reader has found it.
            for line in sorted({*watch.seen, *(line for line in people if line is not None)})
        ]
        found += [
            HeldRow(origin=Origin(file=name, sheet=place), cells=(text,), recipient=None)
            for place, text in watch.beside
        ]
    return found


def _search_text(data: bytes, name: str, pattern: re.Pattern[str]) -> list[HeldRow]:
    """The lines of a text that is no list, such as a web page."""
    text, _encoding = decode(data)
    return [
        HeldRow(origin=Origin(file=name, line=number), cells=(line,), recipient=None)
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(plain_letters(line))
    ]


class _Watch:
    """Passes the rows of a table on, and keeps those in which the address stands."""

    def __init__(self, table: Table, key: str, pattern: re.Pattern[str]) -> None:
        self._table = table
        self._local = key.partition("@")[0]
        self._pattern = pattern
        self.seen: dict[int, Row] = {}
        self.beside: list[tuple[str, str]] = []

    def rows(self) -> Iterator[Row | Problem | Beside]:
        """All of them, in their order."""
        for row in self._table.rows:
            if isinstance(row, Row):
                if any(map(self._holds, (*row.cells, *row.links.values()))):
                    self.seen[row.line] = row
            elif isinstance(row, Beside) and self._holds(row.text):
                self.beside.append((row.place, row.text))
            yield row

    def _holds(self, text: str) -> bool:
        plain = plain_letters(text)
        return self._local in plain.casefold() and bool(self._pattern.search(plain))
