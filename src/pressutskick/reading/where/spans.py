"""Every stretch of a page that could be a place: generously, `places` judges them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import find_dates
from pressutskick.reading.spots.reach import find_reaches
from pressutskick.reading.weighing import Candidate
from pressutskick.reading.where.labelled import find_labelled
from pressutskick.reading.where.spoken import find_spoken
from pressutskick.reading.where.words import clean_place, names_house

#: A place is no longer, and a line that may be nothing but one neither.
_LONGEST, _LINE = 150, 110
_SHORTEST = 3

_LEAD = re.compile(
    r"\b(?:i|på|vid|hos|till|at|in|on|from|ved|utanför|framför|outside|inne|intill|bakom|under|från|fra|til|ombord på|inside|to|near|is|är|er|av)\s+"
    r"(?:(?:den|det|the|de|en|ett|vår|vårt|our|nya|nye|gamla|stora|lilla)\s+){0,2}",
    re.IGNORECASE,
)
_END = re.compile(
    r"[;!?()]|\.(?=\s|$)|\s[–—-]\s|:\s|"
    r"\s(?:kl\.?|klockan|klokken|klokka|den\s\d|d\.\s\d|som|där|der|hvor|where|who|which|för att|för|for|da|då|när|når|når|when|med|with|om|samt|"
    r"mellan|mellom|between|från|fra|from|inviger|öppnar|berättar|finns|ligger|håller|hålls|äger|kommer|ska|skal|will|is|är|er|blir|"
    r"(?:mån|man|tis|tirs|ons|tors|fre|lör|lør|sön|søn)dag\w*|(?:mon|tues|wednes|thurs|fri)day|i dag|idag|imorgon|i morgon|i morgen|today|tomorrow)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a sentence that could be a place; `lead` is the preposition before it.

    `weight` is that of the rules of labels and of prose, where one of them found it.
    """

    sentence: Sentence
    start: int
    end: int
    value: str
    lines: tuple[int, int]
    lead: str = ""
    weight: float | None = None

    @property
    def candidate(self) -> Candidate[str]:
        """The stretch as one of several that may be the place."""
        is_labelled = self.sentence.passage.says(Meaning.PLACE)
        return Candidate(
            value=self.value,
            score=self.weight or 0.0,
            lines=self.lines,
            text=self.value,
            certainty=Certainty.READ if is_labelled else Certainty.GUESSED,
        )


def find_spans(
    page: Page, chosen: frozenset[tuple[int, int]], start: int | None
) -> tuple[Span, ...]:
    """Every phrase after a preposition, every value of a label, every short line.

    `chosen` and `start` are where the event's time stands, as `When` has them.
    """
    sentences = list(page.sentences())
    spans = [one for sentence in sentences for one in _spans_of(sentence)]
    by_line: dict[int, Sentence] = {}
    for sentence in sentences:
        first, last = sentence.lines()
        for line in range(first, last + 1):
            by_line.setdefault(line, sentence)
    ruled = [*find_labelled(page, chosen, start), *find_spoken(page, sentences, chosen)]
    return (*spans, *(_ruled(one, by_line[one.lines[0]]) for one in ruled if one.value))


def _ruled(one: Candidate[str], sentence: Sentence) -> Span:
    at = max(sentence.text.find(one.value[:_SHORTEST]), 0)
    end = min(at + len(one.value), len(sentence.text))
    return Span(
        sentence=sentence, start=at, end=end, value=one.value, lines=one.lines, weight=one.score
    )


def _spans_of(sentence: Sentence) -> Iterator[Span]:
    if is_background(sentence.passage):
        return
    yield from _whole(sentence)
    if not sentence.passage.says(Meaning.CONTACT, Meaning.SPEAKERS):
        yield from _phrases(sentence)
        yield from _after_time(sentence)


def _span(sentence: Sentence, start: int, end: int, lead: str) -> Iterator[Span]:
    text = sentence.text[start:end].strip(" ,")
    value = clean_place(text)
    if _SHORTEST <= len(value) <= _LONGEST and re.search(r"[^\W\d_]{2}", value):
        start += len(sentence.text[start:end]) - len(sentence.text[start:end].lstrip(" ,"))
        end = start + len(text)
        yield Span(
            sentence=sentence,
            start=start,
            end=end,
            value=value,
            lead=lead,
            lines=sentence.lines(start, end),
        )


def _whole(sentence: Sentence) -> Iterator[Span]:
    passage = sentence.passage
    text = sentence.text
    if passage.says(Meaning.PLACE, Meaning.GATHERING) or (
        len(text) < _LINE and text == passage.text.strip() and not find_reaches(text)
    ):
        stops = [(d.start, d.end) for d in find_dates(text)] + [
            (c.at, c.stop) for c in find_clocks(text)
        ]
        if not stops:
            yield from _span(sentence, 0, len(text), "")


def _phrases(sentence: Sentence) -> Iterator[Span]:
    text = sentence.text
    for match in _LEAD.finditer(text):
        rest = text[match.end() : match.end() + _LONGEST]
        head = rest[:60]
        if not re.search(r"[A-ZÅÄÖÆØ\d]", head) and not names_house(head):
            continue
        end = _END.search(rest, 2)
        stop = end.start() if end else len(rest)
        for one in find_dates(rest):
            if one.start > 2:
                stop = min(stop, one.start)
        for clock in find_clocks(rest):
            stop = min(stop, clock.at)
        lead = match[0].split()[0].casefold()
        phrase = rest[:stop]
        yield from _span(sentence, match.end(), match.end() + stop, lead)
        for shorter in {phrase.find(", "), _until_named(phrase)} - {len(phrase)}:
            if shorter > 0:
                yield from _span(sentence, match.end(), match.end() + shorter, lead)


def _until_named(phrase: str) -> int:
    """Up to the last name, number or house: `Sankt Hyldes Kirke i Nørrehavn sat i stand`."""
    named = [
        one.end()
        for one in re.finditer(r"[^\s,]+", phrase)
        if not one[0][0].islower() or names_house(one[0])
    ]
    return named[-1] if named else 0


def _after_time(sentence: Sentence) -> Iterator[Span]:
    """What stands right after the time: `Den 2 juni kl. 14.30, Folkets hus, Storgatan 2`."""
    text = sentence.text
    stops = [one.stop for one in find_clocks(text)] + [one.end for one in find_dates(text)]
    for stop in stops:
        match = re.match(r"(?:\s?\([^()]*\))?[,.:;–|/ -]{1,4}(?=[A-ZÅÄÖÆØ])", text[stop:])
        if match:
            begin = stop + match.end()
            end = _END.search(text, begin)
            yield from _span(sentence, begin, end.start() if end else len(text), "time")
