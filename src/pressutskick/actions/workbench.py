"""What a mail that follows another is made with: log, clock, options, and nobody else at it."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from pressutskick.actions.finding import require_log
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.run import RunOptions
from pressutskick.errors import InputError
from pressutskick.recipients.suppression import NO_SUPPRESSIONS, Suppressions
from pressutskick.sentences import say
from pressutskick.settings.model import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long a command goes on: tries without progress, and seconds waited for another run."""

    retry_for: dt.timedelta = dt.timedelta(minutes=30)
    wait: float = 0.0

    def options(self, settings: Settings) -> RunOptions:
        """How a run goes about it."""
        return RunOptions(
            connections=settings.connections,
            rate=settings.rate,
            retry_for=self.retry_for,
            relay=settings.relay,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What every mail of a run is made with. `now` is aware, UTC; `wait` is seconds."""

    workspace: Workspace
    log: DeliveryLog
    now: dt.datetime
    options: RunOptions = field(default_factory=RunOptions)
    suppressions: Suppressions = NO_SUPPRESSIONS
    wait: float = 0.0
    #: Takes the lock that keeps two mails about one release apart, if it is not taken yet.
    hold: Callable[[], None] = lambda: None

    @property
    def settings(self) -> Settings:
        """What this run is told."""
        return self.workspace.settings

    def begin_with(self, life: Life) -> None:
        """Called after the person's yes: nothing else may have gone out while they read.

        Raises:
            DispatchInProgress: another run is at it.
            InputError: something has.
        """
        self.hold()
        fresh = self.log.life(life.release.id)
        if fresh is None or _outline(fresh) != _outline(life):
            raise InputError(
                say(
                    "Something else of {release} went out or was called off meanwhile; nothing "
                    "was sent.",
                    release=life.release.id,
                ),
                remedy=say("Run the same command again and look anew."),
            )


def _outline(life: Life) -> list[tuple[int, str]]:
    return [(record.id, record.state) for record in life.dispatches]


@contextmanager
def open_workbench(
    workspace: Workspace, pace: Pace, *, is_dry: bool = False, is_asked: bool = True
) -> Iterator[Workbench]:
    """The workbench, with nobody else at it.

    Where a person is asked (`is_asked`), that begins with their yes (`Workbench.hold`); otherwise
    at once, and the clock is read then. A dry run keeps nobody away.

    Raises:
        InputNotFound: nothing was ever sent from this workspace.
        DispatchInProgress: another run mails reminders or changes.
        DeliveryLogError: the log cannot be used.
    """
    log = require_log(workspace)
    with ExitStack() as locks:

        def hold() -> None:
            # Whoever waits long enough to read a sample must not keep cron from its work.
            if not is_dry:
                locks.enter_context(log.alone(wait=pace.wait))

        if not is_asked:
            hold()
        yield Workbench(
            workspace=workspace,
            log=log,
            now=workspace.now().astimezone(dt.UTC),
            options=pace.options(workspace.settings),
            suppressions=workspace.load_suppressions(),
            wait=pace.wait,
            hold=hold if is_asked else lambda: None,
        )
