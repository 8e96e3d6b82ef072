"""The sentences of a text that ask for registration.

They tell that there is one; where to register is judged by learnt weights.
"""

import re
from functools import cache, lru_cache

from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background
from pressutskick.reading.wording import REMEMBERED


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


@lru_cache(maxsize=REMEMBERED)
def asks(text: str) -> bool:
    """Whether the words ask for registration."""
    return _patterns()["asks"].search(text) is not None


@lru_cache(maxsize=REMEMBERED)
def is_refused(text: str) -> bool:
    """Whether the words say that nobody need register, or speak of tickets, pictures or crimes."""
    return _patterns()["not"].search(text) is not None


def find_requests(page: Page) -> tuple[Sentence, ...]:
    """The sentences that ask for registration, and the lines of a section of it."""
    return tuple(
        sentence
        for sentence in page.sentences()
        if not page.is_title(sentence.passage) and is_request(sentence)
    )


def is_request(sentence: Sentence) -> bool:
    """Whether a sentence asks for registration, or stands under a label of it."""
    if is_background(sentence.passage):
        return False
    passage, patterns = sentence.passage, _patterns()
    if is_refused(sentence.text) or patterns["questions"].match(sentence.text):
        return False
    # `ackreditering@example.org` asks for nothing
    text = re.sub(r"[\w.+-]{1,64}@", "@", sentence.text)
    labelled = passage.own and passage.says(Meaning.RSVP, Meaning.DEADLINE)
    return labelled or asks(text)
