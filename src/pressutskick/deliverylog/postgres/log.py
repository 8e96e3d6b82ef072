"""The delivery log in a PostgreSQL database: opening it, and beginning a dispatch."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from pressutskick.deliverylog.postgres.faults import told_as_log_error
from pressutskick.deliverylog.postgres.pace import MailboxPace
from pressutskick.deliverylog.postgres.run import PostgresDispatch
from pressutskick.deliverylog.postgres.server import SILENCE, Connection, Server
from pressutskick.deliverylog.postgres.session import PostgresSession
from pressutskick.deliverylog.postgres.store import PostgresStore
from pressutskick.deliverylog.postgres.writer import PostgresWriter
from pressutskick.deliverylog.relational.log import RelationalDeliveryLog
from pressutskick.deliverylog.relational.run import HeldDispatch
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.watermark import Watermark
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchOrder
from pressutskick.errors import DeliveryLogError

#: What an erased person may have left traces in.
_REWRITTEN = (
    "delivery, attempt, answer, arrival, incoming, suppression, test_message, snapshot, dispatch, "
    "approval, link"
)

#: So long a run that ends waits for a server that it has lost, seconds.
_LAST_PATIENCE = 3.0


class PostgresDeliveryLog(PostgresStore, RelationalDeliveryLog):
    """`dispatch.log.DeliveryLog` over a database."""

    def __init__(
        self,
        server: Server,
        *,
        emergency: Path,
        now: Callable[[], datetime] | None = None,
        marks: Path | None = None,
        mailbox: str = "",
    ) -> None:
        """See PostgresStore. `marks` is the folder that tells a database that was put back.

        `mailbox` says by which mailbox is sent; its pace is shared by all who send by it.

        Raises:
            DeliveryLogError: the log cannot be used; nothing may be sent.
        """
        super().__init__(server, emergency=emergency, now=now)
        self.watermark = Watermark(marks, self.instance)
        self._mailbox = mailbox

    @contextmanager
    def begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry], *, wait: float = 0.0
    ) -> Iterator[HeldDispatch]:
        """See DispatchLog."""
        with self.locked_dispatch(order.key, wait=wait) as connection:
            with told_as_log_error(self.name):
                open_dispatch, writer = self._begin(connection, order, entries)
            try:
                yield open_dispatch
            finally:
                writer.end()
                self._end(connection, open_dispatch)

    def _begin(
        self, connection: Connection, order: DispatchOrder, entries: Iterable[PlanEntry]
    ) -> tuple[HeldDispatch, PostgresWriter]:
        session = PostgresSession(connection)
        with session.transaction():
            values = self.write_order(session, order, entries)
            session.run("open_dispatch", {"dispatch": values["dispatch"]})
        connection.execute(f"SET idle_session_timeout = '{SILENCE}s'")
        self.watermark.note(values["run"])
        ids = {"dispatch": values["dispatch"], "run": values["run"], "chosen": values["run"]}
        writer = PostgresWriter(
            session, name=self.name, ids=ids, now=self._now, emergency=self.emergency
        )
        writer.start()
        opened = PostgresDispatch(
            writer,
            dispatch_id=values["dispatch"],
            run_id=values["run"],
            ahead=self._find_difference(session),
        )
        opened.pace = MailboxPace(writer, self._mailbox)
        return opened, writer

    def _find_difference(self, session: Session) -> timedelta:
        """How far the database's clock is ahead of this machine's."""
        if self._now is not None:
            return timedelta()
        (text,) = session.run("log_now").fetchone()
        return datetime.fromisoformat(text) - datetime.now(UTC)

    def _end(self, connection: Connection, open_dispatch: HeldDispatch) -> None:
        """Settles what the run left open; over another connection where its own is lost.

        The server may be gone: then recovery waits for the next run.
        """
        with suppress(psycopg.Error, DeliveryLogError):
            connection.execute("SELECT pg_advisory_unlock_all()")
            connection.close()
        with suppress(psycopg.Error, DeliveryLogError):
            self.renew(patience=_LAST_PATIENCE)
            self.settle_dead_runs()
            self.write("end_run", run=open_dispatch.run_id, now=self.now_text())

    def settle_dead_runs(self) -> int:
        """See DispatchLog. Whoever may only look leaves it to those who may write."""
        ((may_write,),) = self.rows("may_write")
        return super().settle_dead_runs() if may_write else 0

    def overwrite(self, session: Session) -> None:
        """What was deleted leaves the tables' files; the server's own log keeps it for its time."""
        session.execute(f"VACUUM (FULL) {_REWRITTEN}")
