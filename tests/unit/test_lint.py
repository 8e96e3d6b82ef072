"""Each check finds its flaw, on its line, and leaves what is right alone."""

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.checks import check_release
from pressutskick.checks.catalogue import SEVERITIES
from pressutskick.errors import Problem
from pressutskick.reading.canonical import read_canonical
from pressutskick.reading.model import Reading
from pressutskick.reading.reader import read_release
from pressutskick.release.document import parse_document
from pressutskick.release.likeness import fold, measure_distance
from pressutskick.release.model import Release

DOCS = Path(__file__).parents[2] / "docs"
NOW = dt.datetime(2026, 8, 31, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
DOCUMENT = """\
---
id: invigning
title: Pressinbjudan om den nya bron
lead: Torsdag 10 september öppnar bron.
event:
  date: 2026-09-10
  weekday: torsdag
  start: 13:00
  end: 14:00
  place: Strandvägen 18, Åstad
rsvp:
  email: elsa.nystrom@astad.example
  deadline: 2026-09-10
contacts:
  - name: Elsa Nyström
    phones: [031-390 06 31, 070-1740 631, 031-390063]
    emails: elsa.nystrom@astad.example
---

Bron är byggd av limträ från trakten.

BODY
"""


def check(text: str, now: dt.datetime = NOW) -> tuple[Problem, ...]:
    document = parse_document(text, file="a.md")
    reading = read_canonical(document, text)
    return check_release(reading, now=now, text=text, file="a.md", body_line=document.body_line)


def found_in(text: str, now: dt.datetime = NOW) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.origin.line) for problem in check(text, now)]


def replaced(*pairs: str) -> str:
    text = DOCUMENT
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new)
    return text


def with_body(*lines: str) -> str:
    return DOCUMENT.replace("BODY", "\n".join(lines))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (replaced("  date: 2026-09-10\n", ""), "date-missing", 6),
        (replaced("2026-09-10\n  weekday: torsdag", "2026-08-20\n  weekday: torsdag"),
         "date-past", 6),
        (replaced("torsdag\n", "fredag\n"), "weekday-wrong", 7),
        (replaced("om den nya bron", "12 september"), "dates-disagree", 6),
        (replaced("  start: 13:00\n  end: 14:00\n", ""), "start-missing", 6),
        (replaced("end: 14:00", "end: 12:00"), "end-before-start", 9),
        (replaced("date: 2026-09-10\n", "date: 2026-09-10\n  end_date: 2026-09-09\n"),
         "end-before-start", 7),
        (replaced("date: 2026-09-10\n", "date: 2026-09-10\n  end_date: 2026-09-12\n"),
         "clock-without-day", 9),
        (replaced("  place: Strandvägen 18, Åstad\n", ""), "place-missing", 6),
        (replaced("Strandvägen 18, Åstad", "biblioteket"), "place-vague", 10),
        (replaced("  email: elsa.nystrom@astad.example\n  dead", "  dead"), "rsvp-unreachable", 12),
        (replaced("deadline: 2026-09-10", "deadline: 2026-09-11"), "deadline-late", 13),
        (replaced("deadline: 2026-09-10", "deadline: 2026-09-10T15:00"), "deadline-late", 13),
        (replaced("deadline: 2026-09-10", "deadline: 2026-08-30"), "deadline-past", 13),
        (replaced("emails: elsa.nystrom", "emails: elsa.nyström"), "address-not-ascii", 15),
        (replaced("emails: elsa.nystrom", "emails: elsa.nystron"), "address-name", 15),
        (replaced("emails: elsa.nystrom@astad", "emails: elsa.nystrom@astadd"),
         "address-domain", 15),
        (replaced("070-1740 631", "070-1740 63"), "phone-length", 15),
        (replaced("Pressinbjudan om", "Pressinbjudan " + "mycket " * 20 + "om"), "title-long", 3),
        (with_body("Ring 031-39 06 00 112 för mer."), "phone-length", 22),
        (with_body("Kom på lördag 12/9 2025."), "year-stale", 22),
        (with_body("Vi ses fredag 11 september 2026.", "", "Och onsdag 30 september 2026."), None,
         None),
        (with_body("Kom också tisdag 15 september,", "onsdag 17 september."),
         "weekday-doubtful", 23),
        (with_body("Programmet börjar kl. 12.150."), "clock-impossible", 22),
        (with_body("We begin at 14:00pm."), "clock-style", 22),
        (with_body("Mötet skjuts fram."), "move-ambiguous", 22),
        (with_body("Skriv till [email protected] idag."), "address-masked", 22),
        (with_body("Skriv till elsa(at)astad.example."), "address-masked", 22),
        (with_body("Anmäl dig med personnummer."), "personal-number", 22),
        (with_body("Se [kartan](karta.pdf) och [mer](https://astad.example)."), "link-dead", 22),
        (with_body("Parkering:", "", "Datum:", "", "## Om bron"), "label-empty", 24),
        (with_body("Se bifogad karta."), "promise-unkept", 22),
        (with_body("Länken finns nedan."), "promise-unkept", 22),
        (with_body("Prata med Elsa Nystrøn där."), "name-spelling", 22),
        (with_body("Det betyder mycket för pendlarna.För mer, ring."), "words-glued", 22),
        (with_body("Elsa Nyström (S) ) svarar."), "stray-sign", 22),
        (with_body("Ring te.l 031-390 06 31."), "stray-sign", 22),
        (with_body("Välkommen till till bron bron."), "word-doubled", 22),
        (with_body("Bron ?r l?ng och bl?r bl?."), None, None),
        (with_body("Bron f?rgas gr?n i h?st."), "encoding-broken", 22),
        (with_body("Bron är \ufffdppen."), "encoding-broken", 22),
        (with_body("Här är **fet text utan slut."), "emphasis-broken", 22),
        (with_body("Bron är lång och kommer att bli till stor nytta för alla de barn som varje dag "
                   "går eller cyklar till skolan genom den gamla", "", "## Om bron"), "fragment", 22),
    ],
)  # fmt: skip
def test_each_flaw_is_found_on_its_line(text: str, code: str | None, line: int | None) -> None:
    found = found_in(text)
    if code is None:
        assert found == []
    else:
        assert (code, line) in found


