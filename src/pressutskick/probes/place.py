"""What this machine says: rights of files, its time, who calls the reminders."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from pressutskick.dispatch.preflight.place import Caller
from pressutskick.settings.environ import without_secrets

#: Seconds for another program's answer.
_PATIENCE = 10.0


def find_last_use(file: Path) -> datetime | None:
    """When a file was last written to; None where there is none."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None


def is_writable(folder: Path) -> bool:
    """Whether we may make a file there."""
    return os.access(folder, os.W_OK | os.X_OK)


def find_offset(now: datetime, zone: tzinfo) -> timedelta:
    """How far this machine's clock on the wall is from the one in `zone`."""
    mine, theirs = now.astimezone().utcoffset(), now.astimezone(zone).utcoffset()
    return (mine or timedelta(0)) - (theirs or timedelta(0))


def find_callers() -> tuple[Caller, ...] | None:
    """Who calls `remind --all`, of cron and systemd; None where neither can be asked."""
    asked = {
        Caller.CRON: _read_output("crontab", "-l"),
        Caller.TIMER: _read_output("systemctl", "--user", "cat", "pressutskick*.service"),
    }
    known = {caller: text for caller, text in asked.items() if text is not None}
    if not known:
        return None
    return tuple(caller for caller, text in known.items() if _calls_reminders(text))


def _calls_reminders(text: str) -> bool:
    lines = (line.strip() for line in text.splitlines())
    return any("remind --all" in line and not line.startswith("#") for line in lines)


def _read_output(program: str, *words: str) -> str | None:
    """What a program prints; empty where it fails (an empty crontab does), None without it."""
    path = shutil.which(program)
    if path is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program of the system, fixed words
            [path, *words],
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env=without_secrets(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
