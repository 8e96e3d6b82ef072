"""The files that go with every message: what the release attaches, and its calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from pressutskick.assembly.log import database_path
from pressutskick.assembly.sender import require_sender

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from pressutskick.message.model import AttachedFile, Purpose
    from pressutskick.message.occasions import History
    from pressutskick.release.model import Release
    from pressutskick.settings.model import Settings


def release_folder(file: str, settings: Settings) -> Path:
    """Where the attachments of the release in `file` are looked for; `-` has the workspace."""
    from pathlib import Path

    return settings.workspace if file == "-" else Path(file).parent


class CalendarWishes(TypedDict, total=False):
    """What a calendar may be told besides release, sender and date; see `message.calendar`."""

    sequence: int
    purpose: Purpose
    history: History
    held: Iterable[int]


def gather_attachments(
    release: Release, settings: Settings, *, folder: Path, name: str | None = None
) -> tuple[AttachedFile, ...]:
    """What the release attaches.

    `folder` is where the release's file lies, `name` what the person called it.

    Raises:
        InputError: a file cannot be attached.
    """
    from pressutskick.sources.attachments import read_attachments
    from pressutskick.sources.protected import Private

    private = Private(
        workspace=settings.workspace,
        env_file=settings.env_file,
        databases=[database_path(settings, is_sandbox=each) for each in (False, True)],
    )
    return read_attachments(release.attachments, folder=folder, private=private, file=name)


def write_calendar(
    release: Release, settings: Settings, *, date: dt.datetime, **wishes: Unpack[CalendarWishes]
) -> tuple[AttachedFile, ...]:
    """The calendar files alone.

    Raises:
        SettingsError: nobody is named as sender.
    """
    from pressutskick.message.calendar import make_calendar
    from pressutskick.message.headers import ascii_domain

    sender = require_sender(settings)
    return make_calendar(
        release,
        organizer=settings.reply_to or sender,
        domain=ascii_domain(sender.address).rpartition("@")[2].lower(),
        stamp=date,
        **wishes,
    )
