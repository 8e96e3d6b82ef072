"""Checks of who to answer and whom to ask: RSVP, contacts, addresses, numbers."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import combinations

from pressutskick.checks.subject import Subject
from pressutskick.errors import Problem
from pressutskick.reading.spots.reach import Way, digits, find_reaches
from pressutskick.release.likeness import fold, measure_distance
from pressutskick.release.model import Contact, Kind
from pressutskick.sentences import say

_MASKED = re.compile(
    r"(?i)\[\s?e-?mail\s?(?:protected|skyddad|beskyttet)\s?\]|[\w.-]+(?:remove-?this|nospam|ta-?bort)"
    r"[\w.-]*@[\w.-]+|[\w.-]+@[\w.-]*(?:remove-?this|nospam|ta-?bort)[\w.-]*"
    r"|\b[\w.-]+\s?[(\[](?:at|snabel-?a|a)[)\]]\s?[\w-]+(?:\.[\w-]+)+"
)
_PERSONAL_NUMBER = re.compile(
    r"(?i)\b(person-?nummer|personnr|födelsenummer|fødselsnummer|cpr-?n(?:umme)?r|social security"
    r" number|date of birth and)\b"
)


def check_answers(subject: Subject) -> Iterator[Problem]:
    """RSVP and contacts."""
    if subject.release.kind is Kind.INVITATION:
        yield from _check_rsvp(subject)
        yield from _check_deadline(subject)
    yield from _check_contacts(subject)
    yield from _check_names(subject)


def check_reaches(subject: Subject) -> Iterator[Problem]:
    """Addresses and numbers wherever they stand."""
    yield from _check_masks(subject)
    yield from _check_addresses(subject)
    yield from _check_phones(subject)


# RSVP ---------------------------------------------------------------------------------------------


def _check_rsvp(subject: Subject) -> Iterator[Problem]:
    rsvp = subject.release.rsvp
    line = subject.line_of("rsvp", "title")
    if rsvp is not None and not (rsvp.email or rsvp.phones or rsvp.url):
        sentence = say("An answer is asked for, but there is no address, number or link for it.")
        yield subject.problem("rsvp-unreachable", sentence, line)
    if rsvp is None or not rsvp.email:
        return
    for unit in subject.units:
        match = _PERSONAL_NUMBER.search(unit.text)
        if match:
            sentence = say("“{word}” should not be sent in an open e-mail.", word=match[0])
            yield subject.problem("personal-number", sentence, unit.lines(match.start())[0])
            return


def _check_deadline(subject: Subject) -> Iterator[Problem]:
    rsvp, event = subject.release.rsvp, subject.event
    if rsvp is None or rsvp.deadline is None:
        return
    deadline = rsvp.deadline
    line = subject.line_of("rsvp.deadline", "rsvp")
    day = deadline.date() if isinstance(deadline, dt.datetime) else deadline
    last = event.end_date or event.date
    if not subject.is_certain("rsvp.deadline") or subject.is_asked("rsvp.deadline"):
        return
    if subject.is_asked("event.date"):
        last = None
    if last is not None and (
        day > last
        or (
            isinstance(deadline, dt.datetime)
            and event.start is not None
            and day == event.date == last
            and deadline.time() > event.start
        )
    ):
        sentence = say("The last day to answer, {day}, comes after the event.", day=day.isoformat())
        yield subject.problem("deadline-late", sentence, line)
    elif day < subject.today and (last is None or last >= subject.today):
        sentence = say("The last day to answer, {day}, has passed.", day=day.isoformat())
        yield subject.problem("deadline-past", sentence, line)


# Contacts -----------------------------------------------------------------------------------------


def _check_contacts(subject: Subject) -> Iterator[Problem]:
    contacts = subject.release.contacts
    if not contacts:
        rsvp = subject.release.rsvp
        if not _has_reach(subject) and (rsvp is None or not (rsvp.email or rsvp.phones)):
            sentence = say("There is nobody whom the press can call or write to.")
            yield subject.problem("contact-missing", sentence, subject.line_of("title"))
        return
    reachable = [contact for contact in contacts if contact.phones or contact.emails]
    for index, contact in enumerate(contacts):
        # A chair without a number beside a press officer with one is no flaw.
        if not reachable and contact.name:
            sentence = say("{name} has neither number nor address.", name=contact.name)
            line = subject.line_of(f"contacts[{index}]", "title")
            yield subject.problem("contact-unreachable", sentence, line)
    yield from _check_twice_named(subject, contacts)


def _has_reach(subject: Subject) -> bool:
    """Whether the prose gives any number or address, whoever it belongs to."""
    return any(
        reach.way in (Way.PHONE, Way.EMAIL)
        for unit in subject.units
        for reach in find_reaches(unit.text)
    )


def _check_twice_named(subject: Subject, contacts: tuple[Contact, ...]) -> Iterator[Problem]:
    """The letterhead and the footer name the same person with other ways to reach them."""
    numbered = list(enumerate(contacts))
    for (_, one), (index, other) in combinations(numbered, 2):
        if not one.name or fold(one.name) != fold(other.name or ""):
            continue
        phones = {digits(phone) for phone in one.phones}, {digits(phone) for phone in other.phones}
        emails = set(map(fold, one.emails)), set(map(fold, other.emails))
        if any(a and b and not a & b for a, b in (phones, emails)):
            sentence = say("{name} stands here twice, with different details.", name=one.name)
            line = subject.line_of(f"contacts[{index}]")
            yield subject.problem("contacts-disagree", sentence, line)


def _check_names(subject: Subject) -> Iterator[Problem]:
    """An address that is nearly, but not quite, the person's name."""
    named = [
        (contact.name or "", email, f"contacts[{index}]")
        for index, contact in enumerate(subject.release.contacts)
        for email in contact.emails
    ]
    rsvp = subject.release.rsvp
    if rsvp is not None and rsvp.email and not any(email == rsvp.email for _, email, _ in named):
        named.append((rsvp.name or "", rsvp.email, "rsvp.email"))
    for name, email, field in named:
        near = _near_name(name, email)
        if near is not None:
            sentence = say(
                "{email} has “{near}”, but the name is {name}.", email=email, near=near, name=name
            )
            yield subject.problem("address-name", sentence, _line_of_text(subject, email, field))


