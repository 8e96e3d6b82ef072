"""A folder of `.eml` files: the very bytes of each message, readable by its owner only."""

import re
from pathlib import Path

from pressutskick.exports.messages import name_message
from pressutskick.exports.private import create_private


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
