"""What people decide about dispatches and deliveries, and what is put on record beside them."""

import sqlite3
from collections.abc import Sequence

from pressutskick.deliverylog.sqlite.beginning import recover
from pressutskick.deliverylog.sqlite.chain import Source, link
from pressutskick.deliverylog.sqlite.rows import answer_row, moment_text, storable
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.deliverylog.sqlite.store import Store
from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.door import NO_DETAILS, AnswerDetails, Arrival
from pressutskick.dispatch.incoming import AnswerNote
from pressutskick.dispatch.interfaces import Decision, Outcome
from pressutskick.dispatch.plan import EndReason
from pressutskick.dispatch.records import DispatchKey, Resolution


class SqliteDecisions(Store):
    """The half of `dispatch.log.DispatchLog` that runs nothing."""

    def cancel(self, dispatch_id: int) -> None:
        """See DispatchLog."""
        with self.transaction() as connection:
            connection.execute(statements()["cancel_dispatch"], {"dispatch": dispatch_id})
            self._skip_waiting(connection, dispatch_id, EndReason.CALLED_OFF)

    def give_up(self, key: DispatchKey, dispatch_id: int, reason: EndReason) -> None:
        """See DispatchLog."""
        with self.holding(key) as connection:
            recover(connection, dispatch_id, self.now_text(), self.emergency)
            self._skip_waiting(connection, dispatch_id, reason)

    def _skip_waiting(
        self, connection: sqlite3.Connection, dispatch_id: int, reason: EndReason
    ) -> None:
        values = {"dispatch": dispatch_id, "reason": reason.value, "now": self.now_text()}
        connection.execute(statements()["skip_waiting"], values)

    def resolve(self, delivery_ids: Sequence[int], choice: Resolution) -> int:
        """See DispatchLog."""
        status = {
            Resolution.RESEND: DeliveryStatus.PENDING,
            Resolution.LEAVE: DeliveryStatus.ACCEPTED,
        }[choice]
        now = self.now_text()
        changed = 0
        with self.transaction() as connection:
            for delivery_id in delivery_ids:
                values = {"delivery": delivery_id, "now": now}
                cursor = connection.execute(
                    statements()["resolve"], {**values, "status": status.value}
                )
                if cursor.rowcount:
                    noted = connection.execute(
                        statements()["insert_resolution"], {**values, "choice": choice.value}
                    )
                    link(connection, Source.RESOLUTION, noted.lastrowid or 0)
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
            "approved_at": moment_text(approval.approved_at),
        }
        with self.transaction() as connection:
            noted = connection.execute(statements()["insert_approval"], values)
            link(connection, Source.APPROVAL, noted.lastrowid or 0)

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
