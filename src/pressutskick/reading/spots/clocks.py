"""Clock times: `kl. 13.00`, `12.30 – 13.30`, `kl 1030`, `1 p.m.`, `09h00`, noon, `klockan tio`."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pressutskick.reading.spots.clockroles import ClockMention, is_moved, with_role
from pressutskick.reading.wording import REMEMBERED

_HOURS = {
    "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
    "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16,
    "en": 1, "ti": 10, "elleve": 11, "elve": 11, "åtte": 8, "otte": 8, "ni": 9, "syv": 7, "fire": 4,
}  # fmt: skip


#: Nobody meets the press before this hour; said in words, a smaller one is of the afternoon.
_EARLIEST = 7
#: `från 2 till 5` counts something else than hours.
_FIRST_HOUR = 6


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    kl = r"(?:\bkl\.?|\bklockan|\bklokken|\bklokka|\bklokkeslæt)\s{0,2}"
    hour = r"(?:[01]?\d|2[0-4])"
    suffix = r"\s{0,2}(?P<half>[ap]\.?\s?m\b\.?)"
    return {
        "french": re.compile(
            rf"(?<!\d)(?P<hour>{hour})h(?P<minute>[0-5]\d)(?:{suffix})?(?!\d)", flags
        ),
        "bare": re.compile(
            rf"(?<![\d.:,/+])(?P<hour>{hour})(?:(?P<sep>[.:])(?P<minute>[0-5]\d))(?![\d%]|[.:/]\d|\s?(?:kr|kB|MB|mkr|procent|%))",
            flags,
        ),
        "noon": re.compile(r"\b(?P<noon>(?:12\s)?noon|middag kl|midday)\b", flags),
        "spoken": re.compile(
            r"\b(?:klockan|kl\.?|klokken|klokka)\s(?:ca\.?\s|cirka\s)?(?P<part>halv|kvart över|kvart i|kvart over|kvart på)?\s?"
            rf"(?P<word>{'|'.join(_HOURS)})\b",
            flags,
        ),
        "word": re.compile(
            rf"{kl}(?:ca\.?\s*|cirka\s*)?(?P<hour>{hour})(?:[.:](?P<minute>[0-5]\d)|(?P<four>[0-5]\d))?(?!\d)(?![.:]\d)",
            flags,
        ),
        "half": re.compile(
            rf"(?<![\d.:])(?P<hour>{hour})(?:[.:](?P<minute>[0-5]\d))?{suffix}", flags
        ),
        "mixed": re.compile(
            rf"(?<![\d.:,/+–-])(?P<hour>{hour})(?:[.:](?P<minute>[0-5]\d))?\s?[-–—]\s?(?P<hour2>{hour})(?:[.:](?P<minute2>[0-5]\d))?"
            r"(?![\d%/-]|[.:/]\d|\s?(?:kr|kB|MB|mkr|procent|%|år))",
            flags,
        ),
        "alone": re.compile(
            rf"(?:^\s*|[,;]\s|(?:dag|dagen|jan\w*|feb\w*|mar\w*|apr\w*|ma[ji]|jun\w*|jul\w*|aug\w*|sep\w*|okt\w*|nov\w*|de[cs]\w*)\s)(?:ca\.?\s|cirka\s)?(?P<hour>{hour})(?:\s?[-–—]\s?(?P<hour2>{hour}))?(?=\s*(?:$|[,;(]|\.(?!\d)))",
            flags,
        ),
        "afternoon": re.compile(
            r"\s(?:på |om )?(?:eftermiddagen|ettermiddagen|eftermiddag|kvällen|kvelden|e\.?m\b)",
            flags,
        ),
        "link": re.compile(
            r"\s{0,2}(?:ca\.?|cirka)?\s{0,2}(?:-|–|—|−|till|til|to|och|og|and|until)\s{0,2}(?:ca\.?|cirka|ungefär|omkring|about|kl\.?|klockan|klokken)?\s{0,2}",
            flags,
        ),
        "and": re.compile(r"\b(?:och|og|and)\b", flags),
        "between": re.compile(r"\b(?:mellan|mellom|mellem|between)\b", flags),
        "hours": re.compile(
            rf"(?:{kl}|mellan\s|mellom\s|mellem\s|between\s)(?P<one>{hour})\s?(?:-|–|—|och|og|and|till)\s?(?P<two>{hour})(?![\d:/]|\.\d|\s?(?:januari|juni|maj))",
            flags,
        ),
        "from to": re.compile(
            rf"\b(?:från|fra|from)\s(?P<one>{hour})(?:[.:](?P<minute1>[0-5]\d))?\s(?:till|til|to|until)\s(?P<two>{hour})(?:[.:](?P<minute2>[0-5]\d))?"
            r"(?=\s?(?:$|[.,;)]|in the (?:morning|afternoon)|på |om ))(?![.:]\d)",
            flags,
        ),
        "four span": re.compile(
            rf"{kl}(?P<hour>{hour})(?P<minute>[0-5]\d)\s?[-–—]\s?(?P<hour2>{hour})(?P<minute2>[0-5]\d)(?!\d)",
            flags,
        ),
        "english span": re.compile(
            rf"(?<![\d.:])(?P<one>{hour})(?:[.:](?P<minute1>[0-5]\d))?\s?(?:-|–|—|to)\s?(?P<two>{hour})(?:[.:](?P<minute2>[0-5]\d))?{suffix}",
            flags,
        ),
        "told": re.compile(r"noon|midday|\bkl(?:ockan|okken|okka)?\b", flags),
        "duration": re.compile(
            r"\b(?P<count>\d{1,3}(?:[.,]5)?|en|ett|één|halv|halvannan|one|två|to|two|tre|three|half an|en halv|en och en halv)[ -]"
            r"(?:(?P<minutes>min\b|minut\w*|minutt\w*)|(?P<hours>tim\b|timm\w*|time\b|timer\b|hours?\b|hrs?\b))",
            flags,
        ),
    }


@lru_cache(maxsize=REMEMBERED)
def find_clocks(text: str) -> tuple[ClockMention, ...]:
    """Every clock in `text`, in order, spans merged."""
    if not any(c.isdigit() for c in text) and not _patterns()["told"].search(text):
        return ()
    spans = _spans(text)
    taken = [(clock.at, clock.stop) for clock in spans]
    singles: list[ClockMention] = []
    for form in ("half", "french", "word", "bare", "noon", "spoken"):
        for match in _patterns()[form].finditer(text):
            clock = _single(match)
            if clock and all(clock.stop <= at or stop <= clock.at for at, stop in taken[-200:]):
                singles.append(clock)
                taken.append((clock.at, clock.stop))
    merged = _merge(text, sorted([*spans, *singles], key=lambda clock: clock.at))
    return tuple(with_role(text, clock, merged) for clock in merged)


def _spans(text: str) -> list[ClockMention]:
    found = _from_to(text)
    for match in _patterns()["hours"].finditer(text):
        one, two = _time(match["one"], None), _time(match["two"], None)
        if one and two and one < two:
            found.append(ClockMention(at=match.start(), stop=match.end(), start=one, end=two))
    for match in _patterns()["four span"].finditer(text):
        one = _time(match["hour"], match["minute"])
        two = _time(match["hour2"], match["minute2"])
        if one and two and one < two:
            found.append(ClockMention(at=match.start(), stop=match.end(), start=one, end=two))
    for match in _patterns()["mixed"].finditer(text):
        one = _time(match["hour"], match["minute"])
        two = _time(match["hour2"], match["minute2"])
        is_clock = (match["minute"] is None) != (match["minute2"] is None)
        if is_clock and one and two and one < two and not _is_half(text, match.end()):
            found.append(ClockMention(at=match.start(), stop=match.end(), start=one, end=two))
    for match in _patterns()["english span"].finditer(text):
        two = _time(match["two"], match["minute2"], match["half"])
        one = _time(match["one"], match["minute1"], match["half"])
        if one and two and one > two:
            one = _time(match["one"], match["minute1"])
        if one and two and one < two:
            found.append(ClockMention(at=match.start(), stop=match.end(), start=one, end=two))
    return found


def _from_to(text: str) -> list[ClockMention]:
    """`från 9 till 11`, `fra 11.30 til 12`, where nothing is counted."""
    found = []
    for match in _patterns()["from to"].finditer(text):
        one, two = _time(match["one"], match["minute1"]), _time(match["two"], match["minute2"])
        if one and two and one.hour >= _FIRST_HOUR and one < two:
            found.append(ClockMention(at=match.start("one"), stop=match.end(), start=one, end=two))
    return found


def _is_half(text: str, at: int) -> bool:
    return re.match(r"\s{0,2}[ap]\.?\s?m\b", text[at : at + 8], re.IGNORECASE) is not None


def _single(match: re.Match[str]) -> ClockMention | None:
    parts = match.groupdict()
    if parts.get("noon"):
        return ClockMention(at=match.start(), stop=match.end(), start=dt.time(12, 0))
    if parts.get("word"):
        return _spoken(match)
    half = parts.get("half")
    time = _time(parts["hour"], parts.get("minute") or parts.get("four"), half)
    if time is None:
        return None
    later = _patterns()["afternoon"].match(match.string, match.end())
    if later and not half and time.hour < 12:
        time = time.replace(hour=time.hour + 12)
    odd = half is not None and (int(parts["hour"]) > 12 or parts["hour"].startswith("0"))
    return ClockMention(at=match.start(), stop=match.end(), start=time, is_odd=odd)


def _spoken(match: re.Match[str]) -> ClockMention:
    """`klockan tio`, `klockan halv tre`: odd where it can be morning or evening."""
    hour, minute = _HOURS[match["word"].lower()], 0
    part = (match["part"] or "").lower()
    if part == "halv":
        hour, minute = hour - 1, 30
    elif part in ("kvart i", "kvart på"):
        hour, minute = hour - 1, 45
    elif part:
        minute = 15
    is_odd = hour in (_EARLIEST - 1, _EARLIEST)
    later = _patterns()["afternoon"].match(match.string, match.end())
    hour += 12 if hour < _EARLIEST or (later and hour < 12) else 0
    return ClockMention(
        at=match.start(), stop=match.end(), start=dt.time(hour, minute), is_odd=is_odd and not later
    )


def find_bare_hours(text: str) -> tuple[ClockMention, ...]:
    """`onsdag 3 maj, 10-12` or `14` under a time label, where no other clock stands."""
    for match in _patterns()["alone"].finditer(text):
        one, two = _time(match["hour"], None), _time(match["hour2"] or "24", None)
        if one and two and (not match["hour2"] or one < two):
            end = two if match["hour2"] else None
            return (ClockMention(at=match.start("hour"), stop=match.end(), start=one, end=end),)
    return ()


def _time(hour: str, minute: str | None, half: str | None = None) -> dt.time | None:
    number = int(hour)
    if half and number <= 12:
        number = number % 12 + (12 if half.lower().startswith("p") else 0)
    if number == 24:
        number = 0
    return dt.time(number, int(minute or 0)) if number < 24 else None


def _merge(text: str, clocks: list[ClockMention]) -> list[ClockMention]:
    merged: list[ClockMention] = []
    for clock in clocks:
        if merged and merged[-1].end is None and clock.end is None:
            before = merged[-1]
            between = text[before.stop : clock.at]
            if (
                len(between) < 24
                and _patterns()["link"].fullmatch(between)
                and before.start < clock.start
                and not is_moved(text, before)
                and not _is_pair(text, before, between)
            ):
                merged[-1] = ClockMention(
                    at=before.at,
                    stop=clock.stop,
                    start=before.start,
                    end=clock.start,
                    is_odd=before.is_odd or clock.is_odd,
                )
                continue
        merged.append(clock)
    return merged


def _is_pair(text: str, first: ClockMention, between: str) -> bool:
    """`kl. 10.00 och kl. 13.00` are two clocks, `mellan kl. 10 och 13` is a span."""
    if not _patterns()["and"].search(between):
        return False
    return _patterns()["between"].search(text[max(0, first.at - 24) : first.at]) is None


def find_durations(text: str) -> Iterator[tuple[dt.timedelta, int, int]]:
    """How long things last, and where that stands: `(ca. 1 timme)`, `omkring 20 minuter`."""
    words = {"en": 1.0, "ett": 1.0, "one": 1.0, "halv": 0.5, "två": 2.0, "to": 2.0, "two": 2.0}
    words |= {"tre": 3.0, "three": 3.0, "half an": 0.5, "en halv": 0.5, "halvannan": 1.5}
    words |= {"en och en halv": 1.5, "één": 1.0}
    for match in _patterns()["duration"].finditer(text):
        count = match["count"].lower().replace(",", ".")
        number = float(count) if count[0].isdigit() else words[count]
        minutes = number if match["minutes"] else 60 * number
        yield dt.timedelta(minutes=minutes), match.start(), match.end()
