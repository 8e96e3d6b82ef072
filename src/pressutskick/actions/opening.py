"""The release in a document that the person named, canonical or raw, as one kind of value."""

import datetime as dt
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressutskick.checks import check_release
from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.reading.asking.blocking import blocking_questions
from pressutskick.reading.model import Reading
from pressutskick.reading.source import SourceText
from pressutskick.reading.when.withdrawn import is_left_open
from pressutskick.release.model import Attachment, Kind
from pressutskick.release.recognition import is_document
from pressutskick.sentences import Sentence, say, say_many

#: What a text that takes them back need not tell.
_MOMENTS = ("event.date", "event.start")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRelease:
    """A reading with the text that its lines count in.

    `body_line` is the first line of a canonical document's body; None for a raw text.
    """

    source: SourceText
    reading: Reading
    body_line: int | None = None

    @property
    def name(self) -> str:
        """What the person called the document; `-` is stdin."""
        return self.source.name

    @property
    def canonical_name(self) -> str:
        """Where a workspace would keep the canonical file of what was read."""
        return f"{self.source.shelf}{self.reading.release.id}.md"

    @property
    def is_canonical(self) -> bool:
        """Whether the file is a canonical document."""
        return self.body_line is not None


def open_release(
    source: SourceText, *, now: dt.datetime, kind: Kind | None = None
) -> OpenedRelease:
    """Reads a document; `now` is the moment against which a year is worked out.

    `kind` is what a raw text is known to be, such as a later one of something that was sent.

    Raises:
        InputError: a canonical document with problems.
    """
    if is_document(source.text):
        from pressutskick.reading.canonical import read_canonical
        from pressutskick.release.document import parse_document

        document = parse_document(source.text, file=source.name)
        reading = _with_problems(read_canonical(document, source.text), source)
        return OpenedRelease(source=source, reading=reading, body_line=document.body_line)
    from pressutskick.reading.reader import read_release

    read = read_release(source.text, now=now, name=source.name, kind=kind)
    reading = _with_problems(read, source)
    return OpenedRelease(source=source, reading=reading)


def _with_problems(reading: Reading, source: SourceText) -> Reading:
    """The reading with what was left out of the document before it was read."""
    return replace(reading, problems=(*source.problems, *reading.problems))


def attach_files(opened: OpenedRelease, names: Sequence[str]) -> OpenedRelease:
    """The same with files that the command named, as if they stood in the document itself.

    `names` are paths as an attachment has them: from the document's own folder.
    """
    release = opened.reading.release
    known = {each.path for each in release.attachments}
    added = tuple(Attachment(path=name) for name in dict.fromkeys(names) if name not in known)
    release = replace(release, attachments=(*release.attachments, *added))
    return replace(opened, reading=replace(opened.reading, release=release))


def check_opened(opened: OpenedRelease, *, now: dt.datetime) -> tuple[Problem, ...]:
    """What reading and checking found wrong, by line; nothing that the release silences."""
    found = check_release(
        opened.reading,
        now=now,
        text=opened.source.text,
        file=opened.name,
        body_line=opened.body_line,
    )
    return tuple(sorted((*opened.reading.problems, *found), key=lambda each: each.origin.line or 0))


def way_to_answer(opened: OpenedRelease) -> Sentence:
    """How a person answers the open questions of a document, and keeps the answers."""
    if opened.is_canonical:
        return say(
            "Fill in the keys in {name}, and remove the questions under `open` there.",
            name=opened.name,
        )
    return say(
        "Answer and keep the answers: pressutskick read {name} -o {file}",
        name=shlex.quote(opened.name),
        file=opened.canonical_name,
    )


def way_to_mend(opened: OpenedRelease) -> Sentence:
    """Where the finding of a check is mended or silenced."""
    if opened.is_canonical:
        return say("To silence a check, put its code under `silence` in the front matter.")
    return say(
        "Mend the text, or read it into a file of its own: pressutskick read {name} -o {file}",
        name=shlex.quote(opened.name),
        file=opened.canonical_name,
    )


def require_answers(opened: OpenedRelease, *, may_lack_day: bool = False) -> None:
    """Refuses a raw text whose day, clock, place or RSVP only a person can tell.

    One that says itself that they are set later `may_lack_day` and clock.

    Raises:
        InputError: the open questions, and how to answer them.
    """
    reading, name = opened.reading, opened.name
    questions = blocking_questions(reading)
    if may_lack_day and is_left_open(opened.source.text):
        questions = tuple(each for each in questions if each.choices or each.field not in _MOMENTS)
    if not questions:
        return
    lines = {fact.field: fact.lines[0] for fact in reading.facts if fact.lines}
    problems = [
        Problem(
            code="question-open",
            severity=Severity.ERROR,
            sentence=say("{field}: {why}", field=question.field, why=question.why),
            origin=Origin(file=name, line=lines.get(question.field)),
        )
        for question in questions
    ]
    raise InputError(
        say_many(
            "{count} question must be answered before this can be sent.",
            "{count} questions must be answered before this can be sent.",
            len(problems),
        ),
        problems=problems,
        remedy=way_to_answer(opened),
    )


def require_sound(
    opened: OpenedRelease, *, now: dt.datetime, may_lack_day: bool = False
) -> tuple[Problem, ...]:
    """What is worth a look in a text that may be sent.

    An event whose day was taken back `may_lack_day`.

    Raises:
        InputError: it has errors, or questions that only a person can answer.
    """
    require_answers(opened, may_lack_day=may_lack_day)
    problems = check_opened(opened, now=now)
    if may_lack_day:
        problems = tuple(each for each in problems if each.code != "date-missing")
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise InputError(problems=problems)
    return problems
