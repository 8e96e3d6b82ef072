"""A log with the whole life of a release in it, without a mail being made: for reports and records."""

import asyncio
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.kit.deliveries import (
    ACCEPTED,
    LATER,
    LOST_AFTER_DOT,
    NO_SUCH_USER,
    NOW,
    QUEUED,
    REJECTED,
    UNKNOWN,
)
from tests.kit.logged import entries, order_of

from pressutskick.dispatch.approval import Approval, Digests
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import Resolution
from pressutskick.dispatch.door import AnswerDetails, Arrival
from pressutskick.dispatch.incoming import Batch, Incoming, IncomingState
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchOrder
from pressutskick.errors import Origin
from pressutskick.mail import Language, Mailbox, Reply
from pressutskick.message.model import Purpose
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.round_robin import take_turns
from pressutskick.recipients.selection import SkipReason
from pressutskick.release.model import Event, Release
from pressutskick.replies.verdict import Absence, ReplyKind

OUTLETS = ("Hamnposten", "Radio Åstad", "Kustnytt", "Nordsjötidningen")
RELEASE = Release(
    id="bron",
    title="Invigning av <bron> & parken",
    body="Nu öppnar bron.",
    event=Event(date=dt.date(2026, 12, 2), start=dt.time(12, 30), place="Torget 11, Åstad"),
)


@dataclass(slots=True)
class Clock:
    """The log's clock."""

    moment: dt.datetime = NOW

    def now(self) -> dt.datetime:
        return self.moment

    def pass_by(self, **time: float) -> None:
        self.moment += dt.timedelta(**time)


def person(number: int, outlet: str | None = None) -> Recipient:
    return Recipient(
        mailbox=Mailbox(
            address=f"red{number}@tidning{number % 7}.example", name=f"Åsa Ek {number}"
        ),
        name=f"Åsa Ek {number}",
        outlet=outlet or OUTLETS[number % len(OUTLETS)],
        media_type=("dagstidning", "radio")[number % 2],
        language=Language.ENGLISH if number % 5 == 0 else Language.SWEDISH,
        origin=Origin(file="redaktioner.csv", line=number + 2),
    )


PEOPLE = tuple(take_turns([person(number) for number in range(30)], seed="bron"))
OUTCOMES = {3: (NO_SUCH_USER, REJECTED), 7: (LOST_AFTER_DOT, UNKNOWN), 8: (LOST_AFTER_DOT, UNKNOWN)}


def run(
    log: DeliveryLog,
    clock: Clock,
    order: DispatchOrder,
    plan: Iterable[PlanEntry],
    outcomes: dict[int, tuple[Any, Any]] | None = None,
) -> None:
    """A run in which a mail takes a second, and everybody has the outcome of their number."""

    async def one(opened: Any, delivery: Any) -> None:
        outcome = (outcomes or {}).get(_number(delivery.recipient), (QUEUED, ACCEPTED))
        if outcome[0].phase == "final":
            await opened.commit(delivery.id, f"<{delivery.id}@astad.example>")
        await opened.record(delivery.id, *outcome)

    async def act(opened: Any) -> None:
        while claimed := await opened.claim(10, LATER + dt.timedelta(days=9)):
            clock.pass_by(seconds=10)
            await asyncio.gather(*(one(opened, each) for each in claimed))

    with log.begin(order, plan) as opened:
        asyncio.run(act(opened))


def _number(recipient: Recipient) -> int:
    return (recipient.origin.line or 0) - 2


def fill(log: DeliveryLog, clock: Clock, people: Sequence[Recipient] = PEOPLE) -> None:
    """Approved, sent, some refused or unknown and decided about; corrected, reminded, called off."""
    digests = Digests(release="r", templates="t", selection="u", settings="s")
    log.note_approval(
        Approval(release_id="bron", digests=digests, approver="Eva Ek", approved_at=clock.now())
    )
    skipped = PlanEntry(recipient=person(99, "Annan"), reason=SkipReason.OPTED_OUT)
    run(
        log, clock, order_of(RELEASE, created_at=clock.now()), [*entries(people), skipped], OUTCOMES
    )
    clock.pass_by(hours=1)
    first = log.dispatches()[0]
    unsure = [each.id for each in log.deliveries(first.id) if each.status == "unknown"]
    log.resolve(unsure[:1], Resolution.LEAVE)
    clock.pass_by(hours=1)
    corrected = Release(
        id="bron", title="Invigning av <bron> & parken, ny tid", body="Klockan ett."
    )
    reached = [each for each in people if _number(each) not in OUTCOMES]
    run(
        log,
        clock,
        order_of(corrected, Purpose.CORRECTION, created_at=clock.now()),
        entries(reached),
    )
    clock.pass_by(days=1)
    run(
        log,
        clock,
        order_of(corrected, Purpose.REMINDER, created_at=clock.now()),
        entries(reached[5:]),
    )
    for number, each in enumerate(reached[:8]):
        answer = Answer.DECLINED if number % 4 == 3 else Answer.COMING
        details = AnswerDetails(guests=number % 2, note="=vill ha bild")
        log.note_answer("bron", each.mailbox.key, answer, source="telefon", details=details)
    for each in reached[:6]:
        log.note_arrival("bron", Arrival(key=each.mailbox.key, came_at=clock.now()))
    log.note_arrival("bron", Arrival(name="Okänd", outlet="Bloggen", came_at=clock.now()))
    log.take_in(Batch(account="press", replies=[_absence(people[0]), _bounce(people[1])]))
    clock.pass_by(days=1)
    off = order_of(corrected, Purpose.CANCELLATION, created_at=clock.now(), reason="Storm & regn")
    run(log, clock, off, entries(reached))


def _absence(someone: Recipient) -> Incoming:
    """Words that tell who somebody is, as people write them."""
    return Incoming(
        digest="1",
        name=f"{someone.name}.eml",
        kind=ReplyKind.ABSENCE,
        state=IncomingState.CONFIRMED,
        key=someone.mailbox.key,
        release_id="bron",
        words=f"{someone.name} <{someone.mailbox.address}> har slutat",
        absence=Absence(deputy=someone.mailbox.address, has_left=True),
    )


def _bounce(someone: Recipient) -> Incoming:
    """A late report of a server, which repeats the address."""
    return Incoming(
        digest="2",
        name="2",
        kind=ReplyKind.BOUNCE,
        state=IncomingState.NEWS,
        key=someone.mailbox.key,
        release_id="bron",
        reply=Reply.parse(550, f"5.1.1 <{someone.mailbox.address}> unknown"),
    )
