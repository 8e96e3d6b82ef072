"""What SQLite says, in the person's words: one table from its errors to ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pressutskick.errors import DeliveryLogError, reason_of
from pressutskick.sentences import Sentence, say

# Extended codes carry the primary code in their lowest byte.
_PRIMARY = 0xFF


def delivery_log_error(error: sqlite3.Error | OSError, path: Path) -> DeliveryLogError:
    """The error to raise instead, with what to do about it."""
    if isinstance(error, OSError):
        return _cannot_open(path, reason_of(error))
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    file = str(path)
    if code == sqlite3.SQLITE_FULL:
        return DeliveryLogError(
            say("{file}: the disk is full, the delivery log cannot be written.", file=file),
            remedy=say("Make room, then run the same command again; it goes on where it stopped."),
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return DeliveryLogError(
            say("{file}: the delivery log cannot be written, only read.", file=file),
            remedy=say("Give yourself the right to write the file and its folder, then try again."),
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        is_database = code == sqlite3.SQLITE_CORRUPT
        reason = say("its pages are damaged") if is_database else say("it is no database")
        return DeliveryLogError(
            say("{file}: this is not a whole delivery log ({reason}).", file=file, reason=reason),
            remedy=say(
                "Look with: pressutskick log verify. Put a backup in its place, or name another "
                "file in PRESSUTSKICK_DATABASE; without the old log nobody knows who was mailed."
            ),
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DeliveryLogError(
            say("{file}: another program keeps the delivery log locked.", file=file),
            remedy=say("Close it (a database viewer, a backup), then run the same command again."),
        )
    known = {
        sqlite3.SQLITE_CANTOPEN: say("it cannot be opened"),
        sqlite3.SQLITE_IOERR: say("the disk is full or faulty"),
    }
    return _cannot_open(path, known.get(code) or say("{words}", words=str(error)))


def _cannot_open(path: Path, reason: Sentence) -> DeliveryLogError:
    return DeliveryLogError(
        say("{file}: the delivery log cannot be used: {reason}.", file=str(path), reason=reason),
        remedy=say("Check the path in PRESSUTSKICK_DATABASE, the disk and the rights."),
    )


@contextmanager
def told_as_log_error(path: Path) -> Iterator[None]:
    """Turns what SQLite or the file system raises within into a DeliveryLogError."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise delivery_log_error(error, path) from error


def damaged(path: Path, reason: Sentence) -> DeliveryLogError:
    """The file is SQLite but not what we wrote."""
    return DeliveryLogError(
        say("{file}: {reason}.", file=str(path), reason=reason),
        remedy=say("Look with: pressutskick log verify. Nothing was sent."),
    )
