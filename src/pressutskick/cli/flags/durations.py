"""Lengths of time: as a flag has them, and in words."""

import datetime as dt
import re

from pressutskick.cli.language import _, _n
from pressutskick.errors import UsageError
from pressutskick.sentences import say

_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}


def parse_duration(text: str, flag: str) -> dt.timedelta:
    """`30m`, `2h`, `90s`, `1d`, `1h30m` or `0` -> a length of time.

    Raises:
        UsageError: the text is none of these.
    """
    words = text.strip().lower()
    parts = re.findall(r"(\d+)\s*(min|[smhd])", words)
    is_whole = re.fullmatch(r"(\d+\s*(min|[smhd])\s*)+", words)
    if words != "0" and not is_whole:
        raise UsageError(
            say("{flag} takes a time such as 30m or 2h, not {text}.", flag=flag, text=text)
        )
    return dt.timedelta(seconds=sum(int(number) * _UNITS[unit] for number, unit in parts))


def tell_duration(seconds: float) -> str:
    """About how long, for a person."""
    if seconds < 60:
        return _("less than a minute")
    if seconds < 5400:
        return _n("about {count} minute", "about {count} minutes", round(seconds / 60))
    return _n("about {count} hour", "about {count} hours", round(seconds / 3600))
