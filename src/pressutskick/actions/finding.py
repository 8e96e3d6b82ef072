"""Finding the delivery log, and a release in it by what a person types: its file or its id."""

import datetime as dt
from difflib import get_close_matches
from pathlib import Path

from pressutskick.assembly.log import database_path, look_into_delivery_log, open_delivery_log
from pressutskick.cli.shows.waiting import tell_waiting
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import DeliveryLog, History
from pressutskick.errors import InputNotFound
from pressutskick.sentences import say
from pressutskick.settings.model import Settings


def open_existing_log(
    settings: Settings,
    *,
    is_sandbox: bool,
    moment: dt.datetime | None = None,
    only_looks: bool = False,
) -> DeliveryLog:
    """The delivery log, for what follows an earlier dispatch: to look must not create one.

    Who `only_looks` can do so where nothing can be written.

    Raises:
        InputNotFound: nothing was ever sent from this workspace.
        DeliveryLogError: the log cannot be used.
    """
    path = database_path(settings, is_sandbox=is_sandbox)
    if not path.exists():
        raise InputNotFound(
            say("{file}: there is no delivery log; nothing was sent from here.", file=path),
            remedy=None if is_sandbox else say("The log of rehearsals is shown with --sandbox."),
        )
    open_log = look_into_delivery_log if only_looks else open_delivery_log
    return open_log(settings, is_sandbox=is_sandbox, moment=moment)


def find_life(log: History, name: str, *, now: dt.datetime) -> Life:
    """The release named by its file, or by its id where there is no such file.

    Raises:
        InputNotFound: the log knows no such release; suggests one.
        InputError: the file cannot be read.
    """
    release_id = _read_id(name, now) if _is_file(name) else name
    life = log.life(release_id)
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


def _read_id(name: str, now: dt.datetime) -> str:
    # Most look up a release by its id: that need not wait for what reads documents.
    from pressutskick.actions.opening import open_release

    return open_release(name, now=now, on_wait=tell_waiting).reading.release.id


def _is_file(name: str) -> bool:
    return name == "-" or Path(name).is_file() or any(mark in name for mark in "./\\")
