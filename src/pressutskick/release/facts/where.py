"""Where: the place, the gathering place, and the link of a meeting on the net.

A place label wins. Without one, the phrase after `i`, `på`, `vid` beside the meeting is weighed by
what it looks like (an address, a house, a capitalised name). A place that the text only promises
(`se bifogad karta`) is no place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pressutskick.release.facts.clocks import find_clocks
from pressutskick.release.facts.dates import find_dates
from pressutskick.release.facts.headline import meeting_pattern
from pressutskick.release.facts.labels import Meaning, Passage
from pressutskick.release.facts.model import Certainty
from pressutskick.release.facts.page import Page, Sentence, is_background
from pressutskick.release.facts.people import find_people, is_title_word
from pressutskick.release.facts.reach import Way, find_reaches
from pressutskick.release.facts.weighing import Candidate, Verdict, weigh

#: A guess from prose below this is offered as a choice, not taken.
_SURE = 5.0
_FLOOR = 1.0
_LONGEST = 160
#: A sentence after the place that is no longer than this still belongs to it.
_SHORT = 45
#: A place that ends the sentence of the time is no longer than this.
_LONGEST_TOLD = 90
#: Signs and blanks between a clock and the preposition of a place that belongs to it.
_BESIDE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What was found out about the place."""

    place: Verdict[str] | None
    gathering: Candidate[str] | None
    online: Candidate[str] | None
    is_online: bool
    is_elsewhere: bool

    @property
    def is_sure(self) -> bool:
        """Whether the place may be taken without asking."""
        return self.place is not None and self.place.best.score >= _SURE


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    house = (
        r"\w*(?:gatan|gata|gate[nr]?|gade|gt\.|vägen|väg|veien|vej|torget|torg|torv|plan|platsen|plass|allé|allén|gränd|"
        r"gränden|stigen|backen|parken|kajen|bron|huset|hus|salen|sal|lokal|skolan|skola|museet|museum|"
        r"teatern|operan|biblioteket|bibliotek|centrum|center|kyrkan|slottet|slott|stationen|arenan|arena|scenen|sjukhus|sjukhuset|varvet|bruket|magasinet|"
        r"hallen|konsthall|konsthallen|campus|restaurang|hotell|hotel|rådhuset|stadshuset|kulturhuset|mässan|"
        r"rummet|rum|gården|gård|hamnen|terminalen|kontoret|kafé|café|departementet|ministeriet|foajén|"
        r"fältet|scen|hall|building|road|pier|quay|lane|terminal|stadium|station|museum|theatre|gallery|university|room|center|centre|street|avenue|square|park|library|school|schloss|"
        r"lokalet|lokale|rom|rommet|etasje|etage|stue|foyer|auditorium|kansliet|rådhus|stadshus|badet|badhuset|simhallen|entrén|gårdsplan|grinden)\b"
    )
    return {
        "house": re.compile(house, flags),
        "address": re.compile(
            r"[A-ZÅÄÖÆØ][\w.]+(?:\s[\w.]+){0,2}\s\d{1,3}\s?[A-Ha-h]?(?:-\d{1,3})?\b(?![.:]\d|\s?(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|personer|år|procent))"
        ),
        "lead": re.compile(
            r"(?:\b(?:äger rum|hålls|holdes|afholdes|sker|finner sted|bjuder|inbjuds|ses|träffas|möts|samlas|börjar|starter|startar)\s(?:\S+\s){0,2}?)?"
            r"\b(?:i|på|vid|hos|at|in|ved|utanför|framför|inne i|inside)\s(?=[A-ZÅÄÖÆØ]|(?:den|det|the|grinden|foajén|entrén|hörnet|korsningen|krysset|samverkanslokalen)\s|"
            r"[a-zåäöæø]*(?:salen|huset|rummet|grinden|stationen|skolan|kyrkan|museet|biblioteket|torget|parken|hallen|"
            r"gården|teatern|hamnen|kajen|slottet|rådhuset|kontoret|kansliet|sjukhuset|terminalen|arenan|fältet|skolen|"
            r"rådhuset|kirken|biblioteket|stasjonen|havnen|verket|badet|bron|planen)\b)"
        ),
        "end": re.compile(
            r"[;!?]|\.\s|\.$|,?\s(?:av\s|klockan|kl\.?\s?\d|kl\b|den\s\d|d\.\s\d|som\b|där\b|för att|för\s|då\b|när\b|från\s|till\s|med\s|om\s|"
            r"samt\s|hvor\b|der\b|kl\.|klokken|klokka|at\s\d|who\b|where\b|to\s|og\s[a-z]|och\s[a-zåäö]|inviger|öppnar|berättar|"
            r"(?:mån|man|tis|tirs|ons|tors|fre|lör|lør|sön|søn)dag|monday|tuesday|wednesday|thursday|friday|onsdagen|i dag|idag|imorgon|i morgon)",
            flags,
        ),
        "missing": re.compile(
            r"(?:bifogad|bifogade|se|enligt|vedlagt|attached|the)\s(?:\w+\s){0,2}(?:karta|kartan|kart|kort|map)\b|"
            r"meddelas (?:senare|efter|vid|i samband)|lämnas (?:vid|efter)|oppgis|oplyses|tba\b|to be announced|"
            r"skickas (?:efter|till)|vid anmälan|meddelas$",
            flags,
        ),
        "online": re.compile(
            r"\b(?:zoom|teams|skype|webbsän\w+|webbinarium|digital\w*|livesän\w+|direktsän\w+|på nätet|online|"
            r"livestrea\w+|nett-?tv|via länk|webex|google meet|videolänk|virtual\w*|web meeting)\b",
            flags,
        ),
        "aside": re.compile(
            r"\s*\((?:\s*obs\b[^)]*|[^)]*(?:bifogas|mejlats|skickas|finns i kallelsen|inloggning)[^)]*)\)",
            flags,
        ),
        "relation": re.compile(
            r"(?:grinden|entrén|ingången|porten|foajén|hörnet|korsningen|krysset|inngangen|indgangen|the (?:gate|entrance|corner))\s"
            r"(?:till|av|mellan|i|på|vid|til|ved|to|of|at)?\s?",
            flags,
        ),
        "remark": re.compile(
            r"(?:infart|parkering|bilar|buss|t-bana|tunnelbana|spårvagn|tåg|hållplats|närmaste|vägbeskrivning|karta|"
            r"se |länk|adressen|ring |anmäl|medtag|ta med|välkom|parking|cars|parker)|[^,.]{0,40}\b(?:finns|skickas|mejlas|kan du|kan ni)\b",
            flags,
        ),
        "after": re.compile(
            r"äger rum|hålls|holdes|afholdes|ses|samlas|samling|möts|träffas|börjar|startar|startes|starter|inleds",
            flags,
        ),
        "tail": re.compile(
            r"(?:\.\s+|\s)(?:Länk till|Karta|Se karta|Bilar kan|Parkering|OBS|Obs|Välkom|NOTE|Cars |Adress till|Google)\b.*",
            re.DOTALL,
        ),
        "leading": re.compile(
            r"^(?:pressträffen |presskonferensen |träffen |mötet )?(?:(?:äger rum|hålls|sker|holdes|afholdes|är)\s(?:på|i|vid|hos|ved|at|in)\s|at\s|the\s(?=[A-Z]))",
            flags,
        ),
        "named": re.compile(
            r"\b(?:venue|location|platsen|lokalen|mötesplatsen|stedet|lokalet|mødestedet)\s(?:is|will be|är|blir|er|bliver)\s"
            r"(?:(?:the|at|in|i|på|vid|hos|ved)\s){0,2}(?=[A-ZÅÄÖÆØ])",
            flags,
        ),
        "after time": re.compile(r"(?:,\s|\s)(?:(?:i|på|vid|hos|at|in|ved)\s)?(?=[A-ZÅÄÖÆØ])"),
        "its meeting": re.compile(
            r"(?:vi ses|pressen samlas|\w{0,24}(?:träffen|visningen|konferensen|mötet|konferansen|møtet|mødet|invigningen|ceremonin))"
            r"\s(?:äger rum|hålls|sker|börjar|startar|är|holdes|afholdes|starter|inleds|i|på|vid)\b",
            flags,
        ),
        "gathering": re.compile(
            r"\b(?:samling|samlas|möts|oppmøte|mødested|mötesplats|meet)\b\s*(?:sker\s)?(?:(?:kl\.?|klockan|klokken)?\s?\d{1,2}[.:]\d\d\s)?"
            r"(?=(?:på|i|vid|utanför|framför|hos|ved|at|outside)\s)",
            flags,
        ),
    }


