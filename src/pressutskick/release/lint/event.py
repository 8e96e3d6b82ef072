"""Checks of when and where: dates against weekdays and each other, clocks, the place."""

import datetime as dt
import re
from collections.abc import Iterator

from pressutskick.errors import Problem
from pressutskick.release.facts.clocks import find_clocks
from pressutskick.release.facts.dates import DateMention, find_dates, weekday_numbers
from pressutskick.release.facts.lines import Unit
from pressutskick.release.lint.subject import Subject
from pressutskick.release.model import Kind, ReleaseStatus
from pressutskick.sentences import Sentence, say

_IMPOSSIBLE = re.compile(
    r"(?i)(?:\b(?:kl|klockan|klokken|klokka|tid|tidspunkt)[.:]?\s*"
    r"(?:[012]?\d[.:]\d\d\s*[-–]\s*)?)"
    r"(?P<clock>[012]?\d[.:]\d{3}(?!\d)|[012]?\d[.:][6-9]\d(?![\d.:])|(?:2[5-9]|[3-9]\d)[.:]\d\d(?!\d))"
)
#: A heading may name the day of something else, before or after which the press is met.
_ELSEWHEN = re.compile(
    r"(?i)\b(inför|før|foran|före|innan|efter|etter|från|sedan|since|ahead of|before|after|from)\b"
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
    yield from _check_weekday(subject)
    yield from _check_agreement(subject)


def check_dates(subject: Subject) -> Iterator[Problem]:
    """Checks of every date and clock that the prose mentions."""
    for unit in subject.units:
        for mention in find_dates(unit.text):
            yield from _check_mention(subject, unit, mention)
        yield from _check_clocks(subject, unit)


# What must be there -------------------------------------------------------------------------------


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


# Order --------------------------------------------------------------------------------------------


def _check_order(subject: Subject) -> Iterator[Problem]:
    event = subject.event
    day_line = subject.line_of("event.date", "event")
    last = event.end_date or event.date
    called_off = subject.release.status is ReleaseStatus.CANCELLATION
    if last is not None and last < subject.today and not called_off:
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


# Weekdays and years -------------------------------------------------------------------------------


def _check_weekday(subject: Subject) -> Iterator[Problem]:
    """The event's own weekday, in a document where a person wrote both."""
    event = subject.event
    number = weekday_numbers().get((event.weekday or "").casefold().rstrip("."))
    days = {day.weekday() for day in (event.date, event.end_date) if day is not None}
    if (
        event.date is None
        or number is None
        or number in days
        or not subject.is_certain("event.date")
    ):
        return
    sentence = say(
        "{date} is a {right}, not a {written}.",
        date=event.date.isoformat(),
        right=weekday_word(event.date),
        written=weekday_name(number),
    )
    line = subject.line_of("event.weekday", "event.date")
    yield subject.problem("weekday-wrong", sentence, line)


def _check_mention(subject: Subject, unit: Unit, mention: DateMention) -> Iterator[Problem]:
    """A date in the prose: the weekday beside it, and a year that may be last year's."""
    anchor = subject.event.date or subject.today
    written = unit.text[mention.start : mention.end]
    line = unit.lines(mention.start, mention.end)[0]
    date = _date_of(mention, mention.year or anchor.year)
    if date is None or mention.relation is not None:
        return
    # A range's weekday may be that of its first or its last day (`fredag-söndag 3-5 maj`).
    spread = max(0, (mention.end_day or 0) - mention.day)
    days = {(date.weekday() + more) % 7 for more in (0, spread)}
    fits = mention.weekday_number is None or mention.weekday_number in days
    if mention.year is not None:
        near = _date_of(mention, anchor.year)
        renewed = near is not None and (
            near.weekday() == mention.weekday_number
            if mention.weekday_number is not None
            else abs((near - anchor).days) <= 1
        )
        if mention.year == anchor.year - 1 and renewed and (not fits or not mention.weekday):
            sentence = say(
                "“{written}” has last year's year; is {year} meant?",
                written=written,
                year=anchor.year,
            )
            yield subject.problem("year-stale", sentence, line)
        elif not fits:
            yield _doubtful(subject, written, date, line)
    elif not fits and not _fits_near_year(mention, anchor):
        yield _doubtful(subject, written, date, line)


def _doubtful(subject: Subject, written: str, date: dt.date, line: int) -> Problem:
    sentence = say(
        "“{written}”: {date} is a {right}.",
        written=written,
        date=date.isoformat(),
        right=weekday_word(date),
    )
    return subject.problem("weekday-doubtful", sentence, line)


def _fits_near_year(mention: DateMention, anchor: dt.date) -> bool:
    """Whether the weekday is right a year earlier or later, within ten months of the event."""
    for year in (anchor.year - 1, anchor.year + 1):
        date = _date_of(mention, year)
        if (
            date is not None
            and abs((date - anchor).days) < 300
            and date.weekday() == mention.weekday_number
        ):
            return True
    return False


def _date_of(mention: DateMention, year: int) -> dt.date | None:
    try:
        return dt.date(year, mention.month, mention.day)
    except ValueError:
        return None


def weekday_word(date: dt.date) -> Sentence:
    """The weekday's name as a sentence, so that it is told in the person's language."""
    return weekday_name(date.weekday())


def weekday_name(number: int) -> Sentence:
    """The same of Monday 0 to Sunday 6."""
    return (
        say("Monday"),
        say("Tuesday"),
        say("Wednesday"),
        say("Thursday"),
        say("Friday"),
        say("Saturday"),
        say("Sunday"),
    )[number]


# Agreement ----------------------------------------------------------------------------------------


def _check_agreement(subject: Subject) -> Iterator[Problem]:
    """The heading's date against the event's; and the dates that an open question offers."""
    for question in subject.reading.questions:
        days = {choice[:10] for choice in question.choices}
        if question.field in ("event.date", "event") and len(days) > 1:
            months = {day[5:] for day in days}
            if len(months) > 1:
                sentence = say(
                    "The text gives several dates: {days}.", days=", ".join(sorted(days))
                )
                line = subject.line_of("event.date", "event", "title")
                yield subject.problem("dates-disagree", sentence, line)
                return
    event = subject.event
    if event.date is None:
        return
    days_of_event = {event.date, event.end_date, *(session.date for session in event.sessions)}
    mentions = [each for each in find_dates(subject.release.title) if each.day]
    found = [_date_of(each, each.year or event.date.year) for each in mentions]
    inside = any(
        date in days_of_event
        or (
            date is not None and event.end_date is not None and event.date <= date <= event.end_date
        )
        for date in found
    )
    title = subject.release.title
    if found and not inside and not (mentions[0].end_day or _ELSEWHEN.search(title)):
        sentence = say(
            "The heading says {heading}, the event is on {date}.",
            heading=title[mentions[0].start : mentions[0].end],
            date=event.date.isoformat(),
        )
        yield subject.problem("dates-disagree", sentence, subject.line_of("event.date", "event"))


# Clocks -------------------------------------------------------------------------------------------


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
