"""The clocks that a page names, weighed: which one is the event's start."""

import datetime as dt
import re
from dataclasses import replace
from functools import cache

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background
from pressutskick.reading.spots.clockroles import ClockMention, Role
from pressutskick.reading.spots.clocks import find_bare_hours, find_clocks
from pressutskick.reading.spots.dates import find_dates
from pressutskick.reading.weighing import Candidate, Verdict
from pressutskick.reading.when.eventdays import is_headed_by_meeting, is_public, near_meeting
from pressutskick.reading.when.moments import ClockFound, DateFound


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "begins": re.compile(
            r"börjar|startar|inleds|start\b|starter|begynner|starts|begins|äger rum|holdes|hålls|afholdes",
            flags,
        ),
        "invites": re.compile(
            r"bjud|inbjud|välkom|media (?:får|kan)|kallar|kaller|inviter|invit|följa med|kom och|kom till|ses\b|vi ses|äger rum|"
            r"invig|öppn(?:as|ing)|åpn|åbn|will host|first planned|spadtag|möts",
            flags,
        ),
    }


_MEDIA = re.compile(r"\b(?:media|medier|pressen|press|journalister|fotografer)\b", re.IGNORECASE)
#: `Ankomst: …`, `Övningen avslutas: …`: a label of what comes last.
_ENDS = re.compile(
    r"\b(?:ankomst|hemkomst|återkomst|avslut\w*|slut|slutar|sluttid|arrival|ends?)$", re.IGNORECASE
)
#: The day is the one that was told last.
_SAME_DAY = re.compile(r"\b(?:samma|samme|same)\s(?:dag|day)\b", re.IGNORECASE)
#: How far back of a clock a meeting is looked for, and how near it must end.
_JOINED, _GAP = 60, 12
#: A line of a programme, and how many make one.
_ITEM = re.compile(r"(?:kl\.?|klockan)?\s?\d{1,2}[.:]\d\d\b", re.IGNORECASE)
_FEWEST = 2
#: A clock that opens its line stands no later in it.
_AT_ONCE = 3


def weigh_clocks(
    page: Page,
    sentences: list[Sentence],
    dates: tuple[DateFound, ...],
    date: Verdict[dt.date] | None,
) -> tuple[ClockFound, ...]:
    """Every clock of the page with its weight."""
    chosen = date.best.value if date else None
    by_sentence: dict[tuple[int, int], list[DateFound]] = {}
    for one in dates:
        by_sentence.setdefault((one.sentence.passage.index, one.sentence.start), []).append(one)
    found: list[ClockFound] = []
    items = _find_items(page)
    earlier: list[DateFound] = []
    for sentence in sentences:
        beside = by_sentence.get((sentence.passage.index, sentence.start), [])
        if not beside and _SAME_DAY.search(sentence.text):
            beside = earlier[-1:]
        earlier = beside or earlier
        for mention in _clocks_of(sentence):
            nearest = min(beside, key=lambda one: abs(one.mention.start - mention.at), default=None)
            day = nearest.day.date if nearest and nearest.candidate.score > -3 else None
            score = _weigh_clock(page, sentence, mention, day, chosen)
            found.append(
                ClockFound(
                    mention=mention,
                    sentence=sentence,
                    date=day,
                    is_item=sentence.passage.says(Meaning.PROGRAM)
                    or (sentence.passage.index in items and mention.at <= _AT_ONCE),
                    candidate=Candidate(
                        value=mention.start,
                        score=score,
                        lines=sentence.lines(mention.at, mention.stop),
                        text=sentence.text[mention.at : mention.stop],
                        certainty=Certainty.GUESSED if mention.is_odd else Certainty.READ,
                    ),
                )
            )
    return tuple(found)


def _find_items(page: Page) -> frozenset[int]:
    """The passages of a programme that no label announces: several lines that open with a clock."""
    lines = [one.index for one in page.passages if not one.own and _ITEM.match(one.text)]
    return frozenset(lines) if len(lines) >= _FEWEST else frozenset()


def _clocks_of(sentence: Sentence) -> tuple[ClockMention, ...]:
    passage, text = sentence.passage, sentence.text
    clocks = find_clocks(text)
    if passage.own and _ENDS.search(passage.label or ""):
        return tuple(replace(one, role=Role.UNTIL) for one in clocks)
    if clocks or not (passage.own and passage.says(Meaning.WHEN)) or passage.says(Meaning.OTHER):
        return clocks
    if re.match(r"dag$|datum|dato|date", passage.label or "", re.IGNORECASE):
        return ()
    days = [(one.start, one.end) for one in find_dates(text)]
    return tuple(
        one
        for one in find_bare_hours(text)
        if all(one.stop <= start or end <= one.at for start, end in days)
    )


def _weigh_clock(
    page: Page,
    sentence: Sentence,
    mention: ClockMention,
    day: dt.date | None,
    chosen: dt.date | None,
) -> float:
    passage, patterns = sentence.passage, _patterns()
    score = (
        8.0
        if passage.own and passage.says(Meaning.WHEN)
        else 3.0
        if passage.says(Meaning.WHEN)
        else 0.0
    )
    if (
        passage.own
        and passage.says(Meaning.OTHER)
        and meeting_pattern().search(passage.label or "")
    ):
        score += 2.0
    score += 2.5 if is_headed_by_meeting(page, passage) else 0.0
    score -= 6.0 if is_public(passage) else 0.0
    score += 2.0 if page.is_title(passage) else 0.0
    score += 3.0 if near_meeting(sentence, mention.at, mention.stop) else 0.0
    score += 1.5 if _is_joined(sentence.text[: mention.at]) else 0.0
    if day is not None:
        score += 2.5 if day == chosen else -4.0
    score += (
        1.5
        if patterns["begins"].search(sentence.text[max(0, mention.at - 40) : mention.at])
        else 0.0
    )
    score += 1.0 if patterns["invites"].search(sentence.text) else 0.0
    score += 0.8 if re.match(r"k|klo", sentence.text[mention.at :].lower()) else 0.0
    score -= 8.0 if passage.says(Meaning.CONTACT) or is_background(passage) else 0.0
    if passage.says(Meaning.RSVP, Meaning.DEADLINE) and not passage.says(Meaning.WHEN):
        score -= 4.0
    if passage.says(
        Meaning.GATHERING, Meaning.NOTE, Meaning.PHOTO, Meaning.TOPIC
    ) and not passage.says(Meaning.WHEN):
        score -= 3.0
    score -= 1.5 if passage.says(Meaning.PROGRAM) else 0.0
    if passage.own and passage.says(Meaning.WHEN) and find_clocks(sentence.text)[:1] != (mention,):
        score -= 1.0
    if passage.own and _is_aside(sentence.text[: mention.at]):
        score -= 4.0
    if not _MEDIA.search(sentence.text) and re.search(
        r"varje dag|dagligen|alla dagar|öppet|öppettid|bemannad|telefontid|åpningstid|vardagar|helger|opening hours|open (?:from|daily|mon)",
        sentence.text,
        re.IGNORECASE,
    ):
        score -= 5.0
    return score


def _is_joined(before: str) -> bool:
    """`presskonferens kl 9.30`: nothing but a small word between meeting and clock."""
    found = list(meeting_pattern().finditer(before, max(0, len(before) - _JOINED)))
    return bool(found) and len(before) - found[-1].end() <= _GAP


def _is_aside(before: str) -> bool:
    """In brackets after another clock: `13.00 (den vanliga presskonferensen börjar 14.15)`."""
    return before.count("(") > before.count(")") and bool(find_clocks(before))
