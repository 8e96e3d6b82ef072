"""`recipients inform`: those on a list are told that they are on it (GDPR article 14), once each."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.commands.recipients.review import write_wishes
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.lists import Lists, To, named_lists
from pressutskick.cli.flags.run import RunFlags
from pressutskick.cli.language import _, language_in_use
from pressutskick.cli.shows.voice import Voice
from pressutskick.errors import ExitStatus

if TYPE_CHECKING:
    from pressutskick.assembly.listfiles import OpenList
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.recipients.model import Recipient

_TEXT = "information.md"


@spread
def inform(
    lists: Lists = None,
    to: To = None,
    *,
    text: Annotated[
        str,
        typer.Option(
            "--text",
            metavar="FILE",
            help=_("What they are told; information.md by default, drafted where it is missing."),
        ),
    ] = "",
    run: RunFlags,
) -> None:
    """Mails the text to each person who was not told, and notes the day in the list."""
    from pressutskick.actions.opening import open_release
    from pressutskick.actions.recipients.informing import (
        find_told,
        find_uninformed,
        require_finished,
    )
    from pressutskick.assembly.listfiles import open_lists

    workspace, voice = run.open_workspace(), run.mode.voice
    names = named_lists(lists, to)
    file = text or _default_text(workspace.settings.workspace)
    if not (text or Path(file).exists()):
        _write_draft(Path(file), workspace, voice)
        raise typer.Exit(ExitStatus.DATA)
    opened = open_lists(names, workspace.settings.workspace)
    rows = [row for each in opened for row in each.reading.recipients]
    document = workspace.read_document(file)
    release = open_release(document, now=workspace.now()).reading.release
    require_finished(release, document.text, file)
    told = find_told(workspace.look_into_log(), release.id)
    status = ExitStatus.OK
    if wanted := find_uninformed(rows, told):
        status = _send(file, names, wanted, workspace, run)
        told = find_told(workspace.look_into_log(), release.id)
    else:
        voice.say(_("Everybody with a name has been told; nobody was mailed."), "bold")
    if not (run.dry_run or run.sandbox):
        _note(opened, rows, told, workspace)
    raise typer.Exit(status)


def _default_text(workspace: Path) -> str:
    """The file in the workspace, as short as it can be named from here."""
    here, place = Path(_TEXT), workspace / _TEXT
    return str(here if here.resolve() == place.resolve() else place)


def _write_draft(path: Path, workspace: "DiskWorkspace", voice: Voice) -> None:
    from pressutskick.actions.composing import require_sender
    from pressutskick.exports.information import write_information_draft

    settings = workspace.settings
    sender = require_sender(settings)
    write_information_draft(
        path,
        language=language_in_use(),
        sender=settings.reply_to or sender,
        organisation=settings.organisation or sender.name or sender.domain,
    )
    voice.say(_("A draft was written: {file}", file=path), "bold")
    voice.say(
        _(
            "Read it, fill in what stands in square brackets, let whoever is responsible for "
            "personal data read it, and run the same command again. Nobody was mailed."
        )
    )


def _send(
    file: str,
    lists: list[str],
    wanted: "tuple[Recipient, ...]",
    workspace: "DiskWorkspace",
    run: RunFlags,
) -> ExitStatus:
    """Through the ordinary machinery: the log sees to it that nobody is told twice."""
    from pressutskick.actions.announcing import prepare_announcement, refuse_overtaken
    from pressutskick.actions.gathering import Announcement
    from pressutskick.cli.mailing import mail
    from pressutskick.recipients.selection import Selection

    request = Announcement(
        file=file,
        lists=tuple(lists),
        selection=Selection(only=tuple(row.mailbox.address for row in wanted)),
        pace=run.pace,
        # Who comes later is told by the text as it is then.
        accepts_edit=True,
        is_dry=run.dry_run,
    )
    sending = prepare_announcement(request, workspace, workspace.now(), run.mode.voice)
    return mail(sending, workspace, run.mode, before_sending=partial(refuse_overtaken, sending))


def _note(
    opened: "tuple[OpenList, ...]",
    rows: "list[Recipient]",
    told: Mapping[str, date],
    workspace: "DiskWorkspace",
) -> None:
    from pressutskick.actions.recipients.informing import wishes_to_note

    if wishes := wishes_to_note(rows, told):
        write_wishes(opened, wishes, now=workspace.now())
