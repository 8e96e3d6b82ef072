"""Facts and questions as they come in, each field noted with where it was read."""

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from pressutskick.reading.answering.rsvp import RsvpFound
from pressutskick.reading.asking import questions as asking
from pressutskick.reading.asking.clocks import about_start
from pressutskick.reading.asking.offers import first_of
from pressutskick.reading.heading.headline import Headline
from pressutskick.reading.heading.stamps import Stamp
from pressutskick.reading.learnt.scoring import Judgement
from pressutskick.reading.model import Certainty, Choice, Fact, Question
from pressutskick.reading.page.page import Page
from pressutskick.reading.roles.settle import Settled
from pressutskick.reading.view import plain
from pressutskick.reading.weighing import Candidate
from pressutskick.reading.when.moments import DateFound, When
from pressutskick.reading.where.place import Where
from pressutskick.reading.who.drafts import ContactFound
from pressutskick.reading.who.speakers import SpeakerFound
from pressutskick.release.model import Event, Release, ReleaseStatus, Rsvp, Session


@dataclass(slots=True)
class Notebook:
    """Facts and questions as they come in."""

    facts: list[Fact] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def note(
        self,
        name: str,
        value: object,
        lines: tuple[int, int] | None,
        text: str,
        certainty: Certainty,
        judgement: Judgement | None = None,
    ) -> None:
        """Adds a fact, and how likely it is where that was judged; nothing for an absent value."""
        if value is not None and value != ():
            self.facts.append(
                Fact(
                    field=name,
                    value=plain(value),
                    lines=lines,
                    text=text.strip(),
                    certainty=certainty,
                    probability=round(judgement.probability, 3) if judgement else None,
                    reasons=judgement.reasons if judgement else (),
                )
            )

    def take(self, name: str, candidate: Candidate[Hashable] | None) -> None:
        """Adds what a candidate says."""
        if candidate is not None:
            self.note(
                name,
                candidate.value,
                candidate.lines,
                candidate.text,
                candidate.certainty,
                candidate.judgement,
            )


def note_title(book: Notebook, headline: Headline | None) -> str:
    """The title, or the question for it."""
    if headline is None:
        book.questions.append(asking.about_title())
        return ""
    likely = headline.judgement.probability if headline.judgement else 0.0
    if headline.is_prose or likely < asking.SURE_TITLE:
        own = Choice(
            value=headline.title,
            lines=headline.unit.lines(),
            text=headline.unit.text,
            probability=round(likely, 3),
            reasons=headline.judgement.reasons if headline.judgement else (),
        )
        others = (Choice(value=one.text, lines=one.lines, text=one.text) for one in headline.others)
        book.questions.append(asking.about_title(first_of((own, *others))))
    book.note(
        "title",
        headline.title,
        headline.unit.lines(),
        headline.unit.text,
        Certainty.READ,
        headline.judgement,
    )
    return headline.title


def note_stamp(book: Notebook, stamp: Stamp | None) -> None:
    """When it was published, where the text says so."""
    if stamp is not None:
        book.note("published", stamp.told, (stamp.line, stamp.line), stamp.text, Certainty.READ)


def note_embargo(book: Notebook, stamp: Stamp | None) -> dt.datetime | None:
    """The moment before which nothing may be published."""
    if stamp is None:
        return None
    book.note("embargo", stamp.moment, (stamp.line, stamp.line), stamp.text, Certainty.READ)
    return stamp.moment


