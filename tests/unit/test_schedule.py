"""When reminders go: once each, never in a forbidden hour, whatever summer time does."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pressutskick.dispatch.reminders.quiet import Calm, QuietHours, is_swedish_holiday
from pressutskick.dispatch.reminders.times import (
    ReminderState,
    ReminderTime,
    explain,
    find_start,
    find_times,
    judge,
    read_calm,
)
from pressutskick.dispatch.reminders.words import ROOM, TOO_LATE
from pressutskick.errors import InputError
from pressutskick.release.model import Event, Release, Session

ZONE = ZoneInfo("Europe/Stockholm")
CALM = Calm(zone=ZONE, is_holiday=is_swedish_holiday)
MINUTE = dt.timedelta(minutes=1)


def invitation(day: str, clock: str | None = "10:00", *reminders: str) -> Release:
    event = Event(
        date=dt.date.fromisoformat(day), start=dt.time.fromisoformat(clock) if clock else None
    )
    return Release(id="a", title="A", event=event, reminders=reminders or None)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def only(release: Release, calm: Calm = CALM) -> ReminderTime:
    (time,) = find_times(release, calm)
    return time


@pytest.mark.parametrize(
    ("release", "due"),
    [
        (invitation("2026-12-02"), "2026-12-01T08:00"),
        (invitation("2026-12-02", None), "2026-12-01T08:00"),
        (invitation("2026-12-02", "10:00", "2h"), "2026-12-02T08:00"),
        (invitation("2026-12-02", "10:00", "1d"), "2026-12-01T10:00"),
        # 24 hours by the clock on the wall, 23 and 25 by a stop-watch.
        (invitation("2026-03-29", "10:00", "1d"), "2026-03-28T10:00"),
        (invitation("2026-10-25", "10:00", "1d"), "2026-10-24T10:00"),
    ],
)
def test_a_reminder_goes_at_its_time(release: Release, due: str) -> None:
    time = only(release)
    assert time.due == local(due)
    assert not time.is_moved


@pytest.mark.parametrize(
    ("release", "due"),
    [
        # Holidays: the last working day before, at the same clock (25 December 2026 is a Friday).
        (invitation("2026-12-28", "10:00", "2d at 08:00"), "2026-12-23T08:00"),
        (invitation("2026-06-08", "10:00", "2d at 08:00"), "2026-06-05T08:00"),
        # Quiet hours: later that morning where there is room, the evening before otherwise.
        (invitation("2026-12-02", "10:00", "5h"), "2026-12-02T07:00"),
        (invitation("2026-12-02", "07:15", "1h"), "2026-12-01T19:30"),
        (invitation("2026-12-02", "10:00", "1d at 22:00"), "2026-12-01T19:30"),
        # Too little room before the quiet hours begin.
        (invitation("2026-12-02", "10:00", "1d at 19:59"), "2026-12-01T19:29"),
    ],
)
def test_a_reminder_for_a_forbidden_hour_is_moved(release: Release, due: str) -> None:
    time = only(release)
    assert time.due == local(due)
    assert time.is_moved


def test_the_writer_may_allow_holidays() -> None:
    calm = Calm(zone=ZONE)
    assert only(invitation("2026-06-07"), calm).due == local("2026-06-06T08:00")


def test_the_front_matter_may_say_when_it_is_quiet() -> None:
    calm = read_calm(Release(id="a", title="A", quiet_hours="12-13", reminders_on_holidays=True))
    assert calm == Calm(zone=ZONE, quiet=QuietHours(start=dt.time(12), end=dt.time(13)))
    assert read_calm(Release(id="a", title="A", quiet_hours="none")).quiet is None
    assert read_calm(Release(id="a", title="A")) == CALM
    with pytest.raises(InputError, match="no quiet hours"):
        read_calm(Release(id="a", title="A", quiet_hours="at night"))


def test_a_clock_that_does_not_exist_is_moved_past_the_gap() -> None:
    calm = Calm(zone=ZONE, quiet=None)
    release = invitation("2027-03-29", "10:00", "1d at 02:30")
    assert only(release, calm).due == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)  # 03:30


def test_a_clock_that_comes_twice_means_its_first_time() -> None:
    calm = Calm(zone=ZONE, quiet=None)
    release = invitation("2026-10-26", "10:00", "1d at 02:30")
    assert only(release, calm).due == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


def test_a_reminder_planned_after_the_event_is_never_sent() -> None:
    time = only(invitation("2026-12-02", "10:00", "0d at 11:00"))
    assert time.due is None
    assert judge(time, local("2026-12-02T11:00"), CALM) is ReminderState.NEVER


def test_two_reminders_for_one_moment_are_one() -> None:
    release = invitation("2026-12-02", "10:00", "1d", "1d at 10:00")
    assert len(find_times(release, CALM)) == 1


def test_without_a_date_there_is_no_reminder() -> None:
    assert find_times(Release(id="a", title="A"), CALM) == ()
    assert find_times(Release(id="a", title="A", event=Event(start=dt.time(9))), CALM) == ()


def test_several_sessions_begin_with_the_first() -> None:
    day = dt.date(2026, 12, 2)
    sessions = (Session(date=day, start=dt.time(13)), Session(start=dt.time(9)))
    assert find_start(Event(date=day, sessions=sessions)) == local("2026-12-02T09:00")


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-12-01T07:59", ReminderState.NOT_YET),
        ("2026-12-01T08:00", ReminderState.DUE),
        ("2026-12-01T11:00", ReminderState.DUE),
        ("2026-12-01T11:01", ReminderState.TOO_LATE),
        ("2026-12-02T10:00", ReminderState.AFTER_EVENT),
    ],
)
def test_a_reminder_is_due_for_three_hours(now: str, state: ReminderState) -> None:
    assert judge(only(invitation("2026-12-02")), local(now), CALM) is state


def test_every_state_has_words() -> None:
    assert all(str(explain(state)) for state in ReminderState)


def fire(
    release: Release, calm: Calm, every: int, begin: dt.datetime, end: dt.datetime
) -> list[tuple[ReminderTime, dt.datetime]]:
    """What cron would send that calls every so many minutes and knows what was sent."""
    times = find_times(release, calm)
    sent: list[tuple[ReminderTime, dt.datetime]] = []
    now = begin
    while now < end:
        for time in times:
            if judge(time, now, calm) is ReminderState.DUE and time not in [old for old, _ in sent]:
                sent.append((time, now))
        now += every * MINUTE
    return sent


REMINDER = st.one_of(
    st.builds(
        "{}d at {:02}:{:02}".format, st.integers(0, 9), st.integers(0, 23), st.integers(0, 59)
    ),
    st.builds("{}m".format, st.integers(30, 4000)),
    st.builds("{}h".format, st.integers(1, 100)),
)
#: Days around both changes of 2026 and 2027, Easter, Christmas, and any other.
DAYS = st.one_of(
    st.dates(dt.date(2026, 3, 27), dt.date(2026, 4, 8)),
    st.dates(dt.date(2026, 10, 23), dt.date(2026, 11, 2)),
    st.dates(dt.date(2027, 3, 26), dt.date(2027, 4, 2)),
    st.dates(dt.date(2026, 12, 20), dt.date(2027, 1, 8)),
    st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
)
QUIET = st.one_of(
    st.none(),
    st.builds(
        lambda start, length: QuietHours(
            start=dt.time(start // 60, start % 60),
            end=dt.time((start + length) % 1440 // 60, (start + length) % 60),
        ),
        st.integers(0, 1439),
        st.integers(60, 16 * 60),
    ),
)


@given(
    day=DAYS,
    clock=st.times(),
    words=st.lists(REMINDER, min_size=1, max_size=3),
    quiet=QUIET,
    holidays=st.booleans(),
    every=st.integers(1, 30),
    offset=st.integers(0, 29),
)
@example(dt.date(2026, 3, 29), dt.time(10), ["0d at 02:30"], None, True, 10, 0)
@example(dt.date(2026, 10, 25), dt.time(10), ["0d at 02:30"], None, True, 10, 0)
@example(dt.date(2026, 3, 30), dt.time(2, 30), ["1d"], QuietHours(), True, 30, 7)
def test_each_reminder_fires_once_and_none_in_a_forbidden_hour(
    day: dt.date,
    clock: dt.time,
    words: list[str],
    quiet: QuietHours | None,
    holidays: bool,
    every: int,
    offset: int,
) -> None:
    calm = Calm(zone=ZONE, quiet=quiet, is_holiday=is_swedish_holiday if holidays else None)
    release = Release(
        id="a",
        title="A",
        event=Event(date=day, start=clock.replace(second=0, microsecond=0)),
        reminders=tuple(words),
    )
    start = find_start(release.event or Event())
    assert start is not None
    begin = start - dt.timedelta(days=12) + offset * MINUTE
    wanted = [time for time in find_times(release, calm) if time.due and time.due >= begin]
    # What was due before the first call may still go, and is not what is tried here.
    calls = fire(release, calm, every, begin, start + dt.timedelta(days=1))
    sent = [(time, moment) for time, moment in calls if time.due and time.due >= begin]
    assert sorted(time.planned for time, _ in sent) == sorted(time.planned for time in wanted)
    for time, moment in sent:
        assert time.due is not None
        assert time.due <= moment <= time.due + TOO_LATE
        assert moment < start
        assert not calm.forbids(moment)


def test_a_year_of_minutes_sends_each_reminder_once() -> None:
    """All minutes of a year with both changes; an event each 37 hours, so every hour of the day."""
    first = local("2026-01-10T00:00")
    events = [first + dt.timedelta(hours=37 * count) for count in range(225)]
    times = {
        time
        for start in events
        for time in find_times(
            invitation(f"{start.astimezone(ZONE):%Y-%m-%d}", f"{start.astimezone(ZONE):%H:%M}"),
            CALM,
        )
    }
    waiting = sorted(times, key=lambda time: time.due or time.start)
    fired = 0
    now = local("2026-01-01T00:00").astimezone(dt.UTC)
    for _ in range(366 * 1440):
        while waiting and waiting[0].due is not None and waiting[0].due <= now:
            assert judge(waiting[0], now, CALM) is ReminderState.DUE
            assert judge(waiting[0], now + ROOM, CALM) is not ReminderState.NOT_YET
            waiting.pop(0)
            fired += 1
        now += MINUTE
    assert fired == len(times) == 225
