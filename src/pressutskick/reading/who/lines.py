"""Lines of a block of contacts: whose the numbers are, and what a line without any tells."""

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import meanings_of
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.reach import Reach, find_reaches
from pressutskick.reading.who.roll import ContactRoll
from pressutskick.reading.who.words import (
    contact_patterns,
    desk_name,
    find_calls,
    is_employer,
    is_titled,
    sentence_like,
)


def read_listed(roll: ContactRoll, passage: Passage) -> None:
    """A passage under a contact label."""
    text = passage.text
    reaches = find_calls(text)
    people = tuple(p for p in find_people(text, weak=len(text) < 400) if not is_employer(text, p))
    if not people and reaches and passage.own:
        _begin_by_label(roll, passage)
    if people:
        roll.add_people(passage, people, reaches)
    elif reaches:
        read_numbers(roll, passage, reaches)
    elif not sentence_like(text):
        read_words(roll, passage)


def _begin_by_label(roll: ContactRoll, passage: Passage) -> None:
    """`Kontakta Hedvig Aronius för frågor: 070-…`: whom the label names."""
    label, lines = passage.label or "", passage.label_lines
    named = find_people(label)
    if len(named) == 1 and lines is not None:
        roll.begin(named[0].name, passage, lines=lines)


def read_numbers(roll: ContactRoll, passage: Passage, reaches: list[Reach]) -> None:
    """Numbers without a person on their line: a desk's, or those of the person above."""
    lead = passage.text[: reaches[0].start]
    if contact_patterns()["rsvp"].search(lead) and not contact_patterns()["contact"].search(lead):
        return
    words = desk_name(contact_patterns()["role"].sub("", desk_name(lead)))
    name = _desk_of(roll, passage, words)
    current = roll.current
    if name is not None:
        lines = passage.lines() if name in passage.text else passage.label_lines
        roll.begin(name, passage, lines=lines, is_desk=True)
    elif current is None:
        roll.begin(words or None, passage, is_desk=True)
    elif is_titled(words) and not current.is_desk:
        current.add("title", words, passage.lines())
    for reach in reaches:
        roll.add_reach(reach, passage)


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
