"""Labels: `Tid:`, `Var och när`, `- WHEN :*`, and the sections that a label or heading opens.

A label's words are looked up one by one, so that `Tid, plats och anmälan` means all three and a
label that nobody thought of (`Lokal för pressträffen:`) still says what it is about. What a label
with unknown words means is left to those who look at its value.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from pressutskick.release.facts.clocks import find_clocks
from pressutskick.release.facts.dates import find_dates
from pressutskick.release.facts.lines import Unit
from pressutskick.release.facts.people import find_people, is_title_word
from pressutskick.release.facts.wording import words as word_set


class Meaning(Enum):
    """What a label promises."""

    WHEN = auto()
    PLACE = auto()
    GATHERING = auto()
    RSVP = auto()
    DEADLINE = auto()
    CONTACT = auto()
    SPEAKERS = auto()
    PROGRAM = auto()
    ONLINE = auto()
    PHOTO = auto()
    NOTE = auto()
    TOPIC = auto()
    ABOUT = auto()
    PUBLISHED = auto()
    EMBARGO = auto()
    #: A label or heading whose words say nothing to us.
    OTHER = auto()


#: A word of a label -> what it means. A trailing `*` stands for any ending, a leading one for any
#: beginning.
_WORDS = {
    Meaning.WHEN: """tid tider tidpunkt tidpunkter när datum dag dagar klockan klockslag starttid
        tidspunkt tidspunkter når dato hvornår time times when date dates day *tid *datum start""",
    Meaning.PLACE: """plats var lokal adress besöksadress sted stad hvor where venue location place
        address from lokale rum mötesrum sammanträdesrum sal *plats *lokal stedet lokalet""",
    Meaning.GATHERING: """samling samlas samlingsplats samlingstid oppmøte oppmøtetid oppmøtested
        mødested fremmøde insläpp *insläpp inpassering dörrar dørene doors dørene check-in gathering""",
    Meaning.RSVP: """anmälan föranmälan osa o.s.a osa. rsvp r.s.v.p påmelding påmeldinger tilmelding
        forhåndspåmelding ackreditering akkreditering accreditation registration anmäl föranmäl
        pressackreditering medieackreditering registrering svar""",
    Meaning.DEADLINE: """deadline frist svarsdatum anmälningsfrist påmeldingsfrist tilmeldingsfrist""",
    Meaning.CONTACT: """kontakt kontakta kontakter kontaktperson kontaktpersoner presskontakt
        presskontakter mediekontakt kontaktinformation kontaktinfo kontaktuppgifter kontaktpersonar
        frågor upplysningar upplysning oplysninger opplysninger information info pressekontakt
        pressekontakter pressekontaktar presseansvarlig contact contacts enquiries inquiries
        questions spørsmål spørgsmål kontaktperson presstjänst pressjour pressjouren
        kontaktpersonerna mediakontakt kontaktpersoner presstalesperson avsändare
        pressfrågor mediefrågor pressansvarig presservice pressupplysningar intervjuförfrågningar""",
    Meaning.SPEAKERS: """medverkande medverkar deltagare deltagande deltar närvarande talare *talare
        representanter who vem vilka hvem speaker speakers medvirkende deltakere deltakarar deltagere deltager
        paneldeltagare panel värdar värd talarna moderator moderatorer föreläsare
        talerne talere innledere participants panelists presenters ministrar gäster""",
    Meaning.PROGRAM: """program programmet agenda tidplan tidsplan schedule körschema hålltider
        programme kjøreplan dagordning upplägg""",
    Meaning.ONLINE: """länk webblänk webbsändning livestream webcast direktsändning stream sändning
        nett-tv livesändning digitalt online zoom teams""",
    Meaning.PHOTO: """foto fototillfälle fotografering bild bildtillfälle intervjuer intervju
        photo photos interviews fotografi bilder pressbilder interview""",
    Meaning.NOTE: """obs observera bemärk bemærk merk notera note nb praktisk praktiskt praktiska
        parkering parking presslegitimation legitimation pressekort presskort pris kostnad förtäring
        mat övrigt viktigt important säkerhet klädsel""",
    Meaning.TOPIC: """vad what hva hvad varför why hvorfor hur how hvordan details ämne ämnet tema
        topic bakgrund background about ärende""",
    Meaning.PUBLISHED: """publicerad publicerat publisert offentliggjort published released
        publiceringsdatum publicering""",
    Meaning.EMBARGO: """embargo embargo* sperrefrist sperret""",
}
#: Words that a label may hold without meaning anything by themselves.
_FILLERS = word_set(
    """och samt og and & / för till om i på vid av the of for til ved med med från den det de er
    mer more mere ytterligare yderligere ytterlegare vidare närmare information media medier press
    pressen pressens journalister redaktioner kontakta gärna pressträffen presskonferensen
    evenemanget mötet eventet invigningen event"""
)
_NUMBER_WORDS = word_set(
    """telefon telefonnummer tel te.l tfn tlf mobil mobile mobiltelefon mobiltlf e-post epost e-postadress mail mejl
    e-mail email phone office cell direkt fax växel webb webbplats web www hemsida facebook twitter
    instagram epost-adress sms"""
)
#: A day or clock no later than this in a value tells what the label is about.
_AT_ONCE = 4
_PLAIN_WORDS = word_set(
    "stad stads dag dagar from sal rum day time svar länk zoom teams online hur vad mat"
)
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
def _lexicon() -> tuple[dict[str, Meaning], tuple[tuple[str, Meaning], ...]]:
    exact: dict[str, Meaning] = {}
    endings: list[tuple[str, Meaning]] = []
    for meaning, words in _WORDS.items():
        for word in words.split():
            if word.startswith("*"):
                endings.append((word[1:], meaning))
            else:
                exact.setdefault(word.rstrip("*"), meaning)
    return exact, tuple(endings)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "start": re.compile(r"([^\W\d_][^:|@\n]{0,70}?)\s?:(?!//|[ae]\b)\s*(?!\d\d\b)"),
        "asked": re.compile(r"([^\W\d_]\w+(?: (?:och|og|and) \w+)?)\s?\?\s+(?=\S)"),
        "bare": re.compile(
            r"(Tid|Datum|Plats|När|Var|Tidspunkt|Sted|Når|Hvor|When|Where|Time|Date|WHEN|WHERE)"
            r"\s+(?=[A-ZÅÄÖÆØ0-9]|kl|[mtolsf]\w{3,5}dag)"
        ),
        "inline": re.compile(
            rf"(?:(?<=[.!?)\w]\s)|(?<=[a-zåäöæø\d).]))({_INLINE})\s?:(?!//)\s?(?=\S|$)"
        ),
        "words": re.compile(r"[\w.&/-]+"),
        "status": re.compile(
            r"(?:(?:ny|nytt|ändrad|ändrat|new|changed|ny|endret|ændret)\s(?:tid|datum|dag|plats|time|date|venue|dato|tidspunkt|sted)|"
            r"(?:time|date|venue|room|schedule) change|tidsändring|platsändring)",
            re.IGNORECASE,
        ),
    }


def meanings_of(label: str) -> frozenset[Meaning]:
    """What the words of a label promise; empty where none of them says anything."""
    exact, endings = _lexicon()
    found: list[Meaning] = []
    folded = label.casefold().strip(" :.-–*")
    if re.match(
        r"(för|vid|for|ved)\s.*(information|frågor|spørsmål|opplysninger|oplysninger)", folded
    ):
        return frozenset({Meaning.CONTACT})
    if re.match(r"(mer|more|ytterligare|yderligere|vidare|ytterligere)\s", folded):
        return (
            frozenset({Meaning.CONTACT})
            if re.search("info|upply|oply|opply", folded)
            else frozenset()
        )
    if re.match(r"(?:på plats|till? stede|on stage|i panelen)\b(?! och)", folded):
        return frozenset({Meaning.SPEAKERS})
    if re.match(r"om\s+\S", folded) or re.match(r"(about|om oss|fakta om)\b", folded):
        return frozenset({Meaning.ABOUT})
    words = _patterns()["words"].findall(folded)
    for word in words[:9]:
        word = word.strip(".-/&") if word not in exact else word  # noqa: PLW2901 - trimmed
        meaning = exact.get(word)
        if meaning is None and len(word) > 4:
            meaning = next((m for ending, m in endings if word.endswith(ending)), None)
        if meaning is not None:
            found.append(meaning)
    return _settled(found, words)


def _settled(found: list[Meaning], words: list[str]) -> frozenset[Meaning]:
    """One label's meanings; a leading word of contact or manner outranks what it is about."""
    if not found:
        return frozenset()
    if found[0] in (Meaning.CONTACT, Meaning.TOPIC, Meaning.NOTE, Meaning.SPEAKERS):
        return frozenset({found[0]})
    if words and words[0] in ("sista", "senast") and Meaning.RSVP not in found:
        return frozenset({Meaning.DEADLINE})
    return frozenset(found)


