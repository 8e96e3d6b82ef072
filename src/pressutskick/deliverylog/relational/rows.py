"""Rows into frozen values and back; the one place that knows both."""

import datetime as dt
from collections.abc import Mapping, Sequence
from json import dumps, loads
from typing import Any

from pressutskick.dispatch.approval import Approval, Digests, FileDigest
from pressutskick.dispatch.correspondence import Answer, Mail
from pressutskick.dispatch.delivery import DeliveryStatus, Resolution
from pressutskick.dispatch.door import AnswerDetails, Arrival, KeptAnswer
from pressutskick.dispatch.incoming import AnswerNote
from pressutskick.dispatch.interfaces import Decision, Fault, Outcome, Phase
from pressutskick.dispatch.records import (
    AttemptRecord,
    DeliveryRecord,
    DispatchKey,
    DispatchRecord,
    DispatchState,
    ResolutionRecord,
    Snapshot,
)
from pressutskick.mail import EnhancedStatus, Reply
from pressutskick.message.model import AttachedFile, Purpose
from pressutskick.recipients.snapshot import read_recipient

#: Columns of a delivery with its last attempt.
DELIVERY_WIDTH = 17

#: Longest text of a reply or a detail that is kept, in characters.
TEXT_LIMIT = 2000


def moment_text(moment: dt.datetime) -> str:
    """Text of one width in UTC, so that it sorts as time does."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def read_moment(text: str | None) -> dt.datetime | None:
    """The reverse; None stays None."""
    return None if text is None else dt.datetime.fromisoformat(text)


def storable(text: str, limit: int = TEXT_LIMIT) -> str:
    """Foreign text as SQLite can hold it: no lone surrogate, no NUL, not endless."""
    return text[:limit].replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def outcome_row(
    delivery_id: int, attempt: int, outcome: Outcome, decision: Decision
) -> list[object]:
    """The columns of `insert_attempts` and `record_outcomes`, in their order, and the attempt."""
    reply = outcome.reply
    return [
        delivery_id,
        decision.status.value,
        moment_text(decision.retry_at) if decision.retry_at else None,
        storable(outcome.server_id) if outcome.server_id else None,
        outcome.phase.value,
        outcome.fault.value if outcome.fault else None,
        reply.code if reply else None,
        str(reply.enhanced) if reply and reply.enhanced else None,
        storable(reply.text) if reply else "",
        storable(outcome.detail),
        attempt,
    ]


def read_reply(code: int | None, enhanced: str | None, text: str | None) -> Reply | None:
    """The stored reply; None where there was none."""
    if code is None:
        return None
    triple = None
    if enhanced:
        class_, subject, detail = map(int, enhanced.split("."))
        triple = EnhancedStatus(class_=class_, subject=subject, detail=detail)
    return Reply(code=code, text=text or "", enhanced=triple)


def read_snapshot(row: Sequence[Any]) -> Snapshot:
    """A row of `latest_snapshot`, its id first."""
    _, release, release_digest, templates, selection, settings, files = row
    return Snapshot(
        release=release,
        files=_read_files(files),
        digests=Digests(
            release=release_digest, templates=templates, selection=selection, settings=settings
        ),
    )


def files_text(files: Sequence[FileDigest] | None) -> str | None:
    """What a snapshot keeps of its files."""
    return None if files is None else dumps([[each.name, each.sha256] for each in files])


def _read_files(text: str | None) -> tuple[FileDigest, ...] | None:
    if text is None:
        return None
    return tuple(FileDigest(name=name, sha256=sha256) for name, sha256 in loads(text))


def read_dispatch(row: Sequence[Any], counts: Mapping[DeliveryStatus, int]) -> DispatchRecord:
    """A row of `list_dispatches` with its deliveries counted."""
    (
        id_,
        release_id,
        purpose,
        number,
        title,
        state,
        created_at,
        send_at,
        begun_at,
        reason,
        person,
    ) = row
    return DispatchRecord(
        id=id_,
        key=DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number),
        title=title,
        state=DispatchState(state),
        created_at=dt.datetime.fromisoformat(created_at),
        send_at=read_moment(send_at),
        begun_at=read_moment(begun_at),
        counts=counts,
        reason=reason,
        person=person,
    )


def read_resolution(row: Sequence[Any]) -> ResolutionRecord:
    """A row of `resolutions`."""
    delivery_id, attempt, choice, decided_at, person = row
    return ResolutionRecord(
        delivery_id=delivery_id,
        attempt=attempt,
        choice=Resolution(choice),
        decided_at=dt.datetime.fromisoformat(decided_at),
        person=person,
    )


def read_delivery(row: Sequence[Any]) -> DeliveryRecord:
    """A row of `list_deliveries`, `DELIVERY_WIDTH` columns."""
    (id_, dispatch, recipient, status, updated, reason, attempts, due, message_id, server_id) = row[
        :10
    ]
    snapshot_id, phase, fault, code, enhanced, text, detail = row[10:]
    return DeliveryRecord(
        id=id_,
        dispatch_id=dispatch,
        recipient=read_recipient(recipient),
        status=DeliveryStatus(status),
        updated_at=dt.datetime.fromisoformat(updated),
        reason=reason,
        attempts=attempts,
        next_attempt_at=read_moment(due),
        message_id=message_id,
        server_id=server_id,
        snapshot_id=snapshot_id,
        phase=Phase(phase) if phase else None,
        reply=read_reply(code, enhanced, text),
        fault=Fault(fault) if fault else None,
        detail=detail or "",
    )


def read_attempt(row: Sequence[Any]) -> AttemptRecord:
    """A row of `list_attempts`."""
    delivery, number, opened, committed, ended, status, phase = row[:7]
    fault, code, enhanced, text, detail = row[7:]
    return AttemptRecord(
        delivery_id=delivery,
        number=number,
        opened_at=dt.datetime.fromisoformat(opened),
        committed_at=read_moment(committed),
        ended_at=dt.datetime.fromisoformat(ended),
        status=DeliveryStatus(status),
        phase=Phase(phase),
        reply=read_reply(code, enhanced, text),
        fault=Fault(fault) if fault else None,
        detail=detail,
    )


def read_mail(row: Sequence[Any]) -> Mail:
    """A row of `correspondence`."""
    _, dispatch, purpose, recipient, status, message_id, server_id, moment, snapshot_id = row
    return Mail(
        dispatch_id=dispatch,
        purpose=Purpose(purpose),
        recipient=read_recipient(recipient),
        status=DeliveryStatus(status),
        moment=dt.datetime.fromisoformat(moment),
        message_id=message_id or None,
        server_id=server_id or None,
        snapshot_id=snapshot_id,
    )


def answer_row(note: AnswerNote, now: str) -> dict[str, object]:
    """The values of `upsert_answer`."""
    return {
        "release_id": note.release_id,
        "address_key": note.key,
        "answer": note.answer.value,
        "source": storable(note.source),
        "answered_at": now,
        "guests": note.details.guests,
        "photographer": int(note.details.has_photographer),
        "note": storable(note.details.note),
    }


def read_kept_answer(row: Sequence[Any]) -> KeptAnswer:
    """Answer, source, moment and details, as `kept_answers` and `answers_of_person` end."""
    answer, source, answered_at, guests, photographer, note = row
    return KeptAnswer(
        answer=Answer(answer),
        source=source,
        answered_at=dt.datetime.fromisoformat(answered_at),
        details=AnswerDetails(guests=guests, has_photographer=bool(photographer), note=note),
    )


def read_arrival(row: Sequence[Any]) -> Arrival:
    """A row of `arrivals`."""
    key, name, outlet, came_at = row
    return Arrival(key=key, name=name, outlet=outlet, came_at=dt.datetime.fromisoformat(came_at))


def read_approval(row: Sequence[Any]) -> Approval:
    """A row of `approvals`."""
    release_id, release, templates, selection, settings, approver, approved_at, person = row
    return Approval(
        release_id=release_id,
        digests=Digests(
            release=release, templates=templates, selection=selection, settings=settings
        ),
        approver=approver,
        approved_at=dt.datetime.fromisoformat(approved_at),
        person=person,
    )


def read_file(row: Sequence[Any]) -> AttachedFile:
    """A row of `stored_files`."""
    filename, media_type, title, content = row
    return AttachedFile(filename=filename, media_type=media_type, title=title, content=content)


def file_row(position: int, file: AttachedFile) -> dict[str, object]:
    """The values of `insert_file`, the dispatch apart."""
    return {
        "position": position,
        "filename": file.filename,
        "media_type": file.media_type,
        "title": file.title,
        "content": file.content,
    }
