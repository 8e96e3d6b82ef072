"""`demo`: the whole story in a temporary workspace; nothing leaves the machine."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import out, plain

#: Some days before the event of the example invitation: a day on which it would be sent.
_NOW = "2026-08-27T09:00"
_FILE = "invitations/exempel.md"
_SENDER = {
    "PRESSUTSKICK_FROM": "Pressen i Åstad <press@astad.example>",
    "PRESSUTSKICK_ORGANISATION": "Åstads kommun",
}


def demo(
    keep: Annotated[
        Path | None, typer.Option(help=_("Keep the workspace in this new folder, to go on with."))
    ] = None,
) -> None:
    """Checks, sends to the example list in the sandbox, twice, and shows the log."""
    with _workspace(keep) as folder, _moved_into(folder):
        for story, words in _steps():
            out().print()
            out().print(plain(story, "bold"))
            out().print(plain(f"$ pressutskick {' '.join(words)}", "cyan"))
            _play(words)
    out().print()
    out().print(plain(_("That was all. Nothing left this machine."), "bold"))
    out().print(plain(_("Your own workspace begins with: pressutskick init")))


def _steps() -> list[tuple[str, list[str]]]:
    send = ["send", _FILE, "--to", "exempel", "--sandbox", "--yes", "--now", _NOW]
    return [
        (
            _("1. Is the invitation right? Dates, weekdays, contacts and addresses are checked."),
            ["check", _FILE, "--now", _NOW],
        ),
        (_("2. Send it, to a mail server that lives inside this program."), send),
        (_("3. Send it again: nobody is mailed twice."), send),
        (_("4. What happened to each message?"), ["log", "1", "--sandbox"]),
    ]


def _play(words: list[str]) -> None:
    """Runs one command as a person would; a status other than 0 ends the demo with that status."""
    from pressutskick.cli.program import run_command

    status = run_command(words)
    if status:
        raise typer.Exit(status)


@contextmanager
def _workspace(keep: Path | None) -> Iterator[Path]:
    """A folder with the example list and invitation, removed afterwards unless kept."""
    from pressutskick.sources.shipped import shipped_folder

    with tempfile.TemporaryDirectory(prefix="pressutskick-demo-") as temporary:
        folder = keep.absolute() if keep else Path(temporary, "workspace")
        folder.mkdir(parents=True)
        for name in ("invitations", "recipients"):
            shutil.copytree(shipped_folder(name), folder / name)
        yield folder


@contextmanager
def _moved_into(folder: Path) -> Iterator[None]:
    """The demo's folder and sender instead of the person's own, which come back at the end."""
    before, environ = Path.cwd(), dict(os.environ)
    for key in [key for key in os.environ if key.startswith("PRESSUTSKICK_")]:
        del os.environ[key]
    os.environ.update(_SENDER)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environ)
