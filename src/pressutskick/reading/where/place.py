"""Where: the place, the gathering place, and the link of a meeting on the net.

Every stretch that could be a place is judged by learnt weights: the label it stands under, the
words around it, the meeting and the time beside it, what it looks like (an address, a house, a
capitalised name). A place that the text only promises (`se bifogad karta`) is no place.
"""

import re
from dataclasses import dataclass

from pressutskick.reading.learnt.scoring import Judge, Role, judge_all
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background
from pressutskick.reading.roles.surroundings import Surroundings
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.reach import Way, find_reaches
from pressutskick.reading.weighing import Candidate, Verdict, rank
from pressutskick.reading.where.places import place_features
from pressutskick.reading.where.spans import find_spans
from pressutskick.reading.where.words import clean_place, fold_place, place_patterns

#: A place that is less likely is offered, not taken; from `SURE` on nobody is asked.
_FLOOR, SURE = 0.3, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What was found out about the place."""

    place: Verdict[str] | None
    #: Every stretch that may be the place, the likeliest first, be it ever so unlikely.
    possible: tuple[Candidate[str], ...]
    gathering: Candidate[str] | None
    online: Candidate[str] | None
    is_online: bool
    is_elsewhere: bool
    #: Whether one can also be there in person.
    is_hybrid: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the place may be taken without asking."""
        return self.place is not None and self.place.best.probability >= SURE


def read_where(
    around: Surroundings,
    *,
    chosen: frozenset[tuple[int, int]],
    start: int | None = None,
    judge: Judge = judge_all,
) -> Where:
    """Weighs every place of the page.

    Args:
        around: the text.
        chosen: passages (index, sentence start) that hold the event's day or start.
        start: the number of the passage that holds its start.
        judge: tells how likely each stretch is the place.
    """
    page = around.page
    sentences = list(page.sentences())
    spans = find_spans(page, chosen, start)
    judged = judge(Role.IS_PLACE, place_features(around, spans, chosen, start))
    place = rank((one.candidate for one in spans), judged, floor=0.0, key=fold_place)
    online, is_online = _online(sentences)
    return Where(
        place=place if place and place.best.probability >= _FLOOR else None,
        possible=(place.best, *place.rivals) if place else (),
        gathering=_gathering(page, sentences),
        online=online,
        is_online=is_online,
        is_elsewhere=_is_elsewhere(sentences),
        is_hybrid=any(place_patterns()["in person"].search(one.text) for one in sentences),
    )


def _gathering(page: Page, sentences: list[Sentence]) -> Candidate[str] | None:
    for passage in page.passages:
        if passage.own and not passage.is_empty and passage.says(Meaning.GATHERING):
            value = clean_place(_stripped_of_time(passage.text))
            if len(value) > 3:
                return Candidate(
                    value=value, score=5.0, lines=passage.lines(), text=passage.text.strip()
                )
    for sentence in sentences:
        if is_background(sentence.passage) or sentence.passage.says(Meaning.CONTACT):
            continue
        match = place_patterns()["gathering"].search(sentence.text)
        if match:
            rest = re.sub(
                r"^(?:på|i|hos|vid)\s", "", sentence.text[match.end() : match.end() + 120]
            )
            end = place_patterns()["end"].search(rest, 2)
            value = clean_place((rest[: end.start()] if end else rest).split(", ")[0])
            if len(value) > 3:
                return Candidate(
                    value=value,
                    score=3.0,
                    lines=sentence.lines(match.start(), match.end() + len(value)),
                    text=value,
                    certainty=Certainty.GUESSED,
                )
    return None


def _stripped_of_time(text: str) -> str:
    for clock in reversed(find_clocks(text)):
        text = text[: clock.at] + text[clock.stop :]
    return re.sub(r"^(?:\W|kl\b|vid\b|på\b|i\b)+", "", text.strip())


def _is_elsewhere(sentences: list[Sentence]) -> bool:
    """Whether the place stands on a map or comes with the answer to the RSVP."""
    pattern = place_patterns()["missing"]
    return any(
        pattern.search(sentence.text)
        for sentence in sentences
        if sentence.passage.says(Meaning.PLACE, Meaning.GATHERING)
        or re.search(r"samling|plats|adress|lokal|möts", sentence.text, re.IGNORECASE)
    )


def _online(sentences: list[Sentence]) -> tuple[Candidate[str] | None, bool]:
    """The link of a meeting on the net, and whether the text speaks of one at all."""
    speaks = False
    for sentence in sentences:
        if is_background(sentence.passage):
            continue
        online = place_patterns()["online"].search(sentence.text) or sentence.passage.says(
            Meaning.ONLINE
        )
        if not online and not re.search(r"\b(?:live|sänd|strøm|stream|följ|sendes)", sentence.text):
            continue
        speaks = speaks or bool(online)
        for reach in find_reaches(sentence.text):
            if reach.way is Way.URL:
                found = Candidate(
                    value=reach.value,
                    score=3.0,
                    lines=sentence.lines(reach.start, reach.end),
                    text=reach.value,
                )
                return found, True
    return None, speaks
