"""A folder of `.eml` files: the very bytes of each message, readable by its owner only."""

import os
import re
from pathlib import Path

_ODD = re.compile(r"[^\w@.+-]")


def _open_private(path: str, flags: int) -> int:
    """Created private: a message must not be readable for the moment before a chmod."""
    return os.open(path, flags, 0o600)


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
            name = f"{self._number:04d}-{_ODD.sub('_', recipient)[:100]}.eml"
            path = self.folder / name
            try:
                with open(path, "xb", opener=_open_private) as file:
                    file.write(content)
            except FileExistsError:
                continue
            return path

    def _last_number(self) -> int:
        numbers = [re.match(r"(\d+)-", path.name) for path in self.folder.glob("*.eml")]
        return max((int(number[1]) for number in numbers if number), default=0)
