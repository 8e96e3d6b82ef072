"""Contact cards (.vcf; RFC 6350 and the older 2.1 and 3.0) -> rows. Pictures and the like are left.

One card is one row: the preferred address of several, else one at work before one at home. The row
number is the line where the card begins. A reader of our own: the libraries give a whole file up
for one line that is none, and address books write such lines (docs/dependencies.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.omissions import leave_out
from pressutskick.recipients.fields import Field
from pressutskick.recipients.rows import Beside, Row
from pressutskick.sentences import say, say_many
from pressutskick.sources.lists.contentlines import Property, parts_of, plain, read_properties

HEADER = (
    *(Field.ADDRESS, Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.OUTLET, Field.DESK),
    *(Field.ROLE, Field.PHONE, Field.LANGUAGE, Field.TAGS),
)
#: A column of the list's own: nothing is sent there before a person says so, and nothing is lost.
OTHERS = "other_addresses"
_NEEDED = frozenset({"FN", "N", "TITLE", "EMAIL", "TEL", "ORG", "LANG", "CATEGORIES"})
_OUTSIDE = "-"


@dataclass(slots=True)
class _Card:
    """A card that has begun; `is_nested` where it lies within another one."""

    line: int
    is_nested: bool
    properties: list[Property] = field(default_factory=list)


def read_vcards(text: str, *, file: str) -> Iterator[Row | Problem | Beside]:
    """A row for each card, under a header of ours at line 0."""
    yield Row(0, (*(field.value for field in HEADER), OTHERS))
    open_cards: list[_Card] = []
    name_before = ""
    for found in read_properties(text):
        word = found.value.strip().upper() if found.name in ("BEGIN", "END") else ""
        if found.name == "BEGIN" and word == "VCARD":
            is_nested = bool(open_cards) and name_before == "AGENT"
            if not is_nested:
                yield from (_unfinished(card, file) for card in open_cards)
                open_cards.clear()
            open_cards.append(_Card(found.line, is_nested))
        elif found.name == "END" and word == "VCARD" and open_cards:
            yield from _end(open_cards.pop(), file)
        elif open_cards and found.name in _NEEDED:
            open_cards[-1].properties.append(found)
        elif "@" in found.value:
            yield Beside(place=found.name if open_cards else _OUTSIDE, text=found.value)
        name_before = found.name
    yield from (_unfinished(card, file) for card in open_cards)


def _unfinished(card: _Card, file: str) -> Problem:
    return Problem(
        code="list.open_card",
        severity=Severity.ERROR,
        sentence=say("the card that begins here does not end; the file is cut off"),
        origin=Origin(file=file, line=card.line),
    )


def _end(card: _Card, file: str) -> Iterator[Row | Problem]:
    """The row of a card, or that there is none."""
    origin = Origin(file=file, line=card.line)
    if card.is_nested:
        what = say_many("{count} card inside another card", "{count} cards inside other cards", 1)
        names = [plain(p.value) for p in card.properties if p.name in ("FN", "EMAIL")]
        yield leave_out("list.nested_card", what, origin=origin, where=", ".join(names))
        return
    values = _values(card.properties)
    if any(values):
        yield Row(card.line, values)
        return
    what = say_many("{count} card without a name", "{count} cards without a name", 1)
    yield leave_out("list.empty_card", what, origin=origin, severity=Severity.HINT)


def _values(card: list[Property]) -> tuple[str, ...]:
    emails = sorted((p for p in card if p.name == "EMAIL"), key=lambda p: p.preference)
    phones = sorted((p for p in card if p.name == "TEL"), key=lambda p: p.preference)
    last, first = [*_first(card, "N"), "", ""][:2]
    outlet, desk = [*_first(card, "ORG"), "", ""][:2]
    values = {
        Field.ADDRESS: plain(emails[0].value) if emails else "",
        Field.NAME: ";".join(_first(card, "FN")),
        Field.FIRST_NAME: first,
        Field.LAST_NAME: last,
        Field.OUTLET: outlet,
        Field.DESK: desk,
        Field.ROLE: ";".join(_first(card, "TITLE")),
        Field.PHONE: plain(phones[0].value).removeprefix("tel:") if phones else "",
        Field.LANGUAGE: ";".join(_first(card, "LANG")),
        Field.TAGS: ",".join(
            part for p in card if p.name == "CATEGORIES" for part in parts_of(p.value)
        ),
    }
    others = ", ".join(plain(each.value) for each in emails[1:])
    return (*(values[field] for field in HEADER), others)


def _first(card: list[Property], name: str) -> list[str]:
    """The parts of the first property of that name."""
    return next((parts_of(p.value) for p in card if p.name == name), [])
