"""Making people unrecognisable in the log: one who asked for it, or all whose time is over.

Rows stay, so that counts stay; address, name and everything a server said about the person go. What
is deleted is overwritten (`secure_delete`), the file is rewritten (VACUUM) and the write-ahead log
cut to nothing, so that the bytes are gone too. Copies beside the log, made before an upgrade, are
removed; the emergency file is cleaned.
"""

import datetime as dt
import sqlite3
from pathlib import Path

from pressutskick.deliverylog.scrubbing import Scrubber
from pressutskick.deliverylog.sqlite.emergency import EmergencyFile
from pressutskick.deliverylog.sqlite.rows import moment_text
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.deliverylog.sqlite.suppressions import put_suppression
from pressutskick.dispatch.persons import OldDispatch
from pressutskick.errors import DeliveryLogError
from pressutskick.mail import comparison_key
from pressutskick.recipients.snapshot import read_recipient
from pressutskick.recipients.suppression import Suppression, SuppressionReason, erasure_key
from pressutskick.sentences import say

#: Columns in which a name that others may share must stay: invitations, other people's rows, colleagues.
_NAME_STAYS = frozenset(
    {
        ("snapshot", "release"),
        ("snapshot", "files"),
        ("delivery", "recipient"),
        ("dispatch", "title"),
        ("approval", "approver"),
    }
)
_UNTOUCHED = frozenset({"meta", "transition", "link"})


def find_person(connection: sqlite3.Connection, key: str, address: str) -> Scrubber:
    """What recognises the person in the log's texts."""
    rows = connection.execute(statements()["recipients_of_person"], {"key": key}).fetchall()
    return Scrubber(key, address, (read_recipient(text) for (text,) in rows))


def blank(
    connection: sqlite3.Connection, key: str, now: dt.datetime, secret: bytes
) -> tuple[int, int]:
    """Empties what is the person's own, and bars mail to them; how many deliveries and others."""
    sql, values = statements(), {"key": key, "now": moment_text(now)}
    connection.execute(sql["skip_waiting_of_person"], values)
    connection.execute(sql["blank_attempts_of_person"], {"key": key})
    deliveries = connection.execute(sql["blank_deliveries_of_person"], {"key": key}).rowcount
    others = connection.execute(sql["blank_answers_of_person"], {"key": key}).rowcount
    others += connection.execute(sql["blank_arrivals_of_person"], {"key": key}).rowcount
    others += connection.execute(sql["blank_incoming_of_person"], {"key": key}).rowcount
    others += connection.execute(sql["delete_suppressions_of_person"], {"key": key}).rowcount
    for id_, address, *_rest in connection.execute(sql["test_messages"]).fetchall():
        if comparison_key(address) == key:
            others += connection.execute(sql["blank_test_message"], {"id": id_}).rowcount
    mark = Suppression(key=erasure_key(key, secret), reason=SuppressionReason.ERASED, created=now)
    put_suppression(connection, mark)
    return deliveries, others


def sweep(connection: sqlite3.Connection, person: Scrubber) -> int:
    """Every text of every table: tables that came later are cleaned too. How many rows changed."""

    def scrub(text: str, with_names: int) -> str:
        return person.scrub(text, with_names=bool(with_names))

    connection.create_function("scrub", 2, scrub, deterministic=True)
    changed = 0
    for table, column in _text_columns(connection):
        with_names = (table, column) not in _NAME_STAYS
        changed += connection.execute(
            f'UPDATE "{table}" SET "{column}" = scrub("{column}", :with_names) '  # noqa: S608 - our own schema
            f'WHERE typeof("{column}") = \'text\' AND scrub("{column}", :with_names) <> "{column}"',
            {"with_names": int(with_names)},
        ).rowcount
    return changed


def _text_columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return [
        (table, column)
        for (table,) in tables
        if table not in _UNTOUCHED
        for _cid, column, kind, *_rest in connection.execute(f'PRAGMA table_info("{table}")')
        if kind == "TEXT"
    ]


def overwrite(connection: sqlite3.Connection) -> None:
    """Leaves nothing in free pages or in the write-ahead log.

    Raises:
        DeliveryLogError: another program reads the log, so that its pages cannot be cut off.
    """
    connection.execute("VACUUM")
    (is_busy, _pages, _moved) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise DeliveryLogError(
            say("The person is erased, but another program keeps old pages of the log open."),
            remedy=say("Close it and run the same command again."),
        )


def clean_beside(path: Path, emergency: EmergencyFile, person: Scrubber) -> None:
    """Copies from upgrades go; replies in the emergency file lose address and name."""
    for copy in path.parent.glob(f"{path.name}.format-*.bak*"):
        copy.unlink()
    if emergency.path.exists():
        text = emergency.path.read_text("ascii", errors="replace")
        cleaned = person.blot(text)
        if cleaned != text:
            emergency.rewrite(cleaned)


def strip(connection: sqlite3.Connection, dispatch: OldDispatch, now: str) -> int:
    """Makes everybody in the dispatch unrecognisable; how many deliveries that were."""
    sql, values = statements(), {"dispatch": dispatch.id}
    connection.execute(sql["strip_waiting"], values)
    connection.execute(sql["strip_attempts"], values)
    connection.execute(sql["strip_incoming"], values)
    stripped = connection.execute(sql["strip_deliveries"], values).rowcount
    connection.execute(sql["mark_stripped"], {**values, "now": now})
    connection.execute(sql["strip_answers"], {"release_id": dispatch.key.release_id})
    connection.execute(sql["strip_arrivals"], {"release_id": dispatch.key.release_id})
    return stripped
