"""Which session of a programme is which of the other: each is told on a line of its own. Pure."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from pressutskick.dispatch.changes.news import judge_session
from pressutskick.mail import Language
from pressutskick.message.dates import format_when
from pressutskick.message.model import Change, ChangedField
from pressutskick.release.model import Event, Release, Session

_Pair = tuple[Session | None, Session | None]
_Likeness = Callable[[Session, Session], bool]


def find_session_changes(before: Release, after: Release) -> Iterator[Change]:
    """Sessions that are off, then those that are other, then the new ones."""
    old, new = before.event or Event(), after.event or Event()
    # The language of the text that is sent; both lines must tell days alike.
    year = {day.year for event in (old, new) for day in _days(event)}
    pairs = sorted(_pair_up(old.sessions, new.sessions), key=_rank)
    for one, other in pairs:
        told = [
            _tell(each, after.language, year=len(year) > 1 or event.date is None) or None
            if each is not None
            else None
            for each, event in ((one, old), (other, new))
        ]
        if told[0] != told[1]:
            news = judge_session(one, other, old, new)
            yield Change(field=ChangedField.SESSION, before=told[0], after=told[1], news=news)


def _rank(pair: _Pair) -> int:
    return 0 if pair[1] is None else 2 if pair[0] is None else 1


def _pair_up(before: Sequence[Session], after: Sequence[Session]) -> list[_Pair]:
    """The surest likeness first; what is left of one programme is in no pair of the other's."""
    old, new = list(before), list(after)
    pairs: list[_Pair] = []
    for is_same in _LIKENESSES:
        for one in tuple(old):
            other = next((each for each in new if is_same(one, each)), None)
            if other is not None:
                pairs.append((one, other))
                old.remove(one)
                new.remove(other)
    return [*pairs, *((one, None) for one in old), *((None, other) for other in new)]


def _is_equal(old: Session, new: Session) -> bool:
    return old == new


def _has_same_title(old: Session, new: Session) -> bool:
    titles = (old.title or "", new.title or "")
    return bool(titles[0]) and titles[0].casefold() == titles[1].casefold()


def _has_same_moment(old: Session, new: Session) -> bool:
    return (old.date, old.start) == (new.date, new.start)


def _may_have_moved(old: Session, new: Session) -> bool:
    """Two that are called differently, at different times, are two."""
    return not (old.title and new.title)


_LIKENESSES: tuple[_Likeness, ...] = (_is_equal, _has_same_title, _has_same_moment, _may_have_moved)


def _days(event: Event) -> Iterator[dt.date]:
    found = (event.date, *(session.date for session in event.sessions))
    return (day for day in found if day is not None)


def _tell(session: Session, language: Language, *, year: bool) -> str:
    words = [format_when(session, language, year=year), session.title, session.place]
    return ", ".join(word for word in words if word)
