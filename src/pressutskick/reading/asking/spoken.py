"""A day or a moment as a person types it: `9 december`, `9/12`, `fredag`, `imorgon 07:00`, `07:00`.

What names no year, or a weekday or a clock alone, is the next that comes.
"""

import datetime as dt
import re
from dataclasses import dataclass

from pressutskick.reading.asking.answers import read_clock
from pressutskick.reading.spots.dates import DateMention, Relation, find_dates

#: What may stand before a day, and before a clock.
_BEFORE_DAY = re.compile(r"(?:nu )?(?:på|on|den)?", re.IGNORECASE)
_BEFORE_CLOCK = re.compile(r"^(?:[,.]|kl(?:ockan|\.)?|at)\s*", re.IGNORECASE)
#: A clock without a day must look like one: `7` may be anything.
_CLOCK_ALONE = re.compile(r"\d{1,2}[.:]\d\d")


class WrongDayError(ValueError):
    """The weekday that was typed is not that of the date, `day`."""

    def __init__(self, day: dt.date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What was typed: a day, a clock, or both. `is_loose` where the day was a weekday alone."""

    day: dt.date | None
    clock: dt.time | None
    is_loose: bool = False

    def moment(self, now: dt.datetime) -> dt.datetime:
        """The next such moment on the wall (without zone) after `now`; of a day alone its first."""
        clock, wall = self.clock or dt.time(), now.replace(tzinfo=None)
        moment = dt.datetime.combine(self.day or wall.date(), clock)
        if moment <= wall and self.day is None:
            return moment + dt.timedelta(days=1)
        is_over = self.clock is not None and moment <= wall
        return moment + dt.timedelta(days=7) if is_over and self.is_loose else moment


def understand(text: str, today: dt.date) -> Spoken:
    """What somebody means who types `text` on `today`.

    Raises:
        WrongDayError: the date falls on another weekday.
        ValueError: it is no day and no clock, or there is no such day.
    """
    text = " ".join(text.split())
    found = find_dates(text)
    if not found and _CLOCK_ALONE.fullmatch(clock := _BEFORE_CLOCK.sub("", text)):
        return Spoken(day=None, clock=read_clock(clock))
    if len(found) != 1 or found[0].end_day or found[0].end_month:
        raise ValueError(text)
    (mention,) = found
    if not _BEFORE_DAY.fullmatch(text[: mention.start].strip()):
        raise ValueError(text)
    rest = _BEFORE_CLOCK.sub("", text[mention.end :].strip())
    return Spoken(
        day=_coming(mention, today),
        clock=read_clock(rest) if rest else None,
        is_loose=mention.relation is Relation.WEEKDAY,
    )


def _coming(mention: DateMention, today: dt.date) -> dt.date:
    """The day of the mention: today or later, unless a year says otherwise."""
    if mention.relation is Relation.WEEKDAY and mention.weekday_number is not None:
        return today + dt.timedelta(days=(mention.weekday_number - today.weekday()) % 7)
    if mention.relation is not None:
        return today + dt.timedelta(days=mention.relation is Relation.TOMORROW)
    day = _next_date(mention, today)
    if mention.weekday_number not in (None, day.weekday()):
        raise WrongDayError(day)
    return day


def _next_date(mention: DateMention, today: dt.date) -> dt.date:
    """A 29 February may be years ahead.

    Raises:
        ValueError: there is no such day.
    """
    if mention.year is not None:
        return dt.date(mention.year, mention.month, mention.day)
    for year in range(today.year, today.year + 9):
        try:
            day = dt.date(year, mention.month, mention.day)
        except ValueError:
            continue
        if day >= today:
            return day
    raise ValueError(mention)
