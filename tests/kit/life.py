"""A workspace, a post office and a clock that the test sets: for the life of an invitation."""

import datetime as dt
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.kit.postoffice import PostOffice

from pressutskick.cli import main
from pressutskick.transports.clock import SystemClock

ZONE = ZoneInfo("Europe/Stockholm")
INVITATION = """---
id: invigning
title: Invigning av samverkanslokal
event:
  date: 2026-12-02
  start: {start}
  end: {end}
  place: {place}
rsvp:
  email: press@astad.example
  deadline: 2026-12-01
contacts:
  - name: Anna Berg
    phones: [031-390 06 01]
{more}---

Välkomna till invigningen.
"""
ANNA, BO, DESK, LATE = (
    "anna@posten.example",
    "bo@posten.example",
    "tips@radion.example",
    "sen@kanalen.example",
)


class Day:
    """The clock of the tests, a workspace, and what the commands said."""

    def __init__(
        self,
        folder: Path,
        office: PostOffice,
        patch: pytest.MonkeyPatch,
        captured: pytest.CaptureFixture[str],
    ) -> None:
        self.folder = folder
        self.office = office
        self.moment = dt.datetime(2026, 11, 25, 9, tzinfo=ZONE)
        self._captured = captured
        patch.chdir(folder)
        patch.setattr(SystemClock, "now", lambda _: self.moment.astimezone(dt.UTC))
        for key, value in {
            "FROM": "Pressen i Åstad <press@astad.example>",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(office.port),
            "SMTP_SECURITY": "none",
        }.items():
            patch.setenv(f"PRESSUTSKICK_{key}", value)
        self.write()
        self.invite(ANNA, BO, DESK)

    def write(
        self,
        *,
        start: str = "12:30",
        end: str = "13:30",
        place: str = "Rådhuset",
        more: str = "",
    ) -> None:
        text = INVITATION.format(start=start, end=end, place=place, more=more)
        (self.folder / "inbjudan.md").write_text(text, "utf-8")

    def invite(self, *addresses: str) -> None:
        rows = "\n".join(f"{address};Posten" for address in addresses)
        (self.folder / "lista.csv").write_text(f"e-post;redaktion\n{rows}\n", "utf-8")

    def at(self, text: str) -> "Day":
        self.moment = dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)
        return self

    def run(self, *words: str, status: int = 0) -> str:
        """What the command printed, after its exit status was as said."""
        self._captured.readouterr()
        found = main(["--lang", "en", *words])
        told = self._captured.readouterr()
        assert found == status, told
        return told.out + told.err

    def send(self, *words: str, status: int = 0) -> str:
        words = ("send", "inbjudan.md", "--to", "lista.csv", "--yes", "--retry-for", "0", *words)
        return self.run(*words, status=status)

    def remind(self, *words: str, status: int = 0) -> str:
        return self.run("remind", "--all", "--retry-for", "0", *words, status=status)


def kind(mail: EmailMessage) -> str:
    """The first word of the subject: what the mail says that it is."""
    return str(mail["Subject"]).split(":")[0].split(" ")[0]


def kinds(day: Day, address: str) -> list[str]:
    return [kind(mail) for mail in day.office.mails(address)]


def calendars(mail: EmailMessage) -> list[dict[str, str]]:
    """The properties of each calendar entry of the mail, and its method."""
    parts = [part for part in mail.iter_attachments() if part.get_content_type().endswith("dar")]
    files = [part.get_content().replace("\r\n ", "").splitlines() for part in parts]
    return [dict(reversed([line.split(":", 1) for line in lines])) for lines in files]


def calendar(mail: EmailMessage) -> dict[str, str]:
    """The mail's only calendar entry."""
    (entry,) = calendars(mail)
    return entry


def text_of(mail: EmailMessage) -> str:
    """The text part, with plain spaces."""
    return str(mail.get_body(("plain",)).get_content()).replace("\u00a0", " ")
