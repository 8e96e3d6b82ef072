"""Checks over a release: mistakes that would reach the paper, each with a stable code.

Nothing here needs the network, a clock or a file; `catalogue` lists the codes. A release switches
a check off by its code under `silence`. Only errors stop anything.
"""

import datetime as dt

from pressutskick.checks.answering import check_answers, check_reaches
from pressutskick.checks.daylight import check_daylight
from pressutskick.checks.event import check_dates, check_event
from pressutskick.checks.letterhead import check_letterhead
from pressutskick.checks.spelling import check_spelling
from pressutskick.checks.subject import make_subject
from pressutskick.checks.wording import check_wording
from pressutskick.errors import Problem
from pressutskick.reading.model import Reading

_CHECKS = (
    check_event,
    check_daylight,
    check_dates,
    check_answers,
    check_reaches,
    check_letterhead,
    check_wording,
    check_spelling,
)


def check_release(
    reading: Reading,
    *,
    now: dt.datetime,
    text: str,
    file: str | None = None,
    body_line: int | None = None,
) -> tuple[Problem, ...]:
    """All problems of a release, by line; those under `silence` are left out.

    `text` is the file's whole text, in which the lines count; `body_line` is where a canonical
    document's body begins, None for a raw text. `now` decides what is past.
    """
    subject = make_subject(reading, now=now, text=text, file=file, body_line=body_line)
    silenced = set(reading.release.silenced)
    found: dict[tuple[str, int | None, str], Problem] = {}
    for check in _CHECKS:
        for problem in check(subject):
            if problem.code not in silenced:
                key = (problem.code, problem.origin.line, str(problem.sentence))
                found.setdefault(key, problem)
    return tuple(sorted(found.values(), key=lambda each: each.origin.line or 0))
