"""What a press office edits: an invitation with an id, one without, and a media list."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from pressutskick.release.document import parse_document
from pressutskick.release.model import Release

ZONE = ZoneInfo("Europe/Stockholm")
CHART = "karta.txt"
#: Where and when an entry of a calendar is: UTC as iCalendar writes it, and the place.
Entry = tuple[str, str]

_CANONICAL = """---
id: invigning
title: Invigning av {title}
event:
  date: {day}
  start: {start}
  place: {place}
{sessions}rsvp:
  email: press@stad.example
{more}---

Välkomna.
"""
_SESSION = """  sessions:
    - title: Visning
      start: {start}
      place: {place}
    - title: Samtal
      start: {later}
      place: {place}
"""
_RAW = """Öppet hus i hamnen

Tid: {weekday} {day} december 2026 kl. {start}
Plats: {place}

Anmälan till press@stad.example
"""
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the document says.

    `talk` is when the second of two sessions begins, None for none; `embargo` the day until which
    it holds; `chart` what stands in the file that is attached, empty for none.
    """

    day: int = 9
    start: int = 12
    place: str = "Rådhuset"
    title: str = "lokalen"
    talk: int | None = None
    embargo: int | None = None
    chart: str = ""
    reminders: str = "1d at 08:00"

    def entries(self) -> frozenset[Entry]:
        """What stands in the calendar of somebody who knows all this."""
        clocks = (self.start,) if self.talk is None else (self.start, self.talk)
        return frozenset((_write_moment(self._at(clock)), self.place) for clock in clocks)

    def files(self) -> frozenset[tuple[str, str]]:
        """The files that go along, with what stands in them."""
        return frozenset({(CHART, self.chart)} if self.chart else ())

    def tell_embargo(self, now: dt.datetime) -> str:
        """Until when nothing may be published, as the mail says it; empty where that is over."""
        if self.embargo is None:
            return ""
        until = dt.datetime(2026, 12, self.embargo, 7, tzinfo=ZONE)
        return f"{_WEEKDAYS[until.weekday()]} {until.day} december 2026 kl. 07.00" * (until > now)

    def _at(self, clock: int) -> dt.datetime:
        return dt.datetime(2026, 12, self.day, clock, tzinfo=ZONE)

    @property
    def begins(self) -> dt.datetime:
        """When it begins."""
        return self._at(self.start)


@dataclass(slots=True)
class Paper:
    """A document on the disk, which all desks share."""

    path: Path
    has_id: bool
    facts: Facts

    def write(self, facts: Facts) -> None:
        self.facts = facts
        if facts.chart:
            (self.path.parent / CHART).write_text(facts.chart, "utf-8")
        self.path.write_text(_write_canonical(facts) if self.has_id else _write_raw(facts), "utf-8")


def _write_canonical(facts: Facts) -> str:
    start, day = f"{facts.start}:00", f"2026-12-{facts.day:02}"
    more = f"reminders: [{facts.reminders}]\n"
    if facts.embargo is not None:
        more += f"embargo: 2026-12-{facts.embargo:02}T07:00\n"
    if facts.chart:
        more += f"attachments: [{CHART}]\n"
    sessions = ""
    if facts.talk is not None:
        sessions = _SESSION.format(start=start, later=f"{facts.talk}:00", place=facts.place)
    return _CANONICAL.format(
        title=facts.title, day=day, start=start, place=facts.place, sessions=sessions, more=more
    )


def _write_raw(facts: Facts) -> str:
    weekday = _WEEKDAYS[dt.date(2026, 12, facts.day).weekday()]
    return _RAW.format(weekday=weekday, day=facts.day, start=f"{facts.start}.00", place=facts.place)


def write_list(path: Path, people: dict[str, str]) -> None:
    """A media list of those addresses, with their names."""
    rows = "".join(f"{name};{address};Posten\n" for address, name in people.items())
    path.write_text(f"namn;e-post;redaktion\n{rows}", "utf-8")


def read_entries(text: str) -> frozenset[Entry]:
    """The same as `Facts.entries` of a text that the log keeps."""
    event = _read(text).event
    assert event is not None
    assert event.date is not None
    parts = [(each.date, each.start, each.place) for each in event.sessions]
    parts = parts or [(event.date, event.start, event.place)]
    return frozenset(
        (
            _write_moment(dt.datetime.combine(day or event.date, start or dt.time(), ZONE)),
            place or event.place or "",
        )
        for day, start, place in parts
    )


def _read(text: str) -> Release:
    return parse_document(text).release


def _write_moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
