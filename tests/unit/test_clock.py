"""`--now` is a Swedish wall clock unless it says otherwise."""

import datetime as dt

import pytest

from pressutskick.cli.flags.clock import clock_now, parse_now
from pressutskick.errors import UsageError


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


@pytest.mark.parametrize("text", ["tomorrow", "2024-13-01", "08:00", " "])
def test_what_is_no_time_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="--now"):
        parse_now(text)


def test_without_the_flag_it_is_now() -> None:
    assert clock_now("").tzinfo is not None
