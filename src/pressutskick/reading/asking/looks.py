"""What a person should look at though no question is asked: title, deadline, link, people.

Nothing of it stands in the way of sending, and a wrong one of it is not noticed by itself. It is
shown in one list, so that one key confirms all of it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pressutskick.reading.asking.answers import ANSWERABLE, apply_answers
from pressutskick.reading.model import Certainty, Fact, Reading, Sureness
from pressutskick.reading.view import plain
from pressutskick.release.model import Release

_SCALARS = ("title", "rsvp.deadline", "rsvp.url")
_ENTRY = re.compile(r"(speakers|contacts)\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One fact of the list, or one person: the field, its words, its lines, how sure it is."""

    field: str
    value: str
    lines: tuple[int, int] | None
    sureness: Sureness | None


def list_looks(reading: Reading) -> tuple[Look, ...]:
    """The list, in the order of the facts; what a question is about is not in it."""
    asked = {question.field for question in reading.questions}
    found: dict[str, list[Fact]] = {}
    for fact in reading.facts:
        entry = _ENTRY.match(fact.field)
        name = entry[0] if entry else fact.field
        if (entry or name in _SCALARS) and name not in asked:
            found.setdefault(name, []).append(fact)
    return tuple(_look(name, facts) for name, facts in found.items())


def _look(name: str, facts: list[Fact]) -> Look:
    order = tuple(Sureness)
    doubts = [fact.sureness for fact in facts if fact.sureness]
    values = [_words(fact.value) for fact in facts]
    return Look(
        field=name,
        value=", ".join(values),
        lines=facts[0].lines,
        sureness=max(doubts, key=order.index, default=None),
    )


def _words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    return str(value)


def correct(reading: Reading, answers: Mapping[str, str]) -> Reading:
    """The reading with what a person said of the list.

    Args:
        reading: what was read.
        answers: field of a look -> what it should be; empty where it should not be there at all.
            Somebody is told as `name` or `name, title`.

    Raises:
        ValueError: an answer is no day where one is wanted.
    """
    scalars = {name: answer for name, answer in answers.items() if name in ANSWERABLE}
    reading = apply_answers(reading, scalars)
    people = [(entry, answers[name]) for name in answers if (entry := _ENTRY.fullmatch(name))]
    # from the last on, so that the numbers of those before stay what they are
    for entry, answer in sorted(people, key=lambda one: -int(one[0][2])):
        reading = _with_person(reading, entry[1], int(entry[2]), answer.strip())
    return reading


def _with_person(reading: Reading, role: str, number: int, answer: str) -> Reading:
    release = reading.release
    if answer:
        name, _, title = (part.strip() for part in answer.partition(","))
        release = _renamed(release, role, number, name, title or None)
        return replace(
            reading, release=release, facts=_told_anew(reading.facts, release, role, number, answer)
        )
    changes: dict[str, Any] = {
        role: tuple(one for at, one in enumerate(getattr(release, role)) if at != number)
    }
    return replace(
        reading,
        release=replace(release, **changes),
        facts=tuple(_closed_up(reading.facts, role, number)),
    )


def _renamed(release: Release, role: str, number: int, name: str, title: str | None) -> Release:
    if role == "speakers":
        speaker = release.speakers[number]
        speakers = list(release.speakers)
        speakers[number] = replace(speaker, name=name, title=title or speaker.title)
        return replace(release, speakers=tuple(speakers))
    contact = release.contacts[number]
    contacts = list(release.contacts)
    contacts[number] = replace(contact, name=name, title=title or contact.title)
    return replace(release, contacts=tuple(contacts))


def _told_anew(
    facts: tuple[Fact, ...], release: Release, role: str, number: int, answer: str
) -> tuple[Fact, ...]:
    """The facts with a person's name as somebody typed it."""
    told = release.speakers[number] if role == "speakers" else release.contacts[number].name
    name = f"{role}[{number}]" + ("" if role == "speakers" else ".name")
    new = Fact(field=name, value=plain(told), lines=None, text=answer, certainty=Certainty.READ)
    if all(fact.field != name for fact in facts):
        return (*facts, new)
    return tuple(new if fact.field == name else fact for fact in facts)


def _closed_up(facts: tuple[Fact, ...], role: str, number: int) -> list[Fact]:
    """Without the facts of one person; those after it move up."""
    kept = []
    for fact in facts:
        entry = _ENTRY.match(fact.field)
        if entry is None or entry[1] != role or int(entry[2]) < number:
            kept.append(fact)
        elif int(entry[2]) > number:
            rest = fact.field[entry.end() :]
            kept.append(replace(fact, field=f"{role}[{int(entry[2]) - 1}]{rest}"))
    return kept
