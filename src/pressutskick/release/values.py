"""The values of front-matter keys: text <-> date, clock, moment, deadline, address.

Every parser raises ValueError; the caller knows the key and the line, and asks in the words of
`ValueType.wanted`.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from pressutskick.mail import UNSAFE_CHARACTERS, Language, Mailbox, is_safe_for_header
from pressutskick.release.model import CalendarMode, Kind, ReleaseStatus
from pressutskick.release.zone import ZONE
from pressutskick.sentences import Sentence, say

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueType(Generic[T]):
    """How a key's text becomes a value, and what to ask for where it does not."""

    parse: Callable[[str], T]
    wanted: Sentence


def parse_line(text: str) -> str:
    """One line that may stand in a header."""
    if not is_safe_for_header(text):
        raise ValueError(text)
    return text


def parse_passage(text: str) -> str:
    """Several lines, stripped; tabs and line feeds are the only control characters."""
    if UNSAFE_CHARACTERS.search(text.replace("\n", "").replace("\t", "")):
        raise ValueError(text)
    return text.strip()


def parse_id(text: str) -> str:
    """A release id."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", text):
        raise ValueError(text)
    return text


def parse_date(text: str) -> dt.date:
    """`2024-09-04`."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def parse_clock(text: str) -> dt.time:
    """`12:30`, also `9:05` and `12.30` as people write it."""
    match = re.fullmatch(r"(\d{1,2})[:.](\d\d)(?::(\d\d))?", text)
    if match is None:
        raise ValueError(text)
    return dt.time(int(match[1]), int(match[2]), int(match[3] or 0))


def parse_moment(text: str) -> dt.datetime:
    """`2024-09-02T07:00+02:00`; without offset Swedish wall clock."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def parse_published(text: str) -> dt.date | dt.datetime:
    """A day, as most texts give it, or a moment."""
    return parse_date(text) if len(text) == len("2024-09-04") else parse_moment(text)


def parse_deadline(text: str) -> dt.date | dt.datetime:
    """A date (that day in full) or a wall-clock time."""
    if len(text) == len("2024-09-04"):
        return parse_date(text)
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError(text)
    return moment


def parse_address(text: str) -> str:
    """An e-mail address, kept as written."""
    return Mailbox(address=text).address


def parse_zone(text: str) -> str:
    """An IANA time zone name."""
    ZoneInfo(text)
    return text


def parse_flag(text: str) -> bool:
    """Yes or no, in the words that people write."""
    words = {"yes": True, "true": True, "ja": True, "no": False, "false": False, "nej": False}
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


def parse_zone_safely(text: str) -> str:
    """`parse_zone` with every way in which a name can be wrong as ValueError."""
    try:
        return parse_zone(text)
    except (KeyError, OSError) as error:
        raise ValueError(text) from error


def choice(kind: type[E]) -> ValueType[E]:
    """One of an enumeration's words."""
    words = ", ".join(member.value for member in kind)
    return ValueType(parse=kind, wanted=say("one of {words}", words=words))


LINE = ValueType(
    parse=parse_line,
    wanted=say("one line of text without control characters or encoded words (=?...?=)"),
)
PASSAGE = ValueType(parse=parse_passage, wanted=say("text without control characters"))
ID = ValueType(
    parse=parse_id,
    wanted=say("at most 64 small letters a-z, digits and hyphens"),
)
DATE = ValueType(parse=parse_date, wanted=say("a date such as 2026-09-04"))
CLOCK = ValueType(parse=parse_clock, wanted=say("a clock such as 12:30"))
MOMENT = ValueType(parse=parse_moment, wanted=say("a time such as 2026-09-02T07:00"))
PUBLISHED = ValueType(
    parse=parse_published,
    wanted=say("a date such as 2026-09-02 or a time such as 2026-09-02T07:00"),
)
DEADLINE = ValueType(
    parse=parse_deadline, wanted=say("a date such as 2026-09-03 or a time such as 2026-09-03T12:00")
)
ADDRESS = ValueType(parse=parse_address, wanted=say("an e-mail address"))
TIMEZONE = ValueType(parse=parse_zone_safely, wanted=say("a time zone such as Europe/Stockholm"))
FLAG = ValueType(parse=parse_flag, wanted=say("yes or no"))
KIND = choice(Kind)
STATUS = choice(ReleaseStatus)
LANGUAGE = choice(Language)
CALENDAR = choice(CalendarMode)


def is_shown_safely(text: str) -> bool:
    """Whether a wrong value can be quoted in a sentence: short, one line, no control character."""
    return len(text) <= 60 and is_safe_for_header(text)


def print_value(value: object) -> str:
    """A value of the model as the canonical document and JSON write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="auto" if value.second or value.microsecond else "minutes")
    if isinstance(value, dt.time):
        return value.isoformat(timespec="auto" if value.second else "minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
