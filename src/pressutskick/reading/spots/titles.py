"""The title beside a name: before it, or after a comma."""

import re
from dataclasses import dataclass
from functools import cache

from pressutskick.reading.spots.personwords import is_title_word
from pressutskick.reading.wording import words as word_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name in `text[start:end]` with its title as written, and whether the name itself is sure
    (a known first name) or only its place in the line speaks for it.
    """  # noqa: D205

    name: str
    start: int
    end: int
    title: str | None = None
    #: Where the title stands; the same as the name's place where there is none.
    title_start: int = 0
    title_end: int = 0
    is_known: bool = False


#: What may stand before a title's own noun and belongs to it.
_TITLE_LEADS = word_set(
    """tf t f tf. t.f. vice andre förste första tredje ställföreträdande biträdande konstnärlig
    konstnärlige administrativ regional teknisk politisk statlig verkställande nyutnämnd avgående
    tillträdande tidigare senior chief deputy acting interim executive assistant associate
    director president minister general lokal medicinsk kommunal ansvarig pressansvarig
    svenska norska danska skotska lokala politiske press faglig administrerende konstituert fungerande
    """
)


_TITLE_LINKS = word_set("för och og i av på for of and the till vid ved hos")
PARTY = r"\((?:S|M|C|L|V|MP|KD|SD|FP|FI|AP|H|SP|FRP|KRF|SV|V|R|A|B|F|O|Ø|K|I|D|Frp|Ap|Sp|Krf|Venstre|Høyre)\)"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "party": re.compile(rf"\s{{0,2}}{PARTY}(?:\s?\))?"),
        "aside": re.compile(r"\s{0,2}\([^()]{1,40}\)"),
        "after": re.compile(r"\s{0,2}[,–-]\s{1,2}"),
        "stop": re.compile(
            # after a hyphen `och` joins two halves: `barn- och utbildningsnämnden`
            r"[,;:.!?|(]|(?<!-)\s(?:och|og|and)\b|\s(?:samt|som|presenterar|berättar|redogör|medverkar|deltar|visar|"
            r"inviger|talar|hälsar|tar|svarar|kommer|finns|är|will|who|der|vil|fra|från|öppnar|inleder|"
            r"skissar|beskriver|klipper|möter|guidar|leder|presents|welcomes|tel|telefon|mobil|tlf|e-post|"
            r"på|mejl|epost|phone|at)\b|\s[-–]\s"
        ),
    }


def with_title(text: str, one: Person, everybody: list[Person]) -> Person:
    """The person with the title that stands beside the name."""
    before, after = _title_before(text, one), _title_after(text, one, everybody)
    span = before or after
    if span is None:
        return one
    start, end = span
    return Person(
        name=one.name,
        start=one.start,
        end=one.end,
        title=text[start:end].strip(" ,;:–-.") or None,
        title_start=start,
        title_end=end,
        is_known=one.is_known,
    )


def _title_before(text: str, one: Person) -> tuple[int, int] | None:
    """`tf. räddningschef Anders Hedstrand`, `ordförande i Länsförbundet Olle Landemo`."""
    head = text[max(0, one.start - 110) : one.start]
    offset = one.start - len(head)
    words = list(re.finditer(r"\S+", head))
    first = len(words)
    while first and len(words) - first < 9:
        word = words[first - 1][0]
        if word[-1] in ",;:!?)" or (
            word[-1] == "." and word.casefold() not in ("tf.", "dr.", "gov.", "mr.")
        ):
            break
        first -= 1
    nouns = [n for n in range(first, len(words)) if is_title_word(words[n][0])]
    if not nouns or not _joins_name([w[0] for w in words[nouns[-1] + 1 :]]):
        return None
    start = nouns[-1]
    while start > first and _leads_title(words[start - 1][0], words[start][0]):
        if start - 1 > first and _is_somebody_else(words[start - 2][0], words[start - 1][0]):
            break
        start -= 1
    while start < nouns[-1] and words[start][0] in _TITLE_LINKS:
        start += 1
    return offset + words[start].start(), one.start


def _joins_name(words: list[str]) -> bool:
    """What may stand between a title and its name: `i Länsförbundet`, `i Kystministeriet,`."""
    if not words:
        return True
    links = ("i", "för", "for", "of", "på", "vid", "ved", "hos", "av", "under")
    return words[0] in links and 1 < len(words) <= 4 and words[-1][0].isupper()


def _is_somebody_else(word: str, link: str) -> bool:
    """`biskopen och kyrkogårdschef Olle Rehn` are two people, as are `Eva Ek och vd Olle Rehn`;
    `ordförande och vd Eva Ek` is one.
    """  # noqa: D205
    if link not in ("och", "og", "samt"):
        return False
    if not is_title_word(word):
        return word[0].isupper() and not word.endswith("-")
    return word.endswith(("en", "rn"))


def _leads_title(word: str, following: str) -> bool:
    folded = word.casefold()
    if folded in _TITLE_LEADS or is_title_word(word):
        return True
    if folded in _TITLE_LINKS:
        return (
            folded in ("och", "og", "and", "för", "for", "of")
            and not is_title_word(word)
            and following[0].islower()
        )
    return (
        word.endswith(("s", "-"))
        and len(word) > 3
        and folded
        not in (
            "hos",
            "plats",
            "dess",
            "deras",
            "finns",
            "hälsas",
            "tillsammans",
            "klipps",
            "lyfts",
            "invigs",
            "leds",
        )
    )


def _title_after(text: str, one: Person, everybody: list[Person]) -> tuple[int, int] | None:
    """`Jonatan Lindenius, kommunstyrelsens ordförande, Åstads Stad`: up to the next person."""
    patterns = _patterns()
    at = one.end
    for form in ("party", "aside"):
        if match := patterns[form].match(text, at):
            at = match.end()
    comma = patterns["after"].match(text, at)
    start = comma.end() if comma else at + 1
    if start >= len(text) or not (
        comma or (text[at : at + 1] == " " and is_title_word(text[start:].split(maxsplit=1)[0]))
    ):
        return None
    limit = min([p.start for p in everybody if p.start > one.end] + [len(text), start + 120])
    stop = patterns["stop"].search(text, start, limit)
    end = stop.start() if stop else limit
    phrase = text[start:end].strip()
    if not phrase or re.search(r"\d{3}|@", phrase) or (phrase[0].isupper() and not comma):
        return None
    words = phrase.split()
    if any(is_title_word(word) for word in words[:6]):
        return start, end
    return (start, end) if comma and len(words) <= 6 and phrase[0].isupper() else None
