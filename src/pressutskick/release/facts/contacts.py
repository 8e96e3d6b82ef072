"""Whom the press may call: people, desks, all their numbers and addresses.

A block of contacts is known by its label, and without one by its shape: a name, perhaps a title,
then a number or an address. The block in the text comes first, a newsroom's footer adds to it.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from pressutskick.release.facts.labels import Meaning, Passage
from pressutskick.release.facts.page import Page, is_background, split_sentences
from pressutskick.release.facts.people import Person, find_people, is_title_word
from pressutskick.release.facts.reach import Reach, Way, digits, find_reaches
from pressutskick.release.model import Contact


@dataclass(slots=True, kw_only=True)
class ContactFound:
    """A contact as it grows while its lines are read, with those lines."""

    name: str | None = None
    title: str | None = None
    organisation: str | None = None
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 0
    name_line: tuple[int, int] = (0, 0)
    is_desk: bool = False

    @property
    def contact(self) -> Contact:
        """The value."""
        return Contact(
            name=self.name,
            title=self.title,
            organisation=self.organisation,
            phones=tuple(self.phones),
            emails=tuple(self.emails),
        )

    @property
    def is_reachable(self) -> bool:
        """Whether a number or an address is known."""
        return bool(self.phones or self.emails)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "rsvp": re.compile(
            r"anmäl|o\.?s\.?a\b|\brsvp\b|påmelding|tilmelding|akkrediter|ackrediter|hör av (?:dig|er)|meddela|skriv en rad|"
            r"melde? fra|signal",
            flags,
        ),
        "contact": re.compile(
            r"frågor|information|upplysning|opplysning|oplysning|kontakta?\b|spørsmål|contact|enquir|questions|intervju|"
            r"nås på|reserve",
            flags,
        ),
        "desk": re.compile(
            r"press(?:e)?\w*(?:jour|tjänst|telefon|vakt|central|rum|avdelning|desk|service|tjeneste)\w*|"
            r"kommunikationscentral|media ?(?:desk|relations|office)|press office|pressekretariat|kundtjänst|växel\b|jouren\b|presskontakt\s\S",
            flags,
        ),
        "filler": re.compile(
            r"\b(?:tele?fon(?:nummer)?|te\.?l|tel|tfn|tlf|mob(?:il|ile)?(?:telefon)?|mobiltlf|office|direct|direkt|e-?post(?:adress)?|"
            r"e-?mail|mail|mejl|phone|cell|växel|fax|via|på|at|or|eller|och|og|and|alt|nr|sms|kontakta|ring|nås|"
            r"kun redaksjoner|ikke|presskontakt|pressekontakt|presskontakter)\b\.?:?|[|/()•·,;:–-]",
            flags,
        ),
        "role": re.compile(
            r"^(?:press(?:e)?(?:kontakt|ansvarig|ansvarlig)|pressansvarig|kontaktperson|media contact)\b",
            flags,
        ),
    }


def read_contacts(page: Page) -> tuple[ContactFound, ...]:
    """Every contact, the same person once, in the order of the text."""
    reader = _Reader()
    for passage in page.passages:
        if passage.is_empty or (is_background(passage) and not passage.says(Meaning.CONTACT)):
            continue
        if page.is_title(passage):
            continue
        if passage.says(Meaning.CONTACT):
            reader.read_listed(passage)
        else:
            reader.read_loose(passage)
    reader.close()
    return tuple(one for one in reader.found if one.name or one.is_reachable)


class _Reader:
    """Walks the passages; `current` is the contact that numbers and addresses go to."""

    def __init__(self) -> None:
        self.found: list[ContactFound] = []
        self.current: ContactFound | None = None
        #: Short lines just before, that a number may make a contact of: a letterhead's stack.
        self.stack: list[Passage] = []

    def close(self) -> None:
        self.current = None
        self.stack = []

    def read_listed(self, passage: Passage) -> None:
        """A passage under a contact label."""
        text = passage.text
        reaches = [r for r in find_reaches(text) if r.way in (Way.PHONE, Way.EMAIL)]
        people = find_people(text, weak=len(text) < 400)
        people = tuple(p for p in people if not _is_employer(text, p))
        if passage.own and passage.label and not people and not reaches and len(text) > 160:
            return
        if people:
            self._read_people(passage, people, reaches)
        elif reaches:
            self._read_reaches(passage, reaches)
        else:
            self._read_words(passage)

    def read_loose(self, passage: Passage) -> None:
        """A passage elsewhere: a stack of short lines, or a sentence that tells whom to call."""
        text = passage.text.strip()
        reaches = [r for r in find_reaches(text) if r.way in (Way.PHONE, Way.EMAIL)]
        if not reaches:
            if (
                self.current is not None
                and passage.unit.paragraph == self.stack_paragraph
                and len(text) < 50
            ):
                self.current = None
            if (
                len(text) < 60
                and not passage.own
                and passage.unit.paragraph == self.stack_paragraph
            ):
                self.stack.append(passage)
            else:
                self.close()
                self.stack = [passage] if len(text) < 60 and not passage.own else []
            self._loose_people(passage)
            return
        if passage.says(Meaning.RSVP) and not _patterns()["contact"].search(
            (passage.label or "") + " " + text
        ):
            self.close()
            return
        if len(text) < 60 and self.stack and not _sentence_like(text):
            self._read_stack()
            self.read_listed(passage)
            return
        self.close()
        self._read_sentences(passage)

    @property
    def stack_paragraph(self) -> int:
        return self.stack[-1].unit.paragraph if self.stack else -1

    def _loose_people(self, passage: Passage) -> None:
        """Nothing: a name without a number is no contact outside a contact block."""

    def _read_stack(self) -> None:
        """The lines above a number: name, then title."""
        for passage in self.stack[-3:]:
            people = find_people(passage.text, weak=True)
            if people and people[0].start == 0:
                self._read_people(passage, people, [])
            elif self.current is not None and not self.current.is_reachable:
                self._read_words(passage)
            elif _patterns()["desk"].search(passage.text):
                self._begin(passage.text.strip(), passage, is_desk=True)
        self.stack = self.stack[-1:]

    def _read_sentences(self, passage: Passage) -> None:
        patterns = _patterns()
        whole = patterns["contact"].search(passage.text)
        for sentence in split_sentences(passage):
            reaches = [r for r in find_reaches(sentence.text) if r.way in (Way.PHONE, Way.EMAIL)]
            people = find_people(sentence.text)
            if not reaches or not people:
                continue
            asks = patterns["rsvp"].search(sentence.text) is not None
            tells = patterns["contact"].search(sentence.text) or (whole and not asks)
            if asks and not tells:
                continue
            part = Passage(
                unit=passage.unit,
                start=passage.start + sentence.start,
                end=passage.start + sentence.start + len(sentence.text),
                index=passage.index,
            )
            self._read_people(part, people, reaches)
        self.current = None

    def _read_people(
        self, passage: Passage, people: tuple[Person, ...], reaches: list[Reach]
    ) -> None:
        events: list[tuple[int, Person | Reach]] = [(p.start, p) for p in people]
        events += [(r.start, r) for r in reaches]
        events.sort(key=lambda event: event[0])
        text = passage.text
        if (
            events
            and isinstance(events[0][1], Reach)
            and (self.current is None or self.current.is_reachable)
        ):
            # an address before the name that it belongs to
            first = people[0]
            self._begin(
                first.name, passage, title=first.title, organisation=_organisation(text, first)
            )
        for _, event in events:
            if isinstance(event, Reach):
                self._reach(event, passage)
            else:
                self._begin(
                    event.name, passage, title=event.title, organisation=_organisation(text, event)
                )
        self._rest_of(passage, people, reaches)

    def _rest_of(self, passage: Passage, people: tuple[Person, ...], reaches: list[Reach]) -> None:
        """A desk after the last person on the line: `Nils Berg 070-… Pressjouren 08-…`."""

    def _read_reaches(self, passage: Passage, reaches: list[Reach]) -> None:
        """Numbers without a person on their line: a desk's, or those of the person above."""
        patterns = _patterns()
        lead = passage.text[: reaches[0].start]
        words = patterns["filler"].sub(" ", lead)
        words = re.sub(r"\s+", " ", re.sub(r"\([^)]*\)", "", words)).strip(" .")
        desk = patterns["desk"].search(lead)
        name: str | None
        open_person = self.current is not None and not (self.current.is_reachable and desk)
        if words and not (open_person and not (desk and self.current and not self.current.is_desk)):
            name = words if len(words) < 70 else words[:70].rsplit(" ", 1)[0]
            if not is_title_word(words.split()[0]) or self.current is None:
                if passage.label and passage.own and len(words) < 3:
                    name = passage.label
                self._begin(name.strip(), passage, is_desk=True)
        elif (
            words
            and self.current is not None
            and is_title_word(words.split()[-1])
            and not self.current.title
        ):
            self.current.title = words
        if self.current is None:
            name = (
                passage.label if passage.label and patterns["desk"].search(passage.label) else None
            )
            self._begin(name, passage, is_desk=True)
        for reach in reaches:
            self._reach(reach, passage)

    def _read_words(self, passage: Passage) -> None:
        """A line without person or number: a title, an organisation, or the name of a desk."""
        text = passage.text.strip(" :,.-–")
        if (
            not text
            or len(text) > 90
            or _sentence_like(text)
            or _patterns()["role"].fullmatch(text)
        ):
            return
        current = self.current
        if (
            current is not None
            and not current.is_desk
            and is_titled(text)
            and current.title is None
        ):
            current.title = text
        elif current is not None and (current.is_reachable or current.is_desk):
            if current.is_desk and not current.is_reachable and current.name == text:
                return
            if _patterns()["desk"].search(text) or not is_titled(text):
                self._begin(text, passage, is_desk=True)
        elif current is not None:
            if current.title is None and is_titled(text):
                current.title = text
            elif current.organisation is None:
                current.organisation = text
        else:
            self._begin(text, passage, is_desk=True)

    def _begin(
        self,
        name: str | None,
        passage: Passage,
        *,
        title: str | None = None,
        organisation: str | None = None,
        is_desk: bool = False,
    ) -> None:
        first, last = passage.lines()
        same = next(
            (
                one
                for one in self.found
                if name and one.name and one.name.casefold() == name.casefold()
            ),
            None,
        )
        if same is None:
            self._drop_empty_desk()
            same = ContactFound(
                name=name, first=first, last=last, name_line=(first, last), is_desk=is_desk
            )
            self.found.append(same)
        same.title = same.title or title
        same.organisation = same.organisation or organisation
        self.current = same

    def _drop_empty_desk(self) -> None:
        """Words that turned out to be no desk: nothing to reach them by."""
        if self.current is not None and self.current.is_desk and not self.current.is_reachable:
            self.found.remove(self.current)

    def _reach(self, reach: Reach, passage: Passage) -> None:
        current = self.current
        if current is None:
            return
        line = passage.lines(reach.start, reach.end)
        current.last = max(current.last, line[1])
        if reach.way is Way.EMAIL:
            if reach.value.casefold() not in (e.casefold() for e in current.emails):
                current.emails.append(reach.value)
        elif reach.value not in current.phones and not _has_number(current, reach.value):
            current.phones.append(reach.value)


def _has_number(contact: ContactFound, number: str) -> bool:
    return any(digits(phone) == digits(number) for phone in contact.phones)


def is_titled(text: str) -> bool:
    """Whether a line is a title: one of its first words names an office."""
    return any(is_title_word(word) for word in text.split()[:5])


def _is_employer(text: str, person: Person) -> bool:
    """`Pressekreterare åt Viveka Örling`: the person whom the contact works for."""
    before = text[: person.start]
    return (
        re.search(
            r"\b(?:åt|hos|till|for|hos civilminister|kommunstyrelsens ordförande)\s(?:\S+\s){0,3}$",
            before,
        )
        is not None
        and re.search(r"sekreter|rådgiver|rådgivare|assistent", before, re.IGNORECASE) is not None
    )


def _organisation(text: str, person: Person) -> str | None:
    """`Socialförvaltningen Centrum - Ulla-Carin Moberg`: what stands before the name."""
    before = text[: person.start]
    match = re.fullmatch(r"\W*([A-ZÅÄÖÆØ][^:@\d]{2,60}?)\s[-–|]\s", before)
    return match[1].strip() if match and not is_titled(match[1]) else None


def _sentence_like(text: str) -> bool:
    return len(text.split()) > 8 and text[-1:] in ".!?"
