"""A weekday that does not fit its date: the near day is offered first, never a past one."""

import datetime as dt

import pytest

from pressutskick.checks import check_release
from pressutskick.cli.shows.choices import show_choice
from pressutskick.reading.asking.answers import apply_answers
from pressutskick.reading.model import Reading
from pressutskick.reading.reader import read_release

TODAY = dt.date(2026, 11, 28)
NOW = dt.datetime(2026, 11, 28, 9, 0, tzinfo=dt.UTC)


def text_of(day: str) -> str:
    return (
        "Pressinbjudan: Invigning av Ekparkens sporthall\n\n"
        "Välkommen till invigningen av Åstads nya sporthall.\n\n"
        f"Datum: {day}\nTid: kl. 10.00–11.30\nPlats: Ekparkens sporthall, Sportvägen 4, Åstad\n"
        "Anmälan senast 2 december till anna.berg@astad.example\n\n"
        "Kontakt: Anna Berg, 031-390 06 11\n"
    )


def read(day: str) -> Reading:
    return read_release(text_of(day), now=NOW)


def codes(day: str, reading: Reading | None = None) -> list[str]:
    found = check_release(reading or read(day), now=NOW, text=text_of(day))
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    ("day", "choices"),
    [
        ("fredag 10 december", ("2026-12-10", "2026-12-11", "2027-12-10")),
        ("onsdag 3 december", ("2026-12-03", "2026-12-02")),
        ("Måndag 9 december", ("2026-12-09", "2026-12-07")),
        # The day of that weekday beside it is past.
        ("fredag 28 november", ("2026-11-28",)),
        # A year is as far as its day; the past one is no choice.
        ("onsdag 3 november", ("2027-11-03",)),
        ("20 november", ("2027-11-20",)),
        ("lördag 29 februari", ("2028-02-29", "2028-02-26")),
    ],
)
def test_the_near_day_comes_first_and_never_a_past_one(day: str, choices: tuple[str, ...]) -> None:
    (question,) = read(day).questions
    assert (question.field, question.choices) == ("event.date", choices)


def test_the_reason_is_named_once() -> None:
    (question,) = read("fredag 10 december").questions
    assert str(question.why) == "The weekday of “fredag 10 december” does not fit the day."
    assert codes("fredag 10 december") == []


def test_the_guess_and_the_deadline_are_of_the_near_year() -> None:
    reading = read("fredag 10 december")
    assert reading.release.event is not None
    assert reading.release.rsvp is not None
    assert reading.release.event.date == dt.date(2026, 12, 10)
    assert reading.release.rsvp.deadline == dt.date(2026, 12, 2)


@pytest.mark.parametrize(
    ("answer", "weekday"),
    [("2026-12-10", None), ("2026-12-11", "fredag"), ("2027-12-10", "fredag")],
)
def test_the_weekday_that_slipped_goes_with_the_answer(answer: str, weekday: str | None) -> None:
    event = apply_answers(read("fredag 10 december"), {"event.date": answer}).release.event
    assert event is not None
    assert event.weekday == weekday


def test_an_answer_in_another_year_takes_the_deadline_along() -> None:
    answered = apply_answers(read("fredag 10 december"), {"event.date": "2027-12-10"}).release
    assert answered.rsvp is not None
    assert answered.rsvp.deadline == dt.date(2027, 12, 2)


def test_a_choice_tells_weekday_and_distance() -> None:
    assert show_choice("2026-12-10", TODAY) == "2026-12-10, Thursday, in 12 days"
    assert show_choice("2026-11-29", TODAY) == "2026-11-29, Sunday, in 1 day"
    assert show_choice("2026-11-28", TODAY) == "2026-11-28, Saturday, today"
    assert show_choice("2026-11-26", TODAY) == "2026-11-26, Thursday, 2 days ago"
    assert show_choice("Ekparken 4", TODAY) == "Ekparken 4"


@pytest.mark.parametrize(
    ("day", "is_far"),
    [
        ("torsdag 10 juni", True),
        ("torsdag 10 juni 2027", False),
        ("torsdag 27 maj", False),
        ("torsdag 10 december", False),
    ],
)
def test_a_day_far_ahead_without_its_year_is_told(day: str, is_far: bool) -> None:
    assert ("date-far" in codes(day)) == is_far


def test_what_is_being_asked_is_not_judged() -> None:
    """Neither is an event over, nor a deadline late, while its day is a question."""
    assert codes("20 november") == []
    assert codes("onsdag 1 december") == []


@pytest.mark.parametrize(
    ("words", "is_glued"),
    [
        ("Det betyder mycket för pendlarna.För mer, ring.", True),
        ("Medverkar gör kommunalrådKontakt ges nedan.", True),
        ("Anmälan görs i MittÅstad.", False),
        ("Bolaget fitnessOne driver hallen, och fitnessOne bjuder på kaffe.", False),
        ("Vi ses vid SporthallenKontakt sker där.", True),
    ],
)
def test_a_name_with_a_capital_inside_is_no_lost_blank(words: str, is_glued: bool) -> None:
    text = text_of("torsdag 10 december") + f"\n{words}\n"
    found = check_release(read_release(text, now=NOW), now=NOW, text=text)
    assert ("words-glued" in {problem.code for problem in found}) == is_glued
