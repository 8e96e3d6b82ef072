"""Locks that die with their process: one run per dispatch, one migration at a time.

The operating system holds them (flock, LockFileEx), so that nobody has to guess whether a process
that is named in the log still lives. Lock files stay where they are: removing one while another
process waits for it would let two processes hold "the" lock.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pressutskick.deliverylog.faults import delivery_log_error
from pressutskick.dispatch.records import DispatchKey
from pressutskick.dispatch.run import MAX_WORKERS
from pressutskick.errors import DispatchInProgress
from pressutskick.sentences import say


def lock_folder(database: Path) -> Path:
    """Where the locks of `database` lie: a folder beside it."""
    return database.with_name(f"{database.name}-locks")


@contextmanager
def schema_lock(database: Path) -> Iterator[None]:
    """Held while a log is created or upgraded."""
    with _lock(database, "schema", wait=60.0):
        yield


@contextmanager
def dispatch_lock(database: Path, key: DispatchKey, *, wait: float) -> Iterator[None]:
    """Held by the one run of a dispatch; waits up to `wait` seconds for it, workers included.

    Raises:
        DispatchInProgress: another process has it still.
    """
    until = time.monotonic() + wait
    try:
        with _lock(database, _name(key), wait=wait):
            for number in range(1, MAX_WORKERS):
                _wait_for_worker(database, key, number, max(0.0, until - time.monotonic()))
            yield
    except Timeout as error:
        raise DispatchInProgress(
            say("Another run is sending {dispatch} right now.", dispatch=str(key)),
            remedy=say(
                "Nothing was sent by this one. Wait until the other has ended, then look with: "
                "pressutskick log {dispatch}",
                dispatch=str(key),
            ),
        ) from error


@contextmanager
def worker_lock(database: Path, key: DispatchKey, number: int) -> Iterator[None]:
    """Held by worker `number` (from 1) of a run, so that no other run begins before it has ended.

    Proves nothing by itself: its parent must hold `dispatch_lock` when it says that work may begin.
    """
    with _lock(database, _name(key, number), wait=60.0):
        yield


def _wait_for_worker(database: Path, key: DispatchKey, number: int, wait: float) -> None:
    """A worker of a run that died may still be finishing what it had in flight."""
    name = _name(key, number)
    if (lock_folder(database) / f"{name}.lock").exists():
        with _lock(database, name, wait=wait):
            """It has ended."""


def _name(key: DispatchKey, worker: int = 0) -> str:
    name = f"{key.release_id}.{key.purpose}.{key.number}"
    return f"{name}.worker-{worker}" if worker else name


@contextmanager
def followup_lock(database: Path, *, wait: float) -> Iterator[None]:
    """Held by whatever mails after an invitation (reminders, a correction, a cancellation).

    Two of them would each decide on what the other is about to change. Waits up to `wait` seconds.

    Raises:
        DispatchInProgress: another process has it still.
    """
    try:
        with _lock(database, "followup", wait=wait):
            yield
    except Timeout as error:
        raise DispatchInProgress(
            say("Another run is sending reminders or changes right now."),
            remedy=say("Nothing was sent by this one; run the same command again later."),
        ) from error


@contextmanager
def _lock(database: Path, name: str, *, wait: float) -> Iterator[None]:
    folder = lock_folder(database)
    lock = FileLock(folder / f"{name}.lock", timeout=wait, mode=0o600, poll_interval=0.05)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise
    except OSError as error:
        raise delivery_log_error(error, folder) from error
    try:
        yield
    finally:
        lock.release()
