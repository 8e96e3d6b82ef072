"""Who must not be mailed, and why: pure values and rules. The delivery log keeps them.

A suppression is found by the comparison key of the address (`Mailbox.key`). Of an erased person
only a keyed hash of that key is kept, so that a list that is imported again cannot mail them, and
nobody can read from the log who they are.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum


class SuppressionReason(StrEnum):
    """Why an address must not be mailed."""

    OPT_OUT = "opt_out"
    BOUNCED = "bounced"
    ERASED = "erased"
    MUTED = "muted"


class SuppressionScope(StrEnum):
    """What must not be mailed: everything, or reminders only."""

    EVERYTHING = "everything"
    REMINDERS = "reminders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """One entry. `key` is a comparison key, for `ERASED` the hash of one.

    `source` says who or what asked for it, in words; `until` is the last day that it holds, None
    for always; `created` is aware UTC.
    """

    key: str
    reason: SuppressionReason
    scope: SuppressionScope = SuppressionScope.EVERYTHING
    source: str = ""
    until: date | None = None
    created: datetime

    def holds(self, *, today: date, is_reminder: bool) -> bool:
        """Whether the entry stands against mail that goes out today."""
        if self.until is not None and self.until < today:
            return False
        return is_reminder or self.scope is SuppressionScope.EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressions:
    """All entries, by key; `secret` is the log's own key for the hashes of erased persons."""

    entries: Mapping[str, tuple[Suppression, ...]] = field(default_factory=dict)
    secret: bytes = field(default=b"", repr=False)

    def find(self, key: str, *, today: date, is_reminder: bool = False) -> Suppression | None:
        """The entry that stands against mailing `key`, None where none does."""
        if key.endswith(ERASED_DOMAIN):
            return _NOBODY
        if not self.entries:
            return None
        found = self.entries.get(key, ())
        if self.secret:
            found = (*found, *self.entries.get(erasure_key(key, self.secret), ()))
        holding = (entry for entry in found if entry.holds(today=today, is_reminder=is_reminder))
        return next(holding, None)


NO_SUPPRESSIONS = Suppressions()

#: What stands in the log in place of an erased person's address; nothing can be delivered there.
ERASED_DOMAIN = "@erased.invalid"
_NOBODY = Suppression(
    key=ERASED_DOMAIN, reason=SuppressionReason.ERASED, created=datetime.min.replace(tzinfo=UTC)
)


def erasure_key(key: str, secret: bytes) -> str:
    """The keyed hash (HMAC-SHA-256) under which an erased person is recognised."""
    # The prefix keeps this use of the secret apart from its others (Message-IDs).
    digest = hmac.new(secret, f"erased\0{key}".encode(), hashlib.sha256).hexdigest()
    return f"erased:{digest}"
