"""A reading as a JSON value: the shape that `pressutskick read --json` prints.

Independent of the operator's language: sentences are English, dates `YYYY-MM-DD`, clocks `HH:MM`,
moments on the wall clock of the event's zone `YYYY-MM-DDTHH:MM`; absent is null.
"""

import datetime as dt
from collections.abc import Iterable

from pressutskick.errors import Problem
from pressutskick.reading.model import Choice, Fact, Question, Reading
from pressutskick.release.model import Contact, Event, Release, Rsvp, Session, Speaker

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def plain(value: object) -> Json:
    """`value` as JSON has it."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, Speaker):
        return _speaker(value)
    if isinstance(value, Contact):
        return _contact(value)
    if isinstance(value, Session):
        return _session(value)
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return str(value)


def reading_document(reading: Reading) -> dict[str, Json]:
    """The whole reading."""
    return {
        "release": release_document(reading.release),
        "facts": [_fact(fact) for fact in reading.facts],
        "questions": [_question(question) for question in reading.questions],
        "problems": problem_documents(reading.problems),
    }


def release_document(release: Release) -> dict[str, Json]:
    """A release, whether read from a raw text or from its canonical file."""
    return {
        "id": release.id,
        "kind": str(release.kind),
        "status": str(release.status),
        "language": str(release.language),
        "title": release.title or None,
        "published": plain(release.published),
        "embargo": plain(release.embargo),
        "lead": release.lead,
        "body": release.body or None,
        "event": _event(release.event or Event()),
        "rsvp": _rsvp(release.rsvp or Rsvp()),
        "speakers": [_speaker(one) for one in release.speakers],
        "contacts": [_contact(one) for one in release.contacts],
        "photo_note": release.photo_note,
        "accreditation": release.accreditation,
    }


def problem_documents(problems: Iterable[Problem]) -> list[Json]:
    """Problems as JSON has them; the message is English in every language."""
    return [
        {
            "code": problem.code,
            "severity": str(problem.severity),
            "file": problem.origin.file,
            "sheet": problem.origin.sheet,
            "line": problem.origin.line,
            "column": problem.origin.column,
            "message": str(problem.sentence),
            "left_out": problem.left_out.count if problem.left_out is not None else None,
        }
        for problem in problems
    ]


def _event(event: Event) -> Json:
    return {
        "date": plain(event.date),
        "end_date": plain(event.end_date),
        "start": plain(event.start),
        "end": plain(event.end),
        "weekday": event.weekday,
        "place": event.place,
        "gathering": event.gathering,
        "online": event.online,
        "sessions": [_session(one) for one in event.sessions],
    }


def _session(session: Session) -> Json:
    return {
        "date": plain(session.date),
        "start": plain(session.start),
        "end": plain(session.end),
        "place": session.place,
    }


def _rsvp(rsvp: Rsvp) -> Json:
    return {
        "name": rsvp.name,
        "title": rsvp.title,
        "email": rsvp.email,
        "phone": rsvp.phones[0] if rsvp.phones else None,
        "phones": list(rsvp.phones),
        "url": rsvp.url,
        "deadline": plain(rsvp.deadline),
    }


def _speaker(speaker: Speaker) -> Json:
    return {"name": speaker.name, "title": speaker.title}


def _contact(contact: Contact) -> Json:
    return {
        "name": contact.name,
        "title": contact.title,
        "organisation": contact.organisation,
        "phones": list(contact.phones),
        "emails": list(contact.emails),
    }


def _fact(fact: Fact) -> Json:
    return {
        "field": fact.field,
        "value": plain(fact.value),
        "lines": list(fact.lines) if fact.lines else None,
        "text": fact.text,
        "certainty": str(fact.certainty),
        "probability": fact.probability,
        "sureness": plain(fact.sureness),
        "reasons": list(fact.reasons),
    }


def _question(question: Question) -> Json:
    return {
        "field": question.field,
        "why": str(question.why),
        "choices": list(question.choices),
        "offers": [_offer(one) for one in question.offers],
    }


def _offer(choice: Choice) -> Json:
    return {
        "value": choice.value,
        "lines": list(choice.lines) if choice.lines else None,
        "text": choice.text,
        "probability": choice.probability,
        "reasons": list(choice.reasons),
    }
