"""When: the event's day, start and end, and the sessions of an event that has several.

Each mention gets a weight from where it stands (under a time label, in the heading, beside the
word for a press meeting) and from what speaks against it (a deadline, a background, another
meeting); `weighing` decides.
"""

import datetime as dt
from dataclasses import replace

from pressutskick.release.facts.clocks import Role
from pressutskick.release.facts.endings import find_end
from pressutskick.release.facts.eventclocks import weigh_clocks
from pressutskick.release.facts.eventdays import weigh_dates
from pressutskick.release.facts.model import Certainty
from pressutskick.release.facts.moments import When
from pressutskick.release.facts.page import Page
from pressutskick.release.facts.weighing import Candidate, Verdict, weigh

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


def _sole(starts: list[Candidate[dt.time]]) -> Verdict[dt.time] | None:
    """The only clock of a text is its start, however little speaks for it."""
    near = [one for one in starts if one.score > _SOLE_FLOOR]
    if len({one.value for one in near}) != 1:
        return None
    return Verdict(best=replace(near[0], certainty=Certainty.GUESSED))
