"""The workspace on the disk: what the actions ask of it, from files, log and relay."""

from __future__ import annotations

import random
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pressutskick.assembly.log import (
    database_path,
    has_delivery_log,
    load_suppressions,
    look_into_delivery_log,
    make_passing_log,
    name_log,
    open_delivery_log,
)
from pressutskick.errors import SettingsError
from pressutskick.sentences import say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from pressutskick.dispatch.interfaces import Clock, Transport
    from pressutskick.dispatch.log import DeliveryLog
    from pressutskick.message.model import AttachedFile
    from pressutskick.message.rendering import TemplateSet
    from pressutskick.reading.source import SourceText
    from pressutskick.recipients.suppression import Suppressions
    from pressutskick.recipients.table import RecipientList
    from pressutskick.release.model import Release
    from pressutskick.sentences import Sentence
    from pressutskick.settings.model import Settings


class DiskWorkspace:
    """See `actions.workspace.Workspace`.

    What a method needs is imported when it runs: to look into the log must not wait for what reads
    documents.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        is_sandbox: bool = False,
        moment: dt.datetime | None = None,
        on_wait: Callable[[Sentence], None] | None = None,
    ) -> None:
        """`moment` is when it is, where a rehearsal is told; else the machine's clock tells.

        `on_wait` is told where reading a document takes its time.
        """
        self._on_wait = on_wait
        self.settings = settings
        self.is_rehearsal = is_sandbox
        self.chance: Callable[[], float] = random.random
        self._moment = moment

    @cached_property
    def clock(self) -> Clock:
        """See Workspace."""
        from pressutskick.transports.clock import SystemClock

        return SystemClock()

    def now(self) -> dt.datetime:
        """See Workspace."""
        from pressutskick.release.zone import ZONE

        return self._moment or self.clock.now().astimezone(ZONE)

    def has_document(self, name: str) -> bool:
        """See Workspace."""
        return name == "-" or Path(name).is_file() or any(mark in name for mark in "./\\")

    def read_document(self, name: str) -> SourceText:
        """See Workspace."""
        from pressutskick.sources.documents.document import read_document

        return read_document(name, self._on_wait)

    def read_attachments(self, release: Release, name: str) -> tuple[AttachedFile, ...]:
        """See Workspace. Looked for beside the document, `-` has the workspace."""
        from pressutskick.sources.attachments import read_attachments
        from pressutskick.sources.protected import Private

        workspace = self.settings.workspace
        private = Private(
            workspace=workspace,
            env_file=self.settings.env_file,
            databases=[database_path(self.settings, is_sandbox=each) for each in (False, True)],
        )
        folder = workspace if name == "-" else Path(name).parent
        return read_attachments(release.attachments, folder=folder, private=private, file=name)

    def read_templates(self) -> TemplateSet:
        """See Workspace."""
        from pressutskick.sources.templates import read_templates

        return read_templates(self.settings.workspace)

    def load_recipients(self, names: Sequence[str]) -> RecipientList:
        """See Workspace."""
        from pressutskick.assembly.lists import load_recipients

        return load_recipients(names, self.settings.workspace)

    @property
    def log_name(self) -> str:
        """See Workspace."""
        return name_log(self.settings, is_sandbox=self.is_rehearsal)

    @property
    def last_used(self) -> str | None:
        """See Workspace."""
        from pressutskick.assembly.known import last_workspace

        folder = last_workspace()
        return None if folder is None else str(folder)

    def has_log(self) -> bool:
        """See Workspace. A log that has gone counts: opening it tells so."""
        from pressutskick.assembly.known import is_known

        path = database_path(self.settings, is_sandbox=self.is_rehearsal)
        return has_delivery_log(self.settings, is_sandbox=self.is_rehearsal) or is_known(path)

    def open_log(self) -> DeliveryLog:
        """See Workspace."""
        return open_delivery_log(self.settings, is_sandbox=self.is_rehearsal, moment=self._moment)

    def look_into_log(self) -> DeliveryLog:
        """See Workspace."""
        return look_into_delivery_log(
            self.settings, is_sandbox=self.is_rehearsal, moment=self._moment
        )

    def load_suppressions(self) -> Suppressions:
        """See Workspace."""
        return load_suppressions(self.settings)

    def make_passing_log(self) -> DeliveryLog:
        """See Workspace."""
        return make_passing_log(moment=self._moment)

    def require_relay(self) -> None:
        """See Workspace."""
        from pressutskick.assembly.login import require_sign_in

        if self.is_rehearsal:
            return
        if self.settings.smtp_host is None:
            raise SettingsError(
                say("No mail server is configured: PRESSUTSKICK_SMTP_HOST is empty."),
                remedy=say(
                    "Set it in .env, or run: pressutskick init. "
                    "To rehearse without one, add --sandbox."
                ),
            )
        require_sign_in(self.settings)

    @contextmanager
    def open_transport(self) -> Iterator[Transport]:
        """See Workspace."""
        from pressutskick.assembly.process import short_turns
        from pressutskick.assembly.relay import open_transport

        with (
            short_turns(),
            open_transport(self.settings, is_sandbox=self.is_rehearsal) as transport,
        ):
            yield transport
