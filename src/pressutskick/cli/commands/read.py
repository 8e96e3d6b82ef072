"""`read`: the facts of a document with their lines; asks what is open, writes the canonical file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.shared import Force, Json, Now, Verbose
from pressutskick.cli.language import _
from pressutskick.cli.shows.json import print_json
from pressutskick.cli.shows.screen.waiting import tell_waiting
from pressutskick.errors import Problem, UsageError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.reading.model import Reading


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
    force: Force = False,
    as_json: Json = False,
    verbose: Verbose = False,
    now: Now = "",
) -> None:
    """Shows what was found; in a terminal, asks what could not be told."""
    from pressutskick.actions.opening import check_opened, open_release
    from pressutskick.sources.documents.document import read_document

    moment = clock_now(now)
    if output:
        _refuse_overwriting(output, file, force=force)
    opened = open_release(read_document(file, tell_waiting), now=moment)
    if as_json:
        _print_document(opened.reading, check_opened(opened, now=moment))
        if output:
            from pressutskick.cli.asks.reading import write_canonical

            write_canonical(output, opened.reading)
        return
    from pressutskick.cli.asks.reading import show_reading

    show_reading(
        opened,
        check_opened(opened, now=moment),
        output,
        today=moment.date(),
        is_verbose=verbose,
    )


def _print_document(reading: "Reading", problems: tuple[Problem, ...]) -> None:
    from pressutskick.reading.view import problem_documents, reading_document

    document = reading_document(reading)
    document["problems"] = problem_documents(problems)
    print_json(document)


def _refuse_overwriting(output: str, source: str, *, force: bool) -> None:
    if output == "-" or not Path(output).exists():
        return
    if output == source or not force:
        raise UsageError(
            say("{file} is there already.", file=output),
            remedy=say("Name another file, or replace it with --force."),
        )
