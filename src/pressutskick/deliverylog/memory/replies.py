"""What came back, in memory: `dispatch.log.ReplyLog`."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from pressutskick.deliverylog.memory.store import MemoryLogPart
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.incoming import (
    Batch,
    Effects,
    Incoming,
    IncomingRecord,
    IncomingState,
    SentMail,
)
from pressutskick.dispatch.persons import PersonAnswer
from pressutskick.replies.mailbox import START, Progress

_SENT = frozenset(
    {
        DeliveryStatus.ACCEPTED,
        DeliveryStatus.BOUNCED,
        DeliveryStatus.UNKNOWN,
        DeliveryStatus.COMMITTING,
    }
)


class MemoryReplies(MemoryLogPart):
    """Replies by the digest of their octets."""

    def progress(self, account: str) -> Progress:
        """See ReplyLog."""
        return self._store.mailboxes.get(account, START)

    def sent(self, since: dt.datetime | None = None) -> Iterator[SentMail]:
        """See ReplyLog."""
        for row in self._store.deliveries.values():
            is_recent = since is None or row.updated_at >= since
            if row.message_id is not None and row.status in _SENT and is_recent:
                yield SentMail(
                    delivery_id=row.id,
                    dispatch=self._store.dispatches[row.dispatch_id].key,
                    key=row.key,
                    status=row.status,
                    moment=row.updated_at,
                    message_id=row.message_id,
                    server_id=row.server_id,
                )

    def take_in(self, batch: Batch) -> tuple[Incoming, ...]:
        """See ReplyLog."""
        new = [each for each in batch.replies if self._insert(batch.account, each)]
        before = self.progress(batch.account)
        self._store.mailboxes[batch.account] = Progress(
            cursor=batch.cursor or before.cursor,
            places=frozenset((*before.places, *batch.places)),
        )
        return tuple(new)

    def _insert(self, account: str, reply: Incoming) -> bool:
        if reply.digest in self._store.incoming:
            return False
        self._store.incoming[reply.digest] = IncomingRecord(
            id=len(self._store.incoming) + 1,
            account=account,
            name=reply.name,
            kind=reply.kind,
            state=reply.state,
            key=reply.key,
            release_id=reply.release_id,
            taken_at=self._now(),
            delivery_id=reply.delivery_id,
            words=reply.words,
            mailed_at=reply.mailed_at,
            reply=reply.reply,
            is_permanent=reply.is_permanent,
            attendance=reply.attendance,
            has_photographer=reply.has_photographer,
            absence=reply.absence,
        )
        if reply.effects.bounced is not None:
            self._store.deliveries[reply.effects.bounced].returned = reply.reply
        self._follow(reply.effects)
        return True

    def _follow(self, effects: Effects) -> None:
        if effects.bounced is not None:
            row = self._store.deliveries[effects.bounced]
            if row.status in (DeliveryStatus.ACCEPTED, DeliveryStatus.UNKNOWN):
                row.status, row.updated_at = DeliveryStatus.BOUNCED, self._now()
        if (note := effects.answer) is not None:
            self._store.answers[note.release_id, note.key] = PersonAnswer(
                release_id=note.release_id,
                answer=note.answer,
                source=note.source,
                answered_at=self._now(),
                details=note.details,
            )
        if (entry := effects.suppression) is not None:
            self._store.suppressions[entry.key, entry.reason, entry.scope] = entry

    def incoming(
        self, *, state: IncomingState | None = None, release_id: str | None = None
    ) -> tuple[IncomingRecord, ...]:
        """See ReplyLog."""
        return tuple(
            self._with_recipient(each)
            for each in self._store.incoming.values()
            if state in (None, each.state) and release_id in (None, each.release_id)
        )

    def _with_recipient(self, record: IncomingRecord) -> IncomingRecord:
        if record.delivery_id is None:
            return record
        return replace(record, recipient=self._store.deliveries[record.delivery_id].recipient)

    def decide(self, incoming_id: int, state: IncomingState, effects: Effects) -> bool:
        """See ReplyLog."""
        for digest, record in self._store.incoming.items():
            if record.id == incoming_id and record.state is IncomingState.PROPOSED:
                self._store.incoming[digest] = replace(record, state=state)
                self._follow(effects)
                return True
        return False
