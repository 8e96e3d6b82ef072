"""What heads a change: a new time or place, a clarification, or a correction. Pure.

Whoever reads the subject alone must not go to the old place; nor be sent looking for another one
where only the room was added.
"""

import datetime as dt
import re
from collections.abc import Sequence

from pressutskick.message.model import ChangedField, News
from pressutskick.release.likeness import fold
from pressutskick.release.model import Event, Release

#: A word, or a house number with its letter: `12 B` is another house than `12`.
_TOKEN = re.compile(r"\d+(?:\s?[^\W\d_]\b)?|\w+")
#: What may stand between words before a place and the place itself: `Stora salen i Rådhuset`.
_INSIDE = re.compile(r"(?:,|[(–—-]|\b(?:i|på|inne i|in|at|inside))\s*$", re.IGNORECASE)
#: Words that take back what they stand beside.
_TAKEN_BACK = frozenset(
    [
        "inte",
        "ej",
        "istället",
        "stället",
        "ikke",
        "stedet",
        "not",
        "instead",
        "tidigare",
        "tidligere",
        "formerly",
        "flyttat",
    ]
)

#: First day, last day, start, end of the event or a session; None where it is not told.
_Moment = tuple[dt.date | None, dt.date | None, dt.time | None, dt.time | None]


def judge_news(field: ChangedField, before: Release, after: Release) -> News:
    """What a mail about this change alone would be headed with."""
    old, new = before.event or Event(), after.event or Event()
    if field is ChangedField.WHEN:
        return _judge_when(old, new)
    if field is ChangedField.PLACE:
        is_moved_online = new.place is None and new.online is not None and old.online is None
        return News.NEW_PLACE if is_moved_online else judge_place(old.place, new.place)
    if field is ChangedField.GATHERING:
        news = judge_place(old.gathering, new.gathering)
        return news if news is News.CLARIFICATION else News.CORRECTION
    return News.CORRECTION


def judge_place(before: str | None, after: str | None) -> News:
    """A place that was named before and is named more closely now is the same place."""
    if before is None or after is None:
        return News.CLARIFICATION if before is None else News.CORRECTION
    old, new = _tokens(before), _tokens(after)
    if old == new or _holds(before, new):
        return News.CORRECTION
    return News.CLARIFICATION if _holds(after, old) else News.NEW_PLACE


def _tokens(text: str) -> list[str]:
    return [fold(token).replace(" ", "") for token in _TOKEN.findall(text)]


def _holds(text: str, words: Sequence[str]) -> bool:
    """Whether `text` has all the words in their order.

    The first of them stands at its beginning or after a comma or `i`: `Torget vid Rådhuset` is not
    `Rådhuset`.
    """
    found = [(fold(each[0]).replace(" ", ""), each.start()) for each in _TOKEN.finditer(text)]
    if not words or _TAKEN_BACK & {word for word, _ in found} - set(words):
        return False
    at = next((at for at, (word, _) in enumerate(found) if word == words[0]), None)
    if at is None or (at and not _INSIDE.search(text[: found[at][1]])):
        return False
    left = iter(word for word, _ in found[at:])
    return all(word in left for word in words)


def _judge_when(before: Event, after: Event) -> News:
    """New where somebody who has the old time would come at the wrong one."""
    old, new = _list_moments(before), _list_moments(after)
    if before.timezone != after.timezone:
        return News.NEW_TIME
    if old == new:
        places = zip(before.sessions, after.sessions, strict=True)
        judged = {judge_place(one.place, other.place) for one, other in places}
        return News.NEW_PLACE if News.NEW_PLACE in judged else News.CORRECTION
    days = {moment[0] for moment in old}
    is_kept = all(any(_agrees(moment, each) for each in new) for moment in old)
    is_within = all(not days or moment[0] in days for moment in new)
    return News.CLARIFICATION if is_kept and is_within else News.NEW_TIME


def _list_moments(event: Event) -> list[_Moment]:
    own = (event.date, event.end_date, event.start, event.end)
    parts = [(each.date or event.date, None, each.start, each.end) for each in event.sessions]
    return ([own] if any(own) else []) + parts


def _agrees(old: _Moment, new: _Moment) -> bool:
    """Whether all that was told still holds."""
    return all(was is None or was == now for was, now in zip(old, new, strict=True))
