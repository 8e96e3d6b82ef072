"""Sentences that tell whom to call: `Ring Vendela på …`, `presstjänsten nås på …`, `mig på …`."""

import re
from dataclasses import dataclass, field

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.page import Sentence, split_sentences
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.reach import Reach
from pressutskick.reading.spots.titles import Person
from pressutskick.reading.who.drafts import Part
from pressutskick.reading.who.roll import ContactRoll, reach_field
from pressutskick.reading.who.words import contact_patterns, find_calls, is_employer
from pressutskick.recipients.firstnames import FIRST_NAMES

#: A longer sentence that speaks of no contact gives a number for something else.
_LONGEST_SENTENCE = 160


@dataclass(slots=True)
class Prose:
    """Reads sentences; `mine` are numbers of whoever wrote the text."""

    #: Everybody whom the text names in full.
    names: frozenset[str]
    mine: list[Part] = field(default_factory=list)

    def read(self, roll: ContactRoll, passage: Passage) -> None:
        """Everybody whom a passage's sentences tell to call."""
        is_contact = contact_patterns()["contact"].search(passage.text) is not None
        for sentence in split_sentences(passage):
            reaches, people = find_calls(sentence.text), find_people(sentence.text)
            people = tuple(p for p in people if not is_employer(sentence.text, p))
            people = people or self.by_first_name(sentence.text)
            if not reaches:
                continue
            part = _part_of(passage, sentence)
            if not people:
                if not contact_patterns()["rsvp"].search(part.text):
                    read_desk(roll, part, reaches)
                self.mine += _own_numbers(part, reaches)
            elif _tells_contact(sentence.text, is_contact=is_contact):
                before = len(roll.found)
                roll.add_people(part, people, reaches)
                roll.found[before:] = [one for one in roll.found[before:] if one.is_reachable]
        roll.current = None

    def by_first_name(self, text: str) -> tuple[Person, ...]:
        """`Ring Vendela på 070-…`: the one person of the text with that first name."""
        match = contact_patterns()["called"].search(text)
        if match is None:
            return ()
        full = {name for name in self.names if name.startswith(f"{match[1]} ")}
        if len(full) != 1 or match[1].casefold() not in FIRST_NAMES:
            return ()
        return (Person(name=full.pop(), start=match.start(1), end=match.end(1), is_known=True),)

    def read_writer(self, roll: ContactRoll) -> None:
        """Gives the writer's own numbers to the one person who signs."""
        people = [one for one in roll.found if not one.is_desk]
        if len(people) == 1:
            for part in self.mine:
                people[0].add(part.field, part.value, part.lines)


def _part_of(passage: Passage, sentence: Sentence) -> Passage:
    """The sentence as a passage without a label."""
    start = passage.start + sentence.start
    return Passage(
        unit=passage.unit, start=start, end=start + len(sentence.text), index=passage.index
    )


def _tells_contact(text: str, *, is_contact: bool) -> bool:
    """Whether the people of a sentence are to be called, and not only for registering."""
    if contact_patterns()["rsvp"].search(text):
        return contact_patterns()["contact"].search(text) is not None
    return is_contact or len(text) <= _LONGEST_SENTENCE


def read_desk(roll: ContactRoll, part: Passage, reaches: list[Reach]) -> None:
    """`välkomna att ringa polisregionens presstjänst på 031-…`."""
    match = contact_patterns()["desk in prose"].search(part.text[: reaches[0].start])
    if match is None:
        return
    roll.begin(match[1], part, is_desk=True)
    for reach in reaches:
        roll.add_reach(reach, part)


def _own_numbers(part: Passage, reaches: list[Reach]) -> list[Part]:
    """`så når du mig på 070-…`: the writer's own number."""
    lead = part.text[max(0, reaches[0].start - 40) : reaches[0].start]
    if not re.search(r"\b(?:mig|meg|me)\b", lead):
        return []
    return [
        Part(field=reach_field(one), value=one.value, lines=part.lines(one.start, one.end))
        for one in reaches
    ]
