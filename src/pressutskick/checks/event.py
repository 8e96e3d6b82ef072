"""Checks of when and where: dates against weekdays and each other, clocks, the place."""

import datetime as dt
import re
from collections.abc import Iterator

from pressutskick.checks.days import check_agreement, check_far, check_mention, check_weekday
from pressutskick.checks.subject import Subject
from pressutskick.errors import Problem
from pressutskick.reading.page.units import Unit
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import find_dates
from pressutskick.release.model import Kind, ReleaseStatus
from pressutskick.sentences import say

_IMPOSSIBLE = re.compile(
    r"(?i)(?:\b(?:kl|klockan|klokken|klokka|tid|tidspunkt)[.:]?\s*"
    r"(?:[012]?\d[.:]\d\d\s*[-–]\s*)?)"
    r"(?P<clock>[012]?\d[.:]\d{3}(?!\d)|[012]?\d[.:][6-9]\d(?![\d.:])|(?:2[5-9]|[3-9]\d)[.:]\d\d(?!\d))"
)


_ONLINE = re.compile(
    r"(?i)\b(webbs(?:ä|e)nd\w*|webbsändning\w*|livesänd\w*|digital(?:t|a)? (?:press|möte)\w*|zoom|teams\w*"
    r"|skype|webinar\w*|webinarium|livestream\w*|virtual\w*|online|teleconference|telefonkonferens)\b"
)


_VAGUE = re.compile(
    r"(?i)(på plats|i lokalen|biblioteket|skolan|rådhuset|kommunhuset|kontoret|utomhus|centrum|torget)"
)


def check_event(subject: Subject) -> Iterator[Problem]:
    """All checks of this module, for an invitation."""
    if subject.release.kind is not Kind.INVITATION:
        return
    yield from _check_presence(subject)
    yield from _check_order(subject)
    yield from check_weekday(subject)
    yield from check_far(subject)
    yield from check_agreement(subject)


def check_dates(subject: Subject) -> Iterator[Problem]:
    """Checks of every date and clock that the prose mentions."""
    for unit in subject.units:
        for mention in find_dates(unit.text):
            yield from check_mention(subject, unit, mention)
        yield from _check_clocks(subject, unit)


def _check_presence(subject: Subject) -> Iterator[Problem]:
    event = subject.event
    if event.date is None and not subject.offers_choice("event.date") and not _has_day(subject):
        line = subject.line_of("event.date", "event", "title")
        yield subject.problem("date-missing", say("There is no date."), line)
    if event.date is not None and not any(session.start for session in event.sessions):
        yield from _check_start(subject)
    place = event.place or event.online or any(session.place for session in event.sessions)
    if not (place or subject.offers_choice("event.place") or _is_online(subject)):
        line = subject.line_of("event.place", "event", "title")
        yield subject.problem("place-missing", say("There is no place."), line)
    elif event.place and _is_vague(event.place):
        sentence = say("“{place}” is no address; say which street.", place=event.place)
        yield subject.problem("place-vague", sentence, subject.line_of("event.place"))
    yield from _check_relative(subject)


def _has_day(subject: Subject) -> bool:
    """Whether a raw text names a day that the reader could not make the event's."""
    return not subject.is_canonical and any(
        mention.day for unit in subject.units for mention in find_dates(unit.text)
    )


def _check_start(subject: Subject) -> Iterator[Problem]:
    event = subject.event
    if event.start is None and not subject.offers_choice("event.start"):
        line = subject.line_of("event.start", "event.date", "event")
        yield subject.problem("start-missing", say("There is no starting time."), line)
    elif event.start is not None and event.end_date not in (None, event.date):
        sentence = say(
            "The event lasts several days; say on which day it is {clock}.",
            clock=event.start.isoformat("minutes"),
        )
        yield subject.problem("clock-without-day", sentence, subject.line_of("event.start"))


def _is_online(subject: Subject) -> bool:
    """Whether the text says that the event is held on the net or by telephone."""
    return any(_ONLINE.search(unit.text) for unit in subject.units)


def _is_vague(place: str) -> bool:
    """A common word without number, street or name."""
    return bool(_VAGUE.fullmatch(place.strip(" .")))


def _check_relative(subject: Subject) -> Iterator[Problem]:
    """`today` says nothing to somebody who reads it tomorrow."""
    # A canonical document shows its date in the facts block of the mail.
    if any(
        fact.field == "event.date" and re.search(r"\d", fact.text) for fact in subject.reading.facts
    ):
        return
    for unit in subject.units:
        for mention in find_dates(unit.text):
            if mention.relation is not None and not mention.day and mention.weekday is None:
                words = unit.text[mention.start : mention.end]
                sentence = say("“{words}” is no date; write the day and month.", words=words)
                line = unit.lines(mention.start, mention.end)[0]
                yield subject.problem("date-relative", sentence, line)
                return


def _check_order(subject: Subject) -> Iterator[Problem]:
    event = subject.event
    day_line = subject.line_of("event.date", "event")
    last = event.end_date or event.date
    called_off = subject.release.status is ReleaseStatus.CANCELLATION
    is_open = subject.is_asked("event.date") or called_off
    if last is not None and last < subject.today and not is_open:
        sentence = say("The event was on {date}; it is over.", date=last.isoformat())
        yield subject.problem("date-past", sentence, day_line)
    if event.date and event.start and event.date == last == subject.today:
        started = dt.datetime.combine(event.date, event.start, subject.now.tzinfo)
        if started < subject.now:
            sentence = say("The event began today at {clock}.", clock=f"{event.start:%H:%M}")
            yield subject.problem("started", sentence, subject.line_of("event.start"))
    if event.date and event.end_date and event.end_date < event.date:
        sentence = say("The last day comes before the first.")
        yield subject.problem("end-before-start", sentence, subject.line_of("event.end_date"))
    yield from _check_span(subject, event.date == last)


def _check_span(subject: Subject, same_day: bool) -> Iterator[Problem]:
    event = subject.event
    spans = [("event", event.start, event.end)] if same_day else []
    spans += [
        (f"event.sessions[{index}]", session.start, session.end)
        for index, session in enumerate(event.sessions)
    ]
    for name, start, end in spans:
        # A party may end after midnight; a press meeting that begins by day may not.
        if start is None or end is None or start < end or (start.hour >= 17 and end.hour < 6):
            continue
        if not subject.is_canonical and subject.line_of(f"{name}.end") != subject.line_of(
            f"{name}.start"
        ):
            continue  # two clocks that only the reader has put together
        sentence = say(
            "The end, {end}, does not come after the start, {start}.",
            end=f"{end:%H:%M}",
            start=f"{start:%H:%M}",
        )
        line = subject.line_of(f"{name}.end", f"{name}.start", name)
        yield subject.problem("end-before-start", sentence, line)


def _check_clocks(subject: Subject, unit: Unit) -> Iterator[Problem]:
    for match in _IMPOSSIBLE.finditer(unit.text):
        sentence = say("{clock} is no time of day.", clock=match["clock"])
        line = unit.lines(match.start("clock"), match.end("clock"))[0]
        yield subject.problem("clock-impossible", sentence, line)
    for clock in find_clocks(unit.text):
        if clock.is_odd:
            words = unit.text[clock.at : clock.stop]
            sentence = say(
                "“{words}” can be read in two ways; write it on the 24-hour clock.", words=words
            )
            yield subject.problem("clock-style", sentence, unit.lines(clock.at, clock.stop)[0])
