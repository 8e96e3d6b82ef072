"""A transport that keeps what it is given: for tests, and for trying the engine."""

import asyncio
from dataclasses import dataclass, field

from pressutskick.dispatch.interfaces import (
    Delivery,
    DeliverySource,
    OutboundMessage,
    Outcome,
    Phase,
)
from pressutskick.mail import Reply

ACCEPTED = Outcome(phase=Phase.FINAL, reply=Reply(code=250, text="kept"))


@dataclass(slots=True, kw_only=True)
class MemoryTransport:
    """Accepts everything, in order. `planned` gives other outcomes, by forward path."""

    messages: list[OutboundMessage] = field(default_factory=list)
    planned: dict[str, list[Outcome]] = field(default_factory=dict)
    opened: int = 0

    async def open(self) -> "MemorySession":
        """A session; always succeeds."""
        self.opened += 1
        return MemorySession(self)


class MemorySession:
    """One connection that is none."""

    def __init__(self, transport: MemoryTransport) -> None:
        self._transport = transport

    async def run(self, source: DeliverySource) -> Outcome | None:
        """Takes, commits and reports until the source is dry or ends the session."""
        while (load := await source.next()) is not None:
            await asyncio.shield(source.commit(load[0], load[1].message_id))
            outcome = self._carry(*load)
            if not source.report(load[0], outcome):
                return outcome
        return None

    async def close(self) -> None:
        """Nothing to close."""

    def _carry(self, delivery: Delivery, message: OutboundMessage) -> Outcome:
        planned = self._transport.planned.get(message.envelope.forward_path)
        outcome = planned.pop(0) if planned else ACCEPTED
        if outcome.is_accepted:
            self._transport.messages.append(message)
        return outcome
