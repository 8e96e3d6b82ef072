"""The plan of a dispatch: for every recipient of the lists ready, or skipped with a reason.

Pure. Joins what the selection decided with what the log already knows. Nobody drops out without an
entry. What the plan says is for the person to read and confirm; the log decides again, row by row,
when it begins, so that two runs cannot both believe an old plan.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import Choice, SkipReason
from pressutskick.sentences import Sentence, say


class PlanReason(StrEnum):
    """Why the log leaves a selected recipient out; the selection has reasons of its own."""

    ALREADY_ACCEPTED = "already_accepted"
    ALREADY_REJECTED = "already_rejected"
    ALREADY_BOUNCED = "already_bounced"
    OUTCOME_UNKNOWN = "outcome_unknown"
    HAS_THIS_TEXT = "has_this_text"


class HoldBack(StrEnum):
    """Why somebody who got the invitation gets no reminder of it."""

    ANSWERED = "answered"
    DECLINED = "declined"
    COOLING_OFF = "cooling_off"


class EndReason(StrEnum):
    """Why somebody who waited in a dispatch gets nothing of it any more."""

    CALLED_OFF = "called_off"
    OVERTAKEN = "overtaken"
    TOO_LATE = "too_late"


#: Reasons that take a waiting delivery out of the dispatch for good; the others mean "not now".
LASTING = frozenset(
    {
        SkipReason.OPTED_OUT,
        SkipReason.BOUNCED,
        SkipReason.MUTED,
        SkipReason.WANTS_NONE,
        HoldBack.ANSWERED,
        HoldBack.DECLINED,
    }
)

#: Reasons that come from the flags of one command and say nothing about the person.
CHOSEN_AWAY = frozenset(
    {
        SkipReason.NOT_NAMED,
        SkipReason.EXCLUDED,
        SkipReason.LACKS_TAG,
        SkipReason.HAS_TAG,
        SkipReason.OTHER_OUTLET,
        SkipReason.OUTLET_IS_FULL,
        SkipReason.OVER_LIMIT,
    }
)

#: Reasons that leave no row: the mailbox has one already, or nothing may be kept of the person.
UNRECORDED = frozenset({SkipReason.DUPLICATE, SkipReason.ERASED, HoldBack.COOLING_OFF, *PlanReason})

_S = DeliveryStatus
_KNOWN: dict[DeliveryStatus, tuple[PlanReason, Sentence]] = {
    _S.ACCEPTED: (PlanReason.ALREADY_ACCEPTED, say("the mail server has taken it already")),
    _S.REJECTED: (PlanReason.ALREADY_REJECTED, say("refused for good in an earlier run")),
    _S.BOUNCED: (PlanReason.ALREADY_BOUNCED, say("it came back as undeliverable")),
    _S.UNKNOWN: (PlanReason.OUTCOME_UNKNOWN, say("perhaps sent: a person must decide first")),
    # A run that died after its final dot; `begin` makes it unknown.
    _S.COMMITTING: (PlanReason.OUTCOME_UNKNOWN, say("perhaps sent: a person must decide first")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """One recipient: ready where `reason` is None."""

    recipient: Recipient
    reason: str | None = None
    sentence: Sentence | None = None

    @property
    def is_ready(self) -> bool:
        """Whether this run mails the recipient."""
        return self.reason is None

    @property
    def is_recorded(self) -> bool:
        """Whether the log keeps a row for the entry."""
        return self.reason not in UNRECORDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All entries, in the order of sending: who is `ready`, and who is `skipped` for a reason."""

    entries: tuple[PlanEntry, ...]
    by_reason: Mapping[str, int]
    ready: tuple[Recipient, ...]
    skipped: tuple[PlanEntry, ...]

    @property
    def not_chosen(self) -> int:
        """How many the flags of this command leave out."""
        return sum(self.by_reason.get(reason, 0) for reason in CHOSEN_AWAY)

    @property
    def has_unknown(self) -> bool:
        """Whether a person must decide about somebody first."""
        return PlanReason.OUTCOME_UNKNOWN in self.by_reason

    @property
    def has_refused(self) -> bool:
        """Whether somebody was refused for good in an earlier run."""
        return PlanReason.ALREADY_REJECTED in self.by_reason


def plan_entry(choice: Choice, known: Mapping[str, DeliveryStatus]) -> PlanEntry:
    """Decides for one recipient. `known` maps comparison keys to statuses in the log."""
    status = known.get(choice.recipient.mailbox.key)
    if choice.reason is None and status in _KNOWN:
        reason, sentence = _KNOWN[status]
        return PlanEntry(recipient=choice.recipient, reason=reason, sentence=sentence)
    return PlanEntry(recipient=choice.recipient, reason=choice.reason, sentence=choice.sentence)


def make_plan(choices: Sequence[Choice], known: Mapping[str, DeliveryStatus]) -> Plan:
    """The plan for all of them."""
    return gather_plan([plan_entry(choice, known) for choice in choices])


def gather_plan(entries: Iterable[PlanEntry]) -> Plan:
    """The entries as a plan, counted."""
    entries = tuple(entries)
    return Plan(
        entries=entries,
        by_reason=Counter(entry.reason for entry in entries if entry.reason is not None),
        ready=tuple(entry.recipient for entry in entries if entry.reason is None),
        skipped=tuple(entry for entry in entries if entry.reason is not None),
    )
