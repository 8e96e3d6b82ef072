"""Who comes through the door: answers, guests, arrivals, by outlet. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pressutskick.dispatch.correspondence import Answer, Correspondent
from pressutskick.recipients.model import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDetails:
    """What belongs to an answer: how many come along, whether a photographer is one, and a note."""

    guests: int = 0
    has_photographer: bool = False
    note: str = ""


NO_DETAILS = AnswerDetails()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer as the log holds it; `source` says how it came, in words."""

    answer: Answer
    source: str
    answered_at: dt.datetime
    details: AnswerDetails = NO_DETAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody who came. `key` is the comparison key of who was invited, None for a walk-in."""

    came_at: dt.datetime
    key: str | None = None
    name: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRow:
    """One line of the list: somebody invited, or a walk-in without `recipient`."""

    name: str
    outlet: str
    recipient: Recipient | None = None
    answer: Answer | None = None
    details: AnswerDetails = NO_DETAILS
    came_at: dt.datetime | None = None

    @property
    def heads(self) -> int:
        """How many that is at the door."""
        return 1 + self.details.guests


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorList:
    """Everybody, by outlet and name; walk-ins stand with their outlet."""

    rows: tuple[DoorRow, ...] = field(default=())

    def of(self, answer: Answer | None) -> tuple[DoorRow, ...]:
        """Who was invited and has answered so; None for who has not answered."""
        return tuple(row for row in self.rows if row.recipient is not None and row.answer is answer)

    @property
    def walk_ins(self) -> tuple[DoorRow, ...]:
        """Who came without an invitation."""
        return tuple(row for row in self.rows if row.recipient is None)

    @property
    def expected(self) -> int:
        """Heads of those who said that they come."""
        return sum(row.heads for row in self.of(Answer.COMING))

    @property
    def came(self) -> int:
        """Heads of those who were ticked off."""
        return sum(row.heads for row in self.rows if row.came_at is not None)


def list_door(
    invited: Mapping[str, Correspondent],
    answers: Mapping[str, KeptAnswer],
    arrivals: Iterable[Arrival],
) -> DoorList:
    """Everybody whom the invitation reached or who has answered all the same, and every walk-in."""
    came = list(arrivals)
    at = {each.key: each.came_at for each in came if each.key is not None}
    rows = [
        _row(person.recipient, answers.get(key), at.get(key))
        for key, person in invited.items()
        if person.is_informed or key in answers or key in at
    ]
    rows += [
        DoorRow(name=each.name, outlet=each.outlet, came_at=each.came_at)
        for each in came
        if each.key is None
    ]
    return DoorList(rows=tuple(sorted(rows, key=_order)))


def _row(recipient: Recipient, kept: KeptAnswer | None, came_at: dt.datetime | None) -> DoorRow:
    return DoorRow(
        name=recipient.name or recipient.desk or recipient.mailbox.address,
        outlet=recipient.outlet or "",
        recipient=recipient,
        answer=kept.answer if kept else None,
        details=kept.details if kept else NO_DETAILS,
        came_at=came_at,
    )


def _order(row: DoorRow) -> tuple[bool, str, str]:
    """By outlet; those without one come last."""
    return not row.outlet, row.outlet.casefold(), row.name.casefold()


def find_invited(invited: Mapping[str, Correspondent], words: str) -> tuple[Recipient, ...]:
    """Whom a name, a part of it, or an address at the door means among those invited."""
    wanted = words.casefold().strip()
    people = [person.recipient for person in invited.values()]
    exact = [each for each in people if wanted in _names(each)]
    if exact:
        return tuple(exact)
    return tuple(each for each in people if any(wanted in name for name in _names(each)))


def _names(recipient: Recipient) -> set[str]:
    names = (recipient.name, recipient.desk, recipient.mailbox.address)
    return {name.casefold() for name in names if name}
