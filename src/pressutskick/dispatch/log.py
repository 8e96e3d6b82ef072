"""The delivery log as everybody knows it who is no adapter of it.

Five protocols, so that each says in its signature how much of the log it needs; `DeliveryLog` is
all of them, and what an adapter in `deliverylog/` must be. tests/contract holds every adapter to
the same words. Whether a store is whole is asked of the store before it is opened, and so not here.

A log has a clock of its own, given when it is opened: every moment that it writes is read there.
Every method may raise `DeliveryLogError`: the log cannot be read, or not be written.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.correspondence import Answer, Correspondent
from pressutskick.dispatch.delivery import DeliveryStatus, Resolution
from pressutskick.dispatch.door import NO_DETAILS, AnswerDetails, Arrival, KeptAnswer
from pressutskick.dispatch.incoming import (
    Batch,
    Effects,
    Incoming,
    IncomingRecord,
    IncomingState,
    SentMail,
)
from pressutskick.dispatch.interfaces import Decision, OpenDispatch, Outcome
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.persons import Erasure, OldDispatch, PersonRecord
from pressutskick.dispatch.plan import EndReason, PlanEntry
from pressutskick.dispatch.records import (
    AttemptRecord,
    DeliveryRecord,
    DispatchKey,
    DispatchOrder,
    DispatchRecord,
    ResolutionRecord,
    Snapshot,
)
from pressutskick.dispatch.texts import Text
from pressutskick.message.model import AttachedFile
from pressutskick.recipients.suppression import Suppression, Suppressions
from pressutskick.replies.mailbox import Progress


class DispatchLog(Protocol):
    """What is sent: dispatches begin, run and end here, and people decide about them."""

    @property
    def key(self) -> bytes:
        """Secret of this log: Message-IDs and the hashes of erased addresses hang on it."""

    def begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry], *, wait: float = 0.0
    ) -> AbstractContextManager[OpenDispatch]:
        """Holds the dispatch alone, writes it with its deliveries in one transaction, opens it.

        The same order again goes on: new recipients are added, who waits is chosen again, who has
        an outcome keeps it. Waits up to `wait` seconds for another run of the same dispatch. What
        the run leaves open is settled at its end, as for one that died.

        Raises:
            DispatchInProgress: another run has it still.
            DeliveryLogError: the log cannot be written, or the dispatch was called off or stripped;
                nothing may be sent.
        """

    def schedule(
        self,
        order: DispatchOrder,
        entries: Iterable[PlanEntry],
        files: Sequence[AttachedFile] = (),
    ) -> int:
        """Writes a dispatch for `order.send_at`, its deliveries waiting; gives its id.

        `files` are kept with it, in place of those of an earlier time. Raises as `begin` does.
        """

    def alone(self, *, wait: float) -> AbstractContextManager[None]:
        """Held by whatever mails after an invitation (reminders, a correction, a cancellation).

        Two of them would each decide on what the other is about to change. Waits up to `wait`
        seconds.

        Raises:
            DispatchInProgress: another run has it still.
        """

    def halt(self, release_id: str, *, wait: float) -> None:
        """Ends whatever mails something of the release; who got it is known from then on.

        A run finishes what is in flight, gives back what it has claimed, and leaves the rest
        waiting. Waits up to `wait` seconds for that.

        Raises:
            DispatchInProgress: a run has not ended; it sends nothing new all the same.
        """

    def settle_dead_runs(self) -> int:
        """Settles what runs left open that have died; how many deliveries that were.

        A run that lives is left alone.
        """

    def cancel(self, dispatch_id: int) -> None:
        """Calls a dispatch off: nothing more of it goes out."""

    def give_up(self, key: DispatchKey, dispatch_id: int, reason: EndReason) -> None:
        """The dispatch has outlived its use: who waits in it gets nothing of it.

        Raises:
            DispatchInProgress: a run has it.
        """

    def resolve(self, delivery_ids: Sequence[int], choice: Resolution, *, person: str = "") -> int:
        """The decision of `person` about unknown or rejected deliveries; how many it changed.

        `RESEND` lets the next `send` mail them again, `LEAVE` counts unknown ones as accepted.
        """

    def note_test(
        self,
        release_id: str,
        address: str,
        message_id: str,
        outcome: Outcome,
        decision: Decision,
    ) -> None:
        """Puts a sample message on record; it is no delivery and counts nowhere."""

    def note_approval(self, approval: Approval) -> None:
        """Keeps somebody's yes, for good."""

    def note_answer(
        self,
        release_id: str,
        key: str,
        answer: Answer,
        *,
        source: str,
        details: AnswerDetails = NO_DETAILS,
    ) -> None:
        """Keeps what somebody (a comparison key) has answered; the last answer counts.

        `source` says how it came, in words.
        """

    def note_arrival(self, release_id: str, arrival: Arrival) -> bool:
        """Keeps that somebody came; False where the same was noted before."""


