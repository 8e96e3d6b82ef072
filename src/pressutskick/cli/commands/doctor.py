"""`doctor`: everything that can be known before a dispatch, with reason and who can mend it."""

from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.context import command_settings, find_place
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.shared import Json
from pressutskick.cli.language import _
from pressutskick.cli.shows.json import print_json
from pressutskick.cli.shows.screen.console import plain, talk
from pressutskick.errors import UsageError
from pressutskick.release.zone import ZONE
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.assembly.examining import Examination
    from pressutskick.settings.model import Settings


def doctor(
    *,
    offline: Annotated[
        bool, typer.Option("--offline", help=_("Ask nobody outside this machine."))
    ] = False,
    letter: Annotated[
        bool,
        typer.Option(
            "--letter", help=_("Mail a letter to yourself, and tell how it was judged on its way.")
        ),
    ] = False,
    ticket: Annotated[
        bool, typer.Option("--ticket", help=_("Print the letters to those who can mend it."))
    ] = False,
    as_json: Json = False,
) -> None:
    """Looks at settings, machine, mail server, login and domain; only `--letter` sends something."""
    from pressutskick.assembly.examining import examine
    from pressutskick.cli.shows.doctor import examination_json, show_examination
    from pressutskick.cli.shows.ticket import show_findings_tickets
    from pressutskick.dispatch.preflight.findings import exit_status
    from pressutskick.settings.reading import tell_settings

    if letter and offline:
        raise UsageError(say("--letter needs the mail server, so --offline does not go with it."))
    told = tell_settings(find_place())
    settings = command_settings()
    examination = examine(settings, clock_now(""), ZONE, is_online=not offline)
    if letter:
        examination = _write_letter(examination, settings)
    status = exit_status(examination.findings)
    if as_json:
        print_json(examination_json(told, examination, status))
    elif ticket:
        show_findings_tickets(settings, examination.findings)
    else:
        show_examination(settings, told, examination)
    raise typer.Exit(status)


def _write_letter(examination: "Examination", settings: "Settings") -> "Examination":
    from pressutskick.assembly.letter import find_own_address, write_to_oneself
    from pressutskick.assembly.workspace import DiskWorkspace

    address = find_own_address(settings)
    told = _("A letter goes to {address}; waiting for it, at most two minutes …", address=address)
    talk().print(plain(told))
    return write_to_oneself(
        examination,
        DiskWorkspace(settings),
        title=_("A letter to yourself"),
        text=_(
            "pressutskick doctor has sent this letter to see how it is judged on its way. You need "
            "do nothing with it."
        ),
    )
