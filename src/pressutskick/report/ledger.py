"""What happened to a release, gathered delivery by delivery: a few numbers for each person, no more.

A hundred thousand deliveries pass through here, so that nothing of one is kept but whose it was, how
it stands, and which dispatches reached it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.door import Arrival, KeptAnswer
from pressutskick.dispatch.records import DeliveryRecord, DispatchRecord
from pressutskick.message.model import Purpose

_S = DeliveryStatus
#: A mail is with its recipient's side, or may be.
_FAILED = frozenset({_S.REJECTED, _S.BOUNCED})
#: Who did not get it that are named; the others are counted.
NAMED = 200


@dataclass(slots=True, kw_only=True)
class Person:
    """One mailbox: how its first mail stands, and as bits the dispatches that the relay took."""

    status: DeliveryStatus
    outlet: str
    media_type: str
    taken: int = 0
    answer: Answer | None = None
    has_come: bool = False


@dataclass(slots=True, kw_only=True)
class Group:
    """The people of one outlet or kind of medium. `heads` came, guests included."""

    name: str
    people: int = 0
    accepted: int = 0
    failed: int = 0
    answered: int = 0
    coming: int = 0
    came: int = 0
    #: When the relay took the first and the last invitation to them.
    first: dt.datetime | None = None
    last: dt.datetime | None = None

    def note_moment(self, moment: dt.datetime) -> None:
        """The relay took an invitation to one of them."""
        self.first = min(self.first or moment, moment)
        self.last = max(self.last or moment, moment)


@dataclass(slots=True, kw_only=True)
class DispatchFigures:
    """One dispatch; `seconds` counts what the relay took, by the second (Unix time)."""

    record: DispatchRecord
    seconds: Counter[int] = field(default_factory=Counter)
    first: dt.datetime | None = None
    last: dt.datetime | None = None

    def note_moment(self, moment: dt.datetime) -> None:
        """The relay took a mail."""
        self.seconds[int(moment.timestamp())] += 1
        self.first = min(self.first or moment, moment)
        self.last = max(self.last or moment, moment)


@dataclass(slots=True)
class Ledger:
    """All of a release; `dispatches` in the order in which they began."""

    dispatches: list[DispatchFigures] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    outlets: dict[str, Group] = field(default_factory=dict)
    media_types: dict[str, Group] = field(default_factory=dict)
    failures: list[DeliveryRecord] = field(default_factory=list)
    failures_in_all: int = 0
    #: By status and what the server said in numbers, such as `550 5.1.1`.
    replies: Counter[tuple[DeliveryStatus, str]] = field(default_factory=Counter)
    skips: Counter[str] = field(default_factory=Counter)
    #: Invitations that went out although their outlet had had more than others.
    out_of_turn: int = 0
    walk_ins: int = 0
    _turns: Counter[str] = field(default_factory=Counter)
    _turn: int = 0

    def add(self, record: DispatchRecord, deliveries: Iterable[DeliveryRecord]) -> None:
        """A dispatch with its deliveries, in the order of sending."""
        figures = DispatchFigures(record=record)
        self.dispatches.append(figures)
        bit = 1 << (len(self.dispatches) - 1)
        is_first = record.key.purpose is Purpose.ANNOUNCE
        for delivery in deliveries:
            self._note(delivery, figures, bit, is_first=is_first)

    def _note(
        self, delivery: DeliveryRecord, figures: DispatchFigures, bit: int, *, is_first: bool
    ) -> None:
        if delivery.status is _S.SKIPPED:
            if is_first:
                self.skips[delivery.reason or ""] += 1
            return
        person = self._person(delivery)
        reply = delivery.reply
        if delivery.status is _S.ACCEPTED:
            person.taken |= bit
        moment = delivery.updated_at if _is_taken_now(delivery) else None
        if moment is not None:
            figures.note_moment(moment)
        if is_first:
            self._take_turn(person.outlet)
            if moment is not None:
                self.outlets[person.outlet].note_moment(moment)
        if delivery.status is not _S.ACCEPTED:
            self._note_failure(delivery)
            said = f"{reply.code} {reply.enhanced or ''}".strip() if reply is not None else ""
            self.replies[delivery.status, said] += 1

    def _person(self, delivery: DeliveryRecord) -> Person:
        key = delivery.recipient.mailbox.key
        person = self.people.get(key)
        if person is None:
            recipient = delivery.recipient
            person = Person(
                status=delivery.status,
                outlet=recipient.outlet or "",
                media_type=recipient.media_type or "",
            )
            self.people[key] = person
            for group in self._groups(person):
                group.people += 1
                group.accepted += person.status is _S.ACCEPTED
                group.failed += person.status in _FAILED
        return person

    def _groups(self, person: Person) -> tuple[Group, Group]:
        return (
            self.outlets.setdefault(person.outlet, Group(name=person.outlet)),
            self.media_types.setdefault(person.media_type, Group(name=person.media_type)),
        )

    def _take_turn(self, outlet: str) -> None:
        self._turns[outlet] += 1
        self.out_of_turn += self._turns[outlet] < self._turn
        self._turn = max(self._turn, self._turns[outlet])

    def _note_failure(self, delivery: DeliveryRecord) -> None:
        self.failures_in_all += 1
        if len(self.failures) < NAMED:
            self.failures.append(delivery)

    def note_answers(self, answers: Mapping[str, KeptAnswer]) -> None:
        """Who has answered, by comparison key."""
        for key, kept in answers.items():
            person = self.people.get(key)
            if person is None:
                continue
            person.answer = kept.answer
            for group in self._groups(person):
                group.answered += 1
                group.coming += kept.answer is Answer.COMING

    def note_arrivals(self, arrivals: Iterable[Arrival]) -> None:
        """Who came; walk-ins are counted."""
        for arrival in arrivals:
            person = self.people.get(arrival.key or "")
            if person is None:
                self.walk_ins += 1
                continue
            person.has_come = True
            for group in self._groups(person):
                group.came += 1

    def count(self, *statuses: DeliveryStatus) -> int:
        """People whose first mail stands so."""
        return sum(person.status in statuses for person in self.people.values())

    def count_answers(self, answer: Answer) -> int:
        """People who have said so."""
        return sum(person.answer is answer for person in self.people.values())

    @property
    def came(self) -> int:
        """People invited who came."""
        return sum(person.has_come for person in self.people.values())

    @property
    def histories(self) -> Counter[int]:
        """How many people got which dispatches, as bits in the order of `dispatches`."""
        return Counter(person.taken for person in self.people.values())


def _is_taken_now(delivery: DeliveryRecord) -> bool:
    """Whether the last change of the delivery was that the relay took it."""
    return (
        delivery.status is _S.ACCEPTED and delivery.reply is not None and delivery.reply.is_positive
    )
