"""Copies of shipped templates in a workspace, each with the text that it was made from.

What stands under `.shipped/` is never used for a mail: it is there so that a newer version of the
program can tell what has changed since the copy was made.
"""

from pathlib import Path

from pressutskick.errors import FileFault, UsageError
from pressutskick.sentences import say

_ORIGINALS = ".shipped"


def copy_template(folder: Path, name: str, text: str, *, force: bool) -> Path:
    """Writes `text` as one's own `name` into `folder`; the file's path.

    Raises:
        UsageError: there is one already and `force` does not say to replace it.
        FileFault: the folder cannot be written.
    """
    path = folder / name
    if path.exists() and not force:
        raise UsageError(
            say("{file} is there already.", file=path),
            remedy=say("Look at what it differs in: pressutskick templates diff"),
        )
    try:
        for each in (path, folder / _ORIGINALS / name):
            each.parent.mkdir(parents=True, exist_ok=True)
            each.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise FileFault.of(error, str(path)) from error
    return path


def read_original(path: Path) -> str | None:
    """What the copy at `path` was made from; None where nobody knows."""
    original = path.parent / _ORIGINALS / path.name
    return original.read_text("utf-8") if original.is_file() else None
