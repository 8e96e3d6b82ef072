"""`log`: what happened to each message; is the log whole; what to do about unknown outcomes.

`log` lists dispatches, `log DISPATCH` its deliveries: words that are no subcommand go to `show`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.shared import Csv, Json, LogSandbox
from pressutskick.cli.flags.statuses import parse_status
from pressutskick.cli.language import _, _n, tell
from pressutskick.cli.shows.screen.console import out, plain, print_json
from pressutskick.cli.shows.screen.pager import paged
from pressutskick.cli.shows.screen.waiting import tell_waiting
from pressutskick.cli.shows.voice import Voice
from pressutskick.cli.tree import App, Group
from pressutskick.dispatch.delivery import Resolution
from pressutskick.errors import ExitStatus, InputNotFound, UsageError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.dispatch.log import DeliveryLog
    from pressutskick.dispatch.records import DispatchRecord


class LogGroup(Group):
    """A group whose first word may be a dispatch."""

    default = "show"


app = App(cls=LogGroup, subcommand_metavar="[DISPATCH | FILE | COMMAND] ...")

Dispatch = Annotated[
    str | None,
    typer.Argument(
        metavar="[DISPATCH]",
        help=_("Its file, number or id, or `newest`; none lists all."),
        autocompletion=completing.offer_dispatches,
    ),
]


def _open(*, sandbox: bool, only_looks: bool = False) -> "DeliveryLog":
    """The log, what dead runs left in it settled.

    Raises:
        InputNotFound: nothing was ever sent from this workspace.
    """
    from pressutskick.actions.finding import require_log
    from pressutskick.assembly.workspace import DiskWorkspace

    workspace = DiskWorkspace(command_settings(), is_sandbox=sandbox)
    log = require_log(workspace, only_looks=only_looks)
    log.settle_dead_runs()
    return log


@app.command(help=_("All dispatches, or one dispatch's deliveries; `show` may be left out."))
def show(
    dispatch: Dispatch = None,
    status: Annotated[
        str | None,
        typer.Option(
            metavar="STATUS",
            help=_("Only deliveries with this status, as the table has it."),
            autocompletion=completing.offer_statuses,
        ),
    ] = None,
    as_json: Json = False,
    as_csv: Csv = False,
    attempts: Annotated[
        bool, typer.Option("--attempts", help=_("Tell every attempt, not the last one only."))
    ] = False,
    sandbox: LogSandbox = False,
) -> None:
    """Lists dispatches, or the deliveries of one with the relay's last reply."""
    from pressutskick.cli.shows.log import (
        delivery_json,
        dispatch_json,
        show_deliveries,
        write_delivery_csv,
    )

    wanted = None if status is None else parse_status(status)
    if dispatch is None:
        if status is not None or as_csv:
            raise UsageError(say("--status and --csv are for one dispatch: log DISPATCH --csv"))
        _list_dispatches(as_json=as_json, sandbox=sandbox)
        return
    log = _open(sandbox=sandbox, only_looks=True)
    record = _find(log, dispatch, sandbox=sandbox)
    deliveries = log.deliveries(record.id, status=wanted)
    tries = log.attempts if attempts else None
    if as_json:
        told = [delivery_json(delivery, tries) for delivery in deliveries]
        print_json({**dispatch_json(record), "deliveries": told})
    elif as_csv:
        write_delivery_csv(deliveries)
    else:
        with paged(out()):
            show_deliveries(record, deliveries, tries)
            _show_decisions(log, record)


def _show_decisions(log: "DeliveryLog", record: "DispatchRecord") -> None:
    """Who approved what was sent, and who decided about whom."""
    from pressutskick.cli.shows.log import show_decisions

    release_id, last = record.key.release_id, log.snapshot(record.id)
    decided = log.resolutions(release_id)
    own = {each.id for each in log.deliveries(record.id)} if decided else set()
    show_decisions(
        [each for each in log.approvals(release_id) if last and each.digests == last.digests],
        [each for each in decided if each.delivery_id in own],
    )


def _find(log: "DeliveryLog", name: str, *, sandbox: bool) -> "DispatchRecord":
    from pressutskick.actions.finding import find_dispatch
    from pressutskick.assembly.workspace import DiskWorkspace

    workspace = DiskWorkspace(command_settings(), is_sandbox=sandbox, on_wait=tell_waiting)
    return find_dispatch(log, name, workspace, now=workspace.now())


def _list_dispatches(*, as_json: bool, sandbox: bool) -> None:
    from pressutskick.actions.finding import require_workspace
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.cli.shows.log import dispatch_json, show_dispatches

    workspace = DiskWorkspace(command_settings(), is_sandbox=sandbox)
    require_workspace(workspace)
    is_there = workspace.has_log()
    records = _open(sandbox=sandbox, only_looks=True).dispatches() if is_there else ()
    if as_json:
        print_json({"dispatches": list(map(dispatch_json, records))})
    else:
        show_dispatches(records)


