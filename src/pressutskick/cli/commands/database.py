"""`database copy | roles`: one log for a department, on a PostgreSQL server."""

from typing import Annotated

import typer

from pressutskick.assembly.moving import move_delivery_log, write_server_roles
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.shared import Yes
from pressutskick.cli.language import _, _n
from pressutskick.cli.shows.screen.console import out, plain, talk
from pressutskick.cli.tree import App
from pressutskick.cli.typed import require_typed
from pressutskick.sentences import say
from pressutskick.settings.parsing import without_password

app = App(no_args_is_help=True)


@app.command(help=_("Move the delivery log to a server or a file, compared row by row."))
def copy(
    place: Annotated[
        str,
        typer.Argument(
            metavar="PLACE", help=_("postgresql://SERVER/DATABASE, service=NAME, or a new file.")
        ),
    ],
    yes: Yes = False,
) -> None:
    """Copies every row, compares both, and marks the old log as moved."""
    told = without_password(place)
    if not yes:
        require_typed(
            _("yes"),
            _(
                "The log will be in {place}, and nobody can go on with the old one. Type yes:",
                place=told,
            ),
            nobody=say("Nobody is here to confirm, so nothing was changed."),
            remedy=say("Run the command again with --yes."),
            declined=say("Nothing was changed."),
        )
    rows, name = move_delivery_log(command_settings(), place)
    moved = _n("{count} row is in {place}", "{count} rows are in {place}", rows, place=name)
    talk().print(plain(_("{moved}, each compared with the old one.", moved=moved), "bold"))
    talk().print(plain(_("Now everybody sets: {setting}", setting=f"PRESSUTSKICK_DATABASE={told}")))


@app.command(help=_("Print the SQL for a role that sends and one that only looks."))
def roles(
    database: Annotated[
        str, typer.Option(metavar="NAME", help=_("The database's name."))
    ] = "pressutskick",
    sender: Annotated[
        str, typer.Option(metavar="NAME", help=_("The role that sends."))
    ] = "pressutskick",
    reader: Annotated[
        str, typer.Option(metavar="NAME", help=_("The role that only looks."))
    ] = "pressutskick_reader",
) -> None:
    """For whoever runs the server: `pressutskick database roles | sudo -u postgres psql`."""
    script = write_server_roles(database=database, sender=sender, reader=reader)
    out().print(plain(script.rstrip("\n")), soft_wrap=True)
