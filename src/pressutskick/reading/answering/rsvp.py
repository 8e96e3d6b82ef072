"""Where and until when to say that one comes.

Which address, number, link and person take registrations, and which moment is the last one, is
judged by learnt weights. Only what the text leaves out is fetched from the block of contacts.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from pressutskick.reading.answering.deadlines import DeadlineFound, read_deadline
from pressutskick.reading.learnt.scoring import Judge, Role, judge_all
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Sentence
from pressutskick.reading.roles.features import reach_key
from pressutskick.reading.roles.mentions import PersonMention, ReachMention
from pressutskick.reading.roles.registration import find_requests
from pressutskick.reading.roles.settle import Settled
from pressutskick.reading.spots.reach import Way, find_reaches
from pressutskick.reading.weighing import Candidate, rank
from pressutskick.reading.who.drafts import ContactFound
from pressutskick.reading.who.words import is_titled

#: From here on an address, number, link or person is taken to register with; what is less likely
#: is offered.
_TAKEN, _OFFERED = 0.5, 0.1
#: No invitation has more contacts, or more sentences that ask for registration.
_MOST = 50
#: A line that is nothing but a title is shorter.
_LONGEST_TITLE = 90
#: The lines of one person's block.
_BLOCK = 4
#: Which contact is meant where only an office is named.
_BY_ROLE = re.compile(
    r"se (?:nedan|kontakt\w*)|nedan\b|below|kontaktperson|presskontakt|\btill (?:mig|oss|undertecknad)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RsvpFound:
    """All that was found out about registration; `is_asked` without an address is a question.

    `emails` are all that may be meant, the likeliest first.
    """

    is_asked: bool
    emails: tuple[Candidate[str], ...] = ()
    phones: tuple[Candidate[str], ...] = ()
    url: Candidate[str] | None = None
    name: Candidate[str] | None = None
    title: str | None = None
    title_lines: tuple[int, int] | None = None
    deadline: DeadlineFound | None = None
    is_masked: bool = False
    lines: tuple[int, int] | None = None

    @property
    def email(self) -> Candidate[str] | None:
        """The address that is taken."""
        return self.emails[0] if self.emails and _is_taken(self.emails[0]) else None


def _is_taken(one: Candidate[str]) -> bool:
    return one.judgement is None or one.probability >= _TAKEN


def read_rsvp(
    settled: Settled,
    contacts: tuple[ContactFound, ...],
    *,
    event: dt.date | None,
    judge: Judge = judge_all,
) -> RsvpFound:
    """Everything about registration; `event` is its day."""
    roles = settled.roles
    requests = find_requests(roles.around.page)
    urls = _ranked(settled, Way.URL, Role.LINK_REGISTERS)
    found = RsvpFound(
        is_asked=bool(requests),
        emails=_ranked(settled, Way.EMAIL, Role.EMAIL_REGISTERS),
        phones=tuple(filter(_is_taken, _ranked(settled, Way.PHONE, Role.PHONE_REGISTERS))),
        url=urls[0] if urls and _is_taken(urls[0]) else None,
        deadline=read_deadline(roles.around, event, judge),
        is_masked=any(
            one.reach.way is Way.MASKED and one.sentence in requests
            for one in roles.mentions.reaches
        ),
        lines=requests[0].lines() if requests else None,
    )
    if not (found.is_asked or found.email or found.phones or found.url or found.deadline):
        return RsvpFound(is_asked=False)
    return replace(_with_person(found, settled, requests, contacts), is_asked=True)


def _ranked(settled: Settled, way: Way, role: Role) -> tuple[Candidate[str], ...]:
    """Every number or address that may be meant, the likeliest first."""
    mentions = [one for one in settled.roles.mentions.reaches if one.reach.way is way]
    judged = {
        reach_key(one.reach.value, way): settled.roles.of_reach(one.reach, role) for one in mentions
    }
    verdict = rank(
        (_candidate(settled, one, role) for one in mentions),
        judged,
        floor=_OFFERED,
        key=lambda value: reach_key(value, way),
    )
    if verdict is None:
        return ()
    return (verdict.best, *(one for one in verdict.rivals if one.probability >= _OFFERED))


def _candidate(settled: Settled, mention: ReachMention, role: Role) -> Candidate[str]:
    """One mention; of several the one stands for all that alone speaks most for the role."""
    reach = mention.reach
    return Candidate(
        value=reach.value,
        score=settled.roles.of_reach_mention(mention, role),
        lines=mention.sentence.lines(reach.start, reach.end),
        text=reach.value,
    )


def _with_person(
    found: RsvpFound,
    settled: Settled,
    requests: tuple[Sentence, ...],
    contacts: tuple[ContactFound, ...],
) -> RsvpFound:
    """Adds the person, and by the person or role what the contact block knows of them."""
    mention = _likeliest_host(settled) or _bearer_of(found, settled)
    if mention is not None:
        person, sentence = mention.person, mention.sentence
        name = Candidate(
            value=person.name,
            score=1.0,
            lines=sentence.lines(person.start, person.end),
            text=person.name,
        )
        phones = found.phones or _phones_beside(mention, settled)
        found = _with_title(replace(found, name=name, phones=phones), mention, settled)
        known = _named(contacts, person.name)
        return _from_contact(found, known, certainty=Certainty.DERIVED)
    if found.email or found.phones or found.url or found.is_masked:
        return found
    if named := _by_name(requests, contacts):
        return _from_contact(found, named, certainty=Certainty.DERIVED)
    return _from_contact(found, _by_role(requests, contacts), certainty=Certainty.GUESSED)


def _with_title(found: RsvpFound, mention: PersonMention, settled: Settled) -> RsvpFound:
    """The title beside the name, or on the line below it."""
    person, sentence = mention.person, mention.sentence
    if person.title:
        lines = sentence.lines(person.title_start, person.title_end)
        return replace(found, title=person.title, title_lines=lines)
    for below in settled.roles.around.page.passages[sentence.passage.index + 1 :][:1]:
        text = below.text.strip()
        if is_titled(text) and not find_reaches(text) and len(text) < _LONGEST_TITLE:
            return replace(found, title=text, title_lines=below.lines())
    return found


def _phones_beside(mention: PersonMention, settled: Settled) -> tuple[Candidate[str], ...]:
    """The numbers that stand under the same heading of registration as the host."""
    passage = mention.sentence.passage
    if not passage.says(Meaning.RSVP):
        return ()
    return tuple(
        _candidate(settled, one, Role.PHONE_REGISTERS)
        for one in settled.roles.mentions.reaches
        if one.reach.way is Way.PHONE
        and one.sentence.passage.says(Meaning.RSVP)
        and one.sentence.passage.label == passage.label
        and 0 <= one.sentence.passage.index - passage.index <= _BLOCK
    )


def _likeliest_host(settled: Settled) -> PersonMention | None:
    """The person who most likely takes registrations, where that is shown most plainly."""
    roles = settled.roles
    likely = [
        one
        for one in roles.mentions.people
        if roles.of_person(one.person.name, Role.REGISTERS).probability >= _TAKEN
    ]
    return max(
        likely,
        key=lambda one: (
            roles.of_person(one.person.name, Role.REGISTERS).probability,
            roles.of_mention(one, Role.REGISTERS),
        ),
        default=None,
    )


def _bearer_of(found: RsvpFound, settled: Settled) -> PersonMention | None:
    """Whose name the address for registration bears, where it is told under that heading."""
    name = settled.bearers.get(found.email.value.casefold()) if found.email else None
    return next(
        (
            one
            for one in settled.roles.mentions.people
            if one.person.name == name and one.sentence.passage.says(Meaning.RSVP)
        ),
        None,
    )


def _named(contacts: tuple[ContactFound, ...], name: str) -> ContactFound | None:
    folded = name.casefold()
    return next((one for one in contacts if (one.name or "").casefold() == folded), None)


def _by_name(
    requests: tuple[Sentence, ...], contacts: tuple[ContactFound, ...]
) -> ContactFound | None:
    """`Anmäl er till Emelia Kront`: the contact of that name, however rare the name is."""
    for request in requests[:_MOST]:
        for contact in contacts[:_MOST]:
            if contact.name and " " in contact.name and contact.name in request.text:
                return contact
    return None


def _by_role(
    requests: tuple[Sentence, ...], contacts: tuple[ContactFound, ...]
) -> ContactFound | None:
    """`Ring eller mejla pressekreteraren, se nedan`: the contact with that title."""
    for request in requests[:_MOST]:
        text = request.passage.text.casefold()
        for contact in contacts[:_MOST]:
            stems = [
                w for w in re.findall(r"\w+", (contact.get("title") or "").casefold()) if len(w) > 7
            ]
            if any(re.search(rf"\b{re.escape(stem[:-1])}", text) for stem in stems):
                return contact
        if _BY_ROLE.search(text) and len(contacts) == 1:
            return contacts[0]
    return None


def _from_contact(
    found: RsvpFound, contact: ContactFound | None, *, certainty: Certainty
) -> RsvpFound:
    """Fills in from the contact block what the request itself leaves out."""
    if contact is None or found.url:
        return found
    reachable = found.email is not None or bool(found.phones) or found.is_masked
    if found.name is None:
        name = _part(contact, "name", certainty)
        found = replace(
            found,
            name=name[0] if name else None,
            title=contact.get("title"),
            title_lines=contact.lines("title"),
        )
    if not reachable:
        emails = _part(contact, "emails", certainty)
        phones = _part(contact, "phones", certainty)
        found = replace(found, emails=emails or found.emails, phones=phones)
    return found


def _part(contact: ContactFound, name: str, certainty: Certainty) -> tuple[Candidate[str], ...]:
    return tuple(
        Candidate(value=part.value, score=1, lines=part.lines, text=part.value, certainty=certainty)
        for part in contact.parts
        if part.field == name
    )
