"""Letters: texts that greet and sign instead of having a heading."""

import re
from functools import cache

from pressutskick.reading.page.units import Unit

#: A greeting with more words may be a heading: `Hej sommar och ny badplats!`.
_FEW_WORDS = 3


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    farewell = r"(?:\w+ ){0,3}hälsning(?:ar)?\b.{0,40}|mvh\b.{0,40}|(?:kind|best) regards\b.{0,20}"
    return {
        "greeting": re.compile(
            r"(?:hej|hello|hallo|dear|kära|bästa|till (?:[\w-]+ ){0,4}[\w-]*redaktion\w*)\b.{0,30}|"
            rf"{farewell}",
            flags,
        ),
        "farewell": re.compile(farewell, flags),
        "sentence": re.compile(r"[.!?](?=\s+[A-ZÅÄÖÆØ])"),
    }


def is_greeting(text: str) -> bool:
    """`Hej!`, `Till nyhetsredaktionen`, `Med vänlig hälsning`."""
    return _patterns()["greeting"].fullmatch(text) is not None


def is_of_letter(units: tuple[Unit, ...], number: int) -> bool:
    """Whether a unit cannot be a heading because it belongs to a letter.

    A greeting, what stands below a farewell, a sentence below what was said first after the greeting.
    """
    text, above = units[number].text, [one.text for one in units[:number]]
    if is_greeting(text):
        return len(text.split()) <= _FEW_WORDS and text[-1] in "!,."
    if any(_patterns()["farewell"].fullmatch(one) for one in above):
        return True
    return text[-1] == "." and any(is_greeting(one) for one in above[:-1])


def first_sentence(unit: Unit, top: tuple[Unit, ...]) -> str | None:
    """What a letter says first, where it opens with prose instead of a heading."""
    end = _patterns()["sentence"].search(unit.text)
    if end is None or not any(is_greeting(one.text) for one in top):
        return None
    return unit.text[: end.end()]
