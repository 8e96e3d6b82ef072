"""How a place is written: houses, streets, what leads up to it and what ends it."""

import re
from functools import cache, lru_cache

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.spots.reach import Way, find_reaches
from pressutskick.reading.wording import REMEMBERED, listed

_LONGEST = 160
#: A sentence after the place that is no longer than this still belongs to it.
_SHORT = 45


@cache
def _houses() -> tuple[str, ...]:
    """What the names of houses, streets and rooms end with."""
    return tuple(listed(__package__, "houses.txt"))


@lru_cache(maxsize=REMEMBERED)
def names_house(text: str) -> bool:
    """Whether one of the words is a house, a street or a room: `Backaskolan`, `rum`."""
    folded = text.casefold()
    return any(word.endswith(_houses()) for word in re.findall(r"\w+", folded)) or "gt." in folded


@cache
def place_patterns() -> dict[str, re.Pattern[str]]:
    """The words of places by what they tell."""
    flags = re.IGNORECASE
    return {
        "address": re.compile(
            r"[A-ZÅÄÖÆØ][\w.]+(?:\s[\w.]+){0,2}\s\d{1,3}\s?[A-Ha-h]?(?:-\d{1,3})?\b(?![.:]\d|\s?(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|personer|år|procent))"
        ),
        "lead": re.compile(
            r"(?:\b(?:äger rum|hålls|holdes|afholdes|sker|finner sted|bjuder|inbjuds|ses|träffas|möts|samlas|börjar|starter|startar)\s(?:\S+\s){0,2}?)?"
            r"\b(?:i|på|vid|hos|at|in|ved|utanför|framför|inne i|inside|(?<=[Vv]älkomna )till|(?<=[Vv]älkommen )till|(?<=[Vv]elkommen )til|(?<=[Ww]elcome )to|ombord på|(?<=välkommet )till|(?<=\b[Kk]om )till|via(?=\s(?:Teams|Zoom|Skype|Webex|Microsoft|Google)))\s(?=[A-ZÅÄÖÆØ]|(?-i:[a-zåäöæø]{4,20}(?:en|et|an|n)\s(?=[A-ZÅÄÖÆØ]))|(?:den|det|the|grinden|foajén|entrén|hörnet|korsningen|krysset|samverkanslokalen)\s|"
            r"(?-i:[a-zåäöæø]{3,20}(?:en|et|an|n)\s(?:vid|till|utanför|framför|bakom|hos|mellan|på|i)\s(?=[A-ZÅÄÖÆØ]))|"
            r"(?-i:(?:[a-zà-ÿ]+\s){1,3}?[a-zà-ÿ]{4,},\s(?=[A-ZÅÄÖÆØ][\w]+\s\d))|(?:sal|rum|lokal|lokale|rom|møterom|mødelokale|våning|plan|etasje|hall|studio|konferensrum|sammanträdesrum|seminarierum|hörsal|aula|biograf|restaurang|hotell|kafé|café|klubb|skeppet|fartyget|kvarteret)\s(?:[A-ZÅÄÖ]|\d)|"
            r"(?-i:[a-zåäöæø]{4,20}s\s[a-zåäöæø]*(?:sal|rum|aula|foajé|entré|trappa|gård|kansli|reception|lokaler))\b|"
            r"[a-zåäöæø]*(?:salen|huset|rummet|grinden|stationen|skolan|kyrkan|museet|biblioteket|torget|parken|hallen|"
            r"gården|teatern|hamnen|kajen|slottet|rådhuset|kontoret|kansliet|sjukhuset|terminalen|arenan|fältet|skolen|"
            r"rådhuset|kirken|pladsen|biblioteket|stasjonen|havnen|verket|badet|bron|planen)\b|[a-zåäöæø]*(?:platsen|stugan|scenen|plan|vallen)\s(?=[A-ZÅÄÖ]))"
        ),
        "end": re.compile(
            r"[;!?]|\.\s|\.$|,?\s(?:av\s|ett\s|sin\s|sitt\s|sina\s|klockan|kl\.?\s?\d|kl\b|den\s\d|d\.\s\d|som\b|där\b|för att|för\s|då\b|när\b|från\s|till\s|med\s|om\s|"
            r"(?:omkring|cirka|ca|runt|kring|strax|direkt|håller|finns|kan|ska|kommer)\s|samt\s|hvor\b|der\b|kl\.|klokken|klokka|at\s\d|who\b|where\b|to\s|og\s[a-z]|och\s[a-zåäö]|inviger|öppnar|berättar|"
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
            r"(?:grinden|entrén|ingången|porten|foajén|hörnet|korsningen|krysset|inngangen|indgangen|the (?:gate|entrance|corner)|"
            r"(?-i:[a-zåäöæø]{3,20}(?:en|et|an|n)(?=\s(?:vid|till|mellan|på|i)\s[A-ZÅÄÖÆØ])|(?:[a-zà-ÿ]+\s){1,3}?[a-zà-ÿ]{4,},(?=\s[A-ZÅÄÖÆØ][\w]+\s\d)))\s"
            r"(?:till|av|mellan|i|på|vid|til|ved|to|of|at)?\s?",
            flags,
        ),
        "remark": re.compile(
            r"(?:infart|(?:gratis |fri )?parkering|bilar|buss|t-bana|tunnelbana|spårvagn|tåg|hållplats|närmaste|vägbeskrivning|karta|"
            r"därefter|sedan\b|se |länk|adressen|ring |anmäl|medtag|ta med|välkom|parking|cars|parker)|[^,.]{0,40}\b(?:finns|skickas|mejlas|kan du|kan ni)\b",
            flags,
        ),
        "after": re.compile(
            r"foregår|sker|äger rum|hålls|holdes|afholdes|ses|samlas|samling|möts|träffas|börjar|startar|startes|starter|inleds",
            flags,
        ),
        "tail": re.compile(
            r"(?:\.\s+|\s)(?:Länk till|Karta|Se karta|Bilar kan|Parkering|OBS|Obs|Välkom|NOTE|Cars |Adress till|Google)\b.*",
            re.DOTALL,
        ),
        "leading": re.compile(
            r"^(?:pressträffen |presskonferensen |träffen |mötet )?(?:(?:äger rum|hålls|sker|holdes|afholdes|är)\s(?:på|i|vid|hos|ved|at|in)\s|at\s|the\s(?=[A-Z])|"
            r"plats\s(?:vid|i|på|utanför)\s|(?:pressträffen |presskonferensen )?(?:hålls|sker)\s(?=digital)|"
            r"samling\s(?:sker\s)?(?:vid|på|i|utanför|framför|hos)\s|"
            r"(?:press|medie)(?:träff|konferens|möte|visning|information)\w*\s(?:i|på|vid|hos)\s)",
            flags,
        ),
        "on the net too": re.compile(
            r"(?<=\w),?\s(?:samt|eller|or|och|and)\s(?:(?:via|on|på|live)\s){0,2}(?:digital\w*|zoom|teams|webben|nätet|länk|online)\b.*|"
            r"(?<=\w),?\s(?:samt|eller|och)\slive på$",
            flags,
        ),
        # a bracket that nothing closes, and words that lead nowhere
        "loose end": re.compile(
            r"\s*\([^()]*$|(?:\s(?:nu|on|at|the|på|i|den|och|vid|för|till|med|om|där|kl))+$"
        ),
        "door": re.compile(
            r"(?:ingång|entré|entrance|våning|plan|rum|sal|lokal|inngang|indgang|etasje)\b", flags
        ),
        "platform": re.compile(r"(?:Microsoft )?(?:Teams|Zoom|Skype|Webex|Google Meet)\b", flags),
        "stands": re.compile(
            r"(?:(?:[Dd]u hittar oss|[Nn]i hittar oss|[Vv]i finns|[Vv]i håller till|[Vv]i sitter|[Hh]itta oss)|([A-ZÅÄÖÆØ][\wåäöæø]+(?:\s[A-ZÅÄÖÆØ][\wåäöæø]+){0,3}(?:\s[a-zåäö]*(?:museum|teater|bibliotek|hall|skola|gård|hus|kyrka|slott|bruk|arena|badhus|herrgård))?)\s(?:ligger|finns|finnes|befinner sig|har adress(?:en)?|is located))\s"
            r"(?:i|på|vid|at|in|ved)\s(?=[A-ZÅÄÖÆØ])"
        ),
        "named": re.compile(
            r"\b(?:venue|location|platsen|lokalen|mötesplatsen|stedet|lokalet|mødestedet)\s(?:för \w+ |for \w+ )?(?:is|will be|är|blir|er|bliver)\s"
            r"(?:(?:the|at|in|i|på|vid|hos|ved)\s){0,2}(?=(?-i:[A-ZÅÄÖÆØ])|(?:plan|våning|sal|rum|lokal|lokale|rom)\s(?:\d|(?-i:[A-ZÅÄÖÆØ]))|(?:korsningen|hörnet|entrén|krysset)\s)",
            flags,
        ),
        "after time": re.compile(
            r"(?:[,:]\s|\s[–-]\s|\s)(?:(?:i|på|vid|hos|från|at|in|from|ved)\s)?(?=[A-ZÅÄÖÆØ]|[a-zà-ÿ ]{4,40},\s[A-ZÅÄÖÆØ]\w+\s\d)"
        ),
        "its meeting": re.compile(
            r"(?:vi ses|pressen samlas|\w{0,24}(?:träffen|visningen|konferensen|mötet|konferansen|møtet|mødet|invigningen|ceremonin))"
            r"\s(?:äger rum|hålls|sker|börjar|startar|är|holdes|afholdes|starter|inleds|i|på|vid)\b",
            flags,
        ),
        "it happens": re.compile(
            r".{0,40}\b(?:will take place|takes place|will be held|is held)\b|(?:det|den|detta|dette)\s(?:hela\s)?(?:sker|foregår|äger rum|hålls|finder sted|holdes|skjer|avhålls)\b",
            flags,
        ),
        "we are": re.compile(
            r"(?:\b(?:vi|ni|we)\s(?:ses|finns|är|er|håller till|möts|mødes|møtes|sees|meet|are)|"
            r"\bdet (?:hela|hele)\s(?:pågår|foregår|sker|äger rum|finder sted)|"
            r"^(?:varmt |hjärtligt )?(?:välkom(?:men|na)|velkommen|welcome)(?=\s(?:till|til|to)\s))"
            r"(?:\s\S+){0,5}?\s(?:i|på|vid|hos|at|in|ved|till|til|to|ombord på)\s$|"
            r"\b(?:vi ses|vi finns|vi håller till|det hela (?:pågår|sker|äger rum)|det hele (?:foregår|skjer))\b",
            flags,
        ),
        "is the place": re.compile(r"^(.{3,80}?)\s(?:är platsen|er stedet|is the place)\b", flags),
        "by net": re.compile(r"\b(?:digital\w*|online)\s(?:\w{1,3}\s)?$", flags),
        "on the spot": re.compile(
            r"(?:på plats|fysiskt|in person|på stedet)\s(?:och|samt|eller|and|og)\s(?:digital\w*|online|på nätet|via \w+)\b[.,:]?\s*|"
            r"(?:på plats|in person)[.,:]\s+",
            flags,
        ),
        "in person": re.compile(
            r"\bin person\b|\bfysiskt\b|\bfysisk (?:oppmøte|närvaro)|på plats (?:och|eller|samt|som)\b|både på plats",
            flags,
        ),
        "gathering": re.compile(
            r"\b(?:samling|samlas|möts|oppmøte|mødested|mötesplats|meet)\b\s*(?:sker\s)?(?:(?:kl\.?|klockan|klokken)?\s?\d{1,2}[.:]\d\d\s)?"
            r"(?=(?:på|i|vid|utanför|framför|hos|ved|at|outside)\s)",
            flags,
        ),
    }


