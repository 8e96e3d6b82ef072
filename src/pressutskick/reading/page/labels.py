"""Labels: `Tid:`, `Var och när`, `- WHEN :*`, and the sections that a label or heading opens.

A label's words are looked up one by one, so that `Tid, plats och anmälan` means all three and a
label that nobody thought of (`Lokal för pressträffen:`) still says what it is about. What a label
with unknown words means is left to those who look at its value.
"""

import re
from dataclasses import dataclass
from functools import cache

from pressutskick.reading.page.labelwords import NUMBER_WORDS, Meaning, is_label_like, meanings_of
from pressutskick.reading.page.units import Unit
from pressutskick.reading.spots.dates import find_dates

#: The spelling that a label has inside a paragraph, where only these are trusted.
_INLINE = (
    "Tid och plats|Plats och tid|Dag och tid|Datum och tid|Datum & Tid|Tid|Tidpunkt|När|Datum|Dag|"
    "Plats|Var|Lokal|Adress|Samling|Mötesrum|Sammanträdesrum|Anmälan|Föranmälan|OSA|O\\.s\\.a\\.?|"
    "Kontakt|Kontaktperson(?:er)?|Presskontakt|Upplysningar|Information|Medverkande|Medverkar|"
    "Deltagare|Talare|Program|Frågor|Ytterligare upplysningar|Tidspunkt|Når|Sted|Hvor|Påmelding|"
    "Tilmelding|Kontaktinfo|Pressekontakt|Oppmøte|WHO|WHAT|WHEN|WHERE|WHY|RSVP|NOTE|PARKING|"
    "WEBCAST|Time|Date|Venue|Where|When|Location|Enquiries|Contact|OBS|"
    "För (?:mer|ytterligare|vidare) information[^:.]{0,60}|Vid frågor[^:.]{0,40}|"
    "For (?:more|further) information[^:.]{0,40}|(?:Yderligere|Ytterligere) op?plysninger"
)


#: What a label without a colon may promise: `Plats – Folkets hus`.
_FACTS = frozenset(
    {
        Meaning.WHEN,
        Meaning.PLACE,
        Meaning.GATHERING,
        Meaning.SPEAKERS,
        Meaning.RSVP,
        Meaning.DEADLINE,
    }
)


#: What a label may promise that a careless writer begins small: `när: …`, `vilka: …`.
_SMALL = _FACTS | {Meaning.TOPIC, Meaning.CONTACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a unit under one label. `own` tells a label that stands on this very passage
    from one that an earlier line or heading lends it; `text` leaves the label out.
    """  # noqa: D205

    unit: Unit
    start: int
    end: int
    index: int
    label: str | None = None
    label_lines: tuple[int, int] | None = None
    meanings: frozenset[Meaning] = frozenset()
    own: bool = False
    is_empty: bool = False

    @property
    def text(self) -> str:
        """The words without the label."""
        return self.unit.text[self.start : self.end]

    def lines(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """First and last line of a part of `text`."""
        stop = self.end if end is None else self.start + end
        return self.unit.lines(self.start + start, stop)

    def says(self, *meanings: Meaning) -> bool:
        """Whether it stands under a label with one of the meanings."""
        return not self.meanings.isdisjoint(meanings)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "start": re.compile(r"([^\W\d_][^:|@\n]{0,70}?)\s?:(?!//|[ae]\b)\s*(?!\d\d\b)"),
        "asked": re.compile(
            r"([^\W\d_]\w+(?: (?:och|og|and) \w+)?(?: (?:är|er|is) (?:det|it))?)\s?\?\s+(?=\S)"
        ),
        "dashed": re.compile(r"([^\W\d_][^:|@\n.,–—-]{1,24}?)\s[–—-]\s(?=\S)"),
        "bare": re.compile(
            r"(Tid|Datum|Plats|När|Var|Tidspunkt|Sted|Når|Hvor|When|Where|Time|Date|WHEN|WHERE)"
            r"\s+(?=[A-ZÅÄÖÆØ0-9]|kl|[mtolsf]\w{3,5}dag)"
        ),
        "inline": re.compile(
            rf"(?:(?<=[.!?)\w]\s)|(?<=[a-zåäöæø\d).]))({_INLINE})\s?:(?!//)\s?(?=\S|$)"
        ),
        "after stop": re.compile(r"(?<=[.!?)]\s)([A-ZÅÄÖÆØ][\w ]{1,30}?)\s?:(?!//)\s(?=\S)"),
        "status": re.compile(
            r"(?:(?:ny|nytt|ändrad|ändrat|new|changed|ny|endret|ændret)\s(?:tid|datum|dag|plats|time|date|venue|dato|tidspunkt|sted)|"
            r"(?:time|date|venue|room|schedule) change|tidsändring|platsändring)",
            re.IGNORECASE,
        ),
    }


def cut_labels(unit: Unit) -> list[tuple[str | None, int, int]]:
    """(label, start of the value, end) for each label of a unit."""
    text, patterns = unit.text, _patterns()
    cuts: list[tuple[int, int, str | None]] = [(0, 0, None)]
    first = patterns["start"].match(text)
    bare, asked = patterns["bare"].match(text), patterns["asked"].match(text)
    dashed = patterns["dashed"].match(text)
    if first and _is_label(first[1]):
        cuts = [(0, first.end(), first[1])]
    elif asked and is_label_like(asked[1]):
        cuts = [(0, asked.end(), asked[1])]
    elif dashed and is_label_like(dashed[1]) and meanings_of(dashed[1]) <= _FACTS:
        cuts = [(0, dashed.end(), dashed[1])]
    elif bare:
        cuts = [(0, bare.end(), bare[1])]
    for match in patterns["inline"].finditer(text, cuts[0][1]):
        cuts.append((match.start(), match.end(), match[1]))
    for match in patterns["after stop"].finditer(text, cuts[0][1]):
        if is_label_like(match[1]) and all(match.end() != end for _, end, _ in cuts):
            cuts.append((match.start(1), match.end(), match[1]))
    cuts.sort(key=lambda cut: cut[0])
    if cuts[0][2] is None and len(cuts) > 1 and not text[: cuts[1][0]].strip():
        cuts.pop(0)
    ends = [cut[0] for cut in cuts[1:]] + [len(text)]
    return [(label, start, end) for (_, start, label), end in zip(cuts, ends, strict=True)]


def _is_label(words: str) -> bool:
    """A label is short, begins large, and is no sentence."""
    if words.casefold().split()[-1].rstrip(".") in NUMBER_WORDS:
        return False
    if _tells_day(words) or _is_status(words):
        return False
    is_small = words[0].islower() and not (is_label_like(words) and meanings_of(words) <= _SMALL)
    if len(words) > 60 or len(words.split()) > 8 or is_small:
        return False
    if re.search(r"[.!?]\s|[,;]\s.*[,;]", words):
        return False
    return len(words) <= 34 or bool(meanings_of(words)) or words.isupper()


def _tells_day(words: str) -> bool:
    """`Pressinbjudan 14 mars: …`: a heading that names a day, not a label."""
    if not any(c.isdigit() for c in words) or meanings_of(words):
        return False
    return any(one.relation is None for one in find_dates(words))


def _is_status(words: str) -> bool:
    """`TIME CHANGE: …`, `Ny tid: …` before a heading say what became of the event."""
    return _patterns()["status"].fullmatch(words.strip()) is not None
