"""The delivery log: which file or server it is, opened, and whom it says not to mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressutskick.assembly.server import find_server, open_server_log, verify_server_log
from pressutskick.assembly.state import state_folder

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from pressutskick.deliverylog.relational.log import RelationalDeliveryLog
    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
    from pressutskick.dispatch.log import DeliveryLog
    from pressutskick.recipients.suppression import Suppressions
    from pressutskick.sentences import Sentence
    from pressutskick.settings.model import Settings


def database_path(settings: Settings, *, is_sandbox: bool) -> Path:
    """The delivery log's file; the sandbox has one of its own, so that a rehearsal never counts."""
    real = settings.database
    return real.with_name(f"{real.stem}-sandbox{real.suffix}") if is_sandbox else real


def dispatch_names(settings: Settings, *, is_sandbox: bool) -> list[tuple[str, str]]:
    """What a person types for each dispatch of the log's file, and its title; makes no log.

    Raises:
        sqlite3.Error: there is none, or it cannot be read now.
    """
    from pressutskick.deliverylog.sqlite.names import list_dispatch_names

    return list_dispatch_names(database_path(settings, is_sandbox=is_sandbox))


def is_on_server(settings: Settings, *, is_sandbox: bool) -> bool:
    """Whether the log is one that others share; a rehearsal never is."""
    return settings.database_server is not None and not is_sandbox


def name_log(settings: Settings, *, is_sandbox: bool) -> str:
    """The log in words: a file, or a server and its database."""
    if is_on_server(settings, is_sandbox=is_sandbox):
        return find_server(settings).name
    return str(database_path(settings, is_sandbox=is_sandbox))


def has_delivery_log(settings: Settings, *, is_sandbox: bool) -> bool:
    """Whether there is one; that on a server is made when it is opened."""
    path = database_path(settings, is_sandbox=is_sandbox)
    return is_on_server(settings, is_sandbox=is_sandbox) or path.exists()


def open_delivery_log(
    settings: Settings, *, is_sandbox: bool = False, moment: dt.datetime | None = None
) -> DeliveryLog:
    """The delivery log, created or upgraded where needed.

    A rehearsal for another time writes its `moment` into the sandbox's log, so that what follows
    can be rehearsed too. Of the real log the person's own folder keeps a mark, so that an old copy
    of it is told.

    Raises:
        DeliveryLogError: the log cannot be used; nothing may be sent.
    """
    return open_kept_log(settings, is_sandbox=is_sandbox, moment=moment)


def open_kept_log(
    settings: Settings, *, is_sandbox: bool = False, moment: dt.datetime | None = None
) -> RelationalDeliveryLog:
    """The same, as a log that is kept in a database."""
    log = (
        open_server_log(settings)
        if is_on_server(settings, is_sandbox=is_sandbox)
        else _open_sqlite(settings, is_sandbox=is_sandbox, moment=moment)
    )
    log.require_here()
    return log


def _open_sqlite(
    settings: Settings, *, is_sandbox: bool, moment: dt.datetime | None = None
) -> SqliteDeliveryLog:
    from pressutskick.assembly.known import (
        note_log,
        require_no_lost_log,
        require_no_second_log,
    )
    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
    from pressutskick.transports.clock import SystemClock

    path = database_path(settings, is_sandbox=is_sandbox)
    if not is_sandbox:
        require_no_lost_log(path)
        if not settings.is_placed:
            require_no_second_log(path)
    log = SqliteDeliveryLog(
        path,
        now=SystemClock().now if moment is None or not is_sandbox else lambda: moment,
        marks=_marks(is_sandbox=is_sandbox),
    )
    if not is_sandbox:
        note_log(path, settings.workspace)
    return log


def _marks(*, is_sandbox: bool) -> Path | None:
    """Where it is kept how far the log had come; an old copy of a rehearsal does no harm."""
    return None if is_sandbox else state_folder()


