"""Notes for the newsroom: pictures and interviews, and who is let in on what condition."""

import re
from dataclasses import dataclass
from functools import cache

from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page, Sentence, is_background

#: A short line of the programme, `10.15 Fika och intervjuer`, says no more where it is repeated.
_PROGRAM_LINE = re.compile(r"(?:kl(?:\.|ockan)?\s*)?\d{1,2}[.:]\d\d\b.{0,30}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFound:
    """A sentence, verbatim, and where it stands."""

    text: str
    lines: tuple[int, int]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "photo": re.compile(
            r"fototillfälle|bildtillfälle|fotografera|filma\b|foto och|filmning|egna (?:intervjuer|samtal|frågor)|enskilda intervjuer|"
            r"(?:göra|ges|finns|bokas?|gå att|tid för|möjlighet).{0,30}intervju|intervju(?:er|as)\b|pratstund|"
            r"photo|camera crews|b-roll|interviews?\b|fotograf(?:er)?\b.{0,40}(?:må|kan|skal)|tv-(?:team|hold)",
            flags,
        ),
        "entry": re.compile(
            r"press?e?(?:legitimation|kort|legitimasjon|\s?leg\b)|legitimera|legitimasjon|legitimation|press card|"
            r"press credentials|id-handling|accredited (?:media|press)|identity document|akkrediterte|personnummer",
            flags,
        ),
    }


def find_photo_note(page: Page) -> NoteFound | None:
    """The sentence on pictures and interviews."""
    return _find(page, "photo")


def find_entry_rule(page: Page) -> NoteFound | None:
    """The sentence on press cards or identity papers."""
    return _find(page, "entry")


def _find(page: Page, form: str) -> NoteFound | None:
    for sentence in page.sentences():
        if _may_hold(page, sentence) and _patterns()[form].search(sentence.text):
            text = sentence.text.strip()
            if len(text) <= 400 and not (form == "photo" and _PROGRAM_LINE.match(text)):
                return NoteFound(text=text, lines=sentence.lines())
    return None


def _may_hold(page: Page, sentence: Sentence) -> bool:
    passage = sentence.passage
    return not (
        is_background(passage)
        or page.is_title(passage)
        or passage.says(Meaning.CONTACT, Meaning.SPEAKERS)
    )
