"""The release and its parts as values.

Owns what a press invitation or press release *is*; knows neither files nor mail. Dates are
`datetime.date`, clocks `datetime.time` without zone (wall clock of `Event.timezone`), moments
aware `datetime.datetime`. Absent is None or an empty tuple, never an empty string.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from pressutskick.mail import Language
from pressutskick.release.zone import ZONE


class Kind(StrEnum):
    """What sort of document a release is."""

    INVITATION = "invitation"
    RELEASE = "release"
    #: What those on a media list must be told about the list (GDPR article 14).
    INFORMATION = "information"


class ReleaseStatus(StrEnum):
    """Where in its life the text says that it stands (read from its heading or first lines)."""

    ORIGINAL = "original"
    REMINDER = "reminder"
    CORRECTION = "correction"
    TIME_CHANGE = "time_change"
    CANCELLATION = "cancellation"


class CalendarMode(StrEnum):
    """Whether messages carry an .ics file."""

    NONE = "none"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who speaks at the event; `title` as written, with organisation."""

    name: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person, role or desk that the press may call; phones and e-mails in their order."""

    name: str | None = None
    title: str | None = None
    organisation: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rsvp:
    """Where and until when to say that one comes.

    `deadline` is a date (that day counts in full) or a naive datetime on the event's wall clock.
    """

    name: str | None = None
    title: str | None = None
    email: str | None = None
    phones: tuple[str, ...] = ()
    url: str | None = None
    deadline: dt.date | dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One of several parts of an event, with its own day, clock and place."""

    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    place: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """When and where. `weekday` is the word as written, kept to be checked against the date.

    `end_date` is set only where the event covers several days. `timezone` is an IANA name.
    """

    date: dt.date | None = None
    end_date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    weekday: str | None = None
    place: str | None = None
    gathering: str | None = None
    online: str | None = None
    sessions: tuple[Session, ...] = ()
    timezone: str = ZONE.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with every message; `path` is relative to the release's own folder."""

    path: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A press invitation or press release.

    `id` names the release in the delivery log and never changes when the text does (lower-case
    ASCII letters, digits, hyphens; at most 64). `body` is clean CommonMark without the lead.
    `silenced` holds codes of checks that the writer has switched off. `reminders` holds the words
    of the front matter (`1d at 08:00`); absent means the default, empty means none.
    `quiet_hours` (`20:00-07:00`, `none`) are those in which no reminder goes out. `extra` keeps front-matter
    keys that we do not know, as written, so that nothing is lost in a round trip.
    """

    id: str
    title: str
    kind: Kind = Kind.INVITATION
    status: ReleaseStatus = ReleaseStatus.ORIGINAL
    language: Language = Language.SWEDISH
    published: dt.date | dt.datetime | None = None
    embargo: dt.datetime | None = None
    lead: str | None = None
    body: str = ""
    subject: str | None = None
    event: Event | None = None
    rsvp: Rsvp | None = None
    speakers: tuple[Speaker, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    photo_note: str | None = None
    accreditation: str | None = None
    calendar: CalendarMode = CalendarMode.ATTACHMENT
    reminders: tuple[str, ...] | None = None
    reminders_on_holidays: bool = False
    quiet_hours: str | None = None
    silenced: tuple[str, ...] = ()
    extra: dict[str, object] = field(default_factory=dict)
