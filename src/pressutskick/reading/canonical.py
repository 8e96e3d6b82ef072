"""A canonical document as a Reading: every key is a fact that was read, with its line.

So commands treat a canonical file and a raw one alike; only the certainty differs.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, replace

from pressutskick.reading.model import Certainty, Fact, Question, Reading
from pressutskick.reading.view import plain
from pressutskick.release.document import Document
from pressutskick.release.model import Attachment, Contact, Event, Release, Rsvp
from pressutskick.sentences import say

#: The key under which a written file keeps the questions that nobody has answered.
OPEN = "open"
#: What a person decides about the mailing, not facts of the event.
_NO_FACTS = frozenset(
    {"id", "body", "extra", "silenced", "reminders", "reminders_on_holidays", "calendar"}
)


def read_canonical(document: Document, text: str) -> Reading:
    """The facts of `document` with the lines of `text` that they stand on."""
    lines = text.split("\n")
    return Reading(
        release=document.release,
        facts=tuple(_facts(document, lines)),
        questions=_open_questions(document.release),
    )


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
    """Dotted field and value of every fact in `release`, one by one."""
    for each in fields(release):
        if each.name not in _NO_FACTS:
            yield from _values_of(each.name, getattr(release, each.name))


def _values_of(name: str, value: object) -> Iterator[tuple[str, object]]:
    """Named as the reader of raw texts names them: a speaker whole, a contact by its parts."""
    if value is None or value == ():
        return
    if isinstance(value, Event | Rsvp | Contact | Attachment):
        for each in fields(value):
            yield from _values_of(f"{name}.{each.name}", getattr(value, each.name))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _values_of(f"{name}[{index}]", part)
    else:
        yield name, plain(value)


def _line_of(field: str, lines: dict[str, int]) -> int | None:
    """The field's line; that of the list where a single value stands without one."""
    return lines.get(field) or lines.get(re.sub(r"\[0\]$", "", field))


def keep_questions(release: Release, asked: list[tuple[str, str]]) -> Release:
    """The release with its open questions under the key `open`: field -> why.

    A guess that was written down would read like a fact; with its question beside it, sending is
    refused until a person has removed it.
    """
    extra = {key: value for key, value in release.extra.items() if key != OPEN}
    return replace(release, extra={**extra, OPEN: dict(asked)} if asked else extra)


def _open_questions(release: Release) -> tuple[Question, ...]:
    kept = release.extra.get(OPEN)
    if not isinstance(kept, dict):
        return ()
    return tuple(
        Question(field=str(field), why=say("{why}", why=str(why))) for field, why in kept.items()
    )