def fold_place(place: str) -> str:
    """The words of a place, so that two spellings of one are equal."""
    return " ".join(re.findall(r"\w+", place.casefold()))


def looks_like_place(text: str) -> bool:
    """Whether it names a house or a street with its number."""
    return bool(names_house(text) or place_patterns()["address"].search(text))


def prose_place(text: str) -> str | None:
    """`startar torsdagen … klockan 11 i Ordenshuset, Norra Bangatan 12`: after its preposition."""
    match = place_patterns()["lead"].match(text)
    return text[match.end() :] if match else None


def clean_place(text: str, passage: Passage | None = None) -> str:
    """A place without asides, remarks on parking, links and a closing stop."""
    patterns = place_patterns()
    text = patterns["aside"].sub("", text)
    for reach in reversed(find_reaches(text)):
        if reach.way in (Way.URL, Way.EMAIL, Way.MASKED):
            text = text[: reach.start] + text[reach.end :]
    if passage is not None and len(text) > 60:
        text = patterns["tail"].sub("", text)
    text = patterns["leading"].sub("", text.strip(" ,;:–-\u2022"))
    text = patterns["on the net too"].sub("", _without_remarks(text))
    text = patterns["loose end"].sub("", text)
    return re.sub(r"\s+(,)?", lambda m: m[1] or " ", text).strip(" ,;:–-").rstrip(".").strip()


def _tells_door(text: str) -> bool:
    """`Ingång via gården`, `Våning 4`: which way in, or how high up."""
    return place_patterns()["door"].match(text) is not None


def _without_remarks(text: str) -> str:
    """Up to where sentences or clauses begin that tell how to get there, or anything else."""
    parts = re.split(r"(?<=[\w)])(\.\s+(?=[A-ZÅÄÖÆØ])|,\s+)", text)
    kept = parts[0]
    for glue, part in zip(parts[1::2], parts[2::2], strict=True):
        is_next = glue.startswith(".")
        if is_next and (len(part) > _SHORT or not (looks_like_place(part) or _tells_door(part))):
            break
        if place_patterns()["remark"].match(part):
            break
        kept += glue + part
    return kept if len(kept) <= _LONGEST else kept[:_LONGEST].rsplit(" ", 1)[0]
