"""Asks a person the open questions of a reading, one by one."""

import datetime as dt
import re

import typer

from pressutskick.checks.days import weekday_word
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.choices import show_choice, show_offer
from pressutskick.cli.shows.facts import field_word
from pressutskick.cli.shows.screen.console import plain, talk
from pressutskick.cli.typed import YES
from pressutskick.reading.asking.answers import ANSWERABLE, apply_answers
from pressutskick.reading.asking.spoken import WrongDayError, understand
from pressutskick.reading.model import Question, Reading
from pressutskick.sentences import say

#: The fields whose answer is a day.
_DAYS = frozenset({"event.date", "event.end_date", "rsvp.deadline"})


def ask_questions(reading: Reading, today: dt.date) -> Reading:
    """The reading with the answers; an empty answer leaves a question open, end of input all.

    `today` is the day from which distances are told.
    """
    asked = [question for question in reading.questions if question.field in ANSWERABLE]
    for number, question in enumerate(asked, 1):
        talk().print()
        talk().print(
            plain(f"{number}/{len(asked)} {field_word(question.field)}: ", "bold").append_text(
                plain(tell(question.why))
            )
        )
        for index, choice in enumerate(question.offers, 1):
            talk().print(plain(f"  {index}. {show_offer(choice, today)}"))
        try:
            reading = _ask(reading, question, today)
        except typer.Abort:
            talk().print()
            return reading
    return reading


def _ask(reading: Reading, question: Question, today: dt.date) -> Reading:
    """Asks until the answer is understood or empty."""
    prompt = _("Number or answer (empty leaves it open)")
    if not question.choices:
        prompt = _("Answer (empty leaves it open)")
    while True:
        answer = str(typer.prompt(prompt, default="", show_default=False, err=True)).strip()
        if not answer:
            return reading
        if answer.casefold() in YES and len(question.choices) == 1:
            answer = "1"
        if answer.isdigit() and 0 < int(answer) <= len(question.choices):
            answer = question.choices[int(answer) - 1]
        try:
            return apply_answers(reading, {question.field: _meant(answer, question.field, today)})
        except WrongDayError as error:
            told = say(
                "{day} is a {weekday}.",
                day=error.day.isoformat(),
                weekday=weekday_word(error.day),
            )
            talk().print(plain(tell(told)))
        except ValueError:
            talk().print(plain(_wanted(question.field)))


def _meant(answer: str, field: str, today: dt.date) -> str:
    """A day in words as the day that is meant, which is shown; all else as it was typed.

    Raises:
        WrongDayError: the date falls on another weekday.
        ValueError: there is no such day.
    """
    is_written = re.match(r"\d{4}-\d\d-\d\d", answer)
    if field not in _DAYS or is_written:
        return answer
    spoken = understand(answer, today)
    if spoken.day is None:
        return answer
    meant = spoken.day.isoformat()
    if spoken.clock is not None:
        meant = f"{meant}T{spoken.clock:%H:%M}"
    talk().print(plain(f"  = {show_choice(spoken.day.isoformat(), today)}", "dim"))
    return meant


def _wanted(field: str) -> str:
    """What an answer must look like."""
    if field in ("event.start", "event.end", "event.sessions"):
        return _("That is not understood; write a clock such as 13:00.")
    if field in _DAYS:
        return _("That is not understood; write a day such as 9 december or 2026-09-04.")
    if field == "language":
        return _("That is not understood; write sv, no, da or en.")
    if field == "kind":
        return _("That is not understood; write invitation or release.")
    return _("That is not understood.")
