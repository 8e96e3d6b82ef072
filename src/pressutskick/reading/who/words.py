"""The words around a contact: desks, roles, employers, and what is no name."""

import re
from functools import cache

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import meanings_of
from pressutskick.reading.spots.personwords import is_title_word
from pressutskick.reading.spots.titles import Person
from pressutskick.reading.who.drafts import ContactFound
from pressutskick.recipients.naming.firstnames import FIRST_NAMES

LONGEST_NAME = 70


@cache
def contact_patterns() -> dict[str, re.Pattern[str]]:
    """The words of contacts by what they tell."""
    flags = re.IGNORECASE
    return {
        "rsvp": re.compile(
            r"anmäl|o\.?s\.?a\b|\brsvp\b|vill (?:gärna )?veta (?:om|att|hur|vilka)|påmelding|tilmelding|akkrediter|ackrediter|hör av (?:dig|er)|meddela|skriv en rad|"
            r"melde? fra|signal",
            flags,
        ),
        "contact": re.compile(
            r"frågor|information|upplysning|opplysning|oplysning|kontakta?\b|spørsmål|contact|enquir|questions|intervju|"
            r"nås på|reserve",
            flags,
        ),
        "desk": re.compile(
            r"(?:press|medi)(?:e|a)?\w*(?:jour|tjänst|telefon|num(?:mer|ret)|vakt|central|rum|avdelning|desk|service|tjeneste)\w*|"
            r"kommunikationscentral|media ?(?:desk|relations|office)|press office|pressekretariat|kundtjänst|jouren\b|"
            r"presskontakt\s[A-ZÅÄÖ]",
            flags,
        ),
        "desk in prose": re.compile(
            r"((?:[\wåäöæø-]{3,30}s\s)?(?:press|medie|media)(?:jour|tjänst|telefon|nummer|numret|vakt|central|avdelning|desk|service|tjeneste|enhet)\w*)"
            r"\W*(?:på|via|tel\w*|tfn|tlf|nås|har|nummer|numret|är|:|,|\s)*$",
            flags,
        ),
        "called": re.compile(
            r"\b(?i:kontakta|ring|mejla|maila|hör av (?:dig|er) till|nås|når du|når ni|ringa|contact|call)\s(?:då\s|gärna\s)?([A-ZÅÄÖÆØ][\wé-]+)\b(?!\s[A-ZÅÄÖÆØ])"
        ),
        "filler": re.compile(
            r"\b(?:tele?fon(?:nummer)?|te\.?l|tel|tfn|tlf|mob(?:il|ile)?(?:telefon)?|mobiltlf|office|direct|direkt|e-?post(?:adress)?|"
            r"e-?mail|mail|mejl|phone|cell|växel|fax|via|på|at|or|eller|och|og|and|alt|nr|sms|kontakta|ring|nås|når du|når ni|når man|"
            r"kun redaksjoner|ikke)\b\.?:?|[|/(•·,;:–-]",
            flags,
        ),
        "reference": re.compile(
            r"^.{0,60}\b(?:hänvisas till|besvaras av|ställs till|rettes til|kontaktar?|ring(?:er)?|av|contact)\s(?=\S)",
            flags,
        ),
        "role": re.compile(
            r"(?:press(?:e)?(?:kontakt(?:er)?|ansvarig|ansvarlig)|kontaktperson(?:er)?|media contacts?)\b[\s:,]*",
            flags,
        ),
        "pictures": re.compile(
            r"\s(?:för|for)\s(?:\w+\s)?(?:press)?(?:bilder|foton|billeder|images|photos)\b", flags
        ),
    }


def is_person(found: ContactFound) -> bool:
    """Somebody with a known first name is kept even where no number survived."""
    first = (found.name or "").split(" ")[0].casefold()
    return not found.is_desk and (first in FIRST_NAMES or first.split("-")[0] in FIRST_NAMES)


def desk_name(text: str) -> str:
    """The words of a desk without what they are followed by: `tel`, hours in brackets, signs."""
    plain = re.sub(r"\((?![A-ZÅÄÖ]{2,}\))[^)]*\)", " ", text)
    plain = contact_patterns()["reference"].sub("", plain)
    if not re.search(r"(?:press|media) office\W*$", plain, re.IGNORECASE):
        plain = re.sub(
            rf"(?:{contact_patterns()['filler'].pattern}|\s)+$", "", plain, flags=re.IGNORECASE
        )
    plain = re.sub(r"^\s*(?:vår[at]?|our|vores)\s", "", plain, flags=re.IGNORECASE)
    words = re.sub(r"\s+", " ", plain).strip(" .,:;–-")
    return words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME].rsplit(" ", 1)[0]


def is_titled(text: str) -> bool:
    """Whether a line is a title: one of its first words names an office."""
    return any(is_title_word(word) for word in text.split()[:5])


def organisation(passage: Passage, person: Person) -> str | None:
    """`Socialförvaltningen Centrum - Ulla-Karin Sjöberg`, `Sjöbevakningen: Mira Forsander`."""
    match = re.fullmatch(r"\W*([A-ZÅÄÖÆØ][^:@\d]{2,60}?)\s[-–|]\s", passage.text[: person.start])
    if match and not is_titled(match[1]):
        return match[1].strip()
    if passage.own and passage.label and person.start < 3 and not meanings_of(passage.label):
        return passage.label.strip()
    return None


def sentence_like(text: str) -> bool:
    """Whether it is a whole sentence, not a line of a block."""
    return len(text.split()) > 8 and text[-1:] in ".!?"
