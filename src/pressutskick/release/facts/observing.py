"""What the readers see in passing: raw material for the checks, never a fact."""

import re
from collections.abc import Iterator

from pressutskick.release.facts.labelwords import Meaning
from pressutskick.release.facts.model import Noticed, Observation
from pressutskick.release.facts.moments import When
from pressutskick.release.facts.page import Page
from pressutskick.release.facts.reach import Way, find_reaches

_IMPOSSIBLE = re.compile(
    r"(?:\b[Kk]l(?:\.|ockan|okken)?\s?|[-–]\s?)(?P<clock>(?:[01]?\d|2[0-4])[.:](?:[6-9]\d|\d{3})|(?:2[5-9]|[3-9]\d)[.:][0-5]\d)(?!\d)"
)


def observe(page: Page, when: When) -> tuple[Observation, ...]:
    """Everything noticed, in the order of the text."""
    found = [*_empty_labels(page), *_masks(page), *_clocks(page, when), *_dates(when)]
    return tuple(sorted(found, key=lambda one: one.lines))


def _empty_labels(page: Page) -> Iterator[Observation]:
    """A colon with nothing after it, and nothing below it either."""
    chief = (Meaning.WHEN, Meaning.PLACE, Meaning.RSVP, Meaning.CONTACT)
    for passage in page.passages:
        if not passage.is_empty or not passage.says(*chief):
            continue
        following = page.passages[passage.index + 1 : passage.index + 2]
        lent = following and following[0].meanings == passage.meanings and not following[0].is_empty
        if not lent:
            yield Observation(
                noticed=Noticed.EMPTY_LABEL,
                lines=passage.unit.lines(),
                text=passage.unit.text[:120],
            )
    for number in sorted(page.chrome):
        line = page.lines[number - 1]
        if re.fullmatch(r"(?:Datum|Publicerad|Publisert)\s?:", line.text):
            yield Observation(noticed=Noticed.EMPTY_LABEL, lines=(number, number), text=line.text)


def _masks(page: Page) -> Iterator[Observation]:
    for unit in page.units:
        for reach in find_reaches(unit.text):
            if reach.way is Way.MASKED:
                yield Observation(
                    noticed=Noticed.MASKED_ADDRESS,
                    lines=unit.lines(reach.start, reach.end),
                    text=reach.value,
                )


def _clocks(page: Page, when: When) -> Iterator[Observation]:
    for unit in page.units:
        for match in _IMPOSSIBLE.finditer(unit.text):
            yield Observation(
                noticed=Noticed.IMPOSSIBLE_CLOCK,
                lines=unit.lines(match.start("clock"), match.end("clock")),
                text=match["clock"],
            )
    for clock in when.clocks:
        if clock.mention.is_odd:
            yield Observation(
                noticed=Noticed.ODD_CLOCK,
                lines=clock.candidate.lines,
                text=clock.candidate.text,
                value=f"{clock.mention.start:%H:%M}",
            )
    for rival in when.start.rivals if when.start else ():
        yield Observation(
            noticed=Noticed.SECOND_START,
            lines=rival.lines,
            text=rival.text,
            value=f"{rival.value:%H:%M}",
        )


def _dates(when: When) -> Iterator[Observation]:
    for one in when.dates:
        if one.day.contradicts and one.mention.weekday is not None:
            yield Observation(
                noticed=Noticed.WEEKDAY_MISMATCH,
                lines=one.candidate.lines,
                text=one.candidate.text,
                value=one.day.date.isoformat(),
            )
    for claim in when.date.contradictions if when.date else ():
        yield Observation(
            noticed=Noticed.SECOND_DATE,
            lines=claim.lines,
            text=claim.text,
            value=claim.value.isoformat(),
        )
