"""What the checks look at: the facts with their lines, and the prose with its lines."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pressutskick.checks.catalogue import SEVERITIES
from pressutskick.errors import Origin, Problem
from pressutskick.reading.model import Certainty, Reading
from pressutskick.reading.page.lines import read_lines
from pressutskick.reading.page.units import Unit, build_units
from pressutskick.release.model import Event, Release
from pressutskick.sentences import Sentence

#: Characters of a paragraph, and of a run without blanks (a long web address).
_LONGEST = 10_000
_ENDLESS = re.compile(r"\S{400}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One reading, made ready to be checked at the moment `now`.

    `units` are the prose's paragraphs with hard wraps undone; `rows` its lines as they stand, each
    with its number. A canonical document's keys are no prose, except its lead.
    """

    reading: Reading
    now: dt.datetime
    file: str | None
    is_canonical: bool
    units: tuple[Unit, ...]
    rows: tuple[tuple[int, str], ...]
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def release(self) -> Release:
        """What is checked."""
        return self.reading.release

    @property
    def event(self) -> Event:
        """The event, an empty one where the release has none."""
        return self.reading.release.event or Event()

    @property
    def today(self) -> dt.date:
        """The day of `now` where the event is."""
        return self.now.date()

    def offers_choice(self, name: str) -> bool:
        """Whether an open question on this field or its whole has values to choose from.

        A question without any says the same as a check: it is missing.
        """
        return any(
            question.choices
            for question in self.reading.questions
            if question.field == name or name.startswith(f"{question.field}.")
        )

    def is_asked(self, name: str) -> bool:
        """Whether a person is asked for this field or its whole: nothing can be said of it yet."""
        return any(
            question.field == name or name.startswith(f"{question.field}.")
            for question in self.reading.questions
        )

    def line_of(self, *names: str) -> int | None:
        """The line of the first of these fields that has one, or of a part of it."""
        for name in names:
            found = [
                line
                for each, line in self.lines.items()
                if each == name or each.startswith((f"{name}.", f"{name}["))
            ]
            if found:
                return min(found)
        return None

    def is_certain(self, name: str) -> bool:
        """Whether the field was read or derived, not guessed: only such a value can be an error."""
        return not any(
            fact.field == name and fact.certainty is Certainty.GUESSED
            for fact in self.reading.facts
        )

    def problem(self, code: str, sentence: Sentence, line: int | None) -> Problem:
        """A problem with this code's severity."""
        origin = Origin(file=self.file, line=line)
        return Problem(code=code, severity=SEVERITIES[code], sentence=sentence, origin=origin)


def make_subject(
    reading: Reading,
    *,
    now: dt.datetime,
    text: str,
    file: str | None = None,
    body_line: int | None = None,
) -> Subject:
    """`text` is the whole file; `body_line` is where a canonical document's body begins."""
    lines = {fact.field: fact.lines[0] for fact in reading.facts if fact.lines}
    prose = text if body_line is None else _prose_of(text, reading, lines, body_line)
    return Subject(
        reading=reading,
        now=now.astimezone(ZoneInfo((reading.release.event or Event()).timezone)),
        file=file,
        is_canonical=body_line is not None,
        units=tuple(unit for unit in build_units(read_lines(prose)) if _is_prose(unit.text)),
        rows=_numbered(prose.split("\n")),
        lines=lines,
    )


def _numbered(lines: Iterable[str]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (number, line) for number, line in enumerate(lines, 1) if line.strip() and _is_prose(line)
    )


def _is_prose(text: str) -> bool:
    """Whether a person can have written it; what cannot be prose must not cost the checks time."""
    return len(text) <= _LONGEST and not _ENDLESS.search(text)


def _prose_of(text: str, reading: Reading, lines: dict[str, int], body_line: int) -> str:
    """`text` with its keys blanked out, so that the body keeps its lines; the lead stays."""
    rows = text.split("\n")
    keys = [""] * min(body_line - 1, len(rows))
    start = lines.get("lead")
    lead = (reading.release.lead or "").split("\n")
    if start is not None:
        for index, row in enumerate(lead):
            # A literal block begins on the line below its key.
            at = start - 1 + index + (1 if len(lead) > 1 or rows[start - 1].endswith("|") else 0)
            if at < len(keys):
                keys[at] = row
    return "\n".join(keys + rows[body_line - 1 :])
