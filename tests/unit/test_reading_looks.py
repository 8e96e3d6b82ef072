"""What a person looks through at the end: one list, in which each thing can be mended or left out."""

import datetime as dt

import pytest

from pressutskick.reading.asking.looks import correct, list_looks
from pressutskick.reading.model import Reading
from pressutskick.reading.reader import read_release

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
TEXT = """Pressinbjudan: Nytt badhus i Norrvik

Tid: torsdag 12 mars kl 13.00
Plats: Stadshuset, Storgatan 4

Medverkande:
Ulla Ask, kommunalråd
Bo Ek, arkitekt

Anmäl dig till press@norrvik.example senast 10 mars.

Kontakt:
Eva Ros, pressekreterare, 031-390 06 01
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_release(TEXT, now=NOW)


def test_title_deadline_and_people_are_in_the_list_each_with_its_line(reading: Reading) -> None:
    told = [(one.field, one.value, one.lines) for one in list_looks(reading)]
    assert told == [
        ("title", "Pressinbjudan: Nytt badhus i Norrvik", (1, 1)),
        ("rsvp.deadline", "2026-03-10", (10, 10)),
        ("speakers[0]", "Ulla Ask, kommunalråd", (7, 7)),
        ("speakers[1]", "Bo Ek, arkitekt", (8, 8)),
        ("contacts[0]", "Eva Ros, pressekreterare, 031-390 06 01", (13, 13)),
    ]


def test_who_is_left_out_is_gone_and_those_after_move_up(reading: Reading) -> None:
    mended = correct(reading, {"speakers[0]": ""})
    assert [one.name for one in mended.release.speakers] == ["Bo Ek"]
    assert [one.field for one in list_looks(mended) if "speakers" in one.field] == ["speakers[0]"]


def test_what_somebody_types_takes_the_place_of_what_was_read(reading: Reading) -> None:
    mended = correct(
        reading,
        {
            "speakers[1]": "Bo Ekman, stadsarkitekt",
            "contacts[0]": "Eva Rosén",
            "rsvp.deadline": "2026-03-11",
            "title": "Badhuset öppnar",
        },
    )
    assert mended.release.speakers[1].name == "Bo Ekman"
    assert mended.release.speakers[1].title == "stadsarkitekt"
    assert mended.release.contacts[0].name == "Eva Rosén"
    assert mended.release.contacts[0].phones == ("031-390 06 01",)
    assert mended.release.title == "Badhuset öppnar"
    assert mended.release.rsvp is not None
    assert mended.release.rsvp.deadline == dt.date(2026, 3, 11)
    assert "Eva Rosén" in [one.value.split(",")[0] for one in list_looks(mended)]


def test_an_answer_that_is_no_day_is_refused(reading: Reading) -> None:
    with pytest.raises(ValueError, match="write it like"):
        correct(reading, {"rsvp.deadline": "snart"})
