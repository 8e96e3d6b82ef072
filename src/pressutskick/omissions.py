"""What a reader leaves out of a file: counted, with its place, and told once. Pure.

Readers of documents and of lists make a problem of whatever they leave out (hidden text, struck
text, pictures, cards without an address, columns beside), and nothing is dropped without one. Where
a problem has a line of its own (`read`, `recipients check`) its sentence tells the place; where a
person is about to send, `sum_up` makes one line of all of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.sentences import Sentence, say


def leave_out(
    code: str,
    what: Sentence,
    *,
    origin: Origin,
    where: Sentence | str | None = None,
    severity: Severity = Severity.WARNING,
) -> Problem:
    """The remark on something that was left out.

    Args:
        code: stable, as of any problem; all remarks of one code are added up.
        what: a counted phrase made by `say_many`, with no value but its count: "3 pictures".
        origin: the file, and the first place.
        where: all places as the person's program tells them: "3, 7–9", "page 2".
        severity: a hint where nobody would miss it.
    """
    sentence = (
        say("left out: {what}", what=what)
        if not where
        else say("left out: {what}: {where}", what=what, where=where)
    )
    return Problem(code=code, severity=severity, sentence=sentence, origin=origin, left_out=what)


def count_omissions(problems: Iterable[Problem]) -> Mapping[str, int]:
    """By code how much was left out; the order is that of the problems."""
    counts: Counter[str] = Counter()
    for problem in problems:
        if problem.left_out is not None:
            counts[problem.code] += problem.left_out.count
    return counts


def sum_up(problems: Iterable[Problem]) -> Sentence | None:
    """Everything that was left out on one line, each kind once; None where nothing was."""
    problems = tuple(problems)
    counts = count_omissions(problems)
    phrases = {each.code: each.left_out for each in problems if each.left_out is not None}
    whole: Sentence | None = None
    for code, phrase in phrases.items():
        count = counts[code]
        counted = replace(phrase, count=count, values={**phrase.values, "count": count})
        whole = counted if whole is None else say("{one}, {other}", one=whole, other=counted)
    return None if whole is None else say("left out: {what}", what=whole)
