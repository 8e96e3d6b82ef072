"""Runs the engine against the scripted relay on loopback."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tests.kit.dispatch import CheckingLog, JumpingClock, addresses, compose

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.engine import Engine
from pressutskick.dispatch.interfaces import Transport
from pressutskick.dispatch.run import RunOptions, RunResult
from pressutskick.transports.eagerness import Eagerness
from pressutskick.transports.relay.rules import Receipt, RelayRules
from pressutskick.transports.relay.server import RelayServer
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport
from pressutskick.transports.transaction import Timeouts

#: Short enough for a test that waits for silence, long enough for a busy machine.
BRIEF = Timeouts(connect=0.8, command=0.8, data=0.8, reply=0.8)
#: The same where a message is twelve megabytes.
FOR_LARGE = Timeouts(connect=3.0, command=3.0, data=3.0, reply=3.0)
PATIENT = Timeouts(connect=10.0, command=10.0, data=10.0, reply=10.0)


@dataclass(slots=True, kw_only=True)
class Story:
    """What a run against the relay has led to, on both sides."""

    result: RunResult
    log: CheckingLog
    relay: RelayServer

    @property
    def received(self) -> Counter[str]:
        return Counter(receipt.recipient for receipt in self.relay.receipts)

    def assert_nobody_lost_or_doubled(self) -> None:
        """Every recipient has an end; accepted means received; nobody received two."""
        assert sum(self.result.tally.values()) == len(self.log.status)
        for address, status in self.log.by_address().items():
            count = self.received[address]
            assert count <= 1, (address, status, count)
            if status is DeliveryStatus.ACCEPTED:
                assert count == 1, address
            elif status is not DeliveryStatus.UNKNOWN:
                assert count == 0, (address, status)


async def tell(
    rules: RelayRules,
    people: Sequence[str] = (),
    *,
    address: SmtpAddress | None = None,
    transport: Transport | None = None,
    log: CheckingLog | None = None,
    timeouts: Timeouts = BRIEF,
    compose_with: object = None,
    eagerness: Eagerness | None = None,
    **options: object,
) -> Story:
    """One run of the engine against a relay with these rules.

    The relay is known to take commands behind a content, unless `eagerness` says otherwise.
    """
    log = log or CheckingLog(list(people) or addresses(5))
    async with RelayServer(rules, seed=1) as relay:
        address = address or SmtpAddress(
            host="127.0.0.1", port=relay.port, encryption=Encryption.NONE, timeouts=timeouts
        )
        if not address.port:
            address = SmtpAddress(
                **{f: getattr(address, f) for f in address.__slots__ if f != "port"},
                port=relay.port,
            )
        options.setdefault("retry_for", timedelta(minutes=30))
        engine = Engine(
            transport=transport or SmtpTransport(address, eagerness or proven()),
            log=log,
            compose=compose_with or compose,  # type: ignore[arg-type]
            clock=JumpingClock(turn=0.002),
            chance=lambda: 0.5,
            options=RunOptions(**options),  # type: ignore[arg-type]
        )
        result = await asyncio.wait_for(engine.run(), 30)
    return Story(result=result, log=log, relay=relay)


def proven() -> Eagerness:
    """A relay that has taken a MAIL behind a content."""
    eagerness = Eagerness()
    eagerness.prove()
    return eagerness


def run_story(rules: RelayRules, people: Sequence[str] = (), **more: object) -> Story:
    return asyncio.run(tell(rules, people, **more))  # type: ignore[arg-type]


def keep_nothing(receipt: Receipt) -> None:
    """For relays that only count."""
