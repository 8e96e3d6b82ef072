"""Free text -> a Release, its facts with their lines, and what only a person can decide.

The readers of this room each find one kind of thing; here they are called in order and their
findings are put together. Nothing is fetched, nothing is remembered, no clock is read.
"""

import datetime as dt
from dataclasses import dataclass, replace

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.reading.answering.rsvp import read_rsvp
from pressutskick.reading.asking import questions as asking
from pressutskick.reading.body import find_lifted, write_body
from pressutskick.reading.heading.headline import Headline, find_headline, find_kind
from pressutskick.reading.heading.stamps import Stamp, find_embargo, find_repeats, find_stamp
from pressutskick.reading.heading.statuswords import find_status
from pressutskick.reading.learnt.scoring import Judge, judge_all
from pressutskick.reading.model import Certainty, Question, Reading
from pressutskick.reading.notebook import (
    Notebook,
    note_embargo,
    note_event,
    note_people,
    note_rsvp,
    note_stamp,
    note_status,
    note_title,
)
from pressutskick.reading.notes import find_entry_rule, find_photo_note
from pressutskick.reading.page.language import detect_language
from pressutskick.reading.page.lines import MAX_CHARACTERS, read_lines
from pressutskick.reading.page.page import Page, make_page
from pressutskick.reading.roles.settle import settle
from pressutskick.reading.when.event import read_when
from pressutskick.reading.when.sessions import read_sessions
from pressutskick.reading.where.place import read_where
from pressutskick.reading.who.contacts import read_contacts
from pressutskick.reading.who.speakers import read_speakers
from pressutskick.release.identity import make_id
from pressutskick.release.model import Kind, Release, ReleaseStatus
from pressutskick.release.zone import ZONE
from pressutskick.sentences import say

#: Wall clocks of an invitation are those of this zone.


#: Leap years, far from where the calendar of `datetime` ends.
_FIRST_YEAR, _LAST_YEAR = 1904, 9904


