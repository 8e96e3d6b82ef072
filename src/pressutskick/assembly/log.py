"""The delivery log: which file it is, opened, and whom it says not to mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressutskick.assembly.state import state_folder

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
    from pressutskick.recipients.suppression import Suppressions
    from pressutskick.settings.model import Settings


def database_path(settings: Settings, *, is_sandbox: bool) -> Path:
    """The delivery log's file; the sandbox has one of its own, so that a rehearsal never counts."""
    real = settings.database
    return real.with_name(f"{real.stem}-sandbox{real.suffix}") if is_sandbox else real


def open_delivery_log(
    settings: Settings, *, is_sandbox: bool = False, moment: dt.datetime | None = None
) -> SqliteDeliveryLog:
    """The delivery log, created or upgraded where needed.

    A rehearsal for another time writes its `moment` into the sandbox's log, so that what follows
    can be rehearsed too. Of the real log the person's own folder keeps a mark, so that an old copy
    of it is told.

    Raises:
        DeliveryLogError: the file cannot be used; nothing may be sent.
    """
    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
    from pressutskick.transports.clock import SystemClock

    path = database_path(settings, is_sandbox=is_sandbox)
    if not is_sandbox:
        return SqliteDeliveryLog(path, now=SystemClock().now, marks=state_folder())
    return SqliteDeliveryLog(path, now=SystemClock().now if moment is None else lambda: moment)


def load_suppressions(settings: Settings) -> Suppressions:
    """Who must not be mailed, from the real log even in a rehearsal; nobody before it exists.

    Raises:
        DeliveryLogError: the log cannot be used.
    """
    from pressutskick.deliverylog.sqlite.suppressions import read_suppressions
    from pressutskick.recipients.suppression import NO_SUPPRESSIONS

    if not settings.database.exists():
        return NO_SUPPRESSIONS
    return read_suppressions(open_delivery_log(settings))


def look_into_delivery_log(
    settings: Settings, *, is_sandbox: bool = False, moment: dt.datetime | None = None
) -> SqliteDeliveryLog:
    """The delivery log for a command that only looks: where there is none, none is made.

    What stands for it then is an empty one in a folder of its own, gone when the program ends.

    Raises:
        DeliveryLogError: the file is there and cannot be used.
    """
    import shutil
    import tempfile
    import weakref
    from pathlib import Path

    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog

    if database_path(settings, is_sandbox=is_sandbox).exists():
        return open_delivery_log(settings, is_sandbox=is_sandbox, moment=moment)
    folder = Path(tempfile.mkdtemp(prefix="pressutskick-"))
    log = SqliteDeliveryLog(folder / "empty.db")
    weakref.finalize(log, shutil.rmtree, folder, ignore_errors=True)
    return log
