"""Whom the press may call: people, desks, all their numbers and addresses.

A block of contacts is known by its label, and without one by its shape: a name, perhaps a title,
then a number or an address. The block in the text comes first, a newsroom's footer adds to it.
"""

import re

from pressutskick.release.facts.contactfound import ContactFound, Part
from pressutskick.release.facts.contactwords import (
    LONGEST_NAME,
    contact_patterns,
    desk_name,
    find_calls,
    is_employer,
    is_name_line,
    is_only_rsvp,
    is_person,
    is_titled,
    organisation,
    sentence_like,
)
from pressutskick.release.facts.firstnames import FIRST_NAMES
from pressutskick.release.facts.labels import Passage
from pressutskick.release.facts.labelwords import Meaning, meanings_of
from pressutskick.release.facts.page import Page, Sentence, is_background, split_sentences
from pressutskick.release.facts.people import find_people
from pressutskick.release.facts.reach import Reach, Way, find_reaches
from pressutskick.release.facts.titles import Person


def read_contacts(page: Page) -> tuple[ContactFound, ...]:
    """Every contact, the same person once, in the order of the text."""
    people = (person for sentence in page.sentences() for person in find_people(sentence.text))
    reader = _Reader(frozenset(person.name for person in people))
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
    reader.read_writer()
    return tuple(one for one in reader.found if one.is_reachable or is_person(one))


