"""Lines -> units: what a writer meant as one paragraph, bullet, heading or cell.

Hard wraps are undone, words that the right edge cut made whole, bullets that a blank line split
joined, and every character still knows its line.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pressutskick.reading.page.labelwords import Meaning, is_label_like, meanings_of
from pressutskick.reading.page.lines import Line
from pressutskick.reading.spots.personwords import is_first, is_name_word, is_title_word
from pressutskick.reading.wording import words as word_set

#: No mail program wraps wider than this.
_WIDEST = 110
#: How far from the right edge a wrapped line may end.
_RAGGED = 12
#: Further in than this a line belongs to the column above it.
_WIDE = 5
#: A label before its colon is shorter.
_LABEL = 35
#: Words that cannot end a sentence: what follows them belongs to them.
_OPEN_WORDS = word_set(
    """och samt eller att för från till på i av med om en ett den det de som hur vid under över
    inför genom mellan både vars når hos har är ska vill kan og eller at for fra til på i av med om
    en et den det som hvordan ved under over både and or to of the a an in on at for with from by
    that is are will kl kl. klockan klokken klokka tel tel. telefon mobil nr"""
)


#: Those that may end a heading all the same: `media får följa med in`.
_PARTICLES = word_set("till på i av med om vid under över inför in on at to")
_JOINING = frozenset({"och", "eller", "samt", "resp", "respektive", "og", "and", "or"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A paragraph, bullet or heading; `marks` says at which offset each of its lines begins."""

    text: str
    marks: tuple[tuple[int, int], ...]
    paragraph: int
    is_bullet: bool = False
    is_heading: bool = False

    @property
    def first(self) -> int:
        """The number of its first line."""
        return self.marks[0][1]

    @property
    def last(self) -> int:
        """The number of its last line."""
        return self.marks[-1][1]

    def lines(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """First and last line of the characters from `start` up to `end`."""
        offsets = [offset for offset, _ in self.marks]
        stop = len(self.text) if end is None else end
        first = max(bisect_right(offsets, start) - 1, 0)
        last = max(bisect_right(offsets, max(stop - 1, start)) - 1, first)
        return self.marks[first][1], self.marks[last][1]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "broken": re.compile(r"[a-zåäöæø]{2}-$"),
    }


def build_units(lines: tuple[Line, ...]) -> tuple[Unit, ...]:
    """The units of the lines that hold words."""
    width = _wrap_width(lines)
    units: list[Unit] = []
    paragraph, blank = 0, True
    hangs = False
    previous: Line | None = None
    for line in lines:
        if not line.text:
            blank = True
            continue
        if blank:
            paragraph += 1
        hangs = hangs and not blank and line.indent > _WIDE and not line.is_row
        if hangs and units and not line.is_bullet and _tells_where_or_when(units[-1].text):
            units[-1] = _joined(units[-1], line, glue=", ")
        elif (
            previous
            and units
            and not hangs
            and not previous.is_row
            and _continues(units[-1], previous, line, width=width, blank=blank)
        ):
            units[-1] = _joined(units[-1], line)
        else:
            units.append(
                Unit(
                    text=line.text,
                    marks=((0, line.number),),
                    paragraph=paragraph,
                    is_bullet=line.is_bullet,
                    is_heading=line.is_heading,
                )
            )
        previous, blank = line, False
        hangs = hangs or line.is_row
    return tuple(units)


def _tells_where_or_when(text: str) -> bool:
    """Whether a label begins it whose value may go on in the lines below: `Plats: Folkets hus`."""
    label, colon, _ = text[:_LABEL].partition(":")
    return bool(colon) and bool(
        meanings_of(label) & {Meaning.WHEN, Meaning.PLACE, Meaning.GATHERING}
    )


def _joined(unit: Unit, line: Line, glue: str = " ") -> Unit:
    if is_broken_word(unit.text, line.text):
        marks = (*unit.marks, (len(unit.text) - 1, line.number))
        return replace(unit, text=f"{unit.text[:-1]}{line.text}", marks=marks)
    glue = glue if unit.text[-1].isalnum() else " "
    marks = (*unit.marks, (len(unit.text) + len(glue), line.number))
    return replace(unit, text=f"{unit.text}{glue}{line.text}", marks=marks)


