"""Files that only their owner may read (0600): they hold names, addresses and secrets.

No link is followed, and nobody can read a file in the moment before its rights are set.
"""

import os
import sys
import tempfile
from pathlib import Path

from pressutskick.errors import FileFault, UsageError
from pressutskick.sentences import say


def create_private(path: Path, content: bytes) -> None:
    """Writes a file that is not there yet.

    Raises:
        OSError: it is there, or cannot be written.
    """
    with open(path, "xb", opener=_open_private) as stream:
        stream.write(content)


def replace_private(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, in place of what stood there.

    Raises:
        OSError: it cannot be written.
    """
    # mkstemp makes the file 0600; the rename replaces the old one in one step.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_private(path: Path, content: str | bytes, *, force: bool) -> None:
    """Writes what a person asked for into the file that they named; `-` is standard output.

    Raises:
        UsageError: the file is there and `force` does not say to replace it.
        FileFault: the disk or its rights do not let it be written.
    """
    if str(path) == "-":
        if isinstance(content, str):
            sys.stdout.write(content)
        else:
            sys.stdout.buffer.write(content)
        return
    if path.exists() and not force:
        raise UsageError(
            say("{file} is there already.", file=path), remedy=say("Name another, or use --force.")
        )
    try:
        replace_private(path, content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        raise FileFault.of(error, str(path)) from error


def _open_private(path: str, flags: int) -> int:
    """Created private: a message must not be readable for the moment before a chmod."""
    return os.open(path, flags, 0o600)