def is_label_like(label: str) -> bool:
    """Whether every word of `label` is a label word or a filler: a heading such as `Tid och plats`."""
    exact, endings = _lexicon()
    words = _patterns()["words"].findall(label.casefold())
    if not 0 < len(words) <= 6:
        return False
    known = [w in exact or any(len(w) > 4 and w.endswith(e) for e, _ in endings) for w in words]
    plain = [k or w in _FILLERS for k, w in zip(known, words, strict=True)]
    return any(known) and all(plain)


def is_plain_word(text: str) -> bool:
    """Whether `text` is a label word that, bare on its line, may as well be something else: the
    second line of `Göteborgs / Stad`.
    """  # noqa: D205
    return text.casefold().strip() in _PLAIN_WORDS


def split_passages(units: tuple[Unit, ...], breaks: frozenset[int]) -> tuple[Passage, ...]:
    """Every unit cut at its labels, each piece with what it stands under.

    `breaks` are line numbers (a web page's own headings) at which every section ends.
    """
    reader = _Sections()
    ahead = sorted(breaks, reverse=True)
    for number, unit in enumerate(units):
        while ahead and ahead[-1] < unit.first:
            ahead.pop()
            reader.close()
        following = units[number + 1] if number + 1 < len(units) else None
        reader.read(unit, following)
    return tuple(reader.passages)


