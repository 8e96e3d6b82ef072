"""When: the event's day, start and end, and the sessions of an event that has several.

Each mention gets a weight from where it stands (under a time label, in the heading, beside the
word for a press meeting) and from what speaks against it (a deadline, a background, another
meeting); `weighing` decides.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from pressutskick.release.facts.clocks import ClockMention, Role, find_clocks, find_duration
from pressutskick.release.facts.dates import DateMention, Day, Relation, find_dates, resolve
from pressutskick.release.facts.headline import meeting_pattern
from pressutskick.release.facts.labels import Meaning, Passage
from pressutskick.release.facts.model import Certainty
from pressutskick.release.facts.page import Page, Sentence, is_background
from pressutskick.release.facts.weighing import Candidate, Verdict, weigh

#: Below this, a date is too weakly joined to the event to be proposed at all.
_DATE_FLOOR = 0.5
_CLOCK_FLOOR = 1.5
_SOLE_FLOOR = -0.5
#: A span under a contact label or in a background tells no end.
_ECHO_FLOOR = -5.0


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

    @property
    def is_labelled(self) -> bool:
        """Whether it stands under a time label of its own."""
        passage = self.sentence.passage
        return passage.own and passage.says(Meaning.WHEN) and not passage.says(Meaning.OTHER)

    @property
    def is_item(self) -> bool:
        """Whether it opens an item of a programme."""
        return self.sentence.passage.says(Meaning.PROGRAM)


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


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "deadline": re.compile(
            r"(?:senast|innan|före|innen|senest|inden|before|by|no later than|deadline|fram till)\s(?:\S+\s){0,4}$",
            flags,
        ),
        "rsvp": re.compile(
            r"anmäl|o\.?s\.?a\b|rsvp|påmelding|tilmeld|akkrediter|ackrediter|accredit|register|melde? (?:fra|sig|seg)",
            flags,
        ),
        "begins": re.compile(
            r"börjar|startar|inleds|start\b|starter|begynner|starts|begins|äger rum|holdes|hålls|afholdes",
            flags,
        ),
        "about": re.compile(
            r"\b(?:inför|före|efter|om|från|sedan|vid|before|after|about|etter|før|for)\s(?:\S+\s){0,5}$",
            flags,
        ),
        "lasts": re.compile(
            r"varar|pågår|tar\s|beräknas|räknar med|lasts?|varer|forventes|(?:ca\.?|cirka|omkring|about)\s",
            flags,
        ),
        "invites": re.compile(
            r"bjud|inbjud|välkom|media (?:får|kan)|kallar|kaller|inviter|invit|följa med|kom och|kom till|ses\b|vi ses|äger rum|"
            r"invig|öppn(?:as|ing)|åpn|åbn|will host|first planned|spadtag|möts",
            flags,
        ),
    }


def read_when(page: Page) -> When:
    """Weighs every date and clock of the page."""
    sentences = list(page.sentences())
    dates = _find_dates(page, sentences)
    date = weigh((one.candidate for one in dates), floor=_DATE_FLOOR)
    clocks = _find_clocks(page, sentences, dates, date)
    starts = [one.candidate for one in clocks if one.mention.role is Role.START]
    start = weigh(starts, floor=_CLOCK_FLOOR) or _sole(starts)
    when = When(
        dates=dates,
        clocks=clocks,
        date=date,
        start=start,
        end=None,
        admissions=tuple(
            one
            for one in clocks
            if one.mention.role is Role.GATHERING and one.candidate.score > _CLOCK_FLOOR
        ),
    )
    return replace(when, end=_find_end(when))


def _sole(starts: list[Candidate[dt.time]]) -> Verdict[dt.time] | None:
    """The only clock of a text is its start, however little speaks for it."""
    near = [one for one in starts if one.score > _SOLE_FLOOR]
    if len({one.value for one in near}) != 1:
        return None
    return Verdict(best=replace(near[0], certainty=Certainty.GUESSED))


def _find_dates(page: Page, sentences: list[Sentence]) -> tuple[DateFound, ...]:
    found: list[DateFound] = []
    for order, sentence in enumerate(sentences):
        mentions = find_dates(sentence.text)
        for mention in mentions:
            if mention.relation is not None and _has_fuller_neighbour(mention, mentions):
                continue
            day = resolve(mention, page.anchor, is_stamp=page.has_stamp)
            if day is None:
                continue
            score, claim = _weigh_date(page, sentence, mention, day, order)
            certainty = (
                Certainty.READ
                if day.is_read
                else Certainty.DERIVED
                if day.is_sure
                else Certainty.GUESSED
            )
            found.append(
                DateFound(
                    mention=mention,
                    day=day,
                    sentence=sentence,
                    candidate=Candidate(
                        value=day.date,
                        score=score,
                        lines=sentence.lines(mention.start, mention.end),
                        text=sentence.text[mention.start : mention.end],
                        certainty=certainty,
                        claim=claim,
                    ),
                )
            )
    return tuple(found)


def _has_fuller_neighbour(mention: DateMention, mentions: tuple[DateMention, ...]) -> bool:
    """`I morgon, fredag 27 mars`: the full date says it all."""
    return any(
        other.relation is None
        and (0 <= other.start - mention.end < 14 or 0 <= mention.start - other.end < 8)
        for other in mentions
    )


def _weigh_date(
    page: Page, sentence: Sentence, mention: DateMention, day: Day, order: int
) -> tuple[float, bool]:
    passage, patterns = sentence.passage, _patterns()
    before = sentence.text[: mention.start]
    is_label = passage.own and passage.says(Meaning.WHEN) and not passage.says(Meaning.OTHER)
    is_title = page.is_title(passage)
    is_deadline = bool(patterns["deadline"].search(before[-50:])) or (
        passage.says(Meaning.RSVP, Meaning.DEADLINE) and not passage.says(Meaning.WHEN)
    )
    meeting = _near_meeting(sentence, mention.start, mention.end)
    score = _label_weight(passage) + (2.5 if is_title else 0.0)
    score += 3.5 if meeting else 0.0
    score += 2.0 if any(c.role is not Role.DEADLINE for c in find_clocks(sentence.text)) else 0.0
    score += 1.0 if patterns["invites"].search(sentence.text) else 0.0
    score += 1.0 if mention.weekday and mention.relation is None else 0.0
    score += max(0.0, 1.2 - 0.2 * order)
    score -= 9.0 if is_deadline else 0.0
    score -= 7.0 if is_background(passage) else 0.0
    score -= 1.0 if passage.says(Meaning.PROGRAM) else 0.0
    score -= 1.5 if mention.end_day else 0.0
    score -= 1.0 if mention.relation is Relation.WEEKDAY else 0.0
    score -= 5.0 if day.contradicts and mention.year else 0.0
    score -= 6.0 if mention.year and (page.anchor - day.date).days > 60 else 0.0
    score -= 3.0 if mention.year and (day.date - page.anchor).days > 400 else 0.0
    if _is_dateline(sentence, mention):
        return score - 7.0, False
    claim = (
        not is_deadline
        and mention.relation is None
        and mention.end_day is None
        and (
            is_label
            or (is_title and not patterns["about"].search(before))
            or (meeting and _is_joined(sentence, mention))
        )
    )
    return score, claim


def _is_dateline(sentence: Sentence, mention: DateMention) -> bool:
    """`PORT LANI, June 20, 2022 — The Harbor Commission …`: where and when it was written."""
    before, after = sentence.text[: mention.start], sentence.text[mention.end :]
    place = re.fullmatch(r"[A-ZÅÄÖÆØ][\w. ]{1,40},\s", before)
    return place is not None and re.match(r"\s?[)]?\s?(?:—|–|--?)\s", after) is not None


def _label_weight(passage: Passage) -> float:
    """What a time label is worth: its own, one that is known by its value only, one above."""
    if not passage.says(Meaning.WHEN):
        return 0.0
    if passage.own and passage.says(Meaning.OTHER):
        names_meeting = meeting_pattern().search(passage.label or "")
        return 8.0 if names_meeting else 3.0
    return 8.0 if passage.own else 3.0


def _near_meeting(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        match.start() - 140 < end and match.end() + 140 > start
        for match in meeting_pattern().finditer(sentence.text)
    )


def _is_joined(sentence: Sentence, mention: DateMention) -> bool:
    """`pressträff onsdag den 3 maj`: nothing but small words between meeting and date."""
    return any(
        re.fullmatch(
            r"\W{0,3}(?:på|den|om|the|on|der|som|hålls|äger rum|\s)*",
            sentence.text[m.end() : mention.start],
            re.IGNORECASE,
        )
        for m in meeting_pattern().finditer(sentence.text, 0, mention.start)
    )


def _find_clocks(
    page: Page,
    sentences: list[Sentence],
    dates: tuple[DateFound, ...],
    date: Verdict[dt.date] | None,
) -> tuple[ClockFound, ...]:
    chosen = date.best.value if date else None
    by_sentence: dict[tuple[int, int], list[DateFound]] = {}
    for one in dates:
        by_sentence.setdefault((one.sentence.passage.index, one.sentence.start), []).append(one)
    found: list[ClockFound] = []
    for sentence in sentences:
        beside = by_sentence.get((sentence.passage.index, sentence.start), [])
        for mention in find_clocks(sentence.text):
            nearest = min(beside, key=lambda one: abs(one.mention.start - mention.at), default=None)
            day = nearest.day.date if nearest and nearest.candidate.score > -3 else None
            score = _weigh_clock(page, sentence, mention, day, chosen)
            found.append(
                ClockFound(
                    mention=mention,
                    sentence=sentence,
                    date=day,
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
    score += 2.0 if page.is_title(passage) else 0.0
    score += 3.0 if _near_meeting(sentence, mention.at, mention.stop) else 0.0
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
    if passage.own and _is_aside(sentence.text[: mention.at]):
        score -= 4.0
    if re.search(
        r"öppet|öppettid|bemannad|telefontid|åpningstid|vardagar|helger|opening hours|open (?:from|daily|mon)",
        sentence.text,
        re.IGNORECASE,
    ):
        score -= 5.0
    return score


def _is_aside(before: str) -> bool:
    """In brackets after another clock: `13.00 (den vanliga presskonferensen börjar 14.15)`."""
    return before.count("(") > before.count(")") and bool(find_clocks(before))


def _find_end(when: When) -> Candidate[dt.time] | None:
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


def _end_told_apart(when: When, start: ClockFound) -> Candidate[dt.time] | None:
    index = start.sentence.passage.index
    for one in when.clocks:
        near = one.sentence.passage.index in (index, index + 1)
        later = one.mention.start > start.mention.start and one.mention.at > start.mention.at
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
