"""The choices of a question in words: a day with its weekday, and how far off it is."""

import datetime as dt
import re

from pressutskick.checks.days import weekday_word
from pressutskick.cli.language import tell
from pressutskick.reading.model import Choice, Question
from pressutskick.sentences import Sentence, say, say_many

#: Words of a text beside a choice are no more.
_LONGEST = 60


def show_choice(choice: str, today: dt.date) -> str:
    """A choice as a person reads it; `today` is the day that distances count from."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", choice):
        return choice
    day = dt.date.fromisoformat(choice)
    return tell(
        say(
            "{date}, {weekday}, {distance}",
            date=choice,
            weekday=weekday_word(day),
            distance=_distance((day - today).days),
        )
    )


def show_offer(choice: Choice, today: dt.date) -> str:
    """A choice with the line that it stands on, and the words there where they say more."""
    shown = show_choice(choice.value, today)
    if choice.lines is None:
        return shown
    line = choice.lines[0]
    words = " ".join(choice.text.split())
    if words == choice.value or len(words) > _LONGEST:
        return tell(say("{choice} (line {line})", choice=shown, line=line))
    return tell(say("{choice} (line {line}: “{words}”)", choice=shown, line=line, words=words))


def show_choices(question: Question, today: dt.date) -> str:
    """All choices in brackets, with a blank before; nothing where there are none."""
    shown = " / ".join(show_choice(choice, today) for choice in question.choices)
    return f" ({shown})" if shown else ""


def _distance(days: int) -> Sentence:
    if days == 0:
        return say("today")
    if days < 0:
        return say_many("{count} day ago", "{count} days ago", -days)
    return say_many("in {count} day", "in {count} days", days)
