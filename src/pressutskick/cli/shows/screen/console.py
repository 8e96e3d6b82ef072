"""What the person sees: consoles, problems, errors. The consoles that all of Rich writes to are made here.

Results go to stdout (`out`), talk to stderr (`talk`). Text from files and servers is data: it is
printed through `plain`, which strips control characters and never interprets markup.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import IO, cast

from rich.console import Console, RenderableType
from rich.text import Text
from rich.theme import Theme

from pressutskick.cli.language import _, tell
from pressutskick.cli.shows import json as jsonout
from pressutskick.cli.shows.screen.pager import paged
from pressutskick.cli.shows.screen.streams import ForgivingTalk
from pressutskick.errors import InputError, PressutskickError, Problem, Severity
from pressutskick.mail import UNSAFE_CHARACTERS

#: How bad, as a colour beside the word.
SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
#: Columns of a table that is not for a terminal: nothing in it is cut.
_TABLE_WIDTH = 400
#: Machine output, for those who have loaded this module anyway.
json_text = jsonout.json_text
print_json = jsonout.print_json
#: Yellow as it can be read on white and on black (Rich falls back where there are 16 colours).
_THEME = Theme({"yellow": "color(130)"})
_KEEP = re.compile(r"[\n\t]")
_LINE_FEEDS = re.compile(r"\s*[\r\n]\s*")


#: Columns of all else that is drawn for a file or a pipe: panels and bars must end somewhere.
_DRAWN_WIDTH = 160


@cache
def out() -> Console:
    """Where results go."""
    return _console(sys.stdout.isatty(), is_talk=False)


@cache
def talk() -> Console:
    """Where everything else that is said goes."""
    return _console(sys.stderr.isatty(), is_talk=True)


def _console(is_terminal: bool, *, is_talk: bool) -> Console:
    """As wide as the terminal; wide, and without wrapping sentences, where there is none."""
    width = None if is_terminal or "COLUMNS" in os.environ else _DRAWN_WIDTH
    return Console(
        # Rich asks for standard output anew each time; so does what stands for standard error.
        file=cast("IO[str]", ForgivingTalk()) if is_talk else None,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=not is_terminal,
        width=width,
        theme=_THEME,
    )


def plain(value: object, style: str = "") -> Text:
    """Foreign text made safe for the terminal: no markup, no control or bidi characters.

    Line feeds and tabs stay.
    """
    text = UNSAFE_CHARACTERS.sub(
        lambda match: match[0] if _KEEP.match(match[0]) else "\N{REPLACEMENT CHARACTER}",
        str(value),
    )
    return Text(text, style=style)


def print_table(table: RenderableType) -> None:
    """A table on stdout, a page at a time; in a pipe as wide as it needs, so that nothing is cut."""
    if out().is_terminal:
        with paged(out()):
            out().print(table)
    else:
        # The blanks that fill up the last column would wrap in a reader's terminal.
        console = Console(file=sys.stdout, width=_TABLE_WIDTH, markup=False, highlight=False)
        with console.capture() as capture:
            console.print(table)
        sys.stdout.writelines(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def severity_word(severity: Severity) -> str:
    """The severity as a word, so that colour never stands alone."""
    words = {
        Severity.ERROR: _("error"),
        Severity.WARNING: _("warning"),
        Severity.HINT: _("hint"),
    }
    return words[severity]


def show_problems(problems: Iterable[Problem], console: Console | None = None) -> None:
    """The grave ones first; on a terminal each file is named once, above those of it.

    Elsewhere each is a line `file:line: error: sentence [code]`, as programs read it.
    """
    console = console or talk()
    for line in problem_lines(problems, is_grouped=console.is_terminal):
        console.print(line)


def problem_lines(problems: Iterable[Problem], *, is_grouped: bool) -> Iterator[Text]:
    """A line for each, and where they are grouped one for each file."""
    by_file: dict[str, list[Problem]] = {}
    for problem in by_severity(problems):
        file = str(replace(problem.origin, line=None, column=None)) if is_grouped else ""
        by_file.setdefault(file, []).append(problem)
    for file, found in by_file.items():
        is_headed = bool(file) and len(found) > 1
        if is_headed:
            yield plain(f"{file}:", "bold")
        for problem in found:
            yield problem_line(problem, is_headed=is_headed)


def by_severity(problems: Iterable[Problem]) -> list[Problem]:
    """The errors, then the warnings, then the hints, each in the order of the file."""
    return sorted(problems, key=lambda each: list(SEVERITY_STYLES).index(each.severity))


def problem_line(problem: Problem, *, is_headed: bool = False) -> Text:
    """`file:line: error: sentence [code]`; under a heading `  line: error: ...`."""
    origin = replace(problem.origin, file=None, sheet=None) if is_headed else problem.origin
    where = f"  {origin}".rstrip() if is_headed else str(origin)
    line = plain(f"{where}: " if where else "  " if is_headed else "")
    line.append(severity_word(problem.severity), style=SEVERITY_STYLES[problem.severity])
    # A row may hold line feeds; a problem stays on its line.
    line.append(": ").append_text(plain(_LINE_FEEDS.sub(" ", tell(problem.sentence))))
    return line.append(f" [{problem.code}]", style="dim")


def error_json(error: PressutskickError) -> dict[str, object]:
    """An error for programs; its sentences are English in every language."""
    from pressutskick.reading.view import problem_documents

    problems = error.problems if isinstance(error, InputError) else ()
    return {
        "error": {
            "status": int(error.status),
            "message": str(error.sentence),
            "remedy": None if error.remedy is None else str(error.remedy),
            "problems": problem_documents(problems),
        }
    }


def show_error(error: PressutskickError) -> None:
    """What happened, every problem, and the remedy, on stderr."""
    if isinstance(error, InputError):
        show_problems(error.problems)
    line = plain("pressutskick: ", "bold red").append_text(plain(tell(error.sentence)))
    talk().print(line)
    if error.remedy is not None:
        talk().print(plain(tell(error.remedy)))
