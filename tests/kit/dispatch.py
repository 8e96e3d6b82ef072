"""A log that checks every transition, a clock that jumps, and deliveries: for engine tests."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from pressutskick.dispatch.delivery import CLAIMABLE, DeliveryStatus, may_follow
from pressutskick.dispatch.interfaces import Decision, Delivery, OutboundMessage, Outcome
from pressutskick.dispatch.pacing import OWN_PACE, OwnPace
from pressutskick.errors import DeliveryLogError
from pressutskick.mail import Envelope, Mailbox
from pressutskick.recipients.model import Recipient
from pressutskick.sentences import say

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
_S = DeliveryStatus


class JumpingClock:
    """Time passes only when somebody sleeps: then it jumps to the end of the sleep."""

    def __init__(self, turn: float = 0.0) -> None:
        self.seconds = 0.0
        self._turn = turn

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        until = self.seconds + seconds
        # Real I/O gets a turn first, so that a retry does not overtake a reply.
        await asyncio.sleep(self._turn)
        self.seconds = max(self.seconds, until)


class CheckingLog:
    """An OpenDispatch in memory that refuses an illegal transition and keeps the history."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.status = dict.fromkeys(range(1, len(addresses) + 1), _S.PENDING)
        self.addresses = dict(enumerate(addresses, 1))
        self.retry_at: dict[int, datetime] = {}
        self.attempts: Counter[int] = Counter()
        self.history: dict[int, list[DeliveryStatus]] = {row: [] for row in self.status}
        self.outcomes: dict[int, list[Outcome]] = {row: [] for row in self.status}
        self.fails_at: int | None = None
        self.writes = 0
        self.asked: asyncio.Future[None]

    def by_address(self) -> dict[str, DeliveryStatus]:
        return {self.addresses[row]: status for row, status in self.status.items()}

    def _write(self, row: int, status: DeliveryStatus) -> None:
        self.writes += 1
        if self.fails_at is not None and self.writes >= self.fails_at:
            raise DeliveryLogError(say("the disk is full"))
        assert may_follow(self.status[row], status), (row, self.status[row], status)
        self.status[row] = status
        self.history[row].append(status)

    def _try(self, row: int, status: DeliveryStatus) -> asyncio.Future[None]:
        future = asyncio.get_running_loop().create_future()
        try:
            self._write(row, status)
        except DeliveryLogError as error:
            future.set_exception(error)
        else:
            future.set_result(None)
        return future

    async def claim(self, limit: int, now: datetime) -> Sequence[Delivery]:
        await asyncio.sleep(0)
        rows = [
            row
            for row, status in self.status.items()
            if status in CLAIMABLE and self.retry_at.get(row, now) <= now
        ][:limit]
        for row in rows:
            self._write(row, _S.SENDING)
        return [make_delivery(row, self.addresses[row], self.attempts[row]) for row in rows]

    def commit(
        self, delivery_id: int, message_id: str, patience: float = 0.0
    ) -> asyncio.Future[None]:
        return self._try(delivery_id, _S.COMMITTING)

    def record(
        self, delivery_id: int, outcome: Outcome, decision: Decision
    ) -> asyncio.Future[None]:
        self.attempts[delivery_id] += 1
        self.outcomes[delivery_id].append(outcome)
        if decision.retry_at is not None:
            self.retry_at[delivery_id] = decision.retry_at
        return self._try(delivery_id, decision.status)

    async def release(self, delivery_ids: Sequence[int]) -> None:
        for row in delivery_ids:
            was = self.history[row][-2:-1]
            self._write(row, _S.DEFERRED if was == [_S.DEFERRED] else _S.PENDING)

    async def next_due(self) -> datetime | None:
        waiting = [self.retry_at[row] for row, s in self.status.items() if s is _S.DEFERRED]
        return min(waiting, default=None)

    @property
    def pace(self) -> OwnPace:
        return OWN_PACE

    def watch(self) -> asyncio.Future[None]:
        self.asked = asyncio.get_running_loop().create_future()
        return self.asked

    async def tally(self) -> Mapping[DeliveryStatus, int]:
        return Counter(self.status.values())


def make_delivery(row: int, address: str, attempts: int = 0) -> Delivery:
    recipient = Recipient(mailbox=Mailbox(address=address))
    return Delivery(id=row, recipient=recipient, attempts=attempts)


def addresses(count: int) -> list[str]:
    return [f"desk{number}@newsdesk.example" for number in range(1, count + 1)]


def compose(delivery: Delivery) -> OutboundMessage:
    """A small message that names its recipient in a header and the body."""
    address = delivery.recipient.mailbox.address
    message_id = f"<{delivery.id}@kommun.example>"
    wire = (
        f"From: press@kommun.example\r\nTo: {address}\r\nMessage-ID: {message_id}\r\n"
        f"Subject: Pressinbjudan\r\n\r\nHej {address}\r\n..slut\r\n"
    ).encode()
    return OutboundMessage(
        envelope=Envelope(reverse_path="press@kommun.example", forward_path=address),
        message_id=message_id,
        wire=wire,
        size=len(wire) - 1,
    )
