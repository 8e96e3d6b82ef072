"""`cancel`: tell everybody who was invited that it is off, and stop whatever still waits."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.run import RunFlags, RunMode
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.voice import Voice
from pressutskick.cli.typed import require_typed
from pressutskick.errors import ExitStatus, UsageError
from pressutskick.mail import is_safe_for_header
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.actions.sending import Sending
    from pressutskick.actions.workbench import Workbench
    from pressutskick.dispatch.life import Life


@spread
def cancel(
    file: Annotated[
        str,
        typer.Argument(
            help=_("The invitation, or its id in the log."),
            autocompletion=completing.offer_releases,
        ),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("Why, in the mail's words."))] = "",
    *,
    run: RunFlags,
) -> None:
    """Mails a cancellation to those who were invited; reminders and what waits are called off."""
    from pressutskick.actions.finding import find_life
    from pressutskick.actions.workbench import open_workbench

    if not is_safe_for_header(reason):
        raise UsageError(say("--reason takes one line of plain text."))
    workspace = run.open_workspace()
    with open_workbench(workspace, run.pace, is_dry=run.dry_run, is_asked=not run.yes) as bench:
        life = bench.quieten(find_life(bench.log, file, workspace, now=bench.now))
        status = _cancel(life, reason, bench, run.mode)
    raise typer.Exit(status)


def _cancel(life: "Life", reason: str, bench: "Workbench", mode: RunMode) -> ExitStatus:
    from pressutskick.actions.following.cancelling import call_off, prepare_cancellation
    from pressutskick.cli.mailing import mail
    from pressutskick.cli.shows.outcome import write_json
    from pressutskick.cli.shows.plan import warn_of_past

    sending = prepare_cancellation(life, reason or None, bench)
    if not sending.plan.ready:
        write_json(sending, None, is_wanted=mode.is_json, is_sandbox=mode.is_sandbox)
        return _call_off_quietly(sending, life, bench, mode)
    warn_of_past(life, bench.now, mode.voice)
    if not mode.is_dry:
        bench.workspace.require_relay()
    return mail(sending, bench.workspace, mode, before_sending=lambda: call_off(life, bench))


def _call_off_quietly(
    sending: "Sending", life: "Life", bench: "Workbench", mode: RunMode
) -> ExitStatus:
    """Nobody is to be told now: nobody was invited, or it went to all of them before."""
    from pressutskick.actions.following.cancelling import call_off
    from pressutskick.actions.sending import exit_status
    from pressutskick.cli.shows.plan import nothing_to_send

    status = exit_status(sending, None)
    if life.is_called_off:
        _tell_state(sending, mode, status)
    elif mode.is_dry:
        mode.voice.say(_("A dry run: nobody would be mailed, and nothing was called off."), "bold")
    else:
        if not mode.is_confirmed:
            _confirm(life.release.id, mode.voice)
        call_off(life, bench)
        if sending.plan.entries:
            mode.voice.say(tell(nothing_to_send(sending, mode.voice)))
            mode.voice.say(_("It is called off."), "bold")
        else:
            told = _("Nobody has got it, so nobody is mailed; it is called off.")
            mode.voice.say(told, "bold")
    return status


def _tell_state(sending: "Sending", mode: RunMode, status: ExitStatus) -> None:
    """Whether all know that it is off; what a person must look at is told with `--quiet` too."""
    from pressutskick.cli.shows.plan import nothing_to_send
    from pressutskick.dispatch.plan import PlanReason

    voice = replace(mode.voice, is_quiet=mode.voice.is_quiet and status is ExitStatus.OK)
    is_told = set(sending.plan.by_reason) <= {PlanReason.ALREADY_ACCEPTED}
    told = _("It is cancelled already, and everybody was told.")
    voice.say(told if is_told else tell(nothing_to_send(sending, voice)), "bold")


def _confirm(release_id: str, voice: Voice) -> None:
    """Nothing is mailed, but it cannot be taken back: the id is to be typed."""
    require_typed(
        release_id,
        voice.mark + _("Type {release} to call it off, anything else to stop:", release=release_id),
        nobody=say("Nobody is here to confirm, so nothing was called off."),
        remedy=say("Run the command again with --yes."),
        declined=say("Nothing was called off."),
    )
