"""The event as iCalendar (RFC 5545, 5546), to be saved by whoever gets the mail.

METHOD:PUBLISH, for a press invitation is an announcement and no meeting: nobody is made to answer
and no recipient learns of another. UID is a function of the release and the sender's domain and
never changes; SEQUENCE is the caller's to raise with each change. One VEVENT a file, since Outlook
reads only the first: an event of several sessions gives several files. No alarm.
`docs/calendar.md` says what Outlook, Apple and Google make of it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pressutskick.mail import Language, Mailbox
from pressutskick.message import dates
from pressutskick.message.headers import ascii_domain
from pressutskick.message.model import AttachedFile, Purpose
from pressutskick.message.views import clean_line, make_headline
from pressutskick.release.model import CalendarMode, Event, Release, Session

#: How long an event is thought to last whose end nobody gave.
DEFAULT_LENGTH = dt.timedelta(hours=1)
#: For registration, before its deadline, and for the file itself.
_WORDS = {
    Language.SWEDISH: ("Anmälan", "senast", "kalenderfil"),
    Language.NORWEGIAN: ("Påmelding", "frist", "kalenderfil"),
    Language.DANISH: ("Tilmelding", "senest", "kalenderfil"),
    Language.ENGLISH: ("RSVP", "by", "calendar file"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occasion:
    """One entry of a calendar; `suffix` makes its UID and its file name its own."""

    suffix: str
    date: dt.date
    end_date: dt.date
    start: dt.time | None
    end: dt.time | None
    title: str
    place: str


def make_calendar(
    release: Release,
    *,
    organizer: Mailbox,
    domain: str,
    stamp: dt.datetime,
    sequence: int = 0,
    purpose: Purpose = Purpose.ANNOUNCE,
) -> tuple[AttachedFile, ...]:
    """The calendar files of a release: none where it wants none or no date is known.

    `stamp` is aware, the mail's date. `sequence` is 0 for the first, one more with every
    correction or cancellation, the same with a reminder. `domain` is the sender's.
    """
    if release.calendar is CalendarMode.NONE or release.event is None:
        return ()
    zone = ZoneInfo(release.event.timezone)
    method = "CANCEL" if purpose is Purpose.CANCELLATION else "PUBLISH"
    return tuple(
        AttachedFile(
            filename=f"{release.id}{occasion.suffix}.ics",
            media_type=f"text/calendar; method={method}; charset=utf-8",
            content=_write(occasion, release, organizer, domain, stamp, sequence, method, zone),
            title=_WORDS[release.language][2],
        )
        for occasion in _list_occasions(release)
    )


def _list_occasions(release: Release) -> Iterator[_Occasion]:
    event = release.event
    assert event is not None  # noqa: S101 - asked for by the only caller
    headline = make_headline(release)
    dated = [session for session in event.sessions if (session.date or event.date) is not None]
    for number, session in enumerate(dated, start=1):
        title = clean_line(session.title)
        yield _make_occasion(
            session,
            event,
            suffix=f"-{number}" if len(dated) > 1 else "",
            title=f"{headline}: {title}" if title else headline,
        )
    if not dated and event.date is not None:
        yield _make_occasion(event, event, suffix="", title=headline)


def _make_occasion(part: Event | Session, event: Event, *, suffix: str, title: str) -> _Occasion:
    date = part.date or event.date
    assert date is not None  # noqa: S101 - parts without a date were left out
    return _Occasion(
        suffix=suffix,
        date=date,
        end_date=(part.end_date if isinstance(part, Event) else None) or date,
        start=part.start,
        end=part.end,
        title=title,
        place=clean_line(part.place or event.place),
    )


def _write(
    occasion: _Occasion,
    release: Release,
    organizer: Mailbox,
    domain: str,
    stamp: dt.datetime,
    sequence: int,
    method: str,
    zone: ZoneInfo,
) -> bytes:
    # A third of a second to import; only a dispatch with a calendar pays.
    import icalendar

    begin, end = _span(occasion, zone)
    entry = icalendar.Event()
    entry.add("uid", f"{release.id}{occasion.suffix}@{domain}")
    entry.add("sequence", sequence)
    entry.add("dtstamp", stamp.astimezone(dt.UTC))
    entry.add("dtstart", begin)
    entry.add("dtend", end)
    entry.add("summary", occasion.title)
    if occasion.place:
        entry.add("location", occasion.place)
    description = _describe(release)
    if description:
        entry.add("description", description)
    entry.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    address = icalendar.vCalAddress(f"mailto:{ascii_domain(organizer.address)}")
    if organizer.name:
        address.params["CN"] = clean_line(organizer.name)
    entry["organizer"] = address
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//pressutskick//pressutskick//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _span(occasion: _Occasion, zone: ZoneInfo) -> tuple[dt.date, dt.date]:
    """Begin and end in UTC, which every calendar shows in its reader's zone and none gets wrong.

    Whole days where no clock is known; their end is the day after (RFC 5545 section 3.6.1).
    """
    if occasion.start is None:
        return occasion.date, occasion.end_date + dt.timedelta(days=1)
    begin = dt.datetime.combine(occasion.date, occasion.start, zone)
    if occasion.end is None:
        return begin.astimezone(dt.UTC), begin.astimezone(dt.UTC) + DEFAULT_LENGTH
    end = dt.datetime.combine(occasion.end_date, occasion.end, zone)
    # An end that is not after the start is past midnight.
    late = end if end > begin else end + dt.timedelta(days=1)
    return begin.astimezone(dt.UTC), late.astimezone(dt.UTC)


def _describe(release: Release) -> str:
    """The lead, where to look online, and where to register."""
    event, rsvp = release.event, release.rsvp
    paragraphs = [clean_line(release.lead)]
    if event is not None:
        paragraphs += [clean_line(event.gathering), clean_line(event.online)]
    if rsvp is not None:
        ways = [rsvp.name, *rsvp.phones, rsvp.email, rsvp.url]
        if rsvp.deadline is not None:
            moment = dates.format_moment(rsvp.deadline, release.language)
            ways.append(f"{_WORDS[release.language][1]} {moment}")
        told = ", ".join(clean_line(way) for way in ways if way)
        paragraphs.append(f"{_WORDS[release.language][0]}: {told}" if told else "")
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
