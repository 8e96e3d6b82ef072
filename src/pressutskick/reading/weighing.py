"""The one place that weighs candidates.

Readers say what could be meant and where it stands, weights that were learnt how likely each is;
here they are put in order, and what contradicts the best is named.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pressutskick.reading.learnt.scoring import Judgement
from pressutskick.reading.model import Certainty

Value_co = TypeVar("Value_co", bound=Hashable, covariant=True)
Value = TypeVar("Value", bound=Hashable)
#: What is less likely is not offered as a choice.
_WORTH = 0.003


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Generic[Value_co]):
    """A value that the text may mean, with the words it was read from and their weight.

    A `claim` is a mention so plainly about the event that a different one beside it is a
    contradiction, however much heavier the other is.
    """

    value: Value_co
    score: float
    lines: tuple[int, int]
    text: str
    certainty: Certainty = Certainty.READ
    claim: bool = False
    judgement: Judgement | None = None

    @property
    def probability(self) -> float:
        """How likely it is meant; 0 where nobody judged."""
        return self.judgement.probability if self.judgement else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Generic[Value_co]):
    """The heaviest candidate, and those with another value that come near or contradict it."""

    best: Candidate[Value_co]
    rivals: tuple[Candidate[Value_co], ...] = ()
    contradictions: tuple[Candidate[Value_co], ...] = ()


def rank(
    candidates: Iterable[Candidate[Value]],
    judged: Mapping[Any, Judgement],
    *,
    floor: float,
    key: Callable[[Value], Hashable] = lambda value: value,
) -> Verdict[Value] | None:
    """The likeliest value, and the others in their order; None where none reaches `floor`."""
    groups: dict[Hashable, list[Candidate[Value]]] = {}
    for candidate in candidates:
        if key(candidate.value) in judged:
            groups.setdefault(key(candidate.value), []).append(candidate)
    ranked = sorted(groups, key=lambda one: -judged[one].probability)
    if not ranked or judged[ranked[0]].probability < floor:
        return None
    best, *others = (replace(_heaviest(groups[one]), judgement=judged[one]) for one in ranked)
    is_claimed = any(one.claim for one in groups[ranked[0]])
    return Verdict(
        best=best,
        rivals=tuple(one for one in others if one.probability >= _WORTH),
        contradictions=tuple(
            one
            for one, name in zip(others, ranked[1:], strict=True)
            if is_claimed and any(c.claim for c in groups[name])
        ),
    )


def _heaviest(group: list[Candidate[Value]]) -> Candidate[Value]:
    return max(group, key=lambda candidate: candidate.score)
