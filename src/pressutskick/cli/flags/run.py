"""How a command that mails goes about it: the flags that all of them have, and what they come to."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pressutskick.cli.context import command_settings
from pressutskick.cli.flags import sending as flag
from pressutskick.cli.flags.clock import moment_of
from pressutskick.cli.flags.durations import parse_duration
from pressutskick.cli.flags.shared import Json, Now, Quiet, Verbose, Yes
from pressutskick.cli.shows.screen.waiting import tell_waiting
from pressutskick.cli.shows.voice import Voice, rehearse
from pressutskick.errors import UsageError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.actions.workbench import Pace
    from pressutskick.assembly.workspace import DiskWorkspace


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMode:
    """How this command goes about it, apart from what is sent to whom."""

    is_dry: bool
    is_sandbox: bool
    is_confirmed: bool
    is_json: bool
    is_verbose: bool
    voice: Voice
    #: What a dry run shows beside the terminal.
    folder: Path | None = None
    is_in_browser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFlags:
    """The flags that every command that mails has."""

    dry_run: flag.DryRun = False
    save: flag.Save = None
    browser: flag.Browser = False
    yes: Yes = False
    sandbox: flag.Sandbox = False
    rate: flag.Rate = None
    connections: flag.Connections = None
    retry_for: flag.RetryFor = "30m"
    wait: flag.Wait = "0"
    now: Now = ""
    as_json: Json = False
    quiet: Quiet = False
    verbose: Verbose = False

    @property
    def mode(self) -> RunMode:
        """How the command goes about it."""
        return RunMode(
            is_dry=self.dry_run,
            is_sandbox=self.sandbox,
            is_confirmed=self.yes,
            is_json=self.as_json,
            is_verbose=self.verbose,
            voice=Voice(is_quiet=self.quiet, is_sandbox=self.sandbox),
            folder=self.save,
            is_in_browser=self.browser,
        )

    @property
    def pace(self) -> "Pace":
        """How long the command goes on."""
        from pressutskick.actions.workbench import Pace

        return Pace(
            retry_for=parse_duration(self.retry_for, "--retry-for"),
            wait=parse_duration(self.wait, "--wait").total_seconds(),
        )

    def open_workspace(self) -> "DiskWorkspace":
        """The workspace of this run.

        Raises:
            UsageError: `--now` for a real send, or `--save` or `--browser` for one.
            InputNotFound, SettingsError: as `settings.read_settings` tells.
        """
        from pressutskick.assembly.workspace import DiskWorkspace

        if self.now and not (self.dry_run or self.sandbox):
            raise UsageError(
                say("--now is for rehearsals: use it with --dry-run or --sandbox."),
                remedy=say("A real send always goes by the machine's clock."),
            )
        if (self.save or self.browser) and not self.dry_run:
            raise UsageError(say("--save and --browser go with --dry-run."))
        settings = command_settings(RATE=self.rate, CONNECTIONS=self.connections)
        if self.sandbox:
            settings = rehearse(settings, self.mode.voice)
        return DiskWorkspace(
            settings,
            is_sandbox=self.sandbox,
            moment=moment_of(self.now),
            on_wait=tell_waiting,
        )
