"""The delivery log in one SQLite file: opening it, and beginning a dispatch."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from pressutskick.deliverylog import refusals
from pressutskick.deliverylog.sqlite.beginning import (
    insert_dispatch,
    insert_entries,
    insert_files,
    insert_run,
    insert_snapshot,
    recover,
)
from pressutskick.deliverylog.sqlite.decisions import SqliteDecisions
from pressutskick.deliverylog.sqlite.faults import told_as_log_error
from pressutskick.deliverylog.sqlite.lives import SqliteLives
from pressutskick.deliverylog.sqlite.locks import dispatch_lock, followup_lock
from pressutskick.deliverylog.sqlite.persons import SqlitePersons
from pressutskick.deliverylog.sqlite.replies import SqliteReplies
from pressutskick.deliverylog.sqlite.run import SqliteDispatch
from pressutskick.deliverylog.sqlite.schema import check_free_space, prepare
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.deliverylog.sqlite.store import machine_now, transaction
from pressutskick.deliverylog.sqlite.watermark import Watermark
from pressutskick.deliverylog.sqlite.writer import Writer
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey, DispatchOrder
from pressutskick.errors import DeliveryLogError, DispatchInProgress
from pressutskick.message.model import AttachedFile, Purpose


class SqliteDeliveryLog(SqliteLives, SqliteDecisions, SqlitePersons, SqliteReplies):
    """`dispatch.log.DeliveryLog` over a file. Reading needs no lock; a run holds its dispatch."""

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
        self._watermark = Watermark(marks, self.instance)

    @contextmanager
    def begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry], *, wait: float = 0.0
    ) -> Iterator[SqliteDispatch]:
        """See DispatchLog.

        Raises:
            DeliveryLogError: besides, the file is an old copy; nothing may be sent.
        """
        with dispatch_lock(self.path, order.key, wait=wait):
            check_free_space(self.path, 0)
            with told_as_log_error(self.path):
                open_dispatch, writer = self._begin(order, entries)
            try:
                yield open_dispatch
            finally:
                writer.end()
                if not writer.has_lost_file:
                    self._end(open_dispatch)

    def schedule(
        self,
        order: DispatchOrder,
        entries: Iterable[PlanEntry],
        files: Sequence[AttachedFile] = (),
    ) -> int:
        """See DispatchLog."""
        with self.holding(order.key) as connection:
            values = self._write(connection, order, entries)
            insert_files(connection, values["dispatch"], files)
            connection.execute(statements()["end_run"], values)
        self._watermark.note(values["run"])
        return int(values["dispatch"])

    def _begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry]
    ) -> tuple[SqliteDispatch, Writer]:
        with self.transaction() as connection:
            values = self._write(connection, order, entries)
            connection.execute(statements()["open_dispatch"], {"dispatch": values["dispatch"]})
        self._watermark.note(values["run"])
        ids = {"dispatch_id": values["dispatch"], "run_id": values["run"]}
        writer = Writer(self.path, **ids, now=self._now, emergency=self.emergency)
        writer.start()
        return SqliteDispatch(writer, **ids), writer

    def _write(
        self, connection: sqlite3.Connection, order: DispatchOrder, entries: Iterable[PlanEntry]
    ) -> dict[str, Any]:
        """The ids of dispatch, run and snapshot, and the moment."""
        now = self.now_text()
        dispatch_id = insert_dispatch(connection, order)
        recover(connection, dispatch_id, now, self.emergency)
        run_id = insert_run(connection, dispatch_id, now)
        self._watermark.check(run_id, self.path)
        values = {
            "dispatch": dispatch_id,
            "now": now,
            "run": run_id,
            "snapshot": insert_snapshot(connection, dispatch_id, order.snapshot, now),
        }
        connection.execute(
            statements()["end_dead_runs"],
            {"dispatch": dispatch_id, "now": now, "run": values["run"]},
        )
        insert_entries(connection, entries, values)
        return values

    def _end(self, open_dispatch: SqliteDispatch) -> None:
        """Settles what the run left open, and keeps the write-ahead log short.

        The log may be the very thing that broke: then recovery waits for the next run.
        """
        now = self.now_text()
        try:
            with self.connection() as connection:
                with transaction(connection):
                    recover(connection, open_dispatch.dispatch_id, now, self.emergency)
                    connection.execute(
                        statements()["end_run"], {"run": open_dispatch.run_id, "now": now}
                    )
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except (sqlite3.Error, DeliveryLogError):
            return

    @contextmanager
    def alone(self, *, wait: float) -> Iterator[None]:
        """See DispatchLog."""
        with followup_lock(self.path, wait=wait):
            yield

    def adopt(self) -> None:
        """A person knows that the file is an old copy, and goes on with it."""
        ((last,),) = self.rows("last_run")
        self._watermark.set(last)

    def halt(self, release_id: str, *, wait: float) -> None:
        """See DispatchLog."""
        until = monotonic() + wait
        self.write("stop_runs", release_id=release_id, now=self.now_text())
        rows = self.rows("dispatches_of_release", release_id=release_id)
        for dispatch_id, purpose, number in rows:
            key = DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number)
            try:
                with dispatch_lock(self.path, key, wait=max(until - monotonic(), 0.0)):
                    self._settle(dispatch_id)
            except DispatchInProgress as error:
                ((host, pid),) = self.rows("last_run_of_dispatch", dispatch=dispatch_id)
                raise refusals.still_running(key, host, pid) from error

    def _settle(self, dispatch_id: int) -> int:
        """Settles what a dead run left; the caller holds the dispatch. How many deliveries."""
        now = self.now_text()
        with self.transaction() as connection:
            settled = recover(connection, dispatch_id, now, self.emergency)
            connection.execute(
                statements()["end_dead_runs"], {"dispatch": dispatch_id, "now": now, "run": 0}
            )
        return settled

    def settle_dead_runs(self) -> int:
        """See DispatchLog."""
        settled = 0
        for dispatch_id, release_id, purpose, number in self.rows("dispatches_with_open_attempts"):
            key = DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number)
            with suppress(DispatchInProgress), dispatch_lock(self.path, key, wait=0.0):
                settled += self._settle(dispatch_id)
        return settled