def read_where(page: Page, *, chosen: frozenset[tuple[int, int]]) -> Where:
    """Weighs every place of the page.

    Args:
        page: the text.
        chosen: passages (index, sentence start) that hold the event's day or start.
    """
    sentences = list(page.sentences())
    candidates = [*_labelled(page, chosen), *_in_prose(page, sentences, chosen)]
    elsewhere = _is_elsewhere(page, sentences)
    gathering = _gathering(page, sentences)
    place = weigh(candidates, floor=_FLOOR, key=_folded)
    online, is_online = _online(page, sentences)
    return Where(
        place=place, gathering=gathering, online=online, is_online=is_online, is_elsewhere=elsewhere
    )


def _folded(place: str) -> str:
    return " ".join(re.findall(r"\w+", place.casefold()))


def _labelled(page: Page, chosen: frozenset[tuple[int, int]]) -> list[Candidate[str]]:
    found: list[Candidate[str]] = []
    taken: set[int] = set()
    for passage in page.passages:
        if (
            passage.is_empty
            or passage.index in taken
            or not passage.says(Meaning.PLACE, Meaning.GATHERING)
        ):
            continue
        if passage.says(Meaning.CONTACT):
            continue
        parts = [passage, *_following(page, passage)]
        value = clean_place(" ".join(_without_time(part) for part in parts), passage)
        if not value or (_patterns()["missing"].search(value) and not _looks_like_place(value)):
            continue
        taken.update(part.index for part in parts)
        only_gathering = not passage.says(Meaning.PLACE)
        mixed = passage.says(Meaning.WHEN, Meaning.RSVP)
        near = any(0 < passage.index - index <= 2 for index, _ in chosen)
        found.append(
            Candidate(
                value=value,
                score=(1.2 if near else 0.0)
                + (4.0 if only_gathering else 10.0 if passage.own else 6.0)
                - (1.5 if mixed else 0.0),
                lines=(passage.lines()[0], parts[-1].lines()[1]),
                text=passage.text.strip(),
            )
        )
    return found


