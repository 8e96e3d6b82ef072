"""One log file, and how it is reached."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pressutskick.deliverylog.relational.emergency import EmergencyFile
from pressutskick.deliverylog.relational.rows import moment_text
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.store import Store
from pressutskick.deliverylog.sqlite.faults import told_as_log_error
from pressutskick.deliverylog.sqlite.locks import dispatch_lock
from pressutskick.deliverylog.sqlite.schema import connect
from pressutskick.deliverylog.sqlite.session import SqliteSession
from pressutskick.dispatch.records import DispatchKey


def machine_now() -> datetime:
    """The machine's own clock."""
    return datetime.now(UTC)


class SqliteStore(Store):
    """A log that is a file."""

    def __init__(self, path: Path, *, now: Callable[[], datetime] = machine_now) -> None:
        """`path` names a log of this version; `now` gives aware moments for all times in it."""
        self.path = path
        self.name = str(path)
        self._now = now

    @property
    def emergency(self) -> EmergencyFile:
        """See Store: beside the log."""
        return EmergencyFile(self.path.with_name(f"{self.path.name}.emergency"), self.instance)

    def now_text(self) -> str:
        """See Store."""
        return moment_text(self._now())

    @contextmanager
    def connection(self) -> Iterator[Session]:
        """See Store: each piece of work has a connection of its own."""
        with told_as_log_error(self.path), closing(connect(self.path)) as connection:
            yield SqliteSession(connection)

    def hold(self, key: DispatchKey, *, wait: float) -> AbstractContextManager[None]:
        """See Store."""
        return dispatch_lock(self.path, key, wait=wait)
