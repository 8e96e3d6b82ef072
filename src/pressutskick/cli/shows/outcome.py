"""How a dispatch ended: a table by status, the command that goes on, the exit status, JSON."""

from collections.abc import Iterable
from dataclasses import replace

from rich.table import Table

from pressutskick.actions.sending import Sending
from pressutskick.cli.context import command_line
from pressutskick.cli.language import _, _n, decimal
from pressutskick.cli.shows.console import plain, print_json, show_error
from pressutskick.cli.shows.voice import Voice
from pressutskick.cli.shows.words import status_style, status_word
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.run import RunResult
from pressutskick.errors import ExitStatus

#: Where several apply: the one that needs a person soonest first.
_GRAVEST = (
    ExitStatus.INTERRUPTED,
    ExitStatus.LOG,
    ExitStatus.SETTINGS,
    ExitStatus.LOGIN,
    ExitStatus.SOFTWARE,
    ExitStatus.DATA,
    ExitStatus.UNKNOWN,
    ExitStatus.TEMPORARY,
    ExitStatus.REFUSED,
)


def gravest(statuses: Iterable[ExitStatus]) -> ExitStatus:
    """The one status of several runs."""
    met = set(statuses)
    return next((status for status in _GRAVEST if status in met), ExitStatus.OK)


def exit_status(sending: Sending, result: RunResult) -> ExitStatus:
    """The run's own status; nobody unknown or refused in an earlier run is forgotten."""
    lesser = (ExitStatus.OK, ExitStatus.REFUSED, ExitStatus.TEMPORARY)
    if result.status not in lesser:
        return result.status
    return gravest((result.status, earlier_status(sending)))


def earlier_status(sending: Sending) -> ExitStatus:
    """What earlier runs of the dispatch have left for a person to look at."""
    if sending.plan.has_unknown:
        return ExitStatus.UNKNOWN
    return ExitStatus.REFUSED if sending.plan.has_refused else ExitStatus.OK


def show_result(sending: Sending, result: RunResult, voice: Voice) -> None:
    """What came of it, and what to do next; with `--quiet` only where somebody must do something."""
    if exit_status(sending, result) is not ExitStatus.OK:
        voice = replace(voice, is_quiet=False)
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_column(justify="right")
    table.add_column()
    for status in DeliveryStatus:
        count = result.tally.get(status, 0)
        if count:
            table.add_row(str(count), plain(status_word(status, count), status_style(status)))
    voice.say(
        _n(
            "{count} message was accepted in {seconds} s.",
            "{count} messages were accepted in {seconds} s.",
            result.accepted,
            seconds=decimal(result.seconds),
        ),
        "bold",
    )
    voice.show(table)
    if result.error is not None:
        show_error(result.error)
    _show_next(sending, result, voice)


def _show_next(sending: Sending, result: RunResult, voice: Voice) -> None:
    key = str(sending.order.key)
    if result.left or result.status is ExitStatus.INTERRUPTED:
        voice.say(_("Some are left. This goes on: {command}", command=command_line()), "yellow")
    if result.tally.get(DeliveryStatus.UNKNOWN) or sending.plan.has_unknown:
        told = _(
            "Nobody knows whether some have it. They are not mailed again before you decide: "
            "{command}",
            command=voice.log_command(key, "resolve"),
        )
        voice.say(told, "bold magenta")
    if result.tally.get(DeliveryStatus.REJECTED) or sending.plan.has_refused:
        told = _(
            "Who was refused is not tried again by itself. Why, and how to: {command}",
            command=voice.log_command(key, "resolve", "--refused"),
        )
        voice.say(told, "yellow")
    voice.say(_("Who got it: {command}", command=voice.log_command(key)), "dim")


def write_json(
    sending: Sending,
    result: RunResult | None,
    *,
    is_wanted: bool,
    is_sandbox: bool,
    status: ExitStatus = ExitStatus.OK,
) -> None:
    """The same for programs, on stdout; `result` is None where nothing was tried.

    `status` is what the program ends with in that case.
    """
    if not is_wanted:
        return
    if result is not None:
        status = exit_status(sending, result)
    print_json(
        {
            "dispatch": str(sending.order.key),
            "sandbox": is_sandbox,
            "planned": len(sending.plan.ready),
            "accepted": result.accepted if result else 0,
            "left": result.left if result else 0,
            "tally": {str(name): count for name, count in result.tally.items()} if result else {},
            "skipped": [_skip(entry) for entry in sending.plan.skipped],
            "error": str(result.error) if result and result.error else None,
            "exit": int(status),
        }
    )


def _skip(entry: PlanEntry) -> dict[str, str]:
    return {"address": entry.recipient.mailbox.address, "reason": str(entry.reason)}
