"""When: the event's day, start and end, and the sessions of an event that has several.

Each mention gets a weight from where it stands (under a time label, in the heading, beside the
word for a press meeting) and from what speaks against it (a deadline, a background, another
meeting); `weighing` decides.
"""

import datetime as dt
from dataclasses import replace

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.heading.statuswords import find_status, split_status
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.page import Page
from pressutskick.reading.spots.clockroles import Role
from pressutskick.reading.weighing import Candidate, Verdict, weigh
from pressutskick.reading.when.endings import find_end
from pressutskick.reading.when.eventclocks import weigh_clocks
from pressutskick.reading.when.eventdays import weigh_dates
from pressutskick.reading.when.moments import ClockFound, When
from pressutskick.release.model import ReleaseStatus

#: Below this, a date is too weakly joined to the event to be proposed at all.
_DATE_FLOOR = 0.5
_CLOCK_FLOOR = 1.5
_SOLE_FLOOR = -0.5


def read_when(page: Page) -> When:
    """Weighs every date and clock of the page."""
    sentences = list(page.sentences())
    dates = weigh_dates(page, sentences)
    date = weigh((one.candidate for one in dates), floor=_DATE_FLOOR)
    clocks = weigh_clocks(page, sentences, dates, date)
    starts = [one.candidate for one in clocks if one.mention.role is Role.START]
    start = weigh(starts, floor=_CLOCK_FLOOR) or _sole(starts)
    start = _first_item(clocks, start) or start
    if start is None:
        start = _opening_item(clocks, date)
    if start is None and _is_called_off(page):
        start = _sole([one.candidate for one in clocks if one.mention.role is Role.OTHER])
    when = When(
        dates=dates,
        clocks=clocks,
        date=date,
        start=start,
        end=None,
        admissions=tuple(
            one
            for one in clocks
            if one.mention.role is Role.GATHERING and one.candidate.score > _CLOCK_FLOOR
        ),
    )
    return replace(when, end=find_end(when))


def _first_item(
    clocks: tuple[ClockFound, ...], start: Verdict[dt.time] | None
) -> Verdict[dt.time] | None:
    """Where the start is an item of a programme, the likeliest is the first one of that day."""
    if start is None:
        return None
    best = start.best
    chosen = next(
        one
        for one in clocks
        if one.candidate.value == best.value and one.candidate.lines == best.lines
    )
    meets = meeting_pattern().search(chosen.sentence.text)
    if not chosen.is_item or chosen.is_labelled or meets:
        return None
    items = [
        one
        for one in clocks
        if one.is_item and one.mention.role is Role.START and one.date == chosen.date
    ]
    first = min(items, key=lambda one: one.mention.start)
    return replace(start, best=replace(first.candidate, certainty=Certainty.GUESSED))


def _opening_item(
    clocks: tuple[ClockFound, ...], date: Verdict[dt.date] | None
) -> Verdict[dt.time] | None:
    """Nothing but a programme tells the time: its first item; the rest are rivals."""
    days = (None, date.best.value if date else None)
    items = [
        one.candidate
        for one in clocks
        if one.is_item and one.mention.role is Role.START and one.date in days
    ]
    if not items:
        return None
    first = min(items, key=lambda one: one.value)
    return Verdict(best=replace(first, certainty=Certainty.GUESSED))


def _is_called_off(page: Page) -> bool:
    """A cancelled event has the time at which it would have begun."""
    heading = split_status(page.title.text)[0] if page.title else ReleaseStatus.ORIGINAL
    opening = " ".join(unit.text for unit in page.units[:8])[:3000]
    return find_status(heading, opening) is ReleaseStatus.CANCELLATION


def _sole(starts: list[Candidate[dt.time]]) -> Verdict[dt.time] | None:
    """The only clock of a text is its start, however little speaks for it."""
    near = [one for one in starts if one.score > _SOLE_FLOOR]
    if len({one.value for one in near}) != 1:
        return None
    return Verdict(best=replace(near[0], certainty=Certainty.GUESSED))
