"""Locks that die with their process: one run per dispatch, one migration at a time.

The operating system holds them (flock, LockFileEx), so that nobody has to guess whether a process
that is named in the log still lives. Lock files stay where they are: removing one while another
process waits for it would let two processes hold "the" lock. (On Windows filelock removes them, where
an open file cannot be removed under whoever has it.)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pressutskick.deliverylog.refusals import dispatch_in_progress, followup_in_progress
from pressutskick.deliverylog.sqlite.faults import delivery_log_error
from pressutskick.dispatch.records import DispatchKey


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
    """Held by the one run of a dispatch; waits up to `wait` seconds for it.

    Raises:
        DispatchInProgress: another process has it still.
    """
    try:
        # The prefix keeps an id such as `aux`, a device to Windows, from naming the file.
        with _lock(database, f"run-{key.release_id}.{key.purpose}.{key.number}", wait=wait):
            yield
    except Timeout as error:
        raise dispatch_in_progress(key) from error


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
        raise followup_in_progress() from error


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
