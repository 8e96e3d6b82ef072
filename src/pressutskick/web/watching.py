"""Waits for files to be saved. Events only wake: what has changed is told by the files themselves.

So an editor that saves by renaming or in two steps, a network drive without events, and whatever
else is written in the same folder are all one case.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from watchfiles import watch

#: Milliseconds: saves that belong together, and how often files are looked at where no event comes.
_TOGETHER, _QUIET, _LOOK = 150, 50, 500

_Facts = tuple[tuple[str, int, int], ...]


def follow(files: Sequence[Path], folders: Sequence[Path], on_change: Callable[[], None]) -> None:
    """Calls `on_change` after each save of `files` or of a file in `folders`; ends at Ctrl-C.

    A file that is missing for the moment in which it is replaced is not told.
    """
    known, was_whole = _look(files, folders), True
    roots = {path.parent for path in files} | set(folders)
    for _changes in watch(
        *sorted(root for root in roots if root.is_dir()),
        debounce=_TOGETHER,
        step=_QUIET,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        recursive=False,
        raise_interrupt=False,
    ):
        found, is_whole = _look(files, folders), all(file.exists() for file in files)
        if found != known and (is_whole or not was_whole):
            known = found
            on_change()
        was_whole = is_whole


def _look(files: Iterable[Path], folders: Iterable[Path]) -> _Facts:
    within = [path for folder in folders if folder.is_dir() for path in folder.iterdir()]
    return tuple(sorted(fact for path in (*files, *within) for fact in _facts(path)))


def _facts(path: Path) -> Iterable[tuple[str, int, int]]:
    try:
        facts = path.stat()
    except OSError:
        return
    yield str(path), facts.st_size, facts.st_mtime_ns
