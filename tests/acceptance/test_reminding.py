"""Who is reminded when, and who is not; what was recorded for later."""

import json
import sqlite3
import sys
from contextlib import closing

import pytest
from tests.kit.life import ANNA, BO, DESK, LATE, Day, kind, kinds

from pressutskick.cli import main
from pressutskick.cli.shows.screen.console import talk
from pressutskick.transports.relay.faults import ScriptedFault, Stage, parse_fault, refuse

EVE = "2026-12-01T08:00"


def test_a_machine_that_slept_sends_nothing_late(day: Day) -> None:
    day.send()
    assert "was not sent" in day.at("2026-12-01T11:01").remind(status=69)
    assert day.at("2026-12-02T13:00").remind() == ""
    assert day.office.count() == 3


def test_how_late_is_too_late_can_be_said(day: Day) -> None:
    day.send()
    assert "3 accepted" in day.at("2026-12-01T13:00").remind("--too-late", "6h")


def test_nobody_gets_two_mails_within_the_cool_off(day: Day) -> None:
    day.send()
    day.at("2026-11-30T18:00").invite(LATE)
    day.send()
    assert "3 accepted" in day.at(EVE).remind()
    assert kinds(day, LATE) == ["Pressinbjudan"]
    assert "1 accepted" in day.at("2026-12-01T10:00").remind("--cool-off", "12h")


def test_who_has_said_no_is_not_reminded(day: Day) -> None:
    day.send()
    day.run("rsvp", "inbjudan.md", ANNA, "--declined")
    day.run("recipients", "suppress", BO, "--for", "reminders")
    assert "1 accepted" in day.at(EVE).remind()
    assert kinds(day, DESK) == ["Pressinbjudan", "Påminnelse"]
    assert day.office.count() == 4
    assert "does not come" in day.run("rsvp", "invigning")


def test_an_erased_person_and_a_bounced_address_are_not_reminded(day: Day) -> None:
    day.send()
    day.run("recipients", "forget", ANNA, "--yes")
    with closing(sqlite3.connect(day.folder / "pressutskick.db")) as log, log:
        log.execute("UPDATE delivery SET status = 'bounced' WHERE address_key = ?", (BO,))
    assert "1 accepted" in day.at(EVE).remind()
    assert day.office.addresses() == {ANNA, BO, DESK}
    assert day.office.count() == 4


def test_who_never_got_the_invitation_is_not_reminded_of_it(day: Day) -> None:
    day.office.rules.faults.append(parse_fault("reset-at-final"))
    day.send(status=76)
    day.office.rules.faults.clear()
    day.send(status=76)
    before = day.office.count()
    day.at(EVE).remind()
    reminded = [
        address for address in day.office.addresses() if "Påminnelse" in kinds(day, address)
    ]
    assert len(reminded) == day.office.count() - before < 3


def test_a_moved_event_is_reminded_of_anew(day: Day) -> None:
    day.send()
    day.at(EVE).remind()
    text = (day.folder / "inbjudan.md").read_text("utf-8").replace("2026-12-02", "2026-12-09")
    (day.folder / "inbjudan.md").write_text(text, "utf-8")
    day.at("2026-12-01T12:00").run("correct", "inbjudan.md", "--yes")
    assert day.at("2026-12-02T08:00").remind() == ""
    assert "invigning/reminder/2" in day.at("2026-12-08T08:00").remind()
    assert kinds(day, ANNA) == ["Pressinbjudan", "Påminnelse", "Ny", "Påminnelse"]


def test_a_dry_run_shows_what_cron_would_do(day: Day) -> None:
    day.send()
    told = day.remind("--dry-run", "--now", "2026-12-01 08:00")
    assert "3 would get it" in told
    assert day.remind("--dry-run", "--now", "2026-12-01 07:00") == ""
    assert day.office.count() == 3
    assert "rehearsals" in day.remind("--now", "2026-12-01 08:00", status=2)


def test_one_invitation_is_reminded_of_when_asked(day: Day) -> None:
    day.send()
    words = ("remind", "inbjudan.md", "--before", "24h", "--yes")
    assert "not yet due" in day.at("2026-12-01T12:00").run(*words)
    day.at("2026-12-01T12:30").run(*words)
    assert kinds(day, BO) == ["Pressinbjudan", "Påminnelse"]
    day.run("remind", status=2)
    day.run("remind", "elsewhere", "--before", "1h", status=66)