def test_a_quotation_begins_with_a_whole_word() -> None:
    problems = check(with_body("Pressansvarig är Elsa Nyström (S) ) i dag."))
    told = [str(each.sentence) for each in problems if each.code == "stray-sign"]
    assert told == ["“Elsa Nyström (S) )” has a stray character or space."]


def test_a_sound_release_has_no_problem() -> None:
    assert check(with_body("Välkommen!")) == ()


@pytest.mark.parametrize(
    "text",
    [
        # Not flaws (docs/checks.md): initials, second surnames, numbers that tell namesakes apart
        replaced("emails: elsa.nystrom", "emails: en"),
        replaced("emails: elsa.nystrom", "emails: elsa.berg.nystrom"),
        replaced("emails: elsa.nystrom", "emails: elsa.nystrom2"),
        # a deadline on the day, at the start
        replaced("deadline: 2026-09-10", "deadline: 2026-09-10T13:00"),
        # no end, no address, a party after midnight
        replaced("  end: 14:00\n", ""),
        replaced("    emails: elsa.nystrom@astad.example\n", ""),
        replaced("start: 13:00\n  end: 14:00", "start: 21:00\n  end: 01:00"),
        # several clock styles, an earlier year, a weekday of another year
        with_body("Kl. 13.00, klockan 13:00, 13–14. Bygget började den 3 maj 2024."),
        with_body("Bron stängs måndag 11 januari."),
        # names and words that are written so
        with_body("Följ oss på YouTube och LinkedIn, se https://Astad.example/NyBro.", ""),
        with_body("Det är bra att att-satser är hela hela tiden?").replace("hela hela", "hela"),
        with_body("Elsa Nyströms bro. Elsa Nyström-Berg kommer."),
        with_body("**Tid:** 13.00", "", "* punkt", "* punkt två"),
        with_body("Varför? Därför. Vad?"),
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert found_in(text.replace("BODY", "")) == []


def test_an_event_that_began_today_is_told() -> None:
    now = dt.datetime(2026, 9, 10, 15, 0, tzinfo=NOW.tzinfo)
    assert ("started", 8) in found_in(DOCUMENT.replace("BODY", ""), now)


def test_without_contacts_and_rsvp_nobody_can_be_asked() -> None:
    text = "---\nid: a\ntitle: A\nevent:\n  date: 2026-09-10\n  start: 10:00\n  place: A 1\n---\n"
    assert found_in(text) == [("contact-missing", 3)]
    text = text.replace("event:", "contacts:\n  - name: Bo Ek\nevent:")
    assert found_in(text) == [("contact-unreachable", 5)]


def test_one_person_with_two_numbers_is_told() -> None:
    text = replaced("contacts:\n", "contacts:\n  - name: Elsa Nyström\n    phones: 031-1234567\n")
    assert [code for code, _ in found_in(text.replace("BODY", ""))] == ["contacts-disagree"]


def test_a_day_without_a_date_is_told() -> None:
    text = "# Pressträff\n\nI dag klockan 13 visas bron på Strandvägen 18.\n\nRing 031-390 06 31."
    reading = read_release(text, now=NOW)
    found = check_release(reading, now=NOW, text=text)
    assert ("date-relative", 3) in [(problem.code, problem.origin.line) for problem in found]


def at_night(date: str, weekday: str, start: str, end: str = "", zone: str = "") -> str:
    ends = f"\n  end: {end}" if end else ""
    zones = f"\n  timezone: {zone}" if zone else ""
    return replaced(
        "date: 2026-09-10\n  weekday: torsdag\n  start: 13:00\n  end: 14:00",
        f"date: {date}\n  weekday: {weekday}\n  start: {start}{ends}{zones}",
        "Torsdag 10 september", f"En natt {date[:4]}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (at_night("2027-03-28", "söndag", "02:30"), [("clock-skipped", 8)]),
        (at_night("2027-03-28", "söndag", "02:00"), [("clock-skipped", 8)]),
        (at_night("2027-03-28", "söndag", "01:59", "03:00"), []),
        (at_night("2027-03-27", "lördag", "23:00", "02:15"), [("clock-skipped", 9)]),
        (at_night("2027-03-27", "lördag", "02:30"), []),
        (at_night("2026-10-25", "söndag", "02:30"), [("clock-twice", 8)]),
        (at_night("2026-10-24", "lördag", "22:00", "02:59"), [("clock-twice", 9)]),
        (at_night("2026-10-25", "söndag", "01:59", "03:00"), []),
        (at_night("2027-03-28", "söndag", "01:30", zone="Europe/London"), [("clock-skipped", 8)]),
        (at_night("2027-03-28", "söndag", "02:30", zone="Asia/Tokyo"), []),
        (at_night("9999-12-31", "fredag", "22:00", "02:30"), []),
    ],
)
def test_a_clock_of_the_night_when_clocks_change_is_told(
    text: str, expected: list[tuple[str, int | None]]
) -> None:
    """An hour is skipped in spring (error), one comes twice in autumn, in the event's own zone."""
    assert found_in(text) == expected


def test_a_session_in_the_skipped_hour_is_told() -> None:
    sessions = "  sessions:\n    - start: 02:10\n    - start: 04:00\n"
    text = at_night("2027-03-28", "söndag", "01:00").replace("rsvp:", f"{sessions}rsvp:")
    (problem,) = check(text)
    assert problem.code == "clock-skipped"
    assert str(problem.sentence) == "There is no 02:10 on 2027-03-28: the clocks go forward."


def test_a_press_release_needs_no_event() -> None:
    text = "---\nid: a\ntitle: A\nkind: release\ncontacts:\n  - phones: 031-390 06 31\n---\n"
    assert found_in(text) == []


def test_checks_are_silenced_by_code() -> None:
    text = replaced("  start: 13:00\n  end: 14:00\n", "")
    silent = text.replace("lead:", "silence: [start-missing]\nlead:")
    assert "start-missing" in [code for code, _ in found_in(text)]
    assert "start-missing" not in [code for code, _ in found_in(silent)]


def test_the_manual_lists_exactly_the_checks() -> None:
    manual = (DOCS / "checks.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", manual, re.MULTILINE)
    assert rows == [(code, severity.value) for code, severity in SEVERITIES.items()]


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("almqvist", "almvist", 1), ("berg", "breg", 1), ("berg", "berg", 0), ("a", "abcd", 3)],
)
def test_distance_counts_letters(left: str, right: str, distance: int) -> None:
    assert measure_distance(left, right) == distance
    assert measure_distance(right, left) == distance


