"""A letterhead against the foot: last year's paper, another office's signature.

Only what is of one sort can contradict itself: two municipalities, two boxes in one town, two
switchboards. A guest's web site or a press officer's own number beside them is no fault.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pressutskick.checks.subject import Subject
from pressutskick.errors import Problem
from pressutskick.reading.spots.reach import Way, digits, find_reaches
from pressutskick.release.likeness import fold
from pressutskick.sentences import say

#: Lines above the heading, and at the end of the text, that may be the sender's own.
_HEAD, _FOOT = 12, 12
_NAME = r"[A-ZÅÄÖÆØ][\wé-]+(?: [A-ZÅÄÖÆØ][\wé-]+)?"
_SENDERS = {
    "municipality": re.compile(rf"({_NAME}) (?i:kommune?|stad)"),
    "region": re.compile(rf"(?i:region(?:en)?) ({_NAME})"),
    "county board": re.compile(rf"(?i:länsstyrelsen) (?i:i )?({_NAME}?)(?: (?i:län))?"),
    "company": re.compile(rf"({_NAME}) (?:AB|AS|A/S|ApS)(?: \(publ\))?"),
}
_BEFORE_SENDER = re.compile(r"(?i)(?:om|about|©(?: ?\d{4})?|copyright)\s+")
#: `Box 12, 123 45 Åstad`; a visitor's address is of another sort.
_ADDRESS = re.compile(
    rf"(?P<where>(?i:box) \d+|{_NAME} \d+ ?[A-Za-z]?),? (?:SE?-)?"
    rf"(?P<code>\d{{3}} ?\d\d) (?P<town>[A-ZÅÄÖ][\w-]+)"
)
_SWITCHBOARD = re.compile(r"(?i)\b(?:växel|sentralbord|omstilling|switchboard)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """One thing that tells who sends: its sort, what makes two of it equal, how it is written."""

    sort: str
    key: str
    words: str
    line: int


def check_letterhead(subject: Subject) -> Iterator[Problem]:
    """What the lines above the heading say of the sender, against the last lines."""
    title = subject.line_of("title")
    if subject.is_canonical or title is None:
        return
    head = [row for row in subject.rows if row[0] < title][:_HEAD]
    foot = [row for row in subject.rows if row[0] > title][-_FOOT:]
    above, below = list(_find_marks(head)), list(_find_marks(foot))
    for sort in dict.fromkeys(mark.sort for mark in above):
        ones = {mark.key: mark for mark in above if mark.sort == sort}
        others = {mark.key: mark for mark in below if mark.sort == sort}
        # Where either place names two, they are partners.
        if len(ones) != 1 or len(others) != 1 or ones.keys() == others.keys():
            continue
        (one,), (other,) = ones.values(), others.values()
        if sort in _SENDERS and _is_told_elsewhere(subject, one):
            continue
        sentence = say(
            "The letterhead says “{one}”, the foot “{other}”.", one=one.words, other=other.words
        )
        yield subject.problem("letterhead-differs", sentence, other.line)


def _find_marks(rows: list[tuple[int, str]]) -> Iterator[_Mark]:
    for line, row in rows:
        text = " ".join(row.split()).strip(" *_#.")
        name = _BEFORE_SENDER.sub("", text, count=1)
        for sort, pattern in _SENDERS.items():
            match = pattern.fullmatch(name)
            if match:
                yield _Mark(sort=sort, key=_stem(match[1]), words=name, line=line)
        for match in _ADDRESS.finditer(text):
            kind = "box" if match["where"].casefold().startswith("box") else "street"
            yield _Mark(
                sort=f"{kind} {fold(match['town'])}",
                key=f"{fold(match['where'])} {digits(match['code'])}",
                words=match[0],
                line=line,
            )
        phones = [reach.value for reach in find_reaches(text) if reach.way is Way.PHONE]
        if _SWITCHBOARD.search(text) and len(phones) == 1:
            yield _Mark(sort="switchboard", key=digits(phones[0]), words=phones[0], line=line)


def _stem(name: str) -> str:
    """`Åstads` and `Åstad` are one."""
    return fold(name).rstrip("s")


def _is_told_elsewhere(subject: Subject, mark: _Mark) -> bool:
    """Whether the text speaks of the letterhead's sender too: then both may have a part in it."""
    return any(number != mark.line and mark.key in fold(row) for number, row in subject.rows)