@pytest.mark.usefixtures("hasty")
def test_a_relay_that_is_away_is_tried_again_by_the_next_run(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.send()
    monkeypatch.setenv("PRESSUTSKICK_SMTP_PORT", "1")
    day.at(EVE).remind(status=75)
    monkeypatch.setenv("PRESSUTSKICK_SMTP_PORT", str(day.office.port))
    assert "3 accepted" in day.at("2026-12-01T08:10").remind()
    assert day.at("2026-12-01T08:20").remind() == ""


def test_who_could_not_be_reminded_in_time_ends_in_a_named_state(day: Day) -> None:
    day.send()
    fault = ScriptedFault(stage=Stage.RCPT, misbehaviour=refuse(451), address=BO)
    day.office.rules.faults.append(fault)
    day.at(EVE).remind(status=75)
    assert day.at("2026-12-01T11:10").remind() == ""
    assert "its time was over" in day.run("log", "invigning/reminder/1", "--status", "skipped")
    day.run("log", "verify")


def test_what_waits_when_it_is_cancelled_ends_in_a_named_state(day: Day) -> None:
    day.office.rules.faults.append(
        ScriptedFault(stage=Stage.RCPT, misbehaviour=refuse(451), address=BO)
    )
    day.send(status=75)
    day.run("cancel", "invigning", "--yes")
    assert "called off" in day.run("log", "invigning", "--status", "skipped")
    assert day.office.addresses() == {ANNA, DESK}
    day.run("log", "verify")


def test_a_late_recipient_gets_a_mail_of_its_own_day(day: Day) -> None:
    day.send()
    day.at("2026-11-28T10:00").invite(ANNA, LATE)
    day.send()
    (mail,) = day.office.mails(LATE)
    assert mail["Date"].datetime == day.moment


def test_holidays_and_quiet_hours_move_a_reminder(day: Day) -> None:
    text = (day.folder / "inbjudan.md").read_text("utf-8")
    (day.folder / "inbjudan.md").write_text(
        text.replace("2026-12-02", "2026-12-28").replace(
            "contacts:", "reminders: [2d at 08:00, 7h]\ncontacts:"
        ),
        "utf-8",
    )
    day.send()
    table = day.run("schedule")
    assert "2026-12-23 08:00 CET" in table
    assert "moved from 2026-12-26 08:00" in table
    assert "2026-12-28 07:00 CET" in table
    # That of the last working day before was missed, and this is a holiday.
    assert "2026-12-23 08:00 CET was not sent" in day.at("2026-12-26T08:00").remind(status=69)
    assert day.at("2026-12-28T06:00").remind() == ""
    assert "3 accepted" in day.at("2026-12-28T07:00").remind()


def test_what_is_recorded_for_later_goes_out_at_its_time(day: Day) -> None:
    (day.folder / "karta.pdf").write_bytes(b"%PDF-1.4 karta")
    day.write(more="attachments: [karta.pdf]\n")
    assert "Recorded for 2026-11-27 07:00 CET" in day.send("--at", "2026-11-27 07:00")
    (day.folder / "inbjudan.md").unlink()
    (day.folder / "karta.pdf").unlink()
    assert "2026-11-27 07:00 CET" in day.run("schedule")
    assert day.at("2026-11-27T06:59").remind() == ""
    assert "3 accepted" in day.at("2026-11-27T07:05").remind()
    assert day.at("2026-11-27T07:10").remind() == ""
    (mail,) = day.office.mails(ANNA)
    assert mail["Date"].datetime == day.at("2026-11-27T07:00").moment
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == ["karta.pdf", "invigning.ics"]


def test_the_log_tells_what_is_planned_from_what_has_begun(day: Day) -> None:
    def begun() -> object:
        return json.loads(day.run("log", "--json"))["dispatches"][0]["begun"]

    day.send("--at", "2026-11-27 07:00")
    assert "planned 2026-11-27 07:00" in day.run("log")
    assert "planned 2026-11-27 07:00" in day.run("log", "1")
    assert begun() is None
    day.at("2026-11-27T07:05").remind()
    assert "2026-11-27 07:05" in day.run("log")
    assert "planned" not in day.run("log") + day.run("log", "1")
    assert begun() == "2026-11-27T06:05:00+00:00"


def test_a_reminder_has_begun_when_it_went_out(day: Day) -> None:
    day.send()
    day.at("2026-12-01T08:05").remind()
    (line,) = [line for line in day.run("log").splitlines() if "reminder/1" in line]
    assert "2026-12-01 08:05" in line


def test_what_is_called_off_before_its_time_never_began(day: Day) -> None:
    day.send("--at", "2026-11-27 07:00")
    day.run("cancel", "invigning", "--yes")
    assert "planned 2026-11-27 07:00" in day.run("log")


def test_what_was_recorded_and_is_too_late_is_told_and_not_sent(day: Day) -> None:
    day.send("--at", "2026-11-27 07:00")
    assert "too late now" in day.at("2026-11-27T10:01").remind(status=69)
    assert day.office.count() == 0
    day.send("--at", "2026-11-28 07:00")
    assert "3 accepted" in day.at("2026-11-28T07:00").remind()


def test_what_was_recorded_can_be_called_off(day: Day) -> None:
    day.send("--at", "2026-11-27 07:00")
    day.run("cancel", "invigning", "--yes")
    assert day.at("2026-11-27T07:00").remind() == ""
    assert day.office.count() == 0
    day.send(status=65)


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-11-24 07:00", "in the past"),
        ("2027-03-28 02:30", "does not exist"),
        ("2027-10-31 02:30", "comes twice"),
        ("tomorrow", "a clock is missing"),
        ("after lunch", "--at"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(day: Day, at: str, why: str) -> None:
    assert why in day.send("--at", at, status=2)


def test_somebody_stopped_by_an_opt_out_gets_nothing_recorded(day: Day) -> None:
    day.send("--at", "2026-11-27 07:00")
    day.run("recipients", "suppress", ANNA)
    day.at("2026-11-27T07:00").remind()
    assert day.office.addresses() == {BO, DESK}
    assert {kind(mail) for mail in day.office.mails(BO)} == {"Pressinbjudan"}


def test_a_person_is_told_that_nothing_was_due_and_cron_is_not(
    day: Day, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    day.send()
    assert day.remind() == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    talk.cache_clear()
    main(["remind", "--all"])
    assert "Nothing was due." in capsys.readouterr().err


def test_a_schedule_in_a_pipe_is_whole(day: Day) -> None:
    day.send()
    assert "(invigning)" in day.run("schedule")
    assert "3 have not answered" in day.run("rsvp", "inbjudan.md")


def test_who_was_not_invited_cannot_answer_and_those_who_were_are_found(day: Day) -> None:
    day.send()
    told = day.run("rsvp", "inbjudan.md", "nobody@posten.example", "--coming", status=2)
    assert "Who was: pressutskick log invigning" in told
