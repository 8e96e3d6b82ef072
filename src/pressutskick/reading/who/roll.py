"""The contacts found so far, and the one that the next number or address goes to."""

from dataclasses import dataclass, field

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import meanings_of
from pressutskick.reading.spots.reach import Reach, Way
from pressutskick.reading.spots.titles import Person
from pressutskick.reading.who.drafts import ContactFound
from pressutskick.reading.who.words import is_titled, organisation


@dataclass(slots=True)
class ContactRoll:
    """Everybody found, the same person once, in the order of the text."""

    found: list[ContactFound] = field(default_factory=list)
    #: Whom numbers and addresses go to; None where what comes next belongs to nobody yet.
    current: ContactFound | None = None

    def begin(
        self,
        name: str | None,
        passage: Passage,
        *,
        lines: tuple[int, int] | None = None,
        is_desk: bool = False,
    ) -> None:
        """Makes a contact the current one; a name that is known already goes on where it was."""
        folded = (name or "").casefold()
        same = next(
            (one for one in self.found if name and (one.name or "").casefold() == folded), None
        )
        if same is None:
            same = ContactFound(is_desk=is_desk)
            same.add("name", name, lines or passage.lines())
            self.found.append(same)
        self.current = same

    def begin_person(self, person: Person, passage: Passage) -> None:
        """Makes a person the current contact, with the title and organisation that stand beside."""
        lines = passage.lines(person.start, person.end)
        self.begin(person.name, passage, lines=lines)
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

    def add_reach(self, reach: Reach, passage: Passage) -> None:
        """Gives a number or address to the current contact."""
        if self.current is not None:
            self.current.add(reach_field(reach), reach.value, passage.lines(reach.start, reach.end))


def reach_field(reach: Reach) -> str:
    """The field of a contact that holds such a number or address."""
    return "emails" if reach.way is Way.EMAIL else "phones"
