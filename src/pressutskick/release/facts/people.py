"""People in a text: names, and the titles beside them.

A name is a run of capitalised words that is neither a place, an authority, a title nor a day.
How sure that is depends on the company it keeps: a known first name, a title before or after,
a line of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pressutskick.release.facts.dates import month_numbers, weekday_numbers
from pressutskick.release.facts.firstnames import FIRST_NAMES
from pressutskick.release.facts.wording import REMEMBERED
from pressutskick.release.facts.wording import words as word_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name in `text[start:end]` with its title as written, and whether the name itself is sure
    (a known first name) or only its place in the line speaks for it.
    """  # noqa: D205

    name: str
    start: int
    end: int
    title: str | None = None
    #: Where the title stands; the same as the name's place where there is none.
    title_start: int = 0
    title_end: int = 0
    is_known: bool = False


#: Endings and whole words that make a word a title, in any of the four languages.
_TITLE_ENDINGS = (
    "architect engineer scientist artist author photographer researcher lecturer konsulent konsulenten medarbejder medarbeider rådmann ordfører fuldmægtig chef chefen sjef sjefen direktör direktören direktør direktøren minister ministern ministeren "
    "statsråd råd rådet ordförande ordföranden leder lederen ledare ledaren sekreterare sekreteraren sekretær "
    "sekretæren strateg strategen ansvarig ansvarige ansvarlig samordnare samordnaren "
    "kommunikatör kommunikatören kommunikatør informatör informatören rådgiver rådgiveren rådgivare "
    "rektor rektorn professor professorn lektor lektorn forskare forskaren forsker ingenjör "
    "ingenjören ingeniør åklagare åklagaren inspektör inspektören koordinator handläggare "
    "utredare utredaren producent producenten konstnär konstnären konstnärlig dirigent tonsättare "
    "tonsättaren författare författaren redaktör journalist kapten kaptenen kaptener kaptenerna "
    "general generalen amiral överste kommendör major majoren mästare kommissarie antikvarie "
    "bibliotekarie läkare läkaren överläkare veterinär ekolog biolog arkitekt arkitekten planerare "
    "trafikplanerare projektledare föreståndare intendent intendenten curator kurator borgmästare "
    "borgmester ordfører ordføreren byrådsmedlem borgarråd talesperson talsperson taleskvinne "
    "talesman talsman representant styrelseledamot ledamot grundare grundaren vd ceo cfo coo koncernchef "
    "förvaltare domare advokat jurist juristen analytiker ekonom ekonomen meteorolog glaciolog "
    "doktorand docent docenten president presidenten drottning kung prins prinsessa hertig "
    "landshövding landshövdingen biskop biskopen präst kyrkoherde kyrkoherden regissör "
    "skådespelare musiker artist sångare specialist specialisten konsult "
    "administratör assistent handledare pedagog lärare utvecklare rådsmedlem sekreter "
    "governor gov mayor councillor councilor alderman ordførar ordføraren byråd minister secretary commissioner director manager officer chair chairman chairwoman "
    "chairperson dean provost senator minister spokesperson spokeswoman spokesman superintendent "
    "editor coordinator advisor adviser harbormaster marshal sheriff chief captain ombudsman "
    "aren tören ssören jören lören nören isten ologen anten ikern erskan kocken arkeolog brandman poliser polismästare polisbefäl vinnare "
    "krögare kock stipendiat stipendiaten projektör rådsordförande lots kulturarbetare hovmarskalk "
    "företrädare moderator presstalesperson formand formanden statsminister fylkesmann "
    "departementsråd partner stabschef riksdagsledamot åkare tränare förbundskapten brandman "
    "polismästare insatsledare stationschef vicevärd kansliråd länsråd kommunalråd regionråd "
    "oppositionsråd nämndordförande barnmorska sjuksköterska undersköterska virolog epidemiolog"
)
_TITLE_ABBREVIATIONS = frozenset(
    {"vd", "gd", "dr", "prof", "gov", "mr", "mrs", "ms", "sen", "rep", "adm", "em-general"}
)
#: What may stand before a title's own noun and belongs to it.
_TITLE_LEADS = word_set(
    """tf t f tf. t.f. vice andre förste första tredje ställföreträdande biträdande konstnärlig
    konstnärlige administrativ regional teknisk politisk statlig verkställande nyutnämnd avgående
    tillträdande tidigare senior chief deputy acting interim executive assistant associate
    director president minister general lokal medicinsk kommunal ansvarig pressansvarig
    svenska norska danska skotska lokala politiske press faglig administrerende konstituert fungerande
    """
)
_TITLE_LINKS = word_set("för och og i av på for of and the till vid ved hos")

