"""Lists as the `recipients` commands take them: how they are named, how their problems are told."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.context import find_place
from pressutskick.cli.language import _, _n
from pressutskick.cli.shows.screen.console import by_severity, plain, show_problems, talk
from pressutskick.errors import ExitStatus, Problem, Severity, UsageError
from pressutskick.sentences import Sentence, say

Lists = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="LIST...",
        help=_("Files, or names in recipients/; FILE#SHEET names a sheet."),
        autocompletion=completing.offer_lists,
    ),
]
To = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        metavar="LIST",
        help=_("The same, as in send."),
        autocompletion=completing.offer_lists,
    ),
]
#: Warnings and hints of one kind that are shown to a person.
_OF_EACH_KIND = 20


def named_lists(*given: list[str] | None) -> list[str]:
    """The lists that were named, in whichever way.

    Raises:
        UsageError: none was.
    """
    names = [name for some in given for name in some or ()]
    if not names:
        raise UsageError(
            say("No list is named."),
            remedy=_what_there_is(),
        )
    return names


def _what_there_is() -> Sentence:
    """The lists that could be named, so that the next command is a copy of one of them."""
    from pressutskick.sources.lists.named import list_names

    names = list_names(find_place().folder)
    if not names:
        return say("Put one into recipients/, or name a file.")
    return say("Name a file, or one of those in recipients/: {names}.", names=", ".join(names))


def fail_on_errors(problems: Iterable[Problem]) -> None:
    """Exit status 65 where a row is faulty."""
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise typer.Exit(ExitStatus.DATA)


def show_some(problems: tuple[Problem, ...]) -> None:
    """The first of each kind that is no error, so that errors are not buried; all errors."""
    counts: Counter[str] = Counter()
    shown: list[Problem] = []
    for problem in by_severity(problems):
        counts[problem.code] += 1
        if problem.severity is Severity.ERROR or counts[problem.code] <= _OF_EACH_KIND:
            shown.append(problem)
    show_problems(shown)
    left_out = len(problems) - len(shown)
    if left_out:
        told = _n(
            "{count} more of these kinds; --json shows all.",
            "{count} more of these kinds; --json shows all.",
            left_out,
        )
        talk().print(plain(told, "dim"))
