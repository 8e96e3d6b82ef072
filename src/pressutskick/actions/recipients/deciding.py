"""What a person decides about a finding, and what follows in list and log. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.actions.collecting import decide
from pressutskick.actions.recipients.reviewing import Finding
from pressutskick.dispatch.log import ReplyLog
from pressutskick.recipients.edits import Wish
from pressutskick.recipients.fields import Field


class Choice(StrEnum):
    """What to do about a row."""

    #: The row is right, and was looked at today.
    KEEP = "keep"
    REMOVE = "remove"
    #: Another address takes the place of this one.
    REPLACE = "replace"
    #: Of two rows with one person the other one goes.
    REMOVE_OTHER = "remove_other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A choice about a finding; `address` is the new one of `REPLACE`."""

    finding: Finding
    choice: Choice
    address: str | None = None


def wishes_of(decisions: Iterable[Decision], today: dt.date) -> tuple[Wish, ...]:
    """What becomes of the rows; each is named once, and what goes goes."""
    found: dict[str, Wish] = {}
    for decision in decisions:
        for wish in _wishes(decision, today):
            known = found.get(str(wish.origin))
            if known is None or not known.removes:
                found[str(wish.origin)] = wish
    return tuple(found.values())


def _wishes(decision: Decision, today: dt.date) -> Iterable[Wish]:
    row, other = decision.finding.recipient, decision.finding.other
    address = row.mailbox.address
    if decision.choice is Choice.REMOVE:
        yield Wish(origin=row.origin, address=address, removes=True)
        return
    new = decision.address if decision.choice is Choice.REPLACE else None
    yield Wish(origin=row.origin, address=address, new_address=new, days={Field.CHECKED: today})
    if decision.choice is Choice.REMOVE_OTHER and other is not None:
        yield Wish(origin=other.origin, address=other.mailbox.address, removes=True)


def settle(log: ReplyLog, decisions: Iterable[Decision], now: dt.datetime) -> None:
    """Inbox asks no more about what was decided here; what goes is not mailed from any other list."""
    for decision in decisions:
        is_right = decision.choice in (Choice.REMOVE, Choice.REPLACE)
        for reply in decision.finding.replies:
            decide(log, reply, is_right=is_right, now=now)
