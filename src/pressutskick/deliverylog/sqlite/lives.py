"""The life of a release as the log knows it: its text now, its dispatches, its correspondence.

Reads snapshots, never files: a reminder must go out though the document has been moved.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from pressutskick.deliverylog.sqlite.reading import DeliveryReader
from pressutskick.deliverylog.sqlite.rows import moment_text, read_snapshot
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.dispatch.correspondence import Answer, Correspondent, Mail, gather
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.records import DispatchRecord
from pressutskick.message.model import Purpose
from pressutskick.recipients.snapshot import read_recipient
from pressutskick.release.document import parse_document
from pressutskick.release.model import Release


def read_lives(log: DeliveryReader) -> tuple[Life, ...]:
    """All releases of the log, in the order of their first dispatch."""
    groups: dict[str, list[DispatchRecord]] = {}
    for record in log.dispatches():
        groups.setdefault(record.key.release_id, []).append(record)
    lives = (_read_life(log, release_id, records) for release_id, records in groups.items())
    return tuple(life for life in lives if life is not None)


def read_life(log: DeliveryReader, release_id: str) -> Life | None:
    """The life of one release; None where nothing of it was ever sent or scheduled."""
    records = [each for each in log.dispatches() if each.key.release_id == release_id]
    return _read_life(log, release_id, records)


def _read_life(
    log: DeliveryReader, release_id: str, records: Sequence[DispatchRecord]
) -> Life | None:
    with log.connection() as connection:
        row = connection.execute(
            statements()["latest_of_release"], {"release_id": release_id}
        ).fetchone()
    if row is None or not records:
        return None
    snapshot = read_snapshot(row)
    release = parse_document(snapshot.release).release
    return Life(release=release, snapshot=snapshot, dispatches=tuple(records))


def read_text_before(log: DeliveryReader, release_id: str, dispatch_id: int) -> Release | None:
    """The text that held when the correction `dispatch_id` was begun."""
    values = {"release_id": release_id, "dispatch": dispatch_id}
    with log.connection() as connection:
        row = connection.execute(statements()["text_before"], values).fetchone()
    return None if row is None else parse_document(row[0]).release


def read_texts(log: DeliveryReader, release_id: str) -> Mapping[int, Release]:
    """Every text that anything of the release went out with, by its snapshot, oldest first."""
    with log.connection() as connection:
        rows = connection.execute(
            statements()["texts_of_release"], {"release_id": release_id}
        ).fetchall()
    # A reminder repeats the text of the invitation: each text is read once.
    read: dict[str, Release] = {}
    for _, text in rows:
        if text not in read:
            read[text] = parse_document(text).release
    return {number: read[text] for number, text in rows}


def read_correspondence(log: DeliveryReader, release_id: str) -> Mapping[str, Correspondent]:
    """Everybody to whom something of the release was sent or tried, by comparison key."""
    return gather(log.pages("correspondence", {"release_id": release_id}, _read_mail))


def _read_mail(row: Sequence[object]) -> Mail:
    _, dispatch, purpose, recipient, status, message_id, server_id, moment = map(_text, row[:8])
    snapshot_id = row[8]
    return Mail(
        dispatch_id=int(dispatch),
        purpose=Purpose(purpose),
        recipient=read_recipient(recipient),
        status=DeliveryStatus(status),
        moment=dt.datetime.fromisoformat(moment),
        message_id=message_id or None,
        server_id=server_id or None,
        snapshot_id=snapshot_id if isinstance(snapshot_id, int) else None,
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def read_answers(log: DeliveryReader, release_id: str) -> Mapping[str, Answer]:
    """Who has answered, by comparison key."""
    with log.connection() as connection:
        rows = connection.execute(statements()["answers"], {"release_id": release_id}).fetchall()
    return {key: Answer(answer) for key, answer in rows}


def write_answer(
    log: DeliveryReader, release_id: str, key: str, answer: Answer, *, source: str, now: dt.datetime
) -> None:
    """Keeps what somebody has answered; the last answer counts. `source` says how it came."""
    with log.connection() as connection:
        connection.execute(
            statements()["upsert_answer"],
            {
                "release_id": release_id,
                "address_key": key,
                "answer": answer.value,
                "source": source,
                "answered_at": moment_text(now),
            },
        )
