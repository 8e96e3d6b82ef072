"""Which stretch of the page is the place: what is seen of each, judged by learnt weights."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.roles.surroundings import Surroundings, find_words
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.personwords import is_title_word
from pressutskick.reading.where.spans import Span
from pressutskick.reading.where.words import fold_place, names_house, place_patterns
from pressutskick.reading.wording import REMEMBERED

_TAIL = 4
#: No more stretches are compared with each other.
_MOST = 200


def place_features(
    around: Surroundings,
    spans: tuple[Span, ...],
    chosen: frozenset[tuple[int, int]],
    start: int | None,
) -> dict[str, frozenset[str]]:
    """What is seen of each stretch, of all its mentions together, by `fold_place`."""
    found: dict[str, set[str]] = {}
    weights: dict[str, float] = {}
    counts: dict[str, int] = {}
    for span in spans:
        key = fold_place(span.value)
        if span.weight is None or key not in found:
            found.setdefault(key, set()).update(_of_span(around, span, chosen, start))
            counts[key] = counts.get(key, 0) + 1
        if span.weight is not None:
            weights[key] = max(weights.get(key, span.weight), span.weight)
    top = max(weights.values(), default=0.0)
    labelled = any(s.sentence.passage.own and s.sentence.passage.says(Meaning.PLACE) for s in spans)
    some = list(found)[:_MOST]
    for key, seen in found.items():
        seen.add("told once" if counts[key] == 1 else "told again")
        seen.add("page labels a place" if labelled else "page labels no place")
        if key in weights:
            seen.add(f"weight {max(-2, min(12, int(weights[key] // 2 * 2)))}")
            seen.add("heaviest" if weights[key] == top else "lighter")
        else:
            seen.add("no rule")
        seen |= set(_beside_others(key, some))
    return {key: frozenset(seen) for key, seen in found.items()}


def _beside_others(key: str, everything: Iterable[str]) -> Iterator[str]:
    """Whether it is a part of another stretch, or holds one."""
    longer = sum(f" {key} " in f" {other} " for other in everything if len(other) > len(key))
    shorter = sum(f" {other} " in f" {key} " for other in everything if len(other) < len(key))
    yield f"part of {min(longer, 2)}"
    yield f"holds {min(shorter, 2)}"
    yield f"words {min(len(key.split()), 8)}"


def _of_span(
    around: Surroundings, span: Span, chosen: frozenset[tuple[int, int]], start: int | None
) -> Iterator[str]:
    sentence = span.sentence
    passage = sentence.passage
    yield from around.common(sentence)
    yield from around.words_around(sentence.text, span.start, span.end)
    yield from shape_of(span.value)
    yield f"lead {span.lead}"
    if (passage.index, sentence.start) in chosen:
        yield "in the sentence of the time"
    if meeting_pattern().search(sentence.text[: span.start]):
        yield "after the meeting"
    if passage.own and passage.says(Meaning.PLACE):
        yield "under a place label"
        if not sentence.start:
            yield "first under a place label"
    if not sentence.start and span.start <= 1:
        yield "begins its passage"
    if len(span.value) >= len(passage.text.strip()) - 2:
        yield "is its passage"
    if start is not None:
        gap = around.places.get(passage.index, 0) - around.places.get(start, 0)
        yield f"passages from the start {max(-4, min(6, gap))}"
    else:
        yield "no start"


@lru_cache(maxsize=REMEMBERED)
def shape_of(value: str) -> tuple[str, ...]:
    """What a stretch looks like by itself."""
    return tuple(_shape(value))


def _shape(value: str) -> Iterator[str]:
    patterns = place_patterns()
    if names_house(value):
        yield "a house"
    if patterns["address"].search(value):
        yield "a street"
    if patterns["platform"].search(value) or patterns["online"].search(value):
        yield "on the net"
    if patterns["missing"].search(value):
        yield "elsewhere"
    if find_people(value):
        yield "a person"
    words = value.split()
    if is_title_word(words[0]):
        yield "begins with a title"
    yield "begins large" if value[0].isupper() else "begins small"
    yield "capital inside" if any(w[0].isupper() for w in words[1:]) else "no capital inside"
    yield "ends large" if words[-1][0].isupper() or words[-1][0].isdigit() else "ends small"
    yield f"commas {min(value.count(','), 3)}"
    if re.search(r"\d", value):
        yield "a number"
    yield from (f"in it={word}" for word in find_words(value)[:8])
    yield from (f"ends={word.casefold()[-_TAIL:]}" for word in words[:6] if len(word) > _TAIL)
    yield f"first={words[0].casefold()}"
    yield f"length {min(len(value) // 20, 5)}"