class History(Protocol):
    """What was sent, and what came of it."""

    def find(self, key: DispatchKey) -> DispatchRecord | None:
        """The dispatch, None where there is none."""

    def dispatches(self) -> tuple[DispatchRecord, ...]:
        """All dispatches, oldest first."""

    def deliveries(
        self, dispatch_id: int, *, status: DeliveryStatus | None = None
    ) -> Iterator[DeliveryRecord]:
        """Deliveries in the order of sending, of one status where one is named."""

    def attempts(self, delivery_id: int) -> tuple[AttemptRecord, ...]:
        """Every closed attempt of a delivery, first one first."""

    def resolutions(self, release_id: str) -> tuple[ResolutionRecord, ...]:
        """What people decided about deliveries of the release, oldest first."""

    def snapshot(self, dispatch_id: int, *, snapshot_id: int | None = None) -> Snapshot | None:
        """The dispatch's last snapshot, or the one that a delivery names; None before any."""

    def known(self, dispatch_id: int, keys: Iterable[str]) -> Mapping[str, DeliveryStatus]:
        """Statuses of those comparison keys that have a delivery in the dispatch."""

    def files(self, dispatch_id: int) -> tuple[AttachedFile, ...]:
        """What `schedule` kept with the dispatch."""

    def lives(self) -> tuple[Life, ...]:
        """All releases of the log, in the order of their first dispatch."""

    def life(self, release_id: str) -> Life | None:
        """The life of one release; None where nothing of it was ever sent or scheduled."""

    def texts(self, release_id: str) -> Mapping[int, Text]:
        """Every text that anything of the release went out with, by its snapshot, oldest first."""

    def text_before(self, release_id: str, dispatch_id: int) -> Text | None:
        """The text that held when the correction `dispatch_id` was begun."""

    def correspondence(self, release_id: str) -> Mapping[str, Correspondent]:
        """Everybody to whom something of the release was sent or tried, by comparison key."""

    def answers(self, release_id: str) -> Mapping[str, Answer]:
        """Who has answered, by comparison key."""

    def kept_answers(self, release_id: str) -> Mapping[str, KeptAnswer]:
        """Who has answered, with all that belongs to it, by comparison key."""

    def arrivals(self, release_id: str) -> tuple[Arrival, ...]:
        """Who came, in that order."""

    def approvals(self, release_id: str) -> tuple[Approval, ...]:
        """Every approval of the release, oldest first."""


class SuppressionList(Protocol):
    """Who must not be mailed."""

    def suppressions(self) -> Suppressions:
        """All that stands against mailing anybody, with what recognises erased persons."""

    def suppress(self, suppression: Suppression) -> None:
        """Adds an entry; the same key, reason and scope again replaces the earlier one."""

    def lift(self, key: str, *, is_erased: bool = False) -> int:
        """Takes away what stands against `key` (a comparison key); how many entries that were.

        The mark of an erased person is lifted only where `is_erased` says so, and then only that.
        """


class PersonalData(Protocol):
    """What is held about people, and how it goes."""

    def person(self, address: str) -> PersonRecord:
        """All that the log holds about one person."""

    def lists(self, key: str) -> Mapping[str, bool]:
        """The list files that any delivery came from, and whether one to this mailbox did."""

    def erase(self, address: str) -> Erasure:
        """Makes one person unrecognisable, for good, and keeps the hash that bars mail to them.

        Rows stay, so that counts stay; address, name and what servers said of the person go, and so
        do the bytes.

        Raises:
            DispatchInProgress: a run has a message to them in hand.
        """

    def find_old(self, before: dt.datetime) -> tuple[OldDispatch, ...]:
        """Dispatches in which nothing has happened since `before` and whose people still show."""

    def strip_old(self, before: dt.datetime) -> int:
        """Makes everybody in those dispatches unrecognisable; how many deliveries that were.

        A stripped dispatch can never be gone on with: nobody knows any more who has had it.
        """


class ReplyLog(Protocol):
    """What came back, and how far each mailbox was read."""

    def progress(self, account: str) -> Progress:
        """How far the mailbox was read; `since` is None."""

    def sent(self, since: dt.datetime | None = None) -> Iterator[SentMail]:
        """Every delivery of which something went out or may have, in the order of sending.

        `since` leaves out those whose last change is older.
        """

    def take_in(self, batch: Batch) -> tuple[Incoming, ...]:
        """Keeps a batch with all that follows from it, and how far one came, in one transaction.

        Gives the replies that were new; one whose digest is known already changes nothing.
        """

    def incoming(
        self, *, state: IncomingState | None = None, release_id: str | None = None
    ) -> tuple[IncomingRecord, ...]:
        """What was kept, in the order in which it came."""

    def decide(self, incoming_id: int, state: IncomingState, effects: Effects) -> bool:
        """A person's decision about what is proposed, with what follows from it.

        False where it was decided meanwhile; nothing follows then.
        """


class DeliveryLog(DispatchLog, History, SuppressionList, PersonalData, ReplyLog, Protocol):
    """The whole log."""
