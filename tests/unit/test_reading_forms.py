"""Forms that blind texts brought: clocks in words, moved times, columns, lines without a label."""

import datetime as dt

import pytest

from pressutskick.reading.model import Reading
from pressutskick.reading.page.lines import read_lines
from pressutskick.reading.page.units import build_units
from pressutskick.reading.reader import read_release
from pressutskick.reading.spots.clockroles import Role
from pressutskick.reading.spots.clocks import find_bare_hours, find_clocks
from pressutskick.reading.spots.dates import find_dates

NOW = dt.datetime(2024, 9, 2, 8, tzinfo=dt.UTC)


def read(text: str) -> Reading:
    return read_release(text, now=NOW)


def asked(reading: Reading) -> set[str]:
    return {question.field for question in reading.questions}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("onsdag 3 maj 10-11.30", "10:00", "11:30"),
        ("kl 10.30-12", "10:30", "12:00"),
        ("klockan tio", "10:00", None),
        ("klockan halv tre på eftermiddagen", "14:30", None),
        ("klockan kvart i elva", "10:45", None),
        ("klockan två", "14:00", None),
        ("kl 2 på eftermiddagen", "14:00", None),
        ("9 till 10.30", "10:30", None),
    ],
)
def test_a_clock_is_read_as_it_is_said(text: str, start: str, end: str | None) -> None:
    clock = find_clocks(text)[0]
    assert f"{clock.start:%H:%M}" == start
    assert (f"{clock.end:%H:%M}" if clock.end else None) == end


def test_a_clock_in_words_that_may_be_evening_is_odd() -> None:
    assert find_clocks("klockan sju")[0].is_odd
    assert not find_clocks("klockan sju på kvällen")[0].is_odd


def test_numbers_that_are_no_clocks_stay_numbers() -> None:
    assert find_clocks("öppet 10-14, budget 2026-2037, 10-20 personer") == ()


def test_a_bare_hour_counts_only_where_it_is_alone() -> None:
    assert [clock.start.hour for clock in find_bare_hours("onsdag 3 maj, 10-12")] == [10]
    assert find_bare_hours("den 14") == ()


def test_a_moved_time_is_no_span_and_no_range() -> None:
    old, new = find_clocks("flyttas från kl 10 till kl 13")
    assert (old.role, new.role) == (Role.OTHER, Role.START)
    full = [d for d in find_dates("flyttas från tisdag 16 juni till onsdag 17 juni") if d.day]
    assert [(d.day, d.end_day, d.weekday) for d in full] == [(17, None, "onsdag")]


def test_a_clock_before_doors_or_end_is_no_start() -> None:
    assert find_clocks("9.30 Dörrarna öppnas")[0].role is Role.GATHERING
    assert find_clocks("12.30 Slut")[0].role is Role.UNTIL


def units(text: str) -> list[str]:
    return [unit.text for unit in build_units(read_lines(text))]


def test_a_word_cut_at_the_right_edge_becomes_whole() -> None:
    assert units("Nu släpper landshöv-\ndingen på vattnet.") == [
        "Nu släpper landshövdingen på vattnet."
    ]
    assert (
        "kvälls- och helgtrafik"
        in units("Kommunens alla bussar i kvälls-\noch helgtrafik körs.")[0]
    )


def test_cells_side_by_side_are_a_label_and_its_value() -> None:
    text = (
        "Tid       Torsdag 14 september\n          kl. 11.30\nPlats     Myllan\n          Gränd 4"
    )
    assert units(text) == ["Tid: Torsdag 14 september, kl. 11.30", "Plats: Myllan, Gränd 4"]


def test_a_letterhead_in_columns_keeps_to_itself() -> None:
    text = "LÄNSSTYRELSEN            2024-08-20\nEnheten för vatten\n\nInbjudan till pressträff om vattnet"
    assert units(text)[0] == "LÄNSSTYRELSEN | 2024-08-20"
    assert read(text).release.title == "Inbjudan till pressträff om vattnet"


def test_a_line_of_day_and_clock_needs_no_label() -> None:
    reading = read(
        "Pressvisning av filmen\n\nVälkommen!\n\nOnsdag 11/9 kl. 10.00 (1 h 52 min)\n"
        "Biograf Grand, Sveagatan 45\n"
    )
    event = reading.release.event
    assert event is not None
    assert (event.date, event.start) == (dt.date(2024, 9, 11), dt.time(10))
    assert event.place == "Biograf Grand, Sveagatan 45"


def test_a_heading_of_another_day_than_the_label_is_asked_about() -> None:
    reading = read(
        "Pressträff om bokslutet tisdag 10 september\n\nTid: Onsdag 11 september, kl. 9.00\n"
        "Plats: Regionhuset, Parkvägen 2\n"
    )
    assert "event.date" in asked(reading)
    assert reading.release.event is not None
    assert reading.release.event.date is None


