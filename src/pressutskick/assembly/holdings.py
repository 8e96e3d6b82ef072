"""Everything on the disk by which a person is known: logs, lists, rehearsed messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressutskick.assembly.log import has_delivery_log, open_delivery_log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressutskick.dispatch.log import DeliveryLog
    from pressutskick.recipients.held import HeldRows
    from pressutskick.settings.model import Settings

_OUTBOX = "outbox"


class DiskHoldings:
    """See `actions.rights.Holdings`."""

    def __init__(self, settings: Settings) -> None:
        """Those of the workspace of these settings."""
        self.settings = settings

    def logs(self) -> Mapping[str, DeliveryLog | None]:
        """See Holdings."""
        return {
            name: open_delivery_log(self.settings, is_sandbox=is_sandbox)
            if has_delivery_log(self.settings, is_sandbox=is_sandbox)
            else None
            for name, is_sandbox in (("log", False), ("rehearsals", True))
        }

    def open_log(self) -> DeliveryLog:
        """See Holdings."""
        return open_delivery_log(self.settings)

    def search_lists(self, key: str, known: Mapping[str, bool]) -> HeldRows:
        """See Holdings."""
        from pressutskick.sources.lists.heldrows import search_lists

        own = [file for file, is_own in known.items() if is_own]
        return search_lists(self.settings.workspace, key, known=known, own=own)

    def remove_messages(self, key: str) -> int:
        """See Holdings."""
        from pressutskick.exports.outbox import remove_messages

        return remove_messages(self.settings.workspace / _OUTBOX, key)
