"""What the log holds about people, and how it goes: `dispatch.log.PersonalData`."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from pressutskick.deliverylog.relational import erasure
from pressutskick.deliverylog.relational.beginning import recover
from pressutskick.deliverylog.relational.chain import relinking
from pressutskick.deliverylog.relational.history import KeptHistory
from pressutskick.deliverylog.relational.replies import read_incoming
from pressutskick.deliverylog.relational.rows import (
    DELIVERY_WIDTH,
    moment_text,
    read_delivery,
    read_kept_answer,
)
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.suppressions import KeptSuppressions
from pressutskick.deliverylog.scrubbing import Scrubber
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.persons import (
    Erasure,
    OldDispatch,
    PersonAnswer,
    PersonDelivery,
    PersonRecord,
    PersonSample,
)
from pressutskick.dispatch.records import DispatchKey
from pressutskick.mail import comparison_key
from pressutskick.message.model import Purpose
from pressutskick.recipients.suppression import erasure_key


class KeptPersons(KeptHistory, KeptSuppressions):
    """People, by the comparison key of their address."""

    def person(self, address: str) -> PersonRecord:
        """See PersonalData."""
        key = comparison_key(address)
        suppressions = self.suppressions()
        return PersonRecord(
            deliveries=tuple(map(self._delivery, self.rows("deliveries_of_person", key=key))),
            answers=tuple(map(_answer, self.rows("answers_of_person", key=key))),
            samples=tuple(
                PersonSample(
                    release_id=release,
                    sent_at=dt.datetime.fromisoformat(at),
                    status=DeliveryStatus(status),
                )
                for _id, sample, release, at, status in self.rows("test_messages")
                if comparison_key(sample) == key
            ),
            replies=tuple(map(read_incoming, self.rows("incoming_of_person", key=key))),
            suppressions=tuple(
                entry
                for found in (key, erasure_key(key, self.key))
                for entry in suppressions.entries.get(found, ())
            ),
        )

    def _delivery(self, row: Sequence[Any]) -> PersonDelivery:
        delivery = read_delivery(row[:DELIVERY_WIDTH])
        release_id, purpose, number, title = row[DELIVERY_WIDTH:]
        return PersonDelivery(
            key=DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number),
            title=title,
            delivery=delivery,
            attempts=self.attempts(delivery.id),
        )

    def lists(self, key: str) -> Mapping[str, bool]:
        """See PersonalData."""
        return {file: bool(is_own) for file, is_own in self.rows("lists_of_log", key=key)}

    def erase(self, address: str) -> Erasure:
        """See PersonalData.

        Raises:
            DeliveryLogError: besides, another program reads the log, so that bytes are left.
        """
        key = comparison_key(address)
        self._settle_open(key)
        with self.connection() as session:
            with session.transaction(), relinking(session):
                person = erasure.find_person(session, key, address)
                deliveries, others = erasure.blank(
                    session, key, dt.datetime.fromisoformat(self.now_text()), self.key
                )
                others += erasure.sweep(session, person)
            self.overwrite(session)
        self.clean_beside(person)
        return Erasure(deliveries=deliveries, others=others)

    @abstractmethod
    def overwrite(self, session: Session) -> None:
        """Leaves nothing of what was deleted in the database's files, as far as it can."""

    def clean_beside(self, person: Scrubber) -> None:
        """Replies in the emergency file lose address and name."""
        emergency = self.emergency
        if emergency.path.exists():
            text = emergency.path.read_text("ascii", errors="replace")
            cleaned = person.blot(text)
            if cleaned != text:
                emergency.rewrite(cleaned)

    def _settle_open(self, key: str) -> None:
        """Takes back what a dead run left open; a living one is left alone."""
        for dispatch_id, release_id, purpose, number in self.rows(
            "open_dispatches_of_person", key=key
        ):
            dispatch = DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number)
            with self.holding(dispatch) as session:
                recover(session, dispatch_id, self.now_text(), self.emergency)

    def find_old(self, before: dt.datetime) -> tuple[OldDispatch, ...]:
        """See PersonalData."""
        return tuple(map(_old, self.rows("dispatches_to_strip", before=moment_text(before))))

    def strip_old(self, before: dt.datetime) -> int:
        """See PersonalData."""
        old, stripped = self.find_old(before), 0
        with self.connection() as session:
            with session.transaction(), relinking(session):
                for dispatch in old:
                    stripped += erasure.strip(session, dispatch, self.now_text())
                session.run("strip_test_messages", {"before": moment_text(before)})
            if old:
                self.overwrite(session)
        return stripped


def _answer(row: Sequence[Any]) -> PersonAnswer:
    release, *rest = row
    kept = read_kept_answer(rest)
    return PersonAnswer(
        release_id=release,
        answer=kept.answer,
        source=kept.source,
        answered_at=kept.answered_at,
        details=kept.details,
    )


def _old(row: Sequence[Any]) -> OldDispatch:
    id_, release_id, purpose, number, title, count, changed = row
    return OldDispatch(
        id=id_,
        key=DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number),
        title=title,
        deliveries=count,
        last_change=dt.datetime.fromisoformat(changed),
    )
