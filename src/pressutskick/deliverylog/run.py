"""One run of one dispatch: the `OpenDispatch` that the engine works with, over SQLite.

The caller holds the dispatch's lock, which proves that whoever left rows open is dead. Recovery
happens when a run begins and when it ends, so that the log says the truth whatever stopped it.
"""

import asyncio
import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from json import dumps
from pathlib import Path
from typing import Any, TypeVar

from pressutskick.deliverylog.emergency import EmergencyFile
from pressutskick.deliverylog.rows import (
    outcome_row,
    read_moment,
    storable,
)
from pressutskick.deliverylog.statements import statements
from pressutskick.deliverylog.writer import GATHERING, Kind, Writer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Delivery, Outcome
from pressutskick.dispatch.plan import LASTING, PlanEntry
from pressutskick.recipients.snapshot import make_recipient, recipient_text

T = TypeVar("T")

#: Recipients that go into one statement when a dispatch begins; SQLite unfolds them in memory.
_BATCH = 100


class SqliteDispatch:
    """An open dispatch of `SqliteDeliveryLog`; see `dispatch.interfaces.OpenDispatch`."""

    def __init__(self, writer: Writer, *, dispatch_id: int, run_id: int) -> None:
        """The writer must run already."""
        self.dispatch_id = dispatch_id
        self.run_id = run_id
        self._writer = writer
        self._attempts: dict[int, int] = {}

    async def claim(self, limit: int, now: datetime) -> Sequence[Delivery]:
        """See OpenDispatch."""
        rows = await self._writer.ask(Kind.CLAIM, (limit, now))
        self._attempts.update((id_, attempts + 1) for id_, _, attempts in rows)
        return [
            Delivery(id=id_, recipient=make_recipient(recipient), attempts=attempts)
            for id_, recipient, attempts in rows
        ]

    def commit(
        self, delivery_id: int, message_id: str, patience: float = 0.0
    ) -> asyncio.Future[None]:
        """See OpenDispatch."""
        wait = min(patience, GATHERING)
        return self._writer.ask(Kind.COMMIT, (delivery_id, storable(message_id)), wait)

    def record(
        self, delivery_id: int, outcome: Outcome, decision: Decision
    ) -> asyncio.Future[None]:
        """See OpenDispatch."""
        attempt = self._attempts.pop(delivery_id, 0)
        row = outcome_row(delivery_id, attempt, outcome, decision)
        return self._writer.ask(Kind.RECORD, row, GATHERING)

    async def release(self, delivery_ids: Sequence[int]) -> None:
        """See OpenDispatch."""
        if delivery_ids:
            await self._writer.ask(Kind.RELEASE, list(delivery_ids))
            for id_ in delivery_ids:
                self._attempts.pop(id_, None)

    async def next_due(self) -> datetime | None:
        """See OpenDispatch."""
        ((moment,),) = await self._writer.ask(Kind.READ, "next_due")
        return read_moment(moment)

    async def tally(self) -> Mapping[DeliveryStatus, int]:
        """See OpenDispatch."""
        rows = await self._writer.ask(Kind.READ, "tally")
        return {DeliveryStatus(status): count for status, count in rows}


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


def insert_run(connection: sqlite3.Connection, dispatch_id: int, now: str) -> int:
    """A row that says which process works on the dispatch."""
    (run_id,) = connection.execute(
        statements()["insert_run"],
        {
            "dispatch": dispatch_id,
            "now": now,
            "host": platform.node(),
            "pid": os.getpid(),
            "boot_id": _boot_id(),
        },
    ).fetchone()
    return int(run_id)


def insert_entries(
    connection: sqlite3.Connection, entries: Iterable[PlanEntry], values: Mapping[str, Any]
) -> None:
    """Streams the plan into deliveries. `values` has dispatch, run, snapshot and now."""
    sql = statements()
    lasting = dumps(sorted(LASTING))
    for batch in _batches((entry for entry in entries if entry.is_recorded), _BATCH):
        ready = [_entry_row(entry) for entry in batch if entry.is_ready]
        skipped = [_entry_row(entry) for entry in batch if not entry.is_ready]
        if ready:
            connection.execute(sql["upsert_ready"], {**values, "rows": dumps(ready)})
        if skipped:
            connection.execute(
                sql["upsert_skipped"], {**values, "rows": dumps(skipped), "lasting": lasting}
            )


def recover(
    connection: sqlite3.Connection, dispatch_id: int, now: str, emergency: EmergencyFile
) -> int:
    """Settles what a dead run left open; how many deliveries that were.

    Replies that it noted beside the log come first. Without one, `sending` is taken back and
    `committing` becomes `unknown`.
    """
    sql = statements()
    values = {"dispatch": dispatch_id, "now": now}
    (count,) = connection.execute(sql["open_attempts"], {"dispatch": dispatch_id}).fetchone()
    if not count:
        return 0
    for batch in _batches(emergency.outcomes(), _BATCH):
        rows = {**values, "rows": dumps(batch)}
        connection.execute(sql["replay_attempts"], rows)
        connection.execute(sql["replay_outcomes"], rows)
    connection.execute(sql["close_dead_attempts"], values)
    connection.execute(sql["recover_sending"], values)
    connection.execute(sql["recover_committing"], values)
    return int(count)


def _entry_row(entry: PlanEntry) -> list[object]:
    return [entry.recipient.mailbox.key, recipient_text(entry.recipient), entry.reason]


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch


def _boot_id() -> str:
    """Tells this start of the machine from others; empty where the system has no such id."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
