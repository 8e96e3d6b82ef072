"""Until when to answer: days and clocks resolved to a full date against the event's own."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from pressutskick.reading.answering.registration import Source, asks
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence
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


#: A date so many characters after `senast` still belongs to it.
_NEAR = 28


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "deadline": re.compile(
            r"\b(?:senast|före|innan|innen|senest|inden|before|by|no later than|not later than|closes? at|closes?|stänger|"
            r"deadline(?: is| är)?:?|sista \w{0,20}?(?:dag|datum|tid|tidpunkt)\S*(?:\s(?:för|att)\s\S+(?:\s\S+)?)?(?:\sär)?:?|frist:?|"
            r"(?:svar|anmälan|anmäl er) (?:till och med|t\.o\.m\.?)|till och med|t\.o\.m\.|until)\s*(?=.)",
            flags,
        ),
        "goes on": re.compile(
            r"(?:the rsvp|anmälan|sista|svar|obs|deadline|påmelding|fristen|senast|senest|det|the)\b|"
            r"(?:[^.!?]|\.(?=\S)){0,140}\b(?:senast|senest|no later than)\b",
            flags,
        ),
        "no deadline": re.compile(
            r"oppmøte|sitta|arrive|inside|på plats|møte (?:opp|frem)|komma till|sätes|bänk", flags
        ),
        "day before": re.compile(
            r"dagen (?:innan|före|før|inden)|day before|kvällen (?:innan|före)", flags
        ),
    }


def read_deadline(
    page: Page, sources: tuple[Source, ...], event: dt.date | None
) -> DeadlineFound | None:
    """The deadline beside the requests for registration."""
    for source in sources:
        passage = source.sentence.passage
        for sentence in (
            source.sentence,
            *_rest_of(passage, source.sentence),
            *_label_of(passage),
        ):
            found = _deadline_in(page, sentence, event)
            if found:
                return found
    for source in sources:
        for passage in page.passages[
            source.sentence.passage.index + 1 : source.sentence.passage.index + 2
        ]:
            if asks(passage.text) or passage.says(Meaning.RSVP, Meaning.DEADLINE):
                found = _deadline_in(
                    page, Sentence(passage=passage, start=0, text=passage.text), event
                )
                if found:
                    return found
    return None


def _label_of(passage: Passage) -> tuple[Sentence, ...]:
    """`Osa senast 11 november: …` tells it in the label."""
    end = passage.start
    start = passage.unit.text.rfind(passage.label or "\n", 0, end)
    if not passage.own or start < 0 or not passage.label:
        return ()
    whole = replace(passage, start=start, end=end)
    return (Sentence(passage=whole, start=0, text=whole.text),)


def _rest_of(passage: Passage, sentence: Sentence) -> tuple[Sentence, ...]:
    at = sentence.start + len(sentence.text)
    rest = passage.text[at : at + 200]
    lead = len(rest) - len(rest.lstrip())
    if not _patterns()["goes on"].match(rest.strip()):
        return ()
    return (Sentence(passage=passage, start=at + lead, text=rest[lead:]),)


def _deadline_in(page: Page, sentence: Sentence, event: dt.date | None) -> DeadlineFound | None:
    text, patterns = sentence.text, _patterns()
    labelled = sentence.passage.says(Meaning.DEADLINE)
    starts = (
        [(0, 0)]
        if labelled
        else [(m.start(), m.end()) for m in patterns["deadline"].finditer(text)]
    )
    for begin, at in starts:
        if patterns["no deadline"].search(text[max(0, begin - 30) : at + 25]):
            continue
        rest = text[at : at + 70]
        found = _resolve_deadline(page, rest, event)
        if found:
            value, length, certainty = found
            return DeadlineFound(
                value=value,
                lines=sentence.lines(begin, at + length),
                text=text[begin : at + length],
                certainty=certainty,
            )
    return None


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
