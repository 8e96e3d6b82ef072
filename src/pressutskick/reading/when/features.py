"""What is seen of every day and clock of a page, so that learnt weights can judge them.

The rules of `eventdays` and `eventclocks` say how plainly each is the event's; what that is worth
beside the label, the neighbours and the words around it is learnt.
"""

import datetime as dt
from collections.abc import Iterator

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.learnt.scoring import Value
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Sentence
from pressutskick.reading.roles.surroundings import Surroundings
from pressutskick.reading.spots import clockroles
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.when.eventdays import near_meeting
from pressutskick.reading.when.moments import ClockFound, DateFound

#: From so many on, days and clocks are not counted.
_MANY = 6
#: So much before a clock tells what it is for.
_BEFORE = 30
#: A heading above a line is shorter.
_HEADING = 90
#: Days ahead by which an event's nearness is told.
_SPANS = (0, 1, 8, 31, 91, 241)


def start_features(
    around: Surroundings, clocks: tuple[ClockFound, ...], day: dt.date | None
) -> dict[dt.time, frozenset[str]]:
    """What is seen of each clock, of all its mentions together; `day` is the event's."""
    found: dict[dt.time, set[str]] = {}
    weights: dict[dt.time, list[float]] = {}
    for one in clocks:
        time = one.mention.start
        found.setdefault(time, set()).update(_of_clock(around, one, day))
        weights.setdefault(time, []).append(one.candidate.score)
    rivals = sorted(
        {
            one.mention.start
            for one in clocks
            if one.mention.role is clockroles.Role.START and one.date in (None, day)
        }
    )
    heaviest = {time: max(scores) for time, scores in weights.items()}
    for time, seen in found.items():
        seen |= set(_weighed(heaviest, time, len(weights[time])))
        seen |= set(_among(time, rivals))
        seen.add(f"hour {time.hour}")
    return {time: frozenset(seen) for time, seen in found.items()}


def day_features(
    around: Surroundings, dates: tuple[DateFound, ...]
) -> dict[dt.date, frozenset[str]]:
    """What is seen of each day, of all its mentions together."""
    found: dict[dt.date, set[str]] = {}
    weights: dict[dt.date, list[float]] = {}
    for one in dates:
        found.setdefault(one.day.date, set()).update(_of_date(around, one))
        weights.setdefault(one.day.date, []).append(one.candidate.score)
    ahead = sorted(day for day in found if day >= around.page.anchor)
    heaviest = {day: max(scores) for day, scores in weights.items()}
    for day, seen in found.items():
        seen |= set(_weighed(heaviest, day, len(weights[day])))
        days = (day - around.page.anchor).days
        seen.add(f"ahead {sum(days >= one for one in _SPANS)}")
        if day in ahead:
            seen.add("first ahead" if day == ahead[0] else "later ahead")
    return {day: frozenset(seen) for day, seen in found.items()}


def _weighed(weights: dict[Value, float], mine: Value, mentions: int) -> Iterator[str]:
    """How the rules' weight compares with that of the others."""
    yield f"{min(len(weights), _MANY)} in all"
    yield "told once" if mentions == 1 else "told again"
    yield f"weight {max(-4, min(12, int(weights[mine] // 2 * 2)))}"
    others = [one for key, one in weights.items() if key != mine]
    if not others:
        yield "alone"
        return
    lead = weights[mine] - max(others)
    yield f"{'ahead' if lead > 0 else 'behind'} by {min(int(abs(lead)) // 2 * 2, 8)}"


def _among(time: dt.time, rivals: list[dt.time]) -> Iterator[str]:
    """Where it stands among the clocks of the day that may be a start."""
    yield f"may start {min(len(rivals), _MANY)}"
    if time not in rivals:
        yield "may not start"
    elif len(rivals) == 1:
        yield "only one that may start"
    else:
        yield "earliest" if time == rivals[0] else "latest" if time == rivals[-1] else "between"


def _of_clock(around: Surroundings, one: ClockFound, day: dt.date | None) -> Iterator[str]:
    mention, sentence = one.mention, one.sentence
    yield from features_of_mention(around, sentence, mention.at, mention.stop)
    yield f"for {mention.role.name}"
    yield f"for {mention.role.name} {'labelled' if one.is_labelled else 'unlabelled'}"
    yield "a span" if mention.end else "no span"
    yield "of the day" if one.date == day else "of no day" if one.date is None else "of another day"
    if one.is_item:
        yield "an item"


def _of_date(around: Surroundings, one: DateFound) -> Iterator[str]:
    mention, sentence = one.mention, one.sentence
    yield from features_of_mention(around, sentence, mention.start, mention.end)
    clocks = find_clocks(sentence.text)
    yield "beside a clock" if clocks else "without a clock"
    yield from {f"beside a clock for {one.role.name}" for one in clocks}
    yield f"told as {mention.relation.name if mention.relation else 'a date'}"
    yield "with weekday" if mention.weekday else "without weekday"
    yield "with year" if mention.year else "without year"
    if mention.end_day:
        yield "several days"
    if one.day.contradicts:
        yield "weekday does not fit"
    if one.candidate.claim:
        yield "claimed"


def features_of_mention(
    around: Surroundings, sentence: Sentence, start: int, end: int
) -> Iterator[str]:
    """What a day and a clock have alike: label, words, and the meeting beside them."""
    passage, text = sentence.passage, sentence.text
    yield from around.common(sentence)
    yield from around.words_around(text, start, end)
    if near_meeting(sentence, start, end):
        yield "beside the meeting"
    if meeting_pattern().search(text[max(0, start - _BEFORE) : start]):
        yield "right after the meeting"
    if text[:start].count("(") > text[:start].count(")"):
        yield "in brackets"
    if start <= 1 and not sentence.start:
        yield "begins its passage"
    if passage.own and passage.says(Meaning.WHEN) and not sentence.start:
        yield "first sentence under a time label"
    above = around.page.passages[passage.index - 1].text if passage.index else ""
    if meeting_pattern().search(above[:_HEADING]):
        yield "below the meeting"
