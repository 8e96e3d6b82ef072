"""The text of a name cell -> a person's name, first name and role, or a desk. Pure.

People write `Anna Berg`, `Berg, Anna`, `Berg, Anna (nyhetschef)`, `Anna Berg, nyhetschef` and
`Nyhetsredaktionen` into one column. What can be read in two ways stays as it was written, without
a first name: a greeting by the full name is better than one by a surname.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pressutskick.recipients.naming.firstnames import FIRST_NAMES
from pressutskick.recipients.unwrapping import split_named_address

_DESK_WORDS = re.compile(
    r"redaktion(?:en)?\b|redaksjon(?:en)?\b|desk(?:en)?\b|newsroom|nyhetstips|^nyhetstjänsten?$"
    r"|^tips$|^nyheter(?:na)?\b|^nyhetschef(?:en)?$|^red\.?$|^alla$|^press(?:en|tjänst|tjänsten)?$"
    r"|^(?:svt|sr|nrk|tv ?\d|p[1-6]|radio|tidningen|nyhetsbyrån)\b|\b(?:nyheter|radio)$",
    re.IGNORECASE,
)
#: Words of a role; what follows a name's comma and has one is no given name.
_ROLE_WORDS = re.compile(
    r"chef|redaktör|redaktør|reporter|journalist|fotograf|producent|producer|sekreterare|editor"
    r"|ansvarig|korrespondent|skribent|kritiker|krönikör|programledare|kommunikat|vikari|frilans"
    r"|freelance|\bvd\b|\bsport|\bkultur|\bnyhet|\bnews\b|\bekonomi|\blokal|\bweb|\bpolitik",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"(?:hon|han|hen|hun|she|he|they|de)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"[/&+]|\s(?:och|og|and|samt)\s|\d")
_ASIDE = re.compile(r"(?P<name>[^()\[\]]*[^()\[\]\s])\s*[(\[](?P<aside>[^()\[\]]+)[)\]]")
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
#: One surname, perhaps with its particle: `Berg`, `von Essen`, `af Ugglas`.
_SURNAME = re.compile(rf"(?:(?:[^\W\d_]*[a-zåäö]|d['’]) )*{_WORD}")
_PARTICLES = frozenset({"von", "af", "de", "van", "der", "den", "la", "le", "di", "da", "al", "el"})
_BETWEEN = re.compile(r"[@._-]")
_GIVEN = re.compile(rf"{_WORD}(?: (?:{_WORD}|[^\W\d_]\.))?")
_TITLES = frozenset(
    {"dr", "prof", "professor", "docent", "herr", "fru", "fröken", "mr", "mrs", "ms", "red"}
)
#: Letters that no decomposition makes plain.
_UNCOMPOSED = {
    ord(letter): plain for letter, plain in zip("øæßłđ", ("o", "ae", "ss", "l", "d"), strict=True)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name in its spoken order; `first` is what a greeting uses, None where that is not sure."""

    full: str
    first: str | None = None
    role: str | None = None


def is_desk_name(name: str) -> bool:
    """Whether a name is that of a desk or station ("Nyhetsredaktionen"), not of a person."""
    return bool(_DESK_WORDS.search(name))


def without_address(text: str, address: str) -> str:
    """The name, where a program put an address into its place, or beside it."""
    if "@" in text:
        return split_named_address(text)[0]
    # `anna.berg` is how the address begins, and no name.
    if " " in text or text.isalpha():
        return text
    return "" if text.casefold() == address.rpartition("@")[0].casefold() else text


def read_name(text: str, address: str = "") -> PersonName | None:
    """The person that `text` names, None where it names a desk.

    Args:
        text: on one line.
        address: of the same row; `anna.berg@` tells which of two words is the given name.
    """
    name, role = text, ""
    if name[-1:] in (")", "]") and (match := _ASIDE.fullmatch(name)):
        name, role = match["name"].rstrip(" ,"), match["aside"].strip()
    if role and _PRONOUNS.match(role):
        role = ""
    if "," in name:
        return _read_parts([part.strip() for part in name.split(",")], role, address)
    if not name or is_desk_name(name) or (" " not in name and _ROLE_WORDS.search(name)):
        return None
    return _person(name, address, role)


def _person(name: str, address: str, role: str) -> PersonName:
    """A name without a comma; as it was written, and without a first name, where nobody can tell."""
    spoken = _in_spoken_order(name, address)
    return PersonName(
        full=spoken or name, first=first_name_of(spoken) if spoken else None, role=role or None
    )


