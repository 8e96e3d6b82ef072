"""A roll on the disk: the recipients of a command, however many, in little memory.

The file is an unnamed temporary one of SQLite's own: private, gone with its connection, and never
written at all while the roll fits into the page cache, as ordinary lists do. Rows are marshalled
and not JSON as in the delivery log: nobody reads them but the process that wrote them, and 100,000
recipients take a quarter less time.
"""

import marshal
import sqlite3
from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from weakref import finalize

from pressutskick.errors import Origin
from pressutskick.mail import Language, Mailbox
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.roll import Roll

#: Kibibytes of the roll that are kept in memory.
PAGE_CACHE = 1024

_TEXTS = attrgetter(
    *("name", "first_name", "role", "outlet", "desk", "beat", "region", "media_type", "phone"),
    *("source", "legal_ground"),
)

_SCHEMA = f"""
PRAGMA cache_size = -{PAGE_CACHE};
PRAGMA journal_mode = OFF;
CREATE TABLE recipient (
  place INTEGER PRIMARY KEY,
  list  INTEGER NOT NULL,
  key   TEXT NOT NULL,
  row   BLOB NOT NULL,
  UNIQUE (key, list)
);
BEGIN;
"""


class DiskRoll(Roll):
    """See `recipients.roll`."""

    def __init__(self) -> None:
        """Opens the file; it closes and goes when nobody holds the roll any more."""
        # Closed by the garbage collector, which runs in whatever thread it pleases.
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        finalize(self, self._connection.close)
        self._connection.executescript(_SCHEMA)
        self._length = 0
        self._list = 0

    def begin_list(self) -> None:
        """See Roll."""
        self._list += 1

    def append(self, recipient: Recipient) -> int | None:
        """See Roll."""
        key = recipient.mailbox.key
        inserted = self._connection.execute(
            "INSERT OR IGNORE INTO recipient VALUES (?, ?, ?, ?)",
            (self._length, self._list, key, _pack(recipient)),
        )
        if inserted.rowcount:
            self._length += 1
            return None
        (place,) = self._connection.execute(
            "SELECT place FROM recipient WHERE key = ? AND list = ?", (key, self._list)
        ).fetchone()
        return int(place)

    def replace(self, place: int, recipient: Recipient) -> None:
        """See Roll."""
        self._connection.execute(
            "UPDATE recipient SET row = ? WHERE place = ?", (_pack(recipient), place)
        )

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
        (row,) = self._connection.execute(
            "SELECT row FROM recipient WHERE place = ?", (place,)
        ).fetchone()
        return _unpack(row)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Recipient]:
        rows = self._connection.execute("SELECT row FROM recipient ORDER BY place")
        return (_unpack(row) for (row,) in rows)


def _pack(recipient: Recipient) -> bytes:
    """All fields as octets that only this process reads; several times as quick as JSON."""
    mailbox, origin, language = recipient.mailbox, recipient.origin, recipient.language
    return marshal.dumps(
        (
            (mailbox.address, mailbox.name),
            (origin.file, origin.sheet, origin.line, origin.column),
            (None if language is None else language.value, tuple(recipient.tags)),
            (_number(recipient.informed), _number(recipient.checked), dict(recipient.extra)),
            _TEXTS(recipient),
        )
    )


def _unpack(row: bytes) -> Recipient:
    mailbox, origin, (language, tags), (informed, checked, extra), texts = marshal.loads(row)  # noqa: S302 - this process has written it
    address, mailbox_name = mailbox
    file, sheet, line, column = origin
    (name, first_name, role, outlet, desk, beat, region, media_type, phone, *books) = texts
    source, legal_ground = books
    return Recipient(
        mailbox=Mailbox(address=address, name=mailbox_name),
        name=name,
        first_name=first_name,
        role=role,
        outlet=outlet,
        desk=desk,
        beat=beat,
        region=region,
        media_type=media_type,
        language=None if language is None else Language(language),
        tags=frozenset(tags),
        phone=phone,
        source=source,
        legal_ground=legal_ground,
        informed=None if informed is None else date.fromordinal(informed),
        checked=None if checked is None else date.fromordinal(checked),
        extra=extra,
        origin=Origin(file=file, sheet=sheet, line=line, column=column),
    )


def _number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
