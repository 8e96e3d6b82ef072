"""How a dispatch ended: a table by status, the command that goes on, the exit status, JSON."""

from dataclasses import replace

from rich.table import Table

from pressutskick.actions.sending import Sending, exit_status
from pressutskick.cli.context import command_line
from pressutskick.cli.language import _, _n, decimal
from pressutskick.cli.shows.screen.console import plain, print_json, show_error
from pressutskick.cli.shows.voice import Voice
from pressutskick.cli.shows.words import status_style, status_word
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.run import RunResult
from pressutskick.errors import ExitStatus, RunOvertaken


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
    if result.error is not None:
        # What went wrong first, what goes on last.
        show_error(result.error)
    voice.say(
        _n(
            "{count} message was accepted in {seconds} s.",
            "{count} messages were accepted in {seconds} s.",
            result.accepted,
            seconds=decimal(result.seconds),
        ),
        "bold",
    )
    if set(result.tally) - {DeliveryStatus.ACCEPTED}:
        voice.show(table)
    _show_next(sending, result, voice)


def _show_next(sending: Sending, result: RunResult, voice: Voice) -> None:
    key = str(sending.order.key)
    is_overtaken = isinstance(result.error, RunOvertaken)
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
    if (result.left and not is_overtaken) or result.status is ExitStatus.INTERRUPTED:
        voice.say(_("Some are left. This goes on: {command}", command=command_line()), "yellow")
    voice.end()


def write_json(
    sending: Sending, result: RunResult | None, *, is_wanted: bool, is_sandbox: bool
) -> None:
    """The same for programs, on stdout; `result` is None where nothing was tried."""
    if not is_wanted:
        return
    print_json(
        {
            "dispatch": str(sending.order.key),
            "sandbox": is_sandbox,
            "planned": len(sending.plan.ready),
            "accepted": result.accepted if result else 0,
            "left": result.left if result else 0,
            "tally": {str(name): count for name, count in result.tally.items()} if result else {},
            "skipped": [_skip(entry) for entry in sending.plan.skipped],
            "left_out": dict(sending.left_out),
            "error": str(result.error) if result and result.error else None,
            "exit": int(exit_status(sending, result)),
        }
    )


def _skip(entry: PlanEntry) -> dict[str, str]:
    return {"address": entry.recipient.mailbox.address, "reason": str(entry.reason)}
