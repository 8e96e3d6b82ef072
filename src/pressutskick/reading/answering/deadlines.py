"""Until when to answer: days and clocks resolved to a full date against the event's own."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pressutskick.reading.learnt.scoring import Judge, Judgement, Role
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background, split_sentences
from pressutskick.reading.roles.registration import asks
from pressutskick.reading.roles.surroundings import Surroundings, find_words
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import DateMention, Relation, find_dates
from pressutskick.reading.spots.days import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFound:
    """The last day, or moment, to answer."""

    value: dt.date | dt.datetime
    lines: tuple[int, int]
    text: str
    certainty: Certainty
    sentence: Sentence
    #: Where `text` stands in its sentence.
    start: int
    end: int
    judgement: Judgement | None = None


#: A day, or a moment on the wall clock of the event.
Moment = dt.date | dt.datetime
#: A date so many characters after `senast` still belongs to it, and no more are looked at.
_NEAR, _REACH = 28, 70
#: So many days before its event nobody need answer.
_LONG_BEFORE = 30
#: From here on a moment is taken for the deadline.
_TAKEN = 0.5


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "deadline": re.compile(
            r"\b(?:senast|före|før|innan|innen|senest|inden|before|by|no later than|not later than|closes? at|closes?|stänger|"
            r"deadline(?: is| är)?:?|sista \w{0,20}?(?:dag|datum|tid|tidpunkt)\S*(?:\s(?:för|att)\s\S+(?:\s\S+)?)?(?:\sär)?:?|frist:?|"
            r"(?:svar|anmälan|anmäl er) (?:till och med|t\.o\.m\.?)|till och med|t\.o\.m\.|until)\s*(?=.)",
            flags,
        ),
        "day before": re.compile(
            r"dagen (?:innan|före|før|inden)|day before|kvällen (?:innan|före)", flags
        ),
    }


def read_deadline(
    around: Surroundings, event: dt.date | None, judge: Judge
) -> DeadlineFound | None:
    """The moment that is most likely the last one to answer; with its clock where it has one."""
    found = find_deadlines(around.page, event)
    judged = judge(Role.IS_DEADLINE, deadline_features(around, found, event))
    likely = [one for one in found if judged[one.value].probability >= _TAKEN]
    best = max(likely, key=lambda one: judged[one.value].probability, default=None)
    fuller = [one for one in likely if best and _goes_with(one.value, best.value)]
    best = fuller[0] if fuller else best
    return replace(best, judgement=judged[best.value]) if best else None


def _goes_with(moment: Moment, day: Moment) -> bool:
    """Whether it is the same day, with its clock."""
    return (
        isinstance(moment, dt.datetime)
        and not isinstance(day, dt.datetime)
        and moment.date() == day
    )


def find_deadlines(page: Page, event: dt.date | None) -> tuple[DeadlineFound, ...]:
    """Every moment that could be one: after `senast` and its like, or under a label of answers."""
    found: list[DeadlineFound] = []
    for passage in page.passages:
        if is_background(passage) or page.is_title(passage):
            continue
        sentences = [
            *_label_of(passage),
            *(split_sentences(passage) if not passage.is_empty else ()),
        ]
        for sentence in sentences:
            found += _deadlines_in(page, sentence, event)
    return tuple(found)


def deadline_features(
    around: Surroundings, found: tuple[DeadlineFound, ...], event: dt.date | None
) -> dict[Moment, frozenset[str]]:
    """What is seen of each moment, of all its mentions together; `event` is the event's day."""
    seen: dict[Moment, set[str]] = {}
    for one in found:
        seen.setdefault(one.value, set()).update(_of_moment(around, one, event))
    for features in seen.values():
        features.add(f"moments {min(len(seen), 4)}")
    return {value: frozenset(features) for value, features in seen.items()}