def note_event(
    book: Notebook, page: Page, when: When, where: Where, sessions: tuple[Session, ...]
) -> Event | None:
    """Day, clocks and places, and the questions about them."""
    questions = (
        asking.about_date(when, sessions, anchor=page.anchor, has_stamp=page.has_stamp),
        about_start(when, sessions),
        asking.about_place(where, sessions),
    )
    book.questions += [question for question in questions if question is not None]
    day, found = when.day, when.start_found
    is_contradicted = bool(asking.contradicting_days(when, sessions))
    date = day.day.date if day and not is_contradicted else None
    place = where.place.best if where.place and not asking.is_elsewhere(where) else None
    if day and date and when.date:
        book.take("event.date", replace(day.candidate, judgement=when.date.best.judgement))
        book.take("event.end_date", _last_day(day, when, sessions))
    weekday = day.mention.weekday if day else None
    if day and weekday:
        book.note("event.weekday", weekday, day.candidate.lines, weekday, Certainty.READ)
    for name, candidate in (
        ("event.start", when.start and when.start.best),
        ("event.end", when.end),
        ("event.place", place),
        ("event.gathering", where.gathering),
        ("event.online", where.online),
    ):
        book.take(name, candidate or None)
    if not (day or found or place):
        return None
    return Event(
        date=date,
        end_date=last.value if day and date and (last := _last_day(day, when, sessions)) else None,
        start=found.mention.start if found else None,
        end=when.end.value if when.end else None,
        weekday=weekday,
        place=place.value if place else None,
        gathering=where.gathering.value if where.gathering else None,
        online=where.online.value if where.online else None,
        sessions=sessions,
    )


def _last_day(
    day: DateFound, when: When, sessions: tuple[Session, ...]
) -> Candidate[dt.date] | None:
    """The last day of a span, or that of the last of several parts."""
    if day.day.end_date is not None:
        return replace(day.candidate, value=day.day.end_date)
    last = max((one.date for one in sessions if one.date), default=day.day.date)
    if last <= day.day.date:
        return None
    return next((one.candidate for one in when.dates if one.day.date == last), None)


def note_rsvp(
    book: Notebook, found: RsvpFound, known: tuple[str, ...], *, is_invitation: bool
) -> Rsvp | None:
    """Registration, and the questions about it."""
    if not found.is_asked:
        return None
    if is_invitation:
        book.questions += asking.about_rsvp(found, known)
    book.take("rsvp.name", found.name)
    if found.name and found.title and found.title_lines:
        book.note("rsvp.title", found.title, found.title_lines, found.title, Certainty.READ)
    book.take("rsvp.email", found.email)
    for position, phone in enumerate(found.phones):
        book.take(f"rsvp.phones[{position}]" if position else "rsvp.phone", phone)
    book.take("rsvp.url", found.url)
    deadline = found.deadline
    if deadline is not None:
        book.note(
            "rsvp.deadline",
            deadline.value,
            deadline.lines,
            deadline.text,
            deadline.certainty,
            deadline.judgement,
        )
    return Rsvp(
        name=found.name.value if found.name else None,
        title=found.title,
        email=found.email.value if found.email else None,
        phones=tuple(phone.value for phone in found.phones),
        url=found.url.value if found.url else None,
        deadline=deadline.value if deadline else None,
    )


def note_status(book: Notebook, release: Release, headline: Headline | None) -> None:
    """A reminder, change or cancellation; an original is nothing to tell."""
    if release.status is not ReleaseStatus.ORIGINAL:
        unit = headline.unit if headline else None
        certainty = (
            Certainty.READ if headline and headline.status is release.status else Certainty.GUESSED
        )
        book.note(
            "status",
            release.status,
            unit.lines() if unit else None,
            unit.text if unit else "",
            certainty,
        )


def note_people(
    book: Notebook,
    speakers: tuple[SpeakerFound, ...],
    contacts: tuple[ContactFound, ...],
    settled: Settled,
) -> None:
    """Speakers and contacts, each with how likely it is one."""
    for number, speaker in enumerate(speakers):
        book.note(
            f"speakers[{number}]",
            speaker.speaker,
            speaker.lines,
            speaker.text,
            speaker.certainty,
            speaker.judgement,
        )
    for number, contact in enumerate(contacts):
        counts: dict[str, int] = {}
        for part in contact.parts:
            position = counts.get(part.field, 0)
            counts[part.field] = position + 1
            index = f"[{position}]" if part.field in ("phones", "emails") else ""
            book.note(
                f"contacts[{number}].{part.field}{index}",
                part.value,
                part.lines,
                part.value,
                Certainty.READ,
                settled.judge_contact(part.field, part.value),
            )
