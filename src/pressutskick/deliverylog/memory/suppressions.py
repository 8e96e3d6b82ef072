"""Who must not be mailed: `dispatch.log.SuppressionList` in memory."""

from collections import defaultdict

from pressutskick.deliverylog.memory.store import MemoryLogPart
from pressutskick.recipients.suppression import (
    Suppression,
    SuppressionReason,
    Suppressions,
    erasure_key,
)


class MemorySuppressions(MemoryLogPart):
    """Entries by comparison key."""

    def suppressions(self) -> Suppressions:
        """See SuppressionList."""
        entries: dict[str, list[Suppression]] = defaultdict(list)
        for each in self._store.suppressions.values():
            entries[each.key].append(each)
        return Suppressions(
            entries={key: tuple(found) for key, found in entries.items()}, secret=self.key
        )

    def suppress(self, suppression: Suppression) -> None:
        """See SuppressionList."""
        identity = (suppression.key, suppression.reason, suppression.scope)
        self._store.suppressions[identity] = suppression

    def lift(self, key: str, *, is_erased: bool = False) -> int:
        """See SuppressionList."""
        wanted = erasure_key(key, self.key) if is_erased else key
        found = [
            identity
            for identity in self._store.suppressions
            if identity[0] == wanted and (identity[1] is SuppressionReason.ERASED) == is_erased
        ]
        for identity in found:
            del self._store.suppressions[identity]
        return len(found)