def read_release(
    text: str,
    *,
    now: dt.datetime,
    name: str = "-",
    release_id: str | None = None,
    kind: Kind | None = None,
) -> Reading:
    """Everything that `text` says, with provenance.

    Args:
        text: UTF-8 text or Markdown; lines count from 1.
        now: aware; the day from which a date without a year is seen where the text has no
            publication stamp.
        name: the document's name as the operator wrote it, for problems.
        release_id: the identity to keep; worked out from the title where None.
        kind: what it is known to be; read from the text where None.

    Facts and questions are those of the reading. A field that a question names may
    hold the likeliest value (then its fact is `guessed` or `derived`) or none.
    """
    laid = lay_page(text, now=now)
    return _assemble(text, laid, name=name, release_id=release_id, kind=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A text laid out, before anything is read from it."""

    page: Page
    headline: Headline | None
    stamp: Stamp | None


def lay_page(text: str, *, now: dt.datetime, judge: Judge = judge_all) -> Laid:
    """The page of `text` with its heading and its stamp; `now` as in `read_release`."""
    lines = read_lines(text)
    today = _near(now).astimezone(ZONE).date()
    stamp = find_stamp(lines, ZONE.key, today=today)
    anchor = _near(stamp.moment).date() if stamp else today
    page = make_page(
        text,
        stamp_lines=find_repeats(lines, stamp, ZONE.key) if stamp else frozenset(),
        anchor=anchor,
        has_stamp=stamp is not None,
    )
    headline = find_headline(page.passages, page.units, judge)
    page = replace(page, title=headline.unit if headline and not headline.is_prose else None)
    return Laid(page=page, headline=headline, stamp=stamp)


def _near(moment: dt.datetime) -> dt.datetime:
    """The moment, or one in a year from which days can be counted both ways."""
    return moment.replace(year=min(max(moment.year, _FIRST_YEAR), _LAST_YEAR))


def _assemble(
    text: str, laid: Laid, *, name: str, release_id: str | None, kind: Kind | None
) -> Reading:
    page, headline, stamp = laid.page, laid.headline, laid.stamp
    book = Notebook()
    settled = settle(page)
    around = settled.roles.around
    when = read_when(around)
    day = when.day
    contacts = read_contacts(page, settled)
    rsvp = read_rsvp(settled, contacts, event=day.day.date if day else None)
    where = read_where(around, chosen=when.chosen, start=when.start_passage)
    speakers = read_speakers(settled)
    sessions = read_sessions(page, when)
    opening = " ".join(unit.text for unit in page.units[:8])[:3000]
    is_kind_sure = kind is not None
    if kind is None:
        kind, is_kind_sure = find_kind(
            text[:30_000],
            has_event=day is not None and when.start is not None,
            is_ahead=day is not None and day.day.is_sure and day.day.date >= page.anchor,
            is_rsvp_asked=rsvp.is_asked,
        )
    language, is_language_sure = detect_language(text)
    if not is_language_sure:
        book.questions.append(asking.about_language(language))
    title = note_title(book, headline)
    note_stamp(book, stamp)
    embargo = note_embargo(book, find_embargo(page.lines, ZONE.key, page.anchor))
    event = note_event(book, page, when, where, sessions)
    if not is_kind_sure:
        book.questions.append(asking.about_kind(kind))
    release = Release(
        id=release_id or make_id(title),
        title=title,
        kind=kind,
        status=find_status(headline.status if headline else ReleaseStatus.ORIGINAL, opening),
        language=language,
        published=stamp.told if stamp else None,
        embargo=embargo,
        event=event if kind is Kind.INVITATION or (event and event.start) else None,
        rsvp=note_rsvp(
            book,
            rsvp,
            tuple(address for one in contacts for address in one.all("emails")),
            is_invitation=kind is Kind.INVITATION,
        ),
        speakers=tuple(one.speaker for one in speakers),
        contacts=tuple(one.contact for one in contacts),
    )
    note_status(book, release, headline)
    note_people(book, speakers, contacts, settled)
    release = _with_notes(book, page, release)
    release = _with_body(book, page, release)
    return Reading(
        release=release,
        facts=tuple(book.facts),
        questions=_relevant(book.questions, kind),
        problems=_problems(text, name),
    )


def _with_notes(book: Notebook, page: Page, release: Release) -> Release:
    photo, entry = find_photo_note(page), find_entry_rule(page)
    for name, found in (("photo_note", photo), ("accreditation", entry)):
        if found is not None:
            book.note(name, found.text, found.lines, found.text, Certainty.READ)
    return replace(
        release,
        photo_note=photo.text if photo else None,
        accreditation=entry.text if entry else None,
    )


def _with_body(book: Notebook, page: Page, release: Release) -> Release:
    printed = ("event.", "rsvp.", "contacts[")
    taken = frozenset(
        line
        for fact in book.facts
        if fact.field.startswith(printed) and fact.lines
        for line in range(fact.lines[0], fact.lines[1] + 1)
    )
    told = frozenset(fact.text for fact in book.facts if fact.field.startswith("event."))
    lead, body, number = write_body(page, find_lifted(page, taken=taken, told=told))
    if lead is not None:
        book.note("lead", lead, page.units[number].lines(), lead, Certainty.READ)
    return replace(release, lead=lead, body=body)


def _relevant(questions: list[Question], kind: Kind) -> tuple[Question, ...]:
    """A press release without an event is not asked for its day and place."""
    if kind is Kind.INVITATION:
        return tuple(questions)
    return tuple(one for one in questions if not one.field.startswith(("event", "rsvp")))


def _problems(text: str, name: str) -> tuple[Problem, ...]:
    if len(text) <= MAX_CHARACTERS:
        return ()
    return (
        Problem(
            code="text-too-long",
            severity=Severity.ERROR,
            sentence=say("Only the first {count} characters were read.", count=MAX_CHARACTERS),
            origin=Origin(file=name),
        ),
    )
