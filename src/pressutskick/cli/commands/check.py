"""`check`: what is wrong with a release, by line."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.shared import Json, Now
from pressutskick.cli.language import _, _n, tell
from pressutskick.cli.shows.screen.console import out, plain, print_json, show_problems, talk
from pressutskick.cli.shows.screen.waiting import tell_waiting
from pressutskick.errors import ExitStatus, InputError, Problem, Severity
from pressutskick.sentences import Sentence

if TYPE_CHECKING:
    from pressutskick.reading.model import Question
    from pressutskick.release.model import Release


def check(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("The release, canonical or raw; - is stdin."))
    ],
    as_json: Json = False,
    now: Now = "",
) -> None:
    """Exit status 65 where an error or a question keeps it from being sent, 0 otherwise."""
    from pressutskick.actions.opening import check_opened, open_release, way_to_answer, way_to_mend
    from pressutskick.dispatch.reminders.times import check_timing
    from pressutskick.reading.asking.blocking import blocking_questions
    from pressutskick.reading.model import Question
    from pressutskick.sources.documents.document import read_document

    moment = clock_now(now)
    questions: tuple[Question, ...] = ()
    remedy: Sentence | None = None
    is_blocked = False
    try:
        opened = open_release(read_document(file, tell_waiting), now=moment)
        questions = opened.reading.questions
        problems = check_opened(opened, now=moment)
        problems += check_timing(opened.reading.release, file)
        problems += _check_attachments(opened.reading.release, file)
        remedy = way_to_answer(opened) if questions else way_to_mend(opened)
        is_blocked = bool(blocking_questions(opened.reading))
    except InputError as error:
        if not error.problems:
            raise
        problems = error.problems
    if as_json:
        _print_document(file, problems, questions)
    else:
        _show(problems, questions, remedy, moment.date())
    if is_blocked or any(problem.severity is Severity.ERROR for problem in problems):
        raise typer.Exit(ExitStatus.DATA)


def _check_attachments(release: "Release", file: str) -> tuple[Problem, ...]:
    """What of its attachments could not be sent; settings are needed only where there are any."""
    from pressutskick.assembly.workspace import DiskWorkspace

    if not release.attachments:
        return ()
    try:
        DiskWorkspace(command_settings()).read_attachments(release, file)
    except InputError as error:
        return error.problems
    return ()


def _print_document(
    file: str, problems: tuple[Problem, ...], questions: "tuple[Question, ...]"
) -> None:
    from pressutskick.reading.view import problem_documents

    print_json(
        {
            "file": file,
            "problems": problem_documents(problems),
            "questions": [
                {"field": each.field, "why": str(each.why), "choices": list(each.choices)}
                for each in questions
            ],
        }
    )


def _show(
    problems: tuple[Problem, ...],
    questions: "tuple[Question, ...]",
    remedy: Sentence | None,
    today: dt.date,
) -> None:
    from pressutskick.cli.shows.choices import show_choices
    from pressutskick.cli.shows.facts import name_field

    show_problems(problems, out())
    for question in questions:
        choices = show_choices(question, today)
        out().print(
            plain(
                _("open question: ")
                + f"{name_field(question.field)}: {tell(question.why)}{choices}"
            )
        )
    if problems:
        told = _n("{count} problem.", "{count} problems.", len(problems))
        talk().print(plain(f"{told} {tell(remedy) if remedy else ''}".rstrip()))
    elif questions and remedy:
        talk().print(plain(tell(remedy)))
    elif not (problems or questions):
        talk().print(plain(_("No problems found.")))
