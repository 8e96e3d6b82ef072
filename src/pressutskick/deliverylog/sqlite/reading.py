"""What others read from the log: dispatches, deliveries, attempts, snapshots, sent messages.

Every list is paged by key, so that a million deliveries need no more memory than a page, and no
reader keeps the write-ahead log from being checkpointed.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from json import dumps
from pathlib import Path
from typing import Any, TypeVar

from pressutskick.deliverylog.sqlite.faults import told_as_log_error
from pressutskick.deliverylog.sqlite.rows import (
    read_attempt,
    read_delivery,
    read_dispatch,
    read_snapshot,
)
from pressutskick.deliverylog.sqlite.schema import connect
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.records import (
    AttemptRecord,
    DeliveryRecord,
    DispatchKey,
    DispatchRecord,
    Snapshot,
)

T = TypeVar("T")

#: Rows of one page.
PAGE = 500


class DeliveryReader:
    """Reads a log that exists; each call has a connection of its own."""

    def __init__(self, path: Path) -> None:
        """`path` names a log of this version."""
        self.path = path

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for one piece of work; what SQLite raises is told as a DeliveryLogError."""
        with told_as_log_error(self.path), closing(connect(self.path)) as connection:
            yield connection

    def find(self, key: DispatchKey) -> DispatchRecord | None:
        """The dispatch, None where there is none."""
        with self.connection() as connection:
            row = connection.execute(
                statements()["list_dispatches"],
                {"release_id": key.release_id, "purpose": key.purpose.value, "number": key.number},
            ).fetchone()
            if row is None:
                return None
            counts = connection.execute(
                statements()["count_of_dispatch"], {"dispatch": row[0]}
            ).fetchall()
        return read_dispatch(row, {DeliveryStatus(status): count for status, count in counts})

    def dispatches(self) -> tuple[DispatchRecord, ...]:
        """All dispatches, oldest first."""
        counts: dict[int, dict[DeliveryStatus, int]] = defaultdict(dict)
        with self.connection() as connection:
            anything = {"release_id": None, "purpose": None, "number": None}
            rows = connection.execute(statements()["list_dispatches"], anything).fetchall()
            for dispatch, status, count in connection.execute(statements()["count_by_status"]):
                counts[dispatch][DeliveryStatus(status)] = count
        return tuple(read_dispatch(row, counts[row[0]]) for row in rows)

    def deliveries(
        self, dispatch_id: int, *, status: DeliveryStatus | None = None
    ) -> Iterator[DeliveryRecord]:
        """Deliveries in the order of sending, of one status where one is named."""
        values = {"dispatch": dispatch_id, "status": status.value if status else None}
        return self.pages("list_deliveries", values, read_delivery)

    def attempts(self, delivery_id: int) -> tuple[AttemptRecord, ...]:
        """Every closed attempt of a delivery, first one first."""
        with self.connection() as connection:
            rows = connection.execute(
                statements()["list_attempts"], {"delivery": delivery_id}
            ).fetchall()
        return tuple(map(read_attempt, rows))

    def snapshot(self, dispatch_id: int, *, snapshot_id: int | None = None) -> Snapshot | None:
        """The dispatch's last snapshot, or the one that a delivery names; None before any."""
        name = "latest_snapshot" if snapshot_id is None else "snapshot_by_id"
        values = {"dispatch": dispatch_id, "snapshot": snapshot_id}
        with self.connection() as connection:
            row = connection.execute(statements()[name], values).fetchone()
        return None if row is None else read_snapshot(row)

    def known(self, dispatch_id: int, keys: Iterable[str]) -> Mapping[str, DeliveryStatus]:
        """Statuses of those comparison keys that have a delivery in the dispatch."""
        wanted = iter(keys)
        found: dict[str, DeliveryStatus] = {}
        with self.connection() as connection:
            while page := list(islice(wanted, PAGE)):
                rows = connection.execute(
                    statements()["known_statuses"],
                    {"dispatch": dispatch_id, "keys": dumps(page)},
                )
                found |= {key: DeliveryStatus(status) for key, status in rows}
        return found

    def pages(
        self, name: str, values: Mapping[str, Any], read: Callable[[Sequence[Any]], T]
    ) -> Iterator[T]:
        """The rows of statement `name`, page by page; their first column is the key."""
        after = 0
        while True:
            with self.connection() as connection:
                rows = connection.execute(
                    statements()[name], {**values, "after": after, "limit": PAGE}
                ).fetchall()
            yield from map(read, rows)
            if len(rows) < PAGE:
                return
            after = rows[-1][0]
