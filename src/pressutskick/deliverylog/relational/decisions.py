"""What people decide about dispatches and deliveries, and what is put on record beside them."""

from collections.abc import Sequence

from pressutskick.deliverylog.relational.beginning import recover
from pressutskick.deliverylog.relational.chain import Source, link
from pressutskick.deliverylog.relational.rows import answer_row, moment_text, storable
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.store import Store
from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus, Resolution
from pressutskick.dispatch.door import NO_DETAILS, AnswerDetails, Arrival
from pressutskick.dispatch.incoming import AnswerNote
from pressutskick.dispatch.interfaces import Decision, Outcome
from pressutskick.dispatch.plan import EndReason
from pressutskick.dispatch.records import DispatchKey


class KeptDecisions(Store):
    """The half of `dispatch.log.DispatchLog` that runs nothing."""

    def cancel(self, dispatch_id: int) -> None:
        """See DispatchLog."""
        with self.transaction() as session:
            session.run("cancel_dispatch", {"dispatch": dispatch_id})
            self._skip_waiting(session, dispatch_id, EndReason.CALLED_OFF)

    def give_up(self, key: DispatchKey, dispatch_id: int, reason: EndReason) -> None:
        """See DispatchLog."""
        with self.holding(key) as session:
            recover(session, dispatch_id, self.now_text(), self.emergency)
            self._skip_waiting(session, dispatch_id, reason)

    def _skip_waiting(self, session: Session, dispatch_id: int, reason: EndReason) -> None:
        values = {"dispatch": dispatch_id, "reason": reason.value, "now": self.now_text()}
        session.run("skip_waiting", values)

    def resolve(self, delivery_ids: Sequence[int], choice: Resolution, *, person: str = "") -> int:
        """See DispatchLog."""
        status = {
            Resolution.RESEND: DeliveryStatus.PENDING,
            Resolution.LEAVE: DeliveryStatus.ACCEPTED,
        }[choice]
        now = self.now_text()
        changed = 0
        with self.transaction() as session:
            for delivery_id in delivery_ids:
                values = {"delivery": delivery_id, "now": now}
                cursor = session.run("resolve", {**values, "status": status.value})
                if cursor.rowcount:
                    noted = session.run(
                        "insert_resolution",
                        {**values, "choice": choice.value, "person": storable(person)},
                    )
                    link(session, Source.RESOLUTION, *noted.fetchone())
                    changed += 1
        return changed

    def note_test(
        self,
        release_id: str,
        address: str,
        message_id: str,
        outcome: Outcome,
        decision: Decision,
    ) -> None:
        """See DispatchLog."""
        reply = outcome.reply
        self.write(
            "insert_test_message",
            release_id=release_id,
            address=address,
            message_id=message_id,
            now=self.now_text(),
            status=decision.status.value,
            code=reply.code if reply else None,
            text=storable(reply.text if reply else outcome.detail),
        )

    def note_approval(self, approval: Approval) -> None:
        """See DispatchLog."""
        digests = approval.digests
        values = {
            "release_id": approval.release_id,
            "release": digests.release,
            "templates": digests.templates,
            "selection": digests.selection,
            "settings": digests.settings,
            "approver": approval.approver,
            "person": storable(approval.person),
            "approved_at": moment_text(approval.approved_at),
        }
        with self.transaction() as session:
            noted = session.run("insert_approval", values)
            link(session, Source.APPROVAL, *noted.fetchone())

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
        note = AnswerNote(
            release_id=release_id, key=key, answer=answer, source=source, details=details
        )
        self.write("upsert_answer", **answer_row(note, self.now_text()))

    def note_arrival(self, release_id: str, arrival: Arrival) -> bool:
        """See DispatchLog."""
        written = self.write(
            "insert_arrival",
            release_id=release_id,
            address_key=arrival.key,
            who=storable(arrival.name),
            outlet=storable(arrival.outlet),
            came_at=moment_text(arrival.came_at),
        )
        return bool(written)
