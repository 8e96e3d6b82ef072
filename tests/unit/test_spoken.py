"""A day as somebody says it is the day that was meant."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.reading.asking.spoken import WrongDayError, understand

MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
WEEKDAYS = "måndag tisdag onsdag torsdag fredag lördag söndag"
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2040, 12, 31))


@given(today=DAYS, ahead=st.integers(0, 364))
def test_a_day_of_the_coming_year_needs_no_year(today: dt.date, ahead: int) -> None:
    day = today + dt.timedelta(days=ahead)
    if (day.month, day.day) == (today.month, today.day) and day != today:
        return  # a leap year in between: the day is today's
    month, weekday = MONTHS.split()[day.month - 1], WEEKDAYS.split()[day.weekday()]
    for text in (
        f"{day.day} {month}",
        f"den {day.day} {month[:3]}",
        f"{day.day}/{day.month}",
        f"{weekday} {day.day} {month}",
        f"{weekday}en den {day.day} {month}",
        f"{day.day} {month} {day.year}",
    ):
        assert understand(text, today).day == day, text
    other = WEEKDAYS.split()[(day.weekday() + 1) % 7]
    with pytest.raises(WrongDayError):
        understand(f"{other} {day.day} {month}", today)


@given(today=DAYS, ahead=st.integers(0, 6))
def test_a_weekday_is_the_next_one_and_may_be_today(today: dt.date, ahead: int) -> None:
    day = today + dt.timedelta(days=ahead)
    assert understand(f"på {WEEKDAYS.split()[day.weekday()]}", today).day == day


@given(text=st.text("0123456789 /.-:abdefgjklmnoprstuvåäö", max_size=20), today=DAYS)
def test_whatever_is_typed_is_a_day_or_refused(text: str, today: dt.date) -> None:
    try:
        spoken = understand(text, today)
    except ValueError:
        return
    assert spoken.day is not None or spoken.clock is not None


@pytest.mark.parametrize("text", ["", "7", "nästa fredag", "9-10 december", "30 februari", "x"])
def test_what_could_mean_more_than_one_thing_is_asked_again(text: str) -> None:
    with pytest.raises(ValueError):
        understand(text, dt.date(2026, 11, 29))


def test_the_29_of_february_may_be_years_ahead() -> None:
    assert understand("29 februari", dt.date(2026, 3, 1)).day == dt.date(2028, 2, 29)
