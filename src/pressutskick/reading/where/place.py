"""Where: the place, the gathering place, and the link of a meeting on the net.

A place label wins. Without one, the phrase after `i`, `på`, `vid` beside the meeting is weighed by
what it looks like (an address, a house, a capitalised name). A place that the text only promises
(`se bifogad karta`) is no place.
"""

import re
from dataclasses import dataclass

from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.reach import Way, find_reaches
from pressutskick.reading.weighing import Candidate, Verdict, weigh
from pressutskick.reading.where.labelled import find_labelled
from pressutskick.reading.where.spoken import SURE, find_spoken
from pressutskick.reading.where.words import clean_place, fold_place, place_patterns

_FLOOR = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What was found out about the place."""

    place: Verdict[str] | None
    gathering: Candidate[str] | None
    online: Candidate[str] | None
    is_online: bool
    is_elsewhere: bool
    #: Whether one can also be there in person.
    is_hybrid: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the place may be taken without asking."""
        return self.place is not None and self.place.best.score >= SURE


def read_where(
    page: Page, *, chosen: frozenset[tuple[int, int]], start: int | None = None
) -> Where:
    """Weighs every place of the page.

    Args:
        page: the text.
        chosen: passages (index, sentence start) that hold the event's day or start.
        start: the number of the passage that holds its start.
    """
    sentences = list(page.sentences())
    candidates = [*find_labelled(page, chosen, start), *find_spoken(page, sentences, chosen)]
    elsewhere = _is_elsewhere(sentences)
    gathering = _gathering(page, sentences)
    place = weigh(candidates, floor=_FLOOR, key=fold_place)
    online, is_online = _online(sentences)
    return Where(
        place=place,
        gathering=gathering,
        online=online,
        is_online=is_online,
        is_elsewhere=elsewhere,
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
        if sentence.passage.says(Meaning.PLACE, Meaning.GATHERING, Meaning.WHEN)
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
