"""10,000 generated and mutated texts: none crashes the reader, none takes more than linear time.

usage: python -m tests.campaigns.jumbles [COUNT] [SEED]

Invitations are cut, doubled, shuffled, glued, wrapped anew and strewn with odd signs; others are
made of telling words alone. The same seed gives the same texts.
"""

import datetime as dt
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pressutskick.reading.page.lines import MAX_CHARACTERS
from pressutskick.reading.reader import read_release
from pressutskick.reading.view import reading_document

DATA = Path(__file__).parents[1] / "data"
COUNT = 10_000
#: Seconds that a text may take, whatever it says, and more per thousand characters.
BASE, PER_THOUSAND = 0.5, 0.02
SIGNS = "\x00\t\n\r |*#_[](){}<>@:;.,-–—/\\'\"+0123456789åäöÅÄÖéü\u00a0\u200b\u2028\ufffd😀"
WORDS = [
    "Tid:",
    "Plats:",
    "När",
    "Var",
    "kl.",
    "13.00",
    "onsdag",
    "4",
    "september",
    "070-174",
    "06",
    "40",
    "Anmälan",
    "senast",
    "dagen",
    "innan",
    "press@example.org",
    "Kontakt",
    "Anna",
    "Berg",
    "ordförande",
    "(S)",
    "pressträff",
    "i",
    "Stadshuset",
    "Storgatan",
    "1",
    "https://example.org/x",
    "28",
    "APR",
    "31/2",
    "12.150",
    "2024",
    "|",
    "-",
    "•",
    "**",
    "##",
    "[email\xa0protected]",
    "Om",
    "oss",
    "Medverkande:",
    "samt",
    "och",
    "idag",
    "imorgon",
    "###",
    "2024-09-02",
    "07:00",
    "CEST",
]

Mutation = Callable[[random.Random, str], str]


def cut(chance: random.Random, text: str) -> str:
    """A stretch is lost."""
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randrange(300) :]


def double(chance: random.Random, text: str) -> str:
    """A stretch is there many times."""
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start : start + 80] * chance.randrange(2, 200) + text[start:]


def strew(chance: random.Random, text: str) -> str:
    """Odd signs at odd places."""
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(SIGNS) * chance.choice((1, 1, 2, 500)) + text[at:]
    return text


def shuffle(chance: random.Random, text: str) -> str:
    """The lines in another order."""
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def glue(chance: random.Random, text: str) -> str:
    """No line breaks, or no blanks."""
    return text.replace(chance.choice(("\n", " ")), chance.choice(("", " ", "\n\n")))


def wrap(chance: random.Random, text: str) -> str:
    """Wrapped anew, in the middle of words too."""
    width = chance.randrange(5, 100)
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def invent(chance: random.Random, text: str) -> str:
    """Telling words and nothing else, as many as the text was long."""
    glues = (" ", " ", " ", "\n", "\n\n", "")
    return "".join(
        chance.choice(WORDS) + chance.choice(glues) for _ in range(len(text) // 4 % 4000)
    )


MUTATIONS: tuple[Mutation, ...] = (cut, double, strew, shuffle, glue, wrap, invent)


def allowed_seconds(text: str) -> float:
    """What reading `text` may take."""
    return BASE + PER_THOUSAND * min(len(text), MAX_CHARACTERS) / 1000


def run(count: int, seed: int) -> list[str]:
    """Reads `count` texts; tells which of them crashed or took too long."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    originals = [path.read_text("utf-8") for path in sorted(DATA.glob("invitations*/*.txt"))]
    faults: list[str] = []
    for number in range(count):
        text = chance.choice(originals)
        for mutation in chance.sample(MUTATIONS, chance.randrange(1, 4)):
            text = mutation(chance, text)
        now = dt.datetime(chance.randrange(1, 10_000), 1, 1, tzinfo=dt.UTC)
        begun = time.process_time()
        try:
            reading_document(read_release(text, now=now))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            faults.append(f"text {number}: {type(error).__name__}: {error}")
        if (taken := time.process_time() - begun) > allowed_seconds(text):
            faults.append(f"text {number}: {taken:.2f} s for {len(text)} characters")
    return faults


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    begun = time.monotonic()
    faults = run(count, seed)
    told = f"{count} texts, {len(faults)} faults, {time.monotonic() - begun:.0f} s"
    sys.stdout.write("\n".join([*faults[:50], told, ""]))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
