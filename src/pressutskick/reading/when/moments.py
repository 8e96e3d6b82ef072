"""What was found out about time: the mentions, weighed, and the day and start among them."""

import datetime as dt
from dataclasses import dataclass

from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Sentence
from pressutskick.reading.spots.clockroles import ClockMention
from pressutskick.reading.spots.dates import DateMention
from pressutskick.reading.spots.days import Day
from pressutskick.reading.weighing import Candidate, Value, Verdict

#: A start, and a day, that is at least so likely is taken without asking, where no other is as
#: likely as `RIVAL`. A wrong day costs more than a wrong hour.
SURE_START, SURE_DAY, RIVAL = 0.7, 0.85, 0.5


def is_sure(verdict: Verdict[Value], least: float) -> bool:
    """Whether the best is likely enough, and alone in it."""
    is_alone = all(one.probability < RIVAL for one in verdict.rivals)
    return verdict.best.probability >= least and is_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFound:
    """A date mention with what it means and the sentence it stands in."""

    mention: DateMention
    day: Day
    sentence: Sentence
    candidate: Candidate[dt.date]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFound:
    """A clock mention, the sentence it stands in, its weight, and the day beside it."""

    mention: ClockMention
    sentence: Sentence
    candidate: Candidate[dt.time]
    date: dt.date | None = None
    #: Whether it opens an item of a programme.
    is_item: bool = False

    @property
    def is_labelled(self) -> bool:
        """Whether it stands under a time label of its own."""
        passage = self.sentence.passage
        return passage.own and passage.says(Meaning.WHEN) and not passage.says(Meaning.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """All that was found out about time."""

    dates: tuple[DateFound, ...]
    clocks: tuple[ClockFound, ...]
    date: Verdict[dt.date] | None
    start: Verdict[dt.time] | None
    end: Candidate[dt.time] | None
    admissions: tuple[ClockFound, ...]
    #: Every clock that may be the start, the likeliest first, be it ever so unlikely.
    possible_starts: tuple[Candidate[dt.time], ...] = ()

    @property
    def day(self) -> DateFound | None:
        """The surest mention of the day that was chosen, a fuller one first."""
        if self.date is None:
            return None
        chosen = [one for one in self.dates if one.day.date == self.date.best.value]
        full = [one for one in chosen if one.mention.relation is None]
        return max(full or chosen, key=_surety)

    @property
    def start_found(self) -> ClockFound | None:
        """The clock that was chosen as start."""
        if self.start is None:
            return None
        best = self.start.best
        return next(
            one
            for one in self.clocks
            if one.candidate.value == best.value and one.candidate.lines == best.lines
        )

    @property
    def start_passage(self) -> int | None:
        """The number of the passage that holds the start."""
        return self.start_found.sentence.passage.index if self.start_found else None

    @property
    def chosen(self) -> frozenset[tuple[int, int]]:
        """Where the event's day and start stand: passage and start of the sentence."""
        found = set()
        if self.date:
            found |= {
                (one.sentence.passage.index, one.sentence.start)
                for one in self.dates
                if one.day.date == self.date.best.value
            }
        if self.start_found:
            sentence = self.start_found.sentence
            found.add((sentence.passage.index, sentence.start))
        return frozenset(found)


def _surety(found: DateFound) -> tuple[bool, bool, float]:
    """A weekday beside the day confirms it, or tells that something is wrong."""
    return (found.mention.weekday is not None, found.day.is_sure, found.candidate.score)
