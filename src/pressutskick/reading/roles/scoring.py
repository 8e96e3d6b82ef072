"""How likely a mention has a role: a sum of learnt weights, turned into a probability.

The weights lie beside this file as JSON and come from `training/`; nothing here learns. What
weighs most is kept as the explanation.
"""

import json
import math
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

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