#: A word with one of these endings is a place, an authority or a thing, not part of a name.
_NOT_NAME_ENDINGS = (
    "gatan gata gate gaten gade vägen väg veien vej torget torg torv plan platsen plats allé allén "
    "gränd gränden stigen backen parken kajen bron verket styrelsen nämnden kommun kommuns "
    "kommunen förvaltningen huset hus salen sal skolan skola högskolan högskola universitet "
    "universitetet kontoret institutet institut museet museum teatern operan biblioteket "
    "bibliotek centrum center centret kyrkan kyrka slottet slott stationen arenan hallen "
    "förbundet förbund föreningen förening partiet fonden stiftelsen myndigheten bolaget "
    "sjukhuset sjukhus polisen kåren tjänsten centralen departementet departementets ministeriet "
    "ministeriets kommune direktoratet tilsynet foreningen etaten avdelningen enheten enhet sekretariatet "
    "kansliet veckan dagen dagarna mässan festivalen inbjudan träff träffen konferens konferensen visning "
    "mötet möte seminariet invigning invigningen utställningen projektet rapporten planen "
    "lunch frukost fika jour jouren pressjour presstjänst tjänst presstelefon pressetelefon pressekontakt presskontakt "
    "hamn hamnen bank banken kraft bygg fastighet kyrkogård flygplats förlag park garage teater "
    "entreprenad trafiken konsthall konsthallen stadshus stadshuset rådhuset bostäder energi fastigheter"
)
_NOT_NAMES = word_set(
    """stad stads staden stadens region regionen län läns länsstyrelsen kommun kommuns sverige
    sveriges norge norges danmark danmarks norden nordic europa eu new north south east west
    university department office center centre council county city state house school building
    college public media press service group agency authority institute bureau board committee
    the and for with this that kungliga kungl svenska norska danska hotell hotel grand restaurang
    café sal lokal plan hus vid från till med tid plats datum dag när var anmälan kontakt telefon
    tel mobil mobile e-post epost mail email epost fax välkommen välkomna varmt hjärtligt obs
    program information medverkande deltagare talare moderator digital senast publicerad
    pressmeddelande pressinbjudan inbjudan pressträff presskonferens presskontakt pressansvarig
    ordförande vice detta denna dessa under efter inför vi ni de det den en ett han hon för mer
    om på i av vår våra er ert samt även alla många några första nya nu här där hur vad vem
    tillsammans media medier journalister redaktioner fotografer samling därefter sedan direkt
    gästprofessorerna kungen drottningen kronprinsessan prins prinsessan ett centralt norra södra
    östra västra event tv ab as a/s aps ltd inc hb kulturhuset folkets dagens läs se kom ta hör
    anmäl kontakta ring mejla skicka bland andra annat utöver dessutom efteråt tema ämne länk
    zoom teams skype facebook youtube instagram twitter linkedin web video news report reports
    riksdagen regeringen statsministeren regjeringen folketinget socialdemokraterna moderaterna
    centerpartiet liberalerna vänsterpartiet miljöpartiet kristdemokraterna sverigedemokraterna
    dept department meet join who what when where why rsvp note webcast parking governor's
    """
)
#: Endings of surnames that few places have.
_SURNAME_ENDINGS = (
    "son",
    "sen",
    "ström",
    "gren",
    "qvist",
    "kvist",
    "quist",
    "ius",
    "dahl",
    "blad",
    "ling",
    "én",
)
_TITLES_WITH_STOP = word_set("dr. mr. mrs. ms. gov. prof. sen. rep.")
_CALLS_FOR = word_set("kontakta kontakt contact ring mejla kontakter")
_HANDS_TO = word_set("till hos til to with med av by")
_LOCATES = word_set("i på vid från hos inom at in ved fra till til to of av om")
_JOINS = word_set("och samt og and med")
#: How far beside a name is looked for what makes it one.
_NEAR = 60
_PARTY = r"\((?:S|M|C|L|V|MP|KD|SD|FP|FI|AP|H|SP|FRP|KRF|SV|V|R|A|B|F|O|Ø|K|I|D|Frp|Ap|Sp|Krf|Venstre|Høyre)\)"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    word = r"(?:[A-ZÅÄÖÆØÉÜ][\w'’‘´`-]*\w|[A-ZÅÄÖÆØ]\.?)"
    particle = r"(?:von|van|de|af|del|della|da|der|den|la|le|al|el|ter|bin|zu|du)"
    return {
        "run": re.compile(rf"(?<![\w@.-]){word}(?:[ ](?:{particle}[ ]){{0,2}}{word}){{0,7}}"),
        "piece": re.compile(rf"(?:{particle}\s){{0,2}}\S+"),
        "party": re.compile(rf"\s{{0,2}}{_PARTY}(?:\s?\))?"),
        "reached": re.compile(
            r",?\s(?:på\s|via\s|at\s|on\s|genom\s|per\s)?(?:tel|tfn|tlf|mobil|e-?post|mejl|mail|phone|\(?0\d|\+\d|[\w.+-]{1,40}@)",
            re.IGNORECASE,
        ),
        "aside": re.compile(r"\s{0,2}\([^()]{1,40}\)"),
        "joined": re.compile(rf"(?:\s?{_PARTY})?(?:,\s|,?\s(?:och|samt|og|and|&)\s)"),
        "after": re.compile(r"\s{0,2}[,–-]\s{1,2}"),
        "stop": re.compile(
            r"[,;:.!?|(]|\s(?:samt|som|och|og|and|presenterar|berättar|redogör|medverkar|deltar|visar|"
            r"inviger|talar|hälsar|tar|svarar|kommer|finns|är|will|who|der|vil|fra|från|öppnar|inleder|"
            r"skissar|beskriver|klipper|möter|guidar|leder|presents|welcomes|tel|telefon|mobil|tlf|e-post|"
            r"på|mejl|epost|phone|at)\b|\s[-–]\s"
        ),
    }