def _near_name(name: str, email: str) -> str | None:
    """The part of the address that misspells a part of the name, if one does.

    Only where another part is right: initials and second surnames are no misspellings.
    """
    names = [fold(part) for part in re.split(r"[\s-]+", name) if len(part) > 1]
    # Numbers tell namesakes apart: `catharina.jonsson2`.
    local = re.sub(r"\d", "", fold(email.partition("@")[0]))
    parts = [part for part in re.split(r"[._+-]", local) if len(part) > 1]
    if len(names) < 2 or len(parts) < 2 or not set(names) & set(parts):
        return None
    for part in parts:
        if part in names or len(part) < 4:
            continue
        for each in names:
            limit = 2 if len(each) < 7 else 3
            if each not in parts and 0 < measure_distance(part, each, limit=limit) < limit:
                return part
    return None


# Addresses and numbers ----------------------------------------------------------------------------


def _all_emails(subject: Subject) -> list[tuple[str, int | None]]:
    """Each address once, with its line: those of the prose, and those of the facts."""
    found: dict[str, int | None] = {}
    for unit in subject.units:
        for reach in find_reaches(unit.text):
            if reach.way is Way.EMAIL:
                found.setdefault(reach.value.casefold(), unit.lines(reach.start, reach.end)[0])
    release = subject.release
    for index, contact in enumerate(release.contacts):
        for email in contact.emails:
            found.setdefault(email.casefold(), subject.line_of(f"contacts[{index}]"))
    if release.rsvp is not None and release.rsvp.email:
        found.setdefault(release.rsvp.email.casefold(), subject.line_of("rsvp.email", "rsvp"))
    return list(found.items())


def _check_masks(subject: Subject) -> Iterator[Problem]:
    for unit in subject.units:
        for match in _MASKED.finditer(unit.text):
            sentence = say("“{words}” is no address: it was lost in copying.", words=match[0])
            line = unit.lines(match.start(), match.end())[0]
            yield subject.problem("address-masked", sentence, line)


