"""Which folder is the workspace: the one that is named, or the nearest that has a `.env` of ours.

Settings, log, lists, templates and outbox belong to that folder, never to whichever folder a
command happens to be typed in: a log that hangs on the current folder mails everybody again from
another one.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pressutskick.errors import InputNotFound, UsageError
from pressutskick.sentences import say

PREFIX = "PRESSUTSKICK_"
ENV_NAME = ".env"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A workspace's folder and the file of its settings.

    `is_found` is False for a mere guess. `is_placed` is False where the environment holds the
    settings and says nothing of a folder: then it is wherever the command was typed.
    """

    folder: Path
    env_file: Path | None = None
    is_found: bool = True
    is_placed: bool = True

    @classmethod
    def at(cls, folder: Path) -> "Place":
        """The workspace in that folder, there already or not."""
        file = folder / ENV_NAME
        return cls(folder=folder, env_file=file if file.is_file() else None)


def find_workspace(
    *,
    named: str | None = None,
    env_file: str | None = None,
    start: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Place:
    """The workspace: `named`, else the folder of `env_file`, else the nearest from `start` upwards.

    Where there is none, the folder in which the search began stands for it; it counts as found
    where the environment holds the settings that a `.env` would.

    Raises:
        InputNotFound: what was named is not there.
        UsageError: what was named as a folder is a file.
    """
    if env_file is not None and not Path(env_file).is_file():
        raise InputNotFound.file(env_file)
    if named is not None:
        return _named(Path(named), env_file)
    if env_file is not None:
        return Place(folder=Path(env_file).absolute().parent, env_file=Path(env_file))
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        file = folder / ENV_NAME
        if _is_ours(file, is_here=folder == here):
            return Place(folder=folder, env_file=file)
    given = os.environ if environ is None else environ
    is_set = any(key.startswith(PREFIX) and key != f"{PREFIX}LANGUAGE" for key in given)
    return Place(folder=here, is_found=is_set, is_placed=False)


def _named(folder: Path, env_file: str | None) -> Place:
    if folder.is_file():
        raise UsageError(
            say("{file} is a file; --workspace names a folder.", file=folder),
            remedy=say("Settings in another file are named with --env-file."),
        )
    if not folder.is_dir():
        raise InputNotFound(say("{folder}: there is no such folder.", folder=folder))
    file = Path(env_file) if env_file is not None else folder / ENV_NAME
    return Place(folder=folder.absolute(), env_file=file if file.is_file() else None)


def _is_ours(file: Path, *, is_here: bool) -> bool:
    """Whether it holds settings of ours; of other people's folders above, none is taken.

    A file in UTF-16 has a NUL beside each letter; whoever reads it tells what is wrong with it.
    """
    try:
        if not file.is_file():
            return False
        if not is_here and os.name == "posix" and file.stat().st_uid not in (0, os.geteuid()):
            return False
        return is_here or PREFIX.encode() in file.read_bytes().replace(b"\0", b"")
    except OSError:
        return is_here
