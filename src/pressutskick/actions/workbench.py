"""Setting up for a mail that follows another: settings, log, clock and lock, from the flags."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from pressutskick.assembly.log import load_suppressions
from pressutskick.cli.flags.clock import clock_now, moment_of
from pressutskick.cli.flags.durations import parse_duration
from pressutskick.cli.flags.run import RunFlags
from pressutskick.cli.followup import Desk
from pressutskick.cli.lookup import open_existing_log
from pressutskick.dispatch.run import RunOptions


@contextmanager
def open_desk(flags: RunFlags, *, is_unattended: bool = False) -> Iterator[Desk]:
    """The desk, with nobody else at it.

    Where a person is asked, that begins with their yes (`Desk.hold`); otherwise at once, and the
    clock is read then.

    Raises:
        UsageError: `--now` for a real send.
        InputNotFound: nothing was ever sent from this workspace.
        DispatchInProgress: another run mails reminders or changes.
        SettingsError, DeliveryLogError: as told there.
    """
    settings = flags.read_settings()
    wait = parse_duration(flags.wait, "--wait").total_seconds()
    log = open_existing_log(settings, is_sandbox=flags.sandbox, moment=moment_of(flags.now))
    with ExitStack() as locks:

        def hold() -> None:
            # Whoever waits long enough to read a sample must not keep cron from its work.
            if not flags.dry_run:
                locks.enter_context(log.alone(wait=wait))

        if flags.yes or is_unattended:
            hold()
        yield Desk(
            settings=settings,
            log=log,
            now=clock_now(flags.now).astimezone(dt.UTC),
            options=RunOptions(
                connections=settings.connections,
                rate=settings.rate,
                retry_for=parse_duration(flags.retry_for, "--retry-for"),
                relay=settings.relay,
            ),
            suppressions=load_suppressions(settings),
            wait=wait,
            hold=(lambda: None) if flags.yes or is_unattended else hold,
        )
