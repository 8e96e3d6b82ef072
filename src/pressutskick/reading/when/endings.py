"""When it ends: told with the start, as a duration, or in a sentence apart."""

import datetime as dt
import re
from dataclasses import replace
from functools import cache

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.spots.clockroles import Role
from pressutskick.reading.spots.clocks import find_duration
from pressutskick.reading.weighing import Candidate
from pressutskick.reading.when.moments import ClockFound, When

#: A span under a contact label or in a background tells no end.
_ECHO_FLOOR = -5.0


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "lasts": re.compile(
            r"varar|vara\s|pågår|håller på|tar\s|beräknas|räknar med|lasts?|varer|forventes|(?:ca\.?|cirka|omkring|about)\s",
            flags,
        ),
    }


def find_end(when: When) -> Candidate[dt.time] | None:
    """From the same span, from how long it lasts, from the same start told again with an end, or
    from `till kl. X`.
    """  # noqa: D205
    start = when.start_found
    if start is None:
        return None
    if start.mention.end is not None:
        return replace(start.candidate, value=start.mention.end)
    return _end_from_duration(start) or _end_of_echo(when, start) or _end_told_apart(when, start)


def _end_of_echo(when: When, start: ClockFound) -> Candidate[dt.time] | None:
    """A programme's first item ends earlier than the meeting, unless it is the meeting."""
    for one in when.clocks:
        in_programme = one.sentence.passage.says(Meaning.PROGRAM) or _follows_span(when, one)
        if in_programme and not meeting_pattern().search(one.sentence.passage.text):
            continue
        same = one.mention.start == start.mention.start and one.mention.role is Role.START
        if same and one.mention.end is not None and one.candidate.score > _ECHO_FLOOR:
            return replace(one.candidate, value=one.mention.end)
    return None


def _follows_span(when: When, found: ClockFound) -> bool:
    """Another span begins where this one ends: items of a programme."""
    return any(one.mention.end and one.mention.start == found.mention.end for one in when.clocks)


def _position(found: ClockFound) -> tuple[int, int]:
    return found.sentence.passage.index, found.sentence.start + found.mention.at


def _end_told_apart(when: When, start: ClockFound) -> Candidate[dt.time] | None:
    index = start.sentence.passage.index
    for one in when.clocks:
        near = one.sentence.passage.index in (index, index + 1) or (start.is_item and one.is_item)
        later = one.mention.start > start.mention.start and _position(one) > _position(start)
        before = one.sentence.text[: one.mention.at]
        is_open = re.search(r"\b(?:öppe[tn]|open|åpent|åbent)\b[^,.]*$", before, re.IGNORECASE)
        if one.mention.role is Role.UNTIL and near and later and not is_open:
            return one.candidate
    return None


def _end_from_duration(start: ClockFound) -> Candidate[dt.time] | None:
    passage = start.sentence.passage
    at = start.sentence.start + start.mention.stop
    rest = passage.text[at : at + 120]
    duration = find_duration(rest)
    if duration is None:
        return None
    length, begin, stop = duration
    lead = rest[:begin]
    if not (_patterns()["lasts"].search(lead) or re.search(r"\(\s*$", lead)):
        return None
    if re.search(
        r"\b(?:före|innan|i förväg|before|efter|after)\b",
        lead + rest[stop : stop + 12],
        re.IGNORECASE,
    ):
        return None
    moment = dt.datetime.combine(dt.date(2000, 1, 1), start.mention.start) + length
    if moment.day != 1:
        return None
    return Candidate(
        value=moment.time(),
        score=1.0,
        lines=passage.lines(at + begin, at + stop),
        text=rest[begin:stop],
        certainty=Certainty.DERIVED,
    )
