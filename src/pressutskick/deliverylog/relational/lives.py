"""The life of a release as the log knows it: its text now, its dispatches, who was told what.

Reads snapshots, never files: a reminder must go out though the document has been moved.
"""

from collections.abc import Iterable, Mapping

from pressutskick.deliverylog.relational.history import KeptHistory
from pressutskick.deliverylog.relational.rows import (
    read_approval,
    read_arrival,
    read_kept_answer,
    read_mail,
    read_snapshot,
)
from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.correspondence import Answer, Correspondent, gather
from pressutskick.dispatch.door import Arrival, KeptAnswer
from pressutskick.dispatch.life import Life, read_lives, read_texts
from pressutskick.dispatch.records import DispatchRecord, Snapshot
from pressutskick.dispatch.texts import Text, read_text


class KeptLives(KeptHistory):
    """What was sent, release by release; with what came before, all of `dispatch.log.History`."""

    def lives(self) -> tuple[Life, ...]:
        """See History."""
        return self._read_lives(self.dispatches())

    def life(self, release_id: str) -> Life | None:
        """See History."""
        own = (record for record in self.dispatches() if record.key.release_id == release_id)
        return next(iter(self._read_lives(own)), None)

    def _read_lives(self, records: Iterable[DispatchRecord]) -> tuple[Life, ...]:
        def latest(release_id: str) -> Snapshot | None:
            rows = self.rows("latest_of_release", release_id=release_id)
            return next(map(read_snapshot, rows), None)

        return read_lives(records, latest)

    def texts(self, release_id: str) -> Mapping[int, Text]:
        """See History."""
        rows = self.rows("texts_of_release", release_id=release_id)
        return read_texts((row[0], read_snapshot(row)) for row in rows)

    def text_before(self, release_id: str, dispatch_id: int) -> Text | None:
        """See History."""
        rows = self.rows("text_before", release_id=release_id, dispatch=dispatch_id)
        return next((read_text(read_snapshot(row)) for row in rows), None)

    def correspondence(self, release_id: str) -> Mapping[str, Correspondent]:
        """See History."""
        return gather(self.pages("correspondence", {"release_id": release_id}, read_mail))

    def answers(self, release_id: str) -> Mapping[str, Answer]:
        """See History."""
        return {key: Answer(word) for key, word in self.rows("answers", release_id=release_id)}

    def kept_answers(self, release_id: str) -> Mapping[str, KeptAnswer]:
        """See History."""
        rows = self.rows("kept_answers", release_id=release_id)
        return {key: read_kept_answer(rest) for key, *rest in rows}

    def arrivals(self, release_id: str) -> tuple[Arrival, ...]:
        """See History."""
        return tuple(map(read_arrival, self.rows("arrivals", release_id=release_id)))

    def approvals(self, release_id: str) -> tuple[Approval, ...]:
        """See History."""
        return tuple(map(read_approval, self.rows("approvals", release_id=release_id)))