def is_broken_word(text: str, following: str) -> bool:
    """`landshöv-` / `ding`: a word that the right edge cut; not `kvälls-` / `och helgtrafik`."""
    return (
        _patterns()["broken"].search(text[-4:]) is not None
        and following[:1].islower()
        and following.split(maxsplit=1)[0].casefold().strip(".,") not in _JOINING
    )


def _wrap_width(lines: tuple[Line, ...]) -> int:
    """The column at which the whole text was wrapped; 0 where it was not.

    Lines that break off in the middle of a sentence tell; a heading may be longer than they are.
    """
    broken = [
        len(one.raw.rstrip())
        for one, two in pairwise(lines)
        if 45 < len(one.text) <= _WIDEST
        and two.text
        and not two.is_bullet
        and one.text[-1] not in ".!?:"
        and (two.text[0].islower() or one.text.rsplit(maxsplit=1)[-1].lower() in _OPEN_WORDS)
    ]
    return max(broken) if len(broken) > 1 else 0


def _continues(unit: Unit, previous: Line, line: Line, *, width: int, blank: bool) -> bool:
    """Whether `line` goes on with the sentence of the unit before it."""
    if line.is_bullet or line.is_heading or previous.is_heading or line.is_row:
        return False
    text = unit.text
    if not blank and (is_broken_word(text, line.text) or _is_cut(text, line.text)):
        return True
    is_open = text[-1] not in ".!?:;)" and not text.endswith(("–", "…"))
    if blank:
        return (
            not line.text.isupper()
            and is_open
            and (unit.is_bullet or len(previous.text) > 45)
            and _reads_on(text, line.text)
            and (unit.is_bullet or line.text[0].islower() or not _may_end_heading(text))
        )
    if is_open and len(previous.text) > 30 and _reads_on(text, line.text):
        return True
    if re.match(r"(?:och|samt|eller|som|og|and|or|who)\s", line.text) and len(text) > 30:
        return text[-1] not in ".!?:"
    if unit.is_bullet and line.indent > 1 and not _starts_label(line.text):
        return True
    if width and _splits_number(previous.text, line.text):
        return len(previous.raw.rstrip()) > width - _RAGGED
    return bool(width) and _would_not_fit(previous, line, width) and not _starts_label(line.text)


def _is_cut(text: str, following: str) -> bool:
    """`kl. 12.00–` / `13.15`, or `energiminister Håkan` / `Uggla`: a span or a name cut in two."""
    if re.search(r"\d[.:]\d\d\s?[-–]$", text[-9:]):
        return re.match(r"\d{1,2}[.:]\d\d\b", following) is not None
    words, name = text.split()[-2:], following.split()
    return (
        len(words) == 2
        and is_title_word(words[0])
        and is_first(words[1])
        and len(name) == 1
        and name[0][0].isupper()
        and is_name_word(name[0])
    )


def _may_end_heading(text: str) -> bool:
    return text.rsplit(maxsplit=1)[-1].lower() in _PARTICLES


def _reads_on(text: str, following: str) -> bool:
    last = text.rsplit(maxsplit=1)[-1].lower()
    if _starts_label(following):
        return False
    if "@" in following.split(maxsplit=1)[0]:
        return last in _OPEN_WORDS
    return following[0].islower() or last in _OPEN_WORDS


def _splits_number(text: str, following: str) -> bool:
    """`070-174 06` / `81`: a telephone number goes on."""
    return (
        re.search(r"\d[- ]\d{2,3}(?: \d\d)?$|\b0\d{1,3} [-–]$", text) is not None
        and re.match(r"\d\d\d?\b", following) is not None
    )


def _would_not_fit(previous: Line, line: Line, width: int) -> bool:
    """The writer's program broke here because the next word did not fit, not to begin anew."""
    if len(previous.raw.rstrip()) > width + _RAGGED:
        return False
    return len(previous.raw.rstrip()) + 1 + len(line.text.split()[0]) > width


def _starts_label(text: str) -> bool:
    match = re.match(r"([^\W\d_][\w ,&/-]{0,30})\s?:(?:\s|$)", text)
    return match is not None and (match[1][0].isupper() or is_label_like(match[1]))
