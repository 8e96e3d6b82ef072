"""Values that tests of delivery share: recipients, outcomes, decisions, orders."""

import datetime as dt
from collections.abc import Iterable, Iterator

from pressutskick.dispatch.approval import Digests
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Fault, Outcome, Phase
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey, DispatchOrder, Snapshot
from pressutskick.mail import Mailbox, Reply
from pressutskick.recipients.model import Recipient

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=5)

QUEUED = Outcome(phase=Phase.FINAL, reply=Reply.parse(250, "2.0.0 queued as 4F2"), server_id="4F2")
GREYLISTED = Outcome(phase=Phase.RCPT, reply=Reply.parse(450, "4.2.0 greylisted"))
NO_SUCH_USER = Outcome(phase=Phase.RCPT, reply=Reply.parse(550, "5.1.1 no such user"))
LOST_AFTER_DOT = Outcome(phase=Phase.FINAL, fault=Fault.LOST)

ACCEPTED = Decision(status=DeliveryStatus.ACCEPTED)
DEFERRED = Decision(status=DeliveryStatus.DEFERRED, retry_at=LATER)
REJECTED = Decision(status=DeliveryStatus.REJECTED)
UNKNOWN = Decision(status=DeliveryStatus.UNKNOWN)


def recipient(number: int) -> Recipient:
    return Recipient(mailbox=Mailbox(address=f"red{number}@tidning.example"), name=f"Åsa {number}")


def ready(numbers: Iterable[int]) -> Iterator[PlanEntry]:
    return (PlanEntry(recipient=recipient(number)) for number in numbers)


def order(release_id: str = "invigning", *, text: str = "Invigning") -> DispatchOrder:
    return DispatchOrder(
        key=DispatchKey(release_id=release_id),
        title="Invigning av bron",
        snapshot=Snapshot(
            release=text,
            digests=Digests(release=text, templates="t", selection="u", settings="v"),
        ),
        created_at=NOW,
    )