def _looks_like_place(text: str) -> bool:
    return bool(_patterns()["house"].search(text) or _patterns()["address"].search(text))


def _following(page: Page, passage: Passage) -> list[Passage]:
    """Lines that go on with a place: the rest of a table cell, `(ingång från …)`, a street."""
    found: list[Passage] = []
    for following in page.passages[passage.index + 1 : passage.index + 4]:
        gap = following.unit.paragraph - passage.unit.paragraph
        same = following.unit is not passage.unit and (gap == 0 or following.text.startswith("("))
        if not same or following.own or following.is_empty or following.unit.is_heading:
            break
        text = following.text.strip()
        goes_on = (
            text.startswith("(")
            or text[:1].islower()
            or re.match(r"Ingång|Entré|Inngang|Adress", text)
        )
        lone = passage.says(Meaning.WHEN) and following.says(Meaning.PLACE)
        address = _patterns()["address"].match(text) is not None and len(text) < 60
        if not (goes_on or lone or address) or len(text) > 120:
            break
        found.append(following)
    return found


def _without_time(passage: Passage) -> str:
    """The passage's words without its dates and clocks, where both share a label."""
    text = passage.text
    if not passage.says(Meaning.WHEN, Meaning.RSVP):
        return text.strip()
    spans = [(d.start, d.end) for d in find_dates(text) if d.relation is None]
    spans += [(c.at, c.stop) for c in find_clocks(text)]
    if not spans:
        return text.strip()
    parts, at = [], 0
    for start, end in sorted(spans):
        parts.append(text[at:start])
        at = max(at, end)
    parts.append(text[at:])
    rest = [part.strip(" ,.;:–-") for part in parts]
    rest = [
        re.sub(r"^\(?(?:ca\.?|cirka)?\s?\d? ?(?:timm?e?|min\w*)\)?[.,]?\s*", "", part)
        for part in rest
    ]
    rest = [
        part
        for part in rest
        if len(part) > 3 and part.casefold() not in ("den", "klockan", "mellan")
    ]
    if len(rest) == 1:
        return _prose_place(rest[0]) or rest[0]
    best = max(rest, key=len, default="")
    return _prose_place(best) or best


def _prose_place(text: str) -> str | None:
    """`startar torsdagen … klockan 11 i Ordenshuset, Norra Bangatan 12`: after its preposition."""
    match = _patterns()["lead"].match(text)
    return text[match.end() :] if match else None