@cache
def _not_name_endings() -> tuple[str, ...]:
    return tuple(_NOT_NAME_ENDINGS.split())


@cache
def _title_endings() -> tuple[str, ...]:
    words = _TITLE_ENDINGS.split()
    return (*words, *(f"{word}s" for word in words))


def is_title_word(word: str) -> bool:
    """Whether `word` names an office: `kommunalråd`, `Presschef`, `Mayor`."""
    plain = word.strip(".,:;()").casefold()
    return plain in _TITLE_ABBREVIATIONS or plain.endswith(_title_endings())


def is_name_word(word: str) -> bool:
    """Whether `word` can be part of a person's name."""
    folded = word.rstrip(".'’").casefold()
    if folded in FIRST_NAMES and not word.isupper():
        return True
    if word.isupper() and len(folded) > 2 and folded not in FIRST_NAMES:
        return False
    if folded in _NOT_NAMES or is_title_word(folded):
        return False
    if len(folded) > 3 and (folded in month_numbers() or folded in weekday_numbers()):
        return False
    return not (len(folded) > 6 and folded.endswith(_not_name_endings()))


def _is_first(word: str) -> bool:
    folded = word.rstrip("'’").casefold()
    return folded in FIRST_NAMES or ("-" in folded and folded.split("-")[0] in FIRST_NAMES)


def _may_end(words: list[re.Match[str]], at: int, word: str) -> bool:
    """A surname that happens to be a title: `Ruth Dean`."""
    return (
        _is_first(words[at][0])
        and words[-1][0] == word
        and word[0].isupper()
        and len(words) == at + 2
    )


