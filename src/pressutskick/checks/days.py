"""Checks of days: a weekday that does not fit, a year that is last year's, dates that disagree."""

import datetime as dt
import re
from collections.abc import Iterator

from pressutskick.checks.subject import Subject
from pressutskick.errors import Problem
from pressutskick.reading.page.units import Unit
from pressutskick.reading.spots.dates import DateMention, find_dates, weekday_numbers
from pressutskick.release.model import Event
from pressutskick.sentences import Sentence, say

#: A heading may name the day of something else, before or after which the press is met.
_ELSEWHEN = re.compile(
    r"(?i)\b(inför|før|foran|före|innan|efter|etter|från|sedan|since|ahead of|before|after|from)\b"
)

#: Characters before the weekday of a text that opens with the event's day: `På`, `Nu på`.
_OPENING = 8
#: Days after which an invitation is early: half a year.
_FAR = 183


def check_weekday(subject: Subject) -> Iterator[Problem]:
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


def check_far(subject: Subject) -> Iterator[Problem]:
    """An event far ahead whose year nobody wrote: a weekday that slipped makes it another year."""
    date = subject.event.date
    if date is None or (date - subject.today).days <= _FAR or subject.is_asked("event.date"):
        return
    written = [fact.text for fact in subject.reading.facts if fact.field == "event.date"]
    if subject.is_canonical:
        # Its key always has a year, which may have been chosen without a look.
        written = [row for _, row in subject.rows] + [subject.release.title]
    if any(str(date.year) in text for text in written):
        return
    sentence = say(
        "The event is on {date}, in {count} days; write the year in the text if that is right.",
        date=date.isoformat(),
        count=(date - subject.today).days,
    )
    yield subject.problem("date-far", sentence, subject.line_of("event.date", "event"))


def check_mention(subject: Subject, unit: Unit, mention: DateMention) -> Iterator[Problem]:
    """A date in the prose: the weekday beside it, and a year that may be last year's."""
    anchor = subject.event.date or subject.today
    written = unit.text[mention.start : mention.end]
    line = unit.lines(mention.start, mention.end)[0]
    date = _date_of(mention, mention.year or anchor.year)
    if date is None or mention.relation is not None:
        return
    if line == subject.line_of("event.date") and subject.is_asked("event.date"):
        # The question names the reason already.
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


def check_agreement(subject: Subject) -> Iterator[Problem]:
    """The dates of heading and opening against the event's; and those that an open question offers."""
    for question in subject.reading.questions:
        days = {choice[:10] for choice in question.choices}
        if (
            question.field in ("event.date", "event")
            and len(days) > 1
            and subject.event.date is None
        ):
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
    title, lead = subject.release.title, subject.release.lead or ""
    if heading := _other_day(title, event, event.date):
        sentence = say(
            "The heading says {heading}, the event is on {date}.",
            heading=heading,
            date=event.date.isoformat(),
        )
        yield subject.problem("dates-disagree", sentence, subject.line_of("event.date", "event"))
    first = next(iter(find_dates(lead)), None)
    opens = first is not None and first.start <= _OPENING and first.weekday is not None
    if opens and (told := _other_day(lead, event, event.date)):
        sentence = say(
            "The text begins with {told}, the event is on {date}.",
            told=told,
            date=event.date.isoformat(),
        )
        yield subject.problem("dates-disagree", sentence, subject.line_of("lead", "event.date"))


def _other_day(text: str, event: Event, day: dt.date) -> str | None:
    """The first date of a text that names days, but none of the event's own."""
    found = find_dates(text)
    mentions = [each for each in found if each.day]
    is_spread = any(each.relation for each in found) or (mentions and mentions[0].end_day)
    if not mentions or is_spread or _ELSEWHEN.search(text):
        return None
    days = {day, event.end_date, *(session.date for session in event.sessions)}
    for each in mentions:
        date = _date_of(each, each.year or day.year)
        if date in days or (date and event.end_date and day <= date <= event.end_date):
            return None
    return text[mentions[0].start : mentions[0].end]