@app.command(help=_("Check that the log's file is whole and keeps its own rules."))
def verify(
    sandbox: LogSandbox = False,
    restored: Annotated[
        bool,
        typer.Option(
            "--restored", help=_("It is an old copy that was put back, and is to be gone on with.")
        ),
    ] = False,
) -> None:
    """Tells everything that is wrong; exit status 73 if anything is."""
    from pressutskick.assembly.known import require_no_lost_log
    from pressutskick.assembly.log import (
        adopt_delivery_log,
        database_path,
        is_on_server,
        verify_delivery_log,
    )
    from pressutskick.assembly.workspace import DiskWorkspace

    settings = command_settings()
    workspace = DiskWorkspace(settings, is_sandbox=sandbox)
    name = workspace.log_name
    if not workspace.has_log():
        raise InputNotFound.file(name)
    if restored:
        adopt_delivery_log(settings, is_sandbox=sandbox)
    if not workspace.has_log():
        out().print(plain(_("{file} is gone for good; the next one begins anew.", file=name)))
        return
    if not is_on_server(settings, is_sandbox=sandbox):
        require_no_lost_log(database_path(settings, is_sandbox=sandbox))
    faults = list(verify_delivery_log(settings, is_sandbox=sandbox))
    for fault in faults:
        out().print(plain(tell(fault), "red"))
    if faults:
        raise typer.Exit(ExitStatus.LOG)
    out().print(plain(_("{file}: the delivery log is whole.", file=name), "green"))


@app.command(help=_("Decide about messages whose outcome is unknown, or that were refused."))
def resolve(
    dispatch: Annotated[
        str,
        typer.Argument(
            help=_("Its file, number or id, or `newest`."),
            autocompletion=completing.offer_dispatches,
        ),
    ],
    choice: Annotated[
        Resolution | None,
        typer.Argument(help=_("resend: mail them again. leave: count them as accepted.")),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="ADDRESS", help=_("Only this address; all without it.")),
    ] = None,
    refused: Annotated[
        bool,
        typer.Option("--refused", help=_("Those whom the mail server refused, to resend them.")),
    ] = False,
    sandbox: LogSandbox = False,
) -> None:
    """Lists unknown deliveries; with a choice, takes it for all or for those named."""
    from pressutskick.actions.resolving import find_deliveries
    from pressutskick.cli.shows.unknown import choose_each, list_unknown
    from pressutskick.dispatch.delivery import DeliveryStatus

    log = _open(sandbox=sandbox)
    record = _find(log, dispatch, sandbox=sandbox)
    voice = Voice(is_sandbox=sandbox)
    if refused:
        _resolve_refused(log, record, choice, only or (), voice)
        return
    unknown = find_deliveries(log, record, DeliveryStatus.UNKNOWN, only or ())
    if not unknown:
        out().print(plain(_("No outcome is unknown.")))
        return
    if choice is None:
        list_unknown(unknown, record, voice)
        resend, leave = choose_each(unknown, voice)
    else:
        ids = [delivery.id for delivery in unknown]
        resend, leave = (ids, []) if choice is Resolution.RESEND else ([], ids)
    person = command_settings().person
    resent = log.resolve(resend, Resolution.RESEND, person=person)
    left = log.resolve(leave, Resolution.LEAVE, person=person)
    if resent:
        _tell_resent(resent, record, voice)
    if left:
        told = _n("{count} counts as accepted.", "{count} count as accepted.", left)
        out().print(plain(told))
    if resent + left < len(unknown):
        rest = len(unknown) - resent - left
        told = _n("{count} is still unknown.", "{count} are still unknown.", rest)
        out().print(plain(told))
        raise typer.Exit(ExitStatus.UNKNOWN)


def _resolve_refused(
    log: "DeliveryLog",
    record: "DispatchRecord",
    choice: Resolution | None,
    only: Sequence[str],
    voice: Voice,
) -> None:
    from pressutskick.actions.resolving import find_deliveries
    from pressutskick.cli.shows.unknown import list_refused
    from pressutskick.dispatch.delivery import DeliveryStatus

    if choice is Resolution.LEAVE:
        raise UsageError(
            say("Who was refused has nothing, and cannot count as accepted."),
            remedy=say("Leave --refused out, or write resend."),
        )
    found = find_deliveries(log, record, DeliveryStatus.REJECTED, only)
    if not found:
        out().print(plain(_("Nobody was refused.")))
    elif choice is None:
        list_refused(found, record, voice)
    else:
        resent = log.resolve(
            [delivery.id for delivery in found], choice, person=command_settings().person
        )
        _tell_resent(resent, record, voice)


def _tell_resent(count: int, record: "DispatchRecord", voice: Voice) -> None:
    from pressutskick.cli.shows.unknown import next_command

    told = _n(
        "{count} is mailed again by: {command}",
        "{count} are mailed again by: {command}",
        count,
        command=next_command(record, voice),
    )
    out().print(plain(told))
