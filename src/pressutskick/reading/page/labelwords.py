"""The words of labels and what they promise.

A label's words are looked up one by one, so that `Tid, plats och anmälan` means all three and a
label that nobody thought of (`Lokal för pressträffen:`) still says what it is about.
"""

import re
from enum import Enum, auto
from functools import cache

from pressutskick.reading.wording import words as word_set


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
        avresa avgång avgår avfärd departure tidspunkt tidspunkter når dato hvornår time times when date dates day *tid *datum start""",
    Meaning.PLACE: """plats var lokal adress besöksadress sted stad hvor where venue location place
        address adresse from lokale rum mötesrum sammanträdesrum sal *plats *lokal stedet lokalet""",
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
        representanter guider värdar who vem vilka hvem speaker speakers medvirkende deltakere deltakarar deltagere deltager
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
    evenemanget mötet eventet invigningen event gör är er is it"""
)


NUMBER_WORDS = word_set(
    """telefon telefonnummer tel te.l tfn tlf mobil mobile mobiltelefon mobiltlf e-post epost e-postadress mail mejl
    e-mail email phone office cell direkt fax växel webb webbplats web www hemsida facebook twitter
    instagram epost-adress sms"""
)


_PLAIN_WORDS = word_set(
    "stad stads dag dagar from sal rum day time svar länk zoom teams online hur vad mat"
)


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
        "words": re.compile(r"[\w.&/-]+"),
        "kind": re.compile(
            r"(?:press|medie?|media|presse)?\s?(?:inbjudan|invitasjon|invitation|advisory|alert)|"
            r"(?:press|media)\s(?:invitation|advisory|alert)|pressmeddelande|påminnelse|rättelse",
            re.IGNORECASE,
        ),
        "answers": re.compile(r"\b(?:för att )?svarar? på (?:era |medias |pressens )?frågor\b"),
        "asks": re.compile(r"anmäl|o\.?s\.?a\b|rsvp|meld|kontakt|frågor|senast|vill"),
        "speakers": re.compile(
            r"^(?:(?:finns )?tillgängliga? för (?:egna |enskilda )?intervju\w*|på plats|till? stede|on stage|i panelen)\b(?! och)|"
            r"\b(?:(?:får|kan|kommer) (?:du|ni|vi|pressen|media) (?:att )?(?:träffa|möta|höra)|(?:här|då) träffar (?:du|ni)|(?:du|ni) (?:träffar|möter)|"
            r"(?:hålls|leds|invigs|inleds|delas ut|presenteras|klipps|tas|avtäcks) av|med tal av|\w+r gör|(?:närvarar|talar|presenterar|deltar|medverkar)(?: \w+)?)$"
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
    if re.fullmatch(
        r"information (?:till|för) (?:media|medier|pressen|press|redaktioner\w*)", folded
    ):
        return frozenset()
    asks = _patterns()["asks"].search(_patterns()["answers"].sub("", folded))
    if _patterns()["speakers"].search(folded) and not asks:
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


def names_kind(label: str) -> bool:
    """`Pressinbjudan: …`: what the text is, whatever stands after the colon."""
    return _patterns()["kind"].fullmatch(label.strip()) is not None


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
    """Whether `text` is a label word that, bare on its line, may as well be something else.

    Such as the second line of `Göteborgs / Stad`.
    """
    return text.casefold().strip() in _PLAIN_WORDS


def begins_as_label(text: str) -> bool:
    """Whether the first word opens a label: `Kontakt …`, `För …`, `Mer …`."""
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
