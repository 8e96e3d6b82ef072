"""Whoever takes the registrations: the contact of a text that names nobody else."""

from dataclasses import dataclass, field

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.reach import Reach, Way
from pressutskick.reading.who.lines import read_numbers
from pressutskick.reading.who.prose import Prose, read_desk
from pressutskick.reading.who.roll import ContactRoll
from pressutskick.reading.who.words import find_calls
from pressutskick.release.identity import slugify


@dataclass(slots=True)
class Hosts:
    """The requests for registration, kept until it is known whether another contact is named."""

    #: Everybody whom the text names in full.
    names: frozenset[str] = frozenset()
    asked: list[Passage] = field(default_factory=list)
    #: Passage number of a request -> the line above it that names who takes it.
    named_above: dict[int, Passage] = field(default_factory=dict)

    def remember(self, passage: Passage, above: Passage | None) -> None:
        """Keeps a request, and the name on a line of its own above it."""
        named = self.named_above.get(passage.index - 1, above)
        if named is not None:
            self.named_above[passage.index] = named
        self.asked.append(passage)

    def read(self, roll: ContactRoll) -> None:
        """Whoever takes registrations by telephone is called where nobody else can be."""
        if any(one.is_reachable for one in roll.found):
            return
        bearers = {slugify(name): name for name in self.names}
        for passage in self.asked:
            reaches, people = find_calls(passage.text), find_people(passage.text, weak=True)
            if people and any(one.way is Way.PHONE for one in reaches):
                roll.add_people(passage, people[:1], reaches)
            elif reaches and passage.index in self.named_above:
                above = self.named_above[passage.index]
                people = find_people(above.text, weak=True)
                roll.add_people(above, people[:1], [])
                read_numbers(roll, passage, reaches)
            elif reaches:
                self._read_unnamed(roll, passage, reaches, bearers)

    def _read_unnamed(
        self, roll: ContactRoll, passage: Passage, reaches: list[Reach], bearers: dict[str, str]
    ) -> None:
        """A desk's telephone, or an address that bears the name of somebody in the text."""
        found = (bearers.get(slugify(one.value.partition("@")[0])) for one in reaches)
        owner = next(filter(None, found), None)
        person = Prose(self.names).by_first_name(passage.text)
        if person:
            roll.add_people(passage, person, reaches)
            return
        calls = [one for one in reaches if one.way is Way.PHONE]
        if owner is not None and calls:
            roll.begin(owner, passage)
            for reach in reaches:
                roll.add_reach(reach, passage)
        elif len(calls) == len(reaches):
            read_desk(roll, passage, reaches)