def _in_spoken_order(name: str, address: str) -> str:
    """`Berg Anna` of anna.berg@ -> `Anna Berg`; nothing where nobody can tell which is given.

    The address tells it where it has both names, the given one first. Where address and words
    agree, or nothing speaks against the order, it stays.
    """
    words = name.split(" ")
    if len(words) < 2 or _SEVERAL.search(name):
        is_surname = _goes_on(address, name) and not begins_with(address, name)
        return "" if is_surname and not is_given_name(name) else name
    is_known = is_given_name(words[0])
    if is_known and begins_with(address, words[0]):
        return name
    is_shouted = words[0].isupper() and len(words[0]) > 2 and not words[-1].isupper()
    if is_shouted and (len(words) == 2 or _goes_on(address, words[0])):
        return " ".join([*words[1:], words[0].capitalize()])
    given = next((i for i in range(1, len(words)) if begins_with(address, words[i])), 0)
    if not given:
        # Without the address a list of first names can raise a doubt, not settle it.
        is_doubtful = not is_known and (is_given_name(words[-1]) or len(words[-1].strip(".")) == 1)
        return "" if is_doubtful else name
    is_told = _goes_on(address, words[0]) or is_given_name(words[given])
    if is_known and not (is_told and is_given_name(words[given])):
        return name
    if not is_told:
        return ""
    return "" if is_known else " ".join([*words[given:], *words[:given]])


def is_given_name(word: str) -> bool:
    """Whether a word is a common first name."""
    folded = word.casefold()
    return folded in FIRST_NAMES or folded.partition("-")[0] in FIRST_NAMES


def _goes_on(address: str, surname: str) -> bool:
    """Whether the address has this word after its first: `anna.berg@` with Berg."""
    rest = _words_of(address)[1:]
    word = surname.casefold()
    return word in rest or _plain_letters(word) in rest


def _read_parts(parts: list[str], role: str, address: str) -> PersonName | None:
    """`Berg, Anna`, `Anna Berg, nyhetschef`, `Berg, Anna, nyhetschef`."""
    parts = [part for part in parts if part]
    if not parts or is_desk_name(parts[0]):
        return None
    if len(parts) == 1:
        return _person(parts[0], address, role)
    before, after, rest = parts[0], parts[1], parts[2:]
    is_given = _is_given(before, after, address)
    if is_given is None:
        return PersonName(full=", ".join(parts), role=role or None)
    told = ", ".join([*rest, role] if is_given else [after, *rest, role]).strip(", ")
    full = f"{after} {before}" if is_given else before
    if not is_given and " " in before:
        return _person(before, address, told)
    # One word that stands alone before a role may be a surname.
    is_spoken = is_given or begins_with(address, before)
    return PersonName(
        full=full, first=first_name_of(full) if is_spoken else None, role=told or None
    )


def _is_given(before: str, after: str, address: str) -> bool | None:
    """Whether what follows the comma is the given name; None where nobody can tell."""
    if _ROLE_WORDS.search(after) or is_desk_name(after) or not after[0].isupper():
        return False
    if not _GIVEN.fullmatch(after) or (after.isupper() and not before.isupper()):
        return False
    words = before.split(" ")
    if len(words) == 1 or all(word.casefold() in _PARTICLES for word in words[:-1]):
        return True if _SURNAME.fullmatch(before) else None
    if begins_with(address, before):
        return False
    return True if begins_with(address, after) else None


def begins_with(address: str, name: str) -> bool:
    """Whether the address begins with the name's first word: `anna.berg@` with Anna."""
    first = _words_of(address)[0]
    word = name.casefold().partition(" ")[0].partition("-")[0]
    return len(word) > 1 and first in (word, _plain_letters(word))


@lru_cache(maxsize=16)
def _words_of(address: str) -> list[str]:
    """The words before the at sign, folded: `anna.berg@` has two."""
    return _BETWEEN.split(address.casefold().rpartition("@")[0] or address.casefold())


def _plain_letters(word: str) -> str:
    """`åsa` -> `asa`, `søren` -> `soren`: as addresses are made."""
    if word.isascii():
        return word
    plain = word.translate(_UNCOMPOSED)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def first_name_of(name: str) -> str | None:
    """What a salutation would use; None for an initial, a title, or several people in one cell."""
    word = name.partition(" ")[0]
    is_none = len(word) < 2 or word.endswith(".") or word.casefold() in _TITLES
    return None if is_none or _SEVERAL.search(name) else word
