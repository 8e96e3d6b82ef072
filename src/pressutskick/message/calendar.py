"""The event as iCalendar (RFC 5545, 5546), to be saved by whoever gets the mail.

METHOD:PUBLISH, for a press invitation is an announcement and no meeting: nobody is made to answer
and no recipient learns of another. UID is a function of the release, the entry's name for life
(`occasions`) and the sender's domain; SEQUENCE is the caller's to raise with each change. One VEVENT
a file, since Outlook reads only the first: an event of several sessions gives several files, and
each entry that is gone is cancelled by a file of its own (RFC 5546 section 3.2.5). No alarm.
`docs/calendar.md` says what Outlook, Apple and Google make of it.
"""

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from pressutskick.mail import Language, Mailbox
from pressutskick.message import dates
from pressutskick.message.headline import clean_line
from pressutskick.message.model import AttachedFile, Purpose
from pressutskick.message.occasions import NO_HISTORY, CalendarHistory, Occasion
from pressutskick.message.wire.headers import ascii_domain
from pressutskick.release.identity import avoid_device
from pressutskick.release.model import CalendarMode, Release

#: Ids from this length on were cut; what may dangle then before the day that ends them.
_CUT_AT = 50
_DANGLING = re.compile(r"(?:-[a-z]{1,3})+(?=-\d{4}-\d{2}-\d{2}\Z)")
#: How long an event is thought to last whose end nobody gave.
DEFAULT_LENGTH = dt.timedelta(hours=1)
#: For registration, before its deadline, for the file itself, for an entry that is taken away.
_WORDS = {
    Language.SWEDISH: ("Anmälan", "senast", "kalenderfil", "utgår", "Samling"),
    Language.NORWEGIAN: ("Påmelding", "frist", "kalenderfil", "utgår", "Oppmøte"),
    Language.DANISH: ("Tilmelding", "senest", "kalenderfil", "udgår", "Mødested"),
    Language.ENGLISH: ("RSVP", "by", "calendar file", "removed", "Meet at"),
}
#: Before the title of an entry under embargo; before the moment when it ends.
_EMBARGO = {
    Language.SWEDISH: ("Embargo", "Embargo: får publiceras tidigast"),
    Language.NORWEGIAN: ("Sperrefrist", "Sperrefrist: kan tidligst publiseres"),
    Language.DANISH: ("Klausuleret", "Klausuleret: må tidligst offentliggøres"),
    Language.ENGLISH: ("Embargo", "Embargoed: not for publication before"),
}


def make_calendar(
    release: Release,
    *,
    organizer: Mailbox,
    domain: str,
    stamp: dt.datetime,
    sequence: int = 0,
    purpose: Purpose = Purpose.ANNOUNCE,
    history: CalendarHistory = NO_HISTORY,
    held: Iterable[int] = (),
) -> tuple[AttachedFile, ...]:
    """The calendar files of a release: none where it wants none.

    `stamp` is aware, the mail's date. `sequence` is 0 for the first, one more with every
    correction or cancellation, the same with a reminder. `domain` is the sender's. `held` are the
    texts of `history` that the reader may have saved entries from: what is gone since is cancelled.
    """
    if release.calendar is CalendarMode.NONE:
        return ()
    is_off = purpose is Purpose.CANCELLATION
    entries = [(each, is_off) for each in history.entries(release)]
    entries += [(each, True) for each in history.dropped(release, held)]
    return tuple(
        AttachedFile(
            filename=avoid_device(f"{_name_file(release.id)}{occasion.suffix}.ics"),
            media_type=f"text/calendar; method={_method(is_gone)}; charset=utf-8",
            content=_write(occasion, release, organizer, domain, stamp, sequence, is_gone=is_gone),
            title=_tell(
                occasion,
                release.language,
                is_alone=len(entries) == 1,
                is_dropped=is_gone and not is_off,
            ),
        )
        for occasion, is_gone in entries
    )


def _name_file(release_id: str) -> str:
    """The id, without a short word that a cut has left before the day: `…-bussterminalen-i-2027-…`."""
    return _DANGLING.sub("", release_id) if len(release_id) >= _CUT_AT else release_id


