"""The features of each person, number and address: of all its mentions together.

A value that is named twice has what is seen at either place, so that a person who speaks in the
first paragraph and can be called in the last is both.
"""

import re
from collections.abc import Iterator

from pressutskick.reading.roles.mentions import PersonMention, ReachMention
from pressutskick.reading.roles.surroundings import Surroundings, party_after
from pressutskick.reading.spots.reach import Way, digits
from pressutskick.release.identity import slugify

#: The end of a title's words tells as much as the whole: `…kommunikatör`, `…minister`.
_ENDING = 7
#: The end of a name tells people from houses: `…son`, `…iet`.
_TAIL = 3
#: A name so near before a number is most likely its owner's.
_NEAR = 60


def person_key(name: str) -> str:
    """Equal for every spelling of one name."""
    return slugify(name)


def reach_key(value: str, way: Way) -> str:
    """Equal for every spelling of one number or address."""
    return digits(value) if way is Way.PHONE else value.casefold()


def person_features(around: Surroundings) -> dict[str, frozenset[str]]:
    """The features of every person by `person_key`, in the order of the text."""
    found: dict[str, set[str]] = {}
    counts: dict[str, int] = {}
    locals_ = {
        slugify(one.reach.value.partition("@")[0])
        for one in around.mentions.reaches
        if one.reach.way is Way.EMAIL
    }
    for mention in around.mentions.people:
        key = person_key(mention.person.name)
        seen = found.setdefault(key, set())
        if not seen:
            seen |= {f"first {one}" for one in around.common(mention.sentence) if "part" in one}
        seen |= set(features_of_person(around, mention))
        counts[key] = counts.get(key, 0) + 1
    for key, seen in found.items():
        seen.add("named once" if counts[key] == 1 else "named again")
        if key in locals_:
            seen.add("has an address")
    return {key: frozenset(seen) for key, seen in found.items()}


def features_of_person(around: Surroundings, mention: PersonMention) -> Iterator[str]:
    """What is seen of one mention of somebody, by itself."""
    person, sentence, text = mention.person, mention.sentence, mention.sentence.text
    passage = around.mentions.sentences[mention.number].passage
    yield from around.common(around.mentions.sentences[mention.number])
    start, end = person.start, person.end
    if person.title:
        yield "titled"
        yield "title before" if person.title_start < start else "title after"
        words = re.findall(r"\w+", person.title.casefold())
        yield from (f"title={word[-_ENDING:]}" for word in words[:6])
        start, end = min(start, person.title_start), max(end, person.title_end)
    else:
        yield "no title"
    if party_after(text, person.end):
        yield "party"
    yield from around.words_around(text, start, end)
    if mention.is_in_label:
        yield "in a label"
    elif sentence.start == 0 and start <= 1:
        yield "begins its line"
        if end >= len(passage.text.rstrip(" .:,")):
            yield "is its line"
    yield "known first name" if person.is_known else "unknown first name"
    if mention.is_bold:
        yield "only by its capitals"
    elif not mention.is_plain:
        yield "only by its place"
    names = person.name.casefold().split()
    yield f"given ends={names[0][-_TAIL:]}"
    yield f"family ends={names[-1][-_TAIL:]}"
    count = len(
        {
            one.person.name
            for one in around.people.get(passage.index, ())
            if one.number == mention.number
        }
    )
    yield f"people in its sentence {min(count, 3)}"
    yield from around.reach_ways(mention.number, passage.index, person.start)
    yield from around.after_request(mention.number, person.start, None)


def reach_features(around: Surroundings) -> dict[tuple[Way, str], frozenset[str]]:
    """The features of every number and address by way and `reach_key`."""
    found: dict[tuple[Way, str], set[str]] = {}
    counts: dict[tuple[Way, str], int] = {}
    names = {person_key(one.person.name) for one in around.mentions.people}
    for mention in around.mentions.reaches:
        key = (mention.reach.way, reach_key(mention.reach.value, mention.reach.way))
        found.setdefault(key, set()).update(_of_reach(around, mention, names))
        counts[key] = counts.get(key, 0) + 1
    for way in Way:
        keys = [key for key in found if key[0] is way]
        for key in keys:
            found[key].add(f"of its kind {min(len(keys), 4)}")
            found[key].add("told once" if counts[key] == 1 else "told again")
    return {key: frozenset(seen) for key, seen in found.items()}


def _of_reach(around: Surroundings, mention: ReachMention, names: set[str]) -> Iterator[str]:
    reach, sentence = mention.reach, mention.sentence
    index = sentence.passage.index
    yield from around.common(sentence)
    yield from around.words_around(sentence.text, reach.start, reach.end)
    yield from around.reach_ways(mention.number, index, reach.start)
    yield from around.after_request(mention.number, reach.start, reach.way)
    if reach.way is Way.PHONE:
        yield "mobile" if re.match(r"\W*(?:0|\+46\D*)7", reach.value) else "not mobile"
    else:
        yield from _of_address(reach.value, names)
    yield from _of_owner(around, mention)
    if mention.number:
        before = around.mentions.sentences[mention.number - 1]
        if before.passage.index == index:
            yield from (f"earlier {one}" for one in around.common(before) if one.startswith("sent"))


def features_of_reach(around: Surroundings, mention: ReachMention) -> frozenset[str]:
    """What is seen of one mention of a number or address, by itself."""
    return frozenset(_of_reach(around, mention, set()))


def _of_address(value: str, names: set[str]) -> Iterator[str]:
    local, at, _ = value.partition("@")
    if not at:
        yield from (f"link={word}" for word in re.findall(r"[a-zåäö]+", value.casefold())[:8])
        return
    yield "bears a name of the text" if slugify(local) in names else "bears no name of the text"
    yield from (f"address={word}" for word in re.findall(r"[^\W\d_]{3,}", local.casefold()))
    yield "two words" if re.search(r"\w[.-]\w", local) else "one word"


def _of_owner(around: Surroundings, mention: ReachMention) -> Iterator[str]:
    """Who stands before it in its sentence, or in its passage."""
    here = around.people.get(mention.sentence.passage.index, ())
    before = [
        one
        for one in here
        if one.number == mention.number and one.person.end <= mention.reach.start
    ]
    if before:
        gap = mention.reach.start - before[-1].person.end
        yield "name near before" if gap < _NEAR else "name before"
        title = before[-1].person.title or ""
        yield from (f"owner={word[-_ENDING:]}" for word in re.findall(r"\w+", title.casefold())[:4])
        if before[-1].person.start == 0:
            yield "name begins its line"
    elif any(one.number == mention.number for one in here):
        yield "name after"
    elif here:
        yield "name elsewhere in its passage"
    else:
        yield "no name in its passage"