def test_a_press_meeting_beside_a_longer_event_is_asked_about() -> None:
    reading = read(
        "Seminarium om bränder\n\nTid: onsdag 11 september 9.30–11.00 (pressträff 11.15)\n"
        "Plats: Ingenjörshuset, Gränd 4\n"
    )
    assert "event.start" in asked(reading)


def test_a_called_off_event_keeps_its_time() -> None:
    reading = read(
        "Inställd: Pressträff om hamnen\n\nPressträffen i Handelshuset onsdag den 11 september "
        "kl. 14.00 är inställd.\n"
    )
    assert reading.release.event is not None
    assert reading.release.event.start == dt.time(14)


def test_a_deadline_may_stand_in_the_label() -> None:
    reading = read(
        "Pressträff om rast\n\nTid: onsdag 11 september kl. 10\nPlats: Folkets hus, Gatan 3\n"
        "Osa senast 9 september: Cilla Frisk, cilla.frisk@forbundet.example\n"
    )
    assert reading.release.rsvp is not None
    assert reading.release.rsvp.deadline == dt.date(2024, 9, 9)


def test_an_employer_before_a_title_is_nobody() -> None:
    reading = read(
        "Pressträff om batteriet\n\nMedverkande: Nordström Krafts vd Ola Berger och kommunalråd "
        "Lis Ahlm\nTid: onsdag 11 september kl. 10\n"
    )
    assert [one.name for one in reading.release.speakers] == ["Ola Berger", "Lis Ahlm"]


@pytest.mark.parametrize(
    "text",
    ["kl. 14.00 (insläpp från 13.40)", "kl 14.00, samling 13.40", "14.00 (dörrarna öppnas 13.40)"],
)
def test_words_before_a_second_clock_are_that_clocks(text: str) -> None:
    assert find_clocks(text)[0].role is Role.START


def test_a_clock_right_after_before_is_a_deadline() -> None:
    assert find_clocks("mejla före kl 12 samma dag")[0].role is Role.DEADLINE


def test_a_date_beside_the_sender_is_the_stamp_and_one_beside_a_label_is_not() -> None:
    stamped = read("Vägverket | 2024-08-29\n\nSpadtag\n\nTorsdag 5 september kl 10 på Torget 1.")
    assert str(stamped.release.published) == "2024-08-29"
    assert read("Spadtag\n\nNär | 2024-09-02\nVar | Torget 1").release.published is None


def test_senders_below_the_word_for_the_kind_are_no_heading() -> None:
    text = "Pressinbjudan\nBrandby Energi och Brandby kommun\n\nNu tänds det nya värmeverket\n"
    assert read(text).release.title == "Nu tänds det nya värmeverket"


def test_saying_so_to_somebody_is_registering() -> None:
    rsvp = read("Pressvisning 5 september.\n\nSäg gärna till Bo Ek om ni kommer, bo@ek.example.")
    assert rsvp.release.rsvp is not None
    assert rsvp.release.rsvp.email == "bo@ek.example"


def test_a_contact_with_a_shared_address_has_the_one_that_bears_the_name_too() -> None:
    """Not where the block gives numbers only: whoever wrote it wants to be called."""
    text = (
        "Pressträff 5 september. Anmäl dig till bo.ek@ek.example.\n\nKontakt: Bo Ek, 031-390 06 01"
    )
    (contact,) = read(text).release.contacts
    assert contact.emails == ()
    (contact,) = read(f"{text}, info@ek.example").release.contacts
    assert contact.emails == ("info@ek.example", "bo.ek@ek.example")


@pytest.mark.parametrize(
    "line",
    [
        "– Vi har längtat efter den här dagen, säger Eva Ek, rektor.",
        "— Vi har längtat efter den här dagen, hela staden har gjort det.",
        "- Vi har längtat efter den här dagen, säger Eva Ek, rektor.",
    ],
)
def test_a_dash_that_begins_speech_is_no_bullet(line: str) -> None:
    """Whoever is quoted must not become an item of a list."""
    text = f"Pressinbjudan: Ny skola\n\nTid: 2 december 2026 kl. 9.30\n\nEtt.\n\n{line}\n\n- kaffe\n- tal"
    body = read(text).release.body
    assert f"\n\n{line.replace('- ', '– ')}\n\n- kaffe\n- tal" in f"\n\n{body}"


def test_a_title_goes_on_after_a_hyphen() -> None:
    """`barn- och utbildningsnämnden` is one word in two halves."""
    text = "Medverkande: Åsa Öhlén (S), ordförande barn- och utbildningsnämnden, Per Ek, rektor"
    speakers = read(text).release.speakers
    assert [speaker.title for speaker in speakers] == [
        "ordförande barn- och utbildningsnämnden",
        "rektor",
    ]


def test_a_gathering_place_is_named_without_its_preposition() -> None:
    event = read("Spadtag 5 september kl 13.\n\nSamling vid platskontoret kl 12.45.").release.event
    assert event is not None
    assert event.gathering == "platskontoret"


def test_a_lone_full_stop_before_a_word_is_read() -> None:
    assert read(". A").release.title == ". A"
