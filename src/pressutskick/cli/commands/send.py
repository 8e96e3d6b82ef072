"""`send`: from file and list to accepted messages, once each."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.flags import sending as flag
from pressutskick.cli.flags.clock import parse_at
from pressutskick.cli.flags.files import files_beside
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.meant import SelectionFlags, ToLists
from pressutskick.cli.flags.run import RunFlags
from pressutskick.cli.language import _
from pressutskick.errors import ExitStatus

if TYPE_CHECKING:
    from pressutskick.actions.sending import Sending
    from pressutskick.actions.workspace import Workspace


@spread
def send(
    file: Annotated[str, typer.Argument(help=_("The invitation: any document, or - for stdin."))],
    to: ToLists,
    *,
    chosen: SelectionFlags,
    attach: flag.Attach = None,
    test_to: flag.TestTo = None,
    accept_edit: flag.AcceptEdit = False,
    new: flag.New = False,
    at: flag.At = "",
    embargoed: flag.Embargoed = False,
    approved: flag.Approved = False,
    run: RunFlags,
) -> None:
    """Sends an invitation to each recipient of the lists, once; again, it goes on."""
    from pressutskick.actions.announcing import (
        note_steering,
        prepare_announcement,
        refuse_overtaken,
    )
    from pressutskick.actions.gathering import Announcement
    from pressutskick.cli.mailing import mail, mail_later

    workspace, mode = run.open_workspace(), run.mode
    now = workspace.now()
    request = Announcement(
        file=file,
        lists=tuple(to),
        selection=chosen.selection,
        pace=run.pace,
        at=parse_at(at, now) if at else None,
        attach=files_beside(file, attach),
        accepts_edit=accept_edit,
        is_new=new,
        is_embargoed=embargoed,
        needs_approval=approved,
        is_dry=run.dry_run,
    )
    sending = prepare_announcement(request, workspace, now, mode.voice)
    if test_to is not None and not run.dry_run:
        raise typer.Exit(_send_sample(sending, test_to, workspace, run))
    if not (run.dry_run or accept_edit or at):
        note_steering(sending)
    if at:
        raise typer.Exit(mail_later(sending, mode))
    unchanged = partial(refuse_overtaken, sending)
    raise typer.Exit(mail(sending, workspace, mode, before_sending=unchanged))


def _send_sample(
    sending: "Sending", address: str, workspace: "Workspace", run: RunFlags
) -> ExitStatus:
    """Sends one message to one's own address, and tells what the relay said."""
    from pressutskick.actions.sampling import send_sample
    from pressutskick.cli.shows.screen.progress import describe_outcome
    from pressutskick.dispatch.delivery import DeliveryStatus

    workspace.require_relay()
    voice = run.mode.voice
    sample = send_sample(sending, address, workspace)
    if sample.outcome is not None and sample.decision is not None:
        told = _("{address}: {reply}", address=address, reply=describe_outcome(sample.outcome))
        is_accepted = sample.decision.status is DeliveryStatus.ACCEPTED
        voice.say(told, "green" if is_accepted else "red")
    if sample.error is not None:
        raise sample.error
    if sample.status is ExitStatus.OK:
        voice.say(_("That was one sample. Nobody on the list was mailed."), "bold")
    return sample.status
