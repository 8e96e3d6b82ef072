"""Whom the press may call: people, desks, all their numbers and addresses.

Who and what is a contact's was settled before; here each number gets its owner, and each person
the title and the organisation that stand beside the name.
"""

from pressutskick.reading.learnt.scoring import Role
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning, meanings_of
from pressutskick.reading.page.page import Page, Sentence
from pressutskick.reading.roles.features import person_key
from pressutskick.reading.roles.mentions import PersonMention, ReachMention
from pressutskick.reading.roles.settle import Settled
from pressutskick.reading.spots.reach import find_reaches
from pressutskick.reading.spots.titles import Person
from pressutskick.reading.who.drafts import ContactFound
from pressutskick.reading.who.roll import ContactRoll, reach_field
from pressutskick.reading.who.words import (
    contact_patterns,
    desk_name,
    is_person,
    is_titled,
    sentence_like,
)
from pressutskick.recipients.naming.firstnames import FIRST_NAMES

#: A longer line is no name, title or desk above a number.
_LONGEST_LINE = 70
#: So many lines above a number may tell whose it is.
_HEIGHT = 3


def read_contacts(page: Page, settled: Settled) -> tuple[ContactFound, ...]:
    """Every contact, the same person once, in the order of the text."""
    reader = _Reader(page, settled)
    for passage in page.passages:
        if not passage.is_empty and not page.is_title(passage):
            reader.read(passage)
    return reader.finish()


