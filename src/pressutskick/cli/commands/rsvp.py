"""`rsvp`: who has answered. Whoever has is not reminded; a decline on the phone counts too."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

import typer

from pressutskick.actions.finding import find_life, require_log
from pressutskick.assembly.workspace import DiskWorkspace
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags import sending as flag
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.language import _
from pressutskick.cli.shows.console import out, plain, print_json, talk
from pressutskick.dispatch.correspondence import Answer
from pressutskick.errors import UsageError
from pressutskick.mail import comparison_key
from pressutskick.sentences import say


def rsvp(
    file: Annotated[str, typer.Argument(help=_("The invitation, or its id in the log."))],
    address: Annotated[str, typer.Argument(help=_("Who has answered; none lists all."))] = "",
    coming: Annotated[bool, typer.Option("--coming", help=_("They come."))] = False,
    declined: Annotated[bool, typer.Option("--declined", help=_("They do not come."))] = False,
    source: Annotated[
        str, typer.Option(metavar="TEXT", help=_("How the answer came, such as telephone."))
    ] = "",
    sandbox: flag.LogSandbox = False,
    as_json: flag.Json = False,
) -> None:
    """Records an answer, or lists those that there are."""
    if coming and declined:
        raise UsageError(say("--coming and --declined do not go together."))
    workspace = DiskWorkspace(command_settings(), is_sandbox=sandbox)
    log = require_log(workspace)
    now = clock_now("").astimezone(dt.UTC)
    release_id = find_life(log, file, workspace, now=now).release.id
    if not address:
        _list(log.answers(release_id), as_json=as_json)
        return
    key = comparison_key(address)
    if key not in log.correspondence(release_id):
        raise UsageError(
            say("{address} was not invited to {release}.", address=address, release=release_id),
            remedy=say("Who was: pressutskick log {release}", release=release_id),
        )
    answer = Answer.COMING if coming else Answer.DECLINED if declined else Answer.OTHER
    log.note_answer(release_id, key, answer, source=source)
    told = _("{address}: {answer}. No reminder goes there.", address=address, answer=_word(answer))
    talk().print(plain(told))


def _list(answers: Mapping[str, Answer], *, as_json: bool) -> None:
    if as_json:
        print_json({"answers": {key: str(answer) for key, answer in answers.items()}})
        return
    if not answers:
        talk().print(plain(_("Nobody has answered yet, as far as this log knows.")))
    for key, answer in sorted(answers.items()):
        out().print(plain(f"{key}  {_word(answer)}"))


def _word(answer: Answer) -> str:
    return {
        Answer.COMING: _("comes"),
        Answer.DECLINED: _("does not come"),
        Answer.OTHER: _("has answered"),
    }[answer]
