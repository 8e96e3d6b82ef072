"""What goes out by itself goes out in time or not at all, and what did not go out is told."""

import pytest
from tests.kit.life import ANNA, Day, kinds

# The event of `Day` is on 2 December 2026 at 12.30; its reminder goes the day before at 08.00.


@pytest.mark.parametrize("at", ["2026-12-02 12:30", "2026-12-02 14:00", "2026-12-05 08:00"])
def test_nothing_is_recorded_for_when_it_has_begun(day: Day, at: str) -> None:
    told = day.run("send", "inbjudan.md", "--to", "lista.csv", "--yes", "--at", at, status=65)
    assert "the event has begun" in told or "it is over" in told
    assert "Nothing is scheduled" in day.run("schedule")
    assert day.at("2026-12-02T15:00").remind() == ""
    assert day.office.count() == 0


def test_what_was_recorded_is_judged_by_its_own_time(day: Day) -> None:
    # The deadline, 1 December, has passed by then.
    told = day.run(
        "send", "inbjudan.md", "--to", "lista.csv", "--yes", "--at", "2026-12-02 09:00", status=0
    )
    assert "deadline-past" in told


def test_an_invitation_that_was_slept_past_the_start_never_goes_out(day: Day) -> None:
    day.write(more="silence: deadline-past\n")
    day.run("send", "inbjudan.md", "--to", "lista.csv", "--yes", "--at", "2026-12-02 11:00")
    told = day.at("2026-12-02T12:30").remind(status=69)
    assert "too late now" in " ".join(told.split())
    assert day.office.count() == 0


def test_a_reminder_that_was_missed_is_told_once_and_stays_in_sight(day: Day) -> None:
    day.send()
    told = " ".join(day.at("2026-12-01T11:30").remind(status=69).split())
    assert "the reminder of 2026-12-01 08:00 CET was not sent" in told
    assert "3 newsrooms were to get it" in told
    assert day.remind() == ""
    assert "its time has passed" in day.run("schedule")
    assert "invigning/reminder/1" in day.run("log")
    assert kinds(day, ANNA) == ["Pressinbjudan"]
    # The way that was told works.
    hours = told.rpartition("--before ")[2].split("h", maxsplit=1)[0]
    day.run("remind", "invigning", "--before", f"{hours}h", "--yes")
    assert kinds(day, ANNA) == ["Pressinbjudan", "Påminnelse"]


def test_nobody_misses_a_reminder_whose_time_had_passed_before_the_invitation(day: Day) -> None:
    day.at("2026-12-01T13:00").send()
    assert day.at("2026-12-01T14:00").remind() == ""
    assert "Nothing is scheduled" in day.run("schedule")


def test_a_reminder_that_another_mail_prevents_is_told_so(day: Day) -> None:
    day.at("2026-11-30T16:00").send()
    assert "will not be sent" in day.run("schedule")
    assert day.at("2026-12-01T08:00").remind() == ""
    day.at("2026-12-01T08:01")
    assert "due now" not in day.run("schedule")


def test_a_correction_tells_which_reminder_it_prevents(day: Day) -> None:
    day.send()
    assert "not yet due" in day.run("schedule")
    day.at("2026-11-30T16:00").write(place="Torget")
    told = " ".join(day.run("correct", "inbjudan.md", "--yes").split())
    assert "The reminder of 2026-12-01 08:00 CET will not be sent" in told


def test_two_reminders_that_were_missed_are_two_in_the_log(day: Day) -> None:
    day.write(more="reminders: [2d at 08:00, 1d at 08:00]\n")
    day.send()
    told = " ".join(day.at("2026-12-01T11:30").remind(status=69).split())
    assert "the reminder of 2026-11-30 08:00 CET was not sent" in told
    assert "the reminder of 2026-12-01 08:00 CET was not sent" in told
    assert "invigning/reminder/2" in day.run("log")
    assert day.remind() == ""


def test_a_mended_text_does_not_go_out_before_its_time(day: Day) -> None:
    day.write(more="embargo: 2026-11-30T07:00\n")
    day.send("--at", "2026-11-30 07:00")
    day.write(place="Torget", more="embargo: 2026-11-30T07:00\n")
    told = " ".join(day.run("correct", "inbjudan.md", "--yes", status=65).split())
    assert "recorded for 2026-11-30 07:00" in told
    assert 'send inbjudan.md --to LIST --at "2026-11-30 07:00"' in told
    assert day.office.count() == 0
    day.send("--at", "2026-11-30 07:00")
    day.at("2026-11-30T07:00").remind()
    (mail,) = day.office.mails(ANNA)
    assert "Torget" in mail.get_body(("plain",)).get_content()
