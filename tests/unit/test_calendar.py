"""The calendar file, judged by a second iCalendar implementation (vobject)."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.mail import Mailbox
from pressutskick.message.calendar import make_calendar
from pressutskick.message.model import AttachedFile, Purpose
from pressutskick.message.occasions import CalendarHistory
from pressutskick.release.model import CalendarMode, Event, Release, Rsvp, Session

PRESS = Mailbox(address="press@exempelstad.example", name="Press; jouren, Åsa")
STAMP = dt.datetime(2024, 9, 2, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
DAY = dt.date(2024, 9, 4)
EVENT = Event(date=DAY, start=dt.time(12, 30), end=dt.time(13, 30), place="Torget 11, Åstad")
RELEASE = Release(id="lokal", title="Pressinbjudan: Ny lokal", event=EVENT)


def make(release: Release = RELEASE, **more: Any) -> tuple[AttachedFile, ...]:
    return make_calendar(
        release, organizer=PRESS, domain="exempelstad.example", stamp=STAMP, **more
    )


def read(file: AttachedFile) -> Any:
    """The only entry of the file."""
    calendar = vobject.readOne(file.content.decode("utf-8"))
    (entry,) = calendar.vevent_list
    return calendar, entry


def test_the_place_to_meet_is_called_so() -> None:
    (file,) = make(replace(RELEASE, event=replace(EVENT, gathering="Huvudentrén")))
    assert read(file)[1].description.value == "Samling: Huvudentrén"


def test_what_is_held_online_alone_has_its_link_for_a_place() -> None:
    link = "https://moten.example/a?b=c"
    (file,) = make(replace(RELEASE, event=replace(EVENT, place=None, online=link)))
    assert read(file)[1].location.value == link
    (file,) = make(replace(RELEASE, event=replace(EVENT, online=link)))
    assert read(file)[1].location.value == "Torget 11, Åstad"


def test_the_file_says_what_where_and_when() -> None:
    (file,) = make()
    calendar, entry = read(file)
    assert calendar.method.value == "PUBLISH"
    assert file.media_type == "text/calendar; method=PUBLISH; charset=utf-8"
    assert (entry.summary.value, entry.location.value) == ("Ny lokal", "Torget 11, Åstad")
    assert dt.datetime(2024, 9, 4, 10, 30, tzinfo=dt.UTC) == entry.dtstart.value
    assert dt.datetime(2024, 9, 4, 11, 30, tzinfo=dt.UTC) == entry.dtend.value
    assert entry.organizer.value == "mailto:press@exempelstad.example"
    assert (entry.status.value, entry.sequence.value) == ("CONFIRMED", "0")
    assert not any(part.name in ("VALARM", "ATTENDEE") for part in entry.getChildren())


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    (first,), (later,) = make(), make(replace(RELEASE, title="Ny rubrik"), sequence=1)
    assert read(first)[1].uid.value == read(later)[1].uid.value == "lokal@exempelstad.example"
    assert read(later)[1].sequence.value == "1"


def test_a_cancellation_takes_the_entry_back() -> None:
    (file,) = make(purpose=Purpose.CANCELLATION, sequence=2)
    calendar, entry = read(file)
    assert (calendar.method.value, entry.status.value) == ("CANCEL", "CANCELLED")
    assert "method=CANCEL" in file.media_type


def test_without_a_clock_the_whole_day_is_meant() -> None:
    event = Event(date=DAY, end_date=dt.date(2024, 9, 5))
    _, entry = read(make(replace(RELEASE, event=event))[0])
    assert (DAY, dt.date(2024, 9, 6)) == (entry.dtstart.value, entry.dtend.value)


@pytest.mark.parametrize(
    ("end", "length"), [(None, 1.0), (dt.time(12, 0), 23.5), (dt.time(14, 0), 1.5)]
)
def test_an_end_is_an_hour_later_or_past_midnight(end: dt.time | None, length: float) -> None:
    _, entry = read(make(replace(RELEASE, event=replace(EVENT, end=end)))[0])
    assert dt.timedelta(hours=length) == entry.dtend.value - entry.dtstart.value


def test_summer_time_ends_within_an_event() -> None:
    event = Event(date=dt.date(2024, 10, 27), start=dt.time(1), end=dt.time(5))
    _, entry = read(make(replace(RELEASE, event=event))[0])
    assert dt.timedelta(hours=5) == entry.dtend.value - entry.dtstart.value


def test_each_session_has_an_entry_of_its_own() -> None:
    sessions = (
        Session(date=DAY, start=dt.time(9), title="Visning"),
        Session(start=dt.time(13), place="Hamnen"),
    )
    files = make(replace(RELEASE, event=replace(EVENT, sessions=sessions)))
    entries = [read(file)[1] for file in files]
    assert [file.filename for file in files] == ["lokal-1.ics", "lokal-2.ics"]
    assert [entry.summary.value for entry in entries] == ["Ny lokal: Visning", "Ny lokal"]
    assert [entry.location.value for entry in entries] == ["Torget 11, Åstad", "Hamnen"]
    assert len({entry.uid.value for entry in entries}) == 2


@pytest.mark.parametrize(
    "release",
    [
        replace(RELEASE, calendar=CalendarMode.NONE),
        replace(RELEASE, event=None),
        replace(RELEASE, event=Event(place="Torget")),
    ],
)
def test_no_calendar_where_none_is_wanted_or_no_date_is_known(release: Release) -> None:
    assert make(release) == ()


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@given(texts, texts, texts)
def test_no_text_becomes_a_property(title: str, place: str, name: str) -> None:
    release = replace(
        RELEASE,
        title=title or "x",
        lead=place,
        event=replace(EVENT, place=place + "\r\nATTENDEE:mailto:y@example.org"),
        rsvp=Rsvp(name=name),
    )
    (file,) = make(release)
    _, entry = read(file)
    allowed = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION"}
    assert {part.name for part in entry.getChildren()} <= allowed | {
        *("DESCRIPTION", "STATUS", "ORGANIZER")
    }
    lines = file.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_a_session_that_is_taken_out_is_cancelled_by_a_file_of_its_own() -> None:
    """Its own UID, the sequence of the change, and nothing of the new facts (RFC 5546)."""
    first, second = Session(start=dt.time(9), title="Visning"), Session(start=dt.time(13))
    before = replace(RELEASE, event=replace(EVENT, sessions=(first, second)))
    now = replace(RELEASE, event=replace(EVENT, sessions=(second,)))
    stays, goes = make(now, sequence=1, history=CalendarHistory(texts={3: before}), held=[3])
    assert (stays.filename, goes.filename) == ("lokal-2.ics", "lokal-1.ics")
    assert (stays.title, goes.title) == (
        "kalenderfil (4/9 13.00)",
        "kalenderfil (Visning, utgår)",
    )
    calendar, entry = read(goes)
    assert (calendar.method.value, entry.status.value) == ("CANCEL", "CANCELLED")
    assert (entry.uid.value, entry.sequence.value) == ("lokal-1@exempelstad.example", "1")
    assert entry.dtstart.value == dt.datetime(2024, 9, 4, 7, tzinfo=dt.UTC)
    assert read(stays)[0].method.value == "PUBLISH"
    assert len(make(now, sequence=1, history=CalendarHistory(texts={3: before}))) == 1


def test_an_embargo_stands_first_in_title_and_description() -> None:
    """An entry that is shared in a newsroom's calendar leaves its mail behind."""
    zone = ZoneInfo("Europe/Stockholm")
    event = replace(EVENT, gathering="Huvudentrén")
    release = replace(RELEASE, event=event, embargo=dt.datetime(2024, 9, 4, 9, 0, tzinfo=zone))
    (file,) = make(release)
    entry = read(file)[1]
    assert entry.summary.value == "Embargo: Ny lokal"
    told = "Embargo: får publiceras tidigast onsdag 4 september 2024 kl. 09.00."
    assert entry.description.value == f"{told}\n\nSamling: Huvudentrén"
    (off,) = make(release, purpose=Purpose.CANCELLATION)
    assert read(off)[1].description.value == told
    passed = replace(release, embargo=STAMP)
    assert read(make(passed)[0])[1].summary.value == "Ny lokal"


@pytest.mark.parametrize(
    ("release_id", "name"),
    [
        ("pressinbjudan-invigning-av-ombyggda-bussterminalen-i-2027-10-06",
         "pressinbjudan-invigning-av-ombyggda-bussterminalen-2027-10-06.ics"),
        ("bron-i-2027-10-06", "bron-i-2027-10-06.ics"),
    ],
)  # fmt: skip
def test_a_file_s_name_ends_in_no_half_sentence(release_id: str, name: str) -> None:
    (file,) = make(replace(RELEASE, id=release_id))
    assert file.filename == name
