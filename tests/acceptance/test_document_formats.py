"""The same text in every format gives the same facts: at most two points of accuracy are lost."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.accuracy import FOLDER, SCALARS, Tally, cases, measure
from tests.kit.documents import (
    write_docx,
    write_eml,
    write_html,
    write_odt,
    write_pdf,
    write_typed_docx,
    write_typed_pdf,
)

from pressutskick.actions.opening import check_opened, open_release
from pressutskick.reading.spots.reach import digits
from pressutskick.reading.view import reading_document
from pressutskick.sources.documents.converter import convert
from pressutskick.sources.documents.document import read_document
from pressutskick.sources.documents.plaintext import clean_text
from pressutskick.sources.formats import find_format

REFERENCE = Path(__file__).parents[1] / "data" / "reference.txt"
NOW = dt.datetime(2024, 9, 2, 8, 0, tzinfo=dt.UTC)
#: Writer, and each how many-th text (Word is slow to write and to read).
WRITERS: dict[str, tuple[Callable[[str], bytes], int]] = {
    "html": (write_html, 1),
    "odt": (write_odt, 1),
    "pdf": (write_pdf, 1),
    "pdf in two columns": (lambda text: write_pdf(text, columns=2), 1),
    "typed pdf": (write_typed_pdf, 1),
    "docx": (write_docx, 6),
    "typed docx": (write_typed_docx, 6),
}


def overall(tally: Tally) -> float:
    return sum(tally.right(name) for name in SCALARS) / len(SCALARS)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_format_loses_at_most_two_points(kind: str) -> None:
    write, step = WRITERS[kind]
    texts = list(cases(FOLDER))[::step]
    converted = []
    for number, text, truth in texts:
        data = write(text)
        found = convert(data, find_format(data, name=number), name=number)
        converted.append((number, clean_text(found.text)[0], truth))
    plain, other = measure(texts), measure(converted)
    assert other.critical_right >= plain.critical_right - 0.02
    assert overall(other) >= overall(plain) - 0.02


@pytest.mark.parametrize("kind", ["text", "html", "docx", "pdf", "odt", "eml"])
def test_the_reference_is_read_alike_in_every_format(kind: str, tmp_path: Path) -> None:
    text = REFERENCE.read_text("utf-8")
    writers: dict[str, Callable[[str], bytes]] = {
        "text": lambda text: text.encode(),
        "html": write_html,
        "docx": write_docx,
        "pdf": write_pdf,
        "odt": write_odt,
        "eml": lambda text: write_eml(text, subject="Invigning av samverkanslokal"),
    }
    file = tmp_path / "inbjudan"
    file.write_bytes(writers[kind](text))
    opened = open_release(read_document(str(file)), now=NOW)
    assert opened.reading.questions == ()
    told = {problem.code for problem in check_opened(opened, now=NOW)}
    assert told <= {"left-out-furniture", "left-out-margin"}
    release = reading_document(opened.reading)["release"]
    assert isinstance(release, dict)
    assert release["title"] == (
        "Pressinbjudan: Invigning av samverkanslokal på Kronprinstorget 4 september"
    )
    assert release["published"] == "2024-09-02T07:00"
    event, rsvp = release["event"], release["rsvp"]
    assert isinstance(event, dict)
    assert isinstance(rsvp, dict)
    assert [event[key] for key in ("date", "weekday", "start", "end", "place")] == [
        "2024-09-04",
        "onsdag",
        "12:30",
        "13:30",
        "I samverkanslokalen, Kronprinstorget 11 (Lokaltrafikens tidigare biljettkontor)",
    ]
    assert rsvp["name"] == "Kerstin Ahlvik"
    assert rsvp["email"] == "kerstin.ahlvik@socialcentrum.astad.example"
    assert rsvp["phones"] == ["031-390 06 81", "070-174 06 40"]
    opened_release = opened.reading.release
    assert [each.name for each in opened_release.speakers] == ["Jonatan Lindenius", "Mats Ohlson"]
    press = [each for each in opened_release.contacts if each.name == "Ulla-Karin Sjöberg"]
    assert len(press) == 1
    assert [digits(phone) for phone in press[0].phones] == ["0701740623", "0313900604"]
    assert press[0].emails == ("ulla-karin.sjoberg@socialcentrum.astad.example",)
