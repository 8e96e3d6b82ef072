"""The body: what is left when heading, chrome, and the blocks that the mail prints anyway are gone.

The words stay verbatim. Split bullets are joined, hard wraps undone, letterhead and stray rules
gone. Lifted out are only whole lines: labelled facts, the RSVP and contact blocks.
"""

import re
from dataclasses import replace

from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.page import Page
from pressutskick.reading.page.units import Unit, is_broken_word

#: Who said it, behind a stretch of speech.
_SAID = re.compile(
    r"""[,.!?"”»]\s(?:säger|berättar|menar|förklarar|konstaterar|tycker|kommenterar|avslutar|"""
    r"sier|forteller|siger|fortæller|says|said|explains)\b"
)
#: What the mail prints on its own.
_PRINTED = {Meaning.WHEN, Meaning.PLACE, Meaning.RSVP, Meaning.CONTACT, Meaning.DEADLINE}
_SHORT_SENTENCE = 90
#: An item of a list of dashes is shorter than so many characters, or has no full stop.
_SHORTEST_SPEECH = 40


def find_lifted(page: Page, *, taken: frozenset[int], told: frozenset[str]) -> frozenset[int]:
    """The numbers, in `page.units`, of the units to leave out of the body.

    Args:
        page: the text.
        taken: line numbers of facts that the mail prints.
        told: the words of the event's facts; a line that is nothing but these goes too.
    """
    by_unit: dict[int, list[Passage]] = {}
    for passage in page.passages:
        by_unit.setdefault(id(passage.unit), []).append(passage)
    lifted = set()
    for number, unit in enumerate(page.units):
        passages = by_unit.get(id(unit), [])
        if (passages and all(_is_printed(passage, taken, told) for passage in passages)) or (
            unit.text.strip(" .") in told and not unit.is_bullet
        ):
            lifted.add(number)
    for number, unit in enumerate(page.units[:-1]):
        # `anmäl till:` has nothing left to lead to
        if (
            unit.text.endswith(":")
            and number + 1 in lifted
            and not unit.is_heading
            and len(unit.text) < _SHORT_SENTENCE
        ):
            lifted.add(number)
    return frozenset(lifted)


def _is_printed(passage: Passage, taken: frozenset[int], told: frozenset[str]) -> bool:
    """Whether a passage says nothing that the mail's own blocks do not say."""
    if passage.meanings == {Meaning.GATHERING}:
        # Its clock has no line of its own in the mail.
        return passage.text.strip() in told and not re.search(r"\d", passage.text)
    if not passage.meanings & _PRINTED or not passage.meanings <= _PRINTED:
        return False
    if passage.is_empty:
        return True
    first, last = passage.lines()
    known = any(line in taken for line in range(first, last + 1))
    sentences = len(re.findall(r"[.!?]\s+[A-ZÅÄÖÆØ]", passage.text))
    if passage.says(Meaning.CONTACT):
        return known or len(passage.text) < _SHORT_SENTENCE
    return known and (sentences == 0 or len(passage.text) < _SHORT_SENTENCE)


def write_body(page: Page, lifted: frozenset[int]) -> tuple[str | None, str, int]:
    """Lead, body (CommonMark) and the number of the lead's unit (-1 where there is none)."""
    start = page.units.index(page.title) + 1 if page.title in page.units else 0
    kept = [
        (number, unit)
        for number, unit in enumerate(page.units)
        if number >= start and number not in lifted and not _repeats_title(page, unit)
    ]
    empty = frozenset(id(p.unit) for p in page.passages if p.is_empty)
    kept = _without_empty_headings(kept, empty)
    lead = _lead(kept)
    rest = _without_empty_headings([each for each in kept if each[0] != lead], empty)
    parts = [
        (spoken, _markdown(page, spoken))
        for number, unit in rest
        for spoken in [replace(unit, is_bullet=unit.is_bullet and not _is_speech(page, unit))]
    ]
    text = page.units[lead].text if lead >= 0 else None
    return text, _joined(parts), lead


def _repeats_title(page: Page, unit: Unit) -> bool:
    return page.title is not None and unit.text == page.title.text


def _without_empty_headings(
    kept: list[tuple[int, Unit]], empty: frozenset[int]
) -> list[tuple[int, Unit]]:
    """A heading, or a label in the way of one, whose whole section is gone has nothing to head."""
    found = []
    for position, (number, unit) in enumerate(kept):
        following = kept[position + 1] if position + 1 < len(kept) else None
        gap = following is None or following[0] > number + 1
        heads = unit.is_heading or id(unit) in empty
        if heads and gap and (following is None or following[1].is_heading):
            continue
        found.append((number, unit))
    return found


def _lead(kept: list[tuple[int, Unit]]) -> int:
    """The first paragraph of prose, if the text opens with one."""
    for number, unit in kept[:3]:
        if not unit.is_heading and not unit.is_bullet and len(unit.text) > 60:
            return number
    return -1


def _is_speech(page: Page, unit: Unit) -> bool:
    """`– Vi har längtat, säger Eva Ek.`: a dash that begins speech and no list."""
    raw = page.lines[unit.marks[0][1] - 1].raw.strip()
    if not raw.startswith(("–", "—", "-")):
        return False
    sentence = len(unit.text) > _SHORTEST_SPEECH and unit.text.endswith((".", "!", "?", "”", '"'))
    return _SAID.search(unit.text) is not None or (sentence and not raw.startswith("-"))


def _markdown(page: Page, unit: Unit) -> str:
    """The unit as CommonMark, from its raw lines so that emphasis and links stay."""
    raw = [page.lines[line - 1].raw.strip() for _, line in unit.marks]
    text = _without_breaks([part for part in raw if part])
    text = re.sub(r"^(?:>\s*)+", "", text)
    text = re.sub(r"[ \t\u00a0]{2,}", " ", text)
    if unit.is_bullet:
        match = re.match(r"(?:[-*+•·▪◦‣–—●○■]|(\(?\d{1,2}[.)]))\s+", text)
        mark = match[1] if match and match[1] else "-"
        rest = text[match.end() :] if match else text
        return f"{mark} {rest}"
    text = re.sub(r"^-\s+", "– ", text)
    if unit.is_heading:
        return f"### {unit.text.rstrip(':')}" if not text.startswith("#") else _heading(text)
    return text


def _without_breaks(rows: list[str]) -> str:
    text = ""
    for row in rows:
        text = text[:-1] + row if is_broken_word(text, row) else f"{text} {row}"
    return text.strip()


def _heading(text: str) -> str:
    match = re.match(r"(#{1,6})\s+(.*)", text)
    words = (match[2] if match else text).strip("# ").strip()
    words = re.sub(r"^\*\*(.*?)\*\*:?$", r"\1", words).rstrip(": ")
    return f"{match[1] if match else '##'} {words}"


def _joined(parts: list[tuple[Unit, str]]) -> str:
    """Bullets of one list on lines of their own, everything else as paragraphs."""
    out: list[str] = []
    for position, (unit, text) in enumerate(parts):
        if position:
            before = parts[position - 1][0]
            if unit.is_bullet and before.is_bullet:
                out.append("\n")
            elif (
                unit.paragraph == before.paragraph
                and not unit.is_bullet
                and not before.is_bullet
                and not before.is_heading
            ):
                out.append("\\\n" if len(before.text) < 80 else "\n\n")
            else:
                out.append("\n\n")
        out.append(text)
    return "".join(out).strip()
