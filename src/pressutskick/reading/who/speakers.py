"""Who speaks: the people under a speakers label, and those whom the prose shows on stage."""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pressutskick.reading.heading.headline import meeting_pattern
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background, split_sentences
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.personwords import is_title_word
from pressutskick.reading.spots.reach import Way, find_reaches
from pressutskick.reading.spots.titles import Person
from pressutskick.reading.who.stack import LONGEST_LINE
from pressutskick.release.model import Speaker

#: What speaks for a person in prose must reach this.
_FLOOR = 2.0
_LONGEST_TITLE = 140
#: A subject stands within so many characters of its sentence's beginning.
_OPENING = 12
#: Before a name that begins its line stands at most `Dr`.
_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerFound:
    """A speaker and where the name stands."""

    speaker: Speaker
    lines: tuple[int, int]
    text: str
    certainty: Certainty


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "verb": re.compile(
            r"\b(?:\w+r gör|medverka\w*|delta(?:r|ger|kar)?|tala(?:re?|s)?|taler?|presenterar|presenterer|presenteras|berätta\w*|fortæller|forteller|redogör\w*|redogør\w*|"
            r"inviger|invigs|invigstalar|invigningstala\w*|klipper|klipps|öppnas?|öppnar|orienter\w*|(?:moderator|samtalsledare|konferencier|värd|värdinna|talesperson|programledare|guide|prisutdelare|gudmor|gudfar|hedersgäst|huvudtalare) (?:\w+ ){0,2}?(?:är|er|is)|avslöjar|tillkännager|guider? .{0,20}(?:är|er)|avslører|inleder|"
            r"inleds|föreläser|föredrag|visar|viser|guidar|leder samtal\w*|modererar|svarar på|svarer på|svara på|tar (?:.{1,60} )?emot|tar imot|svarar .{1,60} på|motiverar|"
            r"möter|møter|møder|mød|möt|möta|møde|träffa|hälsar|beskriver|beskrivs|förklar\w+|legges frem|legges fram|läggs fram|"
            r"lämnas över|överlämnar|finns på plats|på plats finns|är på plats|kommer och|gästar|besöker|besøger|besøker|värd för|värdar|"
            r"ställer upp|skissar|lyfts av|tas av|leds av|med är (?:också |även )?(?=[A-ZÅÄÖ])|säga?r? några ord|säger några|ger en|samtalar|introducerar|uppträder|"
            r"(?:ombord|på scen(?:en)?|på plats|på vernissagen|under \w+|där|också|även) finns|(?:er|är) till? sted(?:e|es)|tal av|tale af|tale ved|tale av|lämnar information|informerar|undertecknar|"
            r"skriver under|signerar|delas ut av|delar ut|klipps av|lagar|uttalar sig|ger sin syn|leder|håller|tar plats|viser rundt|"
            r"intervju\w*|närvarar|kommenterar|klargör|ber\b.{0,60}journalister|kaller inn|legger fr[ae]m|legg fr[ae]m|opnar|åpner|åbner|indvier|innvier|avduker|møte|indbyder|inviterer|bjuder in|"
            r"gir pressen|hör\w*\b.{0,90}\bav|will|speaks?|join\w*|host\w*|attend\w*|present\w*|deliver\w*|discuss\w*|address\w*|"
            r"announce\w*|unveil\w*|opens|inaugurates?|introduce\w*|provide\w*|give\w*|lead\w*|hosts|frågestund|kommer att|får .{3,60} se)\b",
            flags,
        ),
        "chain": re.compile(
            r"\s?(?:\([^()]{1,12}\))?(?:,|,?\s(?:och|samt|og|and))\s(?:[a-zåäöæø]+\s){0,2}"
        ),
        "by": re.compile(r"(?<!visning)(?<!utställning)(?<!premiär)(?<!porträtt)\s(?:av|med)\s?$"),
        "lived": re.compile(r"\s\((?:f\.?|född|d\.?|död|\d{4})\s?(?:[–-]|\d{4})"),
        "with": re.compile(
            rf"(?:{meeting_pattern().pattern})\s(?:med|with)\s(?:[^\s.!?]+\s){{0,9}}$", flags
        ),
        "surname": re.compile(r"\b([A-ZÅÄÖÆØ][\w.]+)\s([A-ZÅÄÖÆØ][\w-]+)\b"),
        "not": re.compile(
            r"\b(?:skriven av|regisserad av|efter förslag|bor|(?<!idén )föddes|born|avlid\w+|uppkallad|med på resan|tidigare har|sedan dess|"
            r"personuppgift\w*|biljett\w*|sidansvarig|hedersdoktor\w*|hederslektor\w*|pristagar\w*|foto:|photo:|fotograf:|"
            r"reserve a spot|utses|utsetts|inbjudan från)\b",
            flags,
        ),
        "ask": re.compile(
            r"\b(?:kontakta|kontakt|anmäl\w*|mejla|ring\b|rsvp|påmelding|tilmelding|contact)\b",
            flags,
        ),
    }