def test_folding_drops_accents() -> None:
    assert fold("Åsa Ørn Ćosić") == "asa orn cosic"


@given(st.text(max_size=300) | st.text("kl. 12:30/9@.example-*()[]åKontakt:\n", max_size=300))
def test_no_text_makes_a_check_fail(text: str) -> None:
    reading = read_release(text, now=NOW)
    count = len(re.split(r"\r\n?|\n", text))
    for problem in check_release(reading, now=NOW, text=text):
        assert problem.code in SEVERITIES
        assert problem.origin.line is None or 1 <= problem.origin.line <= count


@pytest.mark.parametrize("seed", ["a", "*", "1-", "a_", "12.", "a@", "Ab ", "kl. 12.", "om om "])
def test_what_is_no_prose_costs_no_time(seed: str) -> None:
    """A hundred thousand characters at quadratic cost would take minutes; the suite would hang."""
    text = seed * (100_000 // len(seed))
    release = Release(id="a", title="A")
    reading = Reading(release=release, facts=())
    check_release(reading, now=NOW, text=text)


@pytest.mark.parametrize(
    ("lead", "is_told"),
    [
        ("Onsdag den 9 september öppnar bron. Välkommen att se den.", True),
        ("På onsdag 9 september öppnar bron.", True),
        ("Torsdag den 10 september öppnar bron.", False),
        ("Onsdag den 9 september var bygget klart. Den 10 september öppnar bron.", False),
        ("Onsdag den 9 september fattas beslutet. Pressen är välkommen på torsdag.", False),
        ("Från och med onsdag 9 september är bron öppen.", False),
        ("Bron öppnar, och onsdag 9 september börjar bussarna gå över den.", False),
    ],
)
def test_a_text_that_opens_with_another_day_is_an_old_one_used_again(
    lead: str, is_told: bool
) -> None:
    found = [code for code, _line in found_in(replaced("Torsdag 10 september öppnar bron.", lead))]
    assert ("dates-disagree" in found) is is_told
