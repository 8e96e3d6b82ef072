"""Owns the labelled texts as the model of roles sees them: features and true roles."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.unit.test_reading_variants import VARIANTS

from pressutskick.reading.answering.deadlines import read_deadline
from pressutskick.reading.learnt.scoring import Judgement, Role, Value
from pressutskick.reading.reader import lay_page
from pressutskick.reading.roles.features import (
    person_features,
    person_key,
    reach_features,
    reach_key,
)
from pressutskick.reading.roles.mentions import find_mentions
from pressutskick.reading.roles.surroundings import Surroundings
from pressutskick.reading.spots.reach import Way
from pressutskick.reading.view import plain
from pressutskick.reading.when.event import read_when
from pressutskick.reading.where.place import read_where
from pressutskick.reading.where.words import fold_place

#: Role -> the kind of mention that it is for.
KINDS = {
    Role.SPEAKS: "person",
    Role.IS_CONTACT: "person",
    Role.REGISTERS: "person",
    Role.PHONE_OF_CONTACT: "phone",
    Role.PHONE_REGISTERS: "phone",
    Role.EMAIL_OF_CONTACT: "email",
    Role.EMAIL_REGISTERS: "email",
    Role.LINK_REGISTERS: "url",
    Role.IS_TITLE: "line",
    Role.IS_DAY: "day",
    Role.IS_END: "ending",
    Role.IS_START: "clock",
    Role.IS_PLACE: "stretch",
    Role.IS_DEADLINE: "moment",
}
#: Role -> what the truth calls it.
_TRUTHS = {
    Role.IS_TITLE: "title",
    Role.IS_DAY: "event_date",
    Role.IS_START: "start",
    Role.IS_END: "end",
    Role.IS_PLACE: "place",
    Role.IS_DEADLINE: "rsvp_deadline",
}
#: A stretch that has so much in common with the true place is it, one with less is not.
_ALIKE, _UNLIKE = 0.5, 0.34
#: What a variant's truth may name -> the role of whom it names.
_TOLD_BY = {
    "speakers": Role.SPEAKS,
    "contacts": Role.IS_CONTACT,
    "phones": Role.PHONE_OF_CONTACT,
    "emails": Role.EMAIL_OF_CONTACT,
    "email": Role.EMAIL_REGISTERS,
    "phone": Role.PHONE_REGISTERS,
    "url": Role.LINK_REGISTERS,
    "title": Role.IS_TITLE,
    "date": Role.IS_DAY,
    "end": Role.IS_END,
    "start": Role.IS_START,
    "place": Role.IS_PLACE,
    "deadline": Role.IS_DEADLINE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person, number, address or link of a text: what is seen of it and what it truly is."""

    kind: str
    key: str
    features: frozenset[str]
    #: What it truly is.
    roles: frozenset[Role]
    text: str = ""
    #: Whether the grammar wrote its text.
    is_written: bool = False
    #: The roles of which it is known whether it has them.
    judged: frozenset[Role] = frozenset(Role)


