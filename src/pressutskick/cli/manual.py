"""The manual page in mdoc(7), from the same tree of commands and flags as the help.

`docs/man` holds what this writes, so that an installed program has its page; a test compares them.
"""

import re
from collections.abc import Iterator
from typing import Any

import typer

from pressutskick.cli.language import _
from pressutskick.cli.program import load_command, make_app
from pressutskick.cli.table import command_groups
from pressutskick.cli.tree import Row, flag_panels
from pressutskick.errors import ExitStatus

#: When the page's form was last changed.
_DATE = "November 29, 2026"


def write_manual() -> str:
    """The whole page; ends with a line feed."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from (f".Dd {_DATE}", ".Dt PRESSUTSKICK 1", ".Os")
    yield from (".Sh NAME", ".Nm pressutskick", f".Nd {_text(_tagline().rstrip('.'))}")
    yield from (_head(_("SYNOPSIS")), ".Nm", ".Op " + _text(_("options")), ".Ar " + _("command"))
    yield from (_head(_("DESCRIPTION")), ".Nm")
    yield _text(
        _("takes a press invitation to each newsdesk of a list, once, and keeps a log of it.")
    )
    yield _text(_("Before anything is sent it shows what would be, and asks."))
    app = typer.main.get_command(make_app())
    yield from _flags(app)
    yield _head(_("COMMANDS"))
    for group in command_groups():
        yield f".Ss {_text(group.title)}"
        shown = [entry for entry in group.entries if not entry.is_hidden]
        for number, entry in enumerate(shown):
            # A heading is a paragraph already.
            yield from [".Pp"] if number else []
            yield from _command(entry.name, entry.purpose, load_command(entry))
    yield from _files()
    yield from _exit_statuses()
    yield from _examples()
    yield from (_head(_("SEE ALSO")), ".Xr mail 1 ,", ".Xr crontab 5")


def _tagline() -> str:
    return _("Take a press invitation to the right newsdesks, once each, and prove it.")


def _command(name: str, purpose: str, command: Any) -> Iterator[str]:
    """One command, and the commands below it."""
    yield f".Sy {_text(name)} {_arguments(command)}".rstrip()
    yield ".br"
    yield _text(purpose)
    yield from _flags(command)
    for child, below in getattr(command, "commands", {}).items():
        if not below.hidden:
            yield ".Pp"
            yield from _command(f"{name} {child}", below.help or "", below)


def _arguments(command: Any) -> str:
    found = [each for each in command.params if each.param_type_name == "argument"]
    return " ".join(_text(str(each.metavar)) for each in found)


def _flags(command: Any) -> Iterator[str]:
    """Arguments and flags, without `--help`, which all have."""
    context = typer.Context(command)
    rows = [row for _title, rows in flag_panels(command, context) for row in rows]
    rows = [row for row in rows if not row[0].startswith("--help")]
    if rows:
        yield ".Bl -tag -width Ds"
        for row in rows:
            yield from _row(row)
        yield ".El"


def _row(row: Row) -> Iterator[str]:
    left, right = row
    yield f".It {_text(left)}"
    yield _text(right) or "\\&"


def _exit_statuses() -> Iterator[str]:
    yield _head(_("EXIT STATUS"))
    yield ".Bl -tag -width Ds"
    for status, words in exit_words().items():
        yield f".It {int(status)}"
        yield _text(words)
    yield ".El"


def exit_words() -> dict[ExitStatus, str]:
    """What each exit status means, in the person's language."""
    return {
        ExitStatus.OK: _("All accepted, or nothing was due."),
        ExitStatus.DECLINED: _("The person said no."),
        ExitStatus.USAGE: _("The command line is wrong, or nobody was there to confirm."),
        ExitStatus.DATA: _("An invitation or a list has faults; nothing was sent."),
        ExitStatus.NO_INPUT: _("A file is missing; nothing was sent."),
        ExitStatus.REFUSED: _("Finished, but some recipients were refused for good."),
        ExitStatus.SOFTWARE: _("A fault of the program."),
        ExitStatus.LOG: _("The delivery log cannot be written; nothing was sent."),
        ExitStatus.TEMPORARY: _("Some are left; the same command goes on."),
        ExitStatus.UNKNOWN: _("The outcome is unknown for somebody; a person decides."),
        ExitStatus.LOGIN: _("The login was refused; nothing was sent."),
        ExitStatus.SETTINGS: _("The settings are wrong; nothing was sent."),
        ExitStatus.INTERRUPTED: _("Interrupted; the same command goes on."),
    }


def _files() -> Iterator[str]:
    yield _head(_("FILES"))
    yield ".Bl -tag -width Ds"
    for name, words in (
        (".env", _("The settings; its folder is the workspace.")),
        ("recipients/", _("The media lists.")),
        ("invitations/", _("The invitations.")),
        ("templates/", _("Templates of your own.")),
        ("outbox/", _("The mails of rehearsals.")),
        ("pressutskick.db", _("The delivery log.")),
    ):
        yield f".It Pa {name}"
        yield _text(words)
    yield ".El"


def _examples() -> Iterator[str]:
    yield _head(_("EXAMPLES"))
    for words in (
        "pressutskick init",
        "pressutskick read inbjudan.docx -o inbjudan.md",
        "pressutskick preview inbjudan.md --to redaktioner",
        "pressutskick send inbjudan.md --to redaktioner",
    ):
        yield f".Dl {_text(words)}"


def _head(title: str) -> str:
    return f".Sh {title}"


def _text(words: str) -> str:
    """Lines of text, one a sentence: no control line, no escape, and hyphens that can be copied."""
    line = re.sub(r"(?<!\w)-", r"\\-", " ".join(words.replace("\\", "\\e").split()))
    lines = re.sub(r"([.!?]) (?=[A-ZÅÄÖ])", r"\1\n", line).split("\n")
    return "\n".join(f"\\&{each}" if each.startswith((".", "'")) else each for each in lines)
