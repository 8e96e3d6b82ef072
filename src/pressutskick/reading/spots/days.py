"""Which day a date means, seen from the day on which it is read.

A weekday with a day and month comes back only after 5, 6 or 11 years, so near the anchor (the
publication stamp, else now) it fixes the year.
"""

import datetime as dt
from dataclasses import dataclass

from pressutskick.reading.spots.dates import DateMention, Relation

#: How far back of the anchor an event may lie before the reading is doubted; an invitation is
#: read, sent and reminded of before its event, or on its day.
_BACK = dt.timedelta(days=14)
#: How far ahead an event is expected without being asked about.
_AHEAD = dt.timedelta(days=240)
#: A day and month so near ahead need neither weekday nor year.
_NEAR = dt.timedelta(days=60)
#: Years from now on in which a day with another weekday is looked for.
_FAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Which day a mention means. `is_sure` is False where a person must look: no weekday and no
    year, or a weekday that no near year fits (`contradicts`). `choices` are the days that it may
    mean then, the likeliest first.
    """  # noqa: D205

    date: dt.date
    end_date: dt.date | None = None
    is_read: bool = False
    is_sure: bool = True
    contradicts: bool = False
    choices: tuple[dt.date, ...] = ()


def resolve(mention: DateMention, anchor: dt.date, *, is_stamp: bool) -> Day | None:
    """The day that `mention` means, seen from `anchor`; None where there is no such day.

    Args:
        mention: what the text says.
        anchor: the publication day where `is_stamp`, else the day on which it is read.
        is_stamp: whether the anchor stands in the text; only then `today`, or a day and month
            that are neither near nor have a weekday, can be trusted.
    """
    if mention.relation is not None:
        return _resolve_relative(mention, anchor, is_stamp=is_stamp)
    if mention.year is not None:
        first = _date(mention.year, mention.month, mention.day)
        if first is None:
            return None
        return Day(
            date=first,
            end_date=_last(mention, first),
            is_read=True,
            contradicts=not _fits(mention, first),
            is_sure=_fits(mention, first),
        )
    return _resolve_year(mention, anchor, is_stamp=is_stamp)


def _resolve_relative(mention: DateMention, anchor: dt.date, *, is_stamp: bool) -> Day:
    ahead = 0
    if mention.relation is Relation.TOMORROW:
        ahead = 1
    elif mention.relation is Relation.WEEKDAY and mention.weekday_number is not None:
        ahead = (mention.weekday_number - anchor.weekday()) % 7
    is_sure = is_stamp or mention.relation is Relation.WEEKDAY
    return Day(date=anchor + dt.timedelta(days=ahead), is_sure=is_sure)


def _resolve_year(mention: DateMention, anchor: dt.date, *, is_stamp: bool) -> Day | None:
    years = range(anchor.year - 5, anchor.year + 6)
    days = [day for year in years if (day := _date(year, mention.month, mention.day))]
    if not days:
        return None
    ahead = [day for day in days if day >= anchor - _BACK] or days
    nearest = min(ahead, key=lambda day: abs(day - anchor))
    coming = next((day for day in days if day >= anchor), nearest)
    if mention.weekday_number is None:
        ahead_of_it = nearest - anchor
        sure = dt.timedelta() <= ahead_of_it <= _NEAR or (is_stamp and ahead_of_it <= _AHEAD)
        return Day(date=nearest, end_date=_last(mention, nearest), is_sure=sure, choices=(coming,))
    fitting = [day for day in days if _fits(mention, day)]
    best = min(fitting, key=lambda day: _distance(day, anchor), default=coming)
    if fitting and -_BACK <= best - anchor <= _AHEAD:
        return Day(date=best, end_date=_last(mention, best))
    return Day(
        date=coming,
        end_date=_last(mention, coming),
        is_sure=False,
        contradicts=not _fits(mention, coming) or is_stamp,
        choices=_choices(mention, coming, anchor),
    )


def _choices(mention: DateMention, coming: dt.date, anchor: dt.date) -> tuple[dt.date, ...]:
    """What a weekday that does not fit may mean, nothing of it past.

    The coming day of that number, the day of that weekday beside it, and the coming year in which
    both are right.
    """
    if _fits(mention, coming):
        return (coming,)
    beside = [coming + dt.timedelta(days=more) for more in (-1, 1, -2, 2, -3, 3)]
    far = (_date(coming.year + more, mention.month, mention.day) for more in range(1, _FAR))
    return (
        coming,
        *[day for day in beside if day >= anchor and _fits(mention, day)],
        *[day for day in far if day is not None and _fits(mention, day)],
    )


def _distance(day: dt.date, anchor: dt.date) -> dt.timedelta:
    """Near is good, and ahead is better: an event behind us counts double."""
    gap = day - anchor
    return gap if gap >= -_BACK else -gap * 2


def _fits(mention: DateMention, day: dt.date) -> bool:
    return mention.weekday_number in (None, day.weekday())


def _last(mention: DateMention, first: dt.date) -> dt.date | None:
    if mention.end_day is None or mention.end_month is None:
        return None
    year = first.year + (mention.end_month < first.month)
    last = _date(year, mention.end_month, mention.end_day)
    return last if last and last > first else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