def _check_addresses(subject: Subject) -> Iterator[Problem]:
    emails = _all_emails(subject)
    for email, line in emails:
        if not email.partition("@")[0].isascii():
            sentence = say(
                "{email} cannot receive mail: its name part holds å, ä or ö.", email=email
            )
            yield subject.problem("address-not-ascii", sentence, line)
    domains: dict[str, int | None] = {}
    for email, line in emails:
        domains.setdefault(email.rpartition("@")[2], line)
    counts = {
        domain: sum(email.endswith("@" + domain) for email, _ in emails) for domain in domains
    }
    sites = _sites(subject)
    for one, other in combinations(domains, 2):
        if not _is_slip(one, other):
            continue
        rare, right = sorted((one, other), key=lambda domain: (counts[domain], domain in sites))
        sentence = say("{domain} is nearly, but not quite, {other}.", domain=rare, other=right)
        yield subject.problem("address-domain", sentence, domains[rare])
    for domain, line in domains.items():
        site = next((site for site in sites if _is_slip(domain, site)), None)
        if site is not None and site not in domains:
            sentence = say("{domain} is nearly, but not quite, {other}.", domain=domain, other=site)
            yield subject.problem("address-domain", sentence, line)


def _sites(subject: Subject) -> frozenset[str]:
    """The hosts of the web addresses in the prose, without `www.`."""
    found = set()
    for unit in subject.units:
        for reach in find_reaches(unit.text):
            if reach.way is Way.URL:
                bare = re.sub(r"^https?://", "", reach.value.casefold())
                found.add(re.sub(r"^www\.", "", bare).partition("/")[0])
    return frozenset(found)


def _is_slip(one: str, other: str) -> bool:
    """One letter off in the name, the ending alike: `karvik.se`, `karrvik.se`."""
    if one.rpartition(".")[2] != other.rpartition(".")[2] or min(len(one), len(other)) < 8:
        return False
    return measure_distance(one, other, limit=2) == 1


def _check_phones(subject: Subject) -> Iterator[Problem]:
    seen: set[str] = set()
    for unit in subject.units:
        for reach in find_reaches(unit.text):
            if reach.way is Way.PHONE:
                line = unit.lines(reach.start, reach.end)[0]
                yield from _check_phone(subject, reach.value, line, seen)
    fields = [(f"contacts[{i}]", c.phones) for i, c in enumerate(subject.release.contacts)]
    if subject.release.rsvp is not None:
        fields.append(("rsvp", subject.release.rsvp.phones))
    for field, phones in fields:
        for phone in phones:
            yield from _check_phone(subject, phone, subject.line_of(field), seen)


def _check_phone(
    subject: Subject, phone: str, line: int | None, seen: set[str]
) -> Iterator[Problem]:
    """Swedish numbers only: mobile ten digits, landline eight to ten, with the leading zero."""
    plain = re.sub(r"\D", "", phone.replace("(0)", ""))
    if phone.lstrip(" (").startswith("+46") or plain.startswith("0046"):
        plain = "0" + re.sub(r"^(00)?46", "", plain)
    if not plain.startswith("0") or plain.startswith("00") or plain in seen:
        return
    seen.add(plain)
    is_mobile = re.match(r"07[02369]", plain) is not None
    if is_mobile and len(plain) != 10:
        sentence = say("{phone} has {count} digits; a mobile number has ten.",
                       phone=phone, count=len(plain))  # fmt: skip
    elif not is_mobile and not 8 <= len(plain) <= 10:
        sentence = say("{phone} has {count} digits; a number has eight to ten.",
                       phone=phone, count=len(plain))  # fmt: skip
    else:
        return
    yield subject.problem("phone-length", sentence, line)


def _line_of_text(subject: Subject, words: str, field: str) -> int | None:
    """Where `words` stand in the prose, or the field's line."""
    for number, row in subject.rows:
        if words.casefold() in row.casefold():
            return number
    return subject.line_of(field)
