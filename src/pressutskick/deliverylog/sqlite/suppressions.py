"""Who must not be mailed, kept in the log: reading, adding, lifting."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pressutskick.deliverylog.sqlite.reading import DeliveryReader
from pressutskick.deliverylog.sqlite.rows import moment_text, storable
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.recipients.suppression import (
    Suppression,
    SuppressionReason,
    Suppressions,
    SuppressionScope,
    erasure_key,
)


def read_suppressions(log: DeliveryReader) -> Suppressions:
    """All that stands against mailing anybody, with what recognises erased persons."""
    entries: dict[str, list[Suppression]] = defaultdict(list)
    with log.connection() as connection:
        (secret,) = connection.execute(statements()["log_key"]).fetchone()
        for row in connection.execute(statements()["suppressions"]):
            found = _read(row)
            entries[found.key].append(found)
    return Suppressions(
        entries={key: tuple(found) for key, found in entries.items()}, secret=secret
    )


def _read(row: Sequence[Any]) -> Suppression:
    key, reason, scope, source, until, created = row
    return Suppression(
        key=key,
        reason=SuppressionReason(reason),
        scope=SuppressionScope(scope),
        source=source,
        until=dt.date.fromisoformat(until) if until else None,
        created=dt.datetime.fromisoformat(created),
    )


def write_suppression(log: DeliveryReader, suppression: Suppression) -> None:
    """Adds an entry; the same key, reason and scope again replaces the earlier one."""
    with log.connection() as connection:
        connection.execute(
            statements()["upsert_suppression"],
            {
                "address_key": suppression.key,
                "reason": suppression.reason.value,
                "scope": suppression.scope.value,
                "source": storable(suppression.source),
                "until": suppression.until.isoformat() if suppression.until else None,
                "created_at": moment_text(suppression.created),
            },
        )


def lift_suppressions(log: DeliveryReader, key: str, *, is_erased: bool = False) -> int:
    """Takes away what stands against `key` (a comparison key); how many entries that were.

    The mark of an erased person is lifted only where `is_erased` says so, and then only that.
    """
    with log.connection() as connection:
        (secret,) = connection.execute(statements()["log_key"]).fetchone()
        cursor = connection.execute(
            statements()["lift_suppressions"],
            {"address_key": erasure_key(key, secret) if is_erased else key, "erased": is_erased},
        )
        return cursor.rowcount
