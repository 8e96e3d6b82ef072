"""What `read` shows and asks in a terminal, and the canonical file that it writes."""

import datetime as dt
import sys
from contextlib import suppress
from pathlib import Path
from shlex import quote

import typer

from pressutskick.actions.opening import OpenedRelease, way_to_answer
from pressutskick.cli.language import _, _n, tell
from pressutskick.cli.shows.choices import show_choices
from pressutskick.cli.shows.facts import field_word, name_field, show_facts, show_lines
from pressutskick.cli.shows.screen.console import out, plain, show_problems, talk
from pressutskick.errors import FileFault, Problem
from pressutskick.reading.model import Fact, Question, Reading, Sureness
from pressutskick.sources.files import STDIN


def show_reading(
    opened: OpenedRelease,
    problems: tuple[Problem, ...],
    output: str,
    *,
    today: dt.date,
    is_verbose: bool = False,
) -> None:
    """Facts on stdout, problems and questions on stderr; asks where there is somebody to ask.

    `output` is the canonical file's name, empty for none, `-` for stdout instead of the facts;
    `today` is the day from which distances are told.
    """
    reading = opened.reading
    if output != STDIN:
        show_facts(reading, out(), is_verbose=is_verbose)
        show_problems(problems)
    if _is_terminal() and (reading.questions or not opened.is_canonical):
        from pressutskick.cli.asks.looks import ask_looks
        from pressutskick.cli.asks.questions import ask_questions

        reading = ask_looks(ask_questions(reading, today))
        output = output or _offer_file(opened.canonical_name)
    else:
        _tell_unsure(reading.facts)
        _tell_questions(reading.questions, today)
        if reading.questions and not output:
            talk().print(plain(tell(way_to_answer(opened))))
    if output:
        write_canonical(output, reading)


def _tell_unsure(facts: tuple[Fact, ...]) -> None:
    """What was taken although it may well be wrong, in one go."""
    unsure = [
        f"{field_word(fact.field)} {_name(fact)} ({show_lines(fact.lines)})"
        for fact in facts
        if fact.sureness is Sureness.UNSURE
    ]
    if unsure:
        told = _("Please look at these, they are unsure (line): {facts}", facts="; ".join(unsure))
        talk().print(plain(told))


def _name(fact: Fact) -> str:
    value = fact.value
    return str(value.get("name")) if isinstance(value, dict) else str(value)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _tell_questions(questions: tuple[Question, ...], today: dt.date) -> None:
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
        told = f"{tell(question.why)}{show_choices(question, today)}"
        talk().print(plain(f"  {name_field(question.field)}: {told}"))


def _offer_file(default: str) -> str:
    """Asks for a file name; nothing where the person does not want one."""
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


def write_canonical(output: str, reading: Reading) -> None:
    """The canonical file, open questions with it, so that nothing is sent before they are closed."""
    from pressutskick.reading.canonical import keep_questions
    from pressutskick.release.document import format_document

    asked = [(each.field, _question_line(each)) for each in reading.questions]
    text = format_document(keep_questions(reading.release, asked))
    if output == STDIN:
        sys.stdout.write(text)
        return
    try:
        _write_whole(Path(output), text)
    except OSError as error:
        raise FileFault.of(error, output) from error
    talk().print(plain(_("Written: {file}", file=output)))
    if not reading.questions:
        talk().print(plain(_("Next: {command}", command=f"pressutskick check {quote(output)}")))
    if reading.questions:
        talk().print(
            plain(
                _(
                    "Its open questions stand under `open`; fill in the keys and remove them there "
                    "before you send."
                )
            )
        )


def _write_whole(path: Path, text: str) -> None:
    """The file whole, or what stood there before: a full disk must not eat an edited text."""
    part = path.with_name(f".{path.name}.part")
    try:
        # Made anew: a link of that name would lead the text elsewhere.
        part.unlink(missing_ok=True)
        with part.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _question_line(question: Question) -> str:
    choices = f" ({' / '.join(question.choices)})" if question.choices else ""
    return f"{tell(question.why)}{choices}"
