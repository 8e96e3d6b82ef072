"""The text of one cell -> a value: blanks, languages, tags, dates, phones. Pure and forgiving.

Each reader gives None for what it cannot read; the table tells where that stood.
"""

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from pressutskick.mail import Language

#: Characters that look like a blank or like nothing. Line feeds and tabs are not among them.
_BLANKS = {
    **dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
    **dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF], ""),
    # An input method for Chinese or Japanese writes it; no name holds it.
    **dict.fromkeys([0xFF20, 0xFE6B], "@"),
}

LANGUAGE_NAMES: dict[str, Language] = {
    **dict.fromkeys(("sv", "se", "swe", "svenska", "svensk", "swedish"), Language.SWEDISH),
    **dict.fromkeys(
        ("no", "nb", "nn", "nor", "norsk", "norska", "bokmål", "nynorsk", "norwegian"),
        Language.NORWEGIAN,
    ),
    **dict.fromkeys(("da", "dk", "dan", "dansk", "danska", "danish"), Language.DANISH),
    **dict.fromkeys(
        ("en", "eng", "gb", "uk", "us", "engelska", "engelsk", "english"), Language.ENGLISH
    ),
}

#: A spreadsheet's day numbers of the years 1982 to 2064, where a date column lost its format.
_SERIAL = re.compile(r"[3-5]\d{4}")

#: The first letters of the months: Swedish; Danish, Norwegian and English where they differ.
_MONTHS = (
    *("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    *("", "", "", "", "mai", "", "", "", "", "oct", "", "des"),
    *("", "", "", "", "may"),
)
_IN_WORDS = re.compile(
    rf"(?:(?P<d>\d{{1,2}})\.? )?(?P<m>(?:{'|'.join(filter(None, _MONTHS))})[a-z]*)\.?,? (?P<y>\d{{4}})",
    re.IGNORECASE,
)


#: What people and databases write into a cell that holds nothing, folded; `NA` is a newspaper.
_NOTHING = frozenset(
    (
        *("n/a", "n.a", "null", "none", "undefined", "nil", "unknown", "no name", "vacant", "tbd"),
        *("\\n", "tba", "blank", "xxx", "xxxx", "n.n", "nat", "null null", "none none", "nan nan"),
        *("vakant", "vakans", "saknas", "okänd", "okänt", "namn saknas", "ej angivet", "ukjent"),
        *("ej angiven", "ej tillsatt", "vakant tjänst", "tjänsten vakant", "ingen", "inget"),
        *("tillsätts", "ukendt", "ikke oppgitt", "ikke angivet", "mangler", "ledig", "tomt"),
    )
)
#: Not-a-number, which Nan (a name) is not.
_NOT_A_NUMBER = frozenset({"nan", "NaN", "NAN", "<NA>"})
_LONGEST_NOTHING = 16
#: What a spreadsheet shows in place of a value, in the languages that it speaks with us; `####` is
#: a column that was too narrow.
_ERROR_WORD = re.compile(
    r"#[A-ZÅÄÖÆØ0/]{1,20}[!?]|#N/A|#I/T|#GETTING_DATA|#{3,}|Err:\d{3}"
    r"|(?:Loading|Laddar|Läser in|Indlæser|Laster inn)(?:\.\.\.|…)",
)
_LONGEST_ERROR = 24
#: Pairs of marks that stand around a whole text.
_AROUND = {"'": "'", '"': '"', "“": "”", "”": "”", "„": "“", "«": "»", "»": "»", "‘": "’", "’": "’"}


class PhoneRepair(StrEnum):
    """What had to be done to a phone number that a spreadsheet took for a number."""

    ZERO = "zero"
    PLUS = "plus"
    LOST = "lost"


def tidy(text: str) -> str:
    """`text` without blanks around it, odd blanks made plain ones, letters composed (NFC)."""
    if text.isascii():
        return text.strip()
    # Files from macOS hold å as a and a ring.
    return unicodedata.normalize("NFC", text.translate(_BLANKS)).strip()


def on_one_line(text: str) -> str:
    """`tidy` text with every run of blanks as a single one."""
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def parse_language(text: str) -> Language | None:
    """`sv`, `sv-SE`, `Svenska` -> a language."""
    word = text.casefold()
    return LANGUAGE_NAMES.get(word) or LANGUAGE_NAMES.get(re.split(r"[-_ (]", word, maxsplit=1)[0])


@lru_cache(maxsize=1024)
def parse_tags(text: str) -> frozenset[str]:
    """Words between commas, semicolons, bars, slashes or line feeds; case does not count."""
    # Google writes "* myContacts ::: press".
    parts = re.split(r"[,;|/\n]|:::", text)
    words = (on_one_line(part).lstrip("#* ").strip("\"'“”«»[](){} ").casefold() for part in parts)
    return frozenset(word for word in words if word)


@lru_cache(maxsize=1024)
def parse_date(text: str) -> date | None:
    """ISO, `5/3 2026`, `5.3.2026`, `20260305`, `5 mars 2026`; the day comes first.

    A month alone (`2026-03`, `mars 2026`) is its first day.
    """
    text = text.partition("T")[0].strip()
    if _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(text))
    for pattern in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?: .*)?",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<d>\d{1,2})[-/.]\s?(?P<m>\d{1,2})[-/. ]\s?(?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d{1,2})",
    ):
        if match := re.fullmatch(pattern, text):
            parts = match.groupdict()
            try:
                return date(int(parts["y"]), int(parts["m"]), int(parts.get("d") or 1))
            except ValueError:
                return None
    if match := _IN_WORDS.fullmatch(text):
        month = _MONTHS.index(match["m"][:3].casefold()) % 12 + 1
        try:
            return date(int(match["y"]), month, int(match["d"] or 1))
        except ValueError:
            return None
    return None


