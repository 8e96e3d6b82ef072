"""What heads a change: a new time or place, a clarification, or a correction. Pure.

Whoever reads the subject alone must not go to the old place, or come at the old time; nor be sent
looking for another one where only the room was added.
"""

import datetime as dt

from pressutskick.dispatch.changes.places import Likeness, compare_places
from pressutskick.message.model import ChangedField, News
from pressutskick.release.model import Event, Release, Session

#: First day, last day, start, end of the event or a session; None where it is not told.
_Moment = tuple[dt.date | None, dt.date | None, dt.time | None, dt.time | None]
#: What is said of a session of which several things are other.
_BY_WEIGHT = (
    News.POSTPONED,
    News.NEW_TIME,
    News.NEW_PLACE,
    News.TIME_WITHDRAWN,
    News.NEW_PROGRAMME,
    News.CORRECTION,
    News.CLARIFICATION,
)


def judge_news(field: ChangedField, before: Release, after: Release) -> News:
    """What a mail about this change alone would be headed with."""
    old, new = before.event or Event(), after.event or Event()
    if field is ChangedField.WHEN:
        return _judge_when(old, new)
    if field is ChangedField.PLACE:
        return _judge_where(old, new)
    if field is ChangedField.GATHERING:
        news = judge_place(old.gathering, new.gathering)
        return news if news is News.CLARIFICATION else News.CORRECTION
    return News.CORRECTION


def judge_place(before: str | None, after: str | None) -> News:
    """A place that was named before and is named more closely now is the same place."""
    if before is None or after is None:
        return News.CLARIFICATION if before is None else News.CORRECTION
    return {
        Likeness.CLOSER: News.CLARIFICATION,
        Likeness.LOOSER: News.CORRECTION,
        Likeness.OTHER: News.NEW_PLACE,
    }[compare_places(before, after)]


def judge_session(old: Session | None, new: Session | None, before: Event, after: Event) -> News:
    """The same for a part of the programme of `before` or `after`; None where it is in one only."""
    if new is None:
        is_dateless = _list_days(before) and not _list_days(after)
        return News.POSTPONED if is_dateless else News.NEW_PROGRAMME
    if old is None:
        days = _list_days(before)
        is_expected = not days or (new.date or after.date) in days
        return News.CLARIFICATION if is_expected else News.NEW_PROGRAMME
    found = {_judge_clock(old, new, before, after)}
    if old.place != new.place:
        found.add(judge_place(old.place, new.place))
    if old.title != new.title:
        found.add(News.CORRECTION)
    if {News.NEW_TIME, News.NEW_PLACE} <= found:
        return News.NEW_TIME_AND_PLACE
    return next(each for each in _BY_WEIGHT if each in found)


def _judge_where(before: Event, after: Event) -> News:
    """Who was to sit at a screen is to come to a place, or the other way round."""
    is_moved_online = after.place is None and after.online is not None
    is_moved_here = before.place is None and before.online is not None and after.online is None
    if is_moved_online or is_moved_here:
        return News.NEW_PLACE
    return judge_place(before.place, after.place)


def _judge_when(before: Event, after: Event) -> News:
    """New where somebody who has the old time would come at the wrong one."""
    if before.timezone != after.timezone:
        return News.NEW_TIME
    own: _Moment = (before.date, before.end_date, before.start, before.end)
    days, moments = _list_days(before), _list_moments(after)
    if days and not _list_days(after):
        return News.POSTPONED
    if not days and _list_days(after):
        # What was put off has a day again.
        return News.NEW_TIME
    is_kept = not any(own) or any(_agrees(own, each) for each in moments)
    if is_kept:
        is_within = all(not days or moment[0] in days for moment in moments)
        return News.CLARIFICATION if is_within else News.NEW_TIME
    return _judge_withdrawal(own, moments)


def _judge_withdrawal(own: _Moment, moments: list[_Moment]) -> News:
    """Less is said of the same day, or something else."""
    first, last, start, _ = own
    if any(_agrees((first, last, start, None), each) for each in moments):
        return News.CORRECTION
    is_same_day = any(_agrees((first, last, None, None), each) for each in moments)
    is_without_clock = not any(each[2] for each in moments)
    return News.TIME_WITHDRAWN if is_same_day and is_without_clock else News.NEW_TIME


def _judge_clock(old: Session, new: Session, before: Event, after: Event) -> News:
    was: _Moment = (old.date or before.date, None, old.start, old.end)
    now: _Moment = (new.date or after.date, None, new.start, new.end)
    if _agrees(was, now):
        return News.CLARIFICATION
    if was[0] is not None and now[0] is None:
        return News.NEW_PROGRAMME if _list_days(after) else News.POSTPONED
    news = _judge_withdrawal(was, [now])
    if news is News.TIME_WITHDRAWN and any(each[2] for each in _list_moments(after)):
        return News.NEW_PROGRAMME
    return news


def _list_days(event: Event) -> list[dt.date]:
    return [moment[0] for moment in _list_moments(event) if moment[0] is not None]


def _list_moments(event: Event) -> list[_Moment]:
    own: _Moment = (event.date, event.end_date, event.start, event.end)
    parts: list[_Moment] = [
        (each.date or event.date, None, each.start, each.end) for each in event.sessions
    ]
    return ([own] if any(own) else []) + parts


def _agrees(old: _Moment, new: _Moment) -> bool:
    """Whether all that was told still holds."""
    return all(was is None or was == now for was, now in zip(old, new, strict=True))
