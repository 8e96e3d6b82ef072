"""What templates see: plain texts, lists and dicts made from release, recipient and sender.

No domain object reaches a template, so none of their methods can be called from one. Absent is
an empty text, list or dict, so that `{% if %}` works and a misspelt name still stops the run.
`docs/templates.md` describes every name; a test compares it with `example_variables`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pressutskick.mail import UNSAFE_CHARACTERS, Language, Mailbox
from pressutskick.message import dates
from pressutskick.message.headline import clean_line, make_headline, names_day, names_kind
from pressutskick.message.markdown import render_html, render_text
from pressutskick.message.model import LISTED, Change, News, Purpose
from pressutskick.message.phones import make_tel_link
from pressutskick.message.told import Told, leave_out_repeats
from pressutskick.recipients.model import Recipient
from pressutskick.release.model import (
    Contact,
    Event,
    Kind,
    Release,
    ReleaseStatus,
    Rsvp,
)
from pressutskick.release.zone import ZONE

View = dict[str, object]

#: `no` is the macro language; screen readers and spell checkers know `nb`.
HTML_LANGUAGE = {Language.NORWEGIAN: "nb"}
_HOME_ZONES = {"Europe/Stockholm", "Europe/Oslo", "Europe/Copenhagen"}


def clean_text(value: str | None) -> str:
    """Lines of data: unsafe characters out except line feeds and tabs."""
    lines = (value or "").replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    return "\n".join(UNSAFE_CHARACTERS.sub(" ", line).rstrip() for line in lines).strip("\n")


def make_mailto(address: str, subject: str = "") -> str:
    """A mailto URL (RFC 6068), percent-encoded."""
    query = f"?subject={quote(subject, safe='')}" if subject else ""
    return f"mailto:{quote(address, safe='@+')}{query}"


def view_release(
    release: Release,
    language: Language,
    now: dt.datetime,
    styles: Mapping[str, str],
    *,
    is_first: bool = True,
) -> View:
    """`release`: what is announced. `now` is the mail's date; a passed embargo is none.

    `is_first` is false for a reminder, a correction or a cancellation.
    """
    title = clean_line(release.title)
    embargo = release.embargo if release.embargo is not None and release.embargo > now else None
    zone = ZoneInfo(release.event.timezone if release.event else ZONE.key)
    lead, event = clean_line(release.lead), release.event or Event()
    facts = [clean_line(fact) for fact in (event.place, event.gathering) if fact]
    source = leave_out_repeats(clean_text(release.body), (title, lead), facts)
    body = render_text(source)
    headline = make_headline(release, is_first=is_first)
    told = Told(lead, body)
    return {
        "id": release.id,
        "kind": str(release.kind),
        "status": str(release.status),
        "title": title,
        "headline": headline,
        "names_kind": names_kind(headline),
        "names_day": names_day(headline, _with_days(event).date),
        "subject": clean_line(release.subject),
        "lead": lead,
        "body_text": body,
        "body_html": render_html(source, styles),
        "published": _moment(release.published, zone, language),
        "embargo": _moment(embargo, zone, language),
        "photo_note": told.leave_out(clean_line(release.photo_note)),
        "accreditation": told.leave_out(clean_line(release.accreditation)),
        "extra": {clean_line(key): clean_line(value) for key, value in release.extra.items()},
    }


def _moment(moment: dt.date | dt.datetime | None, zone: ZoneInfo, language: Language) -> str:
    if isinstance(moment, dt.datetime):
        moment = moment.astimezone(zone)
    return dates.format_moment(moment, language) if moment else ""


def view_event(release: Release, language: Language) -> View:
    """`event`: when and where; all empty for a release without one (`has_event` tells)."""
    event = _with_days(release.event or Event())
    return {
        "when": dates.format_when(event, language),
        "day": dates.format_days(event, language),
        "short_day": dates.format_short_day(event.date, language) if event.date else "",
        "clock": dates.format_clocks(event.start, event.end, language),
        "place": clean_line(event.place),
        "gathering": clean_line(event.gathering),
        "online": clean_line(event.online),
        "online_link": _web_link(event.online),
        "zone": "" if event.timezone in _HOME_ZONES else event.timezone,
        "sessions": list(_view_sessions(event, language)),
    }


def _with_days(event: Event) -> Event:
    """An event whose days stand in its sessions alone lasts from the first to the last of them."""
    days = [session.date for session in event.sessions if session.date is not None]
    if event.date is not None or not days:
        return event
    event = replace(event, date=min(days), end_date=max(days))
    if len(event.sessions) > 1 or event.start is not None:
        return event
    (only,) = event.sessions
    return replace(event, start=only.start, end=only.end)


def _view_sessions(event: Event, language: Language) -> Iterator[View]:
    """Each says its day where it is another than that of the one before; the year stands above."""
    told = event.date if event.end_date in (None, event.date) else None
    for session in event.sessions:
        day, above = session.date, event.date
        year = day is None or above is None or day.year != above.year
        yield {
            "title": clean_line(session.title),
            "when": dates.format_when(session, language, year=year),
            "day": dates.format_day(day, language, year=year) if day and day != told else "",
            "clock": dates.format_clocks(session.start, session.end, language),
            "place": clean_line(session.place),
        }
        told = day or told


def view_rsvp(
    release: Release, subject: str, language: Language, *, passed: dt.date = dt.date.min
) -> View:
    """`rsvp`: where to say that one comes; `subject` begins the subject of the answer.

    A deadline before the day `passed` is not told any more.
    """
    rsvp = release.rsvp or Rsvp()
    moment = rsvp.deadline
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    deadline = dates.format_moment(moment, language) if moment and day and day >= passed else ""
    email = clean_line(rsvp.email)
    return {
        "name": clean_line(rsvp.name),
        "title": clean_line(rsvp.title),
        "email": email,
        "email_link": make_mailto(email, f"{subject}: {make_headline(release)}") if email else "",
        "phones": _view_phones(rsvp.phones, language),
        "url": _web_link(rsvp.url),
        "deadline": deadline,
    }


def has_rsvp(release: Release) -> bool:
    """Whether there is a way to register; a deadline alone is none."""
    rsvp = release.rsvp or Rsvp()
    return bool(rsvp.name or rsvp.email or rsvp.phones or _web_link(rsvp.url))


def _web_link(url: str | None) -> str:
    """The address if it is one of the web's; nothing else becomes a link."""
    text = clean_line(url)
    return text if re.match(r"https?://[^\s\"'<>]+\Z", text, re.IGNORECASE) else ""


