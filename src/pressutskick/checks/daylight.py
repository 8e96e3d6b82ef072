"""Checks of clocks on the nights when the clocks are changed: one hour is skipped, one comes twice."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from pressutskick.checks.subject import Subject
from pressutskick.errors import Problem
from pressutskick.release.model import Kind
from pressutskick.sentences import say


def check_daylight(subject: Subject) -> Iterator[Problem]:
    """Each clock of an invitation's event, on its day in the event's zone."""
    if subject.release.kind is not Kind.INVITATION or not subject.is_certain("event.date"):
        return
    zone = ZoneInfo(subject.event.timezone)
    for name, day, clock in _moments(subject):
        if not subject.is_certain(name):
            continue
        line = subject.line_of(name, name.rpartition(".")[0], "event")
        words = {"clock": f"{clock:%H:%M}", "date": day.isoformat()}
        match _change(dt.datetime.combine(day, clock, zone)):
            case 1:
                sentence = say("There is no {clock} on {date}: the clocks go forward.", **words)
                yield subject.problem("clock-skipped", sentence, line)
            case -1:
                sentence = say(
                    "It is {clock} twice on {date}, when the clocks go back; say which is meant.",
                    **words,
                )
                yield subject.problem("clock-twice", sentence, line)


def _moments(subject: Subject) -> Iterator[tuple[str, dt.date, dt.time]]:
    """Every start and end with its field and day."""
    event = subject.event
    spans = [("event", event.date, event.end_date, event.start, event.end)]
    spans += [
        (f"event.sessions[{index}]", one.date or event.date, None, one.start, one.end)
        for index, one in enumerate(event.sessions)
    ]
    for name, day, last, start, end in spans:
        if day is not None and start is not None:
            yield f"{name}.start", day, start
        if day is not None and end is not None:
            yield f"{name}.end", last or _day_of_end(day, start, end), end


def _day_of_end(day: dt.date, start: dt.time | None, end: dt.time) -> dt.date:
    """An end that is not after the start is past midnight, as the calendar file has it."""
    is_late = start is not None and end <= start and day < dt.date.max
    return day + dt.timedelta(days=1) if is_late else day


def _change(moment: dt.datetime) -> int:
    """1 for a wall clock that the zone skips, -1 for one that it has twice, 0 for any other.

    The two readings of such a clock (PEP 495) lie on either side of the change of offset.
    """
    before = moment.replace(fold=0).utcoffset() or dt.timedelta()
    after = moment.replace(fold=1).utcoffset() or dt.timedelta()
    return (after > before) - (after < before)
