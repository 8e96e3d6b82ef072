"""One log on a server, and how it is reached."""

import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psycopg

from pressutskick.deliverylog.postgres.faults import told_as_log_error
from pressutskick.deliverylog.postgres.locks import number_of, try_lock
from pressutskick.deliverylog.postgres.schema import prepare
from pressutskick.deliverylog.postgres.server import Connection, Server
from pressutskick.deliverylog.postgres.session import PostgresSession
from pressutskick.deliverylog.refusals import dispatch_in_progress, followup_in_progress
from pressutskick.deliverylog.relational.emergency import EmergencyFile
from pressutskick.deliverylog.relational.rows import moment_text
from pressutskick.deliverylog.relational.store import Store
from pressutskick.dispatch.records import DispatchKey
from pressutskick.errors import DispatchInProgress

#: A connection that was unused for so long is tried before it is used again, seconds.
_STALE = 5.0


class PostgresStore(Store):
    """A log that is a database."""

    def __init__(
        self, server: Server, *, emergency: Path, now: Callable[[], datetime] | None = None
    ) -> None:
        """Makes the tables or brings them up. Without `now` the database's clock tells.

        `emergency` is where this machine keeps replies that found no room in the log.
        """
        self.server = server
        self.name = server.name
        self._now = now
        self._emergency = emergency
        self._idle: list[tuple[float, Connection]] = []
        weakref.finalize(self, _close, self._idle)
        with self.connection() as session:
            prepare(session.connection, self.name)

    @property
    def emergency(self) -> EmergencyFile:
        """See Store: on this machine."""
        return EmergencyFile(self._emergency, self.instance)

    def now_text(self) -> str:
        """See Store."""
        if self._now is not None:
            return moment_text(self._now())
        ((text,),) = self.rows("log_now")
        return str(text)

    @contextmanager
    def connection(self) -> Iterator[PostgresSession]:
        """See Store: one that is idle, or a new one."""
        with told_as_log_error(self.name):
            session = PostgresSession(self._idle_connection() or self.server.connect())
            try:
                yield session
                session.release()
            except BaseException:
                session.connection.close()
                raise
            self._idle.append((time.monotonic(), session.connection))

    def renew(self, *, patience: float) -> None:
        """One new connection in place of all that are idle: the server may have been away.

        Raises:
            psycopg.Error: it is, still, after so many seconds.
        """
        _close(self._idle)
        self._idle.append((time.monotonic(), self.server.connect(patience=patience)))

    def _idle_connection(self) -> Connection | None:
        while self._idle:
            since, connection = self._idle.pop()
            with suppress(psycopg.Error):
                # An idle server has nothing to say but that it is going.
                if not connection.closed and not connection.is_spoken_to():
                    if time.monotonic() - since > _STALE:
                        connection.execute("SELECT 1")
                    return connection
            connection.close()
        return None

    @contextmanager
    def locked(
        self, name: str, refusal: DispatchInProgress, *, wait: float
    ) -> Iterator[Connection]:
        """A connection that holds the lock `name` of this log, for as long as it stands.

        Raises:
            DispatchInProgress: `refusal`: somebody else has it still.
        """
        with told_as_log_error(self.name):
            connection = self.server.connect()
        try:
            with told_as_log_error(self.name):
                is_mine = try_lock(connection, number_of(self.instance, name), wait=wait)
            if not is_mine:
                raise refusal
            yield connection
        finally:
            connection.close()

    def locked_dispatch(
        self, key: DispatchKey, *, wait: float
    ) -> AbstractContextManager[Connection]:
        """A connection that holds the dispatch."""
        return self.locked(f"run {key}", dispatch_in_progress(key), wait=wait)

    @contextmanager
    def hold(self, key: DispatchKey, *, wait: float) -> Iterator[None]:
        """See Store."""
        with self.locked_dispatch(key, wait=wait):
            yield

    @contextmanager
    def alone(self, *, wait: float) -> Iterator[None]:
        """See DispatchLog."""
        with self.locked("followup", followup_in_progress(), wait=wait):
            yield


def _close(idle: list[tuple[float, Connection]]) -> None:
    """Ends every idle connection of a log that nobody uses any more."""
    while idle:
        idle.pop()[1].close()
