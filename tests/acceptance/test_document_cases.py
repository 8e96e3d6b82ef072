"""Documents that once said what nobody wrote, or lost what somebody did: each gives its facts."""

import datetime as dt
from pathlib import Path

import pytest

from pressutskick.reading.reader import read_release
from pressutskick.sources.documents.converter import convert
from pressutskick.sources.documents.leftout import Omitted
from pressutskick.sources.documents.plaintext import clean_text
from pressutskick.sources.formats import find_format

CASES = Path(__file__).parents[1] / "data" / "documents"
NOW = dt.datetime(2026, 10, 1, 9, 0, tzinfo=dt.UTC)
#: What is told beside the facts.
TOLD = {
    "box-beside-columns.pdf": {Omitted.ORDER},
    "double-strike-time.docx": {Omitted.STRUCK},
    "hidden-note.docx": {Omitted.HIDDEN},
    "mail-in-mail.eml": {Omitted.COVER},
    "strike-in-text.html": {Omitted.STRUCK},
}
#: What the text says, or does not.
SAID = {
    "fldsimple-sum.docx": "Hallen kostar 40 miljoner kronor och öppnar nu.",
    "strike-in-text.html": "Hallen kostar 60 miljoner kronor och byggs ut.",
    "box-beside-columns.pdf": "Den har ritats av stadens egna arkitekter under två år.",
}
NOT_SAID = {"hidden-note.docx": "INTERNT", "double-strike-time.docx": "09.00"}
#: The form was filled in without the letters of its language.
PLACES = {"form-fields.pdf": "Ekparkens sporthall, Sportvagen 4, Astad"}


@pytest.mark.parametrize("file", sorted(CASES.iterdir()), ids=lambda file: file.name)
def test_each_document_gives_its_facts(file: Path) -> None:
    data = file.read_bytes()
    converted = convert(data, find_format(data, name=file.name), name=file.name)
    text, _ = clean_text(converted.text)
    reading = read_release(text, now=NOW, name=file.name)
    release = reading.release
    assert reading.questions == ()
    assert release.title == "Pressinbjudan: Invigning av Ekparkens sporthall"
    event, rsvp = release.event, release.rsvp
    assert event is not None
    assert rsvp is not None
    assert (event.date, event.start, event.end) == (
        dt.date(2026, 10, 15),
        dt.time(10, 0),
        dt.time(11, 30),
    )
    assert event.place == PLACES.get(file.name, "Ekparkens sporthall, Sportvägen 4, Åstad")
    assert [(one.name, one.title) for one in release.speakers] == [("Eva Lind", "kommunalråd")]
    assert (rsvp.email, str(rsvp.deadline)[:10]) == ("anna.berg@astad.example", "2026-10-13")
    assert [(one.name, one.phones) for one in release.contacts] == [
        ("Anna Berg", ("031-390 06 11",))
    ]
    assert {one.what for one in converted.left_out} == TOLD.get(file.name, set())
    assert SAID.get(file.name, "") in text
    assert NOT_SAID.get(file.name, "\0") not in text
