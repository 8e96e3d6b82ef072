"""Dates, clocks and phone numbers as a newsroom of that country writes and dials them."""

import datetime as dt

import pytest

from pressutskick.mail import Language
from pressutskick.message.dates import format_moment, format_short_day, format_when
from pressutskick.message.phones import make_tel_link
from pressutskick.message.views import tidy_phone
from pressutskick.release.model import Event

DAY = dt.date(2024, 9, 4)
SV = Language.SWEDISH


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event(date=DAY, start=dt.time(9)), "onsdag 4 september 2024 kl. 09.00"),
        (Event(date=DAY), "onsdag 4 september 2024"),
        (
            Event(date=DAY, end_date=dt.date(2024, 9, 6), start=dt.time(9), end=dt.time(16)),
            "onsdag 4 september – fredag 6 september 2024 kl. 09.00–16.00",
        ),
        (
            Event(date=dt.date(2024, 12, 31), end_date=dt.date(2025, 1, 1)),
            "tisdag 31 december 2024 – onsdag 1 januari 2025",
        ),
        (Event(start=dt.time(12, 30)), "kl. 12.30"),
        (Event(end=dt.time(12, 30)), ""),
        (Event(), ""),
    ],
)
def test_when_says_what_is_known_and_no_more(event: Event, words: str) -> None:
    assert format_when(event, SV) == words


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        (SV, "4/9", "onsdag 4 september 2024 kl. 12.30"),
        (Language.NORWEGIAN, "4. september", "onsdag 4. september 2024 kl. 12.30"),
        (Language.DANISH, "4/9", "onsdag den 4. september 2024 kl. 12.30"),
        (Language.ENGLISH, "4 Sep", "Wednesday 4 September 2024, 12:30"),
    ],
)
def test_each_language_has_its_own_way(language: Language, short: str, long: str) -> None:
    assert format_short_day(DAY, language) == short
    assert format_moment(dt.datetime(2024, 9, 4, 12, 30), language) == long  # noqa: DTZ001 - wall clock


@pytest.mark.parametrize(
    ("phone", "language", "link"),
    [
        ("031-390 06 81", SV, "tel:+46313900681"),
        ("070 -1740 634", SV, "tel:+46701740634"),
        ("+46 (0)31 390 06 81", SV, "tel:+46313900681"),
        ("0046 31 390 06 81", SV, "tel:+46313900681"),
        ("22 00 00 00", Language.NORWEGIAN, "tel:+4722000000"),
        ("ring växeln", SV, ""),
        ("", SV, ""),
    ],
)
def test_a_number_is_dialled_internationally(phone: str, language: Language, link: str) -> None:
    assert make_tel_link(phone, language) == link


def test_a_number_is_shown_as_written_without_stray_spaces() -> None:
    assert tidy_phone("0701 -74  06 23") == "0701-74 06 23"
