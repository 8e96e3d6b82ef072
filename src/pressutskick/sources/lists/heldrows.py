"""In which rows of which list files a person stands, for erasure and access. Reads, never writes.

Looked through are the workspace's own lists and every file that the delivery log names, each with
all its sheets, hidden ones too. A row counts wherever in it the address stands: also one that is
too faulty to be mailed, or that has the address in a note.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pressutskick.errors import Origin, PressutskickError, Problem
from pressutskick.recipients.address import address_pattern
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.rows import Beside, Row, Table
from pressutskick.recipients.table import read_rows
from pressutskick.sources.lists.named import ENDINGS, FOLDER, ListFile, read_guide
from pressutskick.sources.lists.tables import list_sheets, open_table, read_list_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """One row in which the address stands; `recipient` is None where it is not that row's own."""

    origin: Origin
    cells: tuple[str, ...]
    recipient: Recipient | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRows:
    """What was found, and the files that could not be looked through: gone, or unreadable."""

    rows: tuple[HeldRow, ...] = ()
    gone: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


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
    """Every list below the folder of lists, also in folders of its own."""
    folder = workspace / FOLDER
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS
        and not path.name.startswith(("~$", "."))
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
    guide = read_guide(ListFile(path=path, name=name))
    found: list[HeldRow] = []
    for sheet in list_sheets(data, file=name) or [None]:
        table = open_table(data, file=name, sheet=sheet)
        seen: dict[int, Row] = {}
        watched = replace(table, rows=_watch(table, key, pattern, seen))
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
                cells=seen[line].cells if line in seen else (),
                recipient=people.get(line),
            )
            # Where an address is written with a soft hyphen, only its reader has found it.
            for line in sorted({*seen, *(line for line in people if line is not None)})
        ]
    return found


def _watch(
    table: Table, key: str, pattern: re.Pattern[str], seen: dict[int, Row]
) -> Iterator[Row | Problem | Beside]:
    """The rows of a table; those in which the address stands are noted on the way."""
    local = key.partition("@")[0]
    for row in table.rows:
        if isinstance(row, Row) and any(
            local in text.casefold() and pattern.search(text)
            for text in (*row.cells, *row.links.values())
        ):
            seen[row.line] = row
        yield row
