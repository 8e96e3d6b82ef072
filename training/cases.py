"""Owns the labelled texts as the model of roles sees them: features and true roles."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.unit.test_reading_variants import VARIANTS

from pressutskick.reading.reader import lay_page
from pressutskick.reading.roles.features import (
    person_features,
    person_key,
    reach_features,
    reach_key,
)
from pressutskick.reading.roles.mentions import find_mentions
from pressutskick.reading.roles.scoring import Role
from pressutskick.reading.roles.surroundings import Surroundings
from pressutskick.reading.spots.reach import Way

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
}


#: What a variant's truth may name -> the role of whom it names.
_TOLD_BY = {
    "speakers": Role.SPEAKS,
    "contacts": Role.IS_CONTACT,
    "phones": Role.PHONE_OF_CONTACT,
    "emails": Role.EMAIL_OF_CONTACT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person, number, address or link of a text: what is seen of it and what it truly is."""

    text: str
    kind: str
    key: str
    features: frozenset[str]
    #: What it truly is.
    roles: frozenset[Role]
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
    page = lay_page(text, now=now).page
    around = Surroundings.of(page, find_mentions(page))
    seen = [("person", key, features) for key, features in person_features(around).items()]
    kinds = {Way.PHONE: "phone", Way.EMAIL: "email", Way.URL: "url"}
    seen += [
        (kinds[way], key, features)
        for (way, key), features in reach_features(around).items()
        if way in kinds
    ]
    true = _true_roles(truth)
    for kind, key, features in seen:
        roles = frozenset(r for r in Role if KINDS[r] == kind and key in true[r])
        yield Case(
            text=name, kind=kind, key=key, features=features, roles=roles, is_written=is_written
        )


def read_variants() -> Iterator[Case]:
    """The texts of a test, whose truths name only what each is about."""
    for number, one in enumerate(VARIANTS):
        wanted = one.wanted
        truth = {
            "as_of": one.today,
            "rsvp": None,
            "speakers": [{"name": name} for name in wanted.get("speakers", [])],
            "contacts": [
                *({"name": name} for name in wanted.get("contacts", [])),
                {"phones": wanted.get("phones", []), "emails": wanted.get("emails", [])},
            ],
        }
        judged = frozenset(role for name, role in _TOLD_BY.items() if name in wanted)
        for case in cases_of(f"variants/{number}", one.text, truth):
            yield replace(case, judged=judged)


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
