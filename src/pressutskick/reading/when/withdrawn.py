"""Words that take a day or a clock back without naming another one."""

import re
from functools import cache

_OFF = (
    r"skjuts upp|skjuter upp|skjutits upp|sköts upp|skjuts på framtiden|uppskjut(?:en|et|na)"
    r"|senareläg(?:gs|ger|ges|gas)|(?:er|blir|ble) utsatt|utsettes|(?:er|bliver|blev) udskudt|udskydes"
    r"|(?:is|are|was|been|be) postponed|postponed:|put off"
)
_WHEN = r"datum|dag|tid(?:punkt)?|klockslag|dato|tidspunkt|date|time|day"
_LATER = (
    rf"(?:{_WHEN})(?:en|et)?\s+(?:och\s+\w+\s+|og\s+\w+\s+|and\s+\w+\s+)?(?:"
    r"meddelas|kommer|annonseras|bestäms|sätts|utgår|meldes|meddeles|følger|tba|tbc"
    r"|(?:är|er)\s+(?:ännu\s+)?(?:inte|ej|ikke)\s|(?:to be|will be|is not|are not)\s)"
    rf"|återkommer\s+(?:med|om|när|så)\b|vender tilbage|kommer tilbake|\btba\b|\btbc\b|utan (?:{_WHEN})\b"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    flags = re.IGNORECASE
    return re.compile(rf"\b(?:{_OFF})", flags), re.compile(rf"\b(?:{_LATER})", flags)


def is_put_off(text: str) -> bool:
    """Whether the text says that something is postponed."""
    return _patterns()[0].search(text) is not None


def is_left_open(text: str) -> bool:
    """Whether the text says that a day or a clock is to be told later, or holds no longer."""
    return any(pattern.search(text) for pattern in _patterns())