def read_speakers(page: Page) -> tuple[SpeakerFound, ...]:
    """Everybody who speaks, in the order of the text, each once."""
    found: dict[str, SpeakerFound] = {}
    names = {p.name for sentence in page.sentences() for p in find_people(sentence.text)}
    labelled = _labelled(page)
    for sentence in labelled:
        for person in _listed(sentence.text, names):
            _add(found, person, sentence, Certainty.READ)
    for sentence in page.sentences():
        if not _may_speak_here(sentence):
            continue
        people = find_people(sentence.text)
        least = _FLOOR + (1.0 if labelled else 0.0)
        heavy = [_prose_weight(sentence, person, page) >= least for person in people]
        for person, speaks in zip(people, _spread(sentence.text, people, heavy), strict=True):
            if speaks:
                _add(found, _shortened(person, names), sentence, Certainty.GUESSED)
    return tuple(found.values())


def _spread(text: str, people: tuple[Person, ...], heavy: list[bool]) -> list[bool]:
    """In `regissören Ylva Norén, kompositören Jonatan Kvist och …` all do as the first one does."""
    speaks = list(heavy)
    for number, (one, following) in enumerate(pairwise(people), start=1):
        end = max(one.end, one.title_end)
        start = following.start if following.title is None else following.title_start
        if start > following.start:
            start = following.start
        if speaks[number - 1] and _patterns()["chain"].fullmatch(text, end, start):
            speaks[number] = True
    return speaks


def _listed(text: str, names: set[str]) -> tuple[Person, ...]:
    """The people of a line under a speakers label; `Gov. Pettibone` by the name given elsewhere."""
    people = find_people(text, weak=True)
    if len(people) == 1:
        people = (_with_whole_line(text, people[0]),)
    for match in _patterns()["surname"].finditer(text):
        full = [name for name in names if name.endswith(f" {match[2]}")]
        taken = any(p.start < match.end() and match.start() < p.end for p in people)
        if len(full) == 1 and is_title_word(match[1]) and not taken:
            one = Person(
                name=full[0],
                start=match.start(2),
                end=match.end(2),
                title=match[1],
                title_start=match.start(1),
                title_end=match.end(1),
            )
            people = (*people, one)
    return people


def _shortened(person: Person, names: set[str]) -> Person:
    """`gästar Viveka Örling Strandhamn`: the name is as long as it is elsewhere."""
    words = person.name.split()
    for count in range(2, len(words)):
        shorter = " ".join(words[:count])
        if shorter in names:
            return replace(person, name=shorter, end=person.start + len(shorter))
    return person


def _labelled(page: Page) -> list[Sentence]:
    found: list[Sentence] = []
    for passage in page.passages:
        if not passage.says(Meaning.SPEAKERS) or passage.is_empty:
            continue
        if not _gives_address(passage.text):
            found.append(Sentence(passage=passage, start=0, text=passage.text))
        elif passage.own:
            # run together with what follows: only the first sentence is the label's
            found += [s for s in split_sentences(passage) if not _gives_address(s.text)][:1]
    return found


def _gives_address(text: str) -> bool:
    return any(reach.way is Way.EMAIL for reach in find_reaches(text))


def _with_whole_line(text: str, person: Person) -> Person:
    """Alone on a line, everything after the name is title and organisation."""
    match = re.match(r"(?:\s?\([^()]{1,12}\))?\s?\)?\s?[,–-]\s+", text[person.end :])
    rest = text[person.end + match.end() :].strip(" .;,") if match else ""
    if not rest or len(rest) > _LONGEST_TITLE:
        return person
    start = person.end + (match.end() if match else 0)
    return replace(person, title=rest, title_start=start, title_end=start + len(rest))


def _may_speak_here(sentence: Sentence) -> bool:
    passage = sentence.passage
    if is_background(passage) or passage.says(Meaning.CONTACT, Meaning.SPEAKERS):
        return False
    if (
        passage.own
        and passage.label
        and passage.says(Meaning.RSVP, Meaning.PLACE)
        and len(passage.text) < 120
    ):
        return False
    return not any(r.way in (Way.EMAIL, Way.PHONE) for r in find_reaches(sentence.text))


