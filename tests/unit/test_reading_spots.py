"""Dates, clocks and stamps, each reader for itself."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.reading.heading.stamps import find_embargo, find_stamp
from pressutskick.reading.page.lines import read_lines
from pressutskick.reading.spots.clockroles import Role
from pressutskick.reading.spots.clocks import find_clocks, find_durations
from pressutskick.reading.spots.dates import Relation, find_dates
from pressutskick.reading.spots.days import resolve

STAMP = dt.date(2024, 9, 2)
ZONE = "Europe/Stockholm"


def day(text: str, anchor: dt.date = STAMP, *, is_stamp: bool = True) -> dt.date | None:
    found = resolve(find_dates(text)[0], anchor, is_stamp=is_stamp)
    return found.date if found else None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("onsdag 4 september", dt.date(2024, 9, 4)),
        ("Onsdagen den 4 september", dt.date(2024, 9, 4)),
        ("onsdag, 4 sept.", dt.date(2024, 9, 4)),
        ("den 4 september", dt.date(2024, 9, 4)),
        ("onsdag 4/9", dt.date(2024, 9, 4)),
        ("2024-09-04", dt.date(2024, 9, 4)),
        ("onsdag 4. september", dt.date(2024, 9, 4)),
        ("onsdag d. 4. september", dt.date(2024, 9, 4)),
        ("04.09.2024", dt.date(2024, 9, 4)),
        ("Wednesday, September 4, 2024", dt.date(2024, 9, 4)),
        ("Wednesday 4th of September", dt.date(2024, 9, 4)),
        ("Sept. 4", dt.date(2024, 9, 4)),
        ("tysdag 10. september", dt.date(2024, 9, 10)),
        ("i morgon", dt.date(2024, 9, 3)),
        ("på torsdag", dt.date(2024, 9, 5)),
        ("den 9 januari", dt.date(2025, 1, 9)),
    ],
)
def test_a_day_is_read_in_every_manner_of_writing(text: str, want: dt.date) -> None:
    assert day(text) == want


@pytest.mark.parametrize(
    "text", ["2 ggr/år", "väg 1017", "B 922-16", "Aurora 17", "10-14", "31 februari"]
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    mentions = find_dates(text)
    assert not mentions or resolve(mentions[0], STAMP, is_stamp=True) is None


@given(
    st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31)),
    st.integers(0, 200),
)
def test_a_weekday_fixes_the_year_near_the_anchor(event: dt.date, ahead: int) -> None:
    weekday = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"][
        event.weekday()
    ]
    month = "januari februari mars april maj juni juli augusti september oktober november december"
    text = f"{weekday} den {event.day} {month.split()[event.month - 1]}"
    found = resolve(find_dates(text)[0], event - dt.timedelta(days=ahead), is_stamp=False)
    assert found is not None
    assert (found.date, found.is_sure) == (event, True)


def test_a_weekday_that_no_near_year_fits_is_a_contradiction() -> None:
    found = resolve(find_dates("tisdag 4 september")[0], STAMP, is_stamp=True)
    assert found is not None
    assert not found.is_sure


def test_without_weekday_and_stamp_the_year_is_only_proposed() -> None:
    found = resolve(find_dates("den 9 maj")[0], STAMP, is_stamp=False)
    assert found is not None
    assert (found.date, found.is_sure) == (dt.date(2025, 5, 9), False)


def test_a_written_year_is_read_and_checked_against_its_weekday() -> None:
    found = resolve(find_dates("Lördag 13/5 2022")[0], dt.date(2023, 5, 8), is_stamp=True)
    assert found is not None
    assert (found.is_read, found.contradicts) == (True, True)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("3-5 maj", dt.date(2025, 5, 5)),
        ("13 och 14 november", dt.date(2024, 11, 14)),
        ("11-12/5", dt.date(2025, 5, 12)),
        ("torsdag 13 juni till lördag 15 juni", dt.date(2024, 6, 15)),
    ],
)
def test_several_days_keep_first_and_last(text: str, last: dt.date) -> None:
    anchor = dt.date(2024, 6, 1) if "juni" in text else STAMP
    found = resolve(find_dates(text)[0], anchor, is_stamp=True)
    assert found is not None
    assert found.end_date == last


def test_a_relative_day_beside_a_full_date_is_found_but_told_apart() -> None:
    mentions = find_dates("I morgon, fredag 27 mars")
    assert [m.relation for m in mentions] == [Relation.TOMORROW, None]


def clock(text: str) -> tuple[str, str | None]:
    found = find_clocks(text)[0]
    return f"{found.start:%H:%M}", f"{found.end:%H:%M}" if found.end else None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("kl. 13.00", ("13:00", None)),
        ("klockan 13:00", ("13:00", None)),
        ("kl 14", ("14:00", None)),
        ("kl.15.00", ("15:00", None)),
        ("kl 1030", ("10:30", None)),
        ("kl 0930-1100", ("09:30", "11:00")),
        ("8.30", ("08:30", None)),
        ("12.30 – 13.30", ("12:30", "13:30")),
        ("14:05-14:20", ("14:05", "14:20")),
        ("kl 11-12", ("11:00", "12:00")),
        ("mellan 13.00 och 13.45", ("13:00", "13:45")),
        ("klokken 11:30", ("11:30", None)),
        ("1 p.m.", ("13:00", None)),
        ("12 p.m.", ("12:00", None)),
        ("2:30 p.m.", ("14:30", None)),
        ("10.30am - 11.30am", ("10:30", "11:30")),
        ("09h00 – 11h00", ("09:00", "11:00")),
        ("at noon", ("12:00", None)),
        ("12:15 – 12:35 ca.", ("12:15", "12:35")),
    ],
)
def test_a_clock_is_read_in_every_manner_of_writing(
    text: str, want: tuple[str, str | None]
) -> None:
    assert clock(text) == want


@pytest.mark.parametrize("text", ["12.150", "25.00", "2.5 mkr", "149.5 kB", "Kristdala 3", "kl 99"])
def test_what_only_looks_like_a_clock_is_none(text: str) -> None:
    assert find_clocks(text) == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Samling kl. 12.45", Role.GATHERING),
        ("Insläpp från 18.00", Role.GATHERING),
        ("dörrarna öppnas kl 9", Role.GATHERING),
        ("Pressen lukkes ind fra kl. 11:00", Role.GATHERING),
        ("senast klockan 12.00", Role.DEADLINE),
        ("ända till klockan 17.00", Role.UNTIL),
        ("first planned for 3 p.m.", Role.OTHER),
        ("Pressträffen börjar kl 10", Role.START),
    ],
)
def test_the_words_beside_a_clock_say_what_it_is_for(text: str, role: Role) -> None:
    assert find_clocks(text)[0].role is role


def test_two_styles_in_one_clock_are_odd() -> None:
    assert find_clocks("14:00pm")[0].is_odd
    assert not find_clocks("2:00pm")[0].is_odd


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("(ca. 1 timme)", 60), ("omkring 20 minuter", 20), ("en halv timme", 30), ("two hours", 120)],
)
def test_a_duration_is_minutes(text: str, minutes: int) -> None:
    found = next(find_durations(text), None)
    assert found is not None
    assert found[0] == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("2024-09-02 07:00 CEST", "2024-09-02T07:00"),
        ("Pressmeddelande   •   Feb 06, 2013 13:17 CET", "2013-02-06T13:17"),
        ("Publicerad: 2014-03-13 10:16:00", "2014-03-13T10:16"),
        ("Publicerad: 6 november 2006", "2006-11-06T00:00"),
        ("2022-05-09 04:30Pressmeddelande", "2022-05-09T04:30"),
        ("Okt 20, 2010 11:16 CEST", "2010-10-20T11:16"),
        ("02.06.2024", "2024-06-02T00:00"),
    ],
)
def test_a_stamp_is_a_full_date_alone_on_its_line(line: str, want: str) -> None:
    stamp = find_stamp(read_lines(f"Rubrik\n\n{line}\n"), ZONE, today=dt.date(2024, 9, 2))
    assert stamp is not None
    assert stamp.moment.strftime("%Y-%m-%dT%H:%M") == want
    assert stamp.line == 3


@pytest.mark.parametrize(
    "line", ["Datum: 9 november 2023", "onsdag 4 september", "Kom den 4 september 2024!"]
)
def test_the_events_own_day_is_no_stamp(line: str) -> None:
    assert find_stamp(read_lines(f"Rubrik\n\n{line}\n"), ZONE, today=dt.date(2024, 9, 2)) is None


def test_a_day_to_come_is_no_stamp() -> None:
    assert (
        find_stamp(read_lines("Rubrik\n4 september 2024"), ZONE, today=dt.date(2024, 9, 2)) is None
    )


def test_an_embargo_is_a_moment() -> None:
    found = find_embargo(read_lines("EMBARGO till 5 september kl. 06.00"), ZONE, STAMP)
    assert found is not None
    assert found.moment.strftime("%Y-%m-%dT%H:%M") == "2024-09-05T06:00"
