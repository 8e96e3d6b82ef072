"""Short lines on top of each other, outside any block: a letterhead, a name above a number."""

from dataclasses import dataclass, field

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.who.lines import read_words
from pressutskick.reading.who.roll import ContactRoll
from pressutskick.reading.who.words import contact_patterns, desk_name, find_calls, is_name_line

#: A longer line is no part of a stack.
LONGEST_LINE = 70
#: So many lines above a number may tell whose it is.
_HEIGHT = 3


@dataclass(slots=True)
class Stack:
    """The short lines just before, that a number may make a contact of."""

    lines: list[Passage] = field(default_factory=list)

    def reaches_to(self, passage: Passage) -> bool:
        """Whether a passage follows on the last line, without a gap between."""
        return bool(self.lines) and passage.unit.paragraph - self.lines[-1].unit.paragraph <= 1

    def may_take(self, passage: Passage) -> bool:
        """Whether a line could be the name or title above a number."""
        is_host = passage.own and passage.says(Meaning.RSVP)
        return len(passage.text) < LONGEST_LINE and (not passage.own or is_host)

    def name_above(self, passage: Passage) -> Passage | None:
        """The line of the same paragraph that is nothing but somebody's name."""
        named = None
        for above in self.lines[-_HEIGHT:]:
            if above.unit.paragraph == passage.unit.paragraph:
                people = find_people(above.text, weak=True)
                if people and is_name_line(above.text, people[0]):
                    named = above
        return named

    def read(self, roll: ContactRoll) -> bool:
        """Whether the lines above a number name somebody; begins the contact."""
        fresh = [passage for passage in self.lines[-_HEIGHT:] if not find_calls(passage.text)]
        last_call = next((p for p in reversed(self.lines) if find_calls(p.text)), None)
        fresh = [p for p in fresh if last_call is None or p.index > last_call.index]
        if not fresh:
            return roll.current is not None
        begun = False
        for passage in fresh:
            people = find_people(passage.text, weak=True)
            if (
                people
                and is_name_line(passage.text, people[0])
                and (not begun or people[0].is_known)
            ):
                roll.add_people(passage, people[:1], [])
                begun = True
            elif begun:
                read_words(roll, passage)
            elif contact_patterns()["desk"].search(passage.text):
                roll.begin(desk_name(passage.text), passage, is_desk=True)
                begun = True
        return begun
