"""`person export | forget | strip`: the rights of the people on the lists."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.commands.recipients.suppress import read_address
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.shared import Force, Output, Yes
from pressutskick.cli.language import _, _n
from pressutskick.cli.shows.screen.console import json_text, plain, print_table, talk
from pressutskick.cli.tree import App, Group
from pressutskick.cli.typed import require_typed
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.recipients.held import HeldRows
    from pressutskick.settings.model import Settings


class PersonGroup(Group):
    """A group whose first word may be an address."""

    default = "export"


app = App(cls=PersonGroup, no_args_is_help=True, subcommand_metavar="ADDRESS | COMMAND ...")

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help=_("The person's address."),
        autocompletion=completing.offer_addresses,
    ),
]


def _confirm(question: str, wanted: str) -> None:
    require_typed(
        wanted,
        question,
        nobody=say("Nobody is here to confirm, so nothing was changed."),
        remedy=say("Run the command again with --yes."),
        declined=say("Nothing was changed."),
    )


def forget(address: Address, yes: Yes = False) -> None:
    """Makes the person unrecognisable in the logs, removes their kept messages, tells what is left."""
    from pressutskick.actions.rights import forget_person
    from pressutskick.assembly.holdings import DiskHoldings

    wanted = read_address(address)
    if not yes:
        _confirm(
            _("This cannot be undone. Type the address again to erase {address}:", address=wanted),
            address.strip(),
        )
    forgotten = forget_person(wanted, DiskHoldings(command_settings()))
    talk().print(
        plain(
            _(
                "Erased. Deliveries: {deliveries}, kept messages: {messages}. Nobody will mail this "
                "address again, even if a list holds it.",
                deliveries=forgotten.deliveries,
                messages=forgotten.messages,
            ),
            "bold",
        )
    )
    _tell_held(forgotten.held)
    talk().print(plain(_("Backups and files that you saved elsewhere are yours to clean."), "dim"))


def _tell_held(held: "HeldRows") -> None:
    """Where the person still stands, and where nobody could look."""
    for row in held.rows:
        told = _("Still in a list of yours; remove the row: {place}", place=str(row.origin))
        talk().print(plain(told, "yellow"))
    for file in held.gone:
        told = (
            _("A pasted list held the address; see to it that it is kept nowhere.")
            if file == "-"
            else _(
                "The address came from {file}, which is not there any more; wherever that list "
                "is now, remove the row.",
                file=file,
            )
        )
        talk().print(plain(told, "yellow"))
    for file in held.unread:
        told = _("{file} could not be looked through; look for the address there.", file=file)
        talk().print(plain(told, "yellow"))


def export(address: Address, output: Output = Path("-"), force: Force = False) -> None:
    """Lists, log and rehearsals: everything by which the person is known here."""
    from pressutskick.actions.rights import describe_person
    from pressutskick.assembly.holdings import DiskHoldings
    from pressutskick.cli.shows.person import held_json
    from pressutskick.exports.private import write_private

    held = describe_person(read_address(address), DiskHoldings(command_settings()))
    write_private(output, json_text(held_json(held)), force=force)


def strip(
    older_than: Annotated[
        int | None,
        typer.Option("--older-than", metavar="MONTHS", min=1, help=_("Instead of the setting.")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help=_("Only show what would be stripped."))
    ] = False,
    yes: Yes = False,
) -> None:
    """Shows which dispatches are due, asks, and makes their people unrecognisable."""
    from pressutskick.actions.rights import list_outlived, retention_limit
    from pressutskick.assembly.holdings import DiskHoldings
    from pressutskick.cli.shows.recipients import make_table

    settings = command_settings()
    before = retention_limit(settings, older_than, clock_now(""))
    log = DiskHoldings(settings).logs()["log"]
    old = list_outlived(log, before)
    if log is None or not old:
        talk().print(plain(_("Nothing is older than {day}.", day=before.date())))
        return
    table = make_table(_("Dispatch"), _("Title"), _("Deliveries"), _("Last change"))
    for dispatch in old:
        table.add_row(
            plain(dispatch.key),
            plain(dispatch.title),
            str(dispatch.deliveries),
            dispatch.last_change.date().isoformat(),
        )
    print_table(table)
    if dry_run:
        return
    count = sum(dispatch.deliveries for dispatch in old)
    if not yes:
        _confirm(
            _(
                "Names and addresses of these deliveries go for good; counts and outlets stay. "
                "Type {count} to go on:",
                count=count,
            ),
            str(count),
        )
    stripped = log.strip_old(before)
    talk().print(
        plain(_n("{count} delivery was stripped.", "{count} deliveries were stripped.", stripped))
    )


def tell_retention(settings: "Settings") -> None:
    """Says beforehand what the retention setting will take; nothing where it is not set."""
    from pressutskick.actions.rights import list_outlived, retention_limit
    from pressutskick.assembly.holdings import DiskHoldings

    if settings.retention_months is None:
        return
    before = retention_limit(settings, None, clock_now(""))
    log = DiskHoldings(settings).logs()["log"]
    count = sum(old.deliveries for old in list_outlived(log, before))
    if count:
        talk().print(
            plain(
                _n(
                    "{count} delivery is older than {months} months; remove its name and address "
                    "with: pressutskick person strip",
                    "{count} deliveries are older than {months} months; remove their names and "
                    "addresses with: pressutskick person strip",
                    count,
                    months=settings.retention_months,
                ),
                "yellow",
            )
        )


def add_person_commands(group: App, *, hidden: bool = False) -> None:
    """The commands under `person`; hidden, under the older words of `recipients`."""
    for name, command, purpose in (
        ("export", export, _("Print all that is held about one person, as JSON.")),
        ("forget", forget, _("Erase a person from logs and outbox for good; counts stay.")),
        ("strip", strip, _("Take people out of old deliveries, as the retention setting says.")),
    ):
        group.command(name, help=purpose, hidden=hidden)(command)


add_person_commands(app)
