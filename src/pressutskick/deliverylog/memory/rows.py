"""What the log in memory holds: dispatches and their deliveries, which change; and as records."""

import datetime as dt
from dataclasses import dataclass, field

from pressutskick.dispatch.correspondence import Mail
from pressutskick.dispatch.delivery import (
    CLAIMABLE,
    RECOVERY,
    DeliveryStatus,
    Resolution,
    may_follow,
)
from pressutskick.dispatch.interfaces import Decision, Fault, Outcome, Phase
from pressutskick.dispatch.plan import LASTING, PlanEntry
from pressutskick.dispatch.records import (
    AttemptRecord,
    DeliveryRecord,
    DispatchKey,
    DispatchRecord,
    DispatchState,
    Snapshot,
)
from pressutskick.errors import DeliveryLogError
from pressutskick.mail import Reply
from pressutskick.message.model import AttachedFile
from pressutskick.recipients.model import Recipient
from pressutskick.sentences import say

_S = DeliveryStatus
_RESOLVED = {
    (_S.UNKNOWN, Resolution.RESEND): _S.PENDING,
    (_S.UNKNOWN, Resolution.LEAVE): _S.ACCEPTED,
    (_S.REJECTED, Resolution.RESEND): _S.PENDING,
}


@dataclass(slots=True, kw_only=True)
class MemoryDelivery:
    """One message to one mailbox; `run_id` is the run that last chose it.

    `is_hidden` says that nobody knows any more whose it was.
    """

    id: int
    dispatch_id: int
    key: str
    recipient: Recipient
    status: DeliveryStatus
    updated_at: dt.datetime
    reason: str | None = None
    run_id: int | None = None
    snapshot_id: int | None = None
    attempts: int = 0
    next_attempt_at: dt.datetime | None = None
    opened_at: dt.datetime | None = None
    committed_at: dt.datetime | None = None
    message_id: str | None = None
    server_id: str | None = None
    closed: list[AttemptRecord] = field(default_factory=list)
    is_hidden: bool = False
    #: What a server said when it sent the mail back.
    returned: Reply | None = None

    @property
    def is_open(self) -> bool:
        """Whether an attempt is going on."""
        return self.status in RECOVERY

    def move(self, status: DeliveryStatus, now: dt.datetime) -> None:
        """Changes the status.

        Raises:
            DeliveryLogError: a run may not.
        """
        if not may_follow(self.status, status):
            raise DeliveryLogError(
                say("{before} cannot become {after}.", before=self.status, after=status)
            )
        self.status, self.updated_at = status, now

    def choose(self, entry: PlanEntry, run_id: int, snapshot_id: int, now: dt.datetime) -> None:
        """Wanted by the run that begins; whoever has an outcome keeps it."""
        if self.status is _S.SKIPPED:
            self.move(_S.PENDING, now)
        if self.status in CLAIMABLE:
            self.reason, self.recipient = None, entry.recipient
            self.run_id, self.snapshot_id = run_id, snapshot_id

    def leave_out(self, reason: str | None, now: dt.datetime) -> None:
        """Not wanted by the run that begins; only a lasting reason takes out who waits."""
        if reason in LASTING:
            self.end_waiting(reason, now)
        if self.status is _S.SKIPPED:
            self.reason, self.updated_at = reason, now

    def end_waiting(self, reason: str | None, now: dt.datetime) -> None:
        """Gets nothing any more, if it waits."""
        if self.status in CLAIMABLE:
            self.move(_S.SKIPPED, now)
            self.reason, self.next_attempt_at = reason, None

    def open(self, now: dt.datetime) -> None:
        """An attempt begins."""
        self.move(_S.SENDING, now)
        self.attempts += 1
        self.opened_at, self.committed_at, self.next_attempt_at = now, None, None

    def commit(self, message_id: str, now: dt.datetime) -> None:
        """The final dot may be written."""
        self.move(_S.COMMITTING, now)
        self.message_id, self.committed_at = message_id, now

    def close(self, outcome: Outcome, decision: Decision, now: dt.datetime) -> None:
        """The attempt has ended."""
        opened_at, committed_at = self.opened_at or now, self.committed_at
        if not self.is_open:
            raise DeliveryLogError(say("There is no open attempt that this could be the end of."))
        self.move(decision.status, now)
        self.next_attempt_at, self.server_id = decision.retry_at, outcome.server_id
        self.opened_at = self.committed_at = None
        self.closed.append(
            AttemptRecord(
                delivery_id=self.id,
                number=self.attempts,
                opened_at=opened_at,
                committed_at=committed_at,
                ended_at=now,
                status=decision.status,
                phase=outcome.phase,
                reply=outcome.reply,
                fault=outcome.fault,
                detail=outcome.detail,
            )
        )

    def take_back(self, now: dt.datetime) -> None:
        """The attempt was not begun, and never was one: who had been put off is so still."""
        was_put_off = bool(self.closed) and self.closed[-1].status is _S.DEFERRED
        self.move(_S.DEFERRED if was_put_off else _S.PENDING, now)
        self.next_attempt_at = now if was_put_off else None
        self.attempts -= 1
        self.opened_at = None

    def recover(self, now: dt.datetime) -> None:
        """The run of the open attempt is dead."""
        phase = Phase.MAIL if self.status is _S.SENDING else Phase.FINAL
        outcome = Outcome(phase=phase, fault=Fault.KILLED, server_id=self.server_id)
        self.close(outcome, Decision(status=RECOVERY[self.status]), now)

    def resolve(self, choice: Resolution, now: dt.datetime) -> bool:
        """A person's decision; whether there was anything to decide."""
        status = _RESOLVED.get((self.status, choice))
        if status is None:
            return False
        self.status, self.updated_at = status, now
        return True

    def record(self) -> DeliveryRecord:
        """As everybody may see it."""
        last = self.closed[-1] if self.closed else None
        return DeliveryRecord(
            id=self.id,
            dispatch_id=self.dispatch_id,
            recipient=self.recipient,
            status=self.status,
            updated_at=self.updated_at,
            reason=self.reason,
            attempts=self.attempts,
            next_attempt_at=self.next_attempt_at,
            message_id=self.message_id,
            server_id=self.server_id,
            snapshot_id=self.snapshot_id,
            phase=last.phase if last else None,
            reply=self.returned or (last.reply if last else None),
            fault=last.fault if last else None,
            detail=last.detail if last else "",
        )


