"""The checks over the practice invitations: every known flaw found, hardly a false alarm."""

import datetime as dt
from collections.abc import Iterator

from benchmarks.accuracy import FOLDER, cases

from pressutskick.checks import check_release
from pressutskick.errors import Severity
from pressutskick.reading.reader import read_release

#: What the truth files list under `mistakes` (where a check exists for it), as codes; `a|b` is
#: either, and `?field` is an open question on the field.
MISTAKES = {
    "06": ["dates-disagree", "stray-sign"],
    "14": ["contact-missing"],
    "26": ["address-name"],
    "32": ["address-masked"],
    "42": ["?event.place|place-missing", "promise-unkept"],
    "56": ["clock-impossible", "name-spelling"],
    "58": ["stray-sign"],
    "64": ["fragment"],
    "74": ["year-stale", "contact-unreachable"],
    "80": ["start-missing", "?event.place|place-missing"],
    "82": ["rsvp-unreachable", "contact-missing"],
    "88": ["?event.place|place-missing"],
    "104": ["words-glued", "emphasis-broken"],
    "106": ["address-masked"],
    "114": ["address-masked"],
}
#: Flaws that the truth files do not list and that are there: read one by one.
ALSO_TRUE = {
    "08": ["label-empty"],
    "20": ["contact-missing"],
    "28": ["words-glued"],
    "32": ["rsvp-unreachable"],
    "50": ["contact-missing", "title-spelling"],
    "56": ["contact-missing"],
    "58": ["promise-unkept"],
    "68": ["personal-number"],
    "80": ["words-glued"],
    "106": ["rsvp-unreachable"],
    "110": ["contact-missing", "place-missing"],
    "112": ["clock-style"],
    "114": ["contact-missing", "deadline-past", "rsvp-unreachable"],
}


def findings() -> Iterator[tuple[str, set[str], set[str], set[str]]]:
    """Number, codes, codes of errors, fields asked about."""
    for number, text, truth in cases(FOLDER):
        now = dt.datetime.fromisoformat(truth["as_of"]).replace(hour=8, tzinfo=dt.UTC)
        reading = read_release(text, now=now)
        problems = check_release(reading, now=now, text=text)
        yield (
            number,
            {problem.code for problem in problems},
            {problem.code for problem in problems if problem.severity is Severity.ERROR},
            {question.field for question in reading.questions},
        )


def test_every_known_flaw_is_found_and_hardly_a_false_alarm_is_raised() -> None:
    missed, false, false_errors, count = [], [], [], 0
    for number, codes, errors, asked in findings():
        count += 1
        answers = codes | {f"?{field}" for field in asked}
        known = MISTAKES.get(number, [])
        missed += [(number, code) for code in known if not answers & set(code.split("|"))]
        true = {code for each in known for code in each.split("|")} | set(ALSO_TRUE.get(number, []))
        # A long subject is counted and no judgement.
        false += [(number, code) for code in sorted(codes - true - {"title-long"})]
        false_errors += [(number, code) for code in sorted(errors - true)]
    assert missed == []
    assert false_errors == []
    assert len(false) <= count // 20, false


def test_spelling_and_letterhead_raise_no_false_alarm_in_any_text() -> None:
    """What judges a text by its own words must be silent on words that are merely alike.

    A text that is added later may have a true slip: look at it, and add it here.
    """
    judged = {"title-spelling", "word-spelling", "name-spelling", "letterhead-differs"}
    found = []
    for folder in (FOLDER, FOLDER.with_name("invitations_own")):
        for number, text, truth in cases(folder):
            now = dt.datetime.fromisoformat(truth["as_of"]).replace(hour=8, tzinfo=dt.UTC)
            problems = check_release(read_release(text, now=now), now=now, text=text)
            found += [(number, each.code) for each in problems if each.code in judged]
    assert set(found) == {
        ("50", "title-spelling"),  # finasministern
        ("56", "name-spelling"),  # Hovoka, Hovorka
        ("192", "word-spelling"),  # rasplatsen
    }
