"""The page of a period: how many, to whom, who answered and on which day, and lists that rot."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.records import DeliveryRecord, DispatchRecord
from pressutskick.errors import UsageError
from pressutskick.message.model import Purpose
from pressutskick.release.zone import ZONE
from pressutskick.report.page import Coded, Column, Page, Row, Section, Table
from pressutskick.report.release import ACCEPTED_MEANS
from pressutskick.report.words import name_purpose
from pressutskick.sentences import Sentence, say, say_many

_S = DeliveryStatus
_FAILED = frozenset({_S.REJECTED, _S.BOUNCED})
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.IGNORECASE)
_DECEMBER = 12
#: Rows of one table; the smallest of more are left out.
_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A year, a quarter or a month; `first` and `last` are its days."""

    name: str
    first: dt.date
    last: dt.date

    def holds(self, moment: dt.datetime) -> bool:
        """Whether the aware moment lies in it, by the clock of Stockholm."""
        return self.first <= moment.astimezone(ZONE).date() <= self.last


def parse_period(text: str) -> Period:
    """`2026`, `2026-Q3` or `2026-07`.

    Raises:
        UsageError: it is none of these.
    """
    found = _PERIOD.fullmatch(text.strip())
    year, quarter, month = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    begin, length = (month, 1) if month else (3 * quarter - 2, 3) if quarter else (1, 12)
    if not dt.MINYEAR <= year < dt.MAXYEAR:
        raise UsageError(
            say("{text} is no period.", text=text),
            remedy=say("Write a year, a quarter or a month: 2026, 2026-Q3, 2026-07."),
        )
    first = dt.date(year, begin, 1)
    after = dt.date(year + (begin + length > _DECEMBER), (begin + length - 1) % _DECEMBER + 1, 1)
    return Period(name=text.strip().upper(), first=first, last=after - dt.timedelta(days=1))


@dataclass(slots=True)
class _Person:
    """One mailbox in the period."""

    outlet: str
    file: str
    mails: int = 0
    has_failed: bool = False


@dataclass(slots=True)
class PeriodLedger:
    """The dispatches of a period, gathered delivery by delivery."""

    rows: list[Row] = field(default_factory=list)
    releases: set[str] = field(default_factory=set)
    people: dict[str, _Person] = field(default_factory=dict)
    accepted: int = 0
    invited: Counter[int] = field(default_factory=Counter)
    answered_on: Counter[int] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    left: set[str] = field(default_factory=set)

    def add(
        self,
        record: DispatchRecord,
        deliveries: Iterable[DeliveryRecord],
        answered: Collection[str] = (),
    ) -> None:
        """A dispatch; `answered` are the keys of who has answered, where it is an invitation."""
        moment = record.begun_at or record.created_at
        day = moment.astimezone(ZONE).weekday()
        accepted = failed = answers = 0
        for delivery in deliveries:
            if delivery.status is _S.SKIPPED:
                continue
            key, person = self._find(delivery)
            is_failed = delivery.status in _FAILED
            is_accepted = delivery.status is _S.ACCEPTED
            person.mails += is_accepted
            person.has_failed |= is_failed
            accepted += is_accepted
            failed += is_failed
            if key in answered:
                answers += 1
                self.answered[key] += 1
        self.accepted += accepted
        self.releases.add(record.key.release_id)
        if record.key.purpose is Purpose.ANNOUNCE:
            self.invited[day] += accepted
            self.answered_on[day] += answers
        self.rows.append(
            (
                moment,
                str(record.key),
                Coded(code=record.key.purpose.value, words=name_purpose(record.key.purpose)),
                record.title,
                accepted,
                failed,
                answers,
            )
        )

    def _find(self, delivery: DeliveryRecord) -> tuple[str, _Person]:
        recipient = delivery.recipient
        key = recipient.mailbox.key
        person = self.people.get(key)
        if person is None:
            person = _Person(recipient.outlet or "", recipient.origin.file or "")
            self.people[key] = person
        return key, person