def repair_phone(text: str, *, was_number: bool = False) -> tuple[str, PhoneRepair | None]:
    """Gives a number its zero or plus back that a spreadsheet took.

    `701740600` can only be a Swedish mobile (070-…), `46701740600` only an international one; in
    `7,01741E+08` digits are lost for good. Where the cell was a number (`was_number`) its first
    digit cannot have been a zero, so one is missing.
    """
    if not text[-1:].isdigit() or not (text.isdigit() or "e" in text.casefold()):
        return text, None
    if re.fullmatch(r"\d+(?:[.,]\d+)?[eE]\+?\d+", text):
        return text, PhoneRepair.LOST
    if re.fullmatch(r"46[1-9]\d{7,8}|47\d{8}|45\d{8}", text):
        return f"+{text}", PhoneRepair.PLUS
    if re.fullmatch(r"7[02369]\d{7}", text) or (was_number and re.fullmatch(r"[1-9]\d{6,9}", text)):
        return f"0{text}", PhoneRepair.ZERO
    return text, None


def is_nothing(text: str) -> bool:
    """Whether a cell says that it holds nothing: `-`, `N/A`, `NULL`, `Vakant`."""
    if len(text) > _LONGEST_NOTHING:
        return False
    if text in _NOT_A_NUMBER or not any(map(str.isalnum, text)):
        return True
    return text.strip(" .()[]<>{}*-'\"").casefold() in _NOTHING


def is_error_word(text: str) -> bool:
    """Whether a text is what a spreadsheet shows in place of a value: `#REF!`, `Loading...`."""
    is_likely = text[:1] == "#" or text[-1:] in (".", "…") or text[:3] == "Err"
    return is_likely and len(text) <= _LONGEST_ERROR and bool(_ERROR_WORD.fullmatch(text))


def undo_export(text: str) -> str:
    """Takes off the marks by which programs keep a text a text: `'+46`, `="046"`, `“Anna”`."""
    match = re.fullmatch(r'="([^"]*)"', text) if text[:1] == "=" else None
    if match:
        return match[1]
    if text[:1] == "'" and text[1:2] in ("+", "-", "@"):
        return text[1:]
    closing = _AROUND.get(text[:1])
    inner = text[1:-1]
    if closing and len(text) > 2 and text.endswith(closing) and not {text[0], closing} & {*inner}:
        return inner.strip()
    # A mark on one side alone is a spreadsheet's, or what was left of a pair; 't Hooft is a name.
    is_name = text[:1] in ("'", "’") and text[2:3] == " "
    marks = [char for char in text if char in _AROUND]
    return text.strip("".join(_AROUND)) if len(marks) == 1 and not is_name else text
