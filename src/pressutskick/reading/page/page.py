"""The text as the readers get it: lines, passages, title and anchor, with the chrome taken out.

Chrome is what a newsroom's web page prints around a text: skip links, `Dela`, `Ämnen`, a heading
twice. It is known by its words and by standing alone on its line.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.lines import Line, read_lines
from pressutskick.reading.page.sections import split_passages
from pressutskick.reading.page.units import Unit, build_units

#: A newsroom's own words on a line are fewer.
_CHROME_LINE = 160
#: Longer than any sentence that was written to be read.
_LONGEST = 1500
_CHROME = """
gå direkt till innehåll|gå till innehåll|gå til hovedinnhold|gå videre til innhold|gå til innhold|
gå til indhold|gå direkte til indhold|hoppa till innehåll|hoppa till huvudinnehåll|hopp til innhold|
skip to main content|skip to content|skip navigation|till innehållet|till startsidan|
dela|del|share|share this|dela sidan|dela på facebook|dela på linkedin|dela på x|skriv ut|print|lyssna|
tweet|facebook|twitter|linkedin|tipsa|kopiera länk|copy link|
pressmeddelande|pressmeddelanden|pressemelding|pressemeldinger|pressemeddelelse|pressemeddelelser|
press release|press releases|nyhet|nyheter|nyhetsrum|newsroom|pressrum|evenemang|event|events|
för omedelbar publicering|for immediate release|news release|
ämnen|ämne|kategorier|kategori|regioner|region|taggar|tags|nyckelord|emner|emneord|topics|categories|
dokument & länkar|dokument och länkar|länkar|dokument|bilder|bild|images|media|filer|
relaterat innehåll|relaterade länkar|relaterat|läs mer|visa mer|connect with us|follow us|följ oss i sociala medier|håll kontakten|visa alla|se alla|
ladda ned bild|ladda ner bild|ladda ner|ladda ned|last ned|download|laddar...|laddar|loading...|
null|undefined|report this content|rapportera innehållet|följ|följ oss|prenumerera|subscribe|
historisk arkiv|arkiv|tillbaka|stäng|meny|sök|cookies|acceptera cookies|acceptera alla|
vi använder cookies|nödvändiga kakor|hantera cookies|publicerad|publisert|datum|
startsida|start|hem|home|sida 1 av 1|senaste nytt|bilagor|bifogade filer|senast uppdaterad
"""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "chrome": re.compile(
            r"(?:senast (?:uppdaterad|ändrad)|sidansvarig|sist (?:oppdatert|endra|endret)|sidst opdateret|last updated|"
            r"publisert under|utgiver|avsändare|denne sides indhold|innholdet er mer enn|"
            r"denna webbplats använder|vi använder (?:kakor|cookies)|this (?:site|website) uses cookies|"
            r"(?:ladda ne[rd]|last ned|download)\s.{0,40}(?:bild|bilde|pdf|image)|"
            r"sök på \S+|sida \d+ av \d+|page \d+ of \d+|©|copyright\b|dela (?:på|via|artikeln|sidan)).{0,120}",
            re.IGNORECASE,
        ),
        "platform": re.compile(
            r"(?:press(?:meddelanden?|emelding|emeddelelser?| release))\s*[-–•|:]?", re.IGNORECASE
        ),
        "sentence": re.compile(
            # `Anna Berg, kommunikatör. Tel. 031-…` goes on
            r"[.!?…]['\")”’]?\s+(?=[\"'(”“]?[A-ZÅÄÖÆØÉ])(?!(?:Tel|Tfn|Tlf|Mob|Mobil|Telefon|E-?post|Mejl|Mail|E-?mail|Phone)\b[.:]?\s*[\d+(]|(?:E-?post|Mejl|Mail|E-?mail)\b[.:]?\s*\S+@)|(?<=[a-zåäöæø]{3})[.!?](?=[A-ZÅÄÖÆØ][a-zåäöæø]+\s)"
        ),
        "abbreviation": re.compile(
            r"(?:^|[\s(])(?:kl|ca|tel|tlf|tfn|nr|bl\.a|t\.ex|d|f|m|s|st|t|tf|dr|mr|mrs|ms|gov|prof|"
            r"sen|rep|dept|inkl|exkl|resp|alt|ev|o\.s\.a|vedr|str|gt|h|h\.k\.h|[A-ZÅÄÖ]|fr\.o\.m|"
            r"t\.o\.m|jan|feb|aug|sept|okt|oct|nov|dec)$",
            re.IGNORECASE,
        ),
    }


#: The head of a mail that was passed on: `Från: …`, `Skickat: …`.
_ENVELOPE = re.compile(
    r"(?:från|skickat|till|kopia|svar till|fra|sendt|til|from|sent|to|cc|date)\s?:(?:\s|$)"
    r"|-{2,}\s?(?:ursprungligt meddelande|vidarebefordrat|original message|forwarded message|opprinnelig melding|oprindelig meddelelse).{0,60}",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:ämne|subject|emne)\s?:", re.IGNORECASE)
#: So many lines of a head stand together at least.
_HEAD = 2


@cache
def _chrome_words() -> frozenset[str]:
    return frozenset(word.strip() for word in _CHROME.replace("\n", "").split("|"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a passage: `start` counts from the passage's first character."""

    passage: Passage
    start: int
    text: str

    def lines(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """First and last line of a part of `text`."""
        stop = self.start + (len(self.text) if end is None else end)
        return self.passage.lines(self.start + start, stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the readers look at.

    `anchor` is the day that dates without a year are seen from: the stamp's, where `has_stamp`,
    else the reader's own.
    """

    lines: tuple[Line, ...]
    chrome: frozenset[int]
    units: tuple[Unit, ...]
    passages: tuple[Passage, ...]
    anchor: dt.date
    has_stamp: bool
    title: Unit | None = None

    def is_title(self, passage: Passage) -> bool:
        """Whether the passage is the title, or the title printed again."""
        if self.title is None or (passage.own and passage.meanings - {Meaning.OTHER}):
            return False
        return passage.unit is self.title or passage.unit.text == self.title.text

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence of every passage that holds words, in order."""
        for passage in self.passages:
            if not passage.is_empty:
                yield from split_sentences(passage)


#: `Hem / Nyhetsrum / Pressinbjudan`: where on a web site a page lies.
_PATH = re.compile(
    r"[^/>»›|,;:.@\d]{2,30}(?:\s[/>»›]\s[^/>»›|,;:@\d]{2,30}){2,}(?:\s[/>»›]\s[\d.-]{8,10})?"
)


def is_chrome(text: str) -> bool:
    """Whether a line, alone, is a newsroom's own and no part of the release."""
    if _PATH.fullmatch(text):
        return True
    folded = text.casefold().strip(" :-–•|·>")
    return folded in _chrome_words() or _patterns()["chrome"].fullmatch(text) is not None


def find_chrome(lines: tuple[Line, ...], stamp_lines: frozenset[int]) -> frozenset[int]:
    """The numbers of the lines that are chrome, or hold nothing but the stamp."""
    return (
        stamp_lines
        | _find_envelopes(lines)
        | frozenset(
            line.number
            for line in lines
            if line.text and len(line.text) < _CHROME_LINE and is_chrome(line.text)
        )
    )


def _find_envelopes(lines: tuple[Line, ...]) -> frozenset[int]:
    """The lines of the heads of mails, where two or more stand together; not their subjects."""
    found: set[int] = set()
    block: list[Line] = []
    for line in (*lines, Line(number=0, raw="", text="")):
        if line.text and (_ENVELOPE.match(line.text) or _SUBJECT.match(line.text)):
            block.append(line)
            continue
        heads = [one.number for one in block if _ENVELOPE.match(one.text)]
        found |= set(heads if len(heads) >= _HEAD else ())
        block = []
    return frozenset(found)


def lay_out(
    text: str, *, stamp_lines: frozenset[int], lines: tuple[Line, ...] | None = None
) -> tuple[tuple[Line, ...], frozenset[int], tuple[Unit, ...]]:
    """Lines, chrome and units of a text."""
    lines = lines or read_lines(text)
    chrome = find_chrome(lines, stamp_lines)
    kept = tuple(replace(line, text="") if line.number in chrome else line for line in lines)
    return lines, chrome, build_units(kept)


def make_page(text: str, *, stamp_lines: frozenset[int], anchor: dt.date, has_stamp: bool) -> Page:
    """The page of `text`, still without its title."""
    lines, chrome, units = lay_out(text, stamp_lines=stamp_lines)
    return Page(
        lines=lines,
        chrome=chrome,
        units=units,
        passages=split_passages(units, chrome),
        anchor=anchor,
        has_stamp=has_stamp,
    )


def split_sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage; `kl. 13`, `tf. chef` and `26. mars` do not end one.

    None is longer than `_LONGEST`, so that looking around in it costs little.
    """
    text, start = passage.text, 0
    for end, following in _ends(text):
        while end - start > _LONGEST:
            yield Sentence(passage=passage, start=start, text=text[start : start + _LONGEST])
            start += _LONGEST
        if text[start:end].strip():
            yield Sentence(passage=passage, start=start, text=text[start:end].rstrip())
        start = following


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence ends and the next one begins."""
    for match in _patterns()["sentence"].finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        if text[match.start()] == "." and _patterns()["abbreviation"].search(before):
            continue
        yield match.start() + 1, match.end()
    yield len(text), len(text)


def is_background(passage: Passage) -> bool:
    """Whether it tells about the sender, not about the event."""
    return passage.says(Meaning.ABOUT, Meaning.PUBLISHED)
