"""What the delivery log holds, as values: dispatches, deliveries, attempts.

Times are aware and UTC. Pure: the log turns its rows into these at one point.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pressutskick.dispatch.approval import Digests, FileDigest
from pressutskick.dispatch.delivery import DeliveryStatus, Resolution
from pressutskick.dispatch.interfaces import Fault, Phase
from pressutskick.mail import Reply
from pressutskick.message.model import Purpose
from pressutskick.recipients.model import Recipient

#: How long the date of a dispatch holds for all of its messages.
FRESH = dt.timedelta(hours=12)


class DispatchState(StrEnum):
    """Where a dispatch as a whole stands."""

    #: Recorded for later; nobody has been mailed.
    SCHEDULED = "scheduled"
    #: May be sent and gone on with.
    OPEN = "open"
    #: Called off: nothing more goes out, no reminder fires.
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionRecord:
    """Such a decision as the log holds it; `attempt` is the number of the attempt in question."""

    delivery_id: int
    attempt: int
    choice: Resolution
    decided_at: dt.datetime
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchKey:
    """What identifies a dispatch. `number` counts from 1 within a purpose (the second reminder)."""

    release_id: str
    purpose: Purpose = Purpose.ANNOUNCE
    number: int = 1

    def __str__(self) -> str:
        """`release-id`, `release-id/reminder/2`: what a person types to name the dispatch."""
        if self.purpose is Purpose.ANNOUNCE and self.number == 1:
            return self.release_id
        return f"{self.release_id}/{self.purpose}/{self.number}"

    @classmethod
    def parse(cls, text: str) -> "DispatchKey":
        """The reverse of `str`.

        Raises:
            ValueError: the text names no dispatch.
        """
        release_id, _, rest = text.partition("/")
        purpose, _, number = rest.partition("/")
        if not release_id:
            raise ValueError(text)
        return cls(
            release_id=release_id,
            purpose=Purpose(purpose or Purpose.ANNOUNCE),
            number=int(number or 1),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was sent: the release's canonical text, and digests of all that made the bytes.

    `files` are what the release attaches; None where a log of an earlier version did not keep them.
    """

    release: str
    digests: Digests
    files: tuple[FileDigest, ...] | None = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchOrder:
    """What `begin` writes: the dispatch's key, its title for lists, and the snapshot.

    `created_at` (aware) is the `Date` of its messages; the first order's stays. `send_at` is set
    for a dispatch that is recorded now and sent later. `reason` is why, in the mail's words (of a
    cancellation).
    """

    key: DispatchKey
    title: str
    snapshot: Snapshot
    created_at: dt.datetime
    person: str = ""
    send_at: dt.datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchRecord:
    """A dispatch as the log holds it; `counts` has its deliveries by status.

    `begun_at` is when a run first mailed, None for one that only waits for its `send_at`.
    """

    id: int
    key: DispatchKey
    title: str
    state: DispatchState
    created_at: dt.datetime
    person: str = ""
    send_at: dt.datetime | None = None
    begun_at: dt.datetime | None = None
    counts: Mapping[DeliveryStatus, int] = field(default_factory=dict)
    reason: str | None = None

    def date_at(self, now: dt.datetime) -> dt.datetime:
        """The `Date` of a message of this dispatch that is made at `now` (aware).

        The dispatch's own while it is fresh, so that a resend has the same bytes; `now` for who is
        added later, since filters distrust a mail that says it is days old.
        """
        began = self.send_at or self.created_at
        is_fresh = self.state is DispatchState.OPEN and now - began < FRESH
        return began if is_fresh else now


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRecord:
    """A delivery as the log holds it.

    `recipient` is the snapshot taken when the dispatch began. `reason` is a `SkipReason` code where
    skipped. `message_id` is ours, `server_id` what the relay told. `reply` and `fault` are those of
    the last attempt.
    """

    id: int
    dispatch_id: int
    recipient: Recipient
    status: DeliveryStatus
    updated_at: dt.datetime
    reason: str | None = None
    attempts: int = 0
    next_attempt_at: dt.datetime | None = None
    message_id: str | None = None
    server_id: str | None = None
    snapshot_id: int | None = None
    phase: Phase | None = None
    reply: Reply | None = None
    fault: Fault | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRecord:
    """One SMTP transaction. `committed_at` is when its final dot was allowed, None if never."""

    delivery_id: int
    number: int
    opened_at: dt.datetime
    ended_at: dt.datetime
    status: DeliveryStatus
    phase: Phase
    committed_at: dt.datetime | None = None
    reply: Reply | None = None
    fault: Fault | None = None
    detail: str = ""