def clean_place(text: str, passage: Passage | None = None) -> str:
    """A place without asides, remarks on parking, links and a closing stop."""
    patterns = _patterns()
    text = patterns["aside"].sub("", text)
    for reach in reversed(find_reaches(text)):
        if reach.way in (Way.URL, Way.EMAIL, Way.MASKED):
            text = text[: reach.start] + text[reach.end :]
    if passage is not None and len(text) > 60:
        text = patterns["tail"].sub("", text)
    text = patterns["leading"].sub("", text.strip(" ,;:–-\u2022"))
    text = _without_remarks(text)
    return re.sub(r"\s+", " ", text).strip(" ,;:–-").rstrip(".").strip()


def _without_remarks(text: str) -> str:
    """Up to where sentences or clauses begin that tell how to get there, or anything else."""
    parts = re.split(r"(?<=[\w)])(\.\s+(?=[A-ZÅÄÖÆØ])|,\s+)", text)
    kept = parts[0]
    for glue, part in zip(parts[1::2], parts[2::2], strict=True):
        if _patterns()["remark"].match(part) or (glue.startswith(".") and len(part) > _SHORT):
            break
        kept += glue + part
    return kept if len(kept) <= _LONGEST else kept[:_LONGEST].rsplit(" ", 1)[0]


def _in_prose(
    page: Page, sentences: list[Sentence], chosen: frozenset[tuple[int, int]]
) -> list[Candidate[str]]:
    found: list[Candidate[str]] = []
    for sentence in sentences:
        passage = sentence.passage
        if is_background(passage) or passage.says(Meaning.CONTACT, Meaning.SPEAKERS, Meaning.PLACE):
            continue
        found += _told_with_time(sentence, chosen)
        base = _sentence_weight(page, sentence, chosen)
        if base <= 0:
            continue
        phrases = [
            phrase
            for match in _patterns()["lead"].finditer(sentence.text)
            for phrase in _phrase(sentence, match, base)
        ]
        found += [one for one in phrases if not _is_part(one, phrases)]
    return found


def _is_part(one: Candidate[str], phrases: list[Candidate[str]]) -> bool:
    """`Kystministeriet` beside `Lanternesalen i Kystministeriet` is no place of its own."""
    return any(
        one is not other and other.value.endswith(one.value) and other.score >= one.score
        for other in phrases
    )


def _sentence_weight(page: Page, sentence: Sentence, chosen: frozenset[tuple[int, int]]) -> float:
    score = 2.0 if (sentence.passage.index, sentence.start) in chosen else 0.0
    score += 1.5 if meeting_pattern().search(sentence.text) else 0.0
    score += (
        1.0
        if re.search(
            r"äger rum|hålls|holdes|afholdes|välkom|inviter|bjud|möts|samling|mötes",
            sentence.text,
            re.IGNORECASE,
        )
        else 0.0
    )
    score += 1.5 if _patterns()["its meeting"].match(sentence.text) else 0.0
    score -= 1.0 if page.is_title(sentence.passage) else 0.0
    return score


def _told_with_time(
    sentence: Sentence, chosen: frozenset[tuple[int, int]]
) -> Iterator[Candidate[str]]:
    """`Den 2 juni, klockan 14.30, Folkets hus, Storgatan 2.`, or `The venue is Old Hall`."""
    text, patterns = sentence.text, _patterns()
    named = patterns["named"].search(text)
    begin = named.end() if named else None
    if begin is None and (sentence.passage.index, sentence.start) in chosen:
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
        score=_SURE + 2.0 if named or _looks_like_place(value) else _SURE - 2.0,
        lines=sentence.lines(begin, begin + len(value)),
        text=value,
        certainty=Certainty.GUESSED,
    )


