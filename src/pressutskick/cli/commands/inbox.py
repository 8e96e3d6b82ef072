"""`inbox`: what came back. Shows it, keeps it in the log, asks about what is not certain."""

import datetime as dt
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.shared import Json, LogSandbox
from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import plain, print_json, talk
from pressutskick.errors import UsageError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.actions.collecting import Collected
    from pressutskick.dispatch.log import DeliveryLog
    from pressutskick.replies.mailbox import MailSource


def inbox(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="[FOLDER]",
            help=_("A folder of .eml files, a Maildir, an mbox or one mail; none reads over IMAP."),
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help=_("Show what is there; keep nothing of it."))
    ] = False,
    show_all: Annotated[
        bool, typer.Option("--all", help=_("Show those too that are about no mail of ours."))
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help=_("Stay, and read what comes in, until Ctrl-C."))
    ] = False,
    sandbox: LogSandbox = False,
    as_json: Json = False,
) -> None:
    """Reads the mailbox into the delivery log; nothing is mailed, marked, moved or deleted."""
    from pressutskick.assembly.mailbox import open_imap, open_mailbox
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.cli.shows.incoming import collected_json, show_collected

    if watch and (folder or as_json or dry_run):
        raise UsageError(say("--watch reads an IMAP mailbox, and goes with no other choice."))
    settings = command_settings()
    mailbox = open_mailbox(settings, folder)
    workspace = DiskWorkspace(settings, is_sandbox=sandbox)
    has_log, log = workspace.has_log(), workspace.look_into_log()
    # Where nothing was ever sent, nothing can be kept.
    is_dry = dry_run or not has_log
    if as_json:
        found = _read(mailbox, log, is_dry=is_dry, with_others=show_all)
        print_json({"messages": list(map(collected_json, found))})
        return
    if not has_log:
        talk().print(plain(_("There is no delivery log here; nothing was sent from this folder.")))
    show_collected(_read(mailbox, log, is_dry=is_dry, with_others=show_all))
    if not is_dry:
        _settle(log)
    if watch:
        imap = open_imap(settings)
        talk().print(plain(_("Waiting for mail; Ctrl-C ends it.")))
        with suppress(KeyboardInterrupt):
            while True:
                imap.wait()
                show_collected(_read(imap, log, is_dry=False, with_others=show_all))


def _read(
    mailbox: "MailSource", log: "DeliveryLog", *, is_dry: bool, with_others: bool
) -> "list[Collected]":
    """What is told of a mailbox, which may hold many mails that are about nothing of ours."""
    from pressutskick.actions.collecting import Collecting

    now = clock_now("").astimezone(dt.UTC)
    return list(Collecting(log, now, is_dry=is_dry, with_others=with_others).read(mailbox))


def _settle(log: "DeliveryLog") -> None:
    """Asks where somebody is there; else tells how much waits for a person."""
    from pressutskick.actions.collecting import list_proposals
    from pressutskick.cli.asks.proposals import ask_proposals
    from pressutskick.cli.shows.incoming import show_left

    proposals = list_proposals(log)
    if proposals and sys.stdin.isatty() and sys.stdout.isatty():
        ask_proposals(log, proposals, now=clock_now("").astimezone(dt.UTC))
        proposals = list_proposals(log)
    show_left(proposals)
