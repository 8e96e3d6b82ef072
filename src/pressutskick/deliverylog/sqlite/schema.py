"""The file itself: created private, upgraded by numbered migrations, refused when newer.

Nothing here knows what a delivery is.
"""

import errno
import os
import secrets
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from pressutskick.deliverylog.sqlite.faults import damaged, told_as_log_error
from pressutskick.deliverylog.sqlite.locks import schema_lock
from pressutskick.deliverylog.sqlite.places import refuse_place
from pressutskick.deliverylog.sqlite.session import install_seal
from pressutskick.deliverylog.sqlite.statements import migrations
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say

#: Marks the file as ours in SQLite's header ("pkik").
APPLICATION_ID = 0x706B696B

#: Seconds that a statement waits for another process: a list of a million takes a minute to begin.
BUSY_TIMEOUT = 120.0

#: Pages that a connection keeps in memory, KiB. The system keeps the file's pages too; SQLite's own
#: 2000 are what made a run's memory grow with its recipients, and made it no faster.
PAGE_CACHE = 512

#: RETURNING, UPDATE FROM and STRICT tables came with these.
OLDEST_SQLITE = (3, 37, 0)

#: Files up to this size (bytes) are checked page by page before they are written to.
QUICK_CHECK_LIMIT = 64 * 2**20

#: What must be free on the disk before a run, in bytes: the write-ahead log and some attempts.
FREE_SPACE_FLOOR = 16 * 2**20


def connect(path: Path) -> sqlite3.Connection:
    """A connection for reading and writing; the file must exist.

    Every commit is on the disk before it returns (`synchronous=FULL`; macOS keeps that promise only
    with `fullfsync`), and what is deleted is overwritten, so that an erased person is found nowhere.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_TIMEOUT,
        isolation_level=None,
        check_same_thread=False,
    )
    install_seal(connection)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def prepare(path: Path) -> None:
    """Creates or upgrades the log at `path`, and proves that it can be written.

    Raises:
        DeliveryLogError: not writable, not ours, damaged, written by a newer version, or in a place
            where no log is safe.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise DeliveryLogError(
            say(
                "The SQLite library here is {version}; the delivery log needs 3.37.",
                version=sqlite3.sqlite_version,
            ),
            remedy=say("Use a newer Python or operating system."),
        )
    refuse_place(path)
    with told_as_log_error(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with schema_lock(path):
            _create_file(path)
            with closing(connect(path)) as connection:
                _identify(connection, path)
                _upgrade(connection, path)
                _check_pages(connection, path)
                # Fails here, before any mail, where the file or its folder is read-only.
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE meta SET value = value WHERE key = 'instance'")
                connection.execute("COMMIT")


def check_free_space(path: Path, deliveries: int) -> None:
    """Room for `deliveries` rows, their attempts and the write-ahead log.

    Raises:
        DeliveryLogError: the disk is too full to begin.
    """
    needed = FREE_SPACE_FLOOR + 3000 * deliveries
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise DeliveryLogError(
            say(
                "{file}: the delivery log needs {needed} MB on this disk, {free} MB are free.",
                file=str(path),
                needed=needed // 10**6 + 1,
                free=free // 10**6,
            ),
            remedy=say("Make room and run the same command again. Nothing was sent."),
        )


def _create_file(path: Path) -> None:
    """Makes the file private before SQLite, which would follow the umask, sees it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        # A folder named by mistake must stay usable: SQLite refuses it on its own.
        if os.name == "posix" and path.is_file() and path.stat().st_mode & 0o077:
            path.chmod(0o600)


def _identify(connection: sqlite3.Connection, path: Path) -> None:
    """Refuses a file of somebody else's, and one from a newer version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (tables or version):
        raise damaged(path, say("this is a database of another program"))
    latest = migrations()[-1][0]
    if version > latest:
        raise DeliveryLogError(
            say(
                "{file}: this delivery log was written by a newer version (format {found}, this "
                "version knows {known}).",
                file=str(path),
                found=version,
                known=latest,
            ),
            remedy=say("Upgrade pressutskick on this machine. Nothing was sent."),
        )


def _upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Applies what is missing, each migration in a transaction of its own; a copy comes first."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    missing = [(number, script) for number, script in migrations() if number > version]
    if version and missing:
        _back_up(connection, path.with_name(f"{path.name}.format-{version}.bak"))
    if not version:
        # The switch ignores the busy timeout, so it happens before anybody else opens the file.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for number, script in missing:
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
            )
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    connection.executemany(
        "INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)",
        [("instance", secrets.token_bytes(16)), ("key", secrets.token_bytes(32))],
    )


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    # Made anew, so that no link of that name is followed.
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size > QUICK_CHECK_LIMIT:
        return
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(path, say("the delivery log is damaged ({reason})", reason=verdict))
