"""Places in prose: the phrase after `i`, `på`, `vid` beside the meeting, and the place after the time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background, split_sentences
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import find_dates
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.personwords import is_title_word
from pressutskick.reading.spots.reach import find_reaches
from pressutskick.reading.weighing import Candidate
from pressutskick.reading.where.words import (
    clean_place,
    looks_like_place,
    names_house,
    place_patterns,
)

#: A guess from prose below this is offered as a choice, not taken.
SURE = 5.0
#: How far back of a place in its sentence a meeting or a time is looked for.
_LOOK_BACK = 300
#: What a place in prose needs to be one beside a meeting on the net.
_RIVAL = 2.0
#: A place that ends the sentence of the time is no longer than this.
_LONGEST_TOLD = 90
#: So many passages may name a house in full that is spoken of later.
_FIRST = 40
#: What a house with its street has before the house alone.
_FULLER = 1.5
#: Signs and blanks between a clock and the preposition of a place that belongs to it.
_BESIDE = 3
#: A name alone on its line has no more words.
_FEW = 4
#: Room for a few words more: `kl 19.00 under en ceremoni på`.
_NEAR = 24


def find_spoken(
    page: Page, sentences: list[Sentence], chosen: frozenset[tuple[int, int]]
) -> list[Candidate[str]]:
    """Every place that the prose may mean."""
    found: list[Candidate[str]] = []
    for sentence in sentences:
        passage = sentence.passage
        if is_background(passage) or passage.says(Meaning.CONTACT, Meaning.SPEAKERS, Meaning.PLACE):
            continue
        found += _told_with_time(page, sentence, chosen)
        base = _sentence_weight(page, sentence, chosen)
        if base <= 0:
            continue
        phrases = [
            phrase
            for match in place_patterns()["lead"].finditer(sentence.text)
            for phrase in _phrase(sentence, match, base)
        ]
        found += [one for at, one in enumerate(phrases) if not _is_part(at, phrases)]
    found += [one for sentence in sentences for one in _addressed(page, sentence)]
    found += _below_times(page)
    found += _on_own_line(page)
    return [_on_the_net(one, found) for one in found]


def _below_times(page: Page) -> Iterator[Candidate[str]]:
    """A house or a street on the line below one that tells nothing but the time."""
    for passage, following in pairwise(page.passages):
        is_time = passage.own and passage.meanings == {Meaning.WHEN, Meaning.OTHER}
        is_time = is_time and passage.label is None
        near = following.unit.paragraph == passage.unit.paragraph and not following.own
        text = following.text.strip()
        if is_time and near and len(text) <= _LONGEST_TOLD and _may_be_place(text):
            is_person = any(one.start == 0 for one in find_people(text))
            if is_person or find_reaches(text) or find_clocks(text):
                continue
            value = clean_place(text)
            yield Candidate(
                value=value,
                score=SURE + (1.0 if looks_like_place(text) else 0.0 if "," in text else -1.0),
                lines=following.lines(),
                text=text,
                certainty=Certainty.GUESSED,
            )


def _may_be_place(text: str) -> bool:
    """A line right below the time: a house or a street, or a few words that are no sentence."""
    is_few = "," in text or len(text.split()) <= _FEW
    is_name = text[:1].isupper() and is_few and text[-1] not in ".!?:"
    return looks_like_place(text) or (is_name and not find_dates(text))


def _on_own_line(page: Page) -> Iterator[Candidate[str]]:
    """`Länsmuseet, Strandgatan 14` alone on its line, above all contacts, with no post code."""
    patterns = place_patterns()
    for passage in page.passages:
        if passage.says(Meaning.CONTACT, Meaning.ABOUT):
            return
        text = next((one.text for one in split_sentences(passage)), "").strip()
        text = text if text == passage.text.strip() else text.rstrip(".")
        if passage.own or passage.is_empty or len(text) > _LONGEST_TOLD or not text[:1].isupper():
            continue
        both = names_house(text.split(maxsplit=1)[0].rstrip(",")) and patterns["address"].search(
            text
        )
        if not both or text[-1] in ".!?" or re.search(r"\d{3} ?\d\d\b", text):
            continue
        if find_reaches(text) or find_people(text) or find_clocks(text) or find_dates(text):
            continue
        yield Candidate(
            value=clean_place(text),
            score=SURE,
            lines=passage.lines(),
            text=text,
            certainty=Certainty.GUESSED,
        )


def _named_before(page: Page, sentence: Sentence, house: str) -> str:
    """`Skolan ligger på …`: the house by the name that it has earlier, `Backaskolan`."""
    pattern = re.compile(rf"\b[A-ZÅÄÖÆØ]\w{{2,30}}{re.escape(house.casefold())}\b")
    for earlier in page.passages[: min(sentence.passage.index + 1, _FIRST)]:
        match = None if is_background(earlier) else pattern.search(earlier.text[:_LOOK_BACK])
        if match:
            return match[0]
    return house


def _addressed(page: Page, sentence: Sentence) -> Iterator[Candidate[str]]:
    """`Textilmuseet ligger på Fabriksgatan 9 i Norrby`: a house with its street."""
    passage = sentence.passage
    if is_background(passage) or passage.says(Meaning.CONTACT, Meaning.SPEAKERS):
        return
    for match in place_patterns()["stands"].finditer(sentence.text):
        rest = sentence.text[match.end() : match.end() + 80]
        if place_patterns()["address"].match(rest):
            end = place_patterns()["end"].search(rest, 2)
            street = _until_lower(rest[: end.start()] if end else rest)
            house = _named_before(page, sentence, match[1]) if match[1] else None
            value = clean_place(", ".join(filter(None, (house, street))))
            yield Candidate(
                value=value,
                score=SURE + (_FULLER if house else 0.0),
                lines=sentence.lines(match.start(), match.end() + 10),
                text=sentence.text[match.start() : match.end() + len(rest)].strip(),
                certainty=Certainty.GUESSED,
            )


def _on_the_net(one: Candidate[str], found: list[Candidate[str]]) -> Candidate[str]:
    """`hålls i Teams` is the place where there is no house beside it."""
    pattern = place_patterns()["platform"]
    if not pattern.match(one.value):
        return one
    rival = any(other.score >= _RIVAL and not pattern.match(other.value) for other in found)
    return replace(one, score=one.score + (-_RIVAL if rival else 3.0))


def _is_part(at: int, phrases: list[Candidate[str]]) -> bool:
    """`Kystministeriet` beside `Lanternesalen i Kystministeriet` is no place of its own.

    Of two that are told alike the first one stays.
    """
    one = phrases[at]
    return any(
        other.value.endswith(one.value)
        and other.score >= one.score
        and (len(other.value) > len(one.value) or number < at)
        for number, other in enumerate(phrases)
        if number != at
    )


def _sentence_weight(page: Page, sentence: Sentence, chosen: frozenset[tuple[int, int]]) -> float:
    score = 2.0 if (sentence.passage.index, sentence.start) in chosen else 0.0
    score += 1.5 if meeting_pattern().search(sentence.text) else 0.0
    score += (
        1.0
        if re.search(
            r"äger rum|hålls|holdes|afholdes|välkom|inviter|bjud|möts|samling|mötes|träffas|\bses\b|samlas|"
            r"presenter|avtäck|invig|tas i bruk|spadtag|öppnar|övar\b|premiär",
            sentence.text,
            re.IGNORECASE,
        )
        else 0.0
    )
    score += 1.5 if place_patterns()["its meeting"].match(sentence.text) else 0.0
    score += 2.0 if place_patterns()["it happens"].match(sentence.text) else 0.0
    score += 2.0 if place_patterns()["we are"].search(sentence.text) else 0.0
    score -= 1.0 if page.is_title(sentence.passage) else 0.0
    return score


def _told_with_time(
    page: Page, sentence: Sentence, chosen: frozenset[tuple[int, int]]
) -> Iterator[Candidate[str]]:
    """`Den 2 juni, klockan 14.30, Folkets hus, Storgatan 2.`, or `The venue is Old Hall`."""
    text, patterns = sentence.text, place_patterns()
    if said := patterns["is the place"].match(text):
        value = clean_place(said[1])
        yield Candidate(
            value=value,
            score=SURE + 2.0,
            lines=sentence.lines(0, said.end(1)),
            text=said[1],
            certainty=Certainty.GUESSED,
        )
        return
    named = patterns["named"].search(text)
    begin = named.end() if named else None
    if (
        begin is None
        and not page.is_title(sentence.passage)
        and (sentence.passage.index, sentence.start) in chosen
    ):
        stops = [one.stop for one in find_clocks(text)] + [
            one.end for one in find_dates(text) if one.relation is None
        ]
        after = patterns["after time"].match(text, max(stops, default=len(text)))
        begin = after.end() if after else None
    if begin is None:
        return
    value = clean_place(text[begin:])
    is_whole = len(text) - begin - len(value) <= _BESIDE and not patterns["end"].search(value)
    if len(value) > _LONGEST_TOLD or find_people(value) or not (is_whole or named):
        return
    yield Candidate(
        value=value,
        score=SURE + 2.0 if named or looks_like_place(value) else SURE - 2.0,
        lines=sentence.lines(begin, begin + len(value)),
        text=value,
        certainty=Certainty.GUESSED,
    )


def _phrase(sentence: Sentence, match: re.Match[str], base: float) -> list[Candidate[str]]:
    patterns = place_patterns()
    rest = sentence.text[match.end() : match.end() + 140]
    relation = patterns["relation"].match(rest)
    end = patterns["end"].search(rest, relation.end() if relation else 2)
    phrase = rest[: end.start()] if end else rest
    if phrase.count("(") > phrase.count(")") and ")" in rest:
        phrase = rest[: rest.index(")") + 1]
    phrase = _until_lower(phrase)
    dates = find_dates(phrase)
    phrase = phrase[: dates[0].start] if dates else phrase
    phrase = phrase.strip(" ,")
    if len(phrase) < 3 or is_title_word(phrase.split()[0]):
        return []
    if patterns["platform"].match(phrase):
        # `digitalt via Teams`
        ahead = patterns["by net"].search(sentence.text[: match.end()])
        phrase = f"{ahead[0] if ahead else ''}{phrase}"
        rest = f"{ahead[0] if ahead else ''}{rest}"
    is_house = names_house(phrase)
    has_street = patterns["address"].search(phrase) is not None
    score = base + (2.0 if is_house else 0.0) + (2.0 if has_street else 0.0)
    score -= (
        2.0
        if re.search(
            r"\b(?:saml(?:ing|as|ingsplats)|mötesplats(?:en)?|mødested)\b",
            sentence.text[: match.end()][-50:],
            re.IGNORECASE,
        )
        else 0.0
    )
    joined = _joined_weight(
        sentence.text[: match.end()], rest[len(phrase) :], is_whole=_is_whole(phrase)
    )
    score += max(joined, 0.0) if is_house and has_street else joined
    score -= 1.5 if len(phrase.split()) == 1 and not is_house else 0.0
    at = match.end()
    return [
        Candidate(
            value=clean_place(phrase),
            score=score,
            lines=sentence.lines(at, at + len(phrase)),
            text=phrase.strip(),
            certainty=Certainty.GUESSED,
        )
    ]


def _is_whole(phrase: str) -> bool:
    """Whether a phrase ends with a name, a number or a house, not with what happens there."""
    last = phrase.rsplit(maxsplit=1)[-1]
    return not last[0].islower() or names_house(last)


def _joined_weight(before: str, after: str, *, is_whole: bool) -> float:
    """How closely the place hangs on the meeting: `pressträffen äger rum i`, `kl. 11 i`."""
    if len(before) > _LOOK_BACK:
        before = before[before.find(" ", len(before) - _LOOK_BACK) + 1 :]
    tail = before[-60:]
    if place_patterns()["we are"].search(tail):
        return 3.0
    if re.search(
        rf"(?:{meeting_pattern().pattern})\s(?:äger rum|hålls|holdes|afholdes|sker|är)\s(?:\S+\s){{0,4}}?$",
        tail,
        re.IGNORECASE,
    ):
        return 3.0
    score = 1.0 if place_patterns()["after"].search(tail) else 0.0
    stops = [c.stop for c in find_clocks(before)] + [d.end for d in find_dates(before)]
    preposition = before.rstrip().rsplit(" ", 1)[-1]
    gap = len(before.rstrip()) - len(preposition) - max(stops, default=0)
    score += (
        0.0 if not stops else 1.5 if gap <= _BESIDE else 1.0 if is_whole and gap <= _NEAR else 0.0
    )
    dated = [one.start for one in find_dates(after[:40])] + [
        one.at for one in find_clocks(after[:40])
    ]
    if dated and min(dated) <= len(", on "):
        return score + 1.0
    led = meeting_pattern().search(before) or find_clocks(before) or find_dates(before)
    return score if led or score else -2.5


def _until_lower(phrase: str) -> str:
    """Up to where a comma begins something that is no part of the place."""
    parts = phrase.split(", ")
    kept = [parts[0]]
    for part in parts[1:]:
        if part[:1].islower() and not names_house(part):
            break
        kept.append(part)
    return ", ".join(kept).strip(" ,")