def _tell(occasion: Occasion, language: Language, *, is_alone: bool, is_dropped: bool) -> str:
    """What the mail calls the file; where there are several, which one it is."""
    word, gone = _WORDS[language][2:4]
    clocks = dates.format_clocks(occasion.start, occasion.end, language)
    moment = f"{dates.format_short_day(occasion.date, language)} {clocks}".strip()
    marks = ["" if is_alone else occasion.topic or moment, gone if is_dropped else ""]
    told = ", ".join(mark for mark in marks if mark)
    return f"{word} ({told})" if told else word


def _method(is_gone: bool) -> str:
    return "CANCEL" if is_gone else "PUBLISH"


def _write(
    occasion: Occasion,
    release: Release,
    organizer: Mailbox,
    domain: str,
    stamp: dt.datetime,
    sequence: int,
    *,
    is_gone: bool,
) -> bytes:
    # A third of a second to import; only a dispatch with a calendar pays.
    import icalendar

    begin, end = _span(occasion)
    entry = icalendar.Event()
    entry.add("uid", f"{release.id}{occasion.suffix}@{domain}")
    entry.add("sequence", sequence)
    entry.add("dtstamp", stamp.astimezone(dt.UTC))
    entry.add("dtstart", begin)
    entry.add("dtend", end)
    embargo = _tell_embargo(release, stamp)
    word = _EMBARGO[release.language][0]
    entry.add("summary", f"{word}: {occasion.title}" if embargo else occasion.title)
    # Where it is held online alone, the link is the place: calendars make a button of it.
    place = occasion.place or clean_line(release.event.online if release.event else None)
    if place:
        entry.add("location", place)
    description = embargo if is_gone else "\n\n".join(filter(None, (embargo, _describe(release))))
    if description:
        entry.add("description", description)
    entry.add("status", "CANCELLED" if is_gone else "CONFIRMED")
    address = icalendar.vCalAddress(f"mailto:{ascii_domain(organizer.address)}")
    if organizer.name:
        address.params["CN"] = clean_line(organizer.name)
    entry["organizer"] = address
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//pressutskick//pressutskick//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", _method(is_gone))
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _span(occasion: Occasion) -> tuple[dt.date, dt.date]:
    """Begin and end in UTC, which every calendar shows in its reader's zone and none gets wrong.

    Whole days where no clock is known; their end is the day after (RFC 5545 section 3.6.1).
    """
    if occasion.start is None:
        return occasion.date, occasion.end_date + dt.timedelta(days=1)
    zone = ZoneInfo(occasion.zone)
    begin = dt.datetime.combine(occasion.date, occasion.start, zone)
    if occasion.end is None:
        return begin.astimezone(dt.UTC), begin.astimezone(dt.UTC) + DEFAULT_LENGTH
    end = dt.datetime.combine(occasion.end_date, occasion.end, zone)
    # An end that is not after the start is past midnight.
    late = end if end > begin else end + dt.timedelta(days=1)
    return begin.astimezone(dt.UTC), late.astimezone(dt.UTC)


def _tell_embargo(release: Release, now: dt.datetime) -> str:
    """A saved entry leaves its mail behind: it says itself what may not be told yet."""
    moment = release.embargo
    if moment is None or moment <= now:
        return ""
    zone = ZoneInfo(release.event.timezone if release.event else "Europe/Stockholm")
    told = dates.format_moment(moment.astimezone(zone), release.language)
    return f"{_EMBARGO[release.language][1]} {told}."


def _describe(release: Release) -> str:
    """The lead, where to look online, and where to register."""
    event, rsvp = release.event, release.rsvp
    paragraphs = [clean_line(release.lead)]
    if event is not None:
        gathering = clean_line(event.gathering)
        if gathering:
            gathering = f"{_WORDS[release.language][4]}: {gathering}"
        paragraphs += [gathering, clean_line(event.online)]
    if rsvp is not None:
        ways = [rsvp.name, *rsvp.phones, rsvp.email, rsvp.url]
        if rsvp.deadline is not None:
            moment = dates.format_moment(rsvp.deadline, release.language)
            ways.append(f"{_WORDS[release.language][1]} {moment}")
        told = ", ".join(clean_line(way) for way in ways if way)
        paragraphs.append(f"{_WORDS[release.language][0]}: {told}" if told else "")
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
