"""The stretches of a text that ask for registration, and what can be reached from each.

An address is the RSVP's only where words of registration stand beside it; an e-mail for tickets,
pictures or questions is not.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.reach import Reach, Way, find_reaches
from pressutskick.reading.spots.titles import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A stretch that asks for registration: its sentence, and what can be reached from it."""

    sentence: Sentence
    score: float
    reaches: tuple[Reach, ...] = ()
    people: tuple[Person, ...] = ()

    def first(self, way: Way) -> Reach | None:
        """Its first number or address of a kind."""
        return next((one for one in self.reaches if one.way is way), None)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "asks": re.compile(
            r"\b(?:för|pre|press|medie)?anmäl(?!t|ts|de|da|d\b|ningsplikt|ningar)\w*|\bo\.?\s?s\.?\s?a\b\.?:?|\brsvp\b|\br\.s\.v\.p|"
            r"\bmeddela\w*\b.{0,90}(?:komm|delta|redaktion|närvar|besök)|(?:skriv|skicka|slå) (?:en|ett) (?:rad|mejl|mail|signal)\b.{0,40}(?:om|att) (?:du|ni|i) (?:komm|vill)|"
            r"\bhör(?:a)? av (?:dig|er|sig)\b(?=.{0,40}(?:till|på|i förväg|om|@))|\bge sig till känna|"
            r"\bpåmeld\w*|\bmelde?r? (?:deg|fra|seg|dere)\b|\btilmeld\w*|\bmelde? sig til\b(?!.{0,20}recept)|"
            r"\b(?:akkrediter|ackrediter)(?:a|ing|ingen|ar|er|e)?\b(?!\s?(?:journalist|medi))|\baccreditation\b|"
            r"\bregister(?:ation)?\b|\bregistrer\w*|\bsign up\b|\blet us know\b|\bsäg till (?:om|att)\b|\bsäg gärna till\b.{0,80}\bom (?:du|ni)\b|\bboka (?:plats|din plats)\b|"
            r"\b(?:wish(?:es|ing)?|plan(?:s|ning)?|intend(?:s|ing)?|want(?:s|ing)?|would like) to (?:attend|participate|join|take part|cover)\b|"
            r"\bbehöver vi (?:få )?(?:era |ditt )?(?:namn|uppgifter)\w*\b.{0,40}\b(?:kommer|deltar|besöker)|"
            r"\b(?:vill|behöver) (?:vi )?(?:gärna )?veta (?:om|att|hur många|vilka)\b.{0,60}\b(?:kommer|deltar|komma|delta)|"
            r"\bsvara på (?:det här |detta )?(?:mejlet|mailet|mejl|mail)\b|"
            r"\bvia länk\b.{0,20}\b(?:mejla|maila|kontakta|ring)\b|"
            r"\bpress(?:biljett|plats)\w* (?:beställs|bokas|reserveras|hämtas)\b|"
            r"\bhälsa (?:gärna )?(?:till oss )?att (?:du|ni|i) kommer\b|"
            r"\b(?:som )?(?:vill|önskar) (?:du |ni )?(?:delta|närvara|vara med|komma|följa med)\b(?=.{0,80}(?:@|hör av|kontakt|mejla|ring))|"
            r"\b(?:ønsker|vil) (?:å )?(?:delta|deltage)\b(?=.{0,80}@)|"
            r"\b(?:länk|inloggning|lenke|link)\w*\b.{0,40}\b(?:får|fås|skickas|lämnas|sendes|fås)\b.{0,60}(?:mejla|maila|kontakta|skriva|@)|"
            r"\b(?:mejla|maila|ring|skriv|skicka|svara|kontakta|sms:?a)\b.{0,140}\b(?:senast|före|innan) (?!pressträffen|presskonf|mötet|visningen)|"
            r"\b(?:meddela|säg till|svara)\b.{0,80}@|\bansök(?:an|ningar)?\b.{0,30}\b(?:görs|via|om (?:ackr|plats)|på|senast|stänger)\b|"
            r"\bbiljett\w*\s(?:till|för)\s(?:press|medie).{0,60}\b(?:hos|via|genom|@)|"
            r"\banmälningar (?:tas emot|görs|skickas|sänds|mejlas)\b|\bgir? (?:\w+ )?beskjed\b|\bgive? (?:\w+ )?besked\b|\bsvara? senast|\bapplies\b|\bsvar udbedes|\bbekräfta\w*\b.{0,40}(?:delta|närvar|komm)",
            flags,
        ),
        "else": re.compile(r"intervju|frågor|bilder|veta mer|interview|questions|spørsmål", flags),
        "questions": re.compile(
            r"(?:har du |har ni )?(?:eventuella |övriga )?(?:frågor|spørsmål|questions)\b", flags
        ),
        "not": re.compile(
            r"hör(?:a)? av (?:dig|er)\b.{0,60}(?:intervju|pratstund|frågor|bilder)|"
            r"nej,|behövs (?:inte|ej)|krävs (?:inte|ej)|not required|ingen (?:för)?anmälan|anmälan (?:behövs|krävs) (?:ej|inte)|inte anmäla|ikke nødvendig|ingen påmelding|no registration|"
            r"(?<!pressbiljetter )(?<!pressplatser )beställ\w* (?!länk|inlogg|plats)|(?<!press)biljett(?!\w*\s(?:till|för)\s(?:press|medie))|pressbilder|billed|bildsignal|anmälan (?:har )?stängt|polisanmäl|anmäld(?:a|e)?\b (?:brott|fall)",
            flags,
        ),
    }


