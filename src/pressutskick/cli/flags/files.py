"""Flags that name files: to write for the person, or to send along."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli.language import _

Output = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="FILE", help=_("Write here; - is standard output.")),
]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON."))]
Force = Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))]


def files_beside(document: str, names: Iterable[str] | None) -> tuple[str, ...]:
    """What `--attach` named, as the document itself would name it: from its own folder."""
    folder = Path.cwd() if document == "-" else Path(document).resolve().parent
    return tuple(_seen_from(folder, name) for name in names or ())


def _seen_from(folder: Path, name: str) -> str:
    try:
        return Path(os.path.relpath(Path(name).resolve(), folder)).as_posix()
    except ValueError:
        # On another drive of Windows: outside of the folder, and told so.
        return name
