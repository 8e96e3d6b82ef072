"""The publication stamp and the embargo.

A stamp is a full date, with or without a clock, on a line that holds nothing else but a newsroom's
words: `2024-09-02 07:00 CEST`, `Pressmeddelande • Feb 06, 2013 13:17 CET`, `Publicerad: 6 november
2006`, `2022-05-09 04:30Pressmeddelande`.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from pressutskick.reading.page.labelwords import meanings_of
from pressutskick.reading.page.lines import Line
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import find_dates

#: Stamps stand near the top, or after a word that says what they are.
_TOP = 14
#: Lines above a heading.
_HEAD = 4
#: A line with a stamp is no longer.
_LINE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A moment that was read from a line; `has_clock` tells a day from a minute."""

    moment: dt.datetime
    line: int
    text: str
    has_clock: bool

    @property
    def told(self) -> dt.date | dt.datetime:
        """What the text says: a day where it gives no clock."""
        return self.moment if self.has_clock else self.moment.date()


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "words": re.compile(
            r"press(?:meddelanden?|emelding|emeddelelser?|release| release|inbjudan)|nyhet(?:er)?|"
            r"publicer(?:ad|at|ades)|publisert|offentliggjort|published|released|datum|dato|date|"
            r"sist (?:oppdatert|endret|endra).*|skickat|sendt|sent|senast (?:uppdaterad|ändrad).*|uppdaterad.*|"
            r"ces?t|gmt|utc|kl(?:ockan|okken)?|den|d|av|by|at|[•·|:;,.()+–-]|"
            r"(?:mån|tis|ons|tors|fre|lör|sön|man|tirs|lør|søn)dag|monday|tuesday|wednesday|thursday|friday",
            re.IGNORECASE,
        ),
        "published": re.compile(
            r"\W*(?:publi[cs]|offentliggjort|released|dato\b|datum\b|skickat\s?:|sendt\s?:|sent\s?:)",
            re.IGNORECASE,
        ),
        "label": re.compile(r"\W*(?:datum|dato|date)\b", re.IGNORECASE),
        "embargo": re.compile(
            r"embargo|sperrefrist|(?:får|må) (?:inte|ikke) (?:publiceras|publiseres|offentliggøres)|"
            r"publiceras tidigast|fri för publicering|not for (?:release|publication) (?:before|until)",
            re.IGNORECASE,
        ),
        "clock": re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?(?!\d)"),
    }


def find_stamp(lines: tuple[Line, ...], zone: str, *, today: dt.date) -> Stamp | None:
    """The first publication stamp, on the wall clock of `zone`.

    Nothing was published after `today`: a later date on a line of its own is the event's.
    """
    seen = 0
    for line in lines:
        if not line.text:
            continue
        seen += 1
        if len(line.text) > _LINE:
            continue
        if seen <= _TOP or _patterns()["published"].match(line.text):
            stamp = _read_stamp(line, zone)
            if (
                stamp
                and (stamp.moment.date() - today).days <= 1
                and not _is_label(line, seen, stamp)
            ):
                return stamp
    return None


def find_repeats(lines: tuple[Line, ...], stamp: Stamp, zone: str) -> frozenset[int]:
    """The numbers of the lines that hold nothing but the stamp's day, its own among them."""
    return frozenset({stamp.line}) | frozenset(
        line.number
        for line in lines
        if line.text
        and len(line.text) <= _LINE
        and (again := _read_stamp(line, zone))
        and again.moment.date() == stamp.moment.date()
        and not _patterns()["label"].match(line.text)
    )


def _is_label(line: Line, seen: int, stamp: Stamp) -> bool:
    """`Datum: 9 november` among other labels is the event's day, above the heading it is not."""
    return bool(_patterns()["label"].match(line.text)) and not (stamp.has_clock and seen <= _HEAD)


def _read_stamp(line: Line, zone: str) -> Stamp | None:
    cells = line.text.split(" | ") if line.is_row else [line.text, *_beside_sender(line)]
    return next((stamp for cell in cells if (stamp := _read_cell(line, cell, zone))), None)


def _beside_sender(line: Line) -> list[str]:
    """`Trafikverket | 2022-04-22`: what stands beside a sender's name, not beside a label."""
    name, *cells = re.split(r"\s[|•·/]\s", line.raw)
    return [] if meanings_of(name) else cells


def _read_cell(line: Line, text: str, zone: str) -> Stamp | None:
    spaced = re.sub(r"(\d)(?=[A-ZÅÄÖ][a-zåäö]{3})", r"\1 ", text)
    full = [date for date in find_dates(spaced) if date.year is not None]
    if not full:
        return None
    date = full[0]
    rest = spaced[: date.start] + " " + spaced[date.end :]
    clock = _patterns()["clock"].search(rest)
    if clock:
        rest = rest[: clock.start()] + " " + rest[clock.end() :]
    if _patterns()["words"].sub("", rest).strip():
        return None
    time = dt.time(int(clock[1]), int(clock[2])) if clock else dt.time()
    try:
        day = dt.date(date.year or 1, date.month, date.day)
    except ValueError:
        return None
    moment = dt.datetime.combine(day, time, tzinfo=_zone(zone))
    return Stamp(moment=moment, line=line.number, text=text, has_clock=clock is not None)


def find_embargo(lines: tuple[Line, ...], zone: str, anchor: dt.date) -> Stamp | None:
    """The moment before which nothing may be published; its date may lack the year."""
    for line in lines:
        if not _patterns()["embargo"].search(line.text):
            continue
        dates, clocks = find_dates(line.text[:400]), find_clocks(line.text[:400])
        if not dates or dates[0].relation is not None:
            continue
        year = dates[0].year or anchor.year
        try:
            day = dt.date(year, dates[0].month, dates[0].day)
        except ValueError:
            continue
        time = clocks[0].start if clocks else dt.time()
        moment = dt.datetime.combine(day, time, tzinfo=_zone(zone))
        return Stamp(moment=moment, line=line.number, text=line.text, has_clock=bool(clocks))
    return None
