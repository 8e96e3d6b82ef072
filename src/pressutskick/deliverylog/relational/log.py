"""Opening a dispatch, holding it, and settling what the dead left: alike in every relational log."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from time import monotonic
from typing import Any

from pressutskick.deliverylog import refusals
from pressutskick.deliverylog.relational.beginning import (
    insert_dispatch,
    insert_entries,
    insert_files,
    insert_run,
    insert_snapshot,
    recover,
)
from pressutskick.deliverylog.relational.decisions import KeptDecisions
from pressutskick.deliverylog.relational.lives import KeptLives
from pressutskick.deliverylog.relational.persons import KeptPersons
from pressutskick.deliverylog.relational.replies import KeptReplies
from pressutskick.deliverylog.relational.run import HeldDispatch
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.watermark import Watermark
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey, DispatchOrder
from pressutskick.errors import DispatchInProgress
from pressutskick.message.model import AttachedFile, Purpose


class RelationalDeliveryLog(KeptLives, KeptDecisions, KeptPersons, KeptReplies):
    """`dispatch.log.DeliveryLog` over a database. Reading needs no lock; a run holds its dispatch."""

    #: What tells an old copy of the log from the log.
    watermark: Watermark

    @abstractmethod
    def begin(
        self, order: DispatchOrder, entries: Iterable[PlanEntry], *, wait: float = 0.0
    ) -> AbstractContextManager[HeldDispatch]:
        """See DispatchLog.

        Raises:
            DeliveryLogError: besides, the log is an old copy; nothing may be sent.
        """

    @abstractmethod
    def alone(self, *, wait: float) -> AbstractContextManager[None]:
        """See DispatchLog."""

    def schedule(
        self,
        order: DispatchOrder,
        entries: Iterable[PlanEntry],
        files: Sequence[AttachedFile] = (),
    ) -> int:
        """See DispatchLog."""
        with self.holding(order.key) as session:
            values = self.write_order(session, order, entries)
            insert_files(session, values["dispatch"], files)
            session.run("end_run", values)
        self.watermark.note(values["run"])
        return int(values["dispatch"])

    def write_order(
        self, session: Session, order: DispatchOrder, entries: Iterable[PlanEntry]
    ) -> dict[str, Any]:
        """A dispatch with its run and its deliveries; their ids, the snapshot's, and the moment."""
        now = self.now_text()
        self.require_here()
        seen = self.watermark.read()
        (last,) = session.run("last_run").fetchone()
        self.watermark.check(seen, last, self.name)
        dispatch_id = insert_dispatch(session, order)
        recover(session, dispatch_id, now, self.emergency)
        run_id = insert_run(session, dispatch_id, now)
        values = {
            "dispatch": dispatch_id,
            "now": now,
            "run": run_id,
            "snapshot": insert_snapshot(session, dispatch_id, order.snapshot, now),
        }
        session.run("end_dead_runs", {"dispatch": dispatch_id, "now": now, "run": run_id})
        insert_entries(session, entries, values)
        return values

    def require_here(self) -> None:
        """Nothing, unless the log was moved.

        Raises:
            DeliveryLogError: it was; whoever goes on with it would mail people twice.
        """
        if (place := self.moved_to()) is not None:
            raise refusals.moved(self.name, place)

    def adopt(self) -> None:
        """A person knows that the log is an old copy, and goes on with it."""
        ((last,),) = self.rows("last_run")
        self.watermark.set(last)

    def halt(self, release_id: str, *, wait: float) -> None:
        """See DispatchLog."""
        until = monotonic() + wait
        self.write("stop_runs", release_id=release_id, now=self.now_text())
        rows = self.rows("dispatches_of_release", release_id=release_id)
        for dispatch_id, purpose, number in rows:
            key = DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number)
            try:
                with self.hold(key, wait=max(until - monotonic(), 0.0)):
                    self._settle(dispatch_id)
            except DispatchInProgress as error:
                ((host, pid),) = self.rows("last_run_of_dispatch", dispatch=dispatch_id)
                raise refusals.still_running(key, host, pid) from error

    def _settle(self, dispatch_id: int) -> int:
        """Settles what a dead run left; the caller holds the dispatch. How many deliveries."""
        now = self.now_text()
        with self.transaction() as session:
            settled = recover(session, dispatch_id, now, self.emergency)
            session.run("end_dead_runs", {"dispatch": dispatch_id, "now": now, "run": 0})
        return settled

    def settle_dead_runs(self) -> int:
        """See DispatchLog."""
        settled = 0
        for dispatch_id, release_id, purpose, number in self.rows("dispatches_with_open_attempts"):
            key = DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number)
            with suppress(DispatchInProgress), self.hold(key, wait=0.0):
                settled += self._settle(dispatch_id)
        return settled
