"""The words of reminders, and quiet hours."""

import datetime as dt

import pytest

from pressutskick.dispatch.reminders.quiet import QuietHours, parse_quiet_hours, swedish_holidays
from pressutskick.dispatch.reminders.times import is_cooling_off
from pressutskick.dispatch.reminders.words import Reminder, parse_reminder, read_reminders
from pressutskick.errors import InputError
from pressutskick.release.model import Release

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "reminder"),
    [
        ("1d at 08:00", Reminder(lead=DAY, clock=dt.time(8))),
        ("2h", Reminder(lead=dt.timedelta(hours=2))),
        ("90m", Reminder(lead=dt.timedelta(minutes=90))),
        ("1W at 9.15", Reminder(lead=7 * DAY, clock=dt.time(9, 15))),
        ("2 dagar kl. 07.30", Reminder(lead=2 * DAY, clock=dt.time(7, 30))),
        ("0d at 07:00", Reminder(lead=0 * DAY, clock=dt.time(7))),
    ],
)
def test_a_reminder_is_read_as_people_write_it(text: str, reminder: Reminder) -> None:
    assert parse_reminder(text) == reminder


@pytest.mark.parametrize("text", ["", "tomorrow", "2h at 08:00", "10m", "61d", "0d", "1d at 25:00"])
def test_what_is_no_reminder_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_reminder(text)


def test_without_words_there_is_one_reminder_the_day_before_at_eight() -> None:
    assert read_reminders(Release(id="a", title="A")) == (Reminder(lead=DAY, clock=dt.time(8)),)


def test_an_empty_list_means_no_reminder() -> None:
    assert read_reminders(Release(id="a", title="A", reminders=())) == ()


def test_every_wrong_reminder_is_told_at_once() -> None:
    with pytest.raises(InputError) as raised:
        read_reminders(Release(id="a", title="A", reminders=("soon", "2h", "later")))
    assert len(raised.value.problems) == 2


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("20-7", QuietHours()),
        ("21:30–06.30", QuietHours(start=dt.time(21, 30), end=dt.time(6, 30))),
        ("18-24", QuietHours(start=dt.time(18), end=dt.time(0))),
        ("none", None),
        ("inga", None),
    ],
)
def test_quiet_hours_are_read(text: str, hours: QuietHours | None) -> None:
    assert parse_quiet_hours(text) == hours


@pytest.mark.parametrize("text", ["", "8", "20:00-20:30", "8-8", "25-7"])
def test_what_is_no_quiet_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_quiet_hours(text)


def test_quiet_hours_reach_over_midnight() -> None:
    covered = [hour for hour in range(24) if QuietHours().covers(dt.time(hour))]
    assert covered == [0, 1, 2, 3, 4, 5, 6, 20, 21, 22, 23]


@pytest.mark.parametrize(
    ("day", "free"),
    [
        ("2026-06-06", True),  # the national day
        ("2026-04-06", True),  # Easter Monday
        ("2026-12-24", True),  # an eve that the law treats alike
        ("2026-12-01", False),
        ("2026-11-29", False),  # a Sunday: newsrooms work
    ],
)
def test_public_holidays_are_the_swedish_ones(day: str, free: bool) -> None:
    assert swedish_holidays()(dt.date.fromisoformat(day)) is free


def test_nobody_gets_two_mails_of_a_release_within_the_cool_off() -> None:
    now = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
    assert is_cooling_off(now - dt.timedelta(hours=19), now)
    assert not is_cooling_off(now - dt.timedelta(hours=20), now)
    assert not is_cooling_off(None, now)