class _Sections:
    """Walks the units and remembers which label or heading is in force."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.label: str | None = None
        self.label_lines: tuple[int, int] | None = None
        self.meanings: frozenset[Meaning] = frozenset()
        #: The last paragraph that a label reaches into; None: until another one.
        self.until: int | None = -1
        self.waiting = False
        #: The paragraph of the unit before this one.
        self.paragraph = 0

    def read(self, unit: Unit, following: Unit | None) -> None:
        """Adds the passages of the next unit."""
        pieces = _pieces(unit)
        if len(pieces) == 1 and pieces[0][0] is None:
            self._read_plain(unit, following)
        else:
            for label, start, end in pieces:
                if label is None:
                    self._add(unit, start, end)
                else:
                    self._read_labelled(unit, label, start, end)
        self.paragraph = unit.paragraph

    def _read_plain(self, unit: Unit, following: Unit | None) -> None:
        text = unit.text
        known = meanings_of(text) if len(text) < 70 else frozenset()
        if known and _opens_section(unit, known):
            self._open(text, known, unit, long=True)
            self._add(unit, len(text), len(text), empty=True, own=True)
            return
        if self._ends_with(unit, following):
            self.close()
        self._add(unit, 0, len(text))

    def _ends_with(self, unit: Unit, following: Unit | None) -> bool:
        """Whether a line without a label ends the section that is open."""
        begins = unit.paragraph > self.paragraph and not self.waiting
        heading = unit.is_heading or (begins and _looks_like_heading(unit, following))
        if self._holds_people() or Meaning.RSVP in self.meanings:
            if re.search(r"@|\d{2,} ?[-–] ?\d{2}|\d{3} \d\d|\d{7}", unit.text):
                return False
            if unit.is_heading or (heading and Meaning.RSVP in self.meanings):
                return not _names_somebody(unit.text)
            return _is_prose(unit.text) if self._holds_people() else False
        return heading

    def _read_labelled(self, unit: Unit, label: str, start: int, end: int) -> None:
        known = meanings_of(label)
        value = unit.text[start:end].strip()
        if not known or (known == {Meaning.ABOUT} and value and self._holds_people()):
            if self._holds_people() or value:
                # `Om bygget: Joakim …` among contacts; an unknown label over a value elsewhere
                meanings = self.meanings if self._holds_people() else _of_value(value)
                self._add(unit, start, end, label=label, meanings=meanings, own=True)
            else:
                self.close()
                self._add(unit, 0, end)
            return
        if value:
            self._open(
                label, known, unit, long=Meaning.CONTACT in known or Meaning.SPEAKERS in known
            )
            self._add(unit, start, end, own=True)
            self.waiting = False
            if not self._holds_people() and known != {Meaning.RSVP}:
                self.close()
            elif known in ({Meaning.SPEAKERS}, {Meaning.CONTACT}, {Meaning.RSVP}):
                self.until = None if value.endswith(":") else unit.paragraph
        else:
            self._open(label, known, unit, long=not known <= {Meaning.WHEN, Meaning.PLACE})
            self._add(unit, end, end, empty=True, own=True)

    def _open(self, label: str, meanings: frozenset[Meaning], unit: Unit, *, long: bool) -> None:
        self.label, self.meanings, self.label_lines = label.strip(" :"), meanings, unit.lines()
        both = {Meaning.WHEN, Meaning.PLACE} <= meanings
        self.until = None if long else unit.paragraph + (2 if both else 1)
        self.waiting = True

    def close(self) -> None:
        """No label is in force any more."""
        self.label, self.meanings, self.until, self.waiting = None, frozenset(), -1, False

    def _holds_people(self) -> bool:
        return not self.meanings.isdisjoint({Meaning.CONTACT, Meaning.SPEAKERS})

    def _add(
        self,
        unit: Unit,
        start: int,
        end: int,
        *,
        label: str | None = None,
        meanings: frozenset[Meaning] | None = None,
        own: bool = False,
        empty: bool = False,
    ) -> None:
        if self.until is not None and unit.paragraph > self.until:
            self.close()
        self.passages.append(
            Passage(
                unit=unit,
                start=start,
                end=end,
                index=len(self.passages),
                label=label or self.label,
                label_lines=unit.lines() if label else self.label_lines,
                meanings=self.meanings if meanings is None else meanings,
                own=own or (self.waiting and not empty),
                is_empty=empty,
            )
        )
        if not empty:
            self.waiting = False


def _of_value(value: str) -> frozenset[Meaning]:
    """What an unknown label means, by what stands after it: a day or a clock."""
    head = value[:40]
    times = [d.start for d in find_dates(head) if d.relation is None] + [
        c.at for c in find_clocks(head)
    ]
    if times and min(times) < _AT_ONCE:
        return frozenset({Meaning.WHEN, Meaning.OTHER})
    return frozenset({Meaning.OTHER})


def _pieces(unit: Unit) -> list[tuple[str | None, int, int]]:
    """(label, start of the value, end) for each label of a unit."""
    text, patterns = unit.text, _patterns()
    cuts: list[tuple[int, int, str | None]] = [(0, 0, None)]
    first = patterns["start"].match(text)
    bare, asked = patterns["bare"].match(text), patterns["asked"].match(text)
    if first and _is_label(first[1]):
        cuts = [(0, first.end(), first[1])]
    elif asked and is_label_like(asked[1]):
        cuts = [(0, asked.end(), asked[1])]
    elif bare:
        cuts = [(0, bare.end(), bare[1])]
    for match in patterns["inline"].finditer(text, cuts[0][1]):
        cuts.append((match.start(), match.end(), match[1]))
    if cuts[0][2] is None and len(cuts) > 1 and not text[: cuts[1][0]].strip():
        cuts.pop(0)
    ends = [cut[0] for cut in cuts[1:]] + [len(text)]
    return [(label, start, end) for (_, start, label), end in zip(cuts, ends, strict=True)]


def _is_label(words: str) -> bool:
    """A label is short, begins large, and is no sentence."""
    if words.casefold().split()[-1].rstrip(".") in _NUMBER_WORDS:
        return False
    if _tells_day(words) or _is_status(words):
        return False
    if len(words) > 60 or len(words.split()) > 8 or not (words[0].isupper() or words[0].isdigit()):
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


def _looks_like_heading(unit: Unit, following: Unit | None) -> bool:
    text = unit.text
    if unit.is_bullet or following is None or len(text) > 80 or len(unit.marks) > 1:
        return False
    alone = following.paragraph > unit.paragraph
    return alone and text[0].isupper() and text[-1] not in ".,;!?)" and "@" not in text


def _opens_section(unit: Unit, known: frozenset[Meaning]) -> bool:
    """Whether a line without a colon is a heading such as `Tid och plats`, `För mer information`."""
    text = unit.text
    if "," in text and not is_label_like(text):
        return False
    if unit.is_heading:
        return len(text) < 50 or is_label_like(text)
    if is_label_like(text):
        return not is_plain_word(text)
    people = {Meaning.CONTACT, Meaning.ABOUT}
    return (
        bool(known & people)
        and len(text) < 60
        and not re.search(r"\d|@|[.!?,]$", text)
        and _begins_as_label(text)
    )


def _begins_as_label(text: str) -> bool:
    exact, _ = _lexicon()
    first = text.split(maxsplit=1)[0].casefold()
    return first in exact or first in (
        "om",
        "about",
        "för",
        "for",
        "vid",
        "ved",
        "mer",
        "more",
        "ytterligare",
        "yderligere",
    )


def _names_somebody(text: str) -> bool:
    """A person or a title, as headings in a block of contacts have them."""
    return bool(find_people(text, weak=True)) or any(is_title_word(w) for w in text.split()[:4])


def _is_prose(text: str) -> bool:
    """A sentence or a farewell with nothing to reach anybody by: no part of a list of people."""
    if text.endswith("!"):
        return True
    if text[-1] not in ".?" or re.search(r"@|\d{2,}[ -]\d{2}", text):
        return False
    count = len(text.split())
    return count > 9 or (
        count > 4 and "," not in text and not any(p.is_known for p in find_people(text))
    )
