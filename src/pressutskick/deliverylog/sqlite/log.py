"""The delivery log in one SQLite file: opening it, and beginning a dispatch."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from pressutskick.deliverylog.relational.beginning import recover
from pressutskick.deliverylog.relational.log import RelationalDeliveryLog
from pressutskick.deliverylog.relational.run import HeldDispatch
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.watermark import Watermark
from pressutskick.deliverylog.scrubbing import Scrubber
from pressutskick.deliverylog.sqlite.faults import told_as_log_error
from pressutskick.deliverylog.sqlite.locks import followup_lock
from pressutskick.deliverylog.sqlite.schema import check_free_space, prepare
from pressutskick.deliverylog.sqlite.store import SqliteStore, machine_now
from pressutskick.deliverylog.sqlite.writer import SqliteWriter
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchOrder
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say


class SqliteDeliveryLog(SqliteStore, RelationalDeliveryLog):
    """`dispatch.log.DeliveryLog` over a file."""

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime] = machine_now,
        marks: Path | None = None,
    ) -> None:
        """Creates or upgrades the file. `now` gives aware moments for all times in the log.

        `marks` is the folder, apart from the log's own, that tells an old copy from the log; None
        for logs of which an old copy does no harm.

        Raises:
            DeliveryLogError: the file cannot be used; nothing may be sent.
        """
        prepare(path)
        super().__init__(path, now=now)
        self.watermark = Watermark(marks, self.instance)

    @contextmanager
    def begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry], *, wait: float = 0.0
    ) -> Iterator[HeldDispatch]:
        """See DispatchLog."""
        with self.hold(order.key, wait=wait):
            check_free_space(self.path, 0)
            with told_as_log_error(self.path):
                open_dispatch, writer = self._begin(order, entries)
            try:
                yield open_dispatch
            finally:
                writer.end()
                if not writer.has_lost_file:
                    self._end(open_dispatch)

    def _begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry]
    ) -> tuple[HeldDispatch, SqliteWriter]:
        with self.transaction() as session:
            values = self.write_order(session, order, entries)
            session.run("open_dispatch", {"dispatch": values["dispatch"]})
        ids = {"dispatch": values["dispatch"], "run": values["run"]}
        self.watermark.note(values["run"])
        writer = SqliteWriter(self.path, ids=ids, now=self._now, emergency=self.emergency)
        writer.start()
        return HeldDispatch(writer, dispatch_id=ids["dispatch"], run_id=ids["run"]), writer

    def _end(self, open_dispatch: HeldDispatch) -> None:
        """Settles what the run left open, and keeps the write-ahead log short.

        The log may be the very thing that broke: then recovery waits for the next run.
        """
        try:
            now = self.now_text()
            with self.connection() as session:
                with session.transaction():
                    recover(session, open_dispatch.dispatch_id, now, self.emergency)
                    session.run("end_run", {"run": open_dispatch.run_id, "now": now})
                session.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except (sqlite3.Error, DeliveryLogError):
            return

    def alone(self, *, wait: float) -> AbstractContextManager[None]:
        """See DispatchLog."""
        return followup_lock(self.path, wait=wait)

    def overwrite(self, session: Session) -> None:
        """Nothing is left in free pages or in the write-ahead log.

        Raises:
            DeliveryLogError: another program reads the log, so that its pages cannot be cut off.
        """
        # VACUUM's scratch copy must not lie about in a folder for temporary files.
        session.execute("PRAGMA temp_store = MEMORY")
        session.execute("VACUUM")
        (is_busy, *_pages) = session.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise DeliveryLogError(
                say("The person is erased, but another program keeps old pages of the log open."),
                remedy=say("Close it and run the same command again."),
            )

    def clean_beside(self, person: Scrubber) -> None:
        """Copies from upgrades go too."""
        for copy in self.path.parent.glob(f"{self.path.name}.format-*.bak*"):
            copy.unlink()
        super().clean_beside(person)
