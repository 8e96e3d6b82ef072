"""A town's press office: two workspaces, one mail server, a clock, and what each newsroom holds.

Each newsroom keeps a calendar as its program would: an entry is known by its UID, a newer SEQUENCE
replaces it, METHOD:CANCEL takes it out. So what somebody believes is read from mails alone.
"""

import contextlib
import datetime as dt
import email
import email.policy
import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.kit.background import relay_in_background
from tests.kit.life import calendars, text_of

from pressutskick.cli import main
from pressutskick.cli.shows.screen import console
from pressutskick.transports.clock import SystemClock
from pressutskick.transports.relay.rules import Receipt, RelayRules

ZONE = ZoneInfo("Europe/Stockholm")
#: Runs the words behind it at a moment that it is told; for what must be a process of its own.
_AT = """
import datetime, sys
from pressutskick.cli import main
from pressutskick.transports.clock import SystemClock
moment = datetime.datetime.fromisoformat(sys.argv[1])
SystemClock.now = lambda _: moment
sys.exit(main(sys.argv[2:]))
"""
_ROWS = """
SELECT address_key, message_id, status, release_id, purpose, number, dispatch_id
FROM delivery JOIN dispatch ON dispatch.id = dispatch_id
"""
_RELEASES = "SELECT release_id FROM dispatch ORDER BY id"
_CALLED_OFF = """
SELECT DISTINCT release_id FROM dispatch
WHERE purpose = 'cancellation' OR (purpose = 'announce' AND state = 'cancelled')
"""
_TEXT = """
SELECT release FROM snapshot JOIN dispatch ON dispatch.id = dispatch_id
WHERE release_id = ? AND purpose IN ('announce', 'correction') ORDER BY snapshot.id DESC
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One delivery, as the log's file has it."""

    address: str
    message_id: str | None
    status: str
    release_id: str
    purpose: str
    number: int
    dispatch_id: int

    @property
    def key(self) -> str:
        """The dispatch, as `log` names it."""
        return f"{self.release_id}/{self.purpose}/{self.number}"


@dataclass(slots=True)
class Desk:
    """A workspace: whom it must not mail, and what was decided there."""

    name: str
    folder: Path
    suppressed: set[str] = field(default_factory=set)
    #: By dispatch and address, how often a person had an unknown mail sent again.
    resent: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: By release, of whom a person said, rightly or wrongly, that an unknown mail had arrived.
    vouched: set[tuple[str, str]] = field(default_factory=set)

    @property
    def log(self) -> Path:
        return self.folder / "pressutskick.db"

    def rows(self) -> list[Row]:
        """Every delivery."""
        names = Row.__dataclass_fields__
        return [Row(**dict(zip(names, row, strict=True))) for row in self._ask(_ROWS)]

    def releases(self) -> list[str]:
        """Their ids, in the order of their first dispatch."""
        return list(dict.fromkeys(each for (each,) in self._ask(_RELEASES)))

    def called_off(self) -> list[str]:
        """Ids of those that were cancelled."""
        return [each for (each,) in self._ask(_CALLED_OFF)]

    def text(self, release_id: str) -> str:
        """The text that holds."""
        return str(self._ask(_TEXT, release_id)[0][0])

    def _ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if not self.log.exists():
            return []
        with contextlib.closing(sqlite3.connect(self.log)) as connection:
            return connection.execute(query, values).fetchall()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A mail that the server took, as its reader understands it."""

    desk: str
    address: str
    message_id: str
    subject: str
    #: Until when it says that nothing may be published; empty where it does not say so.
    embargo: str
    calendars: tuple[dict[str, str], ...]
    files: frozenset[tuple[str, str]]


class Town:
    """Everything outside the program; `close` ends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.moment = dt.datetime(2026, 11, 25, 9, tzinfo=ZONE)
        self.rules = RelayRules()
        self.arrivals: list[Arrival] = []
        self._child: subprocess.Popen[bytes] | None = None
        self._open = contextlib.ExitStack()
        self.relay = self._open.enter_context(relay_in_background(self.rules, keep=self._keep))
        patch = self._open.enter_context(pytest.MonkeyPatch.context())
        (folder / "annan").mkdir()
        patch.chdir(folder / "annan")
        patch.setattr(SystemClock, "now", lambda _: self.moment.astimezone(dt.UTC))
        patch.setattr("pressutskick.dispatch.engine.CONNECT_BACKOFF", (0.0,))
        self.desks = [self._furnish(name) for name in ("stad", "bolag")]

    def close(self) -> None:
        self._open.close()

    def _furnish(self, name: str) -> Desk:
        folder = self.folder / name
        folder.mkdir()
        settings = {
            "FROM": f"Pressen <press@{name}.example>",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": self.relay.port,
            "SMTP_SECURITY": "none",
        }
        lines = "".join(f"PRESSUTSKICK_{key}={value}\n" for key, value in settings.items())
        (folder / ".env").write_text(lines, "utf-8")
        return Desk(name, folder)

    def _keep(self, receipt: Receipt) -> None:
        mail = email.message_from_bytes(receipt.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.arrivals.append(
            Arrival(
                desk=receipt.sender.partition("@")[2].removesuffix(".example"),
                address=receipt.recipient,
                message_id=str(mail["Message-ID"]),
                subject=str(mail["Subject"]),
                embargo=_find_embargo(mail),
                calendars=tuple(calendars(mail)),
                files=frozenset(_list_files(mail)),
            )
        )

    def run(self, desk: Desk, *words: str, is_at_home: bool = True) -> tuple[int, str]:
        """The exit status, and what was printed; typed in the workspace or elsewhere."""
        where = () if is_at_home else ("--workspace", str(desk.folder))
        os.chdir(desk.folder if is_at_home else self.folder / "annan")
        told = io.StringIO()
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            console.out.cache_clear()
            console.talk.cache_clear()
            status = main(["--lang", "en", *where, *words])
        return status, " ".join(told.getvalue().split())

    def run_apart(self, desk: Desk, *words: str) -> int:
        """The same in a process of its own, which `shoot` ends; its exit status."""
        moment = self.moment.astimezone(dt.UTC).isoformat()
        self._child = subprocess.Popen(
            [sys.executable, "-c", _AT, moment, "--lang", "en", *words],
            cwd=desk.folder,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self._child.wait(60)

    def shoot(self) -> None:
        """Kills the process, as a power cut would."""
        if self._child is not None:
            os.kill(self._child.pid, signal.SIGKILL)


def _find_embargo(mail: EmailMessage) -> str:
    found = re.search(r"Embargo: får publiceras tidigast ([^\n]+)\.", text_of(mail))
    return found[1] if found else ""


def _list_files(mail: EmailMessage) -> Iterator[tuple[str, str]]:
    """What is attached besides calendars."""
    for part in mail.iter_attachments():
        if not part.get_content_type().endswith("dar"):
            name = str(part.get_filename()).removeprefix("EMBARGO ")
            yield name, (part.get_payload(decode=True) or b"").decode()
