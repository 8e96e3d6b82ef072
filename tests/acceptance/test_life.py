"""The whole life of an invitation on the clock of the tests: command line, real SMTP, Maildirs."""

from email.message import EmailMessage

import pytest
from tests.kit.dovecot import dovecot_reason, read_threads
from tests.kit.life import ANNA, BO, DESK, LATE, Day, calendar, kind, kinds


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


@pytest.mark.skipif(bool(dovecot_reason()), reason=dovecot_reason())
def test_dovecot_shows_each_mailbox_as_one_thread(day: Day) -> None:
    day.send()
    day.at("2026-11-27T09:00").write(start="14:00", end="15:00")
    day.run("correct", "inbjudan.md", "--yes")
    day.at("2026-12-01T08:00").remind()
    day.at("2026-12-01T15:00").run("cancel", "inbjudan.md", "--yes")
    for address in day.office.addresses():
        assert read_threads(day.office.folder / address) == [["1", "2", "3", "4"]]


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


def test_an_old_copy_of_the_log_mails_nobody_a_second_time(day: Day) -> None:
    database = day.folder / "pressutskick.db"
    day.invite(ANNA)
    day.send()
    day.run("log", "verify")
    yesterday = database.read_bytes()
    day.invite(ANNA, BO)
    day.send()
    assert day.office.count() == 2

    for name in ("pressutskick.db-wal", "pressutskick.db-shm"):
        (day.folder / name).unlink(missing_ok=True)
    database.write_bytes(yesterday)
    assert "old copy" in day.send(status=73)
    assert "old copy" in day.run("log", "verify", status=73)
    assert day.office.count() == 2

    day.run("log", "verify", "--restored")
    day.run("send", "inbjudan.md", "--to", "lista.csv", "--yes", "--exclude", BO)
    assert day.office.count() == 2
