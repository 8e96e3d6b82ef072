"""Whom the press may call: people, desks, all their numbers and addresses.

A block of contacts is known by its label, and without one by its shape: a name, perhaps a title,
then a number or an address. The block in the text comes first, a newsroom's footer adds to it.
"""

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, is_background
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.reach import Way
from pressutskick.reading.who.drafts import ContactFound
from pressutskick.reading.who.hosts import Hosts
from pressutskick.reading.who.lines import read_listed, read_numbers
from pressutskick.reading.who.prose import Prose
from pressutskick.reading.who.roll import ContactRoll, reach_field
from pressutskick.reading.who.stack import LONGEST_LINE, Stack
from pressutskick.reading.who.words import (
    LONGEST_NAME,
    contact_patterns,
    find_calls,
    is_only_rsvp,
    is_person,
    sentence_like,
)
from pressutskick.release.identity import slugify


def read_contacts(page: Page) -> tuple[ContactFound, ...]:
    """Every contact, the same person once, in the order of the text."""
    people = (person for sentence in page.sentences() for person in find_people(sentence.text))
    reader = _Reader(frozenset(person.name for person in people))
    for passage in page.passages:
        if passage.is_empty or page.is_title(passage):
            continue
        if passage.says(Meaning.CONTACT):
            read_listed(reader.roll, passage)
        elif is_background(passage):
            reader.close()
        else:
            reader.read_loose(passage)
    found = reader.finish()
    _add_named_addresses(page, found)
    return found


class _Reader:
    """Walks the passages."""

    def __init__(self, names: frozenset[str]) -> None:
        self.roll = ContactRoll()
        self.stack = Stack()
        self.hosts = Hosts(names)
        self.prose = Prose(names)

    def finish(self) -> tuple[ContactFound, ...]:
        """What only the whole text tells; everybody who is a contact."""
        self.hosts.read(self.roll)
        self.prose.read_writer(self.roll)
        return tuple(one for one in self.roll.found if one.is_reachable or is_person(one))

    def close(self) -> None:
        """What comes next belongs to nobody yet."""
        self.roll.current = None
        self.stack = Stack()

    def read_loose(self, passage: Passage) -> None:
        """A passage without a contact label: a stack of lines, or a sentence on whom to call."""
        text = passage.text.strip()
        reaches = find_calls(text)
        goes_on = self.stack.reaches_to(passage)
        if not reaches:
            self._keep(passage, goes_on=goes_on)
        elif is_only_rsvp(passage):
            self.hosts.remember(passage, self.stack.name_above(passage))
            self.close()
        elif (
            goes_on
            and len(text) < LONGEST_LINE
            and not sentence_like(text)
            and self.stack.read(self.roll)
        ):
            read_listed(self.roll, passage)
            self.stack.lines.append(passage)
        elif _is_desk_line(passage):
            self.close()
            read_numbers(self.roll, passage, reaches)
        else:
            self.close()
            self.prose.read(self.roll, passage)

    def _keep(self, passage: Passage, *, goes_on: bool) -> None:
        """A short line may be the name above a number."""
        if not goes_on:
            self.close()
        if self.stack.may_take(passage):
            self.stack.lines.append(passage)
        else:
            self.close()


def _add_named_addresses(page: Page, found: tuple[ContactFound, ...]) -> None:
    """Somebody whose block gives a shared address has the one that bears the name, too.

    Where the block gives numbers only, whoever wrote it wants to be called.
    """
    named = {slugify(one.name): one for one in found if one.name and one.all("emails")}
    for passage in page.passages:
        for reach in find_calls(passage.text):
            owner = named.get(slugify(reach.value.partition("@")[0]))
            if reach.way is Way.EMAIL and owner is not None and " " in (owner.name or ""):
                lines = passage.lines(reach.start, reach.end)
                owner.add(reach_field(reach), reach.value, lines)


def _is_desk_line(passage: Passage) -> bool:
    """`Presstjänsten: 031-…`, with nobody's name."""
    text = passage.text.strip()
    return (
        len(text) < LONGEST_NAME
        and contact_patterns()["desk"].search(f"{passage.label or ''} {text}") is not None
        and not find_people(text)
    )
