"""What must never leave with a mail: settings and secrets, the delivery log, lists, the outbox.

Judged by where a file really lies and by what it holds, since a copy or another name of a secret is
a secret too. Reads nothing but what it is given.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pressutskick.sentences import Sentence, say

#: Folders of a workspace whose files are for the house alone.
_PRIVATE_FOLDERS = frozenset({"recipients", "outbox"})

_SQLITE = b"SQLite format 3\x00"
_SETTING = re.compile(rb"^\s*(?:export\s+)?PRESSUTSKICK_[A-Z_]+\s*=", re.MULTILINE)
_ADDRESS = re.compile(rb"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")

#: A table with so many different addresses is a list of people.
_PEOPLE = 3
_TABLES = frozenset({".csv", ".tsv", ".json", ".vcf", ".xlsx", ".ods"})
#: Where a spreadsheet keeps its texts; octets of each that are looked through.
_SHEET_TEXTS = re.compile(r"xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml|content\.xml")
_LOOKED_THROUGH = 2 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """The workspace's own files: its settings, and its logs (`database` and what lies beside it)."""

    workspace: Path
    env_file: Path | None = None
    databases: Sequence[Path] = ()

    def refuse_place(self, path: Path, name: str) -> Sentence | None:
        """Why the file at `path`, followed to what it is, must not be attached; None where it may."""
        within = _parts_within(path, self.workspace.resolve())
        if any(part.startswith(".") for part in within):
            return say(
                "The attachment {name} is a hidden file, such as settings are; it is not sent.",
                name=name,
            )
        if self.env_file is not None and _is_same(path, [self.env_file]):
            return _is_settings(name)
        if _is_same(path, self.databases) or any(
            path.parent == each.parent.resolve()
            and path.name.casefold().startswith(each.name.casefold())
            for each in self.databases
        ):
            return _is_log(name)
        if len(within) > 1 and within[0].casefold() in _PRIVATE_FOLDERS:
            return say(
                "The attachment {name} lies in {folder}/, which is for the house alone; "
                "it is not sent.",
                name=name,
                folder=within[0],
            )
        return None


def refuse_content(content: bytes, path: Path, name: str) -> Sentence | None:
    """Why what the file holds must not be attached, whatever it is called; None where it may."""
    if content.startswith(_SQLITE):
        return _is_log(name)
    if _SETTING.search(content):
        return _is_settings(name)
    suffix = path.suffix.lower()
    if suffix in _TABLES:
        people = {found.lower() for text in _texts(content) for found in _ADDRESS.findall(text)}
        if len(people) >= _PEOPLE:
            return say(
                "The attachment {name} is a list of people ({n} addresses); it is not sent.",
                name=name,
                n=len(people),
            )
    return None


def _texts(content: bytes) -> Iterable[bytes]:
    """A text file itself, or the texts of a spreadsheet."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if _SHEET_TEXTS.fullmatch(entry.filename):
                    with archive.open(entry) as stream:
                        yield stream.read(_LOOKED_THROUGH)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return


def _parts_within(path: Path, root: Path) -> tuple[str, ...]:
    """The path below `root`; only its name where it lies elsewhere."""
    return path.relative_to(root).parts if path.is_relative_to(root) else (path.name,)


def _is_same(path: Path, others: Iterable[Path]) -> bool:
    """Whether it is one of them by another name too (a hard link)."""
    for other in others:
        try:
            if path.samefile(other):
                return True
        except OSError:
            continue
    return False


def _is_settings(name: str) -> Sentence:
    return say(
        "The attachment {name} holds settings, perhaps a password; it is not sent.", name=name
    )


def _is_log(name: str) -> Sentence:
    return say("The attachment {name} is a database, such as the log; it is not sent.", name=name)
