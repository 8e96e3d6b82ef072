"""What people and programs write around an address, and in place of its letters. Pure.

Two spellings of one mailbox must become one text here, or a barred address would be mailed under its
other spelling. Everything is a walk over the text and no pattern can go back, so that a cell of a
hundred thousand blanks costs no more than its length.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

#: Characters that nobody sees (Unicode's Default_Ignorable_Code_Point): soft hyphens, zero-width
#: characters, bidi marks, variation selectors.
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
#: What a word processor or another keyboard writes for the sign that was meant.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u2039\u203a", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u3002\uff61", "."),
    }
)
_QUOTES = "'\"`"
#: What may stand on either side of an address and is no part of it.
_AROUND = " \t\r\n\"'`<>()[]{},;:|*\u2022\u00b7"
#: A word that says what follows: `E-post:`, `mailto:`, `SMTP:`.
_LABEL = re.compile(r"[^\W\d_](?:[^\W\d_]|[ :./-]){0,40}")
_LONGEST_LABEL = 40
_DOUBLE = re.compile(r"(?<=[\w>])<mailto:[^<>\n]{0,300}>", re.IGNORECASE)
#: An address in a text; the bounds are those of RFC 5321.
_ADDRESS = re.compile(
    r"[^\s<>()\[\]{}\",;:|]{1,64}@[^\s<>()\[\]{}\",;:|@]{1,190}\.[^\s<>()\[\]{}\",;:|@.]{2,63}"
)


def plain_letters(text: str) -> str:
    """`ａnna’s–x` -> `anna's-x`: one form for each letter, nothing invisible."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    return _IGNORABLE.sub("", composed).translate(_SIGNS)


def tidy_address(text: str) -> str:
    """Takes off what is surely not meant: marks around, labels, `mailto:`, a word in brackets."""
    text = _without_label(_without_comment(plain_letters(text).strip())).strip(_AROUND).rstrip("._")
    if text[:2] == "- ":
        text = text[2:].lstrip()
    local, at, domain = text.rpartition("@")
    return f"{local.strip(_QUOTES)}@{domain}" if at and local else text


def _without_comment(text: str) -> str:
    """`anna@a.example (arbete)` without what stands in round brackets."""
    opening = text.rfind("(") if text.endswith(")") else 0
    if opening > 0 and text[opening - 1].isspace() and "@" not in text[opening:]:
        return text[:opening].rstrip()
    return text


def _without_label(text: str) -> str:
    """The colon is no part of an address, so what stands before it says what follows."""
    at = text.find("@")
    colon = text.rfind(":", 0, at) if at > 0 else -1
    label = text[:colon].strip(_AROUND) if 0 < colon <= _LONGEST_LABEL else ""
    if not label or not _LABEL.fullmatch(label):
        return text
    rest = text[colon + 1 :]
    # A link is written in the form of RFC 6068.
    return unquote(rest.partition("?")[0]) if label.lower().endswith("mailto") else rest


def split_named_address(text: str) -> tuple[str, str]:
    """`Anna Berg <anna@tidning.example>`, or in other brackets -> name (may be empty) and address."""
    text = _without_comment(without_doubles(text).strip().rstrip(",;").rstrip())
    for opening, closing in ("<>", "()", "[]"):
        if not text.endswith(closing):
            continue
        place = text.find(opening) if opening == "<" else text.rfind(opening)
        inner = text[place + 1 : -1].strip()
        is_one = not any(char in "<>" or (char.isspace() and opening != "<") for char in inner)
        if place >= 0 and is_one and (opening == "<" or "@" in inner):
            return _tidy_name(text[:place]), inner
    return "", text


def without_doubles(text: str) -> str:
    """`anna@a.example<mailto:anna@a.example>`, as mail programs paste it, with the address once."""
    return _DOUBLE.sub("", text) if "<" in text else text


def _tidy_name(text: str) -> str:
    return text.strip().strip(_QUOTES).strip()


def find_addresses(text: str) -> Iterator[str]:
    """Everything in a text that looks like an address, tidied."""
    if "@" not in text and "\uff20" not in text and "\ufe6b" not in text:
        return
    for match in _ADDRESS.finditer(plain_letters(text)):
        yield tidy_address(match[0])
