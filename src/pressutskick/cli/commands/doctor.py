"""`doctor`: everything that can be known before a dispatch, with reason and who can mend it."""

from typing import Annotated

import typer

from pressutskick.assembly.examining import examine
from pressutskick.cli.context import command_settings, find_place
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.shared import Json
from pressutskick.cli.language import _
from pressutskick.cli.shows.doctor import examination_json, show_examination
from pressutskick.cli.shows.json import print_json
from pressutskick.cli.shows.ticket import show_findings_tickets
from pressutskick.dispatch.preflight.findings import exit_status
from pressutskick.release.zone import ZONE
from pressutskick.settings.reading import tell_settings


def doctor(
    *,
    offline: Annotated[
        bool, typer.Option("--offline", help=_("Ask nobody outside this machine."))
    ] = False,
    ticket: Annotated[
        bool, typer.Option("--ticket", help=_("Print the letters to those who can mend it."))
    ] = False,
    as_json: Json = False,
) -> None:
    """Looks at settings, machine, mail server, login and domain; sends nothing."""
    told = tell_settings(find_place())
    settings = command_settings()
    examination = examine(settings, clock_now(""), ZONE, is_online=not offline)
    status = exit_status(examination.findings)
    if as_json:
        print_json(examination_json(told, examination, status))
    elif ticket:
        show_findings_tickets(settings, examination.findings)
    else:
        show_examination(settings, told, examination)
    raise typer.Exit(status)
