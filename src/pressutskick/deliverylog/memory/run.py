"""One run of one dispatch: the `OpenDispatch` that the engine works with, in memory."""

import asyncio
import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from pressutskick.deliverylog.memory.rows import MemoryDelivery, MemoryDispatch
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Delivery, Outcome, SharedPace
from pressutskick.dispatch.pacing import OWN_PACE
from pressutskick.errors import DeliveryLogError

_S = DeliveryStatus


class MemoryRun:
    """An open dispatch of `MemoryDeliveryLog`; see `dispatch.interfaces.OpenDispatch`."""

    def __init__(self, dispatch: MemoryDispatch, run_id: int, now: Callable[[], datetime]) -> None:
        """Those whom the run has chosen are known already."""
        self._now = now
        self._watcher: asyncio.Future[None] | None = None
        self._is_stopped = False
        self._rows = {row.id: row for row in dispatch.deliveries.values() if row.run_id == run_id}
        #: What may be claimed: ids of the pending as a heap, and the deferred. Somebody may have
        #: called them off since.
        self._pending = [row.id for row in self._rows.values() if row.status is _S.PENDING]
        heapq.heapify(self._pending)
        #: Who has an outcome of this run.
        self._tried: set[int] = set()
        self._deferred = {row.id: row for row in self._rows.values() if row.status is _S.DEFERRED}

    @property
    def pace(self) -> SharedPace:
        """See OpenDispatch."""
        return OWN_PACE

    async def claim(self, limit: int, now: datetime) -> Sequence[Delivery]:
        """See OpenDispatch."""
        due = self._due(now)
        claimed = [row for row in due if row.id in self._tried][:limit]
        while self._pending and len(claimed) < limit:
            row = self._rows[heapq.heappop(self._pending)]
            claimed += [row] if row.status is _S.PENDING else []
        # Whoever an earlier run has tried may be who stopped it.
        claimed += [row for row in due if row.id not in self._tried][: limit - len(claimed)]
        found = [
            Delivery(id=row.id, recipient=row.recipient, attempts=row.attempts) for row in claimed
        ]
        for row in claimed:
            self._deferred.pop(row.id, None)
            row.open(self._now())
        return found

    def _due(self, now: datetime) -> list[MemoryDelivery]:
        due = [
            (row.next_attempt_at, row.id)
            for row in self._deferred.values()
            if row.status is _S.DEFERRED and row.next_attempt_at and row.next_attempt_at <= now
        ]
        return [self._rows[id_] for _, id_ in sorted(due)]

    def commit(
        self, delivery_id: int, message_id: str, patience: float = 0.0
    ) -> asyncio.Future[None]:
        """See OpenDispatch."""
        row = self._rows[delivery_id]
        return _done(lambda: row.commit(message_id, self._now()))

    def record(
        self, delivery_id: int, outcome: Outcome, decision: Decision
    ) -> asyncio.Future[None]:
        """See OpenDispatch."""
        row = self._rows[delivery_id]
        future = _done(lambda: row.close(outcome, decision, self._now()))
        self._tried.add(row.id)
        if row.status is _S.DEFERRED:
            self._deferred[row.id] = row
        return future

    async def release(self, delivery_ids: Sequence[int]) -> None:
        """See OpenDispatch."""
        for id_ in delivery_ids:
            row = self._rows[id_]
            row.take_back(self._now())
            if row.status is _S.DEFERRED:
                self._deferred[id_] = row
            else:
                heapq.heappush(self._pending, id_)

    def watch(self) -> asyncio.Future[None]:
        """See OpenDispatch."""
        self._watcher = asyncio.get_running_loop().create_future()
        if self._is_stopped:
            _tell(self._watcher)
        return self._watcher

    def stop(self) -> None:
        """Somebody asks the run to end; from any thread."""
        self._is_stopped = True
        if (watcher := self._watcher) is not None:
            with suppress(RuntimeError):
                watcher.get_loop().call_soon_threadsafe(_tell, watcher)

    async def next_due(self) -> datetime | None:
        """See OpenDispatch."""
        times = [row.next_attempt_at for row in self._deferred.values() if row.next_attempt_at]
        return min(times, default=None)

    async def tally(self) -> Mapping[DeliveryStatus, int]:
        """See OpenDispatch."""
        return Counter(row.status for row in self._rows.values())


def _tell(watcher: asyncio.Future[None]) -> None:
    if not watcher.done():
        watcher.set_result(None)


def _done(act: Callable[[], None]) -> asyncio.Future[None]:
    """Does it now; the future holds what came of it."""
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    try:
        act()
    except DeliveryLogError as error:
        future.set_exception(error)
    else:
        future.set_result(None)
    return future
