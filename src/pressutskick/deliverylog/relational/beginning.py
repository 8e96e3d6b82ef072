"""What a dispatch begins with, and what a dead run left of it: rows, in a caller's transaction."""

import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from json import dumps
from pathlib import Path
from typing import Any, TypeVar

from pressutskick.deliverylog import refusals
from pressutskick.deliverylog.relational.chain import Source, link
from pressutskick.deliverylog.relational.emergency import EmergencyFile
from pressutskick.deliverylog.relational.rows import file_row, files_text, moment_text, storable
from pressutskick.deliverylog.relational.session import Session
from pressutskick.dispatch.plan import LASTING, PlanEntry
from pressutskick.dispatch.records import DispatchOrder, DispatchState, Snapshot
from pressutskick.message.model import AttachedFile
from pressutskick.recipients.snapshot import recipient_text

T = TypeVar("T")

#: Noted replies that go into one statement.
_BATCH = 100


def insert_dispatch(session: Session, order: DispatchOrder) -> int:
    """The id of the order's dispatch, which may have been there.

    Raises:
        DeliveryLogError: it was called off, or stripped of its people.
    """
    key = order.key
    dispatch_id, state, stripped_at = session.run(
        "insert_dispatch",
        {
            "release_id": key.release_id,
            "purpose": key.purpose.value,
            "number": key.number,
            "title": order.title,
            "state": DispatchState.SCHEDULED if order.send_at else DispatchState.OPEN,
            "created_at": moment_text(order.created_at),
            "send_at": moment_text(order.send_at) if order.send_at else None,
            "reason": order.reason,
            "person": storable(order.person),
        },
    ).fetchone()
    if state == DispatchState.CANCELLED:
        raise refusals.called_off(key)
    if stripped_at is not None:
        raise refusals.stripped(key)
    return int(dispatch_id)


def insert_snapshot(session: Session, dispatch_id: int, snapshot: Snapshot, now: str) -> int:
    """The id of the dispatch's last snapshot if it is equal, of a new one otherwise."""
    digests = snapshot.digests
    wanted = {
        "release": snapshot.release,
        "release_digest": digests.release,
        "templates_digest": digests.templates,
        "selection_digest": digests.selection,
        "settings_digest": digests.settings,
        "files": files_text(snapshot.files),
    }
    last = session.run("latest_snapshot", {"dispatch": dispatch_id}).fetchone()
    if last is not None and tuple(last[1:]) == tuple(wanted.values()):
        return int(last[0])
    (snapshot_id,) = session.run(
        "insert_snapshot", {**wanted, "dispatch": dispatch_id, "now": now}
    ).fetchone()
    return int(snapshot_id)


def insert_run(session: Session, dispatch_id: int, now: str) -> int:
    """A row that says which process works on the dispatch."""
    (run_id,) = session.run(
        "insert_run",
        {
            "dispatch": dispatch_id,
            "now": now,
            "host": platform.node(),
            "pid": os.getpid(),
            "boot_id": _boot_id(),
        },
    ).fetchone()
    return int(run_id)


def insert_entries(
    session: Session, entries: Iterable[PlanEntry], values: Mapping[str, Any]
) -> None:
    """Streams the plan into deliveries. `values` has dispatch, run, snapshot and now."""
    rows = (
        (entry.recipient.mailbox.key, recipient_text(entry.recipient), entry.reason)
        for entry in entries
        if entry.is_recorded
    )
    session.insert_plan(rows, values, sorted(LASTING))


def insert_files(session: Session, dispatch_id: int, files: Iterable[AttachedFile]) -> None:
    """Keeps the files of a dispatch for later, in place of those that it had."""
    session.run("delete_files", {"dispatch": dispatch_id})
    for position, file in enumerate(files):
        row = file_row(position, file)
        session.run("insert_file", {"dispatch": dispatch_id, **row})


def recover(session: Session, dispatch_id: int, now: str, emergency: EmergencyFile) -> int:
    """Settles what a dead run left open; how many deliveries that were.

    Replies that it noted beside the log come first. Without one, `sending` is taken back and
    `committing` becomes `unknown`.
    """
    values = {"dispatch": dispatch_id, "now": now}
    left = session.run("open_attempts", {"dispatch": dispatch_id}).fetchall()
    if not left:
        return 0
    for batch in batches(emergency.outcomes(), _BATCH):
        rows = {**values, "rows": dumps(batch)}
        session.run("replay_attempts", rows)
        session.run("replay_outcomes", rows)
    session.run("close_dead_attempts", values)
    for delivery_id, number in left:
        link(session, Source.ATTEMPT, delivery_id, number)
    session.run("recover_sending", values)
    session.run("recover_committing", values)
    return len(left)


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """The things in lists of `size` at most."""
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch


def _boot_id() -> str:
    """Tells this start of the machine from others; empty where the system has no such id."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
