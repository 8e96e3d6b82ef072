"""Whoever takes the registrations: the contact of a text that names nobody else."""

from dataclasses import dataclass, field

from pressutskick.release.facts.contactlines import read_numbers
from pressutskick.release.facts.contactroll import ContactRoll
from pressutskick.release.facts.contactwords import find_calls
from pressutskick.release.facts.labels import Passage
from pressutskick.release.facts.people import find_people
from pressutskick.release.facts.reach import Way


@dataclass(slots=True)
class Hosts:
    """The requests for registration, kept until it is known whether another contact is named."""

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
        for passage in self.asked:
            reaches, people = find_calls(passage.text), find_people(passage.text, weak=True)
            if people and any(one.way is Way.PHONE for one in reaches):
                roll.add_people(passage, people[:1], reaches)
            elif reaches and passage.index in self.named_above:
                above = self.named_above[passage.index]
                people = find_people(above.text, weak=True)
                roll.add_people(above, people[:1], [])
                read_numbers(roll, passage, reaches)