@lru_cache(maxsize=REMEMBERED)
def find_people(text: str, *, weak: bool = False) -> tuple[Person, ...]:
    """Everybody named in `text`, in order.

    Args:
        text: a sentence, a line or a list.
        weak: whether a run of two or more name-like words is a person even without a known first
            name or a title beside it; right for lines that are known to hold people.
    """
    found: list[Person] = []
    for run in _patterns()["run"].finditer(text):
        found += _people_of(text, run, found[-1] if found else None, weak=weak)
    return tuple(_with_title(text, one, found) for one in found)


def _people_of(
    text: str, run: re.Match[str], previous: Person | None, *, weak: bool
) -> Iterator[Person]:
    words = list(re.finditer(r"\S+", run[0]))
    at = 0
    while at < len(words):
        length = _name_length(words, at)
        known = _is_first(words[at][0])
        start = run.start() + words[at].start()
        end = run.start() + words[at + max(length, 1) - 1].end()
        if length >= 2 and (
            known
            or _stands_as_person(text, start, end, previous)
            or (weak and _may_be_weak(text, start, words, at))
        ):
            name = text[start:end].rstrip(".'’,")
            yield Person(name=name, start=start, end=start + len(name), is_known=known)
            at += length
        else:
            at += 1


def _name_length(words: list[re.Match[str]], at: int) -> int:
    """How many words from `at` on make one name."""
    if not is_name_word(words[at][0]):
        return 0
    length, particles = 1, 0
    for word in words[at + 1 : at + 6]:
        if word[0].islower():
            particles += 1
        elif not (is_name_word(word[0]) or _may_end(words, at, word[0])) or (
            length - particles >= 2 and _is_first(word[0]) and not _is_middle(words, at, length)
        ):
            break
        length += 1
        if length - particles >= 4:
            break
    while length and words[at + length - 1][0].islower():
        length -= 1
    return length


def _is_middle(words: list[re.Match[str]], at: int, length: int) -> bool:
    """`Lars Göran Ekestål` is one name: all so far are first names and one more word follows."""
    return (
        all(_is_first(word[0]) for word in words[at : at + length])
        and at + length + 1 < len(words) + 1
    )


def _stands_as_person(text: str, start: int, end: int, previous: Person | None) -> bool:
    """Where only a person can stand: after a title or `kontakta`, before a party or a title, or
    joined to a person by `och`.
    """  # noqa: D205
    before = text[max(0, start - _NEAR) : start].rstrip()
    last = before.rsplit(maxsplit=1)[-1] if before else ""
    if last.casefold() in _TITLES_WITH_STOP or last.casefold() in _CALLS_FOR:
        return True
    if last and last[-1] not in ".,;:" and is_title_word(last):
        return not _has_title_already(text, start, previous)
    after = text[end : end + _NEAR]
    if last.casefold() in _HANDS_TO and _patterns()["reached"].match(after):
        return True
    if _patterns()["party"].match(after):
        return True
    if previous is not None and _patterns()["joined"].fullmatch(text[previous.end : start]):
        return True
    own = re.match(r",\s((?:[a-zåäöæø.-]+\s){0,2}[\w-]+)", after)
    return (
        own is not None
        and last.casefold() not in _LOCATES
        and any(map(is_title_word, own[1].split()))
    )


def _has_title_already(text: str, start: int, previous: Person | None) -> bool:
    """`Lotta Sjögren, kommunikatör Gävleviks Hamn`: the title is hers, then comes her employer."""
    if previous is None:
        return False
    between = text[previous.end : start]
    return re.fullmatch(r",\s[a-zåäöæø-]+\s", between) is not None


