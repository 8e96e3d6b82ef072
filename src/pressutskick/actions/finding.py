"""A release or a dispatch in the log, by what a person types: a file, an id, a number."""

import datetime as dt
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from shlex import quote

from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import DeliveryLog, History
from pressutskick.dispatch.records import DispatchKey, DispatchRecord
from pressutskick.errors import InputNotFound
from pressutskick.sentences import Sentence, say

#: What people type for the dispatch that was recorded last.
NEWEST = frozenset({"newest", "latest", "last", "senaste"})
#: Ids that an ambiguous beginning is told with.
_NAMED = 5


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
    """The release named by its document, by its id, or by a beginning that only one id has.

    A document whose id the log does not know is found by its heading.

    Raises:
        InputNotFound: the log knows no such release; suggests one.
        InputError: the document cannot be read.
    """
    known = sorted({record.key.release_id for record in log.dispatches()})
    if workspace.has_document(name):
        life, release_id = _find_document(log, name, workspace, now)
    else:
        release_id = _complete(name, known)
        life = log.life(release_id)
    if life is not None:
        return life
    raise InputNotFound(
        say("The delivery log knows no release {release}.", release=release_id),
        remedy=_what_was_meant(release_id, known, workspace),
    )


def _complete(name: str, known: Sequence[str]) -> str:
    """The one id that begins with `name`; the name itself where none does, or several do."""
    begin = [each for each in known if each.startswith(name)]
    return begin[0] if name not in known and len(begin) == 1 else name


def _what_was_meant(name: str, known: Sequence[str], workspace: Workspace) -> Sentence:
    begin = [each for each in known if each.startswith(name)]
    if len(begin) > 1:
        return say("Several begin like that: {names}.", names=", ".join(begin[:_NAMED]))
    if near := get_close_matches(name, known, 1):
        return say("Did you mean {near}?", near=near[0])
    if workspace.is_rehearsal:
        return say("Look what was rehearsed with: pressutskick log --sandbox")
    return say("Look what was sent with: pressutskick log")


def find_dispatch(
    log: History, name: str, workspace: Workspace, *, now: dt.datetime
) -> DispatchRecord:
    """The dispatch of that number or key, a beginning of it, the newest, or a document's newest.

    Raises:
        InputNotFound: there is none.
        InputError: the document cannot be read.
    """
    records = log.dispatches()
    known = sorted({record.key.release_id for record in records})
    found = _find_named(log, name, records, known)
    if found is None and not _is_key(name) and workspace.has_document(name):
        release_id = find_life(log, name, workspace, now=now).release.id
        found = _newest(each for each in records if each.key.release_id == release_id)
    if found is None:
        raise InputNotFound(
            say("The log has no dispatch {name}.", name=name),
            remedy=_what_was_meant(name, known, workspace),
        )
    return found


def _find_named(
    log: History, name: str, records: Sequence[DispatchRecord], known: Sequence[str]
) -> DispatchRecord | None:
    if name.casefold() in NEWEST:
        return _newest(records)
    if name.isdecimal():
        return next((each for each in records if each.id == int(name)), None)
    release_id, slash, rest = name.partition("/")
    try:
        return log.find(DispatchKey.parse(f"{_complete(release_id, known)}{slash}{rest}"))
    except ValueError:
        return None


def _is_key(name: str) -> bool:
    """Whether it names a purpose too, and so no file."""
    try:
        return "/" in name and bool(DispatchKey.parse(name))
    except ValueError:
        return False


def _newest(records: Iterable[DispatchRecord]) -> DispatchRecord | None:
    return max(records, key=lambda each: each.id, default=None)


def _find_document(
    log: History, name: str, workspace: Workspace, now: dt.datetime
) -> tuple[Life | None, str]:
    # Most look up a release by its id: that need not wait for what reads documents.
    from pressutskick.actions.identity import find_by_heading
    from pressutskick.actions.opening import open_release

    opened = open_release(workspace.read_document(name), now=now)
    return find_by_heading(opened, log, now), opened.reading.release.id