def tell_period(period: Period, ledger: PeriodLedger) -> Page:
    """The whole page."""
    return Page(
        title=say("Press mailings {period}", period=period.name),
        lead=(_lead(period, ledger), ACCEPTED_MEANS),
        sections=(
            Section(heading=say("What went out"), tables=(dispatch_table(ledger),)),
            Section(heading=say("To whom, and who answered"), tables=_who(ledger)),
            Section(
                heading=say("Lists that rot"),
                words=(
                    say(
                        "Addresses that came back or were refused, and people who are said to have "
                        "left, by the list they stand on. See each with: pressutskick recipients "
                        "review LIST"
                    ),
                ),
                tables=(_lists(ledger),),
            ),
        ),
    )


def _lead(period: Period, ledger: PeriodLedger) -> Sentence:
    return say(
        "{first} to {last}: {dispatches} of {releases}, {mails} accepted, to {people} at {outlets}.",
        first=period.first,
        last=period.last,
        dispatches=say_many("{count} dispatch", "{count} dispatches", len(ledger.rows)),
        releases=say_many("{count} release", "{count} releases", len(ledger.releases)),
        mails=say_many("{count} mail", "{count} mails", ledger.accepted),
        people=say_many("{count} recipient", "{count} recipients", len(ledger.people)),
        outlets=say_many(
            "{count} outlet",
            "{count} outlets",
            len({person.outlet for person in ledger.people.values() if person.outlet}),
        ),
    )


def dispatch_table(ledger: PeriodLedger) -> Table:
    """A row for each dispatch."""
    return Table(
        code="dispatches",
        caption=say("Every dispatch of the period"),
        columns=(
            Column.of("when", say("When")),
            Column.of("dispatch", say("Dispatch")),
            Column.of("purpose", say("What")),
            Column.of("title", say("Title")),
            Column.of("accepted", say("Accepted")),
            Column.of("failed", say("Not reached")),
            Column.of("answered", say("Answered")),
        ),
        rows=tuple(ledger.rows),
    )


def _who(ledger: PeriodLedger) -> tuple[Table, Table]:
    outlets: dict[str, list[int]] = {}
    for key, person in ledger.people.items():
        row = outlets.setdefault(person.outlet, [0, 0, 0, 0])
        for place, number in enumerate((1, person.mails, person.has_failed, ledger.answered[key])):
            row[place] += number
    by_outlet = Table(
        code="outlets",
        caption=say("By outlet"),
        drawn=1,
        of_groups=True,
        columns=(
            Column.of("name", say("Outlet")),
            Column.of("people", say("Recipients")),
            Column.of("mails", say("Mails")),
            Column.of("failed", say("Not reached")),
            Column.of("answered", say("Answers")),
        ),
        rows=_ranked(outlets),
        left_out=max(0, len(outlets) - _ROWS),
    )
    days = Table(
        code="weekdays",
        caption=say("Answers by the weekday of the invitation"),
        drawn=2,
        columns=(
            Column.of("weekday", say("Weekday")),
            Column.of("mails", say("Invitations")),
            Column.of("answered", say("Answers")),
        ),
        rows=tuple(
            (Coded(code=str(day + 1), words=name), ledger.invited[day], ledger.answered_on[day])
            for day, name in enumerate(_WEEKDAYS)
        ),
    )
    return by_outlet, days


def _lists(ledger: PeriodLedger) -> Table:
    lists: dict[str, list[int]] = {}
    for key, person in ledger.people.items():
        row = lists.setdefault(person.file, [0, 0, 0])
        for place, number in enumerate((1, person.has_failed, key in ledger.left)):
            row[place] += number
    return Table(
        code="lists",
        caption=say("By list"),
        drawn=2,
        of_groups=True,
        columns=(
            Column.of("list", say("List")),
            Column.of("people", say("Recipients")),
            Column.of("failed", say("Not reached")),
            Column.of("left", say("Have left")),
        ),
        rows=_ranked(lists),
    )


def _ranked(groups: dict[str, list[int]]) -> tuple[Row, ...]:
    ordered = sorted(groups.items(), key=lambda each: (-each[1][0], each[0].casefold()))
    return tuple(
        (name or Coded(code="", words=say("(not stated)")), *numbers)
        for name, numbers in ordered[:_ROWS]
    )


_WEEKDAYS = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)