def _view_phones(phones: Iterable[str], language: Language) -> list[View]:
    return [{"text": tidy_phone(phone), "link": make_tel_link(phone, language)} for phone in phones]


def tidy_phone(phone: str) -> str:
    """The number as written, without the space that typists put before a hyphen."""
    return re.sub(r"(?<=\d)\s*([-–])\s*(?=\d)", r"\1", clean_line(phone))


def view_contacts(contacts: Iterable[Contact], language: Language) -> list[View]:
    """`contacts`: whom the press may call."""
    return [
        {
            "name": clean_line(contact.name),
            "title": clean_line(contact.title),
            "organisation": clean_line(contact.organisation),
            "phones": _view_phones(contact.phones, language),
            "emails": [
                {"text": clean_line(email), "link": make_mailto(clean_line(email))}
                for email in contact.emails
            ],
        }
        for contact in contacts
    ]


def view_sender(sender: Mailbox, reply_to: Mailbox, organisation: str | None) -> View:
    """`sender`: who mails."""
    name = clean_line(sender.name)
    return {
        "name": name,
        "email": sender.address,
        "reply_to": reply_to.address,
        "reply_to_link": make_mailto(reply_to.address),
        "organisation": clean_line(organisation) or name or sender.domain,
    }


def view_changes(changes: Iterable[Change], label: Callable[[str], str]) -> list[View]:
    """`changes`: what a correction corrects; `label` gives the template word of that name."""
    told = list(changes)
    before = [None, *(change.field for change in told)]
    return [
        {
            "field": str(change.field),
            "label": label(f"changed_{change.field}"),
            "before": clean_line(change.before),
            "after": clean_line(change.after),
            "word": _word_of(change),
            "is_continued": change.field in LISTED and change.field is last,
        }
        for change, last in zip(told, before, strict=False)
    ]


