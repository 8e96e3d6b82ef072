"""Every person, number and address of a page, spotted once, with the sentence it stands in.

Spotted generously: who is named here need be nothing to the event. What a mention is, `roles`
decides.
"""

import re
from dataclasses import dataclass, replace

from pressutskick.reading.page.page import Page, Sentence
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.reach import Reach, find_reaches
from pressutskick.reading.spots.titles import Person

#: `Pressekreterare åt Viveka Örling`: whom somebody works for, who is no part of the event.
_EMPLOYER = re.compile(
    r"(?:sekreter|rådgiv|assistent|secretary|advise?or|assistant)\w*\s(?:åt|hos|till|for|to)\s(?:\S+\s){0,4}$",
    re.IGNORECASE,
)
#: A longer line is no line of a list, and names in it must be sure.
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention:
    """A name in its sentence; `number` is that of the sentence in `Mentions`.

    `is_plain` tells a name that stands out anywhere from one that only its place in a line shows;
    of one that `is_bold` nothing but its capitals do.
    """

    person: Person
    sentence: Sentence
    number: int
    is_plain: bool
    is_bold: bool = False
    is_in_label: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachMention:
    """A number or address in its sentence."""

    reach: Reach
    sentence: Sentence
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What was spotted, in the order of the text."""

    sentences: tuple[Sentence, ...]
    people: tuple[PersonMention, ...]
    reaches: tuple[ReachMention, ...]


def find_mentions(page: Page) -> Mentions:
    """Everything that a page names, sentence by sentence."""
    sentences = tuple(page.sentences())
    people: list[PersonMention] = []
    reaches: list[ReachMention] = []
    for number, sentence in enumerate(sentences):
        people += _people_of_label(sentences, number)
        plain = {(one.start, one.end) for one in find_people(sentence.text)}
        placed = {
            (one.start, one.end)
            for one in find_people(sentence.text, weak=len(sentence.text) < _LONGEST_LINE)
        }
        people += [
            PersonMention(
                person=one,
                sentence=sentence,
                number=number,
                is_plain=(one.start, one.end) in plain,
                is_bold=(one.start, one.end) not in placed,
            )
            for one in find_people(sentence.text, bold=True)
            if not _EMPLOYER.search(sentence.text[: one.start])
        ]
        reaches += [
            ReachMention(reach=one, sentence=sentence, number=number)
            for one in find_reaches(sentence.text)
        ]
    return Mentions(sentences=sentences, people=tuple(people), reaches=tuple(reaches))


def _people_of_label(sentences: tuple[Sentence, ...], number: int) -> list[PersonMention]:
    """`Kontakta Hedvig Aronius för frågor: 070-…`: whom a label names."""
    passage = sentences[number].passage
    label = passage.label if passage.own and sentences[number].start == 0 else None
    at = passage.unit.text.rfind(label, 0, passage.start) if label else -1
    if not label or at < 0:
        return []
    whole = replace(passage, start=at, end=at + len(label))
    return [
        PersonMention(
            person=one,
            sentence=Sentence(passage=whole, start=0, text=label),
            number=number,
            is_plain=True,
            is_in_label=True,
        )
        for one in find_people(label)
    ]
