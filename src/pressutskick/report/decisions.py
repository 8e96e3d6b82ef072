"""What people decided about a release, each with its moment."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.delivery import Resolution
from pressutskick.dispatch.incoming import IncomingRecord, IncomingState
from pressutskick.dispatch.records import DispatchRecord, ResolutionRecord
from pressutskick.message.model import Purpose
from pressutskick.sentences import Sentence, say, say_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision. `moment` is None where the log keeps none; `who` is empty where it knows nobody."""

    moment: dt.datetime | None
    code: str
    words: Sentence
    who: str = ""


def list_decisions(
    approvals: Iterable[Approval],
    resolutions: Sequence[ResolutionRecord],
    dispatches: Iterable[DispatchRecord],
    incoming: Iterable[IncomingRecord] = (),
) -> tuple[Decided, ...]:
    """All of them, oldest first; those about many deliveries at once are one."""
    found = [
        Decided(
            moment=each.approved_at,
            code="approved",
            words=say("approved, seal {seal}", seal=each.digests.whole[:16]),
            who=_name(each.approver, each.person),
        )
        for each in approvals
    ]
    for (moment, choice, person), group in groupby(
        resolutions, lambda each: (each.decided_at, each.choice, each.person)
    ):
        words = _resolved(choice, list(group))
        found.append(Decided(moment=moment, code=choice.value, words=words, who=person))
    found += [
        Decided(
            moment=each.begun_at or each.created_at,
            code="cancelled",
            words=say("called off: {reason}", reason=each.reason)
            if each.reason
            else say("called off"),
            who=each.person,
        )
        for each in dispatches
        if each.key.purpose is Purpose.CANCELLATION
    ]
    found += _replies(incoming)
    return tuple(sorted(found, key=lambda each: (each.moment is None, each.moment, each.code)))


def _name(typed: str, known: str) -> str:
    """The name that was typed, and who the machine says that it was, where that is another."""
    return f"{typed} ({known})" if known and known != typed else typed


def _resolved(choice: Resolution, group: Sequence[ResolutionRecord]) -> Sentence:
    if choice is Resolution.RESEND:
        return say_many(
            "{count} mail to be sent again", "{count} mails to be sent again", len(group)
        )
    return say_many(
        "{count} mail counts as accepted, its outcome being unknown",
        "{count} mails count as accepted, their outcome being unknown",
        len(group),
    )


def _replies(incoming: Iterable[IncomingRecord]) -> list[Decided]:
    """What came back and a person has confirmed or dismissed."""
    counts = Counter(each.state for each in incoming)
    return [
        Decided(moment=None, code=state.value, words=_count(state, counts[state]))
        for state in (IncomingState.CONFIRMED, IncomingState.DISMISSED)
        if counts[state]
    ]


def _count(state: IncomingState, count: int) -> Sentence:
    if state is IncomingState.CONFIRMED:
        return say_many(
            "{count} reply in the inbox confirmed", "{count} replies in the inbox confirmed", count
        )
    return say_many(
        "{count} reply in the inbox dismissed", "{count} replies in the inbox dismissed", count
    )
