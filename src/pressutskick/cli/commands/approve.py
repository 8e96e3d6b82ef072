"""`approve`: a second person's yes to exactly this text, these templates, recipients, settings."""

from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.context import command_settings
from pressutskick.cli.flags import sending as flag
from pressutskick.cli.flags.clock import clock_now, moment_of
from pressutskick.cli.flags.files import files_beside
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.meant import SelectionFlags, ToLists
from pressutskick.cli.flags.shared import LogSandbox, Now, Quiet, Yes
from pressutskick.cli.language import _
from pressutskick.cli.shows.voice import Voice, rehearse
from pressutskick.cli.typed import read_typed
from pressutskick.errors import Declined, UsageError
from pressutskick.mail import is_safe_for_header
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.actions.sending import Sending


@spread
def approve(
    file: Annotated[str, typer.Argument(help=_("The invitation: any document, or - for stdin."))],
    to: ToLists,
    name: Annotated[
        str, typer.Option("--as", metavar="NAME", help=_("Who approves; you, not the sender."))
    ] = "",
    *,
    meant: SelectionFlags,
    attach: flag.Attach = None,
    yes: Yes = False,
    new: flag.New = False,
    sandbox: LogSandbox = False,
    now: Now = "",
    quiet: Quiet = False,
) -> None:
    """Shows what would be sent to whom, and records who has approved it."""
    from pressutskick.actions.announcing import prepare_announcement
    from pressutskick.actions.gathering import Announcement
    from pressutskick.actions.safeguards import refuse_own_approval
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.dispatch.approval import Approval

    if now and not sandbox:
        raise UsageError(
            say("--now is for rehearsals: use it with --sandbox."),
            remedy=say("A real approval bears the time at which it was given."),
        )
    voice = Voice(is_quiet=quiet, is_sandbox=sandbox)
    settings = rehearse(command_settings(), voice) if sandbox else command_settings()
    workspace = DiskWorkspace(settings, is_sandbox=sandbox, moment=moment_of(now))
    request = Announcement(
        file=file,
        lists=tuple(to),
        selection=meant.selection,
        attach=files_beside(file, attach),
        is_embargoed=True,
        is_for_approval=True,
        is_new=new,
    )
    sending = prepare_announcement(request, workspace, workspace.now(), voice)
    refuse_own_approval(sending.log, sending.order.key, workspace.settings)
    _show(sending, voice)
    approver = _ask_name(name, voice, is_confirmed=yes)
    digests = sending.order.snapshot.digests
    sending.log.note_approval(
        Approval(
            release_id=sending.order.key.release_id,
            digests=digests,
            approver=approver,
            approved_at=clock_now(now),
            person=workspace.settings.person,
        ),
    )
    voice.say(
        _(
            "{approver} has approved this ({digest}). Send it with the same file, lists and "
            "choices: pressutskick send ... --approved",
            approver=approver,
            digest=digests.whole[:12],
        ),
        "bold",
    )


def _show(sending: "Sending", voice: Voice) -> None:
    from pressutskick.actions.sending import render_all
    from pressutskick.cli.shows.plan import show_plan

    if sending.plan.ready:
        largest = render_all(sending)
        show_plan(sending, voice, through=_("nothing yet: this only approves"), largest=largest)


def _ask_name(name: str, voice: Voice, *, is_confirmed: bool) -> str:
    """The approver's name, typed; the flags stand for it where nobody is there to ask.

    Raises:
        UsageError: nobody is there and the flags do not say.
        Declined: an empty answer.
    """
    if not is_safe_for_header(name):
        raise UsageError(say("--as takes a name."))
    if is_confirmed and name:
        return name
    answer = read_typed(
        voice.mark + _("Type your name to approve this, nothing to leave it:"),
        nobody=say("Nobody is here to approve."),
        remedy=say("Look at it with: preview. Then run it again with --as NAME --yes."),
    )
    if not answer or not is_safe_for_header(answer):
        raise Declined(say("Nothing was approved."))
    return answer
