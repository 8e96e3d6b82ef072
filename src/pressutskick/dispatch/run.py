"""A run as values: what it is told, why it ended, what it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.relays import Relay
from pressutskick.errors import ExitStatus, PressutskickError


class RunEnd(StrEnum):
    """Why a run ended.

    `done`: nothing is left that this run may send (perhaps something for a later run). `stopped`:
    a person said so. `failed`: see `RunResult.error`.
    """

    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a run goes about it.

    `rate` is messages per minute over all connections, None for as fast as the relay takes them.
    `retry_for` counts from the last message that was accepted, or the run's start: so long a run
    without progress tries on. What is deferred beyond that waits for the next run. `is_proven` is
    whether the relay has taken a message of this dispatch in an earlier run.
    """

    connections: int = 4
    rate: float | None = None
    retry_for: timedelta = timedelta(minutes=30)
    relay: Relay = Relay.PLAIN
    is_proven: bool = False


_LEFT = (
    DeliveryStatus.PENDING,
    DeliveryStatus.SENDING,
    DeliveryStatus.COMMITTING,
    DeliveryStatus.DEFERRED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What a run leaves behind.

    `tally` counts by status the deliveries that this run had to see to, none where the log failed;
    `accepted` counts those that the relay took during it, `seconds` is its length.
    """

    ended: RunEnd
    tally: Mapping[DeliveryStatus, int] = field(default_factory=dict)
    accepted: int = 0
    seconds: float = 0.0
    error: PressutskickError | None = None

    @property
    def left(self) -> int:
        """Deliveries that the same command will try again."""
        return sum(self.tally.get(status, 0) for status in _LEFT)

    @property
    def status(self) -> ExitStatus:
        """The exit status of the run; where several apply: 76, then 75, then 69."""
        if self.error is not None and self.error.status is not ExitStatus.TEMPORARY:
            return self.error.status
        if self.ended is RunEnd.STOPPED:
            return ExitStatus.INTERRUPTED
        if self.tally.get(DeliveryStatus.UNKNOWN, 0):
            return ExitStatus.UNKNOWN
        if self.error is not None or self.left:
            return ExitStatus.TEMPORARY
        if self.tally.get(DeliveryStatus.REJECTED, 0):
            return ExitStatus.REFUSED
        return ExitStatus.OK