class _Reader:
    """Walks the passages; `current` is the contact that numbers and addresses go to."""

    def __init__(self, names: frozenset[str]) -> None:
        #: Everybody whom the text names in full.
        self.names = names
        self.found: list[ContactFound] = []
        self.current: ContactFound | None = None
        #: Short lines just before, that a number may make a contact of: a letterhead's stack.
        self.stack: list[Passage] = []
        #: What asks for registration; its person is called where the text names nobody else.
        self.asked: list[Passage] = []
        #: Passage number of a request -> the line above it that names who takes it.
        self.named_above: dict[int, Passage] = {}
        #: Numbers of whoever wrote the text: `du når mig på …`.
        self.mine: list[Part] = []

    def read_writer(self) -> None:
        """Gives the writer's own numbers to the one person who signs."""
        people = [one for one in self.found if not one.is_desk]
        if len(people) == 1:
            for part in self.mine:
                people[0].add(part.field, part.value, part.lines)

    def read_hosts(self) -> None:
        """Whoever takes registrations by telephone is the contact of a text without another."""
        if any(one.is_reachable for one in self.found):
            return
        for passage in self.asked:
            reaches, people = find_calls(passage.text), find_people(passage.text, weak=True)
            if people and any(one.way is Way.PHONE for one in reaches):
                self._read_people(passage, people[:1], reaches)
            elif reaches and passage.index in self.named_above:
                above = self.named_above[passage.index]
                people = find_people(above.text, weak=True)
                self._read_people(above, people[:1], [])
                self._read_reaches(passage, reaches)
        self.close()

    def close(self) -> None:
        """What comes next belongs to nobody yet."""
        self.current = None
        self.stack = []

    def read_listed(self, passage: Passage) -> None:
        """A passage under a contact label."""
        text = passage.text
        reaches = find_calls(text)
        people = tuple(
            p for p in find_people(text, weak=len(text) < 400) if not is_employer(text, p)
        )
        if people:
            self._read_people(passage, people, reaches)
        elif reaches:
            self._read_reaches(passage, reaches)
        elif not sentence_like(text):
            self._read_words(passage)

    def read_loose(self, passage: Passage) -> None:
        """A passage elsewhere: a stack of short lines, or a sentence that tells whom to call."""
        text = passage.text.strip()
        reaches = find_calls(text)
        goes_on = bool(self.stack) and passage.unit.paragraph - self.stack[-1].unit.paragraph <= 1
        if not reaches:
            self._keep(passage, goes_on=goes_on)
        elif is_only_rsvp(passage):
            self._ask(passage)
            self.close()
        elif goes_on and len(text) < 70 and not sentence_like(text) and self._read_stack():
            self.read_listed(passage)
            self.stack.append(passage)
        elif (
            len(text) < LONGEST_NAME
            and contact_patterns()["desk"].search(f"{passage.label or ''} {text}")
            and not find_people(text)
        ):
            self.close()
            self._read_reaches(passage, reaches)
        else:
            self.close()
            self._read_sentences(passage)

    def _ask(self, passage: Passage) -> None:
        """Remembers a request for registration, and the name alone on a line above it."""
        names = [p for p in self.stack[-3:] if p.unit.paragraph == passage.unit.paragraph]
        for above in names:
            people = find_people(above.text, weak=True)
            if people and is_name_line(above.text, people[0]):
                self.named_above[passage.index] = above
        if passage.index - 1 in self.named_above:
            self.named_above[passage.index] = self.named_above[passage.index - 1]
        self.asked.append(passage)

    def _keep(self, passage: Passage, *, goes_on: bool) -> None:
        """A short line may be the name above a number."""
        if not goes_on:
            self.close()
        is_host = passage.own and passage.says(Meaning.RSVP)
        if len(passage.text) < 70 and (not passage.own or is_host):
            self.stack.append(passage)
        else:
            self.close()

    def _read_stack(self) -> bool:
        """Whether the lines above a number name somebody; begins the contact."""
        fresh = [passage for passage in self.stack[-3:] if not find_calls(passage.text)]
        last_call = next((p for p in reversed(self.stack) if find_calls(p.text)), None)
        fresh = [p for p in fresh if last_call is None or p.index > last_call.index]
        if not fresh:
            return self.current is not None
        begun = False
        for passage in fresh:
            people = find_people(passage.text, weak=True)
            if (
                people
                and is_name_line(passage.text, people[0])
                and (not begun or people[0].is_known)
            ):
                self._read_people(passage, people[:1], [])
                begun = True
            elif begun:
                self._read_words(passage)
            elif contact_patterns()["desk"].search(passage.text):
                self._begin(desk_name(passage.text), passage, is_desk=True)
                begun = True
        return begun

    def _read_sentences(self, passage: Passage) -> None:
        patterns = contact_patterns()
        whole = patterns["contact"].search(passage.text) is not None
        for sentence in split_sentences(passage):
            reaches, people = find_calls(sentence.text), find_people(sentence.text)
            people = tuple(p for p in people if not is_employer(sentence.text, p))
            people = people or self._by_first_name(sentence.text)
            if reaches and not people:
                self._read_desk(passage, sentence, reaches)
                self.mine += _own_calls(passage, sentence, reaches)
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

    def _by_first_name(self, text: str) -> tuple[Person, ...]:
        """`Ring Vendela på 070-…`: the one person of the text with that first name."""
        match = contact_patterns()["called"].search(text)
        if match is None:
            return ()
        full = {name for name in self.names if name.startswith(f"{match[1]} ")}
        if len(full) != 1 or match[1].casefold() not in FIRST_NAMES:
            return ()
        return (Person(name=full.pop(), start=match.start(1), end=match.end(1), is_known=True),)

    def _read_desk(self, passage: Passage, sentence: Sentence, reaches: list[Reach]) -> None:
        """`välkomna att ringa polisregionens presstjänst på 031-…`."""
        lead = sentence.text[: reaches[0].start]
        match = contact_patterns()["desk in prose"].search(lead)
        if match is None or contact_patterns()["rsvp"].search(sentence.text):
            return
        start = passage.start + sentence.start
        part = Passage(
            unit=passage.unit, start=start, end=start + len(sentence.text), index=passage.index
        )
        self._begin(match[1], part, is_desk=True)
        for reach in reaches:
            self._reach(reach, part)

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
            label = passage.label or ""
            stands_first = passage.own and min(person.start, 3) == person.start
            if stands_first and not person.title and is_titled(label) and not meanings_of(label):
                self.current.add("title", label.strip(" :"), passage.label_lines or lines)
            self.current.add("title", person.title, title_lines)
            self.current.add("organisation", organisation(passage, person), lines)

    def _read_reaches(self, passage: Passage, reaches: list[Reach]) -> None:
        """Numbers without a person on their line: a desk's, or those of the person above."""
        lead = passage.text[: reaches[0].start]
        if contact_patterns()["rsvp"].search(lead) and not contact_patterns()["contact"].search(
            lead
        ):
            return
        words = desk_name(contact_patterns()["role"].sub("", desk_name(lead)))
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
        if passage.own and label and contact_patterns()["desk"].search(label):
            return desk_name(label)
        if passage.own and label and len(words) < 3 and not meanings_of(label):
            return desk_name(label)
        if current is not None and not current.is_desk and is_titled(words):
            return None
        is_desk = contact_patterns()["desk"].search(passage.text) is not None
        if current is not None and not current.is_reachable and (current.is_desk or not is_desk):
            return None
        if len(words) < 3 or (current is not None and is_titled(words) and not is_desk):
            return None
        return words

    def _read_words(self, passage: Passage) -> None:
        """A line without person or number: a title, an organisation, or the name of a desk."""
        text = passage.text.strip(" :,.-–")
        if (
            not text
            or len(text) > 90
            or find_reaches(text)
            or contact_patterns()["role"].fullmatch(text)
        ):
            return
        current = self.current
        lines = passage.lines()
        if current is None or current.is_reachable or (current.is_desk and current.name != text):
            if current is None or not is_titled(text) or contact_patterns()["desk"].search(text):
                self._begin(desk_name(text), passage, is_desk=True)
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


def _own_calls(passage: Passage, sentence: Sentence, reaches: list[Reach]) -> list[Part]:
    """`så når du mig på 070-…`: the writer's own number."""
    lead = sentence.text[max(0, reaches[0].start - 40) : reaches[0].start]
    if not re.search(r"\b(?:mig|meg|me)\b", lead):
        return []
    at = sentence.start
    return [
        Part(
            field="emails" if one.way is Way.EMAIL else "phones",
            value=one.value,
            lines=passage.lines(at + one.start, at + one.end),
        )
        for one in reaches
    ]
