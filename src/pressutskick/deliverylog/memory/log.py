"""The whole delivery log in memory: beginning dispatches, and what people decide about them."""

import datetime as dt
import os
import platform
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from time import monotonic

from pressutskick.deliverylog import refusals
from pressutskick.deliverylog.memory.history import MemoryHistory
from pressutskick.deliverylog.memory.persons import MemoryPersons
from pressutskick.deliverylog.memory.replies import MemoryReplies
from pressutskick.deliverylog.memory.rows import MemoryDelivery, MemoryDispatch
from pressutskick.deliverylog.memory.run import MemoryRun
from pressutskick.deliverylog.memory.store import held
from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus, Resolution
from pressutskick.dispatch.door import NO_DETAILS, AnswerDetails, Arrival
from pressutskick.dispatch.interfaces import Decision, Outcome
from pressutskick.dispatch.persons import PersonAnswer, PersonSample
from pressutskick.dispatch.plan import EndReason, PlanEntry
from pressutskick.dispatch.records import (
    DispatchKey,
    DispatchOrder,
    DispatchState,
    ResolutionRecord,
)
from pressutskick.errors import DispatchInProgress
from pressutskick.message.model import AttachedFile


class MemoryDeliveryLog(MemoryHistory, MemoryPersons, MemoryReplies):
    """`dispatch.log.DeliveryLog` without a store; begins empty."""

    def __init__(self, *, now: Callable[[], dt.datetime], key: bytes | None = None) -> None:
        """`now` gives aware moments for all times in the log; `key` is its secret, else any."""
        super().__init__(key=secrets.token_bytes(32) if key is None else key, now=now)
        self._running: dict[DispatchKey, MemoryRun] = {}

    @contextmanager
    def begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry], *, wait: float = 0.0
    ) -> Iterator[MemoryRun]:
        """See DispatchLog."""
        with self._holding(order.key, wait):
            dispatch, run_id = self._write(order, entries)
            if dispatch.state is DispatchState.SCHEDULED:
                dispatch.state = DispatchState.OPEN
            run = self._running[order.key] = MemoryRun(dispatch, run_id, self._now)
            try:
                yield run
            finally:
                del self._running[order.key]
                dispatch.recover(self._now())

    def halt(self, release_id: str, *, wait: float) -> None:
        """See DispatchLog."""
        until = monotonic() + wait
        running = {
            key: run for key, run in tuple(self._running.items()) if key.release_id == release_id
        }
        for run in running.values():
            run.stop()
        for key in running:
            refuse = partial(refusals.still_running, key, platform.node(), os.getpid())
            with held(self._locks[key], until - monotonic(), refuse):
                """It has ended, and settled what it left."""

    def schedule(
        self,
        order: DispatchOrder,
        entries: Iterable[PlanEntry],
        files: Sequence[AttachedFile] = (),
    ) -> int:
        """See DispatchLog."""
        with self._holding(order.key):
            dispatch, _ = self._write(order, entries)
            dispatch.files = tuple(files)
            return dispatch.id

    def _write(
        self, order: DispatchOrder, entries: Iterable[PlanEntry]
    ) -> tuple[MemoryDispatch, int]:
        """The dispatch with what the order changes in it, and the number of the run."""
        # A plan that breaks half-way changes nothing.
        wanted = [entry for entry in entries if entry.is_recorded]
        dispatch, now, run_id = self._take(order), self._now(), next(self._store.run_numbers)
        dispatch.recover(now)
        dispatch.runs.append(now)
        snapshot_id = max(dispatch.snapshots, default=0)
        if dispatch.snapshots.get(snapshot_id) != order.snapshot:
            snapshot_id = next(self._store.snapshot_numbers)
            dispatch.snapshots[snapshot_id] = order.snapshot
        for entry in wanted:
            row = self._row(dispatch, entry, now)
            if entry.is_ready:
                row.choose(entry, run_id, snapshot_id, now)
            else:
                row.leave_out(entry.reason, now)
        return dispatch, run_id

    def _take(self, order: DispatchOrder) -> MemoryDispatch:
        """The dispatch of the order; as long as it only waits for its time, that may be changed.

        Raises:
            DeliveryLogError: it was called off, or stripped of its people.
        """
        dispatch = self._find(order.key)
        if dispatch is None:
            dispatch = MemoryDispatch(
                id=len(self._store.dispatches) + 1,
                key=order.key,
                title=order.title,
                state=DispatchState.SCHEDULED if order.send_at else DispatchState.OPEN,
                created_at=order.created_at,
                send_at=order.send_at,
                person=order.person,
            )
            self._store.dispatches[dispatch.id] = dispatch
        if dispatch.state is DispatchState.CANCELLED:
            raise refusals.called_off(order.key)
        if dispatch.is_stripped:
            raise refusals.stripped(order.key)
        dispatch.title, dispatch.reason = order.title, order.reason
        if dispatch.state is DispatchState.SCHEDULED:
            dispatch.created_at, dispatch.send_at = order.created_at, order.send_at
            dispatch.person = order.person
        return dispatch

    def _row(self, dispatch: MemoryDispatch, entry: PlanEntry, now: dt.datetime) -> MemoryDelivery:
        """The mailbox's delivery; a new one waits for what the entry makes of it."""
        key = entry.recipient.mailbox.key
        row = dispatch.deliveries.get(key)
        if row is None:
            row = MemoryDelivery(
                id=len(self._store.deliveries) + 1,
                dispatch_id=dispatch.id,
                key=key,
                recipient=entry.recipient,
                status=DeliveryStatus.SKIPPED,
                reason=entry.reason,
                updated_at=now,
            )
            dispatch.deliveries[key] = self._store.deliveries[row.id] = row
        return row

    @contextmanager
    def alone(self, *, wait: float) -> Iterator[None]:
        """See DispatchLog."""
        with held(self._followup, wait, refusals.followup_in_progress):
            yield

    def settle_dead_runs(self) -> int:
        """See DispatchLog."""
        settled = 0
        for dispatch in self._store.dispatches.values():
            with suppress(DispatchInProgress), self._holding(dispatch.key):
                settled += dispatch.recover(self._now())
        return settled

    def cancel(self, dispatch_id: int) -> None:
        """See DispatchLog."""
        if (dispatch := self._store.dispatches.get(dispatch_id)) is not None:
            dispatch.state = DispatchState.CANCELLED
            dispatch.end_waiting(EndReason.CALLED_OFF, self._now())

    def give_up(self, key: DispatchKey, dispatch_id: int, reason: EndReason) -> None:
        """See DispatchLog."""
        with self._holding(key):
            if (dispatch := self._store.dispatches.get(dispatch_id)) is not None:
                dispatch.recover(self._now())
                dispatch.end_waiting(reason, self._now())

    def resolve(self, delivery_ids: Sequence[int], choice: Resolution, *, person: str = "") -> int:
        """See DispatchLog."""
        rows = filter(None, map(self._store.deliveries.get, delivery_ids))
        changed = [row for row in rows if row.resolve(choice, self._now())]
        self._store.resolutions += [
            ResolutionRecord(
                delivery_id=row.id,
                attempt=row.attempts,
                choice=choice,
                decided_at=row.updated_at,
                person=person,
            )
            for row in changed
        ]
        return len(changed)

    def note_test(
        self,
        release_id: str,
        address: str,
        message_id: str,
        outcome: Outcome,
        decision: Decision,
    ) -> None:
        """See DispatchLog."""
        sample = PersonSample(release_id=release_id, sent_at=self._now(), status=decision.status)
        self._store.samples.append((address, sample))

    def note_approval(self, approval: Approval) -> None:
        """See DispatchLog."""
        self._store.approvals.append(approval)

    def note_answer(
        self,
        release_id: str,
        key: str,
        answer: Answer,
        *,
        source: str,
        details: AnswerDetails = NO_DETAILS,
    ) -> None:
        """See DispatchLog."""
        self._store.answers[release_id, key] = PersonAnswer(
            release_id=release_id,
            answer=answer,
            source=source,
            answered_at=self._now(),
            details=details,
        )

    def note_arrival(self, release_id: str, arrival: Arrival) -> bool:
        """See DispatchLog."""
        known = {key for id_, key in self._store.arrivals if id_ == release_id}
        identity = arrival.key or f"walk-in:{len(self._store.arrivals)}"
        if identity in known:
            return False
        self._store.arrivals[release_id, identity] = arrival
        return True
