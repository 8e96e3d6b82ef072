"""Files that a flag names to be sent along."""

import os
from collections.abc import Iterable
from pathlib import Path


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
