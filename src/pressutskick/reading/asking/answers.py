"""A person's answers to a reading's questions, put into the Release."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pressutskick.mail import Language
from pressutskick.reading.asking.clocks import name_session
from pressutskick.reading.model import Certainty, Fact, Reading
from pressutskick.reading.spots.dates import find_dates, weekday_numbers
from pressutskick.reading.view import plain
from pressutskick.release.model import Event, Kind, Release, Rsvp
from pressutskick.sentences import say


def apply_answers(reading: Reading, answers: Mapping[str, str]) -> Reading:
    """The reading with the answered fields set and their questions gone.

    Args:
        reading: what was read.
        answers: field of a question -> what the person typed or chose; empty leaves the field
            absent on purpose.

    Raises:
        ValueError: an answer is no day, clock or language; tells which forms are taken.
        KeyError: no such field can be answered.
    """
    for name, answer in answers.items():
        reading = _apply(reading, name, answer.strip())
    return reading


def _apply(reading: Reading, name: str, answer: str) -> Reading:
    release, value = _SETTERS[name](reading.release, answer)
    facts = tuple(fact for fact in reading.facts if fact.field != name)
    if answer:
        told = Fact(
            field=name, value=plain(value), lines=None, text=answer, certainty=Certainty.READ
        )
        facts = (*facts, told)
    questions = tuple(one for one in reading.questions if one.field != name)
    if release.kind is Kind.RELEASE:
        questions = tuple(one for one in questions if not one.field.startswith(("event", "rsvp")))
    return replace(reading, release=release, facts=facts, questions=questions)


def read_day(answer: str, year: int | None = None) -> dt.date:
    """`2026-09-04`, `4/9 2026` or `4 september 2026`; without its year where `year` is known.

    Raises:
        ValueError: it is none of these.
    """
    match = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[ /.-]+(\d{4})", answer)
    spoken = None if match else _spoken_day(answer, year)
    try:
        if spoken:
            return dt.date(*spoken)
        return (
            dt.date(int(match[3]), int(match[2]), int(match[1]))
            if match
            else dt.date.fromisoformat(answer)
        )
    except ValueError:
        raise ValueError(
            str(say("{answer} is no day; write it like 2026-09-04.", answer=answer))
        ) from None


def _spoken_day(answer: str, year: int | None) -> tuple[int, int, int] | None:
    """Year, month and day of an answer that is one date and nothing else."""
    found = find_dates(answer)
    if len(found) != 1 or answer[found[0].end :].strip(" ."):
        return None
    (mention,) = found
    year = mention.year or year
    if year is None or not mention.day or mention.end_day is not None:
        return None
    return year, mention.month, mention.day


def read_clock(answer: str) -> dt.time:
    """`13:00`, `13.00`, `1300` or `13`.

    Raises:
        ValueError: it is none of these.
    """
    match = re.fullmatch(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:]?([0-5]\d))?", answer, re.IGNORECASE)
    if match is None or int(match[1]) > 23:
        raise ValueError(str(say("{answer} is no time; write it like 13:00.", answer=answer)))
    return dt.time(int(match[1]), int(match[2] or 0))


def read_deadline(answer: str) -> dt.date | dt.datetime:
    """A day, or a day and a clock.

    Raises:
        ValueError: it is neither.
    """
    day, _, clock = answer.partition("T" if "T" in answer else " ")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day) and clock:
        return dt.datetime.combine(read_day(day), read_clock(clock.strip()))
    return read_day(answer)


def _in_event(name: str, read: Callable[[str], object]) -> "_Setter":
    def set_it(release: Release, answer: str) -> tuple[Release, object]:
        value = _read_in_year(read, answer, release) if answer else None
        changes: dict[str, Any] = {name: value}
        event = replace(release.event or Event(), **changes)
        if name == "date" and event.date and not _is_weekday_of(event, event.date):
            event = replace(event, weekday=None)
        if name == "date" and event.date:
            release = _with_deadline(release, event.date)
        return replace(release, event=event), value

    return set_it


def _is_weekday_of(event: Event, day: dt.date) -> bool:
    """Whether the weekday that the text names is the day's; one that slipped goes with the answer."""
    written = (event.weekday or "").casefold().rstrip(".")
    return weekday_numbers().get(written) == day.weekday()


def _with_deadline(release: Release, day: dt.date) -> Release:
    """The deadline in the year of the answer, where the event's year was guessed with it."""
    before, rsvp = _day_of(release), release.rsvp
    if before is None or rsvp is None or rsvp.deadline is None or before.year == day.year:
        return release
    try:
        moved = rsvp.deadline.replace(year=rsvp.deadline.year + day.year - before.year)
    except ValueError:  # 29 February
        return release
    return replace(release, rsvp=replace(rsvp, deadline=moved))


def _read_in_year(read: Callable[[str], object], answer: str, release: Release) -> object:
    """A day may leave out its year where the release has one already, be it guessed."""
    day = _day_of(release)
    return read_day(answer, day.year) if read is read_day and day else read(answer)


def _day_of(release: Release) -> dt.date | None:
    return release.event.date if release.event else None


def _in_rsvp(name: str, read: Callable[[str], object]) -> "_Setter":
    def set_it(release: Release, answer: str) -> tuple[Release, object]:
        value = read(answer) if answer else None
        changes: dict[str, Any] = {name: value}
        return replace(release, rsvp=replace(release.rsvp or Rsvp(), **changes)), value

    return set_it


def _phones(release: Release, answer: str) -> tuple[Release, object]:
    rsvp = release.rsvp or Rsvp()
    others = tuple(phone for phone in rsvp.phones if phone != answer)
    phones = (answer, *others) if answer else ()
    return replace(release, rsvp=replace(rsvp, phones=phones)), answer


def _main_session(release: Release, answer: str) -> tuple[Release, object]:
    """Takes day, clock and place of the chosen session as the event's own."""
    event = release.event or Event()
    for session in event.sessions:
        if answer == name_session(session):
            chosen = replace(
                event,
                date=session.date or event.date,
                start=session.start,
                end=session.end,
                place=session.place or event.place,
            )
            return replace(release, event=chosen), answer
    return replace(
        release, event=replace(event, start=read_clock(answer.rsplit(maxsplit=1)[-1]))
    ), answer


def _title(release: Release, answer: str) -> tuple[Release, object]:
    return replace(release, title=answer), answer


def _language(release: Release, answer: str) -> tuple[Release, object]:
    return replace(release, language=Language(answer.lower())), answer.lower()


def _kind(release: Release, answer: str) -> tuple[Release, object]:
    return replace(release, kind=Kind(answer.lower())), answer.lower()


_Setter = Callable[[Release, str], tuple[Release, object]]
_SETTERS: dict[str, _Setter] = {
    "title": _title,
    "language": _language,
    "kind": _kind,
    "event.date": _in_event("date", read_day),
    "event.end_date": _in_event("end_date", read_day),
    "event.start": _in_event("start", read_clock),
    "event.end": _in_event("end", read_clock),
    "event.place": _in_event("place", str),
    "event.online": _in_event("online", str),
    "event.sessions": _main_session,
    "rsvp.name": _in_rsvp("name", str),
    "rsvp.email": _in_rsvp("email", str),
    "rsvp.phone": _phones,
    "rsvp.url": _in_rsvp("url", str),
    "rsvp.deadline": _in_rsvp("deadline", read_deadline),
}
#: The fields that can be answered.
ANSWERABLE = frozenset(_SETTERS)
