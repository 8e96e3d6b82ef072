"""`read`: the facts of a document with their lines; asks what is open, writes the canonical file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli.clock import clock_now
from pressutskick.cli.language import _, _n, tell
from pressutskick.cli.views import out, plain, print_json, show_problems, talk
from pressutskick.errors import InputError, Problem, UsageError
from pressutskick.release.facts.model import Question, Reading
from pressutskick.sentences import say
from pressutskick.sources.releases import check_opened, open_release


def read(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help=_(
                "The document: text, Markdown, Word, PDF, HTML, OpenDocument, mail; - is stdin."
            ),
        ),
    ],
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help=_("Write the canonical file here.")),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help=_("Replace the file that --output names."))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print facts as JSON."))] = False,
    now: Annotated[
        str,
        typer.Option(metavar="TIME", help=_("Read as if it were this day or time (ISO 8601).")),
    ] = "",
) -> None:
    """Shows what was found; in a terminal, asks what could not be told."""
    moment = clock_now(now)
    if output:
        _refuse_overwriting(output, file, force=force)
    opened = open_release(file, now=moment)
    if as_json:
        _print_document(opened.reading, check_opened(opened, now=moment))
        if output:
            _write(output, opened.reading)
        return
    if output != "-":
        from pressutskick.cli.facts import show_facts

        show_facts(opened.reading, out())
        show_problems(check_opened(opened, now=moment))
    reading = opened.reading
    if reading.questions and _is_terminal() and file != "-":
        from pressutskick.cli.asking import ask_questions

        reading = ask_questions(reading)
        output = output or _offer_file(reading)
    else:
        _tell_questions(reading.questions)
    if output:
        _write(output, reading)


def _print_document(reading: Reading, problems: tuple[Problem, ...]) -> None:
    from pressutskick.release.facts.view import problem_documents, reading_document

    document = reading_document(reading)
    document["problems"] = problem_documents(problems)
    print_json(document)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _tell_questions(questions: tuple[Question, ...]) -> None:
    """What stays open where nobody can be asked."""
    if not questions:
        return
    talk().print(
        plain(
            _n("{count} question is open:", "{count} questions are open:", len(questions)),
            "bold",
        )
    )
    for question in questions:
        talk().print(plain(f"  {question.field}: {_question_line(question)}"))


def _offer_file(reading: Reading) -> str:
    """Asks for a file name; nothing where the person does not want one."""
    default = f"{reading.release.id}.md"
    try:
        answer = typer.prompt(
            _("Write the canonical file to (- for none)"), default=default, err=True
        )
    except typer.Abort:
        return ""
    name = str(answer).strip()
    if name in ("", "-"):
        return ""
    if Path(name).exists() and not typer.confirm(
        _("{file} is there already. Replace it?", file=name), err=True
    ):
        return ""
    return name


def _refuse_overwriting(output: str, source: str, *, force: bool) -> None:
    if output == "-" or not Path(output).exists():
        return
    if output == source or not force:
        raise UsageError(
            say("{file} is there already.", file=output),
            remedy=say("Name another file, or replace it with --force."),
        )


def _write(output: str, reading: Reading) -> None:
    """The canonical file, open questions with it, so that nothing is sent before they are closed."""
    from pressutskick.release.document import format_document
    from pressutskick.release.facts.canonical import keep_questions

    asked = [(each.field, _question_line(each)) for each in reading.questions]
    text = format_document(keep_questions(reading.release, asked))
    if output == "-":
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            say("{file} cannot be written: {error}", file=output, error=error)
        ) from error
    talk().print(plain(_("Written: {file}", file=output)))
    if reading.questions:
        talk().print(
            plain(
                _(
                    "Its open questions stand under `open`; fill in the keys and remove them there "
                    "before you send."
                )
            )
        )


def _question_line(question: Question) -> str:
    choices = f" ({' / '.join(question.choices)})" if question.choices else ""
    return f"{tell(question.why)}{choices}"
