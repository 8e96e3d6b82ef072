"""Dates as Nordic and English newsrooms write them: what stands there, not which day it means."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache

from pressutskick.reading.wording import REMEMBERED

_MONTH_WORDS = """
januari januar january jan|februari februar february feb|mars marts march mar|april apr|
maj mai may|juni june jun|juli july jul|augusti august aug|september sept sep|
oktober october okt oct|november nov|december desember dec des"""


_WEEKDAY_WORDS = """
måndag mandag monday|tisdag tirsdag tysdag tuesday|onsdag wednesday|torsdag thursday|
fredag friday|lördag lørdag laurdag saturday|söndag søndag sundag sunday"""


_WEEKDAY_SHORT = """mån man mon|tis tir tue tues|ons wed|tors tor thu thur thurs|fre fri|
lör lør sat|sön søn sun"""


class Relation(Enum):
    """Days that are told by where they lie, not by their number."""

    TODAY = auto()
    TOMORROW = auto()
    WEEKDAY = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as it stands in `text[start:end]`; `weekday` as written, `weekday_number` Monday 0."""

    start: int
    end: int
    day: int = 0
    month: int = 0
    year: int | None = None
    weekday: str | None = None
    weekday_number: int | None = None
    end_day: int | None = None
    end_month: int | None = None
    relation: Relation | None = None


@cache
def month_numbers() -> dict[str, int]:
    """Month word, folded -> 1 to 12."""
    groups = _MONTH_WORDS.split("|")
    return {word: number for number, group in enumerate(groups, 1) for word in group.split()}


@cache
def weekday_numbers() -> dict[str, int]:
    """Weekday word, folded, with its definite forms and short forms -> Monday 0."""
    found: dict[str, int] = {}
    for words in (_WEEKDAY_WORDS, _WEEKDAY_SHORT):
        for number, group in enumerate(words.split("|")):
            found.update(dict.fromkeys(group.split(), number))
    for word, number in list(found.items()):
        if word.endswith("dag"):
            found |= {f"{word}{ending}": number for ending in ("en", "ens", "s")}
    return found


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    # Months and weekdays are only sketched here and looked up afterwards: spelling out every word
    # in every pattern would cost more time than reading the text.
    sketch = r"(?:jan|feb|mar|apr|ma[jiy]|jun|jul|aug|sep|o[kc]t|nov|de[cs])[a-z]{0,6}"
    month = rf"(?P<month>{sketch})\b\.?"
    year = r"(?:[,.]?\s{0,2}(?P<year>(?:19|20)\d\d)(?![.:]\d|\d|-\d))?"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|:e|:a)?\.?"
    dash = r"\s?(?:-|–|—|till|til|to|och|og|and)\s?"
    flags = re.IGNORECASE
    return {
        "day month": re.compile(
            rf"(?<![\w.,:/-]){day}"
            rf"(?:(?:\s+(?P<month2>{sketch})\b\.?)?{dash}(?:(?P<weekday2>\w{{3,10}}),?\s+)?(?:den\s+)?"
            rf"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\.?)?"
            rf"\s{{0,2}}(?:of\s+)?{month}{year}",
            flags,
        ),
        "month day": re.compile(
            rf"\b{month}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d.:]\d|\d)"
            rf"(?:{dash}(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?{year}",
            flags,
        ),
        "iso": re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
        "slash": re.compile(
            r"(?<![\w/.,-])(?:(?P<first>[0-3]?\d)\s?[-–]\s?)?(?P<day>[0-3]?\d)/(?P<month>1[0-2]|0?[1-9])"
            r"(?![\d/]|\s?år)(?:[ -/](?P<year>(?:19|20)\d\d))?(?!\d)"
        ),
        "dotted": re.compile(
            r"(?<![\w.])(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.\s?(?P<year>(?:19|20)\d\d)(?!\d)"
        ),
        "short": re.compile(
            # `19.4 kl. 12`, `tisdag 20.4.`: with a clock or a weekday beside it, else a decimal
            r"(?<![\w.,:-])(?P<day>[0-3]?\d)\.(?P<month>1[0-2]|0?[1-9])\.?(?=,?\s(?:kl\b|klo\b|klockan|senast))(?!\.\d|\d)|"
            r"(?<=dag |den )(?P<day1>[0-3]?\d)\.(?P<month1>1[0-2]|[1-9])\.?(?![\d:]|\.\d)",
            flags,
        ),
        "moved": re.compile(
            r"(?:flytt|skjut|ändra|senarelä|tidigarelä|moved|postpone|reschedul|change|utsett|utsatt|udsk|rykke)\w*"
            r"\b[^.!?]{0,60}\b(?:från|fra|from)\s(?:den\s)?$",
            flags,
        ),
        "article": re.compile(r"(?:(?:på|om|den|d\.|the|on)\s+){1,2}$", flags),
        "weekdays before": re.compile(
            r"\b([^\W\d_]{3,12})\s?[-–]\s?[^\W\d_]{2,9}dag(?:en)?,?\s+$", flags
        ),
        "weekday before": re.compile(
            r"\b([^\W\d_]{3,12})\.?(?:\s+(?:morgon|kväll|innan|före|efter|därpå|i nästa vecka|nästa vecka|i samma vecka))?,?\s+$",
            flags,
        ),
        "relative": re.compile(
            r"\b(?:(?P<today>i\s?dag|idag|i kväll|ikväll|i kveld|i aften|i eftermiddag|i ettermiddag|"
            r"today|tonight|this (?:morning|afternoon|evening))|"
            r"(?P<tomorrow>i\s?morgon|imorgon|i\s?morgen|tomorrow))\b",
            flags,
        ),
        "weekday": re.compile(
            r"\b(?P<weekday>(?:m[åa]n|mon|ti[rs]s?|tys|tues|ons|wednes|tors|thurs|fre|fri|l[öø]r|laur|satur|"
            r"s[öø]n|sun)da[gy](?:ens|en|s)?)\b",
            flags,
        ),
    }


