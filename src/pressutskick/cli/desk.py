"""Setting up for a mail that follows another: settings, log, clock and lock, from the flags."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from pressutskick.assembly import load_suppressions, open_delivery_log
from pressutskick.cli import sendflags as flag
from pressutskick.cli.clock import clock_now, moment_of
from pressutskick.cli.context import command_settings
from pressutskick.cli.durations import parse_duration
from pressutskick.cli.followup import Desk
from pressutskick.cli.send import Manner
from pressutskick.cli.voice import Voice
from pressutskick.deliverylog.locks import followup_lock
from pressutskick.dispatch.run import RunOptions
from pressutskick.errors import UsageError
from pressutskick.sentences import say


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFlags:
    """The flags that every command that mails has."""

    dry_run: flag.DryRun = False
    yes: flag.Yes = False
    sandbox: flag.Sandbox = False
    rate: flag.Rate = None
    connections: flag.Connections = None
    retry_for: flag.RetryFor = "30m"
    wait: flag.Wait = "0"
    now: flag.Now = ""
    as_json: flag.Json = False
    quiet: flag.Quiet = False
    verbose: flag.Verbose = False

    @property
    def manner(self) -> Manner:
        """How the command goes about it."""
        return Manner(
            is_dry=self.dry_run,
            is_sandbox=self.sandbox,
            is_confirmed=self.yes,
            is_json=self.as_json,
            is_verbose=self.verbose,
            voice=Voice(is_quiet=self.quiet, is_sandbox=self.sandbox),
        )


@contextmanager
def open_desk(flags: RunFlags, *, is_unattended: bool = False) -> Iterator[Desk]:
    """The desk, with nobody else at it.

    Where a person is asked, that begins with their yes (`Desk.hold`); otherwise at once, and the
    clock is read then.

    Raises:
        UsageError: `--now` for a real send.
        DispatchInProgress: another run mails reminders or changes.
        SettingsError, DeliveryLogError: as told there.
    """
    if flags.now and not (flags.dry_run or flags.sandbox):
        raise UsageError(
            say("--now is for rehearsals: use it with --dry-run or --sandbox."),
            remedy=say("A real send always goes by the machine's clock."),
        )
    settings = command_settings(RATE=flags.rate, CONNECTIONS=flags.connections)
    wait = parse_duration(flags.wait, "--wait").total_seconds()
    log = open_delivery_log(settings, is_sandbox=flags.sandbox, moment=moment_of(flags.now))
    with ExitStack() as locks:

        def hold() -> None:
            # Whoever waits long enough to read a sample must not keep cron from its work.
            if not flags.dry_run:
                locks.enter_context(followup_lock(log.path, wait=wait))

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