@dataclass(slots=True, kw_only=True)
class MemoryDispatch:
    """One purpose of sending one release; deliveries by comparison key, in the order of sending."""

    id: int
    key: DispatchKey
    title: str
    state: DispatchState
    created_at: dt.datetime
    send_at: dt.datetime | None = None
    person: str = ""
    reason: str | None = None
    is_stripped: bool = False
    snapshots: dict[int, Snapshot] = field(default_factory=dict)
    runs: list[dt.datetime] = field(default_factory=list)
    deliveries: dict[str, MemoryDelivery] = field(default_factory=dict)
    files: tuple[AttachedFile, ...] = ()

    @property
    def begun_at(self) -> dt.datetime | None:
        """When it began; what waits for its time has a first run that only recorded it."""
        if self.send_at is None:
            return self.created_at
        if self.state is DispatchState.SCHEDULED:
            return None
        return min((run for run in self.runs if run >= self.send_at), default=None)

    def recover(self, now: dt.datetime) -> int:
        """Settles what a dead run left open; how many deliveries that were."""
        left = [each for each in self.deliveries.values() if each.is_open]
        for each in left:
            each.recover(now)
        return len(left)

    def end_waiting(self, reason: str, now: dt.datetime) -> None:
        """Nobody who waits in it gets it any more."""
        for each in self.deliveries.values():
            each.end_waiting(reason, now)

    def record(self) -> DispatchRecord:
        """As everybody may see it."""
        counts: dict[DeliveryStatus, int] = {}
        for each in self.deliveries.values():
            counts[each.status] = counts.get(each.status, 0) + 1
        return DispatchRecord(
            id=self.id,
            key=self.key,
            title=self.title,
            state=self.state,
            created_at=self.created_at,
            send_at=self.send_at,
            begun_at=self.begun_at,
            counts=counts,
            reason=self.reason,
            person=self.person,
        )

    def mail(self, delivery: MemoryDelivery) -> Mail:
        """One of its deliveries, as a part of the release's correspondence."""
        return Mail(
            dispatch_id=self.id,
            purpose=self.key.purpose,
            recipient=delivery.recipient,
            status=delivery.status,
            moment=delivery.updated_at,
            message_id=delivery.message_id,
            server_id=delivery.server_id,
            snapshot_id=delivery.snapshot_id,
        )
