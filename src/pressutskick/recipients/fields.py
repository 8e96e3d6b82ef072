"""What a column can mean, and the header names that say so in four languages.

The aliases of a field stand in order of strength: where two columns could be the same field, the
stronger name wins and the other becomes a column of the list's own. docs/lists.md shows this table;
a test compares the two.
"""

import re
import unicodedata
from enum import StrEnum


class Field(StrEnum):
    """The columns of a list that have a meaning; every other column is kept as it is."""

    ADDRESS = "address"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ROLE = "role"
    OUTLET = "outlet"
    DESK = "desk"
    BEAT = "beat"
    REGION = "region"
    MEDIA_TYPE = "media_type"
    LANGUAGE = "language"
    TAGS = "tags"
    PHONE = "phone"
    SOURCE = "source"
    LEGAL_GROUND = "legal_ground"
    INFORMED = "informed"
    CHECKED = "checked"
    #: Whether they want it; a column that says no takes the row out.
    WANTS = "wants"


#: Fields that several columns may have, where a person says so: each address is mailed, tags are put
#: together, one no is enough.
PLURAL = frozenset({Field.ADDRESS, Field.TAGS, Field.WANTS})

#: Header names in the form of `fold_header`: Swedish, Norwegian, Danish, English, and what Outlook,
#: Google and Excel write by themselves.
ALIASES: dict[Field, tuple[str, ...]] = {
    Field.ADDRESS: (
        *("address", "epost", "epostadress", "epostadresse", "email", "emailadress"),
        *("emailadresse", "emailaddress", "mail", "mailadress", "mailadresse", "mailaddress"),
        *("mejl", "mejladress", "epost1", "email1", "email1value", "emailvalue", "email1address"),
        *("primaryemail", "adress", "adresse", "epostarbete", "epostjobb", "workemail"),
        *("contactemail", "kontaktepost", "kontaktmejl", "journalistemail", "epostreporter"),
        *("primarysmtpaddress", "externalemailaddress", "windowsemailaddress"),
    ),
    Field.NAME: (
        *("name", "namn", "navn", "fullname", "fulltnamn", "fullständigtnamn", "fuldenavn"),
        *("fulltnavn", "displayname", "visningsnamn", "kontaktperson", "kontakt", "contact"),
        *(
            "contactname",
            "kontaktnamn",
            "journalistnamn",
            "journalistname",
            "person",
            "journalist",
            "reporter",
            "mottagare",
            "modtager",
        ),
        *("mottaker", "recipient", "förochefternamn", "fornavnogetternavn", "fornavnogefternavn"),
        *("firstandlastname", "förnamnefternamn", "förnamnochefternamn"),
    ),
    Field.FIRST_NAME: (*("firstname", "förnamn", "fornavn", "givenname", "tilltalsnamn", "first"),),
    Field.LAST_NAME: (
        *("lastname", "efternamn", "etternavn", "efternavn", "familyname", "surname", "last"),
    ),
    Field.ROLE: (
        *("role", "roll", "rolle", "befattning", "jobtitle", "jobbtitel", "jobtitel", "yrkestitel"),
        *("tjänstetitel", "arbetstitel", "stilling", "position", "funktion", "funksjon"),
        *("organization1title", "organizationtitle", "contacttitle", "titel", "tittel", "title"),
    ),
    Field.OUTLET: (
        *("outlet", "medium", "medie", "media", "mediehus", "mediahus", "mediebolag", "tidning"),
        *("avis", "avisa", "newspaper", "publication", "publikation", "publikasjon", "station"),
        *("kanal", "channel", "organisation", "organisasjon", "organization", "organization1name"),
        *("organizationname", "företag", "foretak", "firma", "virksomhed", "company"),
        *("outletname", "mediaoutlet", "medienamn", "medianamn", "medienavn", "tidningsnamn"),
        *("medieföretag", "mediaföretag", "bolag", "arbetsgivare"),
        *("redaktion", "redaksjon"),
    ),
    Field.DESK: (
        *("desk", "redaktion", "redaksjon", "avdelning", "avdeling", "afdeling", "department"),
        *("organization1department", "organizationdepartment"),
    ),
    Field.BEAT: (
        *("beat", "bevakning", "bevakningsområde", "ämne", "ämnesområde", "emne", "stofområde"),
        *("stoffområde", "dækningsområde", "topic", "topics", "subject"),
    ),
    Field.REGION: (
        *("region", "ort", "område", "län", "fylke", "kommune", "kommun", "stad", "city", "by"),
        *("area", "county", "municipality"),
    ),
    Field.MEDIA_TYPE: (
        *(
            "mediatype",
            "mediatyp",
            "medietyp",
            "medietype",
            "typ",
            "type",
            "outlettype",
            "kategori",
            "category",
        ),
    ),
    Field.LANGUAGE: ("language", "språk", "sprog", "lang", "mailspråk"),
    Field.TAGS: (
        *("tags", "taggar", "tagg", "tag", "etiketter", "etikett", "etiketer", "merkelapper"),
        *(
            "labels",
            "label",
            "nyckelord",
            "keywords",
            "stikord",
            "segment",
            "kategorier",
            "categories",
            "grupp",
            "grupper",
        ),
        *("gruppe", "group", "groups", "groupmembership", "lista", "liste"),
    ),
    Field.PHONE: (
        *("phone", "telefon", "mobil", "mobiltelefon", "mobile", "mobilephone", "telefonnummer"),
        *("mobilnummer", "tel", "tlf", "tlfnr", "telefonnr", "phonenumber", "phone1value"),
        *("telephone", "telefonarbete", "businessphone", "workphone", "contactphone", "mobilnr"),
        *("arbetstelefon", "direktnummer", "direktnr", "direkttelefon", "direkt", "växel"),
    ),
    Field.SOURCE: (
        *("source", "källa", "kilde", "ursprung", "origin", "hämtadfrån", "insamladfrån"),
    ),
    Field.LEGAL_GROUND: (
        *("legalground", "rättsliggrund", "lagligtgrund", "lagliggrund", "rettsliggrunnlag"),
        *("behandlingsgrunnlag", "retsgrundlag", "hjemmel", "legalbasis", "lawfulbasis"),
    ),
    Field.INFORMED: (
        *("informed", "informerad", "informerat", "informeret", "informert", "dateinformed"),
        *("informationlämnad", "informeraddatum"),
    ),
    Field.CHECKED: (
        *("checked", "kontrollerad", "kontrollerat", "kontrolleret", "kontrollert", "verifierad"),
        *(
            "verifieret",
            "verifisert",
            "verified",
            "lastchecked",
            "lastverified",
            "senastkontrollerad",
        ),
        *("uppdaterad", "opdateret", "oppdatert", "updated", "senastuppdaterad"),
    ),
    Field.WANTS: ("wants",),
}

