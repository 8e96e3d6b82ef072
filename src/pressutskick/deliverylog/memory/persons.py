"""What the log in memory holds about people, and how it goes: `dispatch.log.PersonalData`."""

import datetime as dt
from collections.abc import Mapping

from pressutskick.deliverylog.memory.erasure import (
    hide,
    hide_answers,
    hide_arrivals,
    hide_incoming,
    hide_samples,
    strip,
    sweep,
)
from pressutskick.deliverylog.memory.rows import MemoryDelivery, MemoryDispatch
from pressutskick.deliverylog.memory.suppressions import MemorySuppressions
from pressutskick.deliverylog.scrubbing import Scrubber
from pressutskick.dispatch.persons import (
    Erasure,
    OldDispatch,
    PersonDelivery,
    PersonRecord,
)
from pressutskick.mail import comparison_key
from pressutskick.recipients.suppression import Suppression, SuppressionReason, erasure_key


class MemoryPersons(MemorySuppressions):
    """People, by the comparison key of their address."""

    def person(self, address: str) -> PersonRecord:
        """See PersonalData."""
        key = comparison_key(address)
        entries = self.suppressions().entries
        answers = [each for (_, found), each in self._store.answers.items() if found == key]
        return PersonRecord(
            deliveries=tuple(
                PersonDelivery(
                    key=dispatch.key,
                    title=dispatch.title,
                    delivery=row.record(),
                    attempts=tuple(row.closed),
                )
                for dispatch, row in self._rows_of(key)
            ),
            answers=tuple(sorted(answers, key=lambda each: each.release_id)),
            samples=tuple(
                sample for sent_to, sample in self._store.samples if comparison_key(sent_to) == key
            ),
            replies=tuple(each for each in self._store.incoming.values() if each.key == key),
            suppressions=tuple(
                entry
                for found in (key, erasure_key(key, self.key))
                for entry in entries.get(found, ())
            ),
        )

    def _rows_of(self, key: str) -> list[tuple[MemoryDispatch, MemoryDelivery]]:
        """The person's deliveries, first one first."""
        found = [
            (dispatch, dispatch.deliveries[key])
            for dispatch in self._store.dispatches.values()
            if key in dispatch.deliveries
        ]
        return sorted(found, key=lambda pair: pair[1].id)

    def lists(self, key: str) -> Mapping[str, bool]:
        """See PersonalData."""
        found: dict[str, bool] = {}
        for row in self._store.deliveries.values():
            if (file := row.recipient.origin.file) is not None:
                found[file] = found.get(file, False) or row.key == key
        return dict(sorted(found.items()))

    def erase(self, address: str) -> Erasure:
        """See PersonalData."""
        key, now = comparison_key(address), self._now()
        rows = self._rows_of(key)
        for dispatch in (dispatch for dispatch, row in rows if row.is_open):
            with self._holding(dispatch.key):
                dispatch.recover(now)
        person = Scrubber(key, address, [row.recipient for _, row in rows])
        for dispatch, row in rows:
            row.end_waiting(SuppressionReason.ERASED, now)
            hide(dispatch, row, "erased")
        own = [place for place in self._store.answers if place[1] == key]
        others = hide_answers(self._store, own, "erased") + self.lift(key)
        others += hide_arrivals(self._store, lambda _, each: each.key == key, "erased")
        others += hide_incoming(self._store, lambda each: each.key == key, "erased")
        others += hide_samples(self._store, lambda to, _: comparison_key(to) == key)
        mark = erasure_key(key, self.key)
        self.suppress(Suppression(key=mark, reason=SuppressionReason.ERASED, created=now))
        return Erasure(deliveries=len(rows), others=others + sweep(self._store, person))

    def find_old(self, before: dt.datetime) -> tuple[OldDispatch, ...]:
        """See PersonalData."""
        return tuple(_old(each) for each in self._find_old(before))

    def _find_old(self, before: dt.datetime) -> list[MemoryDispatch]:
        return [
            each
            for each in self._store.dispatches.values()
            if each.deliveries
            and not each.is_stripped
            and max(each.created_at, each.send_at or each.created_at) < before
            and all(row.updated_at < before and not row.is_open for row in each.deliveries.values())
        ]

    def strip_old(self, before: dt.datetime) -> int:
        """See PersonalData."""
        old = self._find_old(before)
        for dispatch in old:
            strip(dispatch)
        own = {row.id for dispatch in old for row in dispatch.deliveries.values()}
        hide_incoming(self._store, lambda each: each.delivery_id in own, "stripped")
        kept = {
            each.key.release_id for each in self._store.dispatches.values() if not each.is_stripped
        }
        gone = {each.key.release_id for each in old} - kept
        hide_answers(
            self._store, [place for place in self._store.answers if place[0] in gone], "stripped"
        )
        hide_arrivals(self._store, lambda release_id, _: release_id in gone, "stripped")
        hide_samples(self._store, lambda _, sample: sample.sent_at < before)
        return sum(len(each.deliveries) for each in old)


def _old(dispatch: MemoryDispatch) -> OldDispatch:
    return OldDispatch(
        id=dispatch.id,
        key=dispatch.key,
        title=dispatch.title,
        deliveries=len(dispatch.deliveries),
        last_change=max(row.updated_at for row in dispatch.deliveries.values()),
    )
