"""A person's answers, what is told to whoever checks the text, and the shape of the JSON."""

import datetime as dt
import json

import pytest

from pressutskick.checks import check_release
from pressutskick.reading.asking.answers import (
    ANSWERABLE,
    apply_answers,
    read_clock,
    read_day,
    read_deadline,
)
from pressutskick.reading.reader import read_release
from pressutskick.reading.view import reading_document
from pressutskick.release.model import Kind

NOW = dt.datetime(2024, 9, 2, 8, tzinfo=dt.UTC)
OPEN = """Pressinbjudan: Ny park

Datum:

Kom och se den nya parken. Anmäl dig senast onsdag till [email protected]
"""


def test_every_question_can_be_answered_and_is_then_gone() -> None:
    reading = read_release(OPEN, now=NOW)
    asked = {question.field for question in reading.questions}
    assert {"event.date", "event.start", "event.place", "rsvp.email"} <= asked <= ANSWERABLE
    answered = apply_answers(
        reading,
        {
            "event.date": "2024-09-12",
            "event.start": "13.00",
            "event.place": "Parken, Ekgatan 1",
            "rsvp.email": "park@tallby.example",
            **dict.fromkeys(asked & {"language"}, "sv"),
        },
    )
    assert answered.questions == ()
    event = answered.release.event
    assert event is not None
    assert (event.date, event.start, event.place) == (
        dt.date(2024, 9, 12),
        dt.time(13),
        "Parken, Ekgatan 1",
    )
    assert answered.release.rsvp is not None
    assert answered.release.rsvp.email == "park@tallby.example"


def test_an_empty_answer_leaves_a_field_absent_on_purpose() -> None:
    reading = read_release(OPEN, now=NOW)
    answered = apply_answers(reading, {"event.place": ""})
    assert "event.place" not in {question.field for question in answered.questions}
    assert answered.release.event is None or answered.release.event.place is None


def test_the_main_session_gives_the_event_its_day_clock_and_place() -> None:
    text = (
        "Pressvisning av utställningen\n\nTid: tisdag 10 september kl 10.00\nPlats: Konsthallen, Norrvik\n\n"
        "Tid: onsdag 11 september kl 14.00\nPlats: Galleri Ljus, Sundby\n"
    )
    reading = read_release(text, now=NOW)
    (question,) = [q for q in reading.questions if q.field == "event.sessions"]
    event = apply_answers(reading, {"event.sessions": question.choices[1]}).release.event
    assert event is not None
    assert (event.date, event.start, event.place) == (
        dt.date(2024, 9, 11),
        dt.time(14),
        "Galleri Ljus, Sundby",
    )


def test_a_text_that_is_no_invitation_asks_nothing_about_an_event() -> None:
    reading = apply_answers(read_release(OPEN, now=NOW), {"kind": "release"})
    assert reading.release.kind is Kind.RELEASE
    assert not any(q.field.startswith(("event", "rsvp")) for q in reading.questions)


def test_answers_are_taken_in_the_forms_that_people_write() -> None:
    assert read_day("4/9 2024") == read_day("2024-09-04") == dt.date(2024, 9, 4)
    assert read_clock("13.00") == read_clock("1300") == read_clock("kl 13") == dt.time(13)
    assert read_deadline("2024-09-04 12:00") == dt.datetime(2024, 9, 4, 12)  # noqa: DTZ001 - wall clock


@pytest.mark.parametrize(
    ("read", "answer"), [(read_day, "snart"), (read_clock, "25"), (read_deadline, "x")]
)
def test_an_answer_that_is_none_says_how_to_write_it(read: object, answer: str) -> None:
    with pytest.raises(ValueError, match="write it like"):
        read(answer)  # type: ignore[operator]


def test_a_raw_text_is_checked_line_by_line() -> None:
    text = (
        OPEN.replace(" senast onsdag", "")
        + "\nProgram\nKl. 11.30-12.150 Föredrag\nLördag 13/5 2022 vernissage\n"
    )
    problems = check_release(read_release(text, now=NOW), now=NOW, text=text)
    assert {
        ("label-empty", 3),
        ("address-masked", 5),
        ("clock-impossible", 8),
        ("weekday-wrong", 9),
    } <= {(problem.code, problem.origin.line) for problem in problems}


def test_the_document_is_json_with_null_for_what_is_absent() -> None:
    document = reading_document(read_release("Hej", now=NOW))
    assert json.loads(json.dumps(document)) == document
    assert document["release"]["event"]["date"] is None
    assert document["release"]["rsvp"]["phone"] is None
    assert set(document["release"]) >= {
        "id", "kind", "status", "language", "title", "published", "embargo", "lead", "body",
        "event", "rsvp", "speakers", "contacts",
    }  # fmt: skip


def test_a_session_whose_day_is_unknown_can_still_be_chosen() -> None:
    text = "Pressvisning\n\nTid: 10.00\nPlats: Konsthallen\n\nTid: 14.00\nPlats: Galleri Ljus\n"
    reading = read_release(text, now=NOW)
    (question,) = [q for q in reading.questions if q.field == "event.sessions"]
    event = apply_answers(reading, {"event.sessions": question.choices[-1]}).release.event
    assert event is not None
    assert event.start == dt.time(14)


@pytest.mark.parametrize("answer", ["10 juni 2027", "torsdag den 10 juni 2027", "10/6 2027"])
def test_a_day_may_be_answered_as_people_say_it(answer: str) -> None:
    assert read_day(answer) == dt.date(2027, 6, 10)


def test_a_day_without_its_year_takes_the_year_that_is_known() -> None:
    assert read_day("10/6", 2027) == read_day("10 juni", 2027) == dt.date(2027, 6, 10)
    for answer in ("10 juni", "10 juni eller 11 juni 2027", "30 februari 2027", "ja"):
        with pytest.raises(ValueError, match="is no day"):
            read_day(answer)
