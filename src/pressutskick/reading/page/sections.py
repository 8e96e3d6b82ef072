"""Sections: which label or heading is in force over each passage, and where it ends."""

import re

from pressutskick.reading.page.labels import Passage, cut_labels
from pressutskick.reading.page.labelwords import (
    Meaning,
    begins_as_label,
    is_label_like,
    is_plain_word,
    meanings_of,
    names_kind,
)
from pressutskick.reading.page.units import Unit
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import find_dates
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.personwords import is_title_word

#: A day or clock no later than this in a value tells what the label is about.
_AT_ONCE = 4
#: What only somebody to call has.
_CALL = re.compile(r"@|\d{2,} ?[-–] ?\d{2}|\d{3} \d\d|\d{7}")
#: A line that tells nothing but a time is no longer, and holds no more besides.
_TIME_LINE, _BESIDE = 100, 36
#: An item of a programme begins with its clock.
_TIME_HEAD = 16
#: A paragraph under a heading that stands right above it is longer.
_PROSE = 80


def split_passages(units: tuple[Unit, ...], breaks: frozenset[int]) -> tuple[Passage, ...]:
    """Every unit cut at its labels, each piece with what it stands under.

    `breaks` are line numbers (a web page's own headings) at which every section ends.
    """
    reader = _Sections()
    ahead = sorted(breaks, reverse=True)
    for number, unit in enumerate(units):
        while ahead and ahead[-1] < unit.first:
            ahead.pop()
            reader.close()
        following = units[number + 1] if number + 1 < len(units) else None
        reader.read(unit, following)
    return tuple(reader.passages)


class _Sections:
    """Walks the units and remembers which label or heading is in force."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.label: str | None = None
        self.label_lines: tuple[int, int] | None = None
        self.meanings: frozenset[Meaning] = frozenset()
        #: The last paragraph that a label reaches into; None: until another one.
        self.until: int | None = -1
        self.waiting = False
        #: The paragraph of the unit before this one.
        self.paragraph = 0

    def read(self, unit: Unit, following: Unit | None) -> None:
        """Adds the passages of the next unit."""
        pieces = cut_labels(unit)
        if len(pieces) == 1 and pieces[0][0] is None:
            self._read_plain(unit, following)
        else:
            for label, start, end in pieces:
                if label is None:
                    self._add(unit, start, end)
                else:
                    self._read_labelled(unit, label, start, end)
        self.paragraph = unit.paragraph

    def _read_plain(self, unit: Unit, following: Unit | None) -> None:
        text = unit.text
        known = meanings_of(text) if len(text) < 70 else frozenset()
        if known and _opens_section(unit, known) and not self._is_role(unit):
            self._open(text, known, unit, long=True)
            self._add(unit, len(text), len(text), empty=True, own=True)
            return
        if self._ends_with(unit, following):
            self.close()
        if _is_time_line(text) and not self._holds_people():
            self._add(
                unit, 0, len(text), meanings=frozenset({Meaning.WHEN, Meaning.OTHER}), own=True
            )
        else:
            self._add(unit, 0, len(text))

    def _is_role(self, unit: Unit) -> bool:
        """`pressansvarig` right below a name is that person's title."""
        if unit.paragraph != self.paragraph or not is_title_word(unit.text):
            return False
        above = self.passages[-1].text.strip() if self.passages else ""
        people = find_people(above, weak=True)
        return len(people) == 1 and people[0].start == 0 and people[0].end >= len(above) - 1

    def _ends_with(self, unit: Unit, following: Unit | None) -> bool:
        """Whether a line without a label ends the section that is open."""
        begins = unit.paragraph > self.paragraph and not self.waiting
        if begins and self.meanings == {Meaning.PROGRAM} and len(unit.text) > _PROSE:
            return not find_clocks(unit.text[:_TIME_HEAD])
        heading = unit.is_heading or (begins and _looks_like_heading(unit, following))
        if self._holds_people() or Meaning.RSVP in self.meanings:
            if re.search(r"@|\d{2,} ?[-–] ?\d{2}|\d{3} \d\d|\d{7}", unit.text):
                return False
            if unit.is_heading or (heading and Meaning.RSVP in self.meanings):
                return not _names_somebody(unit.text)
            return _is_prose(unit.text) if self._holds_people() else False
        return heading

    def _read_labelled(self, unit: Unit, label: str, start: int, end: int) -> None:
        known = meanings_of(label)
        value = unit.text[start:end].strip()
        if names_kind(label) and value:
            self.close()
            self._add(unit, start, end, label=label, meanings=frozenset({Meaning.OTHER}), own=True)
            return
        if not known or (known == {Meaning.ABOUT} and value and self._holds_people()):
            if self._holds_people() or value:
                # `Om bygget: Joakim …` among contacts; an unknown label over a value elsewhere
                meanings = self.meanings if self._holds_people() else _of_value(value)
                if meanings == {Meaning.SPEAKERS} and _CALL.search(value):
                    meanings = frozenset({Meaning.CONTACT})
                self._add(unit, start, end, label=label, meanings=meanings, own=True)
            else:
                self.close()
                self._add(unit, 0, end)
            return
        if value:
            self._open(
                label, known, unit, long=Meaning.CONTACT in known or Meaning.SPEAKERS in known
            )
            self._add(unit, start, end, own=True)
            self.waiting = False
            if not self._holds_people() and known != {Meaning.RSVP}:
                self.close()
            elif known in ({Meaning.SPEAKERS}, {Meaning.CONTACT}, {Meaning.RSVP}):
                self.until = None if value.endswith(":") else unit.paragraph
        else:
            self._open(label, known, unit, long=not known <= {Meaning.WHEN, Meaning.PLACE})
            self._add(unit, end, end, empty=True, own=True)

    def _open(self, label: str, meanings: frozenset[Meaning], unit: Unit, *, long: bool) -> None:
        self.label, self.meanings, self.label_lines = label.strip(" :"), meanings, unit.lines()
        both = {Meaning.WHEN, Meaning.PLACE} <= meanings
        self.until = None if long else unit.paragraph + (2 if both else 1)
        self.waiting = True

    def close(self) -> None:
        """No label is in force any more."""
        self.label, self.meanings, self.until, self.waiting = None, frozenset(), -1, False

    def _holds_people(self) -> bool:
        return not self.meanings.isdisjoint({Meaning.CONTACT, Meaning.SPEAKERS})

    def _add(
        self,
        unit: Unit,
        start: int,
        end: int,
        *,
        label: str | None = None,
        meanings: frozenset[Meaning] | None = None,
        own: bool = False,
        empty: bool = False,
    ) -> None:
        if self.until is not None and unit.paragraph > self.until:
            self.close()
        self.passages.append(
            Passage(
                unit=unit,
                start=start,
                end=end,
                index=len(self.passages),
                label=label or self.label,
                label_lines=unit.lines() if label else self.label_lines,
                meanings=self.meanings if meanings is None else meanings,
                own=own or (self.waiting and not empty),
                is_empty=empty,
            )
        )
        if not empty:
            self.waiting = False


