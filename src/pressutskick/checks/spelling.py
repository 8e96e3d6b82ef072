"""Spelling by the text's own words: what stands there twice, with other letters. No dictionary.

Two words are one word misspelt where a single slip tells them apart, and not near their end: there
Swedish bends its words (`skolan`, `skolor`), and there surnames differ (`Larsson`, `Larsen`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from pressutskick.checks.subject import Subject
from pressutskick.errors import Problem
from pressutskick.reading.wording import words as word_set
from pressutskick.release.likeness import fold, measure_distance
from pressutskick.sentences import say

#: Letters of the shortest word that is looked at: a name, and any other.
_SHORT_NAME, _SHORT_WORD = 6, 9
#: No word that a person wrote is longer, nor one in which a second slip is looked for shorter.
_LONGEST, _TWO_SLIPS = 60, 12
#: Letters at the beginning and at the end that two spellings of a name, or of a word, share.
_NAME_ENDS, _WORD_ENDS = (2, 2), (3, 3)
_WORD = re.compile(r"[^\W\d_](?:[\w’']|-(?=\w))*")
#: `väg4-bron` and `väg6-bron` are two.
_COUNTED = re.compile(r"[\d_]")
#: An address is spelt without å, ä and ö.
_ADDRESS = re.compile(r"\S*(?:@|://|www\.|\w/\w|[\w-]\.[a-zåäö]{2})\S*")
#: Both are right: `medieträff` and `mediaträff`, `presskort` and `pressekort`, `webb-tv` and
#: `webbtv`; and `beroende` and `oberoende` are two things.
_TWINS = (("medie", "media"), ("presse", "press"), ("oberoende", ""), ("beroende", ""), ("-", ""))
#: What a heading says that it is, behind `press` or `presse`.
_KINDS = tuple(
    press + kind
    for press in ("press", "presse")
    for kind in sorted(
        word_set(
            """inbjudan meddelande konferens träff visning information frukost lunch möte
            invitasjon melding konferanse treff møte visning invitation meddelelse konference træf
            møde visning release conference briefing"""
        )
    )
)


def check_spelling(subject: Subject) -> Iterator[Problem]:
    """All checks of this module."""
    body = _Vocabulary()
    for unit in subject.units:
        if not _is_title(unit.text, subject.release.title):
            body.read(unit.text, unit.first)
    for text in _fact_texts(subject):
        body.read(text, None)
    yield from _check_title(subject, body)
    yield from _check_words(subject, body)
    yield from _check_names(subject)


# Words --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spelling:
    """A word as it stands first in the text, on which line, and the word before it."""

    word: str
    line: int | None
    before: str
    #: Whether it begins with a capital wherever it stands.
    is_name: bool


@dataclass(slots=True)
class _Vocabulary:
    """The words of a text by their letters, and each under all that it is with one letter less."""

    words: dict[str, _Spelling] = field(default_factory=dict)
    _lacking: dict[str, list[str]] = field(default_factory=dict)

    def read(self, text: str, line: int | None) -> None:
        """Takes in the words of a paragraph."""
        before = ""
        for match in _WORD.finditer(_ADDRESS.sub(" . ", text)):
            word, key = match[0], match[0].casefold()
            known = self.words.get(key)
            is_name = word[0].isupper()
            if known is not None:
                is_name = is_name and known.is_name
                self.words[key] = _Spelling(
                    word=known.word, line=known.line, before=known.before, is_name=is_name
                )
            elif _SHORT_NAME <= len(key) <= _LONGEST and not _COUNTED.search(key):
                self.words[key] = _Spelling(word=word, line=line, before=before, is_name=is_name)
                for each in _lack_one(key):
                    self._lacking.setdefault(each, []).append(key)
            before = word

    def find_near(self, key: str) -> Iterator[_Spelling]:
        """Words that one letter more, less, changed or swapped may have made of `key`."""
        near = {other for each in _lack_one(key) for other in self._lacking.get(each, ())}
        for other in sorted(near - {key}):
            yield self.words[other]

    def pairs(self) -> Iterator[tuple[_Spelling, _Spelling]]:
        """Every two words that may be one, once."""
        seen: set[tuple[str, str]] = set()
        for keys in self._lacking.values():
            for one, other in combinations(keys, 2):
                if one != other and (one, other) not in seen:
                    seen.add((one, other))
                    yield self.words[one], self.words[other]


def _lack_one(key: str) -> set[str]:
    """The word itself, and what is left of it without any one letter."""
    return {key} | {key[:at] + key[at + 1 :] for at in range(len(key))}


def _is_slip(one: str, other: str, *, is_name: bool) -> bool:
    """Whether one slip of the pen lies between the words, away from their ends."""
    shortest, (begin, stop) = (_SHORT_NAME, _NAME_ENDS) if is_name else (_SHORT_WORD, _WORD_ENDS)
    if len(one) == len(other) and sorted(one) == sorted(other):
        # No ending swaps two letters, save the last ones: `inbjudan`, `inbjudna`.
        begin, stop = (2, 1) if is_name or len(one) >= _SHORT_WORD else (2, 2)
        shortest = _SHORT_NAME
    if min(len(one), len(other)) < shortest or _untwin(one) == _untwin(other):
        return False
    if not is_name and _differ_by_link(one, other):
        return False
    return (
        one[:begin] == other[:begin]
        and one[-stop:] == other[-stop:]
        and measure_distance(one, other, limit=2) == 1
    )


def _differ_by_link(one: str, other: str) -> bool:
    """`projektledning`, `projektsledning`: writers differ about the s between the parts."""
    short, long = sorted((one, other), key=len)
    return any(each == "s" and long[:at] + long[at + 1 :] == short for at, each in enumerate(long))


def _untwin(word: str) -> str:
    for one, other in _TWINS:
        word = word.replace(one, other)
    return word


def _check_words(subject: Subject, body: _Vocabulary) -> Iterator[Problem]:
    """A long word in two spellings; of names only the same person's, below: surnames are alike."""
    for one, other in body.pairs():
        if one.is_name and other.is_name:
            continue
        if _is_slip(one.word.casefold(), other.word.casefold(), is_name=False):
            sentence = say(
                "“{one}” or “{other}”? The text has both.", one=one.word, other=other.word
            )
            yield subject.problem("word-spelling", sentence, other.line)


