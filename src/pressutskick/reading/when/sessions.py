"""Sessions: several parts of one event, each with its own clock and perhaps its own place."""

import datetime as dt

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page
from pressutskick.reading.spots.clockroles import Role
from pressutskick.reading.when.moments import ClockFound, When
from pressutskick.reading.where.words import clean_place
from pressutskick.release.model import Session

#: Clocks weaker than this in prose make no session.
_FLOOR = 4.0


def read_sessions(page: Page, when: When) -> tuple[Session, ...]:
    """The sessions, or none where the event has only one."""
    clocks = [one for one in when.clocks if one.mention.role is Role.START]
    day = when.day.day.date if when.day else None
    labelled = _distinct(_firsts(clocks), day)
    if len(labelled) > 1:
        return tuple(_session(page, when, one) for one in labelled)
    if labelled:
        return ()
    spoken = _distinct(
        [one for one in clocks if one.candidate.score >= _FLOOR and _meets(one)], day
    )
    if len(spoken) > 1:
        return tuple(_session(page, when, one) for one in spoken)
    return ()


def _firsts(clocks: list[ClockFound]) -> list[ClockFound]:
    """The first clock under each time label; a second one there is a remark about the first."""
    firsts: dict[int, ClockFound] = {}
    for one in clocks:
        if one.is_labelled:
            firsts.setdefault(one.sentence.passage.index, one)
    return list(firsts.values())


def _meets(found: ClockFound) -> bool:
    return meeting_pattern().search(found.sentence.text) is not None


def _distinct(found: list[ClockFound], day: dt.date | None) -> list[ClockFound]:
    """One for each start of a day, the one with an end where it was told twice.

    A clock without a day is of the event's, `day`.
    """
    kept: dict[tuple[dt.date | None, dt.time], ClockFound] = {}
    for one in found:
        key = (one.date or day, one.mention.start)
        if key not in kept or (kept[key].mention.end is None and one.mention.end is not None):
            kept[key] = one
    return list(kept.values())


def _session(page: Page, when: When, found: ClockFound) -> Session:
    day = when.day
    return Session(
        date=found.date or (day.day.date if day else None),
        start=found.mention.start,
        end=found.mention.end,
        place=_place_of(page, found.sentence.passage),
    )


def _place_of(page: Page, passage: Passage) -> str | None:
    """The place label that follows, up to the next time label."""
    for following in page.passages[passage.index + 1 : passage.index + 5]:
        if following.own and following.says(Meaning.WHEN):
            return None
        if following.own and following.says(Meaning.PLACE) and not following.is_empty:
            return clean_place(following.text, following) or None
    return None