class _Reader:
    """Walks the passages; `above` are the short lines just before that nobody has claimed yet."""

    def __init__(self, page: Page, settled: Settled) -> None:
        self.page, self.settled = page, settled
        self.roll = ContactRoll()
        self.above: list[Passage] = []
        self.last: Passage | None = None
        self.waiting: list[tuple[ReachMention, Passage]] = []
        mentions = settled.roles.mentions
        self.homes = _homes(settled)
        self.people: dict[int, list[PersonMention]] = {}
        self.reaches: dict[int, list[ReachMention]] = {}
        for person in mentions.people:
            if settled.is_contact(person):
                self.people.setdefault(person.number, []).append(person)
        for reach in mentions.reaches:
            if settled.calls(reach):
                self.reaches.setdefault(reach.number, []).append(reach)
        self.numbers: dict[int, list[int]] = {}
        for number, sentence in enumerate(mentions.sentences):
            self.numbers.setdefault(sentence.passage.index, []).append(number)

    def read(self, passage: Passage) -> None:
        """A passage: people and numbers, or words that belong to those beside it."""
        numbers = self.numbers.get(passage.index, [])
        if not self._follows(passage):
            self.roll.current, self.above = None, []
        told = [n for n in numbers if self.people.get(n) or self.reaches.get(n)]
        if told:
            for number in told:
                self._read_sentence(number)
            self.above = []
        elif passage.says(Meaning.CONTACT) and not sentence_like(passage.text):
            read_words(self.roll, passage)
        elif self.roll.current is not None and self._is_title_line(passage):
            self.roll.current.add("title", passage.text.strip(" ,."), passage.lines())
        elif len(passage.text) < _LONGEST_LINE and not passage.own:
            self.above = [*self.above, passage][-_HEIGHT:]
            if find_reaches(passage.text):
                self.above = []
        else:
            self.roll.current, self.above = None, []
        self.last = passage

    def _follows(self, passage: Passage) -> bool:
        """Whether what was read just before may go on here."""
        if self.last is None:
            return False
        if passage.says(Meaning.CONTACT) and self.last.says(Meaning.CONTACT):
            return True
        gap = passage.unit.paragraph - self.last.unit.paragraph
        return gap <= 1 and not (
            self.last.unit is passage.unit and passage.own and passage.says(Meaning.RSVP)
        )

    def _is_title_line(self, passage: Passage) -> bool:
        current = self.roll.current
        return (
            current is not None
            and not current.is_desk
            and current.get("title") is None
            and self.last is not None
            and passage.unit.paragraph == self.last.unit.paragraph
            and len(passage.text) < _LONGEST_LINE
            and is_titled(passage.text)
            and not sentence_like(passage.text)
        )

    def _read_sentence(self, number: int) -> None:
        sentence = self.settled.roles.mentions.sentences[number]
        part = _part_of(sentence)
        people = [one for one in self.people.get(number, []) if self._is_shown(one, number)]
        reaches = self.reaches.get(number, [])
        named = [one for one in people if one.is_in_label]
        listed = [one for one in people if not one.is_in_label]
        for one in named:
            lines = sentence.passage.label_lines or part.lines()
            self.roll.begin(one.person.name, part, lines=lines)
        if listed:
            self._read_people(part, listed, reaches)
        elif reaches:
            self._read_numbers(part, reaches, is_named=bool(named))

    def _is_shown(self, mention: PersonMention, number: int) -> bool:
        """Whether a contact is told of here, not only named."""
        return (
            bool(self.reaches.get(number))
            or self.settled.roles.mentions.sentences[number].passage.says(Meaning.CONTACT)
            or self.homes.get(person_key(mention.person.name)) is mention
        )

    def _read_people(
        self, part: Passage, people: list[PersonMention], reaches: list[ReachMention]
    ) -> None:
        """A line with names: each number goes to the name before it, or to the first one."""
        persons = [one.person for one in people]
        first = reaches[0].reach.start if reaches else None
        current = self.roll.current
        if (
            first is not None
            and first < persons[0].start
            and (current is None or current.is_reachable)
        ):
            self.roll.begin_person(persons[0], part)
        events: list[Person | ReachMention] = [*persons, *reaches]
        events.sort(key=lambda one: one.start if isinstance(one, Person) else one.reach.start)
        at = 0
        for event in events:
            if isinstance(event, Person):
                self.roll.begin_person(event, part)
                at = max(event.end, event.title_end)
                continue
            if desk := contact_patterns()["desk"].search(part.text, at, event.reach.start):
                # `… eller pressjouren: 031-…`, after a person's own number
                self.roll.begin(desk[0], part, is_desk=True)
            self._give(event, part)
            at = event.reach.end

    def _read_numbers(self, part: Passage, reaches: list[ReachMention], *, is_named: bool) -> None:
        """Numbers without a person on their line: a desk's, or those of whoever stands above."""
        nobodys = [one for one in reaches if self._bearer(one) is None]
        if nobodys and not is_named:
            self._find_owner(part, nobodys)
        for reach in reaches:
            self._give(reach, part)

    def _find_owner(self, part: Passage, reaches: list[ReachMention]) -> None:
        """Makes whoever the numbers belong to the current contact."""
        lead = part.text[: reaches[0].reach.start]
        bearer = self.settled.bearer_beside(reaches[0].number)
        if bearer is None or person_key(bearer) not in self.settled.contacts:
            bearer = self._by_first_name(part.text)
        if bearer is not None:
            self.roll.begin(bearer, part, lines=self._lines_of(bearer))
            return
        if match := contact_patterns()["desk in prose"].search(lead):
            self.roll.begin(match[1], part, is_desk=True)
            return
        words = desk_name(contact_patterns()["role"].sub("", desk_name(lead)))
        if not _names_desk(part, words):
            words = ""
        name = _desk_of(self.roll, part, words)
        current = self.roll.current
        if name is not None:
            lines = part.lines() if name in part.text else part.label_lines
            self.roll.begin(name, part, lines=lines, is_desk=True)
        elif current is None or (current.is_reachable and self.above):
            above = self._desk_above()
            self.roll.begin(
                desk_name(above.text) if above else words or None,
                above or part,
                is_desk=True,
            )
        elif is_titled(words) and not current.is_desk:
            current.add("title", words, part.lines())

    def _lines_of(self, name: str) -> tuple[int, int] | None:
        """Where somebody is named in full, whose number stands elsewhere."""
        key = person_key(name)
        for one in self.settled.roles.mentions.people:
            if person_key(one.person.name) == key:
                return one.sentence.lines(one.person.start, one.person.end)
        return None

    def _desk_above(self) -> Passage | None:
        """`Presstjänsten` on one of the lines above."""
        return next(
            (one for one in self.above if contact_patterns()["desk"].search(one.text)), None
        )

    def _by_first_name(self, text: str) -> str | None:
        """`Ring Vendela på 070-…`: the one person of the text with that first name."""
        match = contact_patterns()["called"].search(text)
        if match is None or match[1].casefold() not in FIRST_NAMES:
            return None
        people = self.settled.roles.mentions.people
        full = {one.person.name for one in people if one.person.name.startswith(f"{match[1]} ")}
        return full.pop() if len(full) == 1 else None

    def _give(self, mention: ReachMention, part: Passage) -> None:
        """To the current contact; an address that bears a contact's name waits for that person."""
        if self._bearer(mention) is not None:
            self.waiting.append((mention, part))
        elif self.roll.current is not None:
            self.roll.add_reach(mention.reach, part)

    def _bearer(self, mention: ReachMention) -> str | None:
        """The key of the contact whose name an address bears."""
        name = self.settled.bearers.get(mention.reach.value.casefold())
        key = person_key(name) if name else None
        return key if key in self.settled.contacts else None

    def finish(self) -> tuple[ContactFound, ...]:
        """Everybody who can be reached, or is a person."""
        owners = {person_key(one.name): one for one in self.roll.found if one.name}
        for mention, part in self.waiting:
            owner = owners.get(self._bearer(mention) or "")
            if owner is not None:
                reach = mention.reach
                owner.add(reach_field(reach), reach.value, part.lines(reach.start, reach.end))
        self._add_named_addresses(owners)
        return tuple(one for one in self.roll.found if one.is_reachable or is_person(one))

    def _add_named_addresses(self, owners: dict[str, ContactFound]) -> None:
        """Somebody whose block gives a shared address has the one that bears the name, too.

        Where the block gives numbers only, whoever wrote it wants to be called.
        """
        for mention in self.settled.roles.mentions.reaches:
            owner = owners.get(self._bearer(mention) or "")
            if owner is not None and owner.all("emails"):
                reach = mention.reach
                owner.add(
                    reach_field(reach), reach.value, mention.sentence.lines(reach.start, reach.end)
                )


