"""The delivery log in one SQLite file: opening it, beginning a dispatch, reading what happened."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pressutskick.deliverylog.sqlite.beginning import (
    insert_dispatch,
    insert_entries,
    insert_run,
    insert_snapshot,
    recover,
    transaction,
)
from pressutskick.deliverylog.sqlite.emergency import EmergencyFile
from pressutskick.deliverylog.sqlite.faults import told_as_log_error
from pressutskick.deliverylog.sqlite.locks import dispatch_lock
from pressutskick.deliverylog.sqlite.reading import DeliveryReader
from pressutskick.deliverylog.sqlite.rows import moment_text, storable
from pressutskick.deliverylog.sqlite.run import SqliteDispatch
from pressutskick.deliverylog.sqlite.schema import check_free_space, prepare
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.deliverylog.sqlite.watermark import Watermark
from pressutskick.deliverylog.sqlite.writer import Writer, short_turns
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Outcome
from pressutskick.dispatch.plan import EndReason, PlanEntry
from pressutskick.dispatch.records import (
    DispatchKey,
    DispatchOrder,
    Resolution,
)
from pressutskick.errors import DeliveryLogError, DispatchInProgress
from pressutskick.message.model import Purpose


def _machine_now() -> datetime:
    return datetime.now(UTC)


class SqliteDeliveryLog(DeliveryReader):
    """A delivery log file. Reading needs no lock; a run holds its dispatch alone."""

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime] = _machine_now,
        marks: Path | None = None,
    ) -> None:
        """Creates or upgrades the file. `now` gives aware moments for all times in the log.

        `marks` is the folder, apart from the log's own, that tells an old copy from the log; None
        for logs of which an old copy does no harm.

        Raises:
            DeliveryLogError: the file cannot be used; nothing may be sent.
        """
        prepare(path)
        super().__init__(path)
        self._now = now
        with self.connection() as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        #: Secret of this log: Message-IDs and the hashes of erased addresses hang on it.
        self.key: bytes = meta["key"]
        #: Tells this log from others, in hex.
        self.instance: str = meta["instance"].hex()
        self._emergency = EmergencyFile(path, self.instance)
        self._watermark = Watermark(marks, self.instance)

    @contextmanager
    def begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry], *, wait: float = 0.0
    ) -> Iterator[SqliteDispatch]:
        """Holds the dispatch, writes it and its deliveries in one transaction, and opens it.

        The same order again goes on: new recipients are added, who waits is chosen again, who has
        an outcome keeps it. Waits up to `wait` seconds for another run of the same dispatch.

        Raises:
            DispatchInProgress: another run has it still.
            DeliveryLogError: the log cannot be written, or is an old copy; nothing may be sent.
        """
        with dispatch_lock(self.path, order.key, wait=wait):
            check_free_space(self.path, 0)
            with told_as_log_error(self.path):
                open_dispatch, writer = self._begin(order, entries)
            try:
                with short_turns():
                    yield open_dispatch
            finally:
                writer.end()
                self._end(open_dispatch)

    def schedule(self, order: DispatchOrder, entries: Iterable[PlanEntry]) -> int:
        """Writes a dispatch for later, its deliveries waiting; gives its id."""
        with (
            dispatch_lock(self.path, order.key, wait=0.0),
            self.connection() as connection,
            transaction(connection),
        ):
            values = self._write(connection, order, entries)
            connection.execute(statements()["end_run"], values)
        self._watermark.note(values["run"])
        return int(values["dispatch"])

    def _begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry]
    ) -> tuple[SqliteDispatch, Writer]:
        with self.connection() as connection, transaction(connection):
            values = self._write(connection, order, entries)
            connection.execute(statements()["open_dispatch"], {"dispatch": values["dispatch"]})
        self._watermark.note(values["run"])
        return self._open(values["dispatch"], values["run"])

    def _open(self, dispatch_id: int, run_id: int) -> tuple[SqliteDispatch, Writer]:
        writer = Writer(
            self.path,
            dispatch_id=dispatch_id,
            run_id=run_id,
            now=self._now,
            emergency=self._emergency,
        )
        writer.start()
        return SqliteDispatch(writer, dispatch_id=dispatch_id, run_id=run_id), writer

    def _write(
        self, connection: sqlite3.Connection, order: DispatchOrder, entries: Iterable[PlanEntry]
    ) -> dict[str, Any]:
        """The ids of dispatch, run and snapshot, and the moment."""
        now = moment_text(self._now())
        dispatch_id = insert_dispatch(connection, order)
        recover(connection, dispatch_id, now, self._emergency)
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
        now = moment_text(self._now())
        try:
            with self.connection() as connection:
                with transaction(connection):
                    recover(connection, open_dispatch.dispatch_id, now, self._emergency)
                    connection.execute(
                        statements()["end_run"], {"run": open_dispatch.run_id, "now": now}
                    )
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except (sqlite3.Error, DeliveryLogError):
            return

    def adopt(self) -> None:
        """A person knows that the file is an old copy, and goes on with it."""
        with self.connection() as connection:
            (last,) = connection.execute(statements()["last_run"]).fetchone()
        self._watermark.set(last)

    def settle_dead_runs(self) -> int:
        """Settles what runs left open that have died; how many deliveries that were.

        A run that lives still holds its lock, and is left alone.
        """
        with self.connection() as connection:
            rows = connection.execute(statements()["dispatches_with_open_attempts"]).fetchall()
        settled = 0
        for dispatch_id, release_id, purpose, number in rows:
            key = DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number)
            with (
                suppress(DispatchInProgress),
                dispatch_lock(self.path, key, wait=0.0),
                self.connection() as connection,
                transaction(connection),
            ):
                now = moment_text(self._now())
                settled += recover(connection, dispatch_id, now, self._emergency)
                connection.execute(
                    statements()["end_dead_runs"],
                    {"dispatch": dispatch_id, "now": now, "run": 0},
                )
        return settled

    def cancel(self, dispatch_id: int) -> None:
        """Calls a dispatch off: nothing more of it goes out."""
        with self.connection() as connection, transaction(connection):
            connection.execute(statements()["cancel_dispatch"], {"dispatch": dispatch_id})
            self._skip_waiting(connection, dispatch_id, EndReason.CALLED_OFF)

    def give_up(self, key: DispatchKey, dispatch_id: int, reason: EndReason) -> None:
        """The dispatch has outlived its use: who waits in it gets nothing of it.

        Raises:
            DispatchInProgress: a run has it.
        """
        with (
            dispatch_lock(self.path, key, wait=0.0),
            self.connection() as connection,
            transaction(connection),
        ):
            recover(connection, dispatch_id, moment_text(self._now()), self._emergency)
            self._skip_waiting(connection, dispatch_id, reason)

    def _skip_waiting(
        self, connection: sqlite3.Connection, dispatch_id: int, reason: EndReason
    ) -> None:
        values = {"dispatch": dispatch_id, "reason": reason.value, "now": moment_text(self._now())}
        connection.execute(statements()["skip_waiting"], values)

    def resolve(self, delivery_ids: Sequence[int], choice: Resolution) -> int:
        """A person's decision about unknown or rejected deliveries; how many it changed.

        `RESEND` lets the next `send` mail them again, `LEAVE` counts unknown ones as accepted.
        """
        status = {
            Resolution.RESEND: DeliveryStatus.PENDING,
            Resolution.LEAVE: DeliveryStatus.ACCEPTED,
        }[choice]
        now = moment_text(self._now())
        changed = 0
        with self.connection() as connection, transaction(connection):
            for delivery_id in delivery_ids:
                values = {"delivery": delivery_id, "now": now}
                cursor = connection.execute(
                    statements()["resolve"], {**values, "status": status.value}
                )
                if cursor.rowcount:
                    connection.execute(
                        statements()["insert_resolution"], {**values, "choice": choice.value}
                    )
                    changed += 1
        return changed

    def note_test(
        self,
        release_id: str,
        address: str,
        message_id: str,
        outcome: Outcome,
        decision: Decision,
    ) -> None:
        """Puts a sample message on record; it is no delivery and counts nowhere."""
        reply = outcome.reply
        with self.connection() as connection:
            connection.execute(
                statements()["insert_test_message"],
                {
                    "release_id": release_id,
                    "address": address,
                    "message_id": message_id,
                    "now": moment_text(self._now()),
                    "status": decision.status.value,
                    "code": reply.code if reply else None,
                    "text": storable(reply.text if reply else outcome.detail),
                },
            )
