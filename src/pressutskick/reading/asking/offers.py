"""What a question offers: at most three values, best first, each with its line and its reasons."""

from collections.abc import Hashable, Iterable
from typing import Any

from pressutskick.reading.model import Choice
from pressutskick.reading.view import plain
from pressutskick.reading.weighing import Candidate

#: A person reads no more, and the truth is seldom further down.
_MOST = 3


def offer(*candidates: Candidate[Any] | None) -> tuple[Choice, ...]:
    """The first few values, each once, in their order."""
    return first_of(_choice(one) for one in candidates if one is not None)


def first_of(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """The first few, each value once."""
    found: dict[Hashable, Choice] = {}
    for one in choices:
        found.setdefault(one.value, one)
    return tuple(found.values())[:_MOST]


def offer_values(values: Iterable[str]) -> tuple[Choice, ...]:
    """Values that no line of the text tells."""
    return tuple(Choice(value=value) for value in values)


def _choice(one: Candidate[Any]) -> Choice:
    return Choice(
        value=str(plain(one.value)),
        lines=one.lines,
        text=one.text,
        probability=round(one.probability, 3) if one.judgement else None,
        reasons=one.judgement.reasons if one.judgement else (),
    )
