"""Bytes of a file that the person named, or of stdin, within a size limit."""

import sys
from pathlib import Path

from pressutskick.errors import InputError, InputNotFound, reason_of
from pressutskick.sentences import Sentence, say

STDIN = "-"
#: Where a workspace keeps its invitations, as `init` makes it.
INVITATIONS = "invitations"
MEGABYTE = 1024 * 1024


def read_file(name: str, *, limit: int = 25 * MEGABYTE) -> bytes:
    """The bytes of file `name`, or of stdin for `-`; at most `limit` bytes.

    Raises:
        InputNotFound: there is no such file; names near ones.
        InputError: a folder, unreadable, or larger than `limit`.
    """
    if name == STDIN:
        data = sys.stdin.buffer.read(limit + 1)
    else:
        data = _read_path(Path(name), name, limit)
    if len(data) > limit:
        raise InputError(
            say(
                "{file} is larger than {limit} MB, which is more than an invitation holds.",
                file=name,
                limit=limit // MEGABYTE,
            )
        )
    return data


def _read_path(path: Path, name: str, limit: int) -> bytes:
    try:
        if path.is_dir():
            raise InputError(say("{file} is a folder; name a file in it.", file=name))
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputNotFound(
            say("{file}: there is no such file.", file=name), remedy=_near_names(path)
        ) from error
    except OSError as error:
        raise InputError(
            say("{file} cannot be read: {error}.", file=name, error=reason_of(error))
        ) from error
    except ValueError as error:
        raise InputError(say("{file} cannot be read: {error}.", file=name, error=error)) from error


def _near_names(path: Path) -> Sentence | None:
    """Files beside the missing one, or where invitations are kept, whose names are nearly the same."""
    from difflib import get_close_matches

    there = [*_files_in(path.parent), *_files_in(Path(INVITATIONS))]
    folded = {each.name.casefold(): each for each in reversed(there)}
    stems = {each.stem.casefold(): each for each in reversed(there)}
    wanted, stem = path.name.casefold(), path.stem.casefold()
    near = [folded[name] for name in get_close_matches(wanted, folded, 3, 0.7)]
    near = near or [stems[name] for name in get_close_matches(stem, stems, 3, 0.7)]
    if not near:
        return None
    return say("Did you mean {names}?", names=", ".join(map(str, near)))


def _files_in(folder: Path) -> list[Path]:
    try:
        return [each for each in folder.iterdir() if each.is_file()][:10_000]
    except (OSError, ValueError):
        return []
