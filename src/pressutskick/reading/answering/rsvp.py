"""Where and until when to say that one comes.

An address is the RSVP's only where words of registration stand beside it; an e-mail for tickets,
pictures or questions is not. A deadline in days or clocks is resolved to a full date against the
event's own.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from pressutskick.reading.answering.deadlines import DeadlineFound, read_deadline
from pressutskick.reading.answering.registration import Source, find_sources
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page
from pressutskick.reading.spots.reach import Reach, Way
from pressutskick.reading.spots.titles import Person
from pressutskick.reading.weighing import Candidate, weigh
from pressutskick.reading.who.drafts import ContactFound
from pressutskick.reading.who.words import is_titled

#: No invitation has more contacts, or more sentences that ask for registration.
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RsvpFound:
    """All that was found out about registration; `is_asked` without an address is a question."""

    is_asked: bool
    email: Candidate[str] | None = None
    others: tuple[str, ...] = ()
    phones: tuple[Candidate[str], ...] = ()
    url: Candidate[str] | None = None
    name: Candidate[str] | None = None
    title: str | None = None
    title_lines: tuple[int, int] | None = None
    deadline: DeadlineFound | None = None
    is_masked: bool = False
    by_role: bool = False
    lines: tuple[int, int] | None = None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "role": re.compile(
            r"se (?:nedan|kontakt\w*)|nedan\b|below|kontaktperson|presskontakt|\btill (?:mig|oss|undertecknad)\b",
            flags,
        ),
    }


def read_rsvp(
    page: Page, contacts: tuple[ContactFound, ...], *, event: dt.date | None
) -> RsvpFound:
    """Everything about registration."""
    sources = find_sources(page)
    if not sources:
        return RsvpFound(is_asked=False)
    emails = [
        _candidate(source, one)
        for source in sources
        for one in source.reaches
        if one.way is Way.EMAIL
    ]
    verdict = weigh(emails, key=str.casefold)
    chosen = _chosen(sources, verdict.best if verdict else None)
    kin = _kin(chosen, sources)
    phones = tuple(_candidate(s, one) for s in kin for one in s.reaches if one.way is Way.PHONE)
    link = next((s.first(Way.URL) for s in sources if s.first(Way.URL)), None)
    found = RsvpFound(
        is_asked=True,
        email=verdict.best if verdict else None,
        others=_others(verdict.best.value if verdict else None, emails),
        phones=phones,
        url=_url(sources) if link and not verdict and not phones else None,
        deadline=read_deadline(page, sources, event),
        is_masked=any(s.first(Way.MASKED) for s in sources),
        lines=sources[0].sentence.lines(),
    )
    return _with_person(found, kin, contacts)


def _candidate(source: Source, reach: Reach) -> Candidate[str]:
    return Candidate(
        value=reach.value,
        score=source.score - reach.start / 10_000,
        lines=source.sentence.lines(reach.start, reach.end),
        text=reach.value,
    )


def _chosen(sources: tuple[Source, ...], best: Candidate[str] | None) -> Source:
    if best is not None:
        for source in sources:
            if any(reach.value == best.value for reach in source.reaches):
                return source
    return next((s for s in sources if s.first(Way.PHONE)), sources[0])


def _kin(chosen: Source, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The chosen source and the other lines of its section, which tell of the same person."""
    label = chosen.sentence.passage.label
    if label is None or not chosen.sentence.passage.says(Meaning.RSVP):
        return (chosen,)
    return tuple(
        s
        for s in sources
        if s.sentence.passage.label == label and s.sentence.passage.says(Meaning.RSVP)
    )


def _others(best: str | None, emails: list[Candidate[str]]) -> tuple[str, ...]:
    if best is None:
        return ()
    top = max(one.score for one in emails)
    near = [
        one.value
        for one in emails
        if one.value.casefold() != best.casefold() and top - one.score < 1.5
    ]
    return tuple(dict.fromkeys(near))


