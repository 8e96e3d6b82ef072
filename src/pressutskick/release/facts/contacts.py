"""Whom the press may call: people, desks, all their numbers and addresses.

A block of contacts is known by its label, and without one by its shape: a name, perhaps a title,
then a number or an address. The block in the text comes first, a newsroom's footer adds to it.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from pressutskick.release.facts.firstnames import FIRST_NAMES
from pressutskick.release.facts.labels import Meaning, Passage, meanings_of
from pressutskick.release.facts.page import Page, is_background, split_sentences
from pressutskick.release.facts.people import Person, find_people, is_title_word
from pressutskick.release.facts.reach import Reach, Way, digits, find_reaches
from pressutskick.release.model import Contact

_LONGEST_NAME = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that a line tells of a contact, and the line."""

    field: str
    value: str
    lines: tuple[int, int]


@dataclass(slots=True, kw_only=True)
class ContactFound:
    """A contact as it grows while its lines are read."""

    is_desk: bool = False
    parts: list[Part] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """The first value told for a field."""
        return next((part.value for part in self.parts if part.field == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value told for a field."""
        return tuple(part.value for part in self.parts if part.field == name)

    def lines(self, name: str) -> tuple[int, int] | None:
        """Where a field was told, first and last line."""
        found = [part.lines for part in self.parts if part.field == name]
        return (min(a for a, _ in found), max(b for _, b in found)) if found else None

    def add(self, name: str, value: str | None, lines: tuple[int, int]) -> None:
        """Adds a value, each number and address once."""
        if not value:
            return
        if name == "phones":
            known = any(digits(one) == digits(value) for one in self.all(name))
            known = known and any(
                one.strip().startswith("+") == value.strip().startswith("+")
                for one in self.all(name)
            )
        else:
            known = any(one.casefold() == value.casefold() for one in self.all(name))
        if not known and (name in ("phones", "emails") or self.get(name) is None):
            self.parts.append(Part(field=name, value=value, lines=lines))

    @property
    def name(self) -> str | None:
        """The person or the desk."""
        return self.get("name")

    @property
    def contact(self) -> Contact:
        """The value."""
        return Contact(
            name=self.name,
            title=self.get("title"),
            organisation=self.get("organisation"),
            phones=self.all("phones"),
            emails=self.all("emails"),
        )

    @property
    def is_reachable(self) -> bool:
        """Whether a number or an address is known."""
        return bool(self.all("phones") or self.all("emails"))


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
            r"kommunikationscentral|media ?(?:desk|relations|office)|press office|pressekretariat|kundtjänst|jouren\b|"
            r"presskontakt\s[A-ZÅÄÖ]",
            flags,
        ),
        "filler": re.compile(
            r"\b(?:tele?fon(?:nummer)?|te\.?l|tel|tfn|tlf|mob(?:il|ile)?(?:telefon)?|mobiltlf|office|direct|direkt|e-?post(?:adress)?|"
            r"e-?mail|mail|mejl|phone|cell|växel|fax|via|på|at|or|eller|och|og|and|alt|nr|sms|kontakta|ring|nås|"
            r"kun redaksjoner|ikke)\b\.?:?|[|/(•·,;:–-]",
            flags,
        ),
        "reference": re.compile(
            r"^.{0,60}\b(?:hänvisas till|besvaras av|ställs till|rettes til|kontaktar?|ring|av|contact)\s(?=\S)",
            flags,
        ),
        "role": re.compile(
            r"(?:press(?:e)?(?:kontakt(?:er)?|ansvarig|ansvarlig)|kontaktperson(?:er)?|media contacts?)\b[\s:,]*",
            flags,
        ),
        "employer": re.compile(
            r"(?:sekreter|rådgiv|assistent)\w*\s(?:åt|hos|till|for|to)\s(?:\S+\s){0,4}$", flags
        ),
    }


def read_contacts(page: Page) -> tuple[ContactFound, ...]:
    """Every contact, the same person once, in the order of the text."""
    reader = _Reader()
    for passage in page.passages:
        if passage.is_empty or page.is_title(passage):
            continue
        if passage.says(Meaning.CONTACT):
            reader.read_listed(passage)
        elif is_background(passage):
            reader.close()
        else:
            reader.read_loose(passage)
    reader.read_hosts()
    return tuple(one for one in reader.found if one.is_reachable or _is_person(one))


def _is_person(found: ContactFound) -> bool:
    """Somebody with a known first name is kept even where no number survived."""
    first = (found.name or "").split(" ")[0].casefold()
    return not found.is_desk and (first in FIRST_NAMES or first.split("-")[0] in FIRST_NAMES)


class _Reader:
    """Walks the passages; `current` is the contact that numbers and addresses go to."""

    def __init__(self) -> None:
        self.found: list[ContactFound] = []
        self.current: ContactFound | None = None
        #: Short lines just before, that a number may make a contact of: a letterhead's stack.
        self.stack: list[Passage] = []
        #: What asks for registration; its person is called where the text names nobody else.
        self.asked: list[Passage] = []

    def read_hosts(self) -> None:
        """Whoever takes registrations by telephone is the contact of a text without another."""
        if any(one.is_reachable for one in self.found):
            return
        for passage in self.asked:
            reaches, people = _calls(passage.text), find_people(passage.text, weak=True)
            if people and any(one.way is Way.PHONE for one in reaches):
                self._read_people(passage, people[:1], reaches)
        self.close()

    def close(self) -> None:
        """What comes next belongs to nobody yet."""
        self.current = None
        self.stack = []

    def read_listed(self, passage: Passage) -> None:
        """A passage under a contact label."""
        text = passage.text
        reaches = _calls(text)
        people = tuple(
            p for p in find_people(text, weak=len(text) < 400) if not _is_employer(text, p)
        )
        if people:
            self._read_people(passage, people, reaches)
        elif reaches:
            self._read_reaches(passage, reaches)
        elif not _sentence_like(text):
            self._read_words(passage)

    def read_loose(self, passage: Passage) -> None:
        """A passage elsewhere: a stack of short lines, or a sentence that tells whom to call."""
        text = passage.text.strip()
        reaches = _calls(text)
        goes_on = bool(self.stack) and passage.unit.paragraph - self.stack[-1].unit.paragraph <= 1
        if not reaches:
            self._keep(passage, goes_on=goes_on)
        elif _is_only_rsvp(passage):
            self.asked.append(passage)
            self.close()
        elif goes_on and len(text) < 70 and not _sentence_like(text) and self._read_stack():
            self.read_listed(passage)
            self.stack.append(passage)
        elif (
            len(text) < _LONGEST_NAME and _patterns()["desk"].search(text) and not find_people(text)
        ):
            self.close()
            self._read_reaches(passage, reaches)
        else:
            self.close()
            self._read_sentences(passage)

    def _keep(self, passage: Passage, *, goes_on: bool) -> None:
        """A short line may be the name above a number."""
        if not goes_on:
            self.close()
        if len(passage.text) < 70 and not passage.own:
            self.stack.append(passage)
        else:
            self.close()

    def _read_stack(self) -> bool:
        """Whether the lines above a number name somebody; begins the contact."""
        fresh = [passage for passage in self.stack[-3:] if not _calls(passage.text)]
        last_call = next((p for p in reversed(self.stack) if _calls(p.text)), None)
        fresh = [p for p in fresh if last_call is None or p.index > last_call.index]
        if not fresh:
            return self.current is not None
        begun = False
        for passage in fresh:
            people = find_people(passage.text, weak=True)
            if people and _is_name_line(passage.text, people[0]):
                self._read_people(passage, people[:1], [])
                begun = True
            elif begun:
                self._read_words(passage)
            elif _patterns()["desk"].search(passage.text):
                self._begin(_desk_name(passage.text), passage, is_desk=True)
                begun = True
        return begun

    def _read_sentences(self, passage: Passage) -> None:
        patterns = _patterns()
        whole = patterns["contact"].search(passage.text) is not None
        for sentence in split_sentences(passage):
            reaches, people = _calls(sentence.text), find_people(sentence.text)
            people = tuple(p for p in people if not _is_employer(sentence.text, p))
            if not reaches or not people:
                continue
            asks = patterns["rsvp"].search(sentence.text) is not None
            if asks and not patterns["contact"].search(sentence.text):
                continue
            if not asks and not whole and len(sentence.text) > 160:
                continue
            start = passage.start + sentence.start
            part = Passage(
                unit=passage.unit, start=start, end=start + len(sentence.text), index=passage.index
            )
            before = len(self.found)
            self._read_people(part, people, reaches)
            self.found[before:] = [one for one in self.found[before:] if one.is_reachable]
        self.current = None

    def _read_people(
        self, passage: Passage, people: tuple[Person, ...], reaches: list[Reach]
    ) -> None:
        """A line with names: each number goes to the name before it, or to the first one."""
        events: list[Person | Reach] = [*people, *reaches]
        events.sort(key=lambda event: event.start)
        if isinstance(events[0], Reach) and (self.current is None or self.current.is_reachable):
            self._begin_person(people[0], passage)
        for event in events:
            if isinstance(event, Person):
                self._begin_person(event, passage)
            else:
                self._reach(event, passage)

    def _begin_person(self, person: Person, passage: Passage) -> None:
        lines = passage.lines(person.start, person.end)
        self._begin(person.name, passage, lines=lines)
        if self.current is not None:
            title_lines = (
                passage.lines(person.title_start, person.title_end) if person.title else lines
            )
            self.current.add("title", person.title, title_lines)
            self.current.add("organisation", _organisation(passage, person), lines)

    def _read_reaches(self, passage: Passage, reaches: list[Reach]) -> None:
        """Numbers without a person on their line: a desk's, or those of the person above."""
        lead = passage.text[: reaches[0].start]
        words = _desk_name(_patterns()["role"].sub("", _desk_name(lead)))
        name = self._desk_of(passage, words)
        current = self.current
        if name is not None:
            lines = passage.lines() if name in passage.text else passage.label_lines
            self._begin(name, passage, lines=lines, is_desk=True)
        elif current is None:
            self._begin(words or None, passage, is_desk=True)
        elif is_titled(words) and not current.is_desk:
            current.add("title", words, passage.lines())
        for reach in reaches:
            self._reach(reach, passage)

    def _desk_of(self, passage: Passage, words: str) -> str | None:
        """The desk that numbers after `words` belong to; None where it is whoever is current."""
        label, current = passage.label, self.current
        if passage.own and label and _patterns()["desk"].search(label):
            return _desk_name(label)
        if passage.own and label and len(words) < 3 and not meanings_of(label):
            return _desk_name(label)
        if current is not None and not current.is_desk and is_titled(words):
            return None
        is_desk = _patterns()["desk"].search(passage.text) is not None
        if current is not None and not current.is_reachable and (current.is_desk or not is_desk):
            return None
        if len(words) < 3 or (current is not None and is_titled(words) and not is_desk):
            return None
        return words

    def _read_words(self, passage: Passage) -> None:
        """A line without person or number: a title, an organisation, or the name of a desk."""
        text = passage.text.strip(" :,.-–")
        if not text or len(text) > 90 or find_reaches(text) or _patterns()["role"].fullmatch(text):
            return
        current = self.current
        lines = passage.lines()
        if current is None or current.is_reachable or (current.is_desk and current.name != text):
            if current is None or not is_titled(text) or _patterns()["desk"].search(text):
                self._begin(_desk_name(text), passage, is_desk=True)
            elif current is not None:
                current.add("title", text, lines)
        elif is_titled(text) and not current.is_desk and current.get("title") is None:
            current.add("title", text, lines)
        elif not current.is_desk:
            current.add("organisation", text, lines)

    def _begin(
        self,
        name: str | None,
        passage: Passage,
        *,
        lines: tuple[int, int] | None = None,
        is_desk: bool = False,
    ) -> None:
        folded = (name or "").casefold()
        same = next(
            (one for one in self.found if name and (one.name or "").casefold() == folded), None
        )
        if same is None:
            same = ContactFound(is_desk=is_desk)
            same.add("name", name, lines or passage.lines())
            self.found.append(same)
        self.current = same

    def _reach(self, reach: Reach, passage: Passage) -> None:
        if self.current is not None:
            kind = "emails" if reach.way is Way.EMAIL else "phones"
            self.current.add(kind, reach.value, passage.lines(reach.start, reach.end))


def _is_name_line(text: str, person: Person) -> bool:
    """A line that begins with a known name, or is nothing but a name."""
    if person.start or is_title_word(text.split(maxsplit=1)[0]) or _sentence_like(text):
        return False
    return person.end >= len(text.rstrip()) or (person.is_known and not text.rstrip().endswith("."))


def _calls(text: str) -> list[Reach]:
    """Numbers and e-mail addresses; a web address reaches nobody."""
    return [one for one in find_reaches(text) if one.way in (Way.PHONE, Way.EMAIL)]


def _is_only_rsvp(passage: Passage) -> bool:
    """An address for registration that is not offered for questions too."""
    whole = f"{passage.label or ''} {passage.text}"
    asks = passage.says(Meaning.RSVP) or _patterns()["rsvp"].search(whole)
    return bool(asks) and not _patterns()["contact"].search(whole)


def _desk_name(text: str) -> str:
    """The words of a desk without what they are followed by: `tel`, hours in brackets, signs."""
    plain = re.sub(r"\((?![A-ZÅÄÖ]{2,}\))[^)]*\)", " ", text)
    plain = _patterns()["reference"].sub("", plain)
    if not re.search(r"(?:press|media) office\W*$", plain, re.IGNORECASE):
        plain = re.sub(rf"(?:{_patterns()['filler'].pattern}|\s)+$", "", plain, flags=re.IGNORECASE)
    words = re.sub(r"\s+", " ", plain).strip(" .,:;–-")
    return words if len(words) <= _LONGEST_NAME else words[:_LONGEST_NAME].rsplit(" ", 1)[0]


def is_titled(text: str) -> bool:
    """Whether a line is a title: one of its first words names an office."""
    return any(is_title_word(word) for word in text.split()[:5])


def _is_employer(text: str, person: Person) -> bool:
    """`Pressekreterare åt Viveka Örling`: the person whom the contact works for."""
    return _patterns()["employer"].search(text[: person.start]) is not None


def _organisation(passage: Passage, person: Person) -> str | None:
    """`Socialförvaltningen Centrum - Ulla-Karin Sjöberg`, `Sjöbevakningen: Mira Forsander`."""
    match = re.fullmatch(r"\W*([A-ZÅÄÖÆØ][^:@\d]{2,60}?)\s[-–|]\s", passage.text[: person.start])
    if match and not is_titled(match[1]):
        return match[1].strip()
    if passage.own and passage.label and person.start < 3 and not meanings_of(passage.label):
        return passage.label.strip()
    return None


def _sentence_like(text: str) -> bool:
    return len(text.split()) > 8 and text[-1:] in ".!?"
