"""Media lists by name: finding the file, its sheet, and the guide beside it.

LIST is a path, or a name in the workspace's `recipients/`, with or without its ending; after `#`
stands the name of a sheet (`media.xlsx#Lokalt`); `-` is standard input.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

from pressutskick.errors import InputError, InputNotFound, Origin, Problem, Severity
from pressutskick.recipients.columns.model import NO_GUIDE, Guide
from pressutskick.recipients.rows import Table
from pressutskick.sentences import say
from pressutskick.sources.encoding import decode
from pressutskick.sources.lists.tables import ENDINGS, open_table, read_list_bytes

FOLDER = "recipients"
GUIDE_ENDING = ".columns.toml"
#: What Excel puts before the name of a workbook for a file that says it is open.
_OPEN = "~$"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """Where a list is; `name` is what problems call it, as the person would write it."""

    path: Path
    name: str
    sheet: str | None = None

    @property
    def guide_path(self) -> Path:
        """The file of corrections beside the list, which need not be there."""
        return self.path.with_name(self.path.name + GUIDE_ENDING)


def find_list(name: str, workspace: Path) -> ListFile:
    """The file that `name` stands for.

    Raises:
        InputNotFound: none; suggests names that are near.
        InputError: it is a folder.
    """
    if name == "-":
        return ListFile(path=Path("-"), name="-")
    stem, _, sheet = name.partition("#")
    if Path(stem).name.startswith(_OPEN):
        raise InputError(
            say("{file} is only the mark that Excel leaves while a list is open.", file=name),
            remedy=say("Name {file}.", file=stem.replace(_OPEN, "", 1)),
        )
    for wanted, part in ((name, None), (stem, sheet or None)):
        found = _existing(wanted, workspace) if wanted else None
        if found is not None:
            return ListFile(path=found, name=_shown(found, workspace), sheet=part)
    if Path(name).is_dir():
        raise InputError(say("{file} is a folder; name a file in it.", file=name))
    raise _not_found(name, stem, workspace)


def _existing(name: str, workspace: Path) -> Path | None:
    folder = workspace / FOLDER
    places = [Path(name), folder / name]
    # An old Excel file is found, so that what to do about it is told.
    places += [folder / f"{name}{ending}" for ending in (*ENDINGS, ".xls")]
    return next((place for place in places if place.is_file()), None)


def _shown(path: Path, workspace: Path) -> str:
    """The path as short as it can be written from the workspace."""
    try:
        return str(path.resolve().relative_to(workspace.resolve()))
    except ValueError:
        return str(path)


def list_names(workspace: Path) -> list[str]:
    """The lists in the workspace's folder, by name, sorted."""
    folder = workspace / FOLDER
    if not folder.is_dir():
        return []
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.is_file()
        and path.suffix.lower() in ENDINGS
        and not path.name.startswith((_OPEN, "."))
    )


def _not_found(name: str, stem: str, workspace: Path) -> InputNotFound:
    names = list_names(workspace)
    stems = {Path(known).stem.casefold(): known for known in names}
    near = get_close_matches(Path(stem).stem.casefold(), stems, 3, cutoff=0.5)
    if near:
        remedy = say("Did you mean {names}?", names=", ".join(stems[word] for word in near))
    elif names:
        remedy = say("There are: {names}.", names=", ".join(names))
    else:
        remedy = say("Lists live in the folder {folder}.", folder=FOLDER)
    return InputNotFound(say("{file}: there is no such list.", file=name), remedy=remedy)


def read_guide(file: ListFile) -> Guide:
    """The corrections beside a list; none where there is no such file.

    Raises:
        InputError: the file is faulty.
    """
    if str(file.path) == "-" or not file.guide_path.is_file():
        return NO_GUIDE
    from pressutskick.recipients.columns.maps import parse_guide

    text, _encoding = decode(file.guide_path.read_bytes())
    return parse_guide(text, file=str(file.guide_path))


def read_table(file: ListFile) -> Table:
    """The raw rows of a list.

    Raises:
        InputNotFound: the file is not there.
        InputError: it is no list, or beyond the limits.
    """
    table = open_table(read_list_bytes(file.path), file=file.name, sheet=file.sheet)
    return replace(table, rows=chain(_open_notice(file), table.rows))


def is_open_elsewhere(file: ListFile) -> bool:
    """Whether another program has the list open: Excel and LibreOffice leave a mark beside it."""
    name = file.path.name
    marks = (f"{_OPEN}{name}", f".~lock.{name}#")
    return any(file.path.with_name(mark).exists() for mark in marks)


def _open_notice(file: ListFile) -> Iterator[Problem]:
    """What is not saved yet is not read."""
    if is_open_elsewhere(file):
        yield Problem(
            code="list.open",
            severity=Severity.WARNING,
            sentence=say(
                "the list is open in another program; what is not saved there is not read"
            ),
            origin=Origin(file=file.name),
        )
