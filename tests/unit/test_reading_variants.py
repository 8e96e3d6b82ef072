"""Invented invitations in the manners of writing that real newsrooms have.

Each lies under `tests/data/variants`, named after what is hard about it, with the answers that its
writer meant; together with the practice set they keep the rules from being fitted to single texts.
"""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from benchmarks.accuracy import alike

from pressutskick.reading.reader import read_release
from pressutskick.reading.spots.reach import digits
from pressutskick.reading.view import reading_document

FOLDER = Path(__file__).parents[1] / "data" / "variants"


@dataclass(frozen=True)
class Variant:
    name: str
    today: str
    text: str
    wanted: dict[str, object]


def load(path: Path) -> Variant:
    text = path.read_bytes().decode().strip("\n")
    truth = json.loads(path.with_suffix(".truth.json").read_text("utf-8"))
    return Variant(text=text, **truth)


VARIANTS = [load(path) for path in sorted(FOLDER.glob("*.txt"))]


def test_every_variant_has_its_answers_and_every_answer_its_text() -> None:
    texts = {path.stem for path in FOLDER.glob("*.txt")}
    assert texts == {path.name.removesuffix(".truth.json") for path in FOLDER.glob("*.json")}
    assert len(texts) >= 62


def answers(one: Variant) -> dict[str, object]:
    now = dt.datetime.fromisoformat(one.today).replace(hour=8, tzinfo=dt.UTC)
    document = reading_document(read_release(one.text, now=now))
    release = document["release"]
    event, rsvp, contacts = release["event"], release["rsvp"], release["contacts"]
    return {
        **{name: release[name] for name in ("title", "status", "language")},
        **{name: event[name] for name in ("date", "end_date", "start", "end", "place")},
        "email": rsvp["email"],
        "phone": digits(rsvp["phone"] or ""),
        "url": rsvp["url"],
        "deadline": rsvp["deadline"],
        "speakers": {speaker["name"] for speaker in release["speakers"]},
        "contacts": {contact["name"] for contact in contacts},
        "phones": {digits(phone) for contact in contacts for phone in contact["phones"]},
        "emails": {email for contact in contacts for email in contact["emails"]},
        "q": {question["field"] for question in document["questions"]},
    }


@pytest.mark.parametrize("one", VARIANTS, ids=lambda one: one.name)
def test_an_invitation_is_read_as_its_writer_meant_it(one: Variant) -> None:
    got = answers(one)
    for name, want in one.wanted.items():
        if isinstance(want, list):
            assert got[name] == set(want), name
        elif name == "place" and want and got[name]:
            assert alike("place", str(want), str(got[name])), got[name]
        else:
            assert (got[name] or None) == want, name


def test_a_gathering_place_and_a_line_of_the_programme_are_not_printed_twice() -> None:
    reading = read_release(
        "Pressinbjudan: Cykelgaraget i Åstad öppnar\n\n"
        "Tisdag 8 december öppnar cykelgaraget vid stationen, och pressen är välkommen att se det.\n\n"
        "Tid: tisdag 8 december 2026 kl. 9.30\n\nPlats: Stationsplan 3, Åstad\n\n"
        "Samling: vid huvudentrén\n\nProgram\n\n- 9.30 Välkommen\n- 10.15 Fika och intervjuer\n",
        now=dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC),
    )
    assert reading.release.event is not None
    assert reading.release.event.gathering == "huvudentrén"
    assert "Samling" not in reading.release.body
    assert "10.15 Fika och intervjuer" in reading.release.body
    assert reading.release.photo_note is None
