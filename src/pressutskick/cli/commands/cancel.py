"""`cancel`: tell everybody who was invited that it is off, and stop whatever still waits."""

from typing import Annotated

import typer

from pressutskick.actions.finding import find_life
from pressutskick.actions.followups import Desk, Followup, make_sending, plan_followup, read_threads
from pressutskick.actions.workbench import open_desk
from pressutskick.cli.commands.send import tell_relay, walk
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.run import Manner, RunFlags
from pressutskick.cli.language import _
from pressutskick.cli.shows.outcome import write_json
from pressutskick.cli.shows.voice import Voice
from pressutskick.cli.typed import require_typed
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.records import DispatchKey, DispatchState
from pressutskick.errors import ExitStatus, UsageError
from pressutskick.mail import is_safe_for_header
from pressutskick.message.model import Purpose
from pressutskick.sentences import say


@spread
def cancel(
    file: Annotated[str, typer.Argument(help=_("The invitation, or its id in the log."))],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("Why, in the mail's words."))] = "",
    *,
    run: RunFlags,
) -> None:
    """Mails a cancellation to those who were invited; reminders and what waits are called off."""
    if not is_safe_for_header(reason):
        raise UsageError(say("--reason takes one line of plain text."))
    with open_desk(run) as desk:
        life = find_life(desk.log, file, now=desk.now)
        status = _cancel(life, reason, desk, run.manner)
    raise typer.Exit(status)


def _cancel(life: Life, reason: str, desk: Desk, manner: Manner) -> ExitStatus:
    threads = read_threads(desk, life)
    key = DispatchKey(release_id=life.release.id, purpose=Purpose.CANCELLATION)
    informed = [person for person in threads.values() if person.is_informed]
    followup = Followup(
        life=life,
        key=key,
        release=life.release,
        plan=plan_followup(desk, life, key, informed),
        threads=threads,
        reason=reason or None,
    )
    sending = make_sending(followup, desk)
    if not sending.plan.ready:
        write_json(sending, None, is_wanted=manner.is_json, is_sandbox=manner.is_sandbox)
        return _call_off_quietly(life, desk, manner)
    if not manner.is_dry:
        tell_relay(desk.settings, is_sandbox=manner.is_sandbox)
    return walk(sending, desk.settings, manner, before_sending=lambda: _begin(life, desk))


def _call_off_quietly(life: Life, desk: Desk, manner: Manner) -> ExitStatus:
    """Nobody has to be told: nobody was invited, or everybody knows already."""
    if not manner.is_dry and not life.is_called_off:
        if not manner.is_confirmed:
            _confirm(life.release.id, manner.voice)
        _begin(life, desk)
        manner.voice.say(_("Nobody has got it, so nobody is mailed; it is called off."), "bold")
    elif life.is_called_off:
        manner.voice.say(_("It is cancelled already, and everybody was told."), "bold")
    return ExitStatus.OK


def _confirm(release_id: str, voice: Voice) -> None:
    """Nothing is mailed, but it cannot be taken back: the id is to be typed."""
    require_typed(
        release_id,
        voice.mark + _("Type {release} to call it off, anything else to stop:", release=release_id),
        nobody=say("Nobody is here to confirm, so nothing was called off."),
        remedy=say("Run the command again with --yes."),
        declined=say("Nothing was called off."),
    )


def _begin(life: Life, desk: Desk) -> None:
    desk.begin_with(life)
    _stop_what_waits(life, desk)


def _stop_what_waits(life: Life, desk: Desk) -> None:
    """Nothing of the release goes out any more, whatever becomes of the cancellation itself."""
    for record in life.dispatches:
        is_cancellation = record.key.purpose is Purpose.CANCELLATION
        if not is_cancellation and record.state is not DispatchState.CANCELLED:
            desk.log.cancel(record.id)
