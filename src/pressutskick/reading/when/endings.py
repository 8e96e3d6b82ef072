"""When it ends: told with the start, as a duration, or in a sentence apart."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pressutskick.reading.learnt.scoring import Judge, Role
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.page import Sentence
from pressutskick.reading.roles.surroundings import Surroundings
from pressutskick.reading.spots.clockroles import Role as Purpose
from pressutskick.reading.spots.clocks import find_durations
from pressutskick.reading.weighing import Candidate, rank
from pressutskick.reading.when.features import features_of_mention
from pressutskick.reading.when.moments import ClockFound, When

#: A clock that is less likely the end is not taken; an end that is wrong costs little.
_END = 0.5
#: A clock that is for one of these ends nothing.
_NO_END = frozenset({Purpose.OTHER, Purpose.DEADLINE, Purpose.GATHERING})
#: Minutes after the start by which lengths are told apart.
_LENGTHS = (16, 31, 61, 91, 121, 181, 301, 601)
#: From so many passages on, how far apart they are is not counted.
_FAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """A clock that may be the end, where it stands, and how it is told."""

    time: dt.time
    sentence: Sentence
    start: int
    stop: int
    manner: str
    certainty: Certainty = Certainty.READ
    found: ClockFound | None = None

    @property
    def candidate(self) -> Candidate[dt.time]:
        return Candidate(
            value=self.time,
            score=1.0,
            lines=self.sentence.lines(self.start, self.stop),
            text=self.sentence.text[self.start : self.stop],
            certainty=self.certainty,
        )


def find_end(around: Surroundings, when: When, judge: Judge) -> Candidate[dt.time] | None:
    """The clock that is most likely the end; None where the text tells none."""
    if when.start_found is None:
        return None
    endings = list(_endings(around, when, when.start_found))
    seen: dict[dt.time, set[str]] = {}
    for one in endings:
        seen.setdefault(one.time, set()).update(_of_ending(around, when.start_found, one))
    clocks = {one.time for one in endings if one.manner != "duration"}
    for time, features in seen.items():
        features.add(f"ends in all {min(len(seen), 5)}")
        features.add("latest" if time == max(clocks, default=time) else "not latest")
        if len(clocks - {time}) == 0:
            features.add("only later clock")
    judged = judge(Role.IS_END, {time: frozenset(features) for time, features in seen.items()})
    verdict = rank((one.candidate for one in endings), judged, floor=_END)
    return verdict.best if verdict else None


def _endings(around: Surroundings, when: When, start: ClockFound) -> Iterator[_Ending]:
    """Every end of a span, every later clock, every duration."""
    for one in when.clocks:
        if one.mention.role in _NO_END:
            continue
        for time, manner in ((one.mention.end, "span"), (one.mention.start, "clock")):
            if time is not None and time > start.mention.start:
                yield _Ending(
                    time=time,
                    sentence=one.sentence,
                    start=one.mention.at,
                    stop=one.mention.stop,
                    manner=manner,
                    found=one,
                )
    for sentence in around.page.sentences():
        for length, begin, stop in find_durations(sentence.text):
            moment = dt.datetime.combine(dt.date(2000, 1, 1), start.mention.start) + length
            if moment.day == 1 and moment.time() > start.mention.start:
                yield _Ending(
                    time=moment.time(),
                    sentence=sentence,
                    start=begin,
                    stop=stop,
                    manner="duration",
                    certainty=Certainty.DERIVED,
                )


def _of_ending(around: Surroundings, start: ClockFound, one: _Ending) -> Iterator[str]:
    yield from features_of_mention(around, one.sentence, one.start, one.stop)
    yield f"told as {one.manner}"
    if one.found is not None:
        same = one.found.mention.start == start.mention.start
        yield f"{one.manner} {'from the start' if same else 'from another clock'}"
        yield f"{one.manner} {one.found.mention.role.name}"
        yield "of its day" if one.found.date in (None, start.date) else "of another day"
        if one.found.is_item:
            yield "an item"
    gap = around.places.get(one.sentence.passage.index, 0) - around.places.get(
        start.sentence.passage.index, 0
    )
    near = f"passages from the start {max(-_FAR, min(_FAR, gap))}"
    yield near
    yield f"{one.manner} {near}"
    if one.sentence is start.sentence or (not gap and one.sentence.start == start.sentence.start):
        yield f"{one.manner} in the start's sentence"
        if one.start >= start.mention.stop:
            between = one.sentence.text[start.mention.stop : one.start]
            yield f"{one.manner} {'soon' if len(between) < 25 else 'later'} after the start"
    minutes = _minutes(one.time) - _minutes(start.mention.start)
    yield f"lasts {sum(minutes >= length for length in _LENGTHS)}"
    if start.mention.end is not None:
        yield "the start has a span"


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
