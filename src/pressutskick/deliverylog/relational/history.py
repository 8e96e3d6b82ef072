"""Dispatches, deliveries, attempts, snapshots and files, as `dispatch.log.History` tells them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from json import dumps

from pressutskick.deliverylog.relational.rows import (
    read_attempt,
    read_delivery,
    read_dispatch,
    read_file,
    read_resolution,
    read_snapshot,
)
from pressutskick.deliverylog.relational.store import PAGE, Store
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.records import (
    AttemptRecord,
    DeliveryRecord,
    DispatchKey,
    DispatchRecord,
    ResolutionRecord,
    Snapshot,
)
from pressutskick.message.model import AttachedFile


class KeptHistory(Store):
    """What was sent, dispatch by dispatch."""

    def find(self, key: DispatchKey) -> DispatchRecord | None:
        """See History."""
        with self.connection() as session:
            row = session.run(
                "list_dispatches",
                {"release_id": key.release_id, "purpose": key.purpose.value, "number": key.number},
            ).fetchone()
            if row is None:
                return None
            counts = session.run("count_of_dispatch", {"dispatch": row[0]}).fetchall()
        return read_dispatch(row, {DeliveryStatus(status): count for status, count in counts})

    def dispatches(self) -> tuple[DispatchRecord, ...]:
        """See History."""
        counts: dict[int, dict[DeliveryStatus, int]] = defaultdict(dict)
        with self.connection() as session:
            anything = {"release_id": None, "purpose": None, "number": None}
            rows = session.run("list_dispatches", anything).fetchall()
            for dispatch, status, count in session.run("count_by_status"):
                counts[dispatch][DeliveryStatus(status)] = count
        return tuple(read_dispatch(row, counts[row[0]]) for row in rows)

    def deliveries(
        self, dispatch_id: int, *, status: DeliveryStatus | None = None
    ) -> Iterator[DeliveryRecord]:
        """See History."""
        values = {"dispatch": dispatch_id, "status": status.value if status else None}
        return self.pages("list_deliveries", values, read_delivery)

    def attempts(self, delivery_id: int) -> tuple[AttemptRecord, ...]:
        """See History."""
        return tuple(map(read_attempt, self.rows("list_attempts", delivery=delivery_id)))

    def resolutions(self, release_id: str) -> tuple[ResolutionRecord, ...]:
        """See History."""
        return tuple(map(read_resolution, self.rows("resolutions", release_id=release_id)))

    def snapshot(self, dispatch_id: int, *, snapshot_id: int | None = None) -> Snapshot | None:
        """See History."""
        if snapshot_id is None:
            rows = self.rows("latest_snapshot", dispatch=dispatch_id)
        else:
            rows = self.rows("snapshot_by_id", snapshot=snapshot_id)
        return next(map(read_snapshot, rows), None)

    def known(self, dispatch_id: int, keys: Iterable[str]) -> Mapping[str, DeliveryStatus]:
        """See History."""
        wanted = iter(keys)
        found: dict[str, DeliveryStatus] = {}
        with self.connection() as session:
            while page := list(islice(wanted, PAGE)):
                rows = session.run(
                    "known_statuses",
                    {"dispatch": dispatch_id, "keys": dumps(page)},
                )
                found |= {key: DeliveryStatus(status) for key, status in rows}
        return found

    def files(self, dispatch_id: int) -> tuple[AttachedFile, ...]:
        """See History."""
        return tuple(map(read_file, self.rows("stored_files", dispatch=dispatch_id)))
