"""Owns invented people: names of many origins, titles, telephone numbers, addresses.

Numbers come from series that are set aside for fiction (README.md says which); domains end in
`.example`.
"""

import random
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

NAMES = Path(__file__).parent / "names"
#: Which origins a country's people have, and how often.
ORIGINS = {
    "sv": "sv " * 12
    + "fi fi sami bosnian persian persian arabic arabic somali spanish vietnamese polish turkish kurdish greek chilean indian no da",
    "no": "no " * 11 + "sami sv persian arabic somali vietnamese polish indian bosnian",
    "da": "da " * 11 + "sv turkish arabic persian somali polish bosnian vietnamese",
    "en": "en " * 8 + "sv sv indian spanish vietnamese polish arabic greek no",
}
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "þ": "th",
                         "Ø": "O", "Æ": "Ae", "Đ": "D", "Ł": "L", "ŋ": "n", "ŧ": "t", "ı": "i"})  # fmt: skip


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """Somebody, with all that a text may say of them."""

    given: str
    family: str
    title: str
    org: str = ""
    party: str | None = None
    phones: list[str] = field(default_factory=list)
    email: str | None = None
    is_desk: bool = False

    @property
    def name(self) -> str:
        """The name as it is said; a desk has no given name."""
        return f"{self.given} {self.family}".strip()


@cache
def _names(origin: str) -> tuple[list[str], list[str]]:
    given, family = (NAMES / f"{origin}.txt").read_text("utf-8").split("[family]")
    words = [
        [line for line in part.splitlines() if line and line[0] not in "#["]
        for part in (given, family)
    ]
    return words[0], words[1]


def draw_name(rng: random.Random, language: str) -> tuple[str, str]:
    """A given name and a family name of one origin; now and then a double name or two origins."""
    origin = rng.choice(ORIGINS[language].split())
    givens, families = _names(origin)
    given, family = rng.choice(givens), rng.choice(families)
    chance = rng.random()
    if chance < 0.07 and origin in ("sv", "no", "da", "fi"):
        at = givens.index(given)  # names for women stand first, for men last: a neighbour fits
        given = f"{given}{rng.choice('- ')}{rng.choice(givens[max(0, at - 5) : at + 6])}"
    elif chance < 0.14:
        family = f"{rng.choice(_names(language)[1])}{rng.choice('- ')}{family}"
    elif chance < 0.17:
        given = f"{given} {rng.choice('ABCDEGHJKLMNPRS')}{rng.choice(['', '.'])}"
    return given, family


def fold(text: str) -> str:
    """`text` in the letters of an address."""
    plain = unicodedata.normalize("NFD", text.translate(LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.lower())


def draw_email(rng: random.Random, given: str, family: str, domain: str) -> str:
    """An address of the shapes that organisations use."""
    first, last = fold(given.split(maxsplit=1)[0]), fold(family)
    long = "-".join(fold(part) for part in re.split(r"[ -]", family))
    shapes = [f"{first}.{last}"] * 6 + [f"{first}.{long}", f"{first}_{last}", first,
              f"{first[0]}.{last}", first[:3] + last[:3], f"{first.title()}.{last.title()}"]  # fmt: skip
    return f"{rng.choice(shapes)}@{domain}"


#: Prefix, the digits that are free, by country: see README.md. `#` is any digit.
SERIES = {
    "sv": ["031390 06##", "040628 04##", "08465 004##", "0980319 2##", *["070174 06##"] * 5],
    "no": ["220000 ##", "69000 0##", "90100 0##", "40000 0##", "97000 0##"],
    "da": ["290000 ##", "910000 ##", "330000 ##"],
    "en": ["3045550 1##", "8085550 1##", "0207946 0###", "0113496 0###", "07700900 ###"],
}
SHAPES = {
    "031390": "2* 031-390 ## ##|031 - 390 ## ##|031-390####|031/390 ## ##|031 390 ## ##|+46 31 390 ## ##|+46 (0)31-390 ## ##|031–390 ## ##|031- 39 0# ###|0046 31 390 ## ##",
    "040628": "2* 040-628 ## ##|040 - 628 ## ##|040-628####|+46 40-628 ## ##|040 628 ## ##",
    "08465": "2* 08-465 ### ##|08-465 ## ###|08 – 465 ## ###|08-465#####|+46 8 465 ### ##|08 465 ### ##|08/465 ### ##|08-46 5# ## ##",
    "0980319": "0980-319 ###|0980-31 9# ##|0980-319###|0980 319 ###|0980- 31 9# ##",
    "070174": "3* 070-174 ## ##|0701-74 ## ##|070-17 4# ###|070 – 174 ## ##|0701-74####|070-174####|+46 70 174 ## ##|+46 (0)70-174 ## ##|070 174 ## ##|0701 - 74 ## ##|+4670174####",
    "220000": "22 00 00 ##|220000##|+47 22 00 00 ##", "69000": "69 00 0# ##|69000###|(+47) 69 00 0# ##",
    "90100": "901 00 ###|90100###|90 10 0# ##|+47 901 00 ###", "40000": "400 00 ###|40 00 0# ##|40000###",
    "97000": "970 00 ###|(+47) 970 00 ###|97000###",
    "290000": "29 00 00 ##|+45 29 00 00 ##|2900 00##|290000##", "910000": "9100 00##|91 00 00 ##",
    "330000": "33 00 00 ##|+45 3300 00##",
    "3045550": "304-555-0###|(304) 555-0###|304.555.0###|+1 304 555 0###",
    "8085550": "808-555-0###|(808) 555-0###", "0207946": "020 7946 ####|+44 20 7946 ####",
    "0113496": "0113 496 ####|0113 4960###", "07700900": "07700 900###|+44 7700 900###|07700 900 ###",
}  # fmt: skip


def draw_phone(rng: random.Random, language: str) -> str:
    """A number of a series for fiction, in one of the shapes in which it is written."""
    prefix, tail = rng.choice(SERIES[language]).split()
    digits = re.sub("#", lambda _: str(rng.randrange(10)), tail)
    if prefix == "070174":
        digits = f"06{rng.randint(5, 99):02}"
    shapes = [shape for shape in SHAPES[prefix].split("|") for shape in _weigh(shape)]
    shape = rng.choice(shapes)
    free = shape.count("#")
    left = list(digits[-free:] if free <= len(digits) else digits.rjust(free, "0"))
    return re.sub("#", lambda _: left.pop(0), shape)


def _weigh(shape: str) -> list[str]:
    weight, star, rest = shape.partition("* ")
    return [rest] * int(weight) if star else [shape]
