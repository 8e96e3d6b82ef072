"""The role of every person, number and address of a page, judged one by one.

What only the whole page can tell (an owner, a host) is `settle`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pressutskick.reading.learnt.scoring import Judgement, Role, judge
from pressutskick.reading.page.page import Page
from pressutskick.reading.roles.features import (
    features_of_person,
    features_of_reach,
    person_features,
    person_key,
    reach_features,
    reach_key,
)
from pressutskick.reading.roles.mentions import Mentions, PersonMention, ReachMention, find_mentions
from pressutskick.reading.roles.surroundings import Surroundings
from pressutskick.reading.spots.reach import Reach, Way

_NOTHING = Judgement(probability=0.0)
_OF_PERSON = (Role.SPEAKS, Role.IS_CONTACT, Role.REGISTERS)
_OF_REACH = {
    Way.PHONE: (Role.PHONE_OF_CONTACT, Role.PHONE_REGISTERS),
    Way.EMAIL: (Role.EMAIL_OF_CONTACT, Role.EMAIL_REGISTERS),
    Way.URL: (Role.LINK_REGISTERS,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """What was judged; a value that nobody judged has no role."""

    mentions: Mentions
    around: Surroundings
    people: Mapping[tuple[Role, str], Judgement]
    reaches: Mapping[tuple[Role, str], Judgement]

    def of_person(self, name: str, role: Role) -> Judgement:
        """How likely somebody has a role."""
        return self.people.get((role, person_key(name)), _NOTHING)

    def of_reach(self, reach: Reach, role: Role) -> Judgement:
        """How likely a number or address has a role."""
        return self.of_value(reach.value, reach.way, role)

    def of_value(self, value: str, way: Way, role: Role) -> Judgement:
        """The same for a value that was taken from its place already."""
        return self.reaches.get((role, reach_key(value, way)), _NOTHING)

    def is_contacts(self, reach: Reach) -> Judgement:
        """How likely the press can ask about the event there."""
        if reach.way not in (Way.PHONE, Way.EMAIL):
            return _NOTHING
        return self.of_reach(reach, _OF_REACH[reach.way][0])

    def registers(self, reach: Reach) -> Judgement:
        """How likely the press registers there."""
        return (
            self.of_reach(reach, _OF_REACH[reach.way][-1]) if reach.way in _OF_REACH else _NOTHING
        )

    def of_mention(self, mention: PersonMention, role: Role) -> float:
        """How much one mention alone speaks for a role, to find where somebody is shown in it."""
        return judge(role, features_of_person(self.around, mention)).probability

    def of_reach_mention(self, mention: ReachMention, role: Role) -> float:
        """The same for one mention of a number or address."""
        return judge(role, features_of_reach(self.around, mention)).probability


def find_roles(page: Page) -> Roles:
    """Judges everybody and everything that the page names."""
    around = Surroundings.of(page, find_mentions(page))
    people = {
        (role, key): judge(role, features)
        for key, features in person_features(around).items()
        for role in _OF_PERSON
    }
    reaches = {
        (role, key): judge(role, features)
        for (way, key), features in reach_features(around).items()
        for role in _OF_REACH.get(way, ())
    }
    return Roles(mentions=around.mentions, around=around, people=people, reaches=reaches)
