"""What came back, kept in the log: `dispatch.log.ReplyLog`."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

from pressutskick.deliverylog.relational.rows import (
    answer_row,
    moment_text,
    read_moment,
    read_reply,
    storable,
)
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.store import Store
from pressutskick.deliverylog.relational.suppressions import put_suppression
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.incoming import (
    Batch,
    Effects,
    Incoming,
    IncomingRecord,
    IncomingState,
    SentMail,
)
from pressutskick.dispatch.records import DispatchKey
from pressutskick.message.model import Purpose
from pressutskick.recipients.snapshot import read_recipient
from pressutskick.replies.mailbox import Cursor, Progress
from pressutskick.replies.verdict import Absence, ReplyKind


class KeptReplies(Store):
    """Replies by the digest of their octets."""

    def progress(self, account: str) -> Progress:
        """See ReplyLog."""
        found = self.rows("mailbox_cursor", account=account)
        cursor = Cursor(validity=found[0][0], uid=found[0][1]) if found else None
        places = frozenset(place for (place,) in self.rows("mailbox_places", account=account))
        return Progress(cursor=cursor, places=places)

    def sent(self, since: dt.datetime | None = None) -> Iterator[SentMail]:
        """See ReplyLog."""
        values = {"since": moment_text(since) if since else None}
        return self.pages("sent_mails", values, _read_sent)

    def take_in(self, batch: Batch) -> tuple[Incoming, ...]:
        """See ReplyLog."""
        account = storable(batch.account)
        with self.transaction() as session:
            new = tuple(each for each in batch.replies if self._insert(session, account, each))
            if batch.places:
                places = json.dumps(sorted(batch.places))
                session.run("insert_places", {"account": account, "places": places})
            if batch.cursor is not None:
                values = {"validity": batch.cursor.validity, "uid": batch.cursor.uid}
                session.run("upsert_cursor", {"account": account, **values})
        return new

    def _insert(self, session: Session, account: str, reply: Incoming) -> bool:
        values = {**_row(reply), "account": account, "now": self.now_text()}
        if not session.run("insert_incoming", values).rowcount:
            return False
        self._follow(session, reply.effects)
        return True

    def _follow(self, session: Session, effects: Effects) -> None:
        now = self.now_text()
        if effects.bounced is not None:
            values = {"delivery": effects.bounced, "now": now}
            session.run("count_unknown_as_accepted", values)
            session.run("bounce_delivery", values)
        if (note := effects.answer) is not None:
            session.run("upsert_answer", answer_row(note, now))
        if effects.suppression is not None:
            put_suppression(session, effects.suppression)

    def incoming(
        self, *, state: IncomingState | None = None, release_id: str | None = None
    ) -> tuple[IncomingRecord, ...]:
        """See ReplyLog."""
        wanted = {"state": state.value if state else None, "release_id": release_id}
        return tuple(map(read_incoming, self.rows("list_incoming", **wanted)))

    def decide(self, incoming_id: int, state: IncomingState, effects: Effects) -> bool:
        """See ReplyLog."""
        values = {"id": incoming_id, "state": state.value, "now": self.now_text()}
        with self.transaction() as session:
            if not session.run("decide_incoming", values).rowcount:
                return False
            self._follow(session, effects)
        return True


def _row(reply: Incoming) -> dict[str, object]:
    """The values of `insert_incoming`, mailbox and moment apart."""
    server, absence = reply.reply, reply.absence or Absence()
    return {
        "digest": reply.digest,
        "name": storable(reply.name),
        "kind": reply.kind.value,
        "state": reply.state.value,
        "address_key": storable(reply.key),
        "release_id": reply.release_id,
        "delivery_id": reply.delivery_id,
        "words": storable(reply.words),
        "mailed_at": moment_text(reply.mailed_at) if reply.mailed_at else None,
        "code": server.code if server else None,
        "enhanced": str(server.enhanced) if server and server.enhanced else None,
        "text": storable(server.text) if server else "",
        "permanent": int(reply.is_permanent),
        "attendance": reply.attendance.value if reply.attendance else None,
        "photographer": int(reply.has_photographer),
        "back": absence.back.isoformat() if absence.back else None,
        "deputy": storable(absence.deputy) if absence.deputy else None,
        "has_left": int(absence.has_left),
    }


def _read_sent(row: Sequence[Any]) -> SentMail:
    id_, release_id, purpose, number, key, status, moment, message_id, server_id = row
    return SentMail(
        delivery_id=id_,
        dispatch=DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number),
        key=key,
        status=DeliveryStatus(status),
        moment=dt.datetime.fromisoformat(moment),
        message_id=message_id,
        server_id=server_id,
    )


def read_incoming(row: Sequence[Any]) -> IncomingRecord:
    """A row of `list_incoming` or `incoming_of_person`."""
    id_, account, name, kind, state, key, release_id, taken_at, delivery_id, recipient = row[:10]
    words, mailed_at, code, enhanced, text, permanent, attendance, photographer = row[10:18]
    back, deputy, has_left = row[18:]
    reply_kind = ReplyKind(kind)
    absence = Absence(
        back=dt.date.fromisoformat(back) if back else None,
        deputy=deputy,
        has_left=bool(has_left),
    )
    return IncomingRecord(
        id=id_,
        account=account,
        name=name,
        kind=reply_kind,
        state=IncomingState(state),
        key=key,
        release_id=release_id,
        taken_at=dt.datetime.fromisoformat(taken_at),
        delivery_id=delivery_id,
        recipient=read_recipient(recipient) if recipient else None,
        words=words,
        mailed_at=read_moment(mailed_at),
        reply=read_reply(code, enhanced, text),
        is_permanent=bool(permanent),
        attendance=Answer(attendance) if attendance else None,
        has_photographer=bool(photographer),
        absence=absence if reply_kind is ReplyKind.ABSENCE else None,
    )