def _word_of(change: Change) -> str:
    """Which word tells the change in one line; empty where before and after are told apart."""
    if change.field not in LISTED:
        return ""
    if change.before == change.after:
        return "new_version"
    if change.before is None:
        return "added"
    return "removed" if change.after is None else ""


def name_news(changes: Iterable[Change]) -> str:
    """`news`: which of the templates' words says what a correction is about.

    What matters most to who reads the subject alone; a clarification only where it is all.
    """
    found = {change.news for change in changes}
    if News.NEW_TIME_AND_PLACE in found:
        found |= {News.NEW_TIME, News.NEW_PLACE}
    if News.NEW_PROGRAMME in found:
        # That a part is off is more than that another part comes at another time.
        found -= {News.NEW_TIME}
    for parts, name in _JOINT_NEWS:
        if parts <= found:
            return name
    return str(next((each for each in _BY_WEIGHT if each in found), News.CORRECTION))


#: What is said in one breath.
_JOINT_NEWS = (
    ({News.POSTPONED}, "postponed"),
    ({News.NEW_TIME, News.NEW_PLACE}, "new_time_and_place"),
    ({News.TIME_WITHDRAWN, News.NEW_PLACE}, "time_withdrawn_and_new_place"),
)
_BY_WEIGHT = (
    News.NEW_TIME,
    News.NEW_PLACE,
    News.TIME_WITHDRAWN,
    News.NEW_PROGRAMME,
    News.CORRECTION,
    News.CLARIFICATION,
)


def find_no_longer(changes: Iterable[Change]) -> str:
    """`no_longer`: the day that was taken back."""
    found = (each.before for each in changes if each.news is News.POSTPONED and each.before)
    return clean_line(next(found, ""))


def name_status(purpose: Purpose, release: Release, news: str) -> str:
    """`status`: which of the templates' words says what kind of mail this is; empty for the first.

    What a text says of itself holds where the dispatch says no more.
    """
    if purpose is Purpose.CANCELLATION or release.status is ReleaseStatus.CANCELLATION:
        has_day = bool(view_event(release, release.language)["day"])
        return "withdrawn" if release.kind is Kind.RELEASE and not has_day else "cancelled"
    if purpose is Purpose.CORRECTION and news != News.CORRECTION:
        return news
    if release.status is ReleaseStatus.TIME_CHANGE:
        return str(News.NEW_TIME)
    if purpose is Purpose.CORRECTION or release.status is ReleaseStatus.CORRECTION:
        return str(News.CORRECTION)
    is_reminder = purpose is Purpose.REMINDER or release.status is ReleaseStatus.REMINDER
    return "reminder" if is_reminder else ""


def view_recipient(recipient: Recipient) -> View:
    """`recipient`: whom this message is for; `extra` holds the list's own columns."""
    first_name = clean_line(recipient.first_name)
    return {
        "email": recipient.mailbox.address,
        "name": clean_line(recipient.name),
        "first_name": first_name,
        "role": clean_line(recipient.role),
        "outlet": clean_line(recipient.outlet),
        "desk": clean_line(recipient.desk),
        "beat": clean_line(recipient.beat),
        "region": clean_line(recipient.region),
        "media_type": clean_line(recipient.media_type),
        "tags": sorted(clean_line(tag) for tag in recipient.tags),
        "source": clean_line(recipient.source),
        "extra": {clean_line(key): clean_line(value) for key, value in recipient.extra.items()},
    }
