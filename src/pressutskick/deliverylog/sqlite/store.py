"""One log file, and how it is reached: each piece of work has a connection of its own."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pressutskick.deliverylog.sqlite.emergency import EmergencyFile
from pressutskick.deliverylog.sqlite.faults import told_as_log_error
from pressutskick.deliverylog.sqlite.locks import dispatch_lock
from pressutskick.deliverylog.sqlite.rows import moment_text
from pressutskick.deliverylog.sqlite.schema import connect
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.dispatch.records import DispatchKey

T = TypeVar("T")

#: Rows of one page.
PAGE = 500


def machine_now() -> datetime:
    """The machine's own clock."""
    return datetime.now(UTC)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class Store:
    """A log that exists. The classes that fulfil `dispatch.log` stand on it."""

    def __init__(self, path: Path, *, now: Callable[[], datetime] = machine_now) -> None:
        """`path` names a log of this version; `now` gives aware moments for all times in it."""
        self.path = path
        self._now = now

    @cached_property
    def _meta(self) -> Mapping[str, bytes]:
        with self.connection() as connection:
            return dict(connection.execute("SELECT key, value FROM meta").fetchall())

    @property
    def key(self) -> bytes:
        """See DispatchLog."""
        return self._meta["key"]

    @property
    def instance(self) -> str:
        """Tells this log from others, in hex."""
        return self._meta["instance"].hex()

    @property
    def emergency(self) -> EmergencyFile:
        """The file beside the log for replies that found no room in it."""
        return EmergencyFile(self.path, self.instance)

    def now_text(self) -> str:
        """The log's moment, as its rows hold it."""
        return moment_text(self._now())

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for one piece of work; what SQLite raises is told as a DeliveryLogError."""
        with told_as_log_error(self.path), closing(connect(self.path)) as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The same, all or nothing."""
        with self.connection() as connection, transaction(connection):
            yield connection

    @contextmanager
    def holding(self, key: DispatchKey) -> Iterator[sqlite3.Connection]:
        """The same, while nobody runs the dispatch.

        Raises:
            DispatchInProgress: somebody does.
        """
        with dispatch_lock(self.path, key, wait=0.0), self.transaction() as connection:
            yield connection

    def rows(self, name: str, **values: object) -> list[Sequence[Any]]:
        """All rows of statement `name`."""
        with self.connection() as connection:
            return connection.execute(statements()[name], values).fetchall()

    def write(self, name: str, **values: object) -> int:
        """Executes statement `name`; how many rows it changed."""
        with self.connection() as connection:
            return connection.execute(statements()[name], values).rowcount

    def pages(
        self, name: str, values: Mapping[str, Any], read: Callable[[Sequence[Any]], T]
    ) -> Iterator[T]:
        """The rows of statement `name`, page by page; their first column is the key.

        A million deliveries need no more memory than a page, and no reader keeps the write-ahead
        log from being checkpointed.
        """
        after = 0
        while True:
            found = self.rows(name, **values, after=after, limit=PAGE)
            yield from map(read, found)
            if len(found) < PAGE:
                return
            after = found[-1][0]