def asks(text: str) -> bool:
    """Whether the words ask for registration."""
    return _patterns()["asks"].search(text) is not None


def find_sources(page: Page) -> tuple[Source, ...]:
    """Sentences that ask, and the lines of an RSVP section."""
    found: list[Source] = []
    sentences = list(page.sentences())
    for number, sentence in enumerate(sentences):
        passage = sentence.passage
        if is_background(passage) or page.is_title(passage):
            continue
        score = _weight(sentence)
        if score is None or (number and _asks_else(sentences[number - 1], sentence)):
            continue
        reaches = _reaches_of(sentence)
        people = _people_of(sentence, reaches)
        if not any(r.way in (Way.EMAIL, Way.PHONE, Way.MASKED) for r in reaches):
            reaches += _reaches_after(sentences, number)
        found.append(Source(sentence=sentence, score=score, reaches=reaches, people=people))
    return tuple(found)


def _asks_else(before: Sentence, sentence: Sentence) -> bool:
    """`Vill du boka intervju? Hör av dig till …`: for something else than to come."""
    return (
        before.passage.index == sentence.passage.index
        and before.text.rstrip().endswith("?")
        and _patterns()["else"].search(before.text) is not None
    )


def _people_of(sentence: Sentence, reaches: tuple[Reach, ...]) -> tuple[Person, ...]:
    """Who is named to register with: in the very sentence, or alone on a line of the section."""
    text = sentence.text
    people = find_people(text, weak=sentence.passage.says(Meaning.RSVP))
    if reaches or _patterns()["asks"].search(text):
        return people
    return people if people and len(text) < 90 and people[0].start == 0 else ()


def _weight(sentence: Sentence) -> float | None:
    """How plainly the sentence asks for registration; None where it does not."""
    passage, patterns = sentence.passage, _patterns()
    if patterns["not"].search(sentence.text) or patterns["questions"].match(sentence.text):
        return None
    # `ackreditering@example.org` asks for nothing
    text = re.sub(r"[\w.+-]{1,64}@", "@", sentence.text)
    is_own = passage.own and bool(passage.label) and not passage.says(Meaning.CONTACT)
    asks = patterns["asks"].search(text) or (
        patterns["asks"].search(passage.label or "") if is_own else None
    )
    labelled = passage.says(Meaning.RSVP, Meaning.DEADLINE)
    if passage.says(Meaning.CONTACT) and not labelled:
        label = passage.label or ""
        is_question = label.casefold().startswith(("frågor", "spørsmål", "questions"))
        in_label = passage.own and not is_question and patterns["asks"].search(label)
        return 4.0 if asks or in_label else None
    if not asks and not labelled:
        return None
    return (4.0 if asks else 0.0) + (5.0 if labelled and passage.own else 3.0 if labelled else 0.0)


def _reaches_of(sentence: Sentence) -> tuple[Reach, ...]:
    """Not those that stand after words of questions or pictures in the same sentence."""
    return find_reaches(sentence.text)


def _reaches_after(sentences: list[Sentence], number: int) -> tuple[Reach, ...]:
    """The next sentence of the same passage, or the next line of the paragraph, has the address.

    Offsets are those of another sentence, so only the values may be used.
    """
    here = sentences[number]
    leads = here.text.rstrip().endswith(":") and not here.passage.says(Meaning.RSVP)
    for following in sentences[number + 1 : number + 3]:
        near = following.passage.unit.paragraph - here.passage.unit.paragraph <= 1
        if not near or following.passage.says(Meaning.CONTACT, Meaning.SPEAKERS):
            break
        ways = (Way.EMAIL, Way.MASKED, Way.PHONE) if leads else (Way.EMAIL, Way.MASKED)
        reaches = [r for r in find_reaches(following.text) if r.way in ways]
        if reaches and (
            leads
            or re.match(
                r"(?:mejla|skriv|hör av|skicka|ring|kontakta|mail|e-?post|(?:please\s)?(?:send|e-?mail|write|contact)\b|epost|till|du (?:når|gör)|det gör|namn)|\S+@",
                following.text.strip(),
                re.IGNORECASE,
            )
        ):
            return tuple(replace(r, start=0, end=len(here.text)) for r in reaches)
    return ()
