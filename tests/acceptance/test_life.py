"""The whole life of an invitation on the clock of the tests: command line, real SMTP, Maildirs."""

import datetime as dt
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.kit.postoffice import PostOffice, open_post_office

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


@pytest.fixture
def day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Day]:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    with open_post_office(tmp_path / "post") as office:
        yield Day(workspace, office, monkeypatch, capsys)


def kind(mail: EmailMessage) -> str:
    """The first word of the subject: what the mail says that it is."""
    return str(mail["Subject"]).split(":")[0].split(" ")[0]


def kinds(day: Day, address: str) -> list[str]:
    return [kind(mail) for mail in day.office.mails(address)]


def calendar(mail: EmailMessage) -> dict[str, str]:
    """The properties of the mail's only calendar entry, and its method."""
    (part,) = [part for part in mail.iter_attachments() if part.get_content_type().endswith("dar")]
    lines = part.get_content().replace("\r\n ", "").splitlines()
    return dict(reversed([line.split(":", 1) for line in lines]))


def test_an_invitation_lives_from_its_sending_to_its_cancellation(day: Day) -> None:
    # Day 0: everybody on the list, once.
    day.send()
    day.send()
    assert day.office.count() == 3

    # Day 1: one more recipient gets what the others have.
    day.at("2026-11-26T10:00").invite(ANNA, BO, DESK, LATE)
    day.send()
    assert day.office.count() == 4

    # Day 2: the time changes. send refuses and names both ways; correct tells all four.
    day.at("2026-11-27T09:00").write(start="14:00", end="15:00")
    told = day.send(status=65)
    assert "correct inbjudan.md" in told
    assert "--accept-edit" in told
    assert "12.30–13.30 → onsdag 2 december 2026 kl. 14.00–15.00" in told
    assert day.office.count() == 4
    day.run("correct", "inbjudan.md", "--yes")
    day.run("correct", "inbjudan.md", "--yes")
    assert day.office.count() == 8

    # Bo says on the phone that he does not come.
    day.run("rsvp", "inbjudan.md", BO, "--declined")

    # The day before, at eight: cron is silent before and after.
    assert day.at("2026-12-01T07:50").remind() == ""
    (line,) = day.at("2026-12-01T08:00").remind().splitlines()
    assert "invigning/reminder/1" in line
    assert "3 accepted" in line
    assert day.at("2026-12-01T08:10").remind() == ""
    assert day.office.count() == 11

    # It is cancelled: everybody is told, and nothing goes out after that.
    day.at("2026-12-01T15:00").run("cancel", "inbjudan.md", "--yes", "--reason", "Sjukdom")
    day.run("cancel", "inbjudan.md", "--yes")
    assert day.at("2026-12-02T08:00").remind() == ""
    assert "cancelled" in day.send(status=65)
    assert day.office.count() == 15

    assert day.office.addresses() == {ANNA, BO, DESK, LATE}
    everything = ["Pressinbjudan", "Ny", "Påminnelse", "Inställt"]
    for address in (ANNA, DESK, LATE):
        assert kinds(day, address) == everything
    assert kinds(day, BO) == ["Pressinbjudan", "Ny", "Inställt"]
    for address in day.office.addresses():
        check_thread(day.office.mails(address))
        check_calendar(day.office.mails(address))
    assert "Sjukdom" in day.office.mails(ANNA)[-1].get_body(("plain",)).get_content()
    day.run("log", "verify")


def check_thread(mails: list[EmailMessage]) -> None:
    """Each mail answers the one before it, and refers to all (RFC 5322 section 3.6.4)."""
    assert mails[0]["In-Reply-To"] is None
    for number, mail in enumerate(mails[1:], 1):
        before = [str(each["Message-ID"]) for each in mails[:number]]
        assert str(mail["References"]).split() == before
        assert mail["In-Reply-To"] == before[-1]


def check_calendar(mails: list[EmailMessage]) -> None:
    """One UID; SEQUENCE rises with each change and with nothing else (RFC 5546 section 2.1.4)."""
    entries = [calendar(mail) for mail in mails]
    assert len({entry["UID"] for entry in entries}) == 1
    expected = {"Pressinbjudan": "0", "Ny": "1", "Påminnelse": "1", "Inställt": "2"}
    assert [entry["SEQUENCE"] for entry in entries] == [expected[kind(mail)] for mail in mails]
    assert [entry["METHOD"] for entry in entries[:-1]] == ["PUBLISH"] * (len(mails) - 1)
    assert entries[-1]["METHOD"] == "CANCEL"
    assert entries[-1]["STATUS"] == "CANCELLED"
    assert [entry["DTSTART"] for entry in entries[:2]] == ["20261202T113000Z", "20261202T130000Z"]
