"""Where a communicator works, as the actions see it: documents, lists, templates, log, relay.

`assembly.workspace` implements it on the disk, `assembly.memory` in memory. Reading is all that an
action may ask of it; what is written goes into the delivery log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from pressutskick.dispatch.interfaces import Clock, Transport
    from pressutskick.dispatch.log import DeliveryLog
    from pressutskick.message.model import AttachedFile
    from pressutskick.message.rendering import TemplateSet
    from pressutskick.reading.source import SourceText
    from pressutskick.recipients.suppression import Suppressions
    from pressutskick.recipients.table import RecipientList
    from pressutskick.release.model import Release
    from pressutskick.settings.model import Settings


class Workspace(Protocol):
    """A workspace for one run; a rehearsal has a log and a relay of its own."""

    @property
    def settings(self) -> Settings:
        """What this run is told."""

    @property
    def clock(self) -> Clock:
        """The clock by which messages are sent."""

    @property
    def chance(self) -> Callable[[], float]:
        """A number from 0 up to 1, for pauses that must not fall together."""

    @property
    def is_rehearsal(self) -> bool:
        """Whether nothing that is sent leaves the machine."""

    def now(self) -> dt.datetime:
        """The moment against which everything is judged: the clock's, or one that was named."""

    def read_document(self, name: str) -> SourceText:
        """The text of a document; `-` is stdin.

        Raises:
            InputNotFound: there is no such file.
            InputError: a format that is not read, beyond the limits, damaged, or without text.
        """

    def read_attachments(self, release: Release, name: str) -> tuple[AttachedFile, ...]:
        """What the release in the document `name` attaches.

        Raises:
            InputError: a file cannot be attached; tells all of them.
        """

    def read_templates(self) -> TemplateSet:
        """The workspace's templates, the shipped ones where it has none.

        Raises:
            InputError: a template is missing or not valid.
        """

    def load_recipients(self, names: Sequence[str]) -> RecipientList:
        """All recipients of the lists, list after list; problems are told, not raised.

        Raises:
            InputNotFound: a list is not there; suggests what is.
            InputError: a file that cannot be read as a list at all.
        """

    def has_document(self, name: str) -> bool:
        """Whether `name` means a document, there or not, and no id: it is one, or looks like a path."""

    @property
    def log_name(self) -> str:
        """What the delivery log is called when it is talked about."""

    @property
    def last_used(self) -> str | None:
        """The workspace that was used last on this machine, for whoever is lost."""

    def has_log(self) -> bool:
        """Whether anything was ever recorded here."""

    def open_log(self) -> DeliveryLog:
        """The delivery log, created or upgraded where needed.

        Raises:
            DeliveryLogError: it cannot be used; nothing may be sent.
        """

    def look_into_log(self) -> DeliveryLog:
        """The delivery log for an action that only looks: where there is none, none is made.

        Raises:
            DeliveryLogError: it is there and cannot be used.
        """

    def load_suppressions(self) -> Suppressions:
        """Who must not be mailed, by the real log even in a rehearsal.

        Raises:
            DeliveryLogError: the log cannot be used.
        """

    def make_passing_log(self) -> DeliveryLog:
        """An empty log of which nothing is left, for what must not count."""

    def require_relay(self) -> None:
        """Tells at once, without a connection and before anybody is asked, where nobody could send.

        Raises:
            SettingsError: no relay is named, and this is no rehearsal.
            AuthenticationError: the settings want a sign-in, and there is none that can be read.
        """

    def open_transport(self) -> AbstractContextManager[Transport]:
        """What carries the messages, for one run.

        Raises:
            SettingsError: no relay is named, or a login would go out in clear text.
        """
