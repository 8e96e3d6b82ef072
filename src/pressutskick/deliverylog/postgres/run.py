"""One run of one dispatch over PostgreSQL, in the time of the database."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pressutskick.deliverylog.relational.run import HeldDispatch
from pressutskick.deliverylog.relational.writer import Writer
from pressutskick.dispatch.interfaces import Decision, Delivery, Outcome


class PostgresDispatch(HeldDispatch):
    """An open dispatch. `ahead` is how far the database's clock is ahead of the machine's.

    Moments that are kept are the database's, so that what one machine has put off is due on another
    when it should be, whatever their clocks say.
    """

    def __init__(
        self, writer: Writer, *, dispatch_id: int, run_id: int, ahead: timedelta = timedelta()
    ) -> None:
        """The writer must run already."""
        super().__init__(writer, dispatch_id=dispatch_id, run_id=run_id)
        self._ahead = ahead

    async def claim(self, limit: int, now: datetime) -> Sequence[Delivery]:
        """See OpenDispatch."""
        return await super().claim(limit, now + self._ahead)

    def record(
        self, delivery_id: int, outcome: Outcome, decision: Decision
    ) -> asyncio.Future[None]:
        """See OpenDispatch."""
        if decision.retry_at is not None:
            decision = replace(decision, retry_at=decision.retry_at + self._ahead)
        return super().record(delivery_id, outcome, decision)

    async def next_due(self) -> datetime | None:
        """See OpenDispatch."""
        moment = await super().next_due()
        return None if moment is None else moment - self._ahead
