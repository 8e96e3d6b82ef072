"""What only the whole page can tell: who is a contact, whose a number is, who takes registrations.

The models judge each mention by itself; here the judgements are made to fit each other.
"""

from dataclasses import dataclass

from pressutskick.reading.learnt.scoring import Judgement, Role
from pressutskick.reading.page.page import Page
from pressutskick.reading.roles.features import person_key
from pressutskick.reading.roles.mentions import PersonMention, ReachMention
from pressutskick.reading.roles.roles import Roles, find_roles
from pressutskick.reading.spots.reach import Way
from pressutskick.release.identity import slugify

#: From here on somebody is taken for a speaker; an unnoticed one costs as much as a false one.
SPEAKS = 0.4
#: From here on somebody, a number or an address is taken for a contact's.
IS_CONTACT = 0.5
#: Somebody whose own number stands beside the name needs less.
WITH_NUMBER = 0.25
#: Somebody whose own address is for something else needs more.
ELSEWHERE = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The roles of a page as they fit together."""

    roles: Roles
    #: `person_key` of everybody whom the press may ask.
    contacts: frozenset[str]
    #: Address -> the name of the person that it bears.
    bearers: dict[str, str]

    def calls(self, mention: ReachMention) -> bool:
        """Whether the press may ask about the event there."""
        return self.roles.is_contacts(mention.reach).probability >= IS_CONTACT

    def bearer_beside(self, number: int) -> str | None:
        """Whose name an address bears in a sentence that names nobody."""
        return _bearer_beside(self.roles, self.bearers, number)

    def is_contact(self, mention: PersonMention) -> bool:
        """Whether the press may ask somebody."""
        return person_key(mention.person.name) in self.contacts

    def judge_contact(self, field: str, value: str) -> Judgement | None:
        """How likely a name, a number or an address is a contact's; None for what nobody judged."""
        if field == "name":
            judged = self.roles.of_person(value, Role.IS_CONTACT)
        elif field == "phones":
            judged = self.roles.of_value(value, Way.PHONE, Role.PHONE_OF_CONTACT)
        elif field == "emails":
            judged = self.roles.of_value(value, Way.EMAIL, Role.EMAIL_OF_CONTACT)
        else:
            return None
        return judged if judged.reasons else None

    def is_alone(self, mention: PersonMention) -> bool:
        """Whether its passage names nobody else."""
        return len(self.roles.around.people[mention.sentence.passage.index]) == 1

    def speaks(self, name: str) -> Judgement:
        """How likely somebody speaks."""
        return self.roles.of_person(name, Role.SPEAKS)


def settle(page: Page) -> Settled:
    """Judges a page and makes the judgements fit."""
    roles = find_roles(page)
    names = {slugify(one.person.name): one.person.name for one in roles.mentions.people}
    bearers = {
        one.reach.value.casefold(): names[slugify(one.reach.value.partition("@")[0])]
        for one in roles.mentions.reaches
        if one.reach.way is Way.EMAIL and slugify(one.reach.value.partition("@")[0]) in names
    }
    return Settled(roles=roles, contacts=_contacts(roles, bearers), bearers=bearers)


def _contacts(roles: Roles, bearers: dict[str, str]) -> frozenset[str]:
    """Everybody who is likely one, and whoever owns a number that is likely a contact's."""
    owners = {
        person_key(owner)
        for one in roles.mentions.reaches
        if roles.is_contacts(one.reach).probability >= IS_CONTACT
        for owner in (bearers.get(one.reach.value.casefold()), _stands_before(roles, one))
        if owner is not None
    }
    found = {
        person_key(bearer)
        for one in roles.mentions.reaches
        if one.reach.way is Way.PHONE and roles.is_contacts(one.reach).probability >= IS_CONTACT
        for bearer in (_bearer_beside(roles, bearers, one.number),)
        if bearer is not None
    }
    apart = {
        person_key(name)
        for address, name in bearers.items()
        if roles.of_value(address, Way.EMAIL, Role.EMAIL_OF_CONTACT).probability < IS_CONTACT
    }
    for mention in roles.mentions.people:
        key = person_key(mention.person.name)
        least = WITH_NUMBER if key in owners else ELSEWHERE if key in apart else IS_CONTACT
        if roles.of_person(mention.person.name, Role.IS_CONTACT).probability >= least:
            found.add(key)
    return frozenset(found)


def _bearer_beside(roles: Roles, bearers: dict[str, str], number: int) -> str | None:
    """Whose name an address bears in a sentence that names nobody: its numbers are theirs."""
    index = roles.mentions.sentences[number].passage.index
    if any(one.number == number for one in roles.around.people.get(index, ())):
        return None
    found = (
        bearers.get(one.reach.value.casefold())
        for one in roles.around.reaches.get(index, ())
        if one.number == number
    )
    return next(filter(None, found), None)


def _stands_before(roles: Roles, mention: ReachMention) -> str | None:
    """Who is named last before a number in its sentence, or else on the line right above it."""
    around = roles.around
    index = mention.sentence.passage.index
    before = [
        one.person.name
        for one in around.people.get(index, ())
        if one.number == mention.number and one.person.end <= mention.reach.start
    ]
    place = around.places.get(index, 0)
    if before or around.people.get(index) or not place:
        return before[-1] if before else None
    above = around.filled[place - 1]
    gap = mention.sentence.passage.unit.paragraph - around.page.passages[above].unit.paragraph
    people = around.people.get(above, ())
    return people[-1].person.name if people and not gap and not around.reaches.get(above) else None
