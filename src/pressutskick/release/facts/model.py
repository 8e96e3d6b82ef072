"""What reading a document yields: facts with provenance, questions, problems."""

from dataclasses import dataclass
from enum import StrEnum

from pressutskick.errors import Problem
from pressutskick.release.model import Release
from pressutskick.sentences import Sentence


class Certainty(StrEnum):
    """How a fact was come by."""

    #: The text says it.
    READ = "read"
    #: It follows from what the text says (the year from the weekday).
    DERIVED = "derived"
    #: The likeliest of several readings; always told, often asked.
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One field of the release: its dotted name (`event.start`, `contacts[0].phones`), its value
    as JSON would print it, the lines (from 1, first and last) and words that it was read from.
    """  # noqa: D205

    field: str
    value: object
    lines: tuple[int, int] | None
    text: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a person must decide: the field, why, and the choices (values, may be none)."""

    field: str
    why: Sentence
    choices: tuple[str, ...] = ()


class Noticed(StrEnum):
    """What a reader saw in passing that a check may want to tell."""

    #: A label with nothing after it: `Datum:`.
    EMPTY_LABEL = "empty_label"
    #: An address that a web page hid when the text was copied.
    MASKED_ADDRESS = "masked_address"
    #: A weekday that does not fit its date, in a date other than the event's too.
    WEEKDAY_MISMATCH = "weekday_mismatch"
    #: A clock that cannot be: `12.150`.
    IMPOSSIBLE_CLOCK = "impossible_clock"
    #: 12- and 24-hour style in one: `14:00pm`, `08h30 am`.
    ODD_CLOCK = "odd_clock"
    #: Another day that is claimed for the event.
    SECOND_DATE = "second_date"
    #: Another time that could be the start.
    SECOND_START = "second_start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Something noticed at `lines` (first and last, from 1) with the words; `value` as JSON would
    print it, where there is one (the day or clock in question).
    """  # noqa: D205

    noticed: Noticed
    lines: tuple[int, int]
    text: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was found in one document.

    `observations` are no facts and no questions: raw material for the checks of `release.lint`.
    """

    release: Release
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    observations: tuple[Observation, ...] = ()
