"""The workspace in memory: for tests, and for programs that keep nothing on a disk."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressutskick.deliverylog.memory.log import MemoryDeliveryLog
from pressutskick.errors import InputNotFound
from pressutskick.reading.source import SourceText
from pressutskick.recipients.table import RecipientList
from pressutskick.transports.memory import MemoryTransport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressutskick.dispatch.interfaces import Clock, Transport
    from pressutskick.dispatch.log import DeliveryLog
    from pressutskick.message.model import AttachedFile
    from pressutskick.message.rendering import TemplateSet
    from pressutskick.recipients.model import Recipient
    from pressutskick.recipients.suppression import Suppressions
    from pressutskick.release.model import Release
    from pressutskick.settings.model import Settings


def _no_chance() -> float:
    return 0.0


@dataclass(slots=True, kw_only=True)
class MemoryWorkspace:
    """See `actions.workspace.Workspace`. Documents, lists and attachments are kept by their names.

    `moment` is when it is; the log goes by it too.
    """

    settings: Settings
    templates: TemplateSet
    clock: Clock
    moment: dt.datetime
    documents: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[Recipient, ...]] = field(default_factory=dict)
    attachments: dict[str, AttachedFile] = field(default_factory=dict)
    transport: Transport = field(default_factory=MemoryTransport)
    is_rehearsal: bool = False
    chance = staticmethod(_no_chance)
    last_used: str | None = None
    log_name: str = "memory"
    _log: MemoryDeliveryLog | None = None

    def now(self) -> dt.datetime:
        """See Workspace."""
        return self.moment

    def has_document(self, name: str) -> bool:
        """See Workspace."""
        return name in self.documents

    def read_document(self, name: str) -> SourceText:
        """See Workspace."""
        if name not in self.documents:
            raise InputNotFound.file(name)
        return SourceText(name=name, text=self.documents[name])

    def read_attachments(self, release: Release, name: str) -> tuple[AttachedFile, ...]:
        """See Workspace."""
        return tuple(self.attachments[each.path] for each in release.attachments)

    def read_templates(self) -> TemplateSet:
        """See Workspace."""
        return self.templates

    def load_recipients(self, names: Sequence[str]) -> RecipientList:
        """See Workspace."""
        return RecipientList(recipients=tuple(each for name in names for each in self.lists[name]))

    def has_log(self) -> bool:
        """See Workspace."""
        return self._log is not None

    def open_log(self) -> DeliveryLog:
        """See Workspace."""
        if self._log is None:
            self._log = MemoryDeliveryLog(now=lambda: self.moment.astimezone(dt.UTC))
        return self._log

    def look_into_log(self) -> DeliveryLog:
        """See Workspace."""
        return self._log or self.make_passing_log()

    def make_passing_log(self) -> DeliveryLog:
        """See Workspace."""
        return MemoryDeliveryLog(now=lambda: self.moment.astimezone(dt.UTC))

    def load_suppressions(self) -> Suppressions:
        """See Workspace."""
        return self.look_into_log().suppressions()

    def require_relay(self) -> None:
        """See Workspace: the transport is there."""

    @contextmanager
    def open_transport(self) -> Iterator[Transport]:
        """See Workspace."""
        yield self.transport
