"""A canonical document as a Reading: every key is a fact that was read, with its line.

So commands treat a canonical file and a raw one alike; only the certainty differs.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from pressutskick.release.document import Document
from pressutskick.release.facts.model import Certainty, Fact, Reading
from pressutskick.release.model import Release
from pressutskick.release.values import print_value

#: What a person decides about the mailing, not facts of the event.
_NO_FACTS = frozenset(
    {"id", "body", "extra", "silenced", "reminders", "reminders_on_holidays", "calendar"}
)


def read_canonical(document: Document, text: str) -> Reading:
    """The facts of `document` with the lines of `text` that they stand on."""
    lines = text.split("\n")
    return Reading(release=document.release, facts=tuple(_facts(document, lines)))


def _facts(document: Document, lines: list[str]) -> Iterator[Fact]:
    for field, value in list_values(document.release):
        line = _line_of(field, document.lines)
        if line is None:
            continue  # a default that the file does not mention
        text = lines[line - 1].strip() if line <= len(lines) else ""
        yield Fact(
            field=field,
            value=value,
            lines=(line, line),
            text=text,
            certainty=Certainty.READ,
        )


def list_values(release: Release) -> Iterator[tuple[str, object]]:
    """Dotted field and value of every fact in `release`, lists of texts as one value."""
    for each in fields(release):
        if each.name not in _NO_FACTS:
            yield from _values_of(each.name, getattr(release, each.name))


def _values_of(name: str, value: object) -> Iterator[tuple[str, object]]:
    if value is None or value == ():
        return
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _values_of(f"{name}.{each.name}", getattr(value, each.name))
    elif isinstance(value, tuple) and any(map(is_dataclass, value)):
        for index, part in enumerate(value):
            yield from _values_of(f"{name}[{index}]", part)
    elif isinstance(value, tuple):
        yield name, [print_value(part) for part in value]
    else:
        yield name, value.value if isinstance(value, Enum) else print_value(value)


def _line_of(field: str, lines: dict[str, int]) -> int | None:
    """The field's line, or that of the part it stands in (`- Anna Berg, kommunalråd`)."""
    if field in lines:
        return lines[field]
    part = field.rpartition(".")[0]
    return lines.get(part) if part.endswith("]") else None