def _of_moment(around: Surroundings, one: DeadlineFound, event: dt.date | None) -> Iterator[str]:
    sentence, passage = one.sentence, one.sentence.passage
    yield from around.common(sentence)
    yield from around.words_around(sentence.text, one.start, one.end)
    yield from (f"in it={word}" for word in find_words("x " + one.text)[1:6])
    yield "registers" if asks(sentence.text) else "does not register"
    if asks(passage.text):
        yield "its passage registers"
    if asks(passage.label or ""):
        yield "its label registers"
    above = around.page.passages[passage.index - 1] if passage.index else None
    if above and asks(above.text):
        yield "below what registers"
    yield "day and clock" if isinstance(one.value, dt.datetime) else "a day"
    yield f"{one.certainty} day"
    if event is None:
        return
    day = one.value.date() if isinstance(one.value, dt.datetime) else one.value
    ahead = (event - day).days
    yield "after the event" if ahead < 0 else "on its day" if not ahead else "before it"
    if ahead > _LONG_BEFORE:
        yield "long before it"


def _label_of(passage: Passage) -> tuple[Sentence, ...]:
    """`Osa senast 11 november: …` tells it in the label."""
    end = passage.start
    start = passage.unit.text.rfind(passage.label or "\n", 0, end)
    if not passage.own or start < 0 or not passage.label:
        return ()
    whole = replace(passage, start=start, end=end)
    return (Sentence(passage=whole, start=0, text=whole.text),)


def _deadlines_in(page: Page, sentence: Sentence, event: dt.date | None) -> Iterator[DeadlineFound]:
    text, patterns = sentence.text, _patterns()
    starts = [(m.start(), m.end()) for m in patterns["deadline"].finditer(text)]
    if sentence.passage.says(Meaning.DEADLINE, Meaning.RSVP):
        starts.append((0, 0))
    for begin, at in starts:
        found = _resolve_deadline(page, text[at : at + _REACH], event)
        if found:
            value, length, certainty = found
            yield DeadlineFound(
                value=value,
                lines=sentence.lines(begin, at + length),
                text=text[begin : at + length],
                certainty=certainty,
                sentence=sentence,
                start=begin,
                end=at + length,
            )


def _resolve_deadline(
    page: Page, rest: str, event: dt.date | None
) -> tuple[dt.date | dt.datetime, int, Certainty] | None:
    """The moment that `rest`, the words after `senast`, means, how many of them, how sure."""
    dates, clocks = find_dates(rest), find_clocks(rest)
    near = [d for d in dates if d.start < _NEAR]
    date = next((d for d in near if d.relation is None), near[0] if near else None)
    clock = next((c for c in clocks if c.at < 45), None)
    before = _patterns()["day before"].search(rest)
    if date is None and clock is None and before is None:
        return None
    if date is None:
        if event is None:
            return None
        day, certainty = event - dt.timedelta(days=1 if before else 0), Certainty.DERIVED
    else:
        read = _deadline_day(page, date, event)
        if read is None:
            return None
        day, certainty = read
    end = max(
        [one for one in (date and date.end, clock and clock.stop, before and before.end()) if one]
    )
    if clock is None or (
        date is not None and max(clock.at - date.end, date.start - clock.stop) > 20
    ):
        return day, date.end if date else end, certainty
    return dt.datetime.combine(day, clock.end or clock.start), end, certainty


def _deadline_day(
    page: Page, mention: DateMention, event: dt.date | None
) -> tuple[dt.date, Certainty] | None:
    """A deadline lies on the event's day or before it."""
    if (
        mention.relation is Relation.WEEKDAY
        and event is not None
        and mention.weekday_number is not None
    ):
        back = (event.weekday() - mention.weekday_number) % 7
        return event - dt.timedelta(days=back), Certainty.DERIVED
    anchor = (
        event - dt.timedelta(days=40)
        if event is not None and mention.relation is None
        else page.anchor
    )
    near = event or page.anchor
    if mention.relation is None and mention.year is None:
        for year in (near.year, near.year - 1):
            try:
                day = dt.date(year, mention.month, mention.day)
            except ValueError:
                continue
            if event is None or (event - day).days in range(-7, 200):
                return day, Certainty.DERIVED
    day_found = resolve(mention, anchor, is_stamp=page.has_stamp)
    if day_found is None:
        return None
    return day_found.date, Certainty.READ if day_found.is_read else Certainty.DERIVED
