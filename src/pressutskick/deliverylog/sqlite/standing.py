"""Whether the file that a run writes to is still the log: it may be removed or replaced meanwhile.

SQLite would go on writing to a file that nobody finds any more.
"""

from pathlib import Path

from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say

_Identity = tuple[int, int]


class Standing:
    """The log's file and its write-ahead log as they were at first."""

    def __init__(self, path: Path) -> None:
        """Looks at them now; both must be open."""
        self._path = path
        self._files = {file: _identify(file) for file in (path, Path(f"{path}-wal"))}

    def require(self) -> None:
        """Both are still what they were.

        Raises:
            DeliveryLogError: one of them is gone, or another file.
        """
        for file, identity in self._files.items():
            if identity is not None and _identify(file) != identity:
                raise DeliveryLogError(
                    say(
                        "{file}: the delivery log was removed or replaced while mail was being sent.",
                        file=str(file),
                    ),
                    remedy=say(
                        "Nothing more was sent. What was in flight stands in {emergency}. Put the "
                        "log back before you send again: without it nobody knows who was mailed.",
                        emergency=f"{self._path}.emergency",
                    ),
                )


def _identify(file: Path) -> _Identity | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