def _homes(settled: Settled) -> dict[str, PersonMention]:
    """The mention of each contact that shows most plainly that they are one."""
    homes: dict[str, tuple[float, PersonMention]] = {}
    for mention in settled.roles.mentions.people:
        key = person_key(mention.person.name)
        if key in settled.contacts:
            weight = settled.roles.of_mention(mention, Role.IS_CONTACT)
            if key not in homes or weight > homes[key][0]:
                homes[key] = (weight, mention)
    return {key: mention for key, (_, mention) in homes.items()}


def _part_of(sentence: Sentence) -> Passage:
    """The sentence as a passage; only the first one of a passage has its label."""
    passage = sentence.passage
    start = passage.start + sentence.start
    is_first = sentence.start == 0
    return Passage(
        unit=passage.unit,
        start=start,
        end=start + len(sentence.text),
        index=passage.index,
        label=passage.label,
        label_lines=passage.label_lines,
        meanings=passage.meanings,
        own=passage.own and is_first,
    )


def _names_desk(part: Passage, words: str) -> bool:
    """Whether the words before a number can be a desk's name, not those of a sentence."""
    patterns = contact_patterns()
    if words.casefold() in FIRST_NAMES:
        return True
    if find_reaches(words):
        return False
    if patterns["desk"].search(words):
        return not patterns["rsvp"].search(words)
    listed = part.says(Meaning.CONTACT) or is_titled(words)
    return listed and not sentence_like(part.text) and not patterns["rsvp"].search(words)


def _desk_of(roll: ContactRoll, passage: Passage, words: str) -> str | None:
    """The desk that numbers after `words` belong to; None where it is whoever is current."""
    label, current = passage.label, roll.current
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


def read_words(roll: ContactRoll, passage: Passage) -> None:
    """A line without person or number: a title, an organisation, or the name of a desk."""
    text = passage.text.strip(" :,.-–")
    if (
        not text
        or len(text) > 90
        or find_reaches(text)
        or contact_patterns()["role"].fullmatch(text)
    ):
        return
    current = roll.current
    lines = passage.lines()
    if current is None or current.is_reachable or (current.is_desk and current.name != text):
        if current is None or not is_titled(text) or contact_patterns()["desk"].search(text):
            roll.begin(desk_name(text), passage, is_desk=True)
        elif current is not None:
            current.add("title", text, lines)
    elif is_titled(text) and not current.is_desk and current.get("title") is None:
        current.add("title", text, lines)
    elif not current.is_desk:
        current.add("organisation", text, lines)