def read_cases(folder: Path, *, is_written: bool = False) -> Iterator[Case]:
    """Every case of a folder of `NN.txt` with `NN.truth.json`."""
    for path in sorted(folder.glob("*.truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        text = path.with_name(path.name.replace(".truth.json", ".txt")).read_text("utf-8")
        name = f"{folder.name}/{path.name.split('.')[0]}"
        yield from cases_of(name, text, truth, is_written=is_written)


def cases_of(
    name: str, text: str, truth: dict[str, Any], *, is_written: bool = False
) -> Iterator[Case]:
    """Every case of one text."""
    now = dt.datetime.fromisoformat(truth["as_of"]).replace(hour=8, tzinfo=dt.UTC)
    teacher = _Teacher(truth)
    page = lay_page(text, now=now, judge=teacher).page
    around = Surroundings.of(page, find_mentions(page))
    when = read_when(around, teacher)
    read_where(around, chosen=when.chosen, start=when.start_passage, judge=teacher)
    read_deadline(around, when.day.day.date if when.day else None, teacher)
    true = _true_roles(truth)
    for kind, key, features in _people_and_reaches(around):
        roles = frozenset(r for r in Role if KINDS[r] == kind and key in true[r])
        teacher.cases.append(Case(kind=kind, key=key, features=features, roles=roles))
    for case in teacher.cases:
        yield replace(case, text=name, is_written=is_written)


class _Teacher:
    """Judges as the truth does, and remembers what it was shown."""

    def __init__(self, truth: dict[str, Any]) -> None:
        self.truth = truth
        self.cases: list[Case] = []

    def __call__(
        self, role: Role, seen: Mapping[Value, frozenset[str]], /
    ) -> dict[Value, Judgement]:
        told = {value: self._is_it(role, value) for value in seen}
        for value, is_it in told.items():
            self.cases.append(
                Case(
                    kind=KINDS[role],
                    key=str(plain(value)),
                    features=seen[value],
                    roles=frozenset({role} if is_it else ()),
                    judged=frozenset() if is_it is None else frozenset(Role),
                )
            )
        return {value: Judgement(probability=float(bool(is_it))) for value, is_it in told.items()}

    def _is_it(self, role: Role, value: object) -> bool | None:
        """Whether a value is the truth's; None where that is hard to say."""
        want = self.truth.get(_TRUTHS[role])
        if role is Role.IS_DAY and want is None:
            return plain(value) in (self.truth.get("date_candidates") or ())
        if role not in (Role.IS_PLACE, Role.IS_TITLE):
            return plain(value) == want
        likeness = _likeness(want, str(value))
        return likeness >= _ALIKE if likeness >= _ALIKE or likeness < _UNLIKE else None


def _people_and_reaches(around: Surroundings) -> Iterator[tuple[str, str, frozenset[str]]]:
    for key, features in person_features(around).items():
        yield "person", key, features
    kinds = {Way.PHONE: "phone", Way.EMAIL: "email", Way.URL: "url"}
    for (way, key), features in reach_features(around).items():
        if way in kinds:
            yield kinds[way], key, features


def _likeness(want: str | None, got: str) -> float:
    """The share of words that two places have in common, 0 to 1."""
    one, two = set(fold_place(want or "").split()), set(fold_place(got).split())
    return len(one & two) / len(one | two) if one and two else 0.0


def read_variants() -> Iterator[Case]:
    """The texts of a test, whose truths name only what each is about."""
    for number, one in enumerate(VARIANTS):
        wanted = one.wanted
        truth = {
            "as_of": one.today,
            "event_date": wanted.get("date"),
            "title": wanted.get("title"),
            "start": wanted.get("start"),
            "end": wanted.get("end"),
            "place": wanted.get("place"),
            "rsvp_deadline": wanted.get("deadline"),
            "rsvp": {name: wanted.get(name) for name in ("email", "phone", "url")},
            "speakers": [{"name": name} for name in wanted.get("speakers", [])],
            "contacts": [
                *({"name": name} for name in wanted.get("contacts", [])),
                {"phones": wanted.get("phones", []), "emails": wanted.get("emails", [])},
            ],
        }
        judged = frozenset(role for name, role in _TOLD_BY.items() if name in wanted)
        for case in cases_of(f"variants/{number}", one.text, truth):
            yield replace(case, judged=case.judged & judged)


def _true_roles(truth: dict[str, Any]) -> dict[Role, set[str]]:
    contacts, rsvp = truth["contacts"] or [], truth["rsvp"] or {}
    return {
        Role.SPEAKS: {person_key(one["name"]) for one in truth["speakers"] or []},
        Role.IS_CONTACT: {person_key(one["name"]) for one in contacts if one.get("name")},
        Role.REGISTERS: {person_key(rsvp["name"])} if rsvp.get("name") else set(),
        Role.PHONE_OF_CONTACT: _reached(contacts, "phones", Way.PHONE),
        Role.PHONE_REGISTERS: _one(rsvp.get("phone"), Way.PHONE),
        Role.EMAIL_OF_CONTACT: _reached(contacts, "emails", Way.EMAIL),
        Role.EMAIL_REGISTERS: _one(rsvp.get("email"), Way.EMAIL),
        Role.LINK_REGISTERS: _one(rsvp.get("url"), Way.URL),
    }


def _reached(contacts: list[dict[str, Any]], name: str, way: Way) -> set[str]:
    return {reach_key(value, way) for one in contacts for value in one.get(name) or []}


def _one(value: str | None, way: Way) -> set[str]:
    return {reach_key(value, way)} if value else set()
