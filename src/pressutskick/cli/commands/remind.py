"""`remind`: send what is due, by itself or because somebody asks. `remind --all` is the cron line."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

import typer

from pressutskick.actions.finding import find_life
from pressutskick.actions.followups import Desk
from pressutskick.actions.reminding import Rules, prepare_upcoming
from pressutskick.actions.sending import Sending, render_all, run_sending
from pressutskick.actions.workbench import open_desk
from pressutskick.assembly.log import database_path
from pressutskick.assembly.relay import open_transport
from pressutskick.cli.commands.send import tell_relay, walk
from pressutskick.cli.flags import sending as flag
from pressutskick.cli.flags.clock import ZONE
from pressutskick.cli.flags.durations import parse_duration
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.run import Manner, RunFlags
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.console import out, plain, print_json, show_error, talk
from pressutskick.cli.shows.outcome import exit_status, gravest
from pressutskick.cli.shows.progress import QuietObserver
from pressutskick.cli.shows.words import purpose_word, status_word
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.life import (
    Life,
    Upcoming,
    judge_reminder,
    list_overdue,
    list_upcoming,
    plan_reminder,
)
from pressutskick.dispatch.plan import EndReason, PlanReason
from pressutskick.dispatch.run import RunResult
from pressutskick.dispatch.schedule import ReminderState, explain
from pressutskick.errors import (
    DispatchInProgress,
    ExitStatus,
    InputError,
    PressutskickError,
    UsageError,
)
from pressutskick.sentences import say

#: Errors that would meet every other dispatch too.
_HOPELESS = (ExitStatus.LOG, ExitStatus.SETTINGS, ExitStatus.LOGIN, ExitStatus.INTERRUPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFlags(RunFlags):
    """Cron calls again soon, and two calls may meet."""

    retry_for: flag.RetryFor = "5m"
    wait: flag.Wait = "5m"


@spread
def remind(
    file: Annotated[
        str, typer.Argument(help=_("The invitation, or its id in the log; none with --all."))
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
    approved: flag.Approved = False,
    *,
    run: ReminderFlags,
) -> None:
    """Reminds those who got an invitation and have not answered, once, when it is time."""
    if everything == bool(file):
        raise UsageError(say("Name an invitation, or give --all for whatever is due."))
    rules = Rules(
        too_late=parse_duration(too_late, "--too-late"),
        cool_off=parse_duration(cool_off, "--cool-off"),
        needs_approval=approved,
    )
    if everything and not database_path(run.read_settings(), is_sandbox=run.sandbox).exists():
        # Nothing was ever recorded here, so nothing is due.
        _tell_lines((), run.manner, is_calm=True)
        return
    with open_desk(run, is_unattended=everything) as desk:
        if everything:
            status = _remind_all(desk, rules, run.manner)
        else:
            status = _remind_one(file, before, desk, rules, run.manner)
    raise typer.Exit(status)


def _remind_one(file: str, before: str, desk: Desk, rules: Rules, manner: Manner) -> ExitStatus:
    """One invitation, at a moment that the person names."""
    if not before:
        raise UsageError(
            say("Say how long before the event, such as --before 24h."),
            remedy=say("Reminders that the front matter names go out by: remind --all"),
        )
    life = find_life(desk.log, file, now=desk.now)
    if life.is_called_off:
        raise InputError(say("{release} was cancelled.", release=life.release.id))
    time = plan_reminder(life, parse_duration(before, "--before"))
    if time is None:
        raise InputError(say("{release} has no date to remind of.", release=life.release.id))
    each = judge_reminder(life, time, desk.now, rules.too_late)
    if each.state is not ReminderState.DUE:
        clock = f"{each.at.astimezone(ZONE):%Y-%m-%d %H:%M %Z}"
        manner.voice.say(_("{clock}: {reason}.", clock=clock, reason=tell(explain(each.state))))
        if each.state is ReminderState.NOT_YET:
            manner.voice.say(_("Nothing was recorded: run this again then."))
        return ExitStatus.OK
    sending = prepare_upcoming(each, desk, rules, is_unattended=False)
    return walk(sending, desk.settings, manner, before_sending=lambda: desk.begin_with(life))


def _remind_all(desk: Desk, rules: Rules, manner: Manner) -> ExitStatus:
    """Everything that is due; an error of one does not keep the others from going out."""
    statuses: list[ExitStatus] = []
    lines: list[dict[str, object]] = []
    for life in desk.log.lives():
        if not manner.is_dry:
            _settle_overdue(life, desk, rules)
        try:
            upcoming = list_upcoming([life], desk.now, rules.too_late)
        except InputError as error:
            show_error(error)
            statuses.append(error.status)
            continue
        for each in upcoming:
            status, line = _take_up(each, desk, rules, manner)
            statuses.append(status)
            lines += [line] if line else []
        if set(statuses) & set(_HOPELESS):
            break
    _tell_lines(lines, manner, is_calm=not any(statuses))
    return gravest(statuses)


def _tell_lines(lines: Sequence[dict[str, object]], manner: Manner, *, is_calm: bool) -> None:
    if manner.is_json:
        print_json({"dispatches": list(lines)})
    elif is_calm and not lines and talk().is_terminal:
        # Cron hears nothing; a person who sees nothing believes that it did not run.
        manner.voice.say(_("Nothing was due. What goes out when: pressutskick schedule"))


def _settle_overdue(life: Life, desk: Desk, rules: Rules) -> None:
    """Whoever a reminder could not reach in time ends in a named state."""
    for record in list_overdue(life, desk.now, rules.too_late):
        with suppress(DispatchInProgress):
            desk.log.give_up(record.key, record.id, EndReason.TOO_LATE)


def _take_up(
    each: Upcoming, desk: Desk, rules: Rules, manner: Manner
) -> tuple[ExitStatus, dict[str, object] | None]:
    if each.state is ReminderState.TOO_LATE:
        _tell_missed(each)
        return ExitStatus.REFUSED, None
    if each.state is ReminderState.DUE:
        return _send_due(each, desk, rules, manner)
    return ExitStatus.OK, None


def _send_due(
    each: Upcoming, desk: Desk, rules: Rules, manner: Manner
) -> tuple[ExitStatus, dict[str, object] | None]:
    try:
        sending = prepare_upcoming(each, desk, rules, is_unattended=True)
        if not sending.plan.ready and not _is_left_open(each):
            return ExitStatus.OK, None
        render_all(sending)
        tell_relay(desk.settings, is_sandbox=manner.is_sandbox, is_dry=manner.is_dry)
        if manner.is_dry:
            return ExitStatus.OK, _tell_dry(sending, manner)
        with open_transport(desk.settings, is_sandbox=manner.is_sandbox) as transport:
            result = run_sending(sending, transport, QuietObserver())
    except PressutskickError as error:
        show_error(error)
        return error.status, None
    if result.error is not None:
        show_error(result.error)
    return exit_status(sending, result), _tell_sent(sending, result, manner)


def _is_left_open(each: Upcoming) -> bool:
    """Whether a run died just as it handed something over: who is undecided must be told once."""
    counts = [record.counts for record in each.life.dispatches if record.key == each.key]
    return any(count.get(DeliveryStatus.COMMITTING) for count in counts)


def _tell_dry(sending: Sending, manner: Manner) -> dict[str, object]:
    """What cron would do: one line, and nothing sent."""
    key, count = sending.order.key, len(sending.plan.ready)
    told = _(
        "{dispatch}: {purpose} of {title}: {count} would get it",
        dispatch=key,
        purpose=purpose_word(key.purpose),
        title=sending.order.title,
        count=count,
    )
    _print_line(told, manner)
    return {"dispatch": str(key), "planned": count, "tally": {}}


def _tell_sent(sending: Sending, result: RunResult, manner: Manner) -> dict[str, object]:
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
    _print_line(told, manner)
    told_tally = {str(status): count for status, count in tally.items()}
    return {"dispatch": str(key), "planned": len(sending.plan.ready), "tally": told_tally}


def _print_line(told: str, manner: Manner) -> None:
    if not manner.is_json and not manner.voice.is_quiet:
        mark = _("sandbox, nothing is sent: ") if manner.voice.is_sandbox else ""
        out().print(plain(mark + told))


def _tell_missed(each: Upcoming) -> None:
    """Somebody counts on it, so that silence would be a lie."""
    show_error(
        InputError(
            say(
                "{release} was to be sent at {clock} and was not; it is too late now.",
                release=each.life.release.id,
                clock=f"{each.at.astimezone(ZONE):%Y-%m-%d %H:%M %Z}",
            ),
            remedy=say(
                "Send it yourself with: pressutskick send FILE --to LIST, give it a new time with "
                "--at, or call it off with: pressutskick cancel {release}",
                release=each.life.release.id,
            ),
        )
    )
