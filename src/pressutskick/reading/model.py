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


class Sureness(StrEnum):
    """A probability in words; docs/reading.md tells where the bounds come from."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


#: From here on a fact is certain, or likely.
CERTAIN, LIKELY = 0.95, 0.75


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
    #: How likely it is what the field says, where that was learnt (0 to 1), and what weighs most.
    probability: float | None = None
    reasons: tuple[str, ...] = ()

    @property
    def sureness(self) -> Sureness | None:
        """The probability in words."""
        if self.probability is None:
            return None
        if self.probability >= CERTAIN:
            return Sureness.CERTAIN
        return Sureness.LIKELY if self.probability >= LIKELY else Sureness.UNSURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that a person may choose, where the text has it, and what speaks for it.

    `value` is as JSON would print it; a choice that follows from no single line has none.
    """

    value: str
    lines: tuple[int, int] | None = None
    text: str = ""
    probability: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a person must decide: the field, why, and what it may be, best first."""

    field: str
    why: Sentence
    offers: tuple[Choice, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The values of what is offered."""
        return tuple(one.value for one in self.offers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was found in one document."""

    release: Release
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
