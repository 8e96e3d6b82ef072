"""Text -> lines: what an editor numbers, cleaned of Markdown and odd blanks.

Only the first `MAX_CHARACTERS` are looked at: no invitation is longer, and a hostile one costs
no more than that.
"""

import re
from dataclasses import dataclass
from functools import cache

from pressutskick.reading.page.labelwords import is_label_like
from pressutskick.recipients.naming.firstnames import FIRST_NAMES

MAX_CHARACTERS = 100_000
MAX_LINE = 8_000
_INVISIBLE = {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff\u00ad\x00"}
_BLANKS = {ord(c): " " for c in "\u00a0\u2007\u202f\t\x0b\x0c"}
_BULLET = (
    r"(?:[-*+•·▪◦‣–—●○■]|\(?\d{1,2}[.)](?!\s+(?:jan|feb|mar|apr|maj|mai|may|jun|jul|aug|sep|okt|oct|nov|dec|des)))"
    r"\s+(?=\S)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: its number from 1, as written, and cleaned of Markdown and odd blanks."""

    number: int
    raw: str
    text: str
    indent: int = 0
    is_bullet: bool = False
    is_heading: bool = False
    #: Cells set side by side with blanks, as in a letterhead; nothing goes on from there.
    is_row: bool = False


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "heading": re.compile(r"#{1,6}\s+"),
        "bullet": re.compile(_BULLET),
        "link": re.compile(r"!?\[([^\[\]\n]{0,300})\]\(<?([^()\s<>]{1,500})>?(?:\s+\"[^\"]*\")?\)"),
        "auto": re.compile(r"<((?:https?://|mailto:)?[^<>\s]{3,300})>"),
        "strong": re.compile(r"\*\*[^*]{1,120}\*\*:?|__[^_]{1,120}__:?"),
        "emphasis": re.compile(r"\*+|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|__+"),
        "escape": re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])"),
        "rule": re.compile(r"[\s.*_=~|:+-]*"),
        "spaced": re.compile(r"(?:\w ){3,30}\w"),
        "space": re.compile(r" {2,}"),
        "tab": re.compile(r"\t[\t ]*"),
        "narrow gap": re.compile(r"(\S.{0,30}?) {2,4}(\S.*)"),
        # what a lost line break or blank glued together, or a stray blank cut
        "glued": re.compile(
            r"(?<=\d\d \d\d)(?=[a-zåäöæø][\w.-]{1,60}@)|(?<=\w\.se)(?=[A-ZÅÄÖ][a-zåäö])|"
            r"(?<=\.(?:com|org|net))(?=[A-ZÅÄÖ][a-zåäö])|(?<=\.example)(?=[A-ZÅÄÖ][a-zåäö])|"
            r"(?<=[a-zåäöæø]{2})(?=(?:Press(?:s?ekreterare|chef|kontakt|ansvarig)|Kommunikat(?:ör|ionschef)|Kommunikations\w+|Tel(?:efon)?:|Mobil:|E-post:))"
        ),
        "cut": re.compile(
            r"\b([A-ZÅÄÖ][a-zåäöé]{2,8})- (?=([A-ZÅÄÖ][a-zåäöé]{2,9})\s[A-ZÅÄÖÆØ][a-z])"
        ),
        "gap": re.compile(r"(?<=\S) {5,}(?=\S)"),
    }


def clean(text: str) -> str:
    """`text` without Markdown signs; a link keeps its target where the words do not show it."""
    return _clean_inline(text.translate(_INVISIBLE).translate(_BLANKS)).strip()


def _clean_inline(text: str) -> str:
    patterns = _patterns()
    if "](" in text:
        text = patterns["link"].sub(_shown, text)
    if "<" in text:
        text = patterns["auto"].sub(lambda m: m[1].removeprefix("mailto:"), text)
    if "*" in text or "_" in text:
        text = patterns["emphasis"].sub("", text)
    if "\\" in text:
        text = patterns["escape"].sub(r"\1", text).rstrip("\\")
    return patterns["space"].sub(" ", text)


def _shown(match: re.Match[str]) -> str:
    words, target = match[1].strip(), match[2]
    bare = re.sub(r"^(?:mailto:|tel:|https?://)", "", target).split("?")[0].rstrip("/")
    if not words:
        return bare
    if target.startswith(("tel:", "#")) or bare.casefold() in words.casefold().rstrip("/"):
        return words
    return f"{words} {bare if target.startswith('mailto:') else target}"


def read_lines(text: str) -> tuple[Line, ...]:
    """Every line of the part of `text` that is looked at; numbers are those of an editor."""
    normal = text[:MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    return tuple(_read_line(n, raw) for n, raw in enumerate(normal.split("\n"), start=1))


def _read_line(number: int, raw: str) -> Line:
    patterns = _patterns()
    plain = raw[:MAX_LINE].translate(_INVISIBLE).translate(_BLANKS)
    text = plain.strip()
    indent = len(plain) - len(plain.lstrip())
    if "\t" in raw:
        text = _patterns()["tab"].sub("      ", raw[:MAX_LINE].translate(_INVISIBLE).strip())
        text = text.translate(_BLANKS).strip()
    if patterns["rule"].fullmatch(text):
        return Line(number=number, raw=raw, text="", indent=indent)
    text = re.sub(r"^(?:>\s?)+", "", text)
    text = _table_row(text) if "|" in text else text
    heading = patterns["heading"].match(text)
    if heading:
        text = text[heading.end() :].rstrip("# ")
    strong = patterns["strong"].fullmatch(text) is not None
    bullet = None if heading else patterns["bullet"].match(text)
    if bullet and not (text[0] == "*" and text.endswith("*") and text.count("*") == 2):
        text = text[bullet.end() :]
    text, is_row = _side_by_side(text)
    text = _mended(_clean_inline(text).strip())
    return Line(
        number=number,
        raw=raw,
        text=text.replace(" ", "") if patterns["spaced"].fullmatch(text) else text,
        indent=indent,
        is_bullet=bullet is not None,
        is_heading=heading is not None or strong,
        is_row=is_row,
    )


def _mended(text: str) -> str:
    """`06 71vilma@…exampleAndrej` with its blanks again, `Per- Erik Falk` without one."""
    text = _patterns()["glued"].sub(" ", text)
    return _patterns()["cut"].sub(_joined_name, text) if "- " in text else text


def _joined_name(match: re.Match[str]) -> str:
    is_name = {match[1].casefold(), match[2].casefold()} <= FIRST_NAMES
    return f"{match[1]}-" if is_name else match[0]


def _side_by_side(text: str) -> tuple[str, bool]:
    """`Tid:      onsdag 3 maj` as a label with its value, other cells with bars between them."""
    cells = [cell for cell in _patterns()["gap"].split(text) if cell]
    if len(cells) < 2:
        narrow = _patterns()["narrow gap"].match(text)
        if narrow is None or not is_label_like(narrow[1]):
            return text, False
        return f"{narrow[1].rstrip(': ')}: {narrow[2]}", True
    if len(cells) == 2 and (cells[0].endswith(":") or is_label_like(cells[0])):
        return f"{cells[0].rstrip(': ')}: {cells[1]}", True
    return " | ".join(cells), True


def _table_row(text: str) -> str:
    cells = [cell.strip() for cell in text.strip("| ").split("|")]
    cells = [cell for cell in cells if cell]
    if len(cells) == 2 and len(cells[0]) < 40 and not cells[0][-1].isdigit():
        return f"{cells[0].rstrip(': *')}: {cells[1]}"
    return " | ".join(cells)
