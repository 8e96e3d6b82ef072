"""The words of a reminder (`1d at 08:00`, `2h`) <-> how long before the event.

Owns the syntax and the defaults; `schedule` puts reminders on the clock.
"""

import datetime as dt
import re
from dataclasses import dataclass

from pressutskick.errors import InputError, Problem, Severity
from pressutskick.release.model import Release
from pressutskick.sentences import say

#: The day before, ahead of the newsroom's morning meeting.
DEFAULT_REMINDERS = ("1d at 08:00",)
#: How long a due reminder can surely be sent before something forbids it: cron may call as seldom.
ROOM = dt.timedelta(minutes=30)
TOO_LATE = dt.timedelta(hours=3)
COOL_OFF = dt.timedelta(hours=20)
#: A reminder earlier than this is a slip of the pen.
LONGEST = dt.timedelta(days=60)
_UNITS = {
    "m": dt.timedelta(minutes=1),
    "min": dt.timedelta(minutes=1),
    "h": dt.timedelta(hours=1),
    "tim": dt.timedelta(hours=1),
    "d": dt.timedelta(days=1),
    "dag": dt.timedelta(days=1),
    "dagar": dt.timedelta(days=1),
    "w": dt.timedelta(weeks=1),
    "v": dt.timedelta(weeks=1),
}
_REMINDER = re.compile(r"(\d{1,4})\s*([a-z]+)(?:\s+(?:at|kl\.?)\s*(\d{1,2})[:.](\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """How long before the event. With `clock`, `lead` is whole days counted on the calendar."""

    lead: dt.timedelta
    clock: dt.time | None = None

    @property
    def is_in_days(self) -> bool:
        """Whether it counts days on the calendar, which summer time can make 23 or 25 hours."""
        return self.clock is not None or self.lead % dt.timedelta(days=1) == dt.timedelta()


def parse_reminder(text: str) -> Reminder:
    """`1d at 08:00`, `1d`, `2h`, `90m`, `1w at 9.00`; Swedish `1 dag kl. 08.00`, `2 tim` too.

    Raises:
        ValueError: none of these, a clock with hours or minutes, less than half an hour or more
            than 60 days before.
    """
    match = _REMINDER.fullmatch(text.strip().casefold())
    if match is None or match[2] not in _UNITS:
        raise ValueError(text)
    lead = int(match[1]) * _UNITS[match[2]]
    clock = dt.time(int(match[3]), int(match[4])) if match[3] else None
    days = lead % dt.timedelta(days=1) == dt.timedelta()
    if lead > LONGEST or (clock is not None and not days) or (clock is None and lead < ROOM):
        raise ValueError(text)
    return Reminder(lead=lead, clock=clock)


def read_reminders(release: Release) -> tuple[Reminder, ...]:
    """The release's reminders: its own, or the default where it names none.

    Raises:
        InputError: words that are no reminder, all of them.
    """
    words = DEFAULT_REMINDERS if release.reminders is None else release.reminders
    found, problems = [], []
    for text in words:
        try:
            found.append(parse_reminder(text))
        except ValueError:
            problems.append(_problem(text))
    if problems:
        raise InputError(problems=problems)
    return tuple(found)


def _problem(text: str) -> Problem:
    sentence = say(
        "“{text}” is no reminder; write 1d at 08:00 or 2h, at least 30 minutes and at most "
        "60 days before.",
        text=text,
    )
    return Problem(code="reminder-invalid", severity=Severity.ERROR, sentence=sentence)
