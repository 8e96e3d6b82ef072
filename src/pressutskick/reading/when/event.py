"""When: the event's day, start and end.

Each mention gets a weight from where it stands (under a time label, in the heading, beside the
word for a press meeting) and from what speaks against it (a deadline, a background, another
meeting). Which one it is, is judged by learnt weights that see this and what stands around.
"""

from dataclasses import replace

from pressutskick.reading.learnt.scoring import Judge, Role, judge_all
from pressutskick.reading.roles.surroundings import Surroundings
from pressutskick.reading.spots import clockroles
from pressutskick.reading.weighing import rank
from pressutskick.reading.when.endings import find_end
from pressutskick.reading.when.eventclocks import weigh_clocks
from pressutskick.reading.when.eventdays import weigh_dates
from pressutskick.reading.when.features import day_features, start_features
from pressutskick.reading.when.moments import When

#: A day or clock that is less likely the event's is not taken, and not proposed as such.
_DAY, _START = 0.3, 0.3
#: A clock of admission that weighs less is another event's.
_ADMISSION = 1.5


def read_when(around: Surroundings, judge: Judge = judge_all) -> When:
    """Weighs every date and clock of the page."""
    page = around.page
    sentences = list(page.sentences())
    dates = weigh_dates(page, sentences)
    days = judge(Role.IS_DAY, day_features(around, dates))
    date = rank((one.candidate for one in dates), days, floor=_DAY)
    clocks = weigh_clocks(page, sentences, dates, date)
    day = date.best.value if date else None
    starts = judge(Role.IS_START, start_features(around, clocks, day))
    start = rank((one.candidate for one in clocks), starts, floor=0.0)
    when = When(
        dates=dates,
        clocks=clocks,
        date=date,
        start=start if start and start.best.probability >= _START else None,
        end=None,
        possible_starts=(start.best, *start.rivals) if start else (),
        admissions=tuple(
            one
            for one in clocks
            if one.mention.role is clockroles.Role.GATHERING and one.candidate.score > _ADMISSION
        ),
    )
    return replace(when, end=find_end(around, when, judge))
