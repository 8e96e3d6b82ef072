"""An embargo on a file: its name says so, because a file leaves its mail behind. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from pressutskick.message.model import AttachedFile
from pressutskick.release.model import Event, Release


def mark_embargo(
    files: Iterable[AttachedFile], release: Release, moment: dt.datetime
) -> tuple[AttachedFile, ...]:
    """The files of a mail of `moment` (aware): `EMBARGO-2026-12-01-0700-karta.pdf` while it holds.

    The clock is that of the event's zone.
    """
    if release.embargo is None or release.embargo <= moment:
        return tuple(files)
    zone = ZoneInfo((release.event or Event()).timezone)
    clock = f"{release.embargo.astimezone(zone):%Y-%m-%d-%H%M}"
    return tuple(replace(file, filename=f"EMBARGO-{clock}-{file.filename}") for file in files)
