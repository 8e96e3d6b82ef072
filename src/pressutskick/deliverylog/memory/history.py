"""What was sent, and what came of it: `dispatch.log.History` in memory."""

from collections.abc import Iterable, Iterator, Mapping

from pressutskick.deliverylog.memory.rows import MemoryDispatch
from pressutskick.deliverylog.memory.store import MemoryLogPart
from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.correspondence import Answer, Correspondent, gather
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.door import Arrival, KeptAnswer
from pressutskick.dispatch.life import Life, read_lives, read_texts
from pressutskick.dispatch.records import (
    AttemptRecord,
    DeliveryRecord,
    DispatchKey,
    DispatchRecord,
    ResolutionRecord,
    Snapshot,
)
from pressutskick.dispatch.texts import Text, read_text
from pressutskick.message.model import AttachedFile, Purpose

#: Purposes whose text is that of the release from then on.
_TELLING = (Purpose.ANNOUNCE, Purpose.CORRECTION)


class MemoryHistory(MemoryLogPart):
    """Reads what is there."""

    def find(self, key: DispatchKey) -> DispatchRecord | None:
        """See History."""
        found = self._find(key)
        return found.record() if found is not None else None

    def dispatches(self) -> tuple[DispatchRecord, ...]:
        """See History."""
        return tuple(each.record() for each in self._store.dispatches.values())

    def deliveries(
        self, dispatch_id: int, *, status: DeliveryStatus | None = None
    ) -> Iterator[DeliveryRecord]:
        """See History."""
        dispatch = self._store.dispatches.get(dispatch_id)
        for each in tuple(dispatch.deliveries.values()) if dispatch is not None else ():
            if status is None or each.status is status:
                yield each.record()

    def attempts(self, delivery_id: int) -> tuple[AttemptRecord, ...]:
        """See History."""
        delivery = self._store.deliveries.get(delivery_id)
        return tuple(delivery.closed) if delivery is not None else ()

    def resolutions(self, release_id: str) -> tuple[ResolutionRecord, ...]:
        """See History."""
        own = {each.id for each in self._of(release_id, *Purpose)}
        return tuple(
            each
            for each in self._store.resolutions
            if self._store.deliveries[each.delivery_id].dispatch_id in own
        )

    def snapshot(self, dispatch_id: int, *, snapshot_id: int | None = None) -> Snapshot | None:
        """See History."""
        if snapshot_id is not None:
            return self._snapshots(self._store.dispatches.values()).get(snapshot_id)
        dispatch = self._store.dispatches.get(dispatch_id)
        return _last(dispatch.snapshots) if dispatch is not None else None

    def known(self, dispatch_id: int, keys: Iterable[str]) -> Mapping[str, DeliveryStatus]:
        """See History."""
        dispatch = self._store.dispatches.get(dispatch_id)
        rows = dispatch.deliveries if dispatch is not None else {}
        return {key: rows[key].status for key in keys if key in rows}

    def files(self, dispatch_id: int) -> tuple[AttachedFile, ...]:
        """See History."""
        dispatch = self._store.dispatches.get(dispatch_id)
        return dispatch.files if dispatch is not None else ()

    def lives(self) -> tuple[Life, ...]:
        """See History."""
        return read_lives(self.dispatches(), self._latest)

    def life(self, release_id: str) -> Life | None:
        """See History."""
        own = (record for record in self.dispatches() if record.key.release_id == release_id)
        return next(iter(read_lives(own, self._latest)), None)

    def _latest(self, release_id: str) -> Snapshot | None:
        return _last(self._snapshots(self._of(release_id, *_TELLING)))

    def texts(self, release_id: str) -> Mapping[int, Text]:
        """See History."""
        found = self._snapshots(self._of(release_id, *Purpose))
        return read_texts(found.items())

    def text_before(self, release_id: str, dispatch_id: int) -> Text | None:
        """See History."""
        dispatch = self._store.dispatches.get(dispatch_id)
        first = min(dispatch.snapshots, default=0) if dispatch is not None else 0
        told = self._snapshots(self._of(release_id, *_TELLING))
        before = _last({number: each for number, each in told.items() if number < first})
        return read_text(before) if before is not None else None

    def correspondence(self, release_id: str) -> Mapping[str, Correspondent]:
        """See History."""
        found = [
            (row.id, dispatch.mail(row))
            for dispatch in self._of(release_id, *Purpose)
            for row in dispatch.deliveries.values()
            if not row.is_hidden
        ]
        return gather(mail for _, mail in sorted(found, key=lambda each: each[0]))

    def answers(self, release_id: str) -> Mapping[str, Answer]:
        """See History."""
        found = self._store.answers.items()
        return {key: each.answer for (release, key), each in found if release == release_id}

    def kept_answers(self, release_id: str) -> Mapping[str, KeptAnswer]:
        """See History."""
        return {
            key: KeptAnswer(
                answer=each.answer,
                source=each.source,
                answered_at=each.answered_at,
                details=each.details,
            )
            for (release, key), each in self._store.answers.items()
            if release == release_id
        }

    def arrivals(self, release_id: str) -> tuple[Arrival, ...]:
        """See History."""
        found = self._store.arrivals.items()
        return tuple(each for (release, _), each in found if release == release_id)

    def approvals(self, release_id: str) -> tuple[Approval, ...]:
        """See History."""
        return tuple(each for each in self._store.approvals if each.release_id == release_id)

    def _of(self, release_id: str, *purposes: Purpose) -> list[MemoryDispatch]:
        return [
            each
            for each in self._store.dispatches.values()
            if each.key.release_id == release_id and each.key.purpose in purposes
        ]

    @staticmethod
    def _snapshots(dispatches: Iterable[MemoryDispatch]) -> dict[int, Snapshot]:
        found = [pair for dispatch in dispatches for pair in dispatch.snapshots.items()]
        return dict(sorted(found, key=lambda pair: pair[0]))


def _last(snapshots: Mapping[int, Snapshot]) -> Snapshot | None:
    return snapshots[max(snapshots)] if snapshots else None
