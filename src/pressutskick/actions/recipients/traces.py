"""What the log knows of each address: mails that went there, what came back, who has answered. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.incoming import IncomingRecord, IncomingState
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.message.model import Purpose
from pressutskick.replies.permanence import is_gone
from pressutskick.replies.verdict import ReplyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one mail; `words` are the server's where it said no."""

    moment: dt.datetime
    release_id: str
    has_come_back: bool = False
    is_gone: bool = False
    words: str = ""


@dataclass(slots=True, kw_only=True)
class Trace:
    """One address, everything in the order of time; `answers` counts what a person said."""

    outcomes: list[Outcome] = field(default_factory=list)
    replies: list[IncomingRecord] = field(default_factory=list)
    answers: int = 0


def gather_traces(log: DeliveryLog) -> Mapping[str, Trace]:
    """By comparison key."""
    traces: dict[str, Trace] = defaultdict(Trace)
    for record in log.dispatches():
        release_id = record.key.release_id
        for key in log.answers(release_id) if record.key.purpose is Purpose.ANNOUNCE else ():
            traces[key].answers += 1
        _add_outcomes(log, record.id, release_id, traces)
    for reply in log.incoming():
        if reply.state is not IncomingState.DISMISSED:
            traces[reply.key].replies.append(reply)
            traces[reply.key].answers += _is_by_person(reply)
    for trace in traces.values():
        trace.outcomes.sort(key=lambda outcome: outcome.moment)
    return traces


def _add_outcomes(
    log: DeliveryLog, dispatch_id: int, release_id: str, traces: dict[str, Trace]
) -> None:
    for delivery in log.deliveries(dispatch_id):
        is_back = delivery.status in (DeliveryStatus.BOUNCED, DeliveryStatus.REJECTED)
        if not (is_back or delivery.status is DeliveryStatus.ACCEPTED):
            continue
        reply = delivery.reply if delivery.status is DeliveryStatus.REJECTED else None
        traces[delivery.recipient.mailbox.key].outcomes.append(
            Outcome(
                moment=delivery.updated_at,
                release_id=release_id,
                has_come_back=is_back,
                is_gone=reply is not None and is_gone(reply.enhanced, reply.text),
                words=str(reply) if reply is not None else "",
            )
        )


def _is_by_person(reply: IncomingRecord) -> bool:
    return reply.kind in (ReplyKind.ANSWER, ReplyKind.CALENDAR, ReplyKind.QUESTION)
