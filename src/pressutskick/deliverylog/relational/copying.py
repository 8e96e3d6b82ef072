"""Moving a log from one database to another: row by row, and compared row by row afterwards.

The columns and texts of all relational logs are the same, so that even the chain of hashes holds where
it comes to. The log that was moved is marked, so that nobody goes on with it by mistake.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import zip_longest

from pressutskick.deliverylog.relational.log import RelationalDeliveryLog
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.verification import verify_rows
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say

#: Every table, those first that others refer to, with the columns that order it.
TABLES: dict[str, str] = {
    "dispatch": "id",
    "snapshot": "id",
    "run": "id",
    "delivery": "id",
    "attempt": "delivery_id, number",
    "resolution": "id",
    "test_message": "id",
    "stored_file": "dispatch_id, position",
    "approval": "id",
    "answer": "release_id, address_key",
    "suppression": "id",
    "incoming": "id",
    "mailbox": "account",
    "mailbox_place": "account, place",
    "arrival": "id",
    "link": "id",
}


def move_log(source: RelationalDeliveryLog, target: RelationalDeliveryLog) -> int:
    """Copies all rows, compares them, and marks `source` as moved to `target`; how many rows.

    Raises:
        DeliveryLogError: `target` is not empty, or is not what `source` is; then nothing has changed.
        DispatchInProgress: somebody sends something.
    """
    source.settle_dead_runs()
    if target.dispatches() or target.suppressions().entries:
        raise DeliveryLogError(
            say("{file}: there is a delivery log already, and it is not empty.", file=target.name),
            remedy=say("Nothing was copied. Name a place where none is."),
        )
    # From here on nobody begins anything; whoever has begun is found by their locks.
    source.note_moved(target.name)
    try:
        with ExitStack() as held:
            held.enter_context(source.alone(wait=0.0))
            for record in source.dispatches():
                with source.hold(record.key, wait=0.0):
                    """Nobody sends it."""
            return _copy(source, target)
    except BaseException:
        source.note_moved(None)
        raise


def _copy(source: RelationalDeliveryLog, target: RelationalDeliveryLog) -> int:
    with source.connection() as old, target.connection() as new, old.transaction():
        copied = 0
        with new.copying():
            for key, value in old.run("meta").fetchall():
                if key in ("instance", "key"):
                    new.run("set_meta", {"key": key, "value": bytes(value)})
            for table, order in TABLES.items():
                columns = _columns(old, table)
                rows = _rows(old, table, columns, order)
                copied += new.insert_rows(table, columns, rows)
            _compare(old, new, target.name)
        return copied


def _compare(old: Session, new: Session, name: str) -> None:
    """Every row of both, side by side, and the chain.

    Raises:
        DeliveryLogError: they are not alike.
    """
    for table, order in TABLES.items():
        columns = _columns(old, table)
        pairs = zip_longest(_rows(old, table, columns, order), _rows(new, table, columns, order))
        if any(one != other for one, other in pairs):
            raise _not_alike(name, table)
    if fault := next(verify_rows(new), None):
        raise _not_alike(name, str(fault))


def _not_alike(name: str, what: str) -> DeliveryLogError:
    return DeliveryLogError(
        say("{file}: what was copied is not what was there ({what}).", file=name, what=what),
        remedy=say("Nothing was changed. Look at the old one with: pressutskick log verify"),
    )


def _columns(session: Session, table: str) -> Sequence[str]:
    """The columns that both have: whose an open attempt is, is the server's own matter."""
    found = session.run("columns_of_table", {"table": table}).fetchall()
    return sorted(name for (name,) in found if name != "holder")


def _rows(
    session: Session, table: str, columns: Sequence[str], order: str
) -> Iterator[tuple[object, ...]]:
    listed = ", ".join(f'"{column}"' for column in columns)
    return session.stream(f'SELECT {listed} FROM "{table}" ORDER BY {order}')  # noqa: S608 - our own schema
