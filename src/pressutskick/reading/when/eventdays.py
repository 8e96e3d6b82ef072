"""The days that a page names, weighed: which one is the event's.

A mention gets a weight from where it stands (under a time label, in the heading, beside the word
for a press meeting) and from what speaks against it (a deadline, a background, a dateline).
"""

import re
from functools import cache

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background
from pressutskick.reading.spots.clockroles import Role
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import DateMention, Relation, find_dates
from pressutskick.reading.spots.days import Day, resolve
from pressutskick.reading.weighing import Candidate
from pressutskick.reading.when.moments import DateFound

#: How much of a passage, and how many of its days, are looked at for a weekday's full date.
_LOOK_AROUND, _MOST_DAYS = 600, 12
#: A heading above a label is shorter.
_HEADING = 60
#: Labels of what anybody may come to.
_PUBLIC = re.compile(
    r"allmänhet|publik|öppettid|öppethåll|pågår|vernissage|opening hours", re.IGNORECASE
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "deadline": re.compile(
            r"\b(?:senast|innan|före|innen|senest|inden|before|by|no later than|deadline|fram till|sista \w*(?:dag|datum|tid)\w*)\s(?:\S+\s){0,4}$",
            flags,
        ),
        "old": re.compile(
            r"(?:(?:flytt|skjut|ändra|senarelä|tidigarelä|moved|postpone|reschedul|utsett|utsatt|udsk|rykke)\w*\b[^.!?]{0,60}\b(?:från|fra|from)|"
            r"(?:i ?stället för|istället för|instead of|i stedet for|ursprungligen|var planerad\w*|planerad\w* till|skulle ha|tidigare (?:planera|avisera|utlys|meddela)\w*|originally|opprinnelig|oprindelig)"
            r"(?:\s\S+){0,4}?)\s$",
            flags,
        ),
        "about": re.compile(
            r"\b(?:inför|före|efter|från|sedan|before|after|etter|før)\s(?:\S+\s){0,5}$",
            flags,
        ),
        "topic": re.compile(r"\b(?:om|vid|about|for)\s(?:\S+\s){0,5}$", flags),
        "media": re.compile(
            r"\b(?:media|medier|medierna|pressen|press|journalister|redaktioner|fotografer)\b",
            flags,
        ),
        "invites": re.compile(
            r"bjud|inbjud|välkom|media (?:får|kan)|kallar|kaller|inviter|invit|följa med|kom och|kom till|ses\b|vi ses|äger rum|"
            r"invig|öppn(?:as|ing)|åpn|åbn|will host|first planned|spadtag|möts",
            flags,
        ),
    }


def weigh_dates(page: Page, sentences: list[Sentence]) -> tuple[DateFound, ...]:
    """Every date of the page with its weight."""
    found: list[DateFound] = []
    for order, sentence in enumerate(sentences):
        mentions = find_dates(sentence.text)
        for mention in mentions:
            if mention.relation is not None and _has_fuller_neighbour(mention, mentions):
                continue
            if _lies_within(page, sentence.passage, mention):
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


def _lies_within(page: Page, passage: Passage, mention: DateMention) -> bool:
    """`17-18 april. Mediatid lördag …`: the weekday of a day that the passage has in full."""
    if mention.relation is not Relation.WEEKDAY:
        return False
    for one in find_dates(passage.text[:_LOOK_AROUND])[:_MOST_DAYS]:
        day = None if one.relation else resolve(one, page.anchor, is_stamp=page.has_stamp)
        if day is None:
            continue
        ahead = ((mention.weekday_number or 0) - day.date.weekday()) % 7
        if ahead <= ((day.end_date or day.date) - day.date).days:
            return True
    return False


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
    meeting = near_meeting(sentence, mention.start, mention.end)
    score = _label_weight(passage) + (2.5 if is_title else 0.0)
    score += 3.5 if meeting or is_headed_by_meeting(page, passage) else 0.0
    score += 2.0 if any(c.role is not Role.DEADLINE for c in find_clocks(sentence.text)) else 0.0
    score += 1.0 if patterns["invites"].search(sentence.text) else 0.0
    score += 1.0 if patterns["media"].search(sentence.text) else 0.0
    score += 1.0 if mention.weekday and mention.relation is None else 0.0
    score += max(0.0, 1.2 - 0.2 * order)
    score -= 9.0 if is_deadline else 0.0
    is_old = patterns["old"].search(before[-90:]) is not None
    score -= 9.0 if is_old else 0.0
    score -= 7.0 if is_background(passage) else 0.0
    score -= 6.0 if is_public(passage) else 0.0
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
        and not is_old
        and mention.relation is None
        and mention.end_day is None
        and (
            is_label
            or (is_title and _is_of_meeting(before))
            or (meeting and _is_joined(sentence, mention))
        )
    )
    return score, claim


def _is_of_meeting(before: str) -> bool:
    """In a heading: `Pressträff om bokslutet 14 mars`, not `Pressträff inför valet 14 mars`."""
    patterns = _patterns()
    if patterns["about"].search(before):
        return False
    return bool(meeting_pattern().search(before)) or not patterns["topic"].search(before)


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


def is_public(passage: Passage) -> bool:
    """`Öppning för allmänheten: …`, `Utställningen pågår: …`: not the hour of the press."""
    return passage.own and _PUBLIC.search(passage.label or "") is not None


def near_meeting(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the word for a press meeting stands near that part of the sentence."""
    return any(
        match.start() - 140 < end and match.end() + 140 > start
        for match in meeting_pattern().finditer(sentence.text)
    )


def is_headed_by_meeting(page: Page, passage: Passage) -> bool:
    """`Pressmöte` on the line above `Tid: …`: of several parts this one is for the press."""
    if not (passage.own and passage.says(Meaning.WHEN)) or not passage.index:
        return False
    above = page.passages[passage.index - 1]
    gap = passage.unit.paragraph - above.unit.paragraph
    return (
        gap <= 1
        and not above.own
        and not page.is_title(above)
        and len(above.text) < _HEADING
        and meeting_pattern().search(above.text) is not None
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
