"""What was found out about time: the mentions, weighed, and the day and start among them."""

import datetime as dt
from dataclasses import dataclass

from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Sentence
from pressutskick.reading.spots.clockroles import ClockMention
from pressutskick.reading.spots.dates import DateMention
from pressutskick.reading.spots.days import Day
from pressutskick.reading.weighing import Candidate, Verdict


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


def _surety(found: DateFound) -> tuple[bool, bool, float]:
    return (found.day.is_sure, found.mention.weekday is not None, found.candidate.score)
