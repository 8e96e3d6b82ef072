"""The questions about clocks: no start, only admission times, or several that could be it."""

import datetime as dt

from pressutskick.reading.asking.offers import first_of, offer
from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.model import Choice, Question
from pressutskick.reading.weighing import Candidate
from pressutskick.reading.when.moments import SURE_START, ClockFound, When, is_sure
from pressutskick.release.model import Session
from pressutskick.sentences import say

#: So much before a clock tells whether it is the meeting's.
_BEFORE = 30
#: Minutes between gathering and start that need no asking.
_USUAL_WAIT = 75


def name_session(session: Session) -> str:
    """A session as a choice: `2024-09-04 12:30`."""
    clock = f"{session.start:%H:%M}" if session.start else ""
    return f"{session.date or ''} {clock}".strip()


def about_start(when: When, sessions: tuple[Session, ...]) -> Question | None:
    """No start, only admission times, or several clocks that could be it."""
    if when.start is None:
        admissions = [one.candidate for one in when.admissions]
        why = (
            say("Only times of admission or gathering are given, no start.")
            if admissions
            else say("The text names no time at which it starts.")
        )
        return Question(
            field="event.start", why=why, offers=offer(*when.possible_starts, *admissions)
        )
    best = when.start.best
    if sessions:
        return Question(
            field="event.sessions",
            why=say("There are several sessions; which one is the main one?"),
            offers=_sessions(when, sessions),
        )
    beside = _meeting_beside(when) or _far_admissions(when)
    if beside or not is_sure(when.start, SURE_START):
        offers = offer(best, *beside, *when.start.rivals)
        why = (
            say("Several times could be the start.")
            if len(offers) > 1
            else say("It is not plain that “{words}” is the start.", words=best.text)
        )
        return Question(field="event.start", why=why, offers=offers)
    if when.start_found and when.start_found.mention.is_odd:
        return Question(
            field="event.start",
            why=say("“{words}” mixes two ways to tell the time.", words=best.text),
            offers=offer(best),
        )
    return None


def _meeting_beside(when: When) -> list[Candidate[dt.time]]:
    """`Tid: 9.30–11.00 (pressträff 11.15)`: beside the start, the clock of the press meeting."""
    chosen = when.start_found
    if chosen is None or _names_meeting(chosen):
        return []
    return [
        one.candidate
        for one in when.clocks
        if one.sentence.passage is chosen.sentence.passage
        and one.mention.start != chosen.mention.start
        and _names_meeting(one)
    ]


def _far_admissions(when: When) -> list[Candidate[dt.time]]:
    """People gather minutes before a start; hours before it they gather for something else."""
    if when.start is None or (when.start_found and when.start_found.is_labelled):
        return []
    start = when.start.best.value
    least = start.hour * 60 + start.minute - _USUAL_WAIT
    return [
        one.candidate
        for one in when.admissions
        if one.mention.start.hour * 60 + one.mention.start.minute < least
    ]


def _names_meeting(found: ClockFound) -> bool:
    before = found.sentence.text[max(0, found.mention.at - _BEFORE) : found.mention.at]
    return meeting_pattern().search(before) is not None


def _sessions(when: When, sessions: tuple[Session, ...]) -> tuple[Choice, ...]:
    """The sessions, the one with the likeliest start first."""
    likely = {one.value: one for one in when.possible_starts}
    ranked = sorted(
        sessions, key=lambda one: -likely[one.start].probability if one.start in likely else 0.0
    )
    return first_of(
        Choice(
            value=name_session(one),
            lines=likely[one.start].lines if one.start in likely else None,
            text=likely[one.start].text if one.start in likely else "",
            probability=round(likely[one.start].probability, 3) if one.start in likely else None,
        )
        for one in ranked
    )