def _may_be_weak(text: str, start: int, words: list[re.Match[str]], at: int) -> bool:
    """In a line that holds people, a name begins the line or an item of its list."""
    if at > 0 and is_name_word(words[at - 1][0]):
        return False
    if at + 2 < len(words) and _is_first(words[at + 1][0]) and is_name_word(words[at + 2][0]):
        # an office that we do not know, before a name that we do
        return False
    head = text[max(0, start - _NEAR) : start].rstrip()
    if not head or head[-1] in ";|•:(–-" or head.rsplit(maxsplit=1)[-1].casefold() in _JOINS:
        return True
    last_word = words[min(at + 1, len(words) - 1)][0].casefold()
    return head[-1] in ",&" and last_word.endswith(_SURNAME_ENDINGS)


def _with_title(text: str, one: Person, everybody: list[Person]) -> Person:
    before, after = _title_before(text, one), _title_after(text, one, everybody)
    span = before or after
    if span is None:
        return one
    start, end = span
    return Person(
        name=one.name,
        start=one.start,
        end=one.end,
        title=text[start:end].strip(" ,;:–-.") or None,
        title_start=start,
        title_end=end,
        is_known=one.is_known,
    )


def _title_before(text: str, one: Person) -> tuple[int, int] | None:
    """`tf. räddningschef Anders Hedstrand`, `ordförande i Länsförbundet Olle Landemo`."""
    head = text[max(0, one.start - 110) : one.start]
    offset = one.start - len(head)
    words = list(re.finditer(r"\S+", head))
    first = len(words)
    while first and len(words) - first < 9:
        word = words[first - 1][0]
        if word[-1] in ",;:!?)" or (
            word[-1] == "." and word.casefold() not in ("tf.", "dr.", "gov.", "mr.")
        ):
            break
        first -= 1
    nouns = [n for n in range(first, len(words)) if is_title_word(words[n][0])]
    if not nouns or not _joins_name([w[0] for w in words[nouns[-1] + 1 :]]):
        return None
    start = nouns[-1]
    while start > first and _leads_title(words[start - 1][0], words[start][0]):
        start -= 1
    while start < nouns[-1] and words[start][0] in _TITLE_LINKS:
        start += 1
    return offset + words[start].start(), one.start


def _joins_name(words: list[str]) -> bool:
    """What may stand between a title and its name: `i Länsförbundet`, `i Kystministeriet,`."""
    if not words:
        return True
    links = ("i", "för", "for", "of", "på", "vid", "ved", "hos", "av", "under")
    return words[0] in links and 1 < len(words) <= 4 and words[-1][0].isupper()


def _leads_title(word: str, following: str) -> bool:
    folded = word.casefold()
    if folded in _TITLE_LEADS or is_title_word(word):
        return True
    if folded in _TITLE_LINKS:
        return (
            folded in ("och", "og", "and", "för", "for", "of")
            and not is_title_word(word)
            and following[0].islower()
        )
    return (
        word.endswith(("s", "-"))
        and len(word) > 3
        and folded
        not in (
            "hos",
            "plats",
            "dess",
            "deras",
            "finns",
            "hälsas",
            "tillsammans",
            "klipps",
            "lyfts",
            "invigs",
            "leds",
        )
    )


def _title_after(text: str, one: Person, everybody: list[Person]) -> tuple[int, int] | None:
    """`Jonatan Lindenius, kommunstyrelsens ordförande, Åstads Stad`: up to the next person."""
    patterns = _patterns()
    at = one.end
    for form in ("party", "aside"):
        if match := patterns[form].match(text, at):
            at = match.end()
    comma = patterns["after"].match(text, at)
    start = comma.end() if comma else at + 1
    if start >= len(text) or not (
        comma or (text[at : at + 1] == " " and is_title_word(text[start:].split(maxsplit=1)[0]))
    ):
        return None
    limit = min([p.start for p in everybody if p.start > one.end] + [len(text), start + 120])
    stop = patterns["stop"].search(text, start, limit)
    end = stop.start() if stop else limit
    phrase = text[start:end].strip()
    if not phrase or re.search(r"\d{3}|@", phrase) or (phrase[0].isupper() and not comma):
        return None
    words = phrase.split()
    if any(is_title_word(word) for word in words[:6]):
        return start, end
    return (start, end) if comma and len(words) <= 6 and phrase[0].isupper() else None
