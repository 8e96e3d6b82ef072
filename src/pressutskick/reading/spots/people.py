"""People in a text: names, and the titles beside them.

A name is a run of capitalised words that is neither a place, an authority, a title nor a day.
How sure that is depends on the company it keeps: a known first name, a title before or after,
a line of its own.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pressutskick.reading.spots.personwords import is_first, is_name_word, is_title_word
from pressutskick.reading.spots.titles import PARTY, Person, with_title
from pressutskick.reading.wording import REMEMBERED
from pressutskick.reading.wording import words as word_set

#: Endings of surnames that few places have.
_SURNAME_ENDINGS = (
    "son",
    "sen",
    "ström",
    "gren",
    "qvist",
    "kvist",
    "quist",
    "ius",
    "dahl",
    "blad",
    "ling",
    "én",
)


_TITLES_WITH_STOP = word_set("dr. mr. mrs. ms. gov. prof. sen. rep.")
_CALLS_FOR = word_set("kontakta kontakt contact ring mejla kontakter")
_HANDS_TO = word_set("till hos til to with med av by")
_LOCATES = word_set("i på vid från hos inom at in ved fra till til to of av om")
_JOINS = word_set("och samt og and med")
#: How far beside a name is looked for what makes it one.
_NEAR = 60


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    word = r"(?:[A-ZÅÄÖÆØÉÜ][\w'’‘´`-]*\w|[A-ZÅÄÖÆØ]\.?)"
    particle = r"(?:von|van|de|af|del|della|da|der|den|la|le|al|el|ter|bin|zu|du)"
    return {
        "run": re.compile(rf"(?<![\w@.-]){word}(?:[ ](?:{particle}[ ]){{0,2}}{word}){{0,7}}"),
        "party": re.compile(rf"\s{{0,2}}{PARTY}(?:\s?\))?"),
        "reached": re.compile(
            r",?\s(?:på\s|via\s|at\s|on\s|genom\s|per\s)?(?:tel|tfn|tlf|mobil|e-?post|mejl|mail|phone|\(?0\d|\+\d|[\w.+-]{1,40}@)",
            re.IGNORECASE,
        ),
        "bracket": re.compile(r"\s\([A-ZÅÄÖÆØ][^()]{1,40}\)"),
        "joined": re.compile(rf"(?:\s?{PARTY})?(?:,\s|,?\s(?:och|samt|og|and|&)\s)"),
    }


def _may_end(words: list[re.Match[str]], at: int, word: str) -> bool:
    """A surname that happens to be a title: `Ruth Dean`."""
    return (
        is_first(words[at][0])
        and words[-1][0] == word
        and word[0].isupper()
        and len(words) == at + 2
    )


@lru_cache(maxsize=REMEMBERED)
def find_people(text: str, *, weak: bool = False, bold: bool = False) -> tuple[Person, ...]:
    """Everybody named in `text`, in order.

    Args:
        text: a sentence, a line or a list.
        weak: whether a run of two or more name-like words is a person even without a known first
            name or a title beside it; right for lines that are known to hold people.
        bold: whether every run of two or more name-like words is one; right where each is judged.
    """
    found: list[Person] = []
    for run in _patterns()["run"].finditer(text):
        found += _people_of(text, run, found[-1] if found else None, weak=weak, bold=bold)
    return tuple(with_title(text, one, found) for one in found)


def _people_of(
    text: str, run: re.Match[str], previous: Person | None, *, weak: bool, bold: bool
) -> Iterator[Person]:
    words = list(re.finditer(r"\S+", run[0]))
    at = 0
    while at < len(words):
        length = _name_length(words, at)
        known = is_first(words[at][0])
        start = run.start() + words[at].start()
        end = run.start() + words[at + max(length, 1) - 1].end()
        if (
            length >= 2
            and (known or not _is_employer(text, start, end))
            and (
                known
                or (bold and _may_be_bold(words, at))
                or _stands_as_person(text, start, end, previous)
                or (weak and _may_be_weak(text, start, words, at))
            )
        ):
            name = text[start:end].rstrip(".'’,")
            yield Person(name=name, start=start, end=start + len(name), is_known=known)
            at += length
        else:
            at += 1


def _is_employer(text: str, start: int, end: int) -> bool:
    """`Nordström Krafts vd Ola Berger`: whose office it is, not who holds it."""
    following = text[end : end + _NEAR].split(maxsplit=2)[:2]
    return (
        text[start:end].endswith("s")
        and text[end : end + 1] == " "
        and any(word[0].islower() and is_title_word(word) for word in following[:1])
    )


def _name_length(words: list[re.Match[str]], at: int) -> int:
    """How many words from `at` on make one name."""
    if not is_name_word(words[at][0]):
        return 0
    length, particles = 1, 0
    for word in words[at + 1 : at + 6]:
        if word[0].islower():
            particles += 1
        elif not (is_name_word(word[0]) or _may_end(words, at, word[0])) or (
            length - particles >= 2 and is_first(word[0]) and not _is_middle(words, at, length)
        ):
            break
        length += 1
        if length - particles >= 4:
            break
    while length and words[at + length - 1][0].islower():
        length -= 1
    return length


def _is_middle(words: list[re.Match[str]], at: int, length: int) -> bool:
    """`Lars Göran Ekestål` is one name: all so far are first names and one more word follows."""
    return (
        all(is_first(word[0]) for word in words[at : at + length])
        and at + length + 1 < len(words) + 1
    )


def _stands_as_person(text: str, start: int, end: int, previous: Person | None) -> bool:
    """Where only a person can stand: after a title or `kontakta`, before a party or a title, or
    joined to a person by `och`.
    """  # noqa: D205
    before = text[max(0, start - _NEAR) : start].rstrip()
    last = before.rsplit(maxsplit=1)[-1] if before else ""
    if last.casefold() in _TITLES_WITH_STOP or last.casefold() in _CALLS_FOR:
        return True
    if last and last[-1] not in ".,;:" and is_title_word(last):
        return not _has_title_already(text, start, previous)
    after = text[end : end + _NEAR]
    if last.casefold() in _HANDS_TO and _patterns()["reached"].match(after):
        return True
    if _patterns()["party"].match(after):
        return True
    if previous is not None and _patterns()["joined"].fullmatch(text[previous.end : start]):
        return True
    own = re.match(r",\s((?:[a-zåäöæø.-]+\s){0,2}[\w-]+)", after)
    return (
        own is not None
        and last.casefold() not in _LOCATES
        and any(map(is_title_word, own[1].split()))
    )


def _has_title_already(text: str, start: int, previous: Person | None) -> bool:
    """`Lotta Sjögren, kommunikatör Gävleviks Hamn`: the title is hers, then comes her employer;
    not in `Festivalchef Jonna Ylipää, artisten Kid Lava`, where she has one before her name.
    """  # noqa: D205
    if previous is None:
        return False
    own = text[max(0, previous.start - _NEAR) : previous.start].rsplit(maxsplit=1)
    if own and text[previous.start - 1] == " " and is_title_word(own[-1]):
        return False
    between = text[previous.end : start]
    return re.fullmatch(r",\s[a-zåäöæø-]+\s", between) is not None


def _may_be_bold(words: list[re.Match[str]], at: int) -> bool:
    """No house such as `Rederiet Vinga`, and no office before a name that we know."""
    follows = at + 2 < len(words) and is_first(words[at + 1][0]) and is_name_word(words[at + 2][0])
    return not words[at][0].endswith("et") and not follows


def _may_be_weak(text: str, start: int, words: list[re.Match[str]], at: int) -> bool:
    """In a line that holds people, a name begins the line or an item of its list."""
    if at > 0 and is_name_word(words[at - 1][0]):
        return False
    if words[at][0].endswith("et") and not is_first(words[at][0]):
        return False  # `Rederiet Vinga`: a house, not a given name
    if at + 2 < len(words) and is_first(words[at + 1][0]) and is_name_word(words[at + 2][0]):
        # an office that we do not know, before a name that we do
        return False
    head = text[max(0, start - _NEAR) : start].rstrip()
    if not head or head[-1] in ";|•:(–-" or head.rsplit(maxsplit=1)[-1].casefold() in _JOINS:
        return True
    if head[-1] == "," and _patterns()["bracket"].match(
        text, start + words[at + 1].end() - words[at].start()
    ):
        return True
    last_word = words[min(at + 1, len(words) - 1)][0].casefold()
    return head[-1] in ",&" and last_word.endswith(_SURNAME_ENDINGS)
