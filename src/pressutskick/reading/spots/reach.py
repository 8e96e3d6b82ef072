"""Ways to reach somebody: telephone numbers, e-mail addresses, web addresses.

Numbers are kept as written but for stray blanks; `digits` is the form in which equal numbers are
equal.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from itertools import pairwise

from pressutskick.reading.wording import REMEMBERED


class Way(Enum):
    """How to reach."""

    PHONE = auto()
    EMAIL = auto()
    URL = auto()
    #: An address whose words were hidden (`[email protected]`, `name(at)example.org`).
    MASKED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One number or address in `text[start:end]`; `value` is as written, a number tidied."""

    way: Way
    value: str
    start: int
    end: int


_MASK = re.compile(
    r"\[\s?e-?mail\s?(?:protected|skyddad|beskyttet)\s?\]|"
    r"[\w.+-]{1,64}\s?[(\[{]\s?(?:at|a|snabel-?a|@)\s?[)\]}]\s?(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,18}",
    re.IGNORECASE,
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    blank = r"(?:\s?[-–—‑]\s?|\s|\.)?"
    return {
        "email": re.compile(
            r"[\w.!#$%&'+=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,18}(?![\w@])"
        ),
        "url": re.compile(
            r"(?:https?://|(?<![@\w.])www\.)[^\s<>\"')\]]{3,300}|"
            r"(?<![@\w./-])(?:[a-z0-9åäöæø-]{2,40}\.){1,4}(?:se|no|dk|com|org|net|eu|nu|info|fi|example)"
            r"(?:/[^\s<>\"')\]]{0,200})?(?![\w@])"
        ),
        "phone": re.compile(
            rf"(?<![\w./@#-])(?<!\d:)(?:\(?\+\s?\d{{1,3}}\)?{blank}(?:\(0\){blank})?|\(?0(?:\d{{1,3}}/(?=\d{{2,3}}))?)\d?(?:(?!\s\(?(?:0\d{{1,3}}\s?[-–]|\+)){blank}\(?\d\)?){{6,12}}(?![\d@]|\.\d)"
        ),
        "phone8": re.compile(
            r"(?<![\w./@#:,-])(?:\d{2}\s\d{2}\s\d{2}\s\d{2}|\d{3}\s\d{2}\s\d{3}|\d{4}\s\d{4}|[2-9]\d{7})(?!\d|@|[.-]\d|\s\d{2,})"
        ),
        "phone us": re.compile(
            r"(?<![\w./@#:-])(?:\+?1[-. ])?\(?[2-9]\d{2}\)?[-. ]\d{3}[-. ]\d{4}(?![\w-])"
        ),
        "second": re.compile(r"\s\(?(?:0\d{1,3}\s?[-–]|\+\d)"),
        "lead": re.compile(
            r"\b(?:ärende\S*|dnr|orgnr|org\.?\s?nr\S*|(?:mål|ärende)nummer)\W*$", re.IGNORECASE
        ),
    }


@lru_cache(maxsize=REMEMBERED)
def find_reaches(text: str) -> tuple[Reach, ...]:
    """All of them, in order."""
    found = [
        Reach(way=Way.MASKED, value=m[0], start=m.start(), end=m.end())
        for m in _MASK.finditer(text)
    ]
    patterns = _patterns()
    if "@" in text:
        found += [_reach(Way.EMAIL, m) for m in patterns["email"].finditer(text)]
    if "." in text:
        taken = [(one.start, one.end) for one in found]
        for match in patterns["url"].finditer(text):
            if all(match.end() <= a or b <= match.start() for a, b in taken):
                found.append(_reach(Way.URL, match))
    taken = [(one.start, one.end) for one in found]
    for form in ("phone us", "phone", "phone8"):
        for match in patterns[form].finditer(text):
            if not _is_number(text, match, form):
                continue
            if all(match.end() <= a or b <= match.start() for a, b in taken[-100:]):
                found += _split(match)
                taken.append((match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one.start))


def _reach(way: Way, match: re.Match[str]) -> Reach:
    value = match[0].rstrip(".,;:!?")
    return Reach(way=way, value=value, start=match.start(), end=match.start() + len(value))


def _split(match: re.Match[str]) -> list[Reach]:
    """One number, or two that nothing but a blank parts."""
    second = _patterns()["second"].search(match[0], 7)
    cuts = [0, second.start(), len(match[0])] if second else [0, len(match[0])]
    found = []
    for start, end in pairwise(cuts):
        value = match[0][start:end].strip(" -–")
        at = match.start() + match[0].index(value, start)
        found.append(Reach(way=Way.PHONE, value=tidy_phone(value), start=at, end=at + len(value)))
    return found


def _is_number(text: str, match: re.Match[str], form: str) -> bool:
    """Whether it can be dialled: enough digits, and no case number, date or span of years."""
    count = len(digits(match[0]))
    if not 7 <= count <= 14 or _patterns()["lead"].search(
        text[max(0, match.start() - 20) : match.start()]
    ):
        return False
    return not (form == "phone" and re.match(r"0\d[.:]\d\d\b", match[0]))


def digits(number: str) -> str:
    """The number in its national form, digits only, so that two spellings of one are equal."""
    plain = re.sub(r"\D", "", number)
    for prefix in ("0046", "46"):
        if plain.startswith(prefix) and len(plain) > 9:
            return "0" + plain.removeprefix(prefix).removeprefix("0")
    return plain


def tidy_phone(number: str) -> str:
    """`0707 -99 99 23` as `0707-99 99 23`: no blank beside a hyphen, no dash for one."""
    return re.sub(r"\s+", " ", re.sub(r"\s*[-–—‑]\s*", "-", re.sub(r"\+\s+", "+", number)))
