"""What the log holds about people, and how it goes: `dispatch.log.PersonalData`."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pressutskick.deliverylog.sqlite import erasure
from pressutskick.deliverylog.sqlite.beginning import recover
from pressutskick.deliverylog.sqlite.chain import relinking
from pressutskick.deliverylog.sqlite.history import SqliteHistory
from pressutskick.deliverylog.sqlite.replies import read_incoming
from pressutskick.deliverylog.sqlite.rows import (
    DELIVERY_WIDTH,
    moment_text,
    read_delivery,
    read_kept_answer,
)
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.deliverylog.sqlite.store import transaction
from pressutskick.deliverylog.sqlite.suppressions import SqliteSuppressions
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


class SqlitePersons(SqliteHistory, SqliteSuppressions):
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
        with self.connection() as connection:
            # VACUUM's scratch copy must not lie about in a folder for temporary files.
            connection.execute("PRAGMA temp_store = MEMORY")
            with transaction(connection), relinking(connection):
                person = erasure.find_person(connection, key, address)
                deliveries, others = erasure.blank(connection, key, self._now(), self.key)
                others += erasure.sweep(connection, person)
            erasure.overwrite(connection)
        erasure.clean_beside(self.path, self.emergency, person)
        return Erasure(deliveries=deliveries, others=others)

    def _settle_open(self, key: str) -> None:
        """Takes back what a dead run left open; a living one is left alone."""
        for dispatch_id, release_id, purpose, number in self.rows(
            "open_dispatches_of_person", key=key
        ):
            dispatch = DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number)
            with self.holding(dispatch) as connection:
                recover(connection, dispatch_id, self.now_text(), self.emergency)

    def find_old(self, before: dt.datetime) -> tuple[OldDispatch, ...]:
        """See PersonalData."""
        return tuple(map(_old, self.rows("dispatches_to_strip", before=moment_text(before))))

    def strip_old(self, before: dt.datetime) -> int:
        """See PersonalData."""
        old, sql, stripped = self.find_old(before), statements(), 0
        with self.connection() as connection:
            connection.execute("PRAGMA temp_store = MEMORY")
            with transaction(connection), relinking(connection):
                for dispatch in old:
                    stripped += erasure.strip(connection, dispatch, self.now_text())
                connection.execute(sql["strip_test_messages"], {"before": moment_text(before)})
            if old:
                erasure.overwrite(connection)
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
