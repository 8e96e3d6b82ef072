"""Reminders on the clock: when each is due, and whether it may go at a given moment.

A reminder hangs on the event, not on the mail before it. Pure: the clock, the zone's calm hours and
what was sent before are passed in. All comparisons are between moments in UTC, so that a change to
or from summer time neither skips nor doubles one; a wall clock that does not exist that day is
moved past the gap, one that comes twice means its first time.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from pressutskick.dispatch.reminders.quiet import Calm, is_swedish_holiday, parse_quiet_hours
from pressutskick.dispatch.reminders.words import (
    COOL_OFF,
    LONGEST,
    ROOM,
    TOO_LATE,
    Reminder,
    read_reminders,
)
from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.release.model import Event, Release
from pressutskick.sentences import Sentence, say

_MINUTE = dt.timedelta(minutes=1)
_STEP = dt.timedelta(minutes=5)


def read_calm(release: Release) -> Calm:
    """When the release's reminders must not go out: the default, or what its front matter says.

    Raises:
        InputError: its quiet hours cannot be read.
    """
    zone = ZoneInfo((release.event or Event()).timezone)
    is_holiday = None if release.reminders_on_holidays else is_swedish_holiday
    if release.quiet_hours is None:
        return Calm(zone=zone, is_holiday=is_holiday)
    try:
        quiet = parse_quiet_hours(release.quiet_hours)
    except ValueError as error:
        text = release.quiet_hours
        sentence = say("“{text}” are no quiet hours; write 20:00-07:00 or none.", text=text)
        problem = Problem(code="quiet-hours-invalid", severity=Severity.ERROR, sentence=sentence)
        raise InputError(problems=[problem]) from error
    return Calm(zone=zone, quiet=quiet, is_holiday=is_holiday)


def check_timing(release: Release, file: str) -> tuple[Problem, ...]:
    """What is wrong with the reminders and the quiet hours of the release in `file`."""
    found: list[Problem] = []
    for read in (read_reminders, read_calm):
        try:
            read(release)
        except InputError as error:
            found += error.problems
    return tuple(replace(problem, origin=Origin(file=file)) for problem in found)


def find_start(event: Event) -> dt.datetime | None:
    """When the event begins, UTC: its own date or its first session; None without a date.

    Without a clock the day's end counts, so that nothing is called too late for it before.
    """
    parts = [(event.date, event.start), *((part.date, part.start) for part in event.sessions)]
    zone = ZoneInfo(event.timezone)
    dated = [
        resolve(date or event.date, clock or dt.time(23, 59), zone)
        for date, clock in parts
        if (date or event.date) is not None and (clock is not None or date is not None)
    ]
    return min(dated, default=None)


def resolve(date: dt.date | None, clock: dt.time, zone: ZoneInfo) -> dt.datetime:
    """A wall clock -> UTC: past the gap where it does not exist, the first where it comes twice."""
    assert date is not None  # noqa: S101 - for mypy: the caller has looked
    return dt.datetime.combine(date, clock, zone).astimezone(dt.UTC)


def find_planned(reminder: Reminder, event: Event) -> dt.datetime | None:
    """When `reminder` was meant to go, UTC, whatever that hour is; None without a date."""
    start = find_start(event)
    if start is None:
        return None
    if not reminder.is_in_days:
        return start - reminder.lead
    zone = ZoneInfo(event.timezone)
    local = start.astimezone(zone)
    clock = reminder.clock or (local.time() if _has_clock(event) else dt.time(8))
    return resolve(local.date() - reminder.lead, clock, zone)


def _has_clock(event: Event) -> bool:
    return event.start is not None or any(part.start for part in event.sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderTime:
    """A reminder of one event on the clock: all times UTC.

    `planned` is what was written, `due` when it goes: moved to a permitted hour where needed, None
    where there is none before the event.
    """

    planned: dt.datetime
    due: dt.datetime | None
    start: dt.datetime

    @property
    def is_moved(self) -> bool:
        """Whether it goes at another time than was written."""
        return self.due is not None and self.due != self.planned


def find_times(release: Release, calm: Calm) -> tuple[ReminderTime, ...]:
    """All reminders of `release` in the order in which they go, each time once.

    Raises:
        InputError: see `read_reminders`.
    """
    event = release.event
    start = find_start(event) if event is not None else None
    if event is None or start is None:
        return ()
    found: dict[dt.datetime, ReminderTime] = {}
    for reminder in read_reminders(release):
        planned = find_planned(reminder, event)
        if planned is None:
            continue
        due = find_permitted(planned, start, calm)
        found.setdefault(due or planned, ReminderTime(planned=planned, due=due, start=start))
    return tuple(found[moment] for moment in sorted(found))


def find_permitted(planned: dt.datetime, start: dt.datetime, calm: Calm) -> dt.datetime | None:
    """When a reminder for `planned` goes: never in a forbidden hour, with `ROOM` to be sent.

    On a holiday it goes on the last working day before, at the same clock. In quiet hours it goes
    later the same day where that leaves `ROOM` before the event, earlier otherwise. None where it
    was planned too close to the event or after it.
    """
    if planned + ROOM > start:
        return None
    if calm.is_on_holiday(planned):
        planned = _find_working_day(planned, calm)
    if _has_room(planned, calm):
        return planned
    if calm.is_quiet(planned):
        later = planned
        while _is_same_day(later + _STEP, planned, calm.zone) and later + _STEP + ROOM <= start:
            later += _STEP
            if _has_room(later, calm):
                return _first_minute(later, calm)
    earlier = planned
    while planned - earlier < LONGEST:
        earlier -= _STEP
        if _has_room(earlier, calm):
            return earlier
    return None


def _has_room(moment: dt.datetime, calm: Calm) -> bool:
    """Whether nothing forbids sending from `moment` on for `ROOM`."""
    last = ROOM - _MINUTE
    return not any(calm.forbids(moment + last * share / 2) for share in range(3))


def _first_minute(moment: dt.datetime, calm: Calm) -> dt.datetime:
    """The minute in which the quiet hours before `moment` ended, for a time that looks chosen."""
    while not calm.forbids(moment - _MINUTE):
        moment -= _MINUTE
    return moment.replace(second=0, microsecond=0)


def _find_working_day(moment: dt.datetime, calm: Calm) -> dt.datetime:
    """The same clock on the last day before that is neither a holiday nor in a week-end."""
    local = moment.astimezone(calm.zone)
    for back in range(1, 15):
        day = local.date() - dt.timedelta(days=back)
        candidate = resolve(day, local.time(), calm.zone)
        if day.weekday() < 5 and not calm.is_on_holiday(candidate):
            return candidate
    return moment


def _is_same_day(one: dt.datetime, other: dt.datetime, zone: ZoneInfo) -> bool:
    return one.astimezone(zone).date() == other.astimezone(zone).date()


class ReminderState(StrEnum):
    """Whether a reminder may go now, or why not."""

    DUE = "due"
    NOT_YET = "not_yet"
    TOO_LATE = "too_late"
    NEVER = "never"
    AFTER_EVENT = "after_event"
    QUIET_HOURS = "quiet_hours"
    HOLIDAY = "holiday"
    COOLING_OFF = "cooling_off"


def judge(
    time: ReminderTime, now: dt.datetime, calm: Calm, too_late: dt.timedelta = TOO_LATE
) -> ReminderState:
    """What holds for `time` at `now`; `too_late` is how long after its time it may still go."""
    if time.due is None:
        return ReminderState.NEVER
    if now < time.due:
        return ReminderState.NOT_YET
    if now >= time.start:
        return ReminderState.AFTER_EVENT
    if now > time.due + too_late:
        return ReminderState.TOO_LATE
    if calm.is_on_holiday(now):
        return ReminderState.HOLIDAY
    return ReminderState.QUIET_HOURS if calm.is_quiet(now) else ReminderState.DUE


def explain(state: ReminderState) -> Sentence:
    """The state in words."""
    return {
        ReminderState.DUE: say("due now"),
        ReminderState.NOT_YET: say("not yet due"),
        ReminderState.TOO_LATE: say("its time has passed"),
        ReminderState.NEVER: say("too close to the event to be sent"),
        ReminderState.AFTER_EVENT: say("the event has begun"),
        ReminderState.QUIET_HOURS: say("waits: these are quiet hours"),
        ReminderState.HOLIDAY: say("waits: today is a public holiday"),
        ReminderState.COOLING_OFF: say(
            "will not be sent: everybody had another mail shortly before"
        ),
    }[state]


def is_cooling_off(
    last_mail: dt.datetime | None, now: dt.datetime, cool_off: dt.timedelta = COOL_OFF
) -> bool:
    """Whether the recipient had another mail of the same release less than `cool_off` ago."""
    return last_mail is not None and now - last_mail < cool_off
