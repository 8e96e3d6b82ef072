"""Making people unrecognisable in the log: one who asked for it, or all whose time is over.

Rows stay, so that counts stay; address, name and everything a server said about the person go. What
is deleted is overwritten (`secure_delete`), the file is rewritten (VACUUM) and the write-ahead log
cut to nothing, so that the bytes are gone too. Copies beside the log, made before an upgrade, are
removed; the emergency file is cleaned.
"""

import datetime as dt
import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pressutskick.deliverylog.sqlite.beginning import recover, transaction
from pressutskick.deliverylog.sqlite.emergency import EmergencyFile
from pressutskick.deliverylog.sqlite.locks import dispatch_lock
from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.deliverylog.sqlite.reading import DeliveryReader
from pressutskick.deliverylog.sqlite.rows import moment_text
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.dispatch.records import DispatchKey
from pressutskick.errors import DeliveryLogError
from pressutskick.mail import comparison_key
from pressutskick.message.model import Purpose
from pressutskick.recipients.snapshot import read_recipient
from pressutskick.recipients.suppression import SuppressionReason, SuppressionScope, erasure_key
from pressutskick.sentences import say

_GONE_NAME = "[erased]"
#: An address still, so that an invitation that named the person can be read again.
_GONE_ADDRESS = "erased@erased.invalid"
#: Columns in which a name that others may share must stay: invitations, other people's rows, colleagues.
_NAME_STAYS = frozenset(
    {
        ("snapshot", "release"),
        ("delivery", "recipient"),
        ("dispatch", "title"),
        ("approval", "approver"),
    }
)
_UNTOUCHED = frozenset({"meta", "transition"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What was made unrecognisable: deliveries, and other rows that held the address or name."""

    deliveries: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OldDispatch:
    """A dispatch whose retention time is over; `deliveries` is how many rows it has."""

    id: int
    key: DispatchKey
    title: str
    deliveries: int
    last_change: dt.datetime


def erase_person(log: SqliteDeliveryLog, address: str, *, now: dt.datetime) -> Erasure:
    """Makes one person unrecognisable, for good, and keeps the keyed hash that bars mail to them.

    Raises:
        DispatchInProgress: a run has a message to them in hand.
        DeliveryLogError: the log cannot be written, or another program reads it.
    """
    key = comparison_key(address)
    _settle_open(log, key, now)
    with log.connection() as connection:
        # VACUUM's scratch copy must not lie about in a folder for temporary files.
        connection.execute("PRAGMA temp_store = MEMORY")
        with transaction(connection):
            words = _words_of(connection, key, address)
            deliveries, others = _blank(connection, key, now, log.key)
            others += _sweep(connection, words)
        _overwrite(connection)
    _clean_beside(log.path, log.instance, words.addresses | words.names)
    return Erasure(deliveries=deliveries, others=others)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """How the person is written in the log."""

    addresses: frozenset[str]
    names: frozenset[str]


def _settle_open(log: SqliteDeliveryLog, key: str, now: dt.datetime) -> None:
    """Takes back what a dead run left open; a living one is left alone."""
    with log.connection() as connection:
        rows = connection.execute(
            statements()["open_dispatches_of_person"], {"key": key}
        ).fetchall()
    for dispatch_id, release_id, purpose, number in rows:
        dispatch = DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number)
        with (
            dispatch_lock(log.path, dispatch, wait=0.0),
            log.connection() as connection,
            transaction(connection),
        ):
            emergency = EmergencyFile(log.path, log.instance)
            recover(connection, dispatch_id, moment_text(now), emergency)


def _words_of(connection: sqlite3.Connection, key: str, address: str) -> _Words:
    rows = connection.execute(statements()["deliveries_of_person"], {"key": key}).fetchall()
    found = [read_recipient(row[-1]) for row in rows]
    names = {name for recipient in found for name in (recipient.name, recipient.mailbox.name)}
    addresses = {address.strip(), key, *(recipient.mailbox.address for recipient in found)}
    local, _, domain = key.rpartition("@")
    with suppress(UnicodeError):
        addresses.add(f"{local}@{domain.encode('ascii').decode('idna')}")
    # A single first name stands in too many other places to be replaced everywhere.
    return _Words(
        addresses=frozenset(addresses),
        names=frozenset(name for name in names if name and " " in name),
    )


def _blank(
    connection: sqlite3.Connection, key: str, now: dt.datetime, secret: bytes
) -> tuple[int, int]:
    sql, values = statements(), {"key": key, "now": moment_text(now)}
    connection.execute(sql["skip_waiting_of_person"], values)
    connection.execute(sql["blank_attempts_of_person"], {"key": key})
    deliveries = connection.execute(sql["blank_deliveries_of_person"], {"key": key}).rowcount
    others = connection.execute(sql["blank_answers_of_person"], {"key": key}).rowcount
    others += connection.execute(sql["delete_suppressions_of_person"], {"key": key}).rowcount
    for id_, address, *_rest in connection.execute(sql["test_messages"]).fetchall():
        if comparison_key(address) == key:
            others += connection.execute(sql["blank_test_message"], {"id": id_}).rowcount
    connection.execute(
        sql["upsert_suppression"],
        {
            "address_key": erasure_key(key, secret),
            "reason": SuppressionReason.ERASED.value,
            "scope": SuppressionScope.EVERYTHING.value,
            "source": "",
            "until": None,
            "created_at": moment_text(now),
        },
    )
    return deliveries, others


def _sweep(connection: sqlite3.Connection, words: _Words) -> int:
    """Every text of every table: tables that came later are cleaned too. How many rows changed."""
    addresses, names = _pattern(words.addresses), _pattern(words.names)

    def scrub(text: str, with_names: int) -> str:
        text = addresses.sub(_GONE_ADDRESS, text)
        return names.sub(_GONE_NAME, text) if with_names and words.names else text

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


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, whole, in any case, and as JSON writes them."""
    forms = {form for word in words for form in (word, json.dumps(word)[1:-1])}
    longest_first = sorted(forms, key=len, reverse=True)
    inner = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<![\w.+-])(?:{inner})(?![\w-]|\.\w)", re.IGNORECASE)


def _overwrite(connection: sqlite3.Connection) -> None:
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


def _clean_beside(path: Path, instance: str, words: Iterable[str]) -> None:
    """Copies from upgrades go; replies in the emergency file lose address and name."""
    for copy in path.parent.glob(f"{path.name}.format-*.bak*"):
        copy.unlink()
    emergency = EmergencyFile(path, instance).path
    if emergency.exists():
        text = emergency.read_text("ascii", errors="replace")
        cleaned = _pattern(words).sub(_GONE_NAME, text)
        if cleaned != text:
            emergency.write_text(cleaned, "ascii")


def find_old(log: DeliveryReader, before: dt.datetime) -> tuple[OldDispatch, ...]:
    """Dispatches in which nothing has happened since `before` and whose people still show."""
    with log.connection() as connection:
        rows = connection.execute(
            statements()["dispatches_to_strip"], {"before": moment_text(before)}
        ).fetchall()
    return tuple(
        OldDispatch(
            id=id_,
            key=DispatchKey(release_id=release_id, purpose=Purpose(purpose), number=number),
            title=title,
            deliveries=count,
            last_change=dt.datetime.fromisoformat(changed),
        )
        for id_, release_id, purpose, number, title, count, changed in rows
    )


def strip_old(log: DeliveryReader, before: dt.datetime, *, now: dt.datetime) -> int:
    """Makes everybody in those dispatches unrecognisable; how many deliveries that were.

    A stripped dispatch can never be gone on with: nobody knows any more who has had it.
    """
    old, sql, stripped = find_old(log, before), statements(), 0
    with log.connection() as connection:
        connection.execute("PRAGMA temp_store = MEMORY")
        with transaction(connection):
            for dispatch in old:
                values = {"dispatch": dispatch.id, "now": moment_text(now)}
                connection.execute(sql["strip_waiting"], {"dispatch": dispatch.id})
                connection.execute(sql["strip_attempts"], {"dispatch": dispatch.id})
                stripped += connection.execute(
                    sql["strip_deliveries"], {"dispatch": dispatch.id}
                ).rowcount
                connection.execute(sql["mark_stripped"], values)
                connection.execute(sql["strip_answers"], {"release_id": dispatch.key.release_id})
            connection.execute(sql["strip_test_messages"], {"before": moment_text(before)})
        if old:
            _overwrite(connection)
    return stripped
