"""One run of one dispatch: the `OpenDispatch` that the engine works with, over SQLite.

The caller holds the dispatch's lock, which proves that whoever left rows open is dead. Recovery
happens when a run begins and when it ends, so that the log says the truth whatever stopped it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from pressutskick.deliverylog.relational.queue import GATHERING, Kind
from pressutskick.deliverylog.relational.rows import (
    outcome_row,
    read_moment,
    storable,
)
from pressutskick.deliverylog.relational.writer import Writer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Delivery, Outcome, SharedPace
from pressutskick.dispatch.pacing import OWN_PACE
from pressutskick.recipients.snapshot import make_recipient


class HeldDispatch:
    """An open dispatch of `SqliteDeliveryLog`; see `dispatch.interfaces.OpenDispatch`."""

    def __init__(self, writer: Writer, *, dispatch_id: int, run_id: int) -> None:
        """The writer must run already."""
        self.dispatch_id = dispatch_id
        self.run_id = run_id
        self._writer = writer
        self._attempts: dict[int, int] = {}
        self.pace: SharedPace = OWN_PACE

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

    def watch(self) -> asyncio.Future[None]:
        """See OpenDispatch."""
        return self._writer.watch()

    async def next_due(self) -> datetime | None:
        """See OpenDispatch."""
        ((moment,),) = await self._writer.ask(Kind.READ, "next_due")
        return read_moment(moment)

    async def tally(self) -> Mapping[DeliveryStatus, int]:
        """See OpenDispatch."""
        rows = await self._writer.ask(Kind.READ, "tally")
        return {DeliveryStatus(status): count for status, count in rows}
