"""The delivery log in memory: for dry runs of the engine and for tests of what stands on it.

Keeps the same promises as the SQLite log within one process, durability aside; a contract test runs
over both.
"""

import asyncio
import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pressutskick.dispatch.delivery import (
    CLAIMABLE,
    RECOVERY,
    RESOLUTIONS,
    DeliveryStatus,
    may_follow,
)
from pressutskick.dispatch.interfaces import Decision, Delivery, Outcome
from pressutskick.dispatch.plan import LASTING, PlanEntry
from pressutskick.dispatch.records import Resolution
from pressutskick.errors import DeliveryLogError
from pressutskick.recipients.model import Recipient
from pressutskick.sentences import say

_S = DeliveryStatus


@dataclass(slots=True, kw_only=True)
class MemoryRow:
    """A delivery; `outcomes` holds every closed attempt."""

    id: int
    recipient: Recipient
    status: DeliveryStatus
    reason: str | None = None
    is_chosen: bool = False
    attempts: int = 0
    next_attempt_at: datetime | None = None
    message_id: str | None = None
    outcomes: list[Outcome] = field(default_factory=list)

    def move(self, status: DeliveryStatus) -> None:
        """Changes the status, if that is legal."""
        if not may_follow(self.status, status):
            raise DeliveryLogError(
                say("{before} cannot become {after}.", before=self.status, after=status)
            )
        self.status = status

    def wait(self, entry: PlanEntry) -> None:
        """Chosen by the run that begins."""
        if self.status is _S.SKIPPED:
            self.move(_S.PENDING)
        if self.status in CLAIMABLE:
            self.reason, self.is_chosen, self.recipient = None, True, entry.recipient

    def skip(self, reason: str | None) -> None:
        """Left out by the run that begins."""
        if self.status in CLAIMABLE and reason in LASTING:
            self.move(_S.SKIPPED)
            self.next_attempt_at = None
        if self.status is _S.SKIPPED:
            self.reason = reason


class MemoryDispatch:
    """An open dispatch; see `dispatch.interfaces.OpenDispatch`."""

    def __init__(self) -> None:
        """Empty; `begin` fills it."""
        self.rows: dict[int, MemoryRow] = {}
        self._by_key: dict[str, MemoryRow] = {}
        #: Chosen rows that may be claimed: ids of the pending as a heap, and the deferred.
        self._pending: list[int] = []
        self._deferred: dict[int, MemoryRow] = {}

    def begin(self, entries: Iterable[PlanEntry]) -> None:
        """Adds and chooses recipients; again for each run. Recovers what the last one left open."""
        self.recover()
        for row in self.rows.values():
            row.is_chosen = False
        for entry in entries:
            if entry.is_recorded:
                self._add(entry)
        self._index()

    def _add(self, entry: PlanEntry) -> None:
        key = entry.recipient.mailbox.key
        row = self._by_key.get(key)
        if row is None:
            row = MemoryRow(id=len(self.rows) + 1, recipient=entry.recipient, status=_S.SKIPPED)
            self.rows[row.id] = self._by_key[key] = row
        if entry.is_ready:
            row.wait(entry)
        else:
            row.skip(entry.reason)

    def recover(self) -> None:
        """What is open belongs to a run that is dead."""
        for row in self.rows.values():
            if row.status in RECOVERY:
                row.move(RECOVERY[row.status])
        self._index()

    def _index(self) -> None:
        chosen = [row for row in self.rows.values() if row.is_chosen]
        self._pending = [row.id for row in chosen if row.status is _S.PENDING]
        heapq.heapify(self._pending)
        self._deferred = {row.id: row for row in chosen if row.status is _S.DEFERRED}

    def resolve(self, delivery_id: int, choice: Resolution) -> None:
        """A person's decision about an unknown or rejected delivery."""
        row = self.rows[delivery_id]
        status = _S.PENDING if choice is Resolution.RESEND else _S.ACCEPTED
        if status not in RESOLUTIONS.get(row.status, ()):
            raise DeliveryLogError(say("There is nothing to decide about this delivery."))
        row.status = status
        self._index()

    async def claim(self, limit: int, now: datetime) -> Sequence[Delivery]:
        """See OpenDispatch."""
        rows = [
            row
            for row in self._deferred.values()
            if row.next_attempt_at is None or row.next_attempt_at <= now
        ][:limit]
        while self._pending and len(rows) < limit:
            rows.append(self.rows[heapq.heappop(self._pending)])
        claimed = []
        for row in rows:
            row.move(_S.SENDING)
            self._deferred.pop(row.id, None)
            claimed.append(Delivery(id=row.id, recipient=row.recipient, attempts=row.attempts))
            row.attempts += 1
            row.next_attempt_at = None
        return claimed

    def commit(
        self,
        delivery_id: int,
        message_id: str,
        patience: float = 0.0,
    ) -> asyncio.Future[None]:
        """See OpenDispatch."""
        row = self.rows[delivery_id]
        row.message_id = message_id
        return self._move(row, _S.COMMITTING)

    def record(
        self, delivery_id: int, outcome: Outcome, decision: Decision
    ) -> asyncio.Future[None]:
        """See OpenDispatch."""
        row = self.rows[delivery_id]
        row.outcomes.append(outcome)
        row.next_attempt_at = decision.retry_at
        if decision.status is _S.DEFERRED:
            self._deferred[row.id] = row
        return self._move(row, decision.status)

    @staticmethod
    def _move(row: MemoryRow, status: DeliveryStatus) -> asyncio.Future[None]:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        try:
            row.move(status)
        except DeliveryLogError as error:
            future.set_exception(error)
        else:
            future.set_result(None)
        return future

    async def release(self, delivery_ids: Sequence[int]) -> None:
        """See OpenDispatch."""
        for id_ in delivery_ids:
            self.rows[id_].move(_S.PENDING)
            self.rows[id_].attempts -= 1
            heapq.heappush(self._pending, id_)

    async def next_due(self) -> datetime | None:
        """See OpenDispatch."""
        times = [row.next_attempt_at for row in self._deferred.values() if row.next_attempt_at]
        return min(times, default=None)

    async def tally(self) -> Mapping[DeliveryStatus, int]:
        """See OpenDispatch."""
        return Counter(row.status for row in self.rows.values() if row.is_chosen)
