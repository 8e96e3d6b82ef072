"""A folder of `.eml` files: the very bytes of each message, readable by its owner only."""

import re
from email.parser import BytesHeaderParser
from pathlib import Path

from pressutskick.exports.messages import name_message
from pressutskick.exports.private import create_private
from pressutskick.recipients.address import address_pattern


class Outbox:
    """Adds files to a folder, numbered on from those that are there; replaces none."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when the first message comes."""
        self.folder = folder
        self._number = 0

    def add(self, recipient: str, content: bytes) -> Path:
        """Writes `content` (CRLF, dots not doubled) as `0001-<recipient>.eml`.

        Raises:
            OSError: it cannot be written.
        """
        if not self._number:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._number = self._last_number()
        while True:
            self._number += 1
            path = self.folder / name_message(self._number, recipient)
            try:
                create_private(path, content)
            except FileExistsError:
                continue
            return path

    def _last_number(self) -> int:
        numbers = [re.match(r"(\d+)-", path.name) for path in self.folder.glob("*.eml")]
        return max((int(number[1]) for number in numbers if number), default=0)


def remove_messages(folder: Path, key: str) -> int:
    """Deletes the kept messages to a comparison key, in the folder and below it; how many.

    Raises:
        OSError: one cannot be read or deleted.
    """
    if not folder.is_dir():
        return 0
    wanted = address_pattern(key)
    found = [path for path in sorted(folder.rglob("*.eml")) if wanted.search(_receiver(path))]
    for path in found:
        path.unlink()
    return len(found)


def _receiver(path: Path) -> str:
    """The `To` header of a kept message; addresses stand in it as they are."""
    with path.open("rb") as stream:
        return str(BytesHeaderParser().parse(stream)["To"] or "")
