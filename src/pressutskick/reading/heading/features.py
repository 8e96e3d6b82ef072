"""What is seen of every line that may be the heading, so that learnt weights can judge it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pressutskick.reading.heading.statuswords import split_status
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import meanings_of, names_kind
from pressutskick.reading.page.letters import is_greeting
from pressutskick.reading.page.units import Unit
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import find_dates
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.reach import find_reaches
from pressutskick.release.model import ReleaseStatus

#: No heading is longer.
_LONGEST = 320
#: So many words at either end of a line are features.
_WORDS = 4
#: Lengths by which lines are told apart.
_LENGTHS = (12, 25, 45, 70, 100, 140, 200)
#: A paragraph of the text itself is longer.
_PROSE = 120
#: The end of a word tells as much as the whole.
_ENDING = 6


def title_features(
    passages: tuple[Passage, ...], units: tuple[Unit, ...], scores: Sequence[float | None]
) -> dict[str, frozenset[str]]:
    """What is seen of each of the first units, by its text; `scores` is what the rules give it."""
    by_unit = {id(passage.unit): passage for passage in reversed(passages)}
    texts = Counter(unit.text.casefold() for unit in units)
    best = max((score for score in scores if score is not None), default=0.0)
    found: dict[str, frozenset[str]] = {}
    for number, score in enumerate(scores):
        unit = units[number]
        if len(unit.text) > _LONGEST:
            continue
        seen = set(_of_line(unit, by_unit.get(id(unit))))
        seen |= set(_of_place(units, number))
        seen |= set(_of_score(score, best, scores))
        seen.add("told once" if texts[unit.text.casefold()] == 1 else "told again")
        found[unit.text] = found.get(unit.text, frozenset()) | seen
    return found


def _of_score(score: float | None, best: float, scores: Sequence[float | None]) -> Iterator[str]:
    if score is None:
        yield "ruled out"
        return
    yield f"weight {int(score)}"
    yield f"behind {min(int(best - score), 9)}"
    yield f"heavier {min(sum(one > score for one in scores if one is not None), 4)}"
    if score == best:
        yield "heaviest"


def _of_line(unit: Unit, passage: Passage | None) -> Iterator[str]:
    text = unit.text
    words = re.findall(r"\w+", text.casefold())
    yield f"length {sum(len(text) >= one for one in _LENGTHS)}"
    yield f"words {min(len(words), 6)}"
    yield f"ends {text[-1] if not text[-1].isalnum() else 'a letter'}"
    yield "begins small" if text[0].islower() else "begins large"
    if text.isupper():
        yield "capitals"
    yield from (f"sign {sign}" for sign in ("|", " / ", "·", ">", ":", "–", "(") if sign in text)
    if re.search(r"\d{4}|\d/\d|\d\(\d", text):
        yield "figures"
    if re.match(r"(?:fwd?|vb|vs|sv|re)\s?:", text, re.IGNORECASE):
        yield "passed on"
    yield from (f"opens={word[:_ENDING]}" for word in words[:_WORDS])
    yield from (f"closes={word[-_ENDING:]}" for word in words[-_WORDS:])
    yield from _kind_words(unit, passage)
    yield from _holds(text)


def _kind_words(unit: Unit, passage: Passage | None) -> Iterator[str]:
    """What kind of line it is by its mark, its words and its label."""
    text = unit.text
    if unit.is_heading:
        yield "marked as a heading"
    if unit.is_bullet:
        yield "a bullet"
    if re.search(r"[.!?]\s+[A-ZÅÄÖÆØ]", text):
        yield "several sentences"
    if is_greeting(text):
        yield "a greeting"
    if names_kind(text):
        yield "a kind"
    if split_status(text)[0] is not ReleaseStatus.ORIGINAL:
        yield "a status"
    if meanings_of(text) and len(text.split()) <= _WORDS:
        yield "label words"
    if passage and passage.own and passage.label:
        yield "labelled"


def _holds(text: str) -> Iterator[str]:
    """What stands in it: days, clocks, people, numbers."""
    if find_dates(text):
        yield "a day"
    if find_clocks(text):
        yield "a clock"
    if find_reaches(text):
        yield "a number"
    if people := find_people(text):
        yield "is a person" if len(people[0].name) >= len(text) - 2 else "a person"


def _of_place(units: tuple[Unit, ...], number: int) -> Iterator[str]:
    """Where it stands, and what stands above and below."""
    yield f"line {min(number, 8)}"
    yield f"prose above {min(sum(_is_prose(one) for one in units[:number]), 2)}"
    if number:
        above = units[number - 1]
        gap = "apart" if units[number].paragraph > above.paragraph else "near"
        yield f"above {_kind_of(above)} {gap}"
    for far, below in enumerate(units[number + 1 : number + 3], start=1):
        gap = "apart" if below.paragraph > units[number].paragraph else "near"
        yield f"below{far} {_kind_of(below)} {gap}"
    body = " ".join(one.text for one in units[number + 1 : number + 8]).casefold()
    own = set(re.findall(r"[^\W\d_]{6,}", units[number].text.casefold()))
    shared = sum(word[:_ENDING] in body for word in own)
    yield f"words told below {min(shared, 3)} of {min(len(own), 3)}"


def _kind_of(unit: Unit) -> str:
    """A line in a word."""
    text = unit.text
    if _is_prose(unit):
        return "prose"
    if names_kind(text) and len(text.split()) <= _WORDS:
        return "kind"
    if find_reaches(text):
        return "number"
    if find_clocks(text) or find_dates(text):
        return "time"
    if re.match(r"[^\W\d_][^:]{0,30}:", text):
        return "label"
    return "sentence" if text[-1] in ".!?" else "line"


def _is_prose(unit: Unit) -> bool:
    return len(unit.text) > _PROSE and unit.text[-1] in ".!?:"
