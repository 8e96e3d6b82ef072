"""The questions about clocks: no start, only admission times, or several that could be it."""

import datetime as dt
import re

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.model import Question
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.spots.clockroles import Role
from pressutskick.reading.when.moments import ClockFound, When
from pressutskick.release.model import Session
from pressutskick.sentences import say

#: Words that let the press in.
_MEDIA = re.compile(
    r"\b(?:medi(?:a|er|erna)|pressen|journalister|redaktioner)\s(?:får|kan|är|bjuds|inbjuds|hälsas|erbjuds|har möjlighet)",
    re.IGNORECASE,
)


#: Words of registration, whose clock is a deadline.
_REGISTERS = re.compile(
    r"anmäl|o\.?s\.?a\b|rsvp|senast|senest|innen|påmeld|tilmeld|kredit|mejla|register|@",
    re.IGNORECASE,
)


#: Before the last one of several clocks to choose from.
_CHOICE = re.compile(r"\d\s(?:eller|or)\s(?:kl\.?\s|klockan\s)?$", re.IGNORECASE)
#: A clock that weighs less is no start.
_UNLIKELY = -3.0
#: Minutes between gathering and start that need no asking.
_USUAL_WAIT = 75


def name_session(session: Session) -> str:
    """A session as a choice: `2024-09-04 12:30`."""
    clock = f"{session.start:%H:%M}" if session.start else ""
    return f"{session.date or ''} {clock}".strip()


def about_start(when: When, sessions: tuple[Session, ...]) -> Question | None:
    """No start, only admission times, or several clocks that could be it."""
    if when.start is None:
        clocks = _clocks(when.admissions)
        why = (
            say("Only times of admission or gathering are given, no start.")
            if clocks
            else say("The text names no time at which it starts.")
        )
        return Question(field="event.start", why=why, choices=clocks)
    if sessions:
        return Question(
            field="event.sessions",
            why=say("There are several sessions; which one is the main one?"),
            choices=tuple(name_session(session) for session in sessions),
        )
    rivals = (
        [one.value for one in when.start.rivals]
        or _meeting_beside(when)
        or _far_admissions(when)
        or _dated_gatherings(when)
        or _alternatives(when)
        or _programme(when)
        or _media_times(when)
        or _earlier_times(when)
    )
    if rivals:
        times = dict.fromkeys([when.start.best.value, *rivals])
        return Question(
            field="event.start",
            why=say("Several times could be the start."),
            choices=tuple(f"{time:%H:%M}" for time in times),
        )
    if when.start_found and when.start_found.mention.is_odd:
        return Question(
            field="event.start",
            why=say("“{words}” mixes two ways to tell the time.", words=when.start.best.text),
            choices=(f"{when.start.best.value:%H:%M}",),
        )
    return None


def _meeting_beside(when: When) -> list[dt.time]:
    """`Tid: 9.30–11.00 (pressträff 11.15)`: beside the start, the clock of the press meeting."""
    chosen = when.start_found
    if chosen is None or _names_meeting(chosen):
        return []
    return [
        one.mention.start
        for one in when.clocks
        if one.sentence.passage is chosen.sentence.passage
        and one.mention.start != chosen.mention.start
        and _names_meeting(one)
    ]


def _names_meeting(found: ClockFound) -> bool:
    before = found.sentence.text[max(0, found.mention.at - 30) : found.mention.at]
    return meeting_pattern().search(before) is not None


def _far_admissions(when: When) -> list[dt.time]:
    """People gather minutes before a start; hours before it they gather for something else."""
    if when.start is None or (when.start_found and when.start_found.is_labelled):
        return []
    start = when.start.best.value
    minutes = start.hour * 60 + start.minute - _USUAL_WAIT
    return [
        one.mention.start
        for one in when.admissions
        if one.mention.start.hour * 60 + one.mention.start.minute < minutes
    ]


def _dated_gatherings(when: When) -> list[dt.time]:
    """`Samling: fredag 9 april kl. 22.30` before `Övningen startar: 23.15`.

    Who misses the first misses the bus.
    """
    chosen = when.start_found
    if chosen is None or chosen.is_labelled or chosen.date is not None or when.date is None:
        return []
    return [
        one.mention.start
        for one in when.clocks
        if one.sentence.passage.own
        and one.sentence.passage.says(Meaning.GATHERING)
        and one.date == when.date.best.value
        and one.mention.start < chosen.mention.start
    ]


def _alternatives(when: When) -> list[dt.time]:
    """`något av passen: kl. 09.00, 11.00 eller 13.00`: whoever comes chooses."""
    chosen = when.start_found
    beside = [] if chosen is None else [c for c in when.clocks if c.sentence is chosen.sentence]
    if not any(_CHOICE.search(one.sentence.text[: one.mention.at]) for one in beside):
        return []
    return [one.mention.start for one in beside if one.mention.role is Role.START][1:]


def _media_times(when: When) -> list[dt.time]:
    """`Media får följa övningen mellan 10 och 12`: another clock that is meant for the press."""
    chosen = when.start_found
    if chosen is None or chosen.is_labelled or _MEDIA.search(chosen.sentence.text):
        return []
    return [
        one.mention.start
        for one in when.clocks
        if one.mention.role is Role.START
        and one.mention.start != chosen.mention.start
        and one.date in (None, chosen.date)
        and _MEDIA.search(one.sentence.text)
    ]


def _earlier_times(when: When) -> list[dt.time]:
    """Where no label tells the start, an earlier clock of the day may be it."""
    chosen = when.start_found
    if chosen is None or chosen.is_labelled:
        return []
    return [
        one.mention.start
        for one in when.clocks
        if one.mention.role in (Role.START, Role.DEADLINE)
        and one.mention.start < chosen.mention.start
        and one.date in (None, chosen.date)
        and one.candidate.score > _UNLIKELY
        and not _REGISTERS.search(one.sentence.text)
    ]


def _programme(when: When) -> list[dt.time]:
    """The items of a programme, where the start was taken from one of them."""
    items = [one for one in when.clocks if one.mention.role is Role.START and one.is_item]
    if when.start_found not in items:
        return []
    return sorted({one.mention.start for one in items})


def _clocks(found: tuple[ClockFound, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{one.mention.start:%H:%M}" for one in found))
