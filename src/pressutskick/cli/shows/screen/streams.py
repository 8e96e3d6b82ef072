"""What is said when nobody can hear it any more: a closed window, a reader that has left.

Talk on stderr that cannot be written is lost, and stops nothing: whom a run mails must not depend on
who watches it.
"""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO, cast

IS_WINDOWS = os.name == "nt"


class ForgivingTalk:
    """Standard error as it is when something is written; what it cannot take is dropped."""

    def _stream(self) -> TextIO:
        # While Rich paints a bar, standard error is Rich's, and behind it the real one.
        return cast("TextIO", getattr(sys.stderr, "rich_proxied_file", sys.stderr))

    def write(self, text: str) -> int:
        """All of it, or nothing where nobody is there."""
        try:
            return self._stream().write(text)
        except (OSError, ValueError):
            # ValueError: somebody has closed it.
            return len(text)

    def flush(self) -> None:
        """The same."""
        try:
            self._stream().flush()
        except (OSError, ValueError):
            return

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream(), name)


def replace_closed_streams() -> None:
    """What was closed before the program began (`2>&-`) takes everything and keeps nothing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def has_reader_left(error: OSError) -> bool:
    """Whether nobody reads our output any more, as `head` does, or `more` and `q`.

    Windows calls a pipe without a reader an invalid argument.
    """
    if error.filename is not None:
        return False
    return error.errno == errno.EPIPE or (IS_WINDOWS and error.errno == errno.EINVAL)


def end_stream(stream: TextIO) -> None:
    """Writes what is still in the buffer, or gives it up where nobody is there to take it.

    Raises:
        OSError: as for any other write, and not at the very end, where Python would end with 120.
    """
    try:
        stream.flush()
    except OSError as error:
        give_up(stream)
        # A terminal that is gone is a fault of input and output.
        if not (has_reader_left(error) or error.errno == errno.EIO):
            raise


def give_up(stream: TextIO) -> None:
    """What could not be written stays unwritten: Python would try again and end with 120."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