@lru_cache(maxsize=REMEMBERED)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Every date in `text`, in order; a relative day or bare weekday only outside fuller ones."""
    found: list[DateMention] = []
    taken: list[tuple[int, int]] = []
    patterns = _patterns()
    for form in ("iso", "dotted", "day month", "month day", "slash", "short"):
        for match in patterns[form].finditer(text):
            mention = _full(text, match)
            if mention and not _overlaps(mention, taken):
                found.append(mention)
                taken.append((mention.start, mention.end))
    for form in ("relative", "weekday"):
        for match in patterns[form].finditer(text):
            mention = _loose(match)
            if mention and not _overlaps(mention, taken):
                found.append(mention)
                taken.append((mention.start, mention.end))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _overlaps(mention: DateMention, taken: list[tuple[int, int]]) -> bool:
    return any(mention.start < end and start < mention.end for start, end in taken[-200:])


def _full(text: str, match: re.Match[str]) -> DateMention | None:
    parts = match.groupdict()
    if parts.get("day1"):
        parts |= {"day": parts["day1"], "month": parts["month1"]}
    month, before = _month(parts["month"]), parts.get("month2")
    if month is None or (before and _month(before) is None):
        return None
    day, second = int(parts["day"]), parts.get("day2")
    first = parts.get("first")
    end_day, end_month = (int(second), month) if second else (None, None)
    month = _month(before) or month if before else month
    if first:
        day, end_day, end_month = int(first), day, month
    if not (1 <= day <= 31 and (end_day is None or 1 <= end_day <= 31)):
        return None
    start, word = _weekday_before(text, match.start())
    if second and _patterns()["moved"].search(text[max(0, start - 100) : start]):
        return _moved_to(match)
    return DateMention(
        start=start,
        end=match.end(),
        day=day,
        month=month,
        year=int(parts["year"]) if parts.get("year") else None,
        weekday=word,
        weekday_number=weekday_numbers()[word.casefold()] if word else None,
        end_day=end_day,
        end_month=end_month,
    )


def _moved_to(match: re.Match[str]) -> DateMention | None:
    """`flyttas från tisdag 16 till onsdag 17 juni` is no range: only the new day holds."""
    parts = match.groupdict()
    word, month = parts.get("weekday2"), _month(parts["month"])
    is_weekday = word is not None and word.casefold() in weekday_numbers()
    return DateMention(
        start=match.start("weekday2") if is_weekday else match.start("day2"),
        end=match.end(),
        day=int(parts["day2"]),
        month=month or 1,
        year=int(parts["year"]) if parts.get("year") else None,
        weekday=word if is_weekday else None,
        weekday_number=weekday_numbers()[word.casefold()] if word and is_weekday else None,
    )


def _weekday_before(text: str, at: int) -> tuple[int, str | None]:
    """Where the date begins with its `onsdagen den`, and the weekday as written."""
    head = text[max(0, at - 40) : at]
    article = _patterns()["article"].search(head)
    if article:
        head = head[: article.start()]
    word = _patterns()["weekdays before"].search(head) or _patterns()["weekday before"].search(head)
    offset = max(0, at - 40)
    if word and word[1].casefold() in weekday_numbers():
        return offset + word.start(), word[1]
    return offset + len(head), None


def _month(word: str) -> int | None:
    return int(word) if word.isdigit() else month_numbers().get(word.casefold())


def _loose(match: re.Match[str]) -> DateMention | None:
    parts = match.groupdict()
    if word := parts.get("weekday"):
        number = weekday_numbers().get(word.casefold())
        if number is None:
            return None
        relation = Relation.WEEKDAY
        return DateMention(
            start=match.start(),
            end=match.end(),
            weekday=word,
            weekday_number=number,
            relation=relation,
        )
    relation = Relation.TODAY if parts["today"] else Relation.TOMORROW
    return DateMention(start=match.start(), end=match.end(), relation=relation)
