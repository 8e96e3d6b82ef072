"""`correct`: tell exactly those who got the earlier text what was wrong and what holds now."""

from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.flags import sending as flag
from pressutskick.cli.flags.files import files_beside
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.run import RunFlags, RunMode
from pressutskick.cli.language import _, _n, tell
from pressutskick.errors import ExitStatus
from pressutskick.release.zone import tell_moment

if TYPE_CHECKING:
    from pressutskick.actions.following.correcting import Correction
    from pressutskick.actions.sending import Sending
    from pressutskick.actions.workbench import Workbench


@spread
def correct(
    file: Annotated[
        str,
        typer.Argument(
            help=_("The invitation as it is now."), autocompletion=completing.offer_releases
        ),
    ],
    attach: flag.Attach = None,
    approved: flag.Approved = False,
    *,
    run: RunFlags,
) -> None:
    """Shows what has changed since the text was sent, and mails it to those who got that text."""
    from pressutskick.actions.finding import find_life
    from pressutskick.actions.following.correcting import open_changed, prepare_correction
    from pressutskick.actions.safeguards import refuse_called_off
    from pressutskick.actions.workbench import open_workbench

    workspace = run.open_workspace()
    with open_workbench(workspace, run.pace, is_dry=run.dry_run, is_asked=not run.yes) as bench:
        life = find_life(bench.log, file, workspace, now=bench.now)
        refuse_called_off(life)
        life = bench.quieten(life)
        release, problems = open_changed(life, file, bench, files_beside(file, attach))
        run.mode.voice.show_remarks(problems, file, f"pressutskick read {quote(file)}")
        correction = prepare_correction(life, release, file, bench)
        if correction is None:
            _tell_nothing(run.mode)
            return
        needs_approval = approved or workspace.settings.require_approval
        status = _correct(correction, bench, run.mode, needs_approval=needs_approval)
        if not run.dry_run:
            _tell_prevented(life.release.id, bench, run.mode)
    raise typer.Exit(status)


def _tell_prevented(release_id: str, bench: "Workbench", mode: RunMode) -> None:
    from pressutskick.actions.following.reminding import list_prevented
    from pressutskick.actions.following.upcoming import Rules
    from pressutskick.dispatch.reminders.times import explain

    for each in list_prevented(release_id, bench, Rules()):
        told = _(
            "The reminder of {clock} {reason}.",
            clock=tell_moment(each.at),
            reason=tell(explain(each.state)),
        )
        mode.voice.say(told, "yellow")


def _tell_nothing(mode: RunMode) -> None:
    from pressutskick.cli.shows import json as jsonout

    mode.voice.say(_("Nothing has changed since it was sent; nobody is mailed."), "bold")
    if mode.is_json:
        jsonout.print_json({"dispatches": []})


def _correct(
    correction: "Correction", bench: "Workbench", mode: RunMode, *, needs_approval: bool
) -> ExitStatus:
    from pressutskick.actions.following.correcting import begin_correction
    from pressutskick.actions.safeguards import require_approval, tell_change
    from pressutskick.actions.sending import gravest
    from pressutskick.cli.mailing import mail
    from pressutskick.cli.shows import json as jsonout
    from pressutskick.cli.shows.plan import warn_of_past

    warn_of_past(correction.life, bench.now, mode.voice)
    for change in correction.changes:
        mode.voice.say(tell(tell_change(change)))
    _tell_dropped(correction, mode)
    sending = correction.sending
    _tell_others(sending, mode)
    if needs_approval:
        order = sending.order
        require_approval(bench.log, order.key.release_id, order.snapshot.digests, bench.settings)

    def begin() -> None:
        begin_correction(correction, bench)

    with jsonout.together("dispatches"):
        statuses = [mail(sending, bench.workspace, mode, before_sending=begin)]
        statuses += [mail(other, bench.workspace, mode) for other in correction.sendings[1:]]
    return gravest(statuses)


def _tell_dropped(correction: "Correction", mode: RunMode) -> None:
    """A file that only a flag named before is easily forgotten."""
    from pressutskick.message.model import ChangedField

    dropped = [
        change.before
        for change in correction.changes
        if change.field is ChangedField.ATTACHMENTS and change.before and change.after is None
    ]
    for name in dropped:
        told = _(
            "{name} does not go along any more, and everybody is told so. If it still holds, add: "
            "--attach {name}",
            name=quote(name),
        )
        mode.voice.say(told, "yellow")


def _tell_others(sending: "Sending", mode: RunMode) -> None:
    """Says that not everybody is told the same, so that the sample is not taken for all."""
    if sending.editions:
        mode.voice.say(
            _n(
                "{count} recipient was last sent another text, and is told what differs from that.",
                "{count} recipients were last sent another text, and are told what differs from "
                "that.",
                len(sending.editions),
            ),
            "yellow",
        )
