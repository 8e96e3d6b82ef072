"""When nobody is to be mailed by a machine: quiet hours and public holidays.

Pure: moments come in, answers go out. Clocks are wall clocks of the zone that is passed in, so that
quiet hours stay where they are when summer time begins or ends.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

#: Shorter quiet hours could hide between two looks at the clock (see `reminders.ROOM`).
SHORTEST_QUIET = dt.timedelta(hours=1)

IsHoliday = Callable[[dt.date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `start` (included) to `end` (excluded) on the wall clock, over midnight where needed."""

    start: dt.time = dt.time(20)
    end: dt.time = dt.time(7)

    def covers(self, clock: dt.time) -> bool:
        """Whether `clock` is within the quiet hours."""
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def __str__(self) -> str:
        """`20:00-07:00`."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def parse_quiet_hours(text: str) -> QuietHours | None:
    """`20-7`, `20:00-07:00`, `21.30–06.30`; None for `none` or `inga`.

    Raises:
        ValueError: neither, or shorter than an hour.
    """
    if text.strip().casefold() in ("none", "no", "inga", "nej"):
        return None
    pattern = r"\s*(\d{1,2})(?:[:.](\d\d))?\s*[-–]\s*(\d{1,2})(?:[:.](\d\d))?\s*"
    match = re.fullmatch(pattern, text)
    if match is None:
        raise ValueError(text)
    start = dt.time(int(match[1]), int(match[2] or 0))
    end = dt.time(int(match[3]) % 24, int(match[4] or 0))
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    if dt.timedelta(minutes=minutes % (24 * 60)) < SHORTEST_QUIET:
        raise ValueError(text)
    return QuietHours(start=start, end=end)


def is_swedish_holiday(date: dt.date) -> bool:
    """Whether `date` is a Swedish public holiday or one of the eves that the law treats alike.

    Sundays are not among them: newsrooms work.
    """
    return swedish_holidays()(date)


@cache
def swedish_holidays() -> IsHoliday:
    """The same, from the library; it is imported here because it is large and seldom needed."""
    import holidays

    calendar = holidays.country_holidays("SE", categories=("public", "de_facto"))
    return calendar.__contains__


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """What a machine keeps to in `zone`; None for `quiet` or `is_holiday` switches it off."""

    zone: ZoneInfo
    quiet: QuietHours | None = QuietHours()
    is_holiday: IsHoliday | None = None

    def is_quiet(self, moment: dt.datetime) -> bool:
        """Whether `moment` (aware) is within the quiet hours."""
        return self.quiet is not None and self.quiet.covers(moment.astimezone(self.zone).time())

    def is_on_holiday(self, moment: dt.datetime) -> bool:
        """Whether `moment` (aware) is on a public holiday."""
        return self.is_holiday is not None and self.is_holiday(moment.astimezone(self.zone).date())

    def forbids(self, moment: dt.datetime) -> bool:
        """Whether nothing is to be sent at `moment` (aware)."""
        return self.is_quiet(moment) or self.is_on_holiday(moment)
