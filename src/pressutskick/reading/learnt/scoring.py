"""How likely a mention has a role: a sum of learnt weights, turned into a probability.

The weights lie beside this file as JSON and come from `training/`; nothing here learns. What
weighs most is kept as the explanation.
"""

import json
import math
import pkgutil
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Protocol, TypeVar

Value = TypeVar("Value", bound=Hashable)
#: So many features are kept to explain a probability.
_TOLD = 3
#: Further out `exp` tells no difference.
_FAR = 30.0


class Role(StrEnum):
    """What a mention may be to the event; each is judged by itself, since one may be several."""

    SPEAKS = "person speaks"
    IS_CONTACT = "person is a contact"
    REGISTERS = "person registers"
    PHONE_OF_CONTACT = "phone is a contact's"
    PHONE_REGISTERS = "phone registers"
    EMAIL_OF_CONTACT = "e-mail is a contact's"
    EMAIL_REGISTERS = "e-mail registers"
    LINK_REGISTERS = "link registers"
    IS_TITLE = "line is the heading"
    IS_DAY = "day is the event's"
    IS_START = "clock is the start"
    IS_END = "clock is the end"
    IS_PLACE = "stretch is the place"
    IS_DEADLINE = "moment is the deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A probability between 0 and 1, and the features that speak loudest for or against it."""

    probability: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The weights of one role."""

    bias: float
    weights: dict[str, float]


@cache
def load_models() -> dict[Role, Model]:
    """The models that are shipped."""
    raw = pkgutil.get_data(__package__, "weights.json")
    if raw is None:  # pragma: no cover - a loader without files
        raise FileNotFoundError("weights.json")
    return {
        Role(name): Model(bias=model["bias"], weights=model["weights"])
        for name, model in json.loads(raw)["models"].items()
    }


def judge(role: Role, features: Iterable[str]) -> Judgement:
    """How likely what has these features has the role."""
    model = load_models()[role]
    told = [(model.weights[one], one) for one in features if one in model.weights]
    total = model.bias + sum(weight for weight, _ in told)
    told.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
    return Judgement(
        probability=1 / (1 + math.exp(-max(-_FAR, min(_FAR, total)))),
        reasons=tuple(f"{name} {weight:+.1f}" for weight, name in told[:_TOLD]),
    )


class Judge(Protocol):
    """Tells how likely each of several values has a role; whoever trains knows, and is asked so."""

    def __call__(
        self, role: Role, seen: Mapping[Value, frozenset[str]], /
    ) -> Mapping[Value, Judgement]:
        """The judgement of every value by what is seen of it."""
        ...


def judge_all(role: Role, seen: Mapping[Value, frozenset[str]], /) -> Mapping[Value, Judgement]:
    """As the shipped weights judge."""
    return {value: judge(role, features) for value, features in seen.items()}