def _prose_weight(sentence: Sentence, person: Person, page: Page) -> float:
    patterns, text = _patterns(), sentence.text
    score = 0.8 if person.title else 0.0
    score += 0.5 if person.is_known else 0.0
    score += 1.5 if patterns["verb"].search(text) else 0.0
    score += 0.8 if _acts(text, person) else 1.3 if _acts_with_others(text, person) else 0.0
    begin = min(person.start, person.title_start) if person.title else person.start
    by = person.title and patterns["by"].search(text[max(0, begin - 40) : begin])
    score += 0.8 if by or patterns["with"].search(text[max(0, begin - 150) : begin]) else 0.0
    score += 1.2 if person.title and sentence.passage.says(Meaning.PROGRAM) else 0.0
    score += 0.5 if meeting_pattern().search(text) else 0.0
    score += 1.5 if _lectures(sentence, person) else 0.0
    score += 1.5 if _is_listed(sentence, person, page) else 0.0
    score -= 2.0 if patterns["not"].search(text) else 0.0
    score -= 2.0 if patterns["ask"].search(text) else 0.0
    score -= 3.0 if patterns["lived"].match(text, person.end) else 0.0
    score -= 0.5 if page.is_title(sentence.passage) else 0.0
    return score


def _lectures(sentence: Sentence, person: Person) -> bool:
    """`Docent Yusuf Aydin om blått ljus`: a line with a speaker and a subject."""
    begin = min(person.start, person.title_start) if person.title else person.start
    is_line = sentence.start == 0 and begin <= 1
    return bool(person.title) and is_line and sentence.text[person.end :].startswith(" om ")


def _is_listed(sentence: Sentence, person: Person, page: Page) -> bool:
    """`Koncernchef Helena Grip` and nothing else on the line, nor a number below it."""
    text, index = sentence.text, sentence.passage.index
    beside = page.passages[max(0, index - 1) : index] + page.passages[index + 1 : index + 2]
    if any(_is_line_to_call(one.text) for one in beside):
        return False
    if person.title and person.title_start <= 1 and person.end >= len(text) - 1:
        return True
    return sum(_is_bullet_of_cast(one) for one in (*beside, sentence.passage)) > 1


def _is_line_to_call(text: str) -> bool:
    """A short line with a number or address: whoever stands beside it is a contact."""
    reaches = find_reaches(text) if len(text) < LONGEST_LINE else ()
    return any(reach.way is not Way.URL for reach in reaches)


def _is_bullet_of_cast(passage: Passage) -> bool:
    """`- Johan Falk, grundare, Rondatech`: a bullet of names and titles."""
    people = find_people(passage.text) if passage.unit.is_bullet else ()
    return (
        bool(people)
        and people[0].start <= _AT_ONCE
        and re.match(r"\s?(?:\([^()]{1,12}\))?(?:\s?[,–]\s\S|$)", passage.text[people[0].end :])
        is not None
    )


def _acts(text: str, person: Person) -> bool:
    """`Borgmästare Ulla Rydberg döper färjan`: the name is a sentence's subject."""
    is_first = person.title_start < _OPENING if person.title else person.start < _OPENING
    return (
        is_first
        and person.start > 0
        and re.match(r"\s(?:\([^)]{1,4}\)\s)?[a-zåäöæø]+(?:ar|er|r|s)\b", text[person.end :])
        is not None
    )


def _acts_with_others(text: str, person: Person) -> bool:
    """`Ordförande Petra Ljung och vd Hampus Roos undertecknar`: one of several subjects."""
    people = find_people(text)
    if len(people) < 2 or person not in people:
        return False
    first = people[0]
    if min(first.start, first.title_start) > _OPENING:
        return False
    for one, following in pairwise(people):
        between = text[one.end : following.start]
        if not re.match(r"(?:\s?\([^)]{1,12}\))?(?:,|\s(?:och|samt|og|and)\s)", between):
            return False
        if len(between) > _LONGEST_TITLE:
            return False
    return _acts(text, replace(people[-1], title_start=1, start=1, title=None))


def _add(
    found: dict[str, SpeakerFound], person: Person, sentence: Sentence, certainty: Certainty
) -> None:
    key = person.name.casefold()
    if key in found:
        if found[key].speaker.title is None and person.title:
            known = found[key]
            found[key] = SpeakerFound(
                speaker=Speaker(name=known.speaker.name, title=person.title),
                lines=known.lines,
                text=known.text,
                certainty=known.certainty,
            )
        return
    start = min(person.start, person.title_start or person.start)
    end = max(person.end, person.title_end)
    found[key] = SpeakerFound(
        speaker=Speaker(name=person.name, title=person.title),
        lines=sentence.lines(start, end),
        text=sentence.text[start:end].strip(" ,;"),
        certainty=certainty,
    )