#: Where a name that lost its field to a stronger column goes instead.
SECOND_CHOICE: dict[str, Field] = {"redaktion": Field.DESK, "redaksjon": Field.DESK}

#: How much weaker a word such as `privat` makes an address.
AT_HOME = 300
#: Words beside `E-post` or `Telefon` that tell one of several apart, and how much weaker they make it.
_WEIGHTS: dict[str, int] = {
    **dict.fromkeys(("arbete", "arbets", "jobb", "tjänste", "tjänst", "kontor", "work"), 40),
    **dict.fromkeys(("office", "business", "arbeid", "arbejde", "arbejds"), 40),
    **dict.fromkeys(("alternativ", "alternate", "andra", "second", "secondary", "annan"), 80),
    **dict.fromkeys(("övrig", "other", "extra", "reserv", "jour", "cc", "kopia", "backup"), 80),
    **dict.fromkeys(("hem", "privat", "home", "private", "personal", "personlig"), AT_HOME),
    **dict.fromkeys(("hjem", "hjemme", "bostad"), AT_HOME),
}
_WEIGHED = (Field.ADDRESS, Field.PHONE)
#: Of two that only a number tells apart the lower one comes first.
_A_NUMBER, _LAST_NUMBER = 60, 19
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOISE = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
#: Between words of one header that mean the same: `Bevakning / ämne`, `Telefon och mobil`.
_OR = re.compile(r" ?[/,&+|] ?| (?:och|eller|og|and|or) ")
#: A name in two words is weaker than every name in one.
_IN_PARTS = 100
#: No name of a column is longer, so nothing longer is looked at.
_LONGEST = 100


def fold_header(text: str) -> str:
    """`E-post:`, `e post *` and `E_POST (obligatorisk)` -> `epost`; å, ä, ö stay themselves."""
    composed = unicodedata.normalize("NFC", text[:_LONGEST]).casefold()
    return _NOISE.sub("", _ASIDE.sub("", composed)) or _NOISE.sub("", composed) or composed


def fold_whole(text: str) -> str:
    """The same with what stands in brackets, which may be all that tells two columns apart."""
    composed = unicodedata.normalize("NFC", text[:_LONGEST]).casefold()
    return _NOISE.sub("", composed) or composed


_BY_NAME: dict[str, tuple[Field, int]] = {}
for _field, _names in ALIASES.items():
    for _rank, _name in enumerate(_names):
        _BY_NAME.setdefault(_name, (_field, _rank))


def field_of_header(text: str) -> tuple[Field, int] | None:
    """The field that a header names and the strength of the name (0 is strongest), or None.

    Several words name a field where all of them name the same one. Of several addresses or phones
    that at work comes before that at home.
    """
    if len(text) > _LONGEST:
        return None
    whole = fold_whole(text)
    bare = _DIGITS.sub("", whole)
    found = _BY_NAME.get(fold_header(text)) or _BY_NAME.get(whole)
    if found is None or found[0] in _WEIGHED or bare != whole:
        return _weigh(whole, bare, found) or found or _in_parts(text)
    return found


def weigh_word(word: str) -> int:
    """How much weaker a word, folded, makes the address beside it."""
    return _WEIGHTS.get(word, 0)


def _weigh(whole: str, bare: str, found: tuple[Field, int] | None) -> tuple[Field, int] | None:
    """`Privat e-post` and `E-post 2` by the word or number that stands beside."""
    for word, weight in _WEIGHTS.items():
        for rest in (bare.removeprefix(word), bare.removesuffix(word)):
            known = _BY_NAME.get(rest) if rest != bare else None
            if known and known[0] in _WEIGHED and (found is None or bare not in _BY_NAME):
                return known[0], weight + known[1]
    known = found or _BY_NAME.get(bare)
    number = _DIGITS.search(whole)
    if known and number and whole not in _BY_NAME:
        return known[0], _A_NUMBER + min(int(number[0][:3]), _LAST_NUMBER)
    return None


def _in_parts(text: str) -> tuple[Field, int] | None:
    words = " ".join(_ASIDE.sub("", text.casefold()).split())
    parts = [_BY_NAME.get(fold_header(part)) for part in _OR.split(words)]
    fields = {part[0] if part else None for part in parts}
    field = fields.pop()
    return (field, _IN_PARTS) if field and not fields else None
