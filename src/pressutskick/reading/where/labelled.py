"""Places under a label of their own, with the lines that go on with them."""

import re

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import find_dates
from pressutskick.reading.weighing import Candidate
from pressutskick.reading.where.words import (
    clean_place,
    looks_like_place,
    place_patterns,
    prose_place,
)

#: So many passages below its clock a meeting's own place stands, and what that weighs.
_BELOW, _ITS_OWN = 3, 1.8


def find_labelled(
    page: Page, chosen: frozenset[tuple[int, int]], start: int | None = None
) -> list[Candidate[str]]:
    """Every place under a label; `start` is the passage that holds the event's start."""
    found: list[Candidate[str]] = []
    taken: set[int] = set()
    its_own = _below(page, start)
    for passage in page.passages:
        if (
            passage.is_empty
            or passage.index in taken
            or not passage.says(Meaning.PLACE, Meaning.GATHERING)
        ):
            continue
        if passage.says(Meaning.CONTACT):
            continue
        parts = [passage, *_following(page, passage)]
        words = " ".join(_without_time(part) for part in parts)
        value = clean_place(_on_the_spot(words), passage)
        if not value or (place_patterns()["missing"].search(value) and not looks_like_place(value)):
            continue
        taken.update(part.index for part in parts)
        only_gathering = not passage.says(Meaning.PLACE)
        mixed = passage.says(Meaning.WHEN, Meaning.RSVP)
        near = any(0 < passage.index - index <= 2 for index, _ in chosen)
        near_start = passage.index == its_own
        found.append(
            Candidate(
                value=value,
                score=(1.2 if near else 0.0)
                + (_ITS_OWN if near_start else 0.0)
                + (4.0 if only_gathering else 10.0 if passage.own else 6.0)
                - (1.5 if mixed else 0.0),
                lines=(passage.lines()[0], parts[-1].lines()[1]),
                text=passage.text.strip(),
            )
        )
    return found


def _below(page: Page, start: int | None) -> int | None:
    """The number of the first passage below the start's that names a place."""
    if start is None:
        return None
    for passage in page.passages[start : start + _BELOW + 1]:
        if passage.own and passage.says(Meaning.PLACE) and not passage.is_empty:
            return passage.index
    return None


def _on_the_spot(words: str) -> str:
    """`På plats och digitalt. … i Gula rummet`: the room, not the words."""
    match = place_patterns()["on the spot"].match(words)
    if match is None:
        return words
    rest = words[match.end() :]
    lead = place_patterns()["lead"].search(rest)
    if lead is None:
        return rest or words
    end = place_patterns()["end"].search(rest, lead.end() + 2)
    return rest[lead.end() : end.start()] if end else rest[lead.end() :]


def _following(page: Page, passage: Passage) -> list[Passage]:
    """Lines that go on with a place: the rest of a table cell, `(ingång från …)`, a street."""
    found: list[Passage] = []
    for following in page.passages[passage.index + 1 : passage.index + 4]:
        gap = following.unit.paragraph - passage.unit.paragraph
        same = following.unit is not passage.unit and (gap == 0 or following.text.startswith("("))
        if not same or following.own or following.is_empty or following.unit.is_heading:
            break
        text = following.text.strip()
        goes_on = (
            text.startswith("(")
            or text[:1].islower()
            or re.match(r"Ingång|Entré|Inngang|Adress", text)
        )
        lone = passage.says(Meaning.WHEN) and following.says(Meaning.PLACE)
        address = place_patterns()["address"].match(text) is not None and len(text) < 60
        if not (goes_on or lone or address) or len(text) > 120:
            break
        found.append(following)
    return found


def _without_time(passage: Passage) -> str:
    """The passage's words without its dates and clocks, where both share a label."""
    text = passage.text
    if not passage.says(Meaning.WHEN, Meaning.RSVP, Meaning.GATHERING):
        return text.strip()
    spans = [(d.start, d.end) for d in find_dates(text) if d.relation is None]
    spans += [(c.at, c.stop) for c in find_clocks(text)]
    if not spans:
        return text.strip()
    parts, at = [], 0
    for start, end in sorted(spans):
        parts.append(text[at:start])
        at = max(at, end)
    parts.append(text[at:])
    rest = [part.strip(" ,.;:–-") for part in parts]
    if passage.says(Meaning.GATHERING):
        rest = [re.sub(r"^(?:på|i|vid|hos|utanför) ", "", part) for part in rest]
    rest = [
        re.sub(r"^\(?(?:ca\.?|cirka)?\s?\d? ?(?:timm?e?|min\w*)\)?[.,]?\s*", "", part)
        for part in rest
    ]
    rest = [
        part
        for part in rest
        if len(part) > 3 and part.casefold() not in ("den", "klockan", "mellan")
    ]
    if len(rest) == 1:
        return prose_place(rest[0]) or rest[0]
    best = max(rest, key=len, default="")
    return prose_place(best) or best