# The heading --------------------------------------------------------------------------------------


def _check_title(subject: Subject, body: _Vocabulary) -> Iterator[Problem]:
    """A word of the heading that the text has with other letters, or that says what this is."""
    title = _Vocabulary()
    title.read(subject.release.title, None)
    line = subject.line_of("title")
    for key, written in title.words.items():
        if key in body.words:
            continue
        kind = _find_kind(key)
        twin = next((each for each in body.find_near(key) if _is_misspelt(written, each)), None)
        if kind is not None:
            sentence = say(
                "“{written}” in the heading: is “{right}” meant?", written=written.word, right=kind
            )
        elif twin is not None:
            sentence = say(
                "The heading has “{written}”, the text “{other}”.",
                written=written.word,
                other=twin.word,
            )
        else:
            continue
        yield subject.problem("title-spelling", sentence, line)


def _is_misspelt(written: _Spelling, other: _Spelling) -> bool:
    is_name = other.is_name and written.word[0].isupper()
    if is_name and _names_another(written.before, other.before):
        return False
    return _is_slip(written.word.casefold(), other.word.casefold(), is_name=is_name)


def _names_another(one: str, other: str) -> bool:
    """Two first names: two persons, whose surnames may be alike."""
    return one[:1].isupper() and other[:1].isupper() and one != other


def _find_kind(key: str) -> str | None:
    """`pressinbjduan` -> `pressinbjudan`."""
    if len(key) < _SHORT_WORD or not key.startswith("pr") or key.startswith(_KINDS):
        return None
    limit = 3 if len(key) >= _TWO_SLIPS else 2
    near = (
        kind
        for kind in _KINDS
        if key[-1] == kind[-1] and measure_distance(key, kind, limit=limit) < limit
    )
    return min(near, key=lambda kind: measure_distance(key, kind), default=None)


def _is_title(text: str, title: str) -> bool:
    """Whether the paragraph is the heading again; it tells nothing about its spelling."""
    one, other = text.casefold(), title.casefold()
    return one in other or (other in one and len(one) < 2 * len(other))


def _fact_texts(subject: Subject) -> Iterable[str]:
    """What a canonical document says in its keys and not in its prose."""
    if not subject.is_canonical:
        return
    release, event = subject.release, subject.event
    texts = [event.place, event.gathering]
    texts += [text for session in event.sessions for text in (session.place, session.title)]
    texts += [text for speaker in release.speakers for text in (speaker.name, speaker.title)]
    for contact in release.contacts:
        texts += [contact.name, contact.title, contact.organisation]
    yield from filter(None, texts)


# Names --------------------------------------------------------------------------------------------


def _check_names(subject: Subject) -> Iterator[Problem]:
    """A speaker's or contact's name that stands elsewhere with other letters."""
    release = subject.release
    names = {speaker.name for speaker in release.speakers}
    names |= {contact.name for contact in release.contacts if contact.name}
    pairs = {tuple(name.split()[-2:]) for name in names if len(name.split()) >= 2}
    told: set[frozenset[str]] = set()
    for unit in subject.units:
        for match in re.finditer(r"(?=\b([A-ZÅÄÖÆØ][\w-]+)\s+([A-ZÅÄÖÆØ][\w-]+))", unit.text):
            for first, last in pairs:
                near = _is_same_person(match[1], match[2], first, last)
                if near and frozenset((match[2], last)) not in told:
                    told.add(frozenset((match[2], last)))
                    sentence = say(
                        "“{one}” or “{other}”? The text has both.",
                        one=f"{match[1]} {match[2]}",
                        other=f"{first} {last}",
                    )
                    line = unit.lines(match.start(), match.start(2))[0]
                    yield subject.problem("name-spelling", sentence, line)


def _is_same_person(first: str, last: str, other_first: str, other_last: str) -> bool:
    """The same first name with a last name one or two letters off, not a genitive."""
    if first != other_first or last == other_last or min(len(last), len(other_last)) < 4:
        return False
    one, other = fold(last), fold(other_last)
    short, long = sorted((one, other), key=len)
    if long in (short + "s", short + "n", short + "en"):
        return False
    return 0 < measure_distance(one, other, limit=3) < (2 if len(short) < 7 else 3)
