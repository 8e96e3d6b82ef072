"""The title as mails and calendars show it: one line, without labels that they put themselves.

A label that nobody else puts stays: of `Inställt: Bron öppnar` the first word is the news.
"""

import datetime as dt
import re

from pressutskick.mail import UNSAFE_CHARACTERS, Language
from pressutskick.message.dates import format_short_day, name_day_pattern
from pressutskick.release.model import Kind, Release, ReleaseStatus

#: What the shipped templates call an invitation and a press release; a test compares them.
KIND_WORDS = {
    Language.SWEDISH: {
        Kind.INVITATION: "Pressinbjudan",
        Kind.RELEASE: "Pressmeddelande",
        Kind.INFORMATION: "Information",
    },
    Language.NORWEGIAN: {
        Kind.INVITATION: "Presseinvitasjon",
        Kind.RELEASE: "Pressemelding",
        Kind.INFORMATION: "Informasjon",
    },
    Language.DANISH: {
        Kind.INVITATION: "Presseinvitation",
        Kind.RELEASE: "Pressemeddelelse",
        Kind.INFORMATION: "Information",
    },
    Language.ENGLISH: {
        Kind.INVITATION: "Press invitation",
        Kind.RELEASE: "Press release",
        Kind.INFORMATION: "Information",
    },
}
_KINDS = (
    r"press?e?-?(?:inbjudan|invitasjon|invitation|meddelande|melding|meddelelse)"
    r"|medi[ae]-?(?:inbjudan|invitasjon|invitation)"
    r"|press (?:invitation|release)|media (?:invitation|advisory)"
)
_REMINDER = "påminnelse|påmindelse|reminder"
_CORRECTION = "rättelse|rettelse|correction|förtydligande|presisering|præcisering|clarification"
_NEW_TIME = "ny tid|new time|nytt? tidspunkt"
#: No status says as much.
_NEW_PLACE = (
    r"ny plats|new place|nytt? sted|ny tid och plats|new time and place|nytt? tidspunkt og sted"
)
_POSTPONED = "uppskjutet|uppskjuten|utsatt|udskudt|postponed"
_CANCELLATION = "inställt|inställd|avlyst|aflyst|cancell?ed"
#: Labels before a title that a mail of that status says in words of its own.
_TOLD = {
    ReleaseStatus.REMINDER: _REMINDER,
    ReleaseStatus.CORRECTION: _CORRECTION,
    ReleaseStatus.TIME_CHANGE: _NEW_TIME,
    ReleaseStatus.CANCELLATION: _CANCELLATION,
}
_EVERY_STATUS = f"{_REMINDER}|{_CORRECTION}|{_NEW_TIME}|{_NEW_PLACE}|{_POSTPONED}|{_CANCELLATION}"
_MARK = r"(?:\s*[:–—]\s*|\s+-\s+)"
#: One label at the beginning of a title, with what parts it from the rest: `Pressinbjudan:`,
#: `Pressinbjudan om`, `Inbjudan till`, `VB:`.
_LABEL = re.compile(
    rf"(?P<status>{_EVERY_STATUS}){_MARK}"
    rf"|(?:{_KINDS})(?:{_MARK}|\s+(?:om|till?|to|on|about)\s+"
    r"|\s+(?!(?:och|og|and|från|fra|from|med|with|den|\d)\b)(?=\w))"
    r"|(?:inbjudan|invitation|invitasjon)"
    rf"(?:{_MARK}|\s+(?:till?|to)\s+(?:(?:the\s+)?(?:medi[ae]r?|press(?:en)?){_MARK})?)"
    r"|(?:vb|fwd?|sv|re):\s*",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:[^\W\d_]+\s+)?(?:den\s+)?")
#: What a title is itself that is called so: the press is asked to come, or to read.
_GATHERINGS = (
    "träff|konferens|visning|möte|frukost|lunch|fika|brunch|mingel|middag|information|briefing|"
    "samtal|resa|rundtur|seminarium|tillfälle|samling|genomgång|presentation|"
    "konferanse|konference|treff|møte|møde|"
    "conference|preview|call|tour|event|breakfast|opportunity|visit"
)
_KIND_WORD = re.compile(
    rf"\b(?:{_KINDS}|inbjudan|invitation|invitasjon"
    rf"|(?:press?e?|medi[ae])(?:-? |-? och |-)?\w{{0,8}}?(?:{_GATHERINGS}))(?:e?n|ar|er|et|s)?\b",
    re.IGNORECASE,
)


def clean_line(value: object) -> str:
    """One line of data: unsafe characters out, any run of white space one space."""
    text = UNSAFE_CHARACTERS.sub(" ", str(value)) if value is not None else ""
    return " ".join(text.split())


def strip_labels(title: str) -> str:
    """The title without any leading `Pressinbjudan:`, `Påminnelse:` and the like."""
    return _strip(clean_line(title), _EVERY_STATUS)


def make_headline(release: Release, *, is_first: bool = True) -> str:
    """The title without labels that subject and heading put themselves.

    `Inställt:` before the title of a first mail (`is_first`) is put by nobody else: it stays.
    """
    told = _TOLD.get(release.status, "") if is_first else _EVERY_STATUS
    headline = _strip(clean_line(release.title), told)
    day = release.event.date if release.event else None
    # `Pressinbjudan 3 juni: Bron öppnar`, with the day of the event.
    opening = _OPENING.match(headline)
    at = opening.end() if opening else 0
    dated = day and re.match(rf"{name_day_pattern(day)}{_MARK}(?=\w)", headline[at:], re.IGNORECASE)
    return headline[at + dated.end() :] if dated else headline


def guess_subject(release: Release) -> str:
    """The subject line of the first mail as the shipped template makes it."""
    if release.subject:
        return clean_line(release.subject)
    headline = make_headline(release)
    day = release.event.date if release.event else None
    kind = "" if names_kind(headline) else KIND_WORDS[release.language][release.kind]
    short = (
        "" if day is None or names_day(headline, day) else format_short_day(day, release.language)
    )
    before = " ".join(filter(None, (kind, short)))
    return f"{before}: {headline}" if kind else f"{before} {headline}".strip()


def names_kind(text: str) -> bool:
    """Whether a headline says itself that the press is invited: `Pressträff om trafiken`."""
    return _KIND_WORD.search(text) is not None


def names_day(text: str, day: dt.date | None) -> bool:
    """Whether a headline tells this very day: `Invigning den 9 december`."""
    if day is None:
        return False
    return re.search(rf"(?<!\d){name_day_pattern(day)}", text, re.IGNORECASE) is not None


def _strip(line: str, told: str) -> str:
    """`told` are the labels of a status that another one says; `Ny tid:` may have to stay."""
    kept, rest = [], line
    while (label := _LABEL.match(rest)) and rest[label.end() :]:
        status = label["status"]
        if status and not (told and re.fullmatch(told, status, re.IGNORECASE)):
            kept.append(label[0].strip())
        rest = rest[label.end() :]
    # `Pressinbjudan om planeringen` leaves a word that began no sentence.
    return " ".join([*kept, rest[:1].upper() + rest[1:] if rest != line else rest])
