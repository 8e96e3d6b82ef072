"""Suppressions are kept in the log and honoured from there."""

import datetime as dt

from pressutskick.dispatch.log import DeliveryLog
from pressutskick.recipients.suppression import (
    Suppression,
    SuppressionReason,
    SuppressionScope,
    erasure_key,
)

NOW = dt.datetime(2026, 11, 22, 15, tzinfo=dt.UTC)
TODAY = NOW.date()
KEY = "anna@a.example"


def entry(reason: SuppressionReason, **more: object) -> Suppression:
    return Suppression(**{"key": KEY, "reason": reason, "created": NOW, **more})  # type: ignore[arg-type]


def test_what_was_written_is_read_again(log: DeliveryLog) -> None:
    muted = entry(
        SuppressionReason.MUTED,
        until=dt.date(2026, 12, 1),
        scope=SuppressionScope.REMINDERS,
        source="ringde 3/11",
    )
    log.suppress(muted)
    assert log.suppressions().find(KEY, today=TODAY, is_reminder=True) == muted
    assert log.suppressions().find(KEY, today=TODAY) is None


def test_the_same_reason_again_replaces_the_earlier_entry(log: DeliveryLog) -> None:
    for source in ("first", "second"):
        log.suppress(entry(SuppressionReason.OPT_OUT, source=source))
    (found,) = log.suppressions().entries[KEY]
    assert found.source == "second"


def test_lifting_leaves_the_mark_of_the_erased(log: DeliveryLog) -> None:
    secret = log.suppressions().secret
    log.suppress(entry(SuppressionReason.BOUNCED))
    log.suppress(entry(SuppressionReason.ERASED, key=erasure_key(KEY, secret)))
    assert log.lift(KEY) == 1
    found = log.suppressions().find(KEY, today=TODAY)
    assert found is not None
    assert found.reason is SuppressionReason.ERASED
    assert log.lift(KEY, is_erased=True) == 1
    assert log.suppressions().find(KEY, today=TODAY) is None
