"""`remind`: send what is due, by itself or because somebody asks. `remind --all` is the cron line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.flags import sending as flag
from pressutskick.cli.flags.durations import parse_duration
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.run import RunFlags, RunMode
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.screen.console import out, plain, print_json, show_error, talk
from pressutskick.errors import ExitStatus, UsageError
from pressutskick.release.zone import tell_moment
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.actions.following.reminding import Reminded
    from pressutskick.actions.following.upcoming import Rules
    from pressutskick.actions.sending import Sending
    from pressutskick.actions.workbench import Workbench
    from pressutskick.dispatch.run import RunResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFlags(RunFlags):
    """Cron calls again soon, and two calls may meet."""

    retry_for: flag.RetryFor = "5m"
    wait: flag.Wait = "5m"


@spread
def remind(
    file: Annotated[
        str,
        typer.Argument(
            help=_("The invitation, or its id in the log; none with --all."),
            autocompletion=completing.offer_releases,
        ),
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help=_("Send whatever is due now: the line for cron."))
    ] = False,
    before: Annotated[
        str,
        typer.Option(
            "--before", metavar="TIME", help=_("Remind so long before the event, such as 24h.")
        ),
    ] = "",
    too_late: Annotated[
        str,
        typer.Option("--too-late", metavar="TIME", help=_("Send nothing later than this.")),
    ] = "3h",
    cool_off: Annotated[
        str,
        typer.Option(
            "--cool-off",
            metavar="TIME",
            help=_("Nobody gets two mails of one invitation within this."),
        ),
    ] = "20h",
    unanswered: Annotated[
        bool, typer.Option("--unanswered", help=_("Only those who have not answered."))
    ] = False,
    approved: flag.Approved = False,
    *,
    run: ReminderFlags,
) -> None:
    """Reminds those who got an invitation and have not answered, once, when it is time."""
    from pressutskick.actions.finding import require_workspace
    from pressutskick.actions.following.upcoming import Rules
    from pressutskick.actions.workbench import open_workbench

    if everything == bool(file):
        raise UsageError(say("Name an invitation, or give --all for whatever is due."))
    rules = Rules(
        too_late=parse_duration(too_late, "--too-late"),
        cool_off=parse_duration(cool_off, "--cool-off"),
        needs_approval=approved,
        with_expected=not unanswered,
    )
    workspace = run.open_workspace()
    if everything and not run.dry_run and not workspace.is_rehearsal:
        from pressutskick.assembly.known import note_reminding

        note_reminding(workspace.settings.database, workspace.clock.now())
    if everything and not workspace.has_log():
        require_workspace(workspace)
        # Nothing was ever recorded here, so nothing is due.
        _tell_lines((), run.mode, is_calm=True)
        return
    is_asked = not (run.yes or everything)
    with open_workbench(workspace, run.pace, is_dry=run.dry_run, is_asked=is_asked) as bench:
        if everything:
            status = _remind_all(bench, rules, run.mode)
        else:
            status = _remind_one(file, before, bench, rules, run.mode)
    raise typer.Exit(status)


def _remind_one(
    file: str, before: str, bench: "Workbench", rules: "Rules", mode: RunMode
) -> ExitStatus:
    """One invitation, at a moment that the person names."""
    from pressutskick.actions.finding import find_life
    from pressutskick.actions.following.reminding import prepare_reminder
    from pressutskick.cli.mailing import mail
    from pressutskick.dispatch.reminders.times import ReminderState, explain

    if not before:
        raise UsageError(
            say("Say how long before the event, such as --before 24h."),
            remedy=say("Reminders that the front matter names go out by: remind --all"),
        )
    life = find_life(bench.log, file, bench.workspace, now=bench.now)
    each, sending = prepare_reminder(life, parse_duration(before, "--before"), bench, rules)
    if sending is None:
        clock = tell_moment(each.at)
        mode.voice.say(_("{clock}: {reason}.", clock=clock, reason=tell(explain(each.state))))
        if each.state is ReminderState.NOT_YET:
            mode.voice.say(_("Nothing was recorded: run this again then."))
        return ExitStatus.OK
    return mail(sending, bench.workspace, mode, before_sending=lambda: bench.begin_with(life))


def _remind_all(bench: "Workbench", rules: "Rules", mode: RunMode) -> ExitStatus:
    from pressutskick.actions.following.reminding import remind_all
    from pressutskick.actions.sending import Watch, gravest
    from pressutskick.cli.shows.screen.progress import QuietObserver
    from pressutskick.cli.signals import stop_on_signals

    statuses: list[ExitStatus] = []
    lines: list[dict[str, object]] = []
    watch = Watch(observer=QuietObserver(), stopping=stop_on_signals)
    for reminded in remind_all(bench, rules, watch, is_dry=mode.is_dry):
        statuses.append(reminded.status)
        if reminded.error is not None:
            show_error(reminded.error)
        if reminded.sending is not None:
            lines.append(_tell(reminded.sending, reminded, mode))
    _tell_lines(lines, mode, is_calm=not any(statuses))
    return gravest(statuses)


def _tell(sending: "Sending", reminded: "Reminded", mode: RunMode) -> dict[str, object]:
    if reminded.result is None:
        return _tell_dry(sending, mode)
    return _tell_sent(sending, reminded.result, mode)


def _tell_lines(lines: Sequence[dict[str, object]], mode: RunMode, *, is_calm: bool) -> None:
    if mode.is_json:
        print_json({"dispatches": list(lines)})
    elif is_calm and not lines and talk().is_terminal:
        # Cron hears nothing; a person who sees nothing believes that it did not run.
        mode.voice.say(_("Nothing was due. What goes out when: pressutskick schedule"))


def _tell_dry(sending: "Sending", mode: RunMode) -> dict[str, object]:
    """What cron would do: one line, and nothing sent."""
    from pressutskick.cli.beside import show_beside
    from pressutskick.cli.shows.words import purpose_word

    show_beside(sending, mode)
    key, count = sending.order.key, len(sending.plan.ready)
    told = _(
        "{dispatch}: {purpose} of {title}: {count} would get it",
        dispatch=key,
        purpose=purpose_word(key.purpose),
        title=sending.order.title,
        count=count,
    )
    _print_line(told, mode)
    return {"dispatch": str(key), "planned": count, "tally": {}}


def _tell_sent(sending: "Sending", result: "RunResult", mode: RunMode) -> dict[str, object]:
    from pressutskick.cli.shows.words import purpose_word, status_word
    from pressutskick.dispatch.delivery import DeliveryStatus
    from pressutskick.dispatch.plan import PlanReason

    key = sending.order.key
    tally = dict(result.tally)
    undecided = sending.plan.by_reason.get(PlanReason.OUTCOME_UNKNOWN, 0)
    if undecided:
        tally[DeliveryStatus.UNKNOWN] = tally.get(DeliveryStatus.UNKNOWN, 0) + undecided
    counts = [
        f"{count} {status_word(status, count)}"
        for status in DeliveryStatus
        if (count := tally.get(status, 0))
    ]
    told = _(
        "{dispatch}: {purpose} of {title}: {counts}",
        dispatch=key,
        purpose=purpose_word(key.purpose),
        title=sending.order.title,
        counts=", ".join(counts),
    )
    _print_line(told, mode)
    told_tally = {str(status): count for status, count in tally.items()}
    return {"dispatch": str(key), "planned": len(sending.plan.ready), "tally": told_tally}


def _print_line(told: str, mode: RunMode) -> None:
    if not mode.is_json and not mode.voice.is_quiet:
        mark = _("sandbox, nothing is sent: ") if mode.voice.is_sandbox else ""
        out().print(plain(mark + told))
