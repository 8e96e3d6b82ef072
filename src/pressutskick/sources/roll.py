"""A roll on the disk: the recipients of a command, however many, in little memory.

The file is an unnamed temporary one of SQLite's own: private, gone with its connection, and never
written at all while the roll fits into the page cache, as ordinary lists do.
"""

import sqlite3
from collections.abc import Iterator
from weakref import finalize

from pressutskick.recipients.model import Recipient
from pressutskick.recipients.roll import Roll
from pressutskick.recipients.snapshot import read_recipient, recipient_text

#: Kibibytes of the roll that are kept in memory.
PAGE_CACHE = 1024

_SCHEMA = f"""
PRAGMA cache_size = -{PAGE_CACHE};
PRAGMA journal_mode = OFF;
CREATE TABLE recipient (
  place INTEGER PRIMARY KEY,
  list  INTEGER NOT NULL,
  key   TEXT NOT NULL,
  text  TEXT NOT NULL
);
CREATE INDEX recipient_by_key ON recipient (key, list);
BEGIN;
"""


class DiskRoll(Roll):
    """See `recipients.roll`."""

    def __init__(self) -> None:
        """Opens the file; it closes and goes when nobody holds the roll any more."""
        self._connection = sqlite3.connect("", isolation_level=None)
        finalize(self, self._connection.close)
        self._connection.executescript(_SCHEMA)
        self._length = 0
        self._list = 0

    def begin_list(self) -> None:
        """See Roll."""
        self._list += 1

    def append(self, recipient: Recipient) -> None:
        """See Roll."""
        self._connection.execute(
            "INSERT INTO recipient VALUES (?, ?, ?, ?)",
            (self._length, self._list, recipient.mailbox.key, recipient_text(recipient)),
        )
        self._length += 1

    def replace(self, place: int, recipient: Recipient) -> None:
        """See Roll."""
        self._connection.execute(
            "UPDATE recipient SET text = ? WHERE place = ?", (recipient_text(recipient), place)
        )

    def find(self, key: str) -> int | None:
        """See Roll."""
        row = self._connection.execute(
            "SELECT place FROM recipient WHERE key = ? AND list = ?", (key, self._list)
        ).fetchone()
        return None if row is None else int(row[0])

    def repeated(self) -> frozenset[str]:
        """See Roll."""
        rows = self._connection.execute(
            "SELECT key FROM recipient GROUP BY key HAVING count(*) > 1"
        )
        return frozenset(key for (key,) in rows)

    def by_key(self) -> Iterator[tuple[str, int]]:
        """See Roll."""
        return self._connection.execute("SELECT key, place FROM recipient ORDER BY key, list")

    def recipient_at(self, place: int) -> Recipient:
        """See Roll."""
        (text,) = self._connection.execute(
            "SELECT text FROM recipient WHERE place = ?", (place,)
        ).fetchone()
        return read_recipient(text)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Recipient]:
        rows = self._connection.execute("SELECT text FROM recipient ORDER BY place")
        return (read_recipient(text) for (text,) in rows)
