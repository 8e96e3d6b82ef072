"""Who must not be mailed, kept in the log: `dispatch.log.SuppressionList`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pressutskick.deliverylog.relational.chain import Source, link, link_end
from pressutskick.deliverylog.relational.rows import moment_text, storable
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.store import Store
from pressutskick.recipients.suppression import (
    Suppression,
    SuppressionReason,
    Suppressions,
    SuppressionScope,
    erasure_key,
)


class KeptSuppressions(Store):
    """Entries by comparison key."""

    def suppressions(self) -> Suppressions:
        """See SuppressionList."""
        entries: dict[str, list[Suppression]] = defaultdict(list)
        for found in map(_read, self.rows("suppressions")):
            entries[found.key].append(found)
        return Suppressions(
            entries={key: tuple(found) for key, found in entries.items()}, secret=self.key
        )

    def suppress(self, suppression: Suppression) -> None:
        """See SuppressionList."""
        with self.transaction() as session:
            put_suppression(session, suppression)

    def lift(self, key: str, *, is_erased: bool = False) -> int:
        """See SuppressionList."""
        wanted = erasure_key(key, self.key) if is_erased else key
        values = {"address_key": wanted, "erased": is_erased}
        with self.transaction() as session:
            lifted = session.run("lift_suppressions", values).fetchall()
            for (id_,) in lifted:
                link_end(session, Source.SUPPRESSION, id_)
        return len(lifted)


def put_suppression(session: Session, suppression: Suppression) -> None:
    """Adds or renews an entry, in the caller's transaction."""
    values = _row(suppression)
    ((id_,),) = session.run("upsert_suppression", values).fetchall()
    link(session, Source.SUPPRESSION, id_)


def _row(suppression: Suppression) -> dict[str, object]:
    """The values of `upsert_suppression`."""
    return {
        "address_key": suppression.key,
        "reason": suppression.reason.value,
        "scope": suppression.scope.value,
        "source": storable(suppression.source),
        "until": suppression.until.isoformat() if suppression.until else None,
        "created_at": moment_text(suppression.created),
    }


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