def _url(sources: tuple[Source, ...]) -> Candidate[str] | None:
    for source in sources:
        for reach in source.reaches:
            if reach.way is Way.URL and not re.search(r"facebook|youtube|karta|map", reach.value):
                return _candidate(source, reach)
    return None


def _with_person(
    found: RsvpFound, kin: tuple[Source, ...], contacts: tuple[ContactFound, ...]
) -> RsvpFound:
    """Adds the person, and by the person or role what the contact block knows of them."""
    source = next((s for s in kin if s.people), None)
    if source is not None:
        person = source.people[0]
        name = Candidate(
            value=person.name,
            score=source.score,
            lines=source.sentence.lines(person.start, person.end),
            text=person.name,
        )
        found = _with_title(replace(found, name=name), person, kin, source)
        known = next(
            (c for c in contacts if c.name and c.name.casefold() == person.name.casefold()), None
        )
        return _from_contact(found, known, certainty=Certainty.DERIVED)
    if found.email or found.phones or found.url or found.is_masked:
        return found
    if named := _by_name(kin, contacts):
        return replace(_from_contact(found, named, certainty=Certainty.DERIVED), by_role=False)
    return _from_contact(found, _by_role(kin, contacts), certainty=Certainty.GUESSED)


def _with_title(
    found: RsvpFound, person: Person, kin: tuple[Source, ...], source: Source
) -> RsvpFound:
    """The title beside the name, or on the line below it."""
    if person.title:
        lines = source.sentence.lines(person.title_start, person.title_end)
        return replace(found, title=person.title, title_lines=lines)
    for following in kin[kin.index(source) + 1 : kin.index(source) + 2]:
        text = following.sentence.text.strip()
        if is_titled(text) and not following.reaches and len(text) < 90:
            return replace(found, title=text, title_lines=following.sentence.lines())
    return found


def _by_name(
    sources: tuple[Source, ...], contacts: tuple[ContactFound, ...]
) -> ContactFound | None:
    """`Anmäl er till Emelia Kront`: the contact of that name, however rare the name is."""
    for source in sources[:_MOST]:
        for contact in contacts[:_MOST]:
            if contact.name and " " in contact.name and contact.name in source.sentence.text:
                return contact
    return None


def _by_role(
    sources: tuple[Source, ...], contacts: tuple[ContactFound, ...]
) -> ContactFound | None:
    """`Ring eller mejla pressekreteraren, se nedan`: the contact with that title."""
    for source in sources:
        text = source.sentence.passage.text.casefold()
        for contact in contacts:
            stems = [
                w for w in re.findall(r"\w+", (contact.get("title") or "").casefold()) if len(w) > 7
            ]
            if any(re.search(rf"\b{re.escape(stem[:-1])}", text) for stem in stems):
                return contact
        if _patterns()["role"].search(text) and len(contacts) == 1:
            return contacts[0]
    return None


def _from_contact(
    found: RsvpFound, contact: ContactFound | None, *, certainty: Certainty
) -> RsvpFound:
    """Fills in from the contact block what the request itself leaves out."""
    if contact is None or found.url:
        return found
    by_role = found.name is None
    reachable = found.email is not None or bool(found.phones) or found.is_masked
    if by_role:
        name = _part(contact, "name", certainty)
        found = replace(
            found,
            name=name[0] if name else None,
            title=contact.get("title"),
            title_lines=contact.lines("title"),
        )
    if not reachable:
        email = _part(contact, "emails", certainty)
        phones = _part(contact, "phones", certainty)
        found = replace(found, email=email[0] if email else None, phones=phones)
    return replace(found, by_role=by_role)


def _part(contact: ContactFound, name: str, certainty: Certainty) -> tuple[Candidate[str], ...]:
    return tuple(
        Candidate(value=part.value, score=1, lines=part.lines, text=part.value, certainty=certainty)
        for part in contact.parts
        if part.field == name
    )