def _of_value(value: str) -> frozenset[Meaning]:
    """What an unknown label means, by what stands after it: a day or a clock."""
    head = value[:40]
    times = [d.start for d in find_dates(head) if d.relation is None] + [
        c.at for c in find_clocks(head)
    ]
    if times and min(times) < _AT_ONCE:
        return frozenset({Meaning.WHEN, Meaning.OTHER})
    people = find_people(value)
    is_cast = bool(people) and bool(people[0].title) and not re.search(r"@|\d{3}", value)
    if is_cast and min(people[0].start, people[0].title_start) < _AT_ONCE:
        return frozenset({Meaning.SPEAKERS})
    return frozenset({Meaning.OTHER})


def _is_time_line(text: str) -> bool:
    """`Onsdag 9/10 kl. 10.00 (cirka en timme)`: hardly more than a day and a clock."""
    if len(text) > _TIME_LINE or not text[0].isalnum():
        return False
    dates, clocks = find_dates(text), find_clocks(text)
    if bool(dates) != bool(clocks):
        lengths = [*(d.end - d.start for d in dates), *(c.stop - c.at for c in clocks)]
        is_day = all(one.weekday is not None and one.day for one in dates)
        return is_day and len(text) - sum(lengths) <= _AT_ONCE
    if not dates or not clocks or dates[0].relation is not None or dates[0].start > _AT_ONCE:
        return False
    if dates[0].year is not None and dates[0].weekday is None:
        return False  # as stamps of publication are written
    rest = text[max(clocks[-1].stop, dates[-1].end) :]
    if re.match(r"\s?[:,–-]\s[A-ZÅÄÖ]", rest) and text[-1] != ".":
        return True
    told = sum(one.end - one.start for one in dates) + sum(one.stop - one.at for one in clocks)
    return len(text) - told < _BESIDE


def _looks_like_heading(unit: Unit, following: Unit | None) -> bool:
    text = unit.text
    if unit.is_bullet or following is None or len(text) > 80 or len(unit.marks) > 1:
        return False
    is_over_prose = len(text) < _AT_ONCE * 10 and len(following.text) > _PROSE
    alone = following.paragraph > unit.paragraph or is_over_prose
    return alone and text[0].isupper() and text[-1] not in ".,;!?)" and "@" not in text


def _opens_section(unit: Unit, known: frozenset[Meaning]) -> bool:
    """Whether a line without a colon is a heading such as `Tid och plats`, `För mer information`."""
    text = unit.text
    if "," in text and not is_label_like(text):
        return False
    if unit.is_heading:
        return len(text) < 50 or is_label_like(text)
    if is_label_like(text):
        return not is_plain_word(text)
    people = {Meaning.CONTACT, Meaning.ABOUT}
    return (
        bool(known & people)
        and len(text) < 60
        and not re.search(r"\d|@|[.!?,]$", text)
        and begins_as_label(text)
    )


def _names_somebody(text: str) -> bool:
    """A person or a title, as headings in a block of contacts have them."""
    return bool(find_people(text, weak=True)) or any(is_title_word(w) for w in text.split()[:4])


def _is_prose(text: str) -> bool:
    """A sentence or a farewell with nothing to reach anybody by: no part of a list of people."""
    if text.endswith("!"):
        return True
    if text[-1] not in ".?" or re.search(r"@|\d{2,}[ -]\d{2}", text):
        return False
    count = len(text.split())
    return count > 9 or (
        count > 4 and "," not in text and not any(p.is_known for p in find_people(text))
    )
