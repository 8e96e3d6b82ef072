"""How a command that mails goes about it: the flags that all of them have, and what they come to."""

from dataclasses import dataclass

from pressutskick.cli.context import command_settings
from pressutskick.cli.flags import sending as flag
from pressutskick.cli.shows.voice import Voice
from pressutskick.errors import UsageError
from pressutskick.sentences import say
from pressutskick.settings.model import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How this command goes about it, apart from what is sent to whom."""

    is_dry: bool
    is_sandbox: bool
    is_confirmed: bool
    is_json: bool
    is_verbose: bool
    voice: Voice


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

    def read_settings(self) -> Settings:
        """The settings of this run.

        Raises:
            UsageError: `--now` for a real send.
            InputNotFound, SettingsError: as `settings.read_settings` tells.
        """
        if self.now and not (self.dry_run or self.sandbox):
            raise UsageError(
                say("--now is for rehearsals: use it with --dry-run or --sandbox."),
                remedy=say("A real send always goes by the machine's clock."),
            )
        return command_settings(RATE=self.rate, CONNECTIONS=self.connections)
