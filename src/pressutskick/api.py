"""What a Python program does with pressutskick: read, check, plan, preview, send.

The same actions as the command line's, over the same seams: a program hands in a transport or a
whole workspace of its own. Nothing is printed and nobody is asked; what stands in the way is raised
as `PressutskickError` with all problems. `import pressutskick` loads this when one of its names is
used first.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pressutskick.actions.announcing import prepare_announcement, refuse_overtaken
from pressutskick.actions.gathering import Announcement, Notices
from pressutskick.actions.opening import OpenedRelease, check_opened, open_release
from pressutskick.actions.sending import Sending, render_all, run_sending
from pressutskick.actions.workspace import Workspace
from pressutskick.assembly.memory import MemoryWorkspace
from pressutskick.assembly.workspace import DiskWorkspace
from pressutskick.dispatch.interfaces import (
    Delivery,
    DeliverySource,
    OutboundMessage,
    Outcome,
    Phase,
    Transport,
    TransportSession,
)
from pressutskick.dispatch.run import RunResult
from pressutskick.errors import PressutskickError, Problem
from pressutskick.mail import Mailbox, Reply
from pressutskick.message.model import Message
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import Selection
from pressutskick.settings.model import Settings
from pressutskick.settings.workspace import PREFIX, Place, find_workspace
from pressutskick.transports.memory import MemoryTransport

__all__ = [
    "Announcement",
    "Delivery",
    "DeliverySource",
    "Mailbox",
    "MemoryTransport",
    "Message",
    "Notices",
    "OpenedRelease",
    "OutboundMessage",
    "Outcome",
    "Phase",
    "PressutskickError",
    "Problem",
    "Recipient",
    "Reply",
    "RunResult",
    "Selection",
    "Sending",
    "Transport",
    "TransportSession",
    "Workspace",
    "check",
    "make_workspace",
    "open_workspace",
    "plan",
    "preview",
    "read",
    "send",
]


def open_workspace(
    folder: str | os.PathLike[str],
    *,
    transport: Transport | None = None,
    environ: Mapping[str, str] | None = None,
    is_rehearsal: bool = False,
) -> Workspace:
    """The workspace on the disk: the folder of a `.env`, with its lists, templates and log.

    `transport` carries the messages in place of the relay of the settings. `environ` stands for
    the environment, None for the real one. A rehearsal has the sandbox and a log of its own.

    Raises:
        InputNotFound: there is no such folder.
        SettingsError: `.env` or environment are wrong; all faults at once.
    """
    from pressutskick.settings.reading import read_settings

    place = find_workspace(named=os.fspath(folder))
    settings = read_settings(place=place, environ=environ)
    if transport is None:
        return DiskWorkspace(settings, is_sandbox=is_rehearsal)
    return _CarriedWorkspace(settings, transport, is_sandbox=is_rehearsal)


class _CarriedWorkspace(DiskWorkspace):
    """A workspace whose messages a program carries itself."""

    def __init__(self, settings: Settings, transport: Transport, *, is_sandbox: bool) -> None:
        super().__init__(settings, is_sandbox=is_sandbox)
        self._transport = transport

    def require_relay(self) -> None:
        """See Workspace: the transport is there."""

    @contextmanager
    def open_transport(self) -> Iterator[Transport]:
        """See Workspace."""
        yield self._transport


def make_workspace(
    *,
    sender: str,
    moment: datetime,
    documents: Mapping[str, str],
    lists: Mapping[str, Sequence[Recipient]],
    transport: Transport | None = None,
) -> Workspace:
    """A workspace in memory that keeps nothing on a disk, with the shipped templates.

    `sender` is a mailbox (RFC 5322, `Name <address>`), `moment` an aware time that stands still;
    `documents` and `lists` are kept by the names under which a plan asks for them. Messages are
    carried by `transport`, None for one that keeps them.

    Raises:
        SettingsError: the sender is no mailbox.
    """
    from pressutskick.settings.reading import read_settings
    from pressutskick.sources.templates import read_templates
    from pressutskick.transports.clock import SystemClock

    return MemoryWorkspace(
        settings=read_settings(place=Place(folder=Path()), environ={f"{PREFIX}FROM": sender}),
        templates=read_templates(None),
        clock=SystemClock(),
        moment=moment,
        documents=dict(documents),
        lists={name: tuple(recipients) for name, recipients in lists.items()},
        transport=transport or MemoryTransport(),
    )


def read(document: str, workspace: Workspace) -> OpenedRelease:
    """A document of the workspace as facts, each with its lines and how sure it is.

    Raises:
        InputNotFound: there is no such document.
        InputError: a format that is not read, or a canonical document with problems.
    """
    return open_release(workspace.read_document(document), now=workspace.now())


def check(opened: OpenedRelease, workspace: Workspace) -> tuple[Problem, ...]:
    """What would be wrong in tomorrow's paper, by line; an error stops a plan, the rest does not."""
    return check_opened(opened, now=workspace.now())


def plan(
    announcement: Announcement, workspace: Workspace, notices: Notices | None = None
) -> Sending:
    """Decides for everybody on the lists, and makes every message once; nothing is sent.

    `notices` is told of what is worth a look and stops nothing.

    Raises:
        InputError: document, lists or somebody's message have problems; all of them.
        InputNotFound: a file is missing.
        SettingsError: nobody is named as sender, or nothing could carry the messages.
        DeliveryLogError: the log cannot be used.
    """
    sending = prepare_announcement(
        announcement, workspace, workspace.now(), notices or _NoNotices()
    )
    render_all(sending)
    return sending


class _NoNotices:
    """Who asked for none."""

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """See Notices."""

    def show_remarks(
        self, problems: Sequence[Problem], name: str, command: str, *, is_known: bool = False
    ) -> None:
        """See Notices."""


def preview(sending: Sending) -> Iterator[Message]:
    """The messages of those who would get one now, octet by octet, in their order."""
    return map(sending.write, sending.plan.ready)


def send(sending: Sending, workspace: Workspace) -> RunResult:
    """Sends what nobody has got yet; called again with a new plan, it goes on. Blocks till done.

    Raises:
        InputError: the text was corrected or cancelled since it was planned.
        DispatchInProgress: another run has the dispatch.
        DeliveryLogError: the log cannot be written; nothing was sent.
    """
    refuse_overtaken(sending)
    return run_sending(sending, workspace)
