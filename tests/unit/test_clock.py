"""`--now` is a Swedish wall clock unless it says otherwise."""

import datetime as dt

import pytest

from pressutskick.cli.flags.clock import clock_now, parse_at, parse_now
from pressutskick.errors import UsageError
from pressutskick.release.zone import ZONE


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-09-02", "2024-09-01T22:00+00:00"),
        ("2024-09-02T08:00", "2024-09-02T06:00+00:00"),
        ("2024-12-02 08:00", "2024-12-02T07:00+00:00"),
        ("2024-09-02T08:00Z", "2024-09-02T08:00+00:00"),
    ],
)
def test_a_time_without_offset_is_swedish(text: str, moment: str) -> None:
    assert parse_now(text) == dt.datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text", ["nästa vecka", "2024-13-01", "8", " ", "31 april", "fredag 10 december 2026"]
)
def test_what_is_no_time_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="--now"):
        parse_now(text)


NOW = dt.datetime(2026, 11, 29, 9, tzinfo=ZONE)  # a Sunday


@pytest.mark.parametrize(
    ("text", "now", "at"),
    [
        ("imorgon 07:00", "2026-11-30T07:00", "2026-11-30T07:00"),
        ("07:00", "2026-11-29T07:00", "2026-11-30T07:00"),
        ("kl. 10.30", "2026-11-29T10:30", "2026-11-29T10:30"),
        ("fredag 7", "2026-12-04T07:00", "2026-12-04T07:00"),
        ("söndag 07:00", "2026-11-29T07:00", "2026-12-06T07:00"),
        ("on Friday at 7", "2026-12-04T07:00", "2026-12-04T07:00"),
        ("9/12 kl 13", "2026-12-09T13:00", "2026-12-09T13:00"),
        ("torsdag 10 december 8.15", "2026-12-10T08:15", "2026-12-10T08:15"),
    ],
)
def test_words_mean_the_next_that_comes_and_it_is_shown(
    text: str, now: str, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parse_now(text, NOW) == dt.datetime.fromisoformat(now).replace(tzinfo=ZONE)
    assert parse_at(text, NOW) == dt.datetime.fromisoformat(at).replace(tzinfo=ZONE)
    assert at.replace("T", " ") in capsys.readouterr().err


def test_a_day_without_a_clock_is_no_time_to_send_at() -> None:
    with pytest.raises(UsageError, match="a clock is missing"):
        parse_at("fredag", NOW)
    assert parse_now("9 december", NOW) == dt.datetime(2026, 12, 9, tzinfo=ZONE)


def test_a_weekday_that_slipped_is_told() -> None:
    with pytest.raises(UsageError, match="2026-12-10 is a Thursday"):
        parse_at("fredag 10 december 07:00", NOW)


def test_without_the_flag_it_is_now() -> None:
    assert clock_now("").tzinfo is not None