def _phrase(sentence: Sentence, match: re.Match[str], base: float) -> list[Candidate[str]]:
    patterns = _patterns()
    rest = sentence.text[match.end() : match.end() + 140]
    relation = patterns["relation"].match(rest)
    end = patterns["end"].search(rest, relation.end() if relation else 2)
    phrase = rest[: end.start()] if end else rest
    phrase = _until_lower(phrase)
    dates = find_dates(phrase)
    phrase = phrase[: dates[0].start] if dates else phrase
    phrase = phrase.strip(" ,")
    if len(phrase) < 3 or is_title_word(phrase.split()[0]):
        return []
    score = base
    score += 2.0 if patterns["house"].search(phrase) else 0.0
    score += 2.0 if patterns["address"].search(phrase) else 0.0
    score -= (
        2.0
        if re.search(
            r"\b(?:saml(?:ing|as|ingsplats)|mötesplats(?:en)?|mødested)\b",
            sentence.text[: match.end()][-50:],
            re.IGNORECASE,
        )
        else 0.0
    )
    score += _joined_weight(sentence.text[: match.end()], rest[len(phrase) :])
    score -= 1.5 if len(phrase.split()) == 1 and not patterns["house"].search(phrase) else 0.0
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


def _joined_weight(before: str, after: str) -> float:
    """How closely the place hangs on the meeting: `pressträffen äger rum i`, `kl. 11 i`."""
    tail = before[-60:]
    if re.search(
        rf"(?:{meeting_pattern().pattern})\s(?:äger rum|hålls|holdes|afholdes|sker|är)\s(?:\S+\s){{0,4}}?$",
        tail,
        re.IGNORECASE,
    ):
        return 3.0
    score = 1.0 if _patterns()["after"].search(tail) else 0.0
    stops = [c.stop for c in find_clocks(before)] + [d.end for d in find_dates(before)]
    preposition = before.rstrip().rsplit(" ", 1)[-1]
    gap = len(before.rstrip()) - len(preposition) - max(stops, default=0)
    score += 1.5 if stops and gap <= _BESIDE else 0.0
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
        if part[:1].islower() and not _patterns()["house"].search(part):
            break
        kept.append(part)
    return ", ".join(kept).strip(" ,")


def _gathering(page: Page, sentences: list[Sentence]) -> Candidate[str] | None:
    for passage in page.passages:
        if passage.own and not passage.is_empty and passage.says(Meaning.GATHERING):
            value = clean_place(_stripped_of_time(passage.text))
            if len(value) > 3:
                return Candidate(
                    value=value, score=5.0, lines=passage.lines(), text=passage.text.strip()
                )
    for sentence in sentences:
        if is_background(sentence.passage) or sentence.passage.says(Meaning.CONTACT):
            continue
        match = _patterns()["gathering"].search(sentence.text)
        if match:
            rest = re.sub(r"^(?:på|i|hos)\s", "", sentence.text[match.end() : match.end() + 120])
            end = _patterns()["end"].search(rest, 2)
            value = clean_place((rest[: end.start()] if end else rest).split(", ")[0])
            if len(value) > 3:
                return Candidate(
                    value=value,
                    score=3.0,
                    lines=sentence.lines(match.start(), match.end() + len(value)),
                    text=value,
                    certainty=Certainty.GUESSED,
                )
    return None


def _stripped_of_time(text: str) -> str:
    for clock in reversed(find_clocks(text)):
        text = text[: clock.at] + text[clock.stop :]
    return re.sub(r"^(?:\W|kl\b|vid\b|på\b|i\b)+", "", text.strip())


def _is_elsewhere(page: Page, sentences: list[Sentence]) -> bool:
    """Whether the place stands on a map or comes with the answer to the RSVP."""
    pattern = _patterns()["missing"]
    return any(
        pattern.search(sentence.text)
        for sentence in sentences
        if sentence.passage.says(Meaning.PLACE, Meaning.GATHERING, Meaning.WHEN)
        or re.search(r"samling|plats|adress|lokal|möts", sentence.text, re.IGNORECASE)
    )


def _online(page: Page, sentences: list[Sentence]) -> tuple[Candidate[str] | None, bool]:
    """The link of a meeting on the net, and whether the text speaks of one at all."""
    speaks = False
    for sentence in sentences:
        if is_background(sentence.passage):
            continue
        online = _patterns()["online"].search(sentence.text) or sentence.passage.says(
            Meaning.ONLINE
        )
        if not online and not re.search(r"\b(?:live|sänd|strøm|stream|följ|sendes)", sentence.text):
            continue
        speaks = speaks or bool(online)
        for reach in find_reaches(sentence.text):
            if reach.way is Way.URL:
                found = Candidate(
                    value=reach.value,
                    score=3.0,
                    lines=sentence.lines(reach.start, reach.end),
                    text=reach.value,
                )
                return found, True
    return None, speaks
