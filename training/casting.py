"""Owns the people of a text: who they are, and the slots that name them."""

import re
from collections.abc import Callable

from training.grammar import AbsentError
from training.marks import unmark
from training.people import Person, draw_email, draw_name, draw_phone
from training.slots import Writer
from training.times import shift

#: How numbers of mobiles begin, with or without the country.
MOBILE = r"70\W?1\W?7|7700|^(\(?\+47\)? )?(90|40|97)\W?\d|^(\+45 )?29"
#: What a number or an address is where its owner has this role.
ADDRESS_ROLES = {"contact": "contact", "host": "registration"}


class Cast:
    """Draws the people of a writer's scene and adds the slots that speak of them."""

    def __init__(self, writer: Writer) -> None:
        self.writer, self.rng, self.grammar = writer, writer.rng, writer.grammar
        self.scene = writer.scene
        self._draw()
        writer.grammar.slots |= self._slots()
        writer.grammar.flags |= {
            "desk": lambda: writer.person is not None and writer.person.is_desk,
            "guest": lambda: writer.person is not None and bool(writer.person.org),
            "party": lambda: writer.person is not None and writer.person.party is not None,
        }

    def _draw(self) -> None:
        scene, chance = self.scene, self.rng.random
        speakers = self.rng.choices([0, 1, 2, 3, 4, 5, 7], [6, 24, 28, 20, 12, 6, 4])[0]
        scene.speakers = [self._new_person() for _ in range(speakers)]
        scene.contacts = [self._new_contact() for _ in range(self.rng.choice([1, 1, 1, 2, 2, 3]))]
        if scene.speakers and chance() < 0.2:
            scene.contacts.append(self._give_phones(scene.speakers[-1]))
        if chance() < 0.15:
            scene.contacts.append(self._new_desk())
        scene.host = scene.contacts[0]
        if scene.channel == "host" and chance() < 0.6:
            scene.host = self._new_contact()
        if len(scene.speakers) > 1 and chance() < 0.35:
            scene.moderator = self._new_person()

    def _new_person(self, rule: str = "title") -> Person:
        given, family = draw_name(self.rng, self.scene.language)
        office = self.grammar.draw(rule)
        title = office.lstrip("!")
        has_party = title != office and self.rng.random() < 0.4
        return Person(
            given=given,
            family=family,
            title=title,
            party=self.grammar.draw("party") if has_party else None,
            org=self.grammar.draw("guest") if title == office else "",
        )

    def _give_phones(self, person: Person) -> Person:
        count = self.rng.choices([0, 1, 2], [8, 75, 17])[0]
        person.phones = [draw_phone(self.rng, self.scene.language) for _ in range(count)]
        if not count or self.rng.random() < 0.6:
            domain = self.writer.domain
            person.email = draw_email(self.rng, person.given, person.family, domain)
        return person

    def _new_contact(self) -> Person:
        person = self._give_phones(self._new_person("title.press"))
        person.party, person.org = None, self.grammar.write("{=org}")
        return person

    def _new_desk(self) -> Person:
        desk = Person(given=self.grammar.draw("desk"), family="", title="", is_desk=True)
        desk.phones = [draw_phone(self.rng, self.scene.language)]
        if self.rng.random() < 0.4:
            desk.email = f"{self.grammar.draw('other.box')}@{self.writer.domain}"
        return desk

    def _slots(self) -> dict[str, Callable[[], str]]:
        scene = self.scene
        return {
            "name": self._name,
            "tel": self._phone_word,
            "quoted": lambda: self._in_prose(scene.speakers[:1], "quoted", "speaker.prose"),
            "contact.sender": lambda: self._in_lines(
                scene.contacts[:1], "contact", "contact.stack", "\n\n"
            ),
            "p.title": lambda: self._known("title"),
            "p.org": lambda: self._known("org"),
            "p.party": lambda: self._known("party"),
            "phone": lambda: self._number(0),
            "phone2": lambda: self._number(1),
            "mail": self._mail,
            "mail.link": lambda: self._known("name") if self._known("email") else "",
            "speakers": lambda: self._in_prose(scene.speakers, "speaker", "speaker.prose"),
            "speaker": self._one_speaker,
            "speaker.name": lambda: self._in_prose(scene.speakers[:1], "speaker", "bare.name"),
            "others": lambda: self._in_prose(scene.speakers[1:], "speaker", "speaker.prose"),
            "speaker.lines": lambda: self._in_lines(scene.speakers, "speaker", "speaker.line"),
            "speaker.stops": self._with_stops,
            "moderator": lambda: self._in_prose(self._moderators(), "moderator", "speaker.prose"),
            "contact": lambda: self._in_prose(scene.contacts[:1], "contact", "contact.prose"),
            "contact.more": lambda: self._in_prose(scene.contacts[1:], "contact", "contact.prose"),
            "contact.lines": lambda: self._in_lines(scene.contacts, "contact", "contact.line"),
            "contact.stacks": lambda: self._in_lines(
                scene.contacts, "contact", "contact.stack", "\n\n"
            ),
            "host": self._host,
            "host.short": lambda: self._host("bare.titled"),
            "other": lambda: self._in_prose([self._new_person()], "other", "speaker.prose"),
            "other.name": lambda: self._in_prose([self._new_person()], "other", "bare.name"),
            "sessions": self._sessions,
            "agenda": self._agenda,
        }

    def _one_speaker(self) -> str:
        """The first speaker, mostly without a title behind the name: a verb may follow."""
        text = ""
        for _ in range(4):
            text = self._in_prose(self.scene.speakers[:1], "speaker", "speaker.prose")
            if "," not in unmark(text):
                break
        return text

    def _with_stops(self) -> str:
        """The speakers in one line, a full stop after each."""
        told = [self._say(one, "speaker", None, "speaker.line") for one in self.scene.speakers]
        if len(told) < 2:
            raise AbsentError("speaker.stops")
        return ". ".join(told) + "."

    def _moderators(self) -> list[Person]:
        return [self.scene.moderator] if self.scene.moderator else []

    def _host(self, rule: str = "host.prose") -> str:
        if self.scene.channel not in ("host", "pointer") or self.scene.host is None:
            raise AbsentError("host")
        return self._in_prose([self.scene.host], "host", rule)

    def _known(self, field: str) -> str:
        if not (value := getattr(self.writer.person, field, None)):
            raise AbsentError(field)
        return str(value)

    def _name(self) -> str:
        writer, person = self.writer, self.writer.person
        if person is None:
            raise AbsentError("name")
        kind = "desk" if person.is_desk else "person"
        return writer.mark(kind, writer.role, person.name, title=person.title or None)

    def _phone_word(self) -> str:
        phones = self.writer.person.phones if self.writer.person else []
        is_mobile = bool(phones) and re.search(MOBILE, phones[0])
        return self.grammar.draw("word.mobile" if is_mobile else "word.phone")

    def _number(self, which: int) -> str:
        person = self.writer.person
        if person is None or len(person.phones) <= which:
            raise AbsentError("phone")
        return self._address("phone", person.phones[which], person)

    def _mail(self) -> str:
        return self._address("email", self._known("email"), self.writer.person)

    def _address(self, kind: str, value: str, person: Person | None) -> str:
        role = ADDRESS_ROLES.get(self.writer.role, "other")
        also: tuple[str, ...] = ()
        pointed = self.scene.channel == "pointer" and person is self.scene.host
        if role == "contact" and kind == "email" and pointed:
            also = ("registration",)
        return self.writer.mark(kind, role, value, also=also, owner=person.name if person else None)

    def _say(self, person: Person, role: str, pattern: str | None, rule: str) -> str:
        writer = self.writer
        before = writer.person, writer.role
        writer.person, writer.role = person, role
        try:
            return self.grammar.write(pattern) if pattern else self.grammar.draw(rule)
        except AbsentError:
            if pattern is None:
                raise
            return self.grammar.draw(rule)
        finally:
            writer.person, writer.role = before

    def _in_prose(self, people: list[Person], role: str, rule: str) -> str:
        told = [self._say(person, role, None, rule) for person in people]
        if not told:
            raise AbsentError(role)
        has_commas = any("," in unmark(one) for one in told)
        last = self.grammar.draw("and.last" if has_commas else "and")
        return last.join(filter(None, [", ".join(told[:-1]), told[-1]]))

    def _in_lines(self, people: list[Person], role: str, rule: str, between: str = "\n") -> str:
        """One line each, nearly always in one pattern, behind the same bullet."""
        if not people:
            raise AbsentError(role)
        alternatives = self.grammar.rules[rule]
        weights = [weight for weight, _ in alternatives]
        pattern = self.rng.choices(alternatives, weights)[0][1]
        bullet = self.grammar.draw("bullet") if between == "\n" else ""
        if between == "\n" and self.rng.random() < 0.12:
            between = "\n\n"
        told = [self._say(person, role, pattern, rule) for person in people]
        return between.join(bullet + one for one in told)

    def _sessions(self) -> str:
        writer, sessions = self.writer, self.scene.sessions
        if len(sessions) < 2:
            raise AbsentError("sessions")
        rule = f"session.{self.scene.shape}"
        pattern = self.rng.choice(self.grammar.rules[rule])[1]
        told, before = [], writer.at
        for writer.at in sessions:
            told.append(self.grammar.write(pattern))
        writer.at = before
        return ("\n\n" if "\n" in pattern else "\n").join(told)

    def _agenda(self) -> str:
        """A programme with clocks that are no sessions."""
        told: list[str] = []
        pace = self.rng.choice([10, 15, 20, 30])
        for step in range(self.rng.randint(3, 5)):
            clock = shift(self.scene.main.start, step * pace)
            text = self.grammar.draw("agenda.item" if step else "agenda.first")
            if any(unmark(text) in unmark(line) for line in told):
                continue
            told.append(f"{self.writer.mark_clock(clock, 'other' if step else 'start')} {text}")
        return "\n".join(told)
