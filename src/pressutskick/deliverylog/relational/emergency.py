"""Replies that were received when the log could not be written: an append-only file beside it.

One JSON line per reply: the log's own id, delivery, attempt's outcome; no name, no address. When
the dispatch is opened again the lines are replayed for deliveries that are still `committing`, so
that what the relay said is not forgotten. Idempotent: a line whose delivery has moved on is
ignored.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

#: A link of that name, from whomever, would lead the line elsewhere.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def flush_to_disk(file: int) -> None:
    """What was written is on the disk; on macOS only its own call empties the drive's memory too."""
    with suppress(ImportError, OSError):
        import fcntl

        if (full := getattr(fcntl, "F_FULLFSYNC", None)) is not None:
            fcntl.fcntl(file, full)
            return
    # Another system, or a disk that knows nothing of it.
    os.fsync(file)


class EmergencyFile:
    """The file of one log; `instance` (hex) tells its lines from those of a copied file."""

    def __init__(self, path: Path, instance: str) -> None:
        """Creates nothing before the first line."""
        self.path = path
        self._instance = instance

    def append(self, row: Sequence[object]) -> None:
        """Writes one outcome (see `rows.outcome_row`) to the file and to stderr."""
        line = json.dumps({"log": self._instance, "outcome": row}, ensure_ascii=True) + "\n"
        sys.stderr.write(line)
        try:
            file = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | _NO_LINK, 0o600)
        except OSError:
            # The disk that has no room for the log may have none for this; stderr has the line.
            return
        try:
            os.write(file, line.encode("ascii"))
            flush_to_disk(file)
        except OSError:
            return
        finally:
            os.close(file)

    def rewrite(self, text: str) -> None:
        """Puts `text` in place of all lines."""
        file = os.open(self.path, os.O_TRUNC | os.O_WRONLY | _NO_LINK)
        with os.fdopen(file, "w", encoding="ascii") as stream:
            stream.write(text)

    def outcomes(self) -> Iterator[list[object]]:
        """The rows that were appended for this log; damaged lines are passed over."""
        if not self.path.exists():
            return
        for line in self.path.read_text("ascii", errors="replace").splitlines():
            try:
                note = json.loads(line)
                if note["log"] == self._instance:
                    yield note["outcome"]
            except (ValueError, KeyError, TypeError):
                continue
