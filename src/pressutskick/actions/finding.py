"""A release or a dispatch in the log, by what a person types: a file, an id, a number."""

import datetime as dt
from difflib import get_close_matches
from shlex import quote

from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import DeliveryLog, History
from pressutskick.dispatch.records import DispatchKey, DispatchRecord
from pressutskick.errors import InputNotFound
from pressutskick.sentences import say


def require_log(workspace: Workspace, *, only_looks: bool = False) -> DeliveryLog:
    """The delivery log, for what follows an earlier dispatch: to look must not create one.

    Who `only_looks` can do so where nothing can be written.

    Raises:
        InputNotFound: nothing was ever sent from this workspace.
        DeliveryLogError: the log cannot be used.
    """
    if not workspace.has_log():
        require_workspace(workspace)
        raise InputNotFound(
            say(
                "{file}: there is no delivery log; nothing was sent from here.",
                file=workspace.log_name,
            ),
            remedy=None
            if workspace.is_rehearsal
            else say("The log of rehearsals is shown with --sandbox."),
        )
    return workspace.look_into_log() if only_looks else workspace.open_log()


def require_workspace(workspace: Workspace) -> None:
    """That nothing was sent from here is worth saying only where somebody would send.

    Raises:
        InputNotFound: nobody has set up a workspace here.
    """
    if workspace.settings.is_workspace or workspace.has_log():
        return
    last = workspace.last_used
    raise InputNotFound(
        say(
            "There is no workspace here: no .env in {folder} or above it.",
            folder=workspace.settings.workspace,
        ),
        remedy=say("Set one up with: pressutskick init")
        if last is None
        else say("The one used last: add --workspace {folder}, or go there.", folder=quote(last)),
    )


def find_life(log: History, name: str, workspace: Workspace, *, now: dt.datetime) -> Life:
    """The release named by its document, or by its id where there is no such file.

    A document whose id the log does not know is found by its heading.

    Raises:
        InputNotFound: the log knows no such release; suggests one.
        InputError: the document cannot be read.
    """
    if workspace.has_document(name):
        life, release_id = _find_document(log, name, workspace, now)
    else:
        life, release_id = log.life(name), name
    if life is not None:
        return life
    known = sorted({record.key.release_id for record in log.dispatches()})
    near = get_close_matches(release_id, known, 1)
    raise InputNotFound(
        say("The delivery log knows no release {release}.", release=release_id),
        remedy=say("Did you mean {near}?", near=near[0])
        if near
        else say("Look what was sent with: pressutskick log"),
    )


def find_dispatch(log: History, name: str) -> DispatchRecord:
    """The dispatch of that number or key.

    Raises:
        InputNotFound: there is none.
    """
    found: DispatchRecord | None = None
    if name.isdecimal():
        found = next((each for each in log.dispatches() if each.id == int(name)), None)
    if found is None:
        try:
            found = log.find(DispatchKey.parse(name))
        except ValueError:
            found = None
    if found is None:
        raise InputNotFound(
            say("The log has no dispatch {name}.", name=name),
            remedy=say("See all of them with: pressutskick log"),
        )
    return found


def _find_document(
    log: History, name: str, workspace: Workspace, now: dt.datetime
) -> tuple[Life | None, str]:
    # Most look up a release by its id: that need not wait for what reads documents.
    from pressutskick.actions.identity import find_by_heading
    from pressutskick.actions.opening import open_release

    opened = open_release(workspace.read_document(name), now=now)
    return find_by_heading(opened, log, now), opened.reading.release.id
