"""The clock of a command: `--now`, or the machine's.

The only place in `cli` that reads the time; everything below gets it passed in.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from pressutskick.errors import UsageError
from pressutskick.sentences import say

ZONE = ZoneInfo("Europe/Stockholm")


def parse_now(text: str) -> dt.datetime:
    """`2026-03-01`, `2026-03-01T08:00`, with or without an offset -> an aware moment.

    A date alone is its first moment; a time without offset is Swedish wall clock.

    Raises:
        UsageError: the text is no ISO 8601 date or time.
    """
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            say("--now takes a date or a time such as 2026-03-01T08:00, not {text}.", text=text)
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def clock_now(flag: str) -> dt.datetime:
    """What `--now` says, or this moment where it is empty."""
    return parse_now(flag) if flag else dt.datetime.now(ZONE)