def verify_delivery_log(settings: Settings, *, is_sandbox: bool = False) -> Iterator[Sentence]:
    """Everything that is wrong with the log; a file need not be one that can be opened."""
    if is_on_server(settings, is_sandbox=is_sandbox):
        yield from verify_server_log(settings)
        return
    import tempfile
    from pathlib import Path

    from pressutskick.deliverylog.sqlite.verification import verify_log

    path = database_path(settings, is_sandbox=is_sandbox)
    marks = _marks(is_sandbox=is_sandbox)
    if not path.exists() or _can_be_used(path):
        yield from verify_log(path, marks=marks)
        return
    with tempfile.TemporaryDirectory(prefix="pressutskick-") as folder:
        yield from verify_log(_copy(path, Path(folder)), marks=marks)


def adopt_delivery_log(settings: Settings, *, is_sandbox: bool = False) -> None:
    """A person knows that the log's file is an old copy that was put back, and goes on with it.

    Where it is gone for good, a new one may begin.

    Raises:
        DeliveryLogError: the file cannot be used.
    """
    from pressutskick.assembly.known import forget_log

    if is_on_server(settings, is_sandbox=is_sandbox):
        server_log = open_server_log(settings)
        server_log.settle_dead_runs()
        server_log.adopt()
        return
    path = database_path(settings, is_sandbox=is_sandbox)
    if not path.exists():
        forget_log(path)
        return
    log = _open_sqlite(settings, is_sandbox=is_sandbox)
    log.settle_dead_runs()
    log.adopt()


def load_suppressions(settings: Settings) -> Suppressions:
    """Who must not be mailed, from the real log even in a rehearsal; nobody before it exists.

    Raises:
        DeliveryLogError: the log cannot be used.
    """
    from pressutskick.recipients.suppression import NO_SUPPRESSIONS

    if not is_on_server(settings, is_sandbox=False) and not settings.database.exists():
        return NO_SUPPRESSIONS
    return look_into_delivery_log(settings).suppressions()


def look_into_delivery_log(
    settings: Settings, *, is_sandbox: bool = False, moment: dt.datetime | None = None
) -> DeliveryLog:
    """The delivery log for a command that only looks: where there is none, none is made.

    What stands for it then is an empty one, gone when the program ends; and a copy of one that lies
    where nothing can be written, as on a read-only disk.

    Raises:
        DeliveryLogError: the file is there and cannot be used.
    """
    import shutil
    import tempfile
    import weakref
    from pathlib import Path

    from pressutskick.assembly.known import require_no_lost_log
    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog

    if is_on_server(settings, is_sandbox=is_sandbox):
        return open_server_log(settings)
    path = database_path(settings, is_sandbox=is_sandbox)
    if not path.exists():
        require_no_lost_log(path)
        return make_passing_log(moment=moment)
    if _can_be_used(path):
        return open_delivery_log(settings, is_sandbox=is_sandbox, moment=moment)
    folder = Path(tempfile.mkdtemp(prefix="pressutskick-"))
    try:
        log = SqliteDeliveryLog(_copy(path, folder))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(log, shutil.rmtree, folder, ignore_errors=True)
    return log


def make_passing_log(*, moment: dt.datetime | None = None) -> DeliveryLog:
    """An empty log of which nothing is left when the program ends."""
    from pressutskick.deliverylog.memory.log import MemoryDeliveryLog
    from pressutskick.transports.clock import SystemClock

    return MemoryDeliveryLog(now=SystemClock().now if moment is None else lambda: moment)


def _copy(path: Path, folder: Path) -> Path:
    """The log as it is now, in `folder`; nothing is copied where there is none."""
    import shutil

    # The shared memory of the write-ahead log is made anew.
    for name in (path.name, f"{path.name}-wal"):
        if path.with_name(name).is_file():
            shutil.copyfile(path.with_name(name), folder / name)
    return folder / path.name


def _can_be_used(path: Path) -> bool:
    """Whether it lies where a log may lie, and SQLite can write it and the files beside it."""
    import os

    from pressutskick.deliverylog.sqlite.places import refuse_place
    from pressutskick.errors import DeliveryLogError

    try:
        refuse_place(path)
    except DeliveryLogError:
        return False
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
