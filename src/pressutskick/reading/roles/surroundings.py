"""What can be seen around a mention: its label, its line, the lines beside it, its words.

A feature is a short name that a person can read (`under SPEAKERS`, `before=med`, `number below`).
Features say what is there, never what it means: that is learnt.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background
from pressutskick.reading.roles.mentions import Mentions, PersonMention, ReachMention
from pressutskick.reading.roles.registration import asks, is_refused, is_request
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import find_dates
from pressutskick.reading.spots.reach import Way

#: A longer passage is no line of a block.
_LINE = 90
#: So many words on each side of a mention are features of their own.
_BESIDE = 3
#: No more words of a sentence are looked at, nearest first.
_SPAN = 160
#: So many words of a label are features.
_LABEL = 8


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "word": re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+|[@()”\"?!:;–|]"),
        "registers": re.compile(
            r"anmäl|o\.?\s?s\.?\s?a\b|rsvp|påmeld|tilmeld|kredit|register|let us know|meddela|besked|beskjed",
            flags,
        ),
        "asks": re.compile(
            r"frågor|information|oplysning|upply|opplysning|kontakt|contact|spørsm|enquir|question|intervju",
            flags,
        ),
        "says": re.compile(
            r"\b(?:säger|sier|siger|says|said|menar|berättar|kommenterar|uppger|skriver|forteller|fortæller)\b"
        ),
        "party": re.compile(r"\s?\([A-ZÅÄÖ]{1,4}[a-z]{0,6}\)"),
    }


def find_words(text: str) -> list[str]:
    """Words and telling signs, a name as `Aa`, a number as `0`."""
    return [
        "0" if word.isdigit() else "Aa" if word[0].isupper() and at else word.casefold()
        for at, word in enumerate(_patterns()["word"].findall(text))
    ]


@dataclass(slots=True)
class Surroundings:
    """A page with its mentions by passage, so that a mention's neighbours are found at once."""

    page: Page
    mentions: Mentions
    #: Passage number -> what stands in it.
    people: dict[int, list[PersonMention]] = field(default_factory=dict)
    reaches: dict[int, list[ReachMention]] = field(default_factory=dict)
    #: Passage numbers that hold words, in order.
    filled: list[int] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    #: Whether the page has a block of contacts.
    names_contacts: bool = False
    #: The numbers of the sentences that ask for registration, in order.
    requests: list[int] = field(default_factory=list)
    #: Where numbers, addresses and, under None, people stand: sentence and offset, in order.
    stands: dict[Way | None, list[tuple[int, int]]] = field(default_factory=dict)
    _seen: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page, mentions: Mentions) -> "Surroundings":
        """The surroundings of every mention."""
        made = cls(page=page, mentions=mentions)
        for person in mentions.people:
            if not person.is_bold:
                made.stands.setdefault(None, []).append((person.number, person.person.start))
            made.people.setdefault(person.sentence.passage.index, []).append(person)
        for reach in mentions.reaches:
            made.stands.setdefault(reach.reach.way, []).append((reach.number, reach.reach.start))
            made.reaches.setdefault(reach.sentence.passage.index, []).append(reach)
        for stands in made.stands.values():
            stands.sort()
        made.filled = [one.index for one in page.passages if not one.is_empty]
        made.places = {index: place for place, index in enumerate(made.filled)}
        made.requests = [n for n, one in enumerate(mentions.sentences) if is_request(one)]
        made.names_contacts = any(one.says(Meaning.CONTACT) for one in page.passages)
        return made

    def common(self, sentence: Sentence) -> tuple[str, ...]:
        """What every mention of a sentence has around it."""
        key = id(sentence)
        if key not in self._seen:
            self._seen[key] = tuple(self._common(sentence))
        return self._seen[key]

    def _common(self, sentence: Sentence) -> Iterator[str]:
        yield from self._of_label(sentence)
        yield from self._of_passage(sentence.passage)
        yield from _of_sentence(sentence)
        yield from self._beside(sentence.passage.index)

    def _of_label(self, sentence: Sentence) -> Iterator[str]:
        """The label in force, its words, and whether the page has contacts elsewhere."""
        passage = sentence.passage
        own = " itself" if passage.own else ""
        yield from (f"under {meaning.name}{own}" for meaning in passage.meanings)
        if not passage.meanings:
            yield "under nothing"
        kind = "label" if passage.own else "section"
        yield from (f"{kind}={word}" for word in find_words(passage.label or "")[:_LABEL])
        beside = "beside" if self.names_contacts else "without"
        if passage.says(Meaning.RSVP):
            yield f"under RSVP {beside} contacts"
        elif _patterns()["registers"].search(sentence.text):
            yield f"sentence registers {beside} contacts"
        yield f"page {beside} contacts"

    def _of_passage(self, passage: Passage) -> Iterator[str]:
        """The shape of the passage, and where on the page it stands."""
        yield "in a line" if len(passage.text) < _LINE else "in prose"
        if passage.unit.is_bullet:
            yield "in a bullet"
        if passage.unit.is_heading:
            yield "in a heading"
        if self.page.is_title(passage):
            yield "in the title"
        if is_background(passage):
            yield "in background"
        yield f"part {1 + 4 * self.places.get(passage.index, 0) // max(len(self.filled), 1)}"

    def _beside(self, index: int) -> Iterator[str]:
        """The lines above and below: names, numbers, addresses."""
        place = self.places.get(index)
        if place is None:
            return
        for step in (-3, -2, -1, 1, 2, 3):
            if not 0 <= place + step < len(self.filled):
                continue
            other = self.page.passages[self.filled[place + step]]
            gap = abs(other.unit.paragraph - self.page.passages[index].unit.paragraph)
            if gap > 1 or len(other.text) > 2 * _LINE:
                continue
            where = "above" if step < 0 else "below"
            far = f"{abs(step)} {where}{' apart' if gap else ''}"
            kinds = {one.reach.way.name.casefold() for one in self.reaches.get(other.index, ())}
            yield from (f"{kind} {far}" for kind in kinds)
            people = [one for one in self.people.get(other.index, ()) if not one.is_bold]
            if people:
                starts = people[0].person.start == 0
                yield f"name {far}" if starts else f"person {far}"

    def words_around(self, text: str, start: int, end: int) -> Iterator[str]:
        """The words beside a mention, nearest first, and those of the whole sentence."""
        before = find_words("x " + text[max(0, start - _SPAN) : start])[1:]
        after = find_words("x " + text[end : end + _SPAN])[1:]
        for at, word in enumerate(reversed(before[-_BESIDE:]), start=1):
            yield f"before{at}={word}"
        for at, word in enumerate(after[:_BESIDE], start=1):
            yield f"after{at}={word}"
        if not before:
            yield "first in its sentence"
        if not after:
            yield "last in its sentence"
        yield from (f"ahead={word}" for word in {*before[-12:]} if word.isalpha())
        yield from (f"behind={word}" for word in {*after[:12]} if word.isalpha())

    def after_request(self, number: int, at: int, kind: Way | None) -> Iterator[str]:
        """How far above somebody asked for registration, and whether nothing of its kind is between.

        `number` and `at` tell where a mention stands; `kind` is None for people.
        """
        place = bisect_right(self.requests, number)
        if not place:
            yield "no request above"
            return
        request = self.requests[place - 1]
        here, there = (self.mentions.sentences[n].passage.index for n in (number, request))
        gap = self.places.get(here, 0) - self.places.get(there, 0)
        others = self.stands.get(kind, [])
        following = bisect_right(others, (request, -1))
        is_first = following >= len(others) or others[following] >= (number, at)
        yield f"request {min(gap, 5)} above"
        yield f"request {min(gap, 5)} above {'first' if is_first else 'later'} of its kind"

    def reach_ways(self, number: int, index: int, at: int) -> Iterator[str]:
        """Numbers and addresses of the same sentence, before and after a mention."""
        for one in self.reaches.get(index, ()):
            if one.number == number and one.reach.start != at:
                side = "after it" if one.reach.start > at else "before it"
                yield f"{one.reach.way.name.casefold()} {side}"
                gap = one.reach.start - at
                if one.reach.way is not Way.URL and 0 < gap < _LINE:
                    yield f"{one.reach.way.name.casefold()} soon"


def _of_sentence(sentence: Sentence) -> Iterator[str]:
    """What the whole sentence speaks of."""
    text, patterns = sentence.text[: _SPAN * 3], _patterns()
    if asks(text):
        yield "sentence asks to register"
    if is_refused(text):
        yield "sentence speaks of other answers"
    for form in ("registers", "asks", "says"):
        if patterns[form].search(text):
            yield f"sentence {form}"
    if meeting_pattern().search(text):
        yield "sentence meets"
    if find_clocks(sentence.text):
        yield "sentence has a clock"
    if find_dates(sentence.text):
        yield "sentence has a day"
    if text.rstrip()[-1:] not in ".!?":
        yield "sentence has no stop"


def party_after(text: str, end: int) -> re.Match[str] | None:
    """`(S)` behind a name."""
    return _patterns()["party"].match(text, end)
