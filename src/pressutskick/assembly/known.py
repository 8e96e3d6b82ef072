"""What this machine remembers of workspaces: which was used last, which have a log, who reminds.

Kept apart from the workspace, so that a log that was removed by mistake is missed: whoever began a
new one in its place would mail everybody again. A help and no proof: where nothing can be kept,
the work goes on.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shlex import quote

from pressutskick.assembly.state import state_folder
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say

_LAST = "last-workspace"
#: The log that was begun where only the folder of the command decided which one.
_UNPLACED = "unplaced-log"


def note_log(database: Path, workspace: Path) -> None:
    """The workspace has a log there, and is the one used last."""
    mark = _mark(database)
    with suppress(OSError):
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not mark.exists():
            _write(mark, f"{database.absolute()}\n")
        last, place = state_folder() / _LAST, f"{workspace.absolute()}\n"
        if not last.exists() or last.read_text("utf-8") != place:
            _write(last, place)


def require_no_lost_log(database: Path) -> None:
    """A new log may begin only where none was.

    Raises:
        DeliveryLogError: this machine has seen one there.
    """
    if database.exists() or not is_known(database):
        return
    raise DeliveryLogError(
        say("{file}: the delivery log is gone; this machine has sent with it.", file=database),
        remedy=say(
            "Nothing was sent: a new log would mail everybody again. Put the file back. If it is "
            "gone for good, leave out by --exclude whoever is in the Sent folder, and say that you "
            "know: pressutskick log verify --restored"
        ),
    )


def require_no_second_log(database: Path) -> None:
    """Where only the folder of the command decides which log is used, there may be one.

    Settings in the environment go along to every folder: the log of the next one would know of
    nobody who was mailed.

    Raises:
        DeliveryLogError: another one is in use.
    """
    mark = state_folder() / _UNPLACED
    with suppress(OSError):
        known = Path(mark.read_text("utf-8").strip()) if mark.exists() else database.absolute()
        is_elsewhere = known.parent != database.absolute().parent
        if is_elsewhere and known.exists() and not database.exists():
            raise DeliveryLogError(
                say(
                    "The settings come from the environment alone, so the folder decides which "
                    "delivery log is used, and so far it was {file}.",
                    file=known,
                ),
                remedy=say(
                    "Nothing was sent: a second log knows nobody who was mailed. Go on with that "
                    "one: --workspace {folder}. If this folder is a workspace of its own, say so: "
                    "--workspace .",
                    folder=quote(str(known.parent)),
                ),
            )
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(mark, f"{database.absolute()}\n")


def is_known(database: Path) -> bool:
    """Whether a log of a workspace was ever there."""
    return _mark(database).exists()


def forget_log(database: Path) -> None:
    """A person knows that the log is gone: a new one may begin."""
    _mark(database).unlink(missing_ok=True)


def note_reminding(database: Path, now: dt.datetime) -> None:
    """Somebody, most likely cron, has looked for reminders that are due."""
    mark = _mark(database, "reminding")
    with suppress(OSError):
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(mark, now.isoformat())


def last_reminding(database: Path) -> dt.datetime | None:
    """When somebody last did; None where nobody has on this machine."""
    try:
        return dt.datetime.fromisoformat(_mark(database, "reminding").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def last_workspace() -> Path | None:
    """The workspace used last on this machine, if it is still there."""
    try:
        folder = Path((state_folder() / _LAST).read_text("utf-8").strip())
    except OSError:
        return None
    return folder if folder.is_dir() else None


def _write(file: Path, text: str) -> None:
    """What is kept is nobody else's business."""
    file.touch(mode=0o600)
    file.write_text(text, "utf-8")


def _mark(database: Path, shelf: str = "logs") -> Path:
    name = sha256(str(database.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return state_folder() / shelf / name
