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

#: A run that is asked to end gets at least so long for what is in flight, seconds.
PATIENCE = 30.0


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
    #: Whether a person may still say no: until then nobody else is disturbed.
    is_asked: bool = True

    @property
    def settings(self) -> Settings:
        """What this run is told."""
        return self.workspace.settings

    def quieten(self, life: Life) -> Life:
        """The release with nobody else at it: who still sends the earlier text is ended.

        Where a person is asked first, that waits for their yes (`begin_change`).

        Raises:
            DispatchInProgress: a run has something in flight for too long.
        """
        if self.is_asked:
            return life
        self.log.halt(life.release.id, wait=max(self.wait, PATIENCE))
        return self.log.life(life.release.id) or life

    def begin_change(self, life: Life) -> None:
        """As `begin_with`, for what tells everybody who has the earlier text: nobody gets it now.

        Raises:
            DispatchInProgress, InputError: as `begin_with`, and as `quieten`.
        """
        self.hold()
        self.log.halt(life.release.id, wait=max(self.wait, PATIENCE))
        self._require_same(life, counts=True)

    def begin_with(self, life: Life) -> None:
        """Called after the person's yes: nothing else may have gone out while they read.

        Raises:
            DispatchInProgress: another run is at it.
            InputError: something has.
        """
        self.hold()
        self._require_same(life)

    def _require_same(self, life: Life, *, counts: bool = False) -> None:
        fresh = self.log.life(life.release.id)
        if fresh is None or _outline(fresh, counts=counts) != _outline(life, counts=counts):
            raise something_else_went_out(life.release.id)


def something_else_went_out(release_id: str) -> InputError:
    """What a person said yes to is not what would happen now."""
    return InputError(
        say(
            "Something else of {release} went out or was called off meanwhile; nothing was sent.",
            release=release_id,
        ),
        remedy=say("Run the same command again and look anew."),
    )


def _outline(life: Life, *, counts: bool) -> list[tuple[object, ...]]:
    return [
        (record.id, record.state, dict(record.counts) if counts else None)
        for record in life.dispatches
    ]


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
    log = require_log(workspace, only_looks=is_dry)
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
            is_asked=is_asked or is_dry,
        )
