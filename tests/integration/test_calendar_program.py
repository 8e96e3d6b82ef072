"""A real calendar program (khal) takes the files as RFC 5546 means them: one entry for life."""

import datetime as dt
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pressutskick.mail import Mailbox
from pressutskick.message.calendar import make_calendar
from pressutskick.message.model import Purpose
from pressutskick.release.model import Event, Release

KHAL = shutil.which("khal")
EVENT = Event(
    date=dt.date(2026, 12, 2), start=dt.time(12, 30), end=dt.time(13, 30), place="Rådhuset, entré A"
)
RELEASE = Release(
    id="invigning", title="Invigning å ä ö", lead="Välkommen, alla; kom!", event=EVENT
)
CONFIG = """[calendars]
[[press]]
path = {folder}/entries
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Stockholm
default_timezone = Europe/Stockholm
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = press
"""


class Calendar:
    """Somebody's calendar."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "entries").mkdir()
        (folder / "config").write_text(CONFIG.format(folder=folder), "utf-8")

    def run(self, *words: str) -> str:
        environment = {"HOME": str(self.folder), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        result = subprocess.run(
            [str(KHAL), "-c", str(self.folder / "config"), *words],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert result.stderr == ""
        return result.stdout

    def take(self, release: Release, sequence: int, purpose: Purpose) -> list[str]:
        """Imports what a mail of that purpose carries; the day as the program shows it then."""
        (file,) = make_calendar(
            release,
            organizer=Mailbox(address="press@astad.example", name="Pressen, Åstad"),
            domain="astad.example",
            stamp=dt.datetime(2026, 11, 25, sequence, tzinfo=dt.UTC),
            sequence=sequence,
            purpose=purpose,
        )
        (self.folder / "file.ics").write_bytes(file.content)
        self.run("import", "--batch", str(self.folder / "file.ics"))
        form = "{start-time}-{end-time} {title}, {location} {status}"
        return self.run("list", "2026-12-02", "1d", "--day-format", "", "--format", form).split(
            "\n"
        )


@pytest.mark.skipif(KHAL is None, reason="there is no khal here (Debian package khal)")
def test_a_change_moves_the_entry_and_a_cancellation_marks_it(tmp_path: Path) -> None:
    calendar = Calendar(tmp_path)
    moved = replace(RELEASE, event=replace(EVENT, start=dt.time(14), end=dt.time(15)))
    days = [
        calendar.take(RELEASE, 0, Purpose.ANNOUNCE),
        calendar.take(moved, 1, Purpose.CORRECTION),
        calendar.take(moved, 1, Purpose.REMINDER),
        calendar.take(moved, 2, Purpose.CANCELLATION),
    ]
    what = "Invigning å ä ö, Rådhuset, entré A"
    assert [[line.strip() for line in day if line.strip()] for day in days] == [
        [f"12:30-13:30 {what} CONFIRMED"],
        [f"14:00-15:00 {what} CONFIRMED"],
        [f"14:00-15:00 {what} CONFIRMED"],
        [f"14:00-15:00 {what} CANCELLED"],
    ]
