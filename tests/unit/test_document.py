"""The canonical document: lossless both ways, every problem with its line."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.errors import InputError, Problem
from pressutskick.mail import Language, is_safe_for_header
from pressutskick.release.document import (
    KEYS,
    format_document,
    parse_document,
)
from pressutskick.release.model import (
    Attachment,
    CalendarMode,
    Contact,
    Event,
    Kind,
    Release,
    ReleaseStatus,
    Rsvp,
    Session,
    Speaker,
)
from pressutskick.release.recognition import is_document

DOCS = Path(__file__).parents[2] / "docs"

EXAMPLE = """\
---
id: invigning-torget
title: Invigning på torget
language: sv
published: 2026-09-02T07:00+02:00
lead: |
  Första raden.

  Andra: raden # är text.
event:
  date: 2026-09-04
  weekday: fredag
  start: 12:30
  place: Torget 1
speakers:
  - Anna Berg, kommunalråd
contacts:
  - name: Bo Ek
    phones: [031-390 06 11, 070-1740 612]
    emails: bo.ek@example.org
silence: [title-long]
diarienummer: 0123
---

## Rubrik

Text.
"""


def problems_of(text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(InputError) as caught:
        parse_document(text, file="a.md")
    return [(p.origin.line, p.code, str(p.sentence)) for p in caught.value.problems]


def test_a_document_is_read() -> None:
    document = parse_document(EXAMPLE, file="a.md")
    release = document.release
    assert release.event is not None
    assert release.event.start == dt.time(12, 30)
    assert release.event.date == dt.date(2026, 9, 4)
    assert release.lead == "Första raden.\n\nAndra: raden # är text."
    assert release.speakers == (Speaker(name="Anna Berg", title="kommunalråd"),)
    assert release.contacts[0].phones == ("031-390 06 11", "070-1740 612")
    assert release.contacts[0].emails == ("bo.ek@example.org",)
    assert release.silenced == ("title-long",)
    assert release.extra == {"diarienummer": "0123"}
    assert release.body == "## Rubrik\n\nText."


def test_keys_keep_their_lines() -> None:
    document = parse_document(EXAMPLE)
    assert document.lines["title"] == 3
    assert document.lines["event.start"] == 13
    assert document.lines["contacts[0].phones"] == 19
    assert document.body_line == 25


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = "\ufeff" + EXAMPLE.replace("\n", "\r\n")
    assert is_document(text)
    assert parse_document(text) == parse_document(EXAMPLE)


def test_all_problems_are_told_at_once_with_their_lines() -> None:
    broken = EXAMPLE.replace("12:30", "lunch").replace("2026-09-04", "4 september")
    broken = broken.replace("kind", "knd").replace("bo.ek@", "bo ek@").replace("id: ", "id: Å ")
    found = problems_of(broken.replace("  place", "  palce").replace("title: Inv", "titel: Inv"))
    assert [(line, code) for line, code, _ in found] == [
        (2, "value-invalid"),
        (3, "key-unknown"),
        (11, "value-invalid"),
        (13, "value-invalid"),
        (14, "key-unknown"),
        (20, "value-invalid"),
    ]
    assert "did you mean event.place?" in found[4][2]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("---\ntitle: A\n", 1, "front-matter-syntax"),
        ("---\ntitle: A\nplace: [b: c\n---\n", 4, "front-matter-syntax"),
        ("---\ntitle: A\n\tevent: b\n---\n", 3, "front-matter-syntax"),
        ("---\ntitle: &a [A]\nlead: *a\n---\n", 3, "front-matter-syntax"),
        ("---\ntitle: A\nx: " + "[" * 100 + "\n---\n", 3, "front-matter-syntax"),
        ("---\ntitle: A\ntitle: B\n---\n", 3, "key-duplicate"),
        ("---\ntitle: [A, B]\n---\n", 2, "value-invalid"),
        ("---\ntitle: A\nevent: fredag\n---\n", 3, "value-invalid"),
        ("---\ntitle: A\nevent:\n  timezone: ../etc\n---\n", 4, "value-invalid"),
        ('---\ntitle: "A\\r\\nBcc: b@example.org"\n---\n', 2, "value-invalid"),
        ("---\ntitle: =?utf-8?q?a=0D=0ABcc:_x@example.org?=\n---\n", 2, "value-invalid"),
        ("---\ntitle: A\ncontacts:\n  - name: B\n    emails: [b]\n---\n", 5, "value-invalid"),
        ("---\ntitle: A\n---\n\nHej \x1b[31m\n", 5, "value-invalid"),
    ],
)
def test_each_fault_has_its_line_and_code(text: str, line: int, code: str) -> None:
    assert (line, code) in [(found[0], found[1]) for found in problems_of(text)]


def test_front_matter_of_any_length_ends_quickly() -> None:
    assert problems_of("---\ntitle: A\n" + "x: y\n" * 100_000 + "---\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: A\n---\n", True),
        ("\n---\n# comment\n\ntitle: A\n---\n", True),
        ("---\n\nPressinbjudan\n\n---\n", False),
        ("Tid: 10.00\n---\nPlats: A\n", False),
        ("", False),
    ],
)
def test_raw_text_is_told_from_a_document(text: str, expected: bool) -> None:
    assert is_document(text) is expected


def test_a_document_without_id_is_named_after_its_file() -> None:
    text = "---\ntitle: Ä\n---\n"
    assert parse_document(text, file="a/Öppet hus.md").release.id == "oppet-hus"
    assert parse_document(text, file="-").release.id == "a"


def test_a_colon_or_a_number_sign_needs_no_quotation_marks() -> None:
    text = (
        "---\ntitle: Pressinbjudan: Bo's bro: 'ny'\nlead: |\n  Tid: nu: ja\n"
        "event:\n  place: Sal #3 (obs: ny)\n  gathering: Hallen # vid dörren\n"
        "speakers:\n  - name: Bo: ek\n---\n"
    )
    release = parse_document(text).release
    assert release.title == "Pressinbjudan: Bo's bro: 'ny'"
    assert release.lead == "Tid: nu: ja"
    assert release.event is not None
    assert release.event.place == "Sal #3 (obs: ny)"
    assert release.event.gathering == "Hallen"
    assert release.speakers[0].name == "Bo: ek"


# The round trip -----------------------------------------------------------------------------------

# Most of what no header may hold is not drawn at all, so that little is drawn in vain.
printable = st.characters(exclude_categories=["C", "Zl", "Zp"])
line = st.text(printable, min_size=1, max_size=40)
line = line.filter(lambda text: is_safe_for_header(text) and bool(text.strip()))
passage = st.lists(line | st.just(""), min_size=1, max_size=5).map("\n".join)
passage = passage.map(str.strip).filter(bool)
body = passage.map(str.rstrip).map(lambda text: text.lstrip("\n")).filter(lambda t: t.strip() != "")
body = body.filter(lambda text: text.split("\n")[0].strip() != "")
day = st.dates()
clock = st.times().map(lambda time: time.replace(microsecond=0))
wall = st.datetimes().map(lambda moment: moment.replace(microsecond=0))
offset = st.integers(-720, 720).map(lambda n: dt.timezone(dt.timedelta(minutes=n)))
moment = st.datetimes(timezones=offset).map(lambda moment: moment.replace(microsecond=0))
address = st.from_regex(r"[a-zåäö0-9.!#%-]{1,9}@[a-z0-9-]{1,9}\.example", fullmatch=True)
lines = st.lists(line, max_size=3).map(tuple)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


def tuples(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(strategy, max_size=2).map(tuple)


session = st.builds(
    Session, date=maybe(day), start=maybe(clock), end=maybe(clock), place=maybe(line),
    title=maybe(line),
)  # fmt: skip
event = st.builds(
    Event, date=maybe(day), end_date=maybe(day), start=maybe(clock), end=maybe(clock),
    weekday=maybe(line), place=maybe(line), gathering=maybe(line), online=maybe(line),
    sessions=tuples(session), timezone=st.sampled_from(["Europe/Stockholm", "Europe/Helsinki"]),
)  # fmt: skip
rsvp = st.builds(
    Rsvp, name=maybe(line), title=maybe(line), email=maybe(address), phones=lines, url=maybe(line),
    deadline=maybe(day | wall),
)  # fmt: skip
contact = st.builds(
    Contact, name=maybe(line), title=maybe(line), organisation=maybe(line), phones=lines,
    emails=st.lists(address, max_size=2).map(tuple),
)  # fmt: skip
extra_key = st.from_regex(r"x_[a-z]{1,8}", fullmatch=True)
extra_value = st.recursive(
    st.text(printable, max_size=20).filter(is_safe_for_header),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(extra_key, inner, max_size=2),
    max_leaves=4,
)
releases = st.builds(
    Release,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True),
    title=line, kind=st.sampled_from(Kind), status=st.sampled_from(ReleaseStatus),
    language=st.sampled_from(Language), published=maybe(day | moment), embargo=maybe(moment),
    lead=maybe(passage), body=st.just("") | body, subject=maybe(line), event=maybe(event),
    rsvp=maybe(rsvp), speakers=tuples(st.builds(Speaker, name=line, title=maybe(line))),
    contacts=tuples(contact),
    attachments=tuples(st.builds(Attachment, path=line, title=maybe(line))),
    photo_note=maybe(passage), accreditation=maybe(passage),
    calendar=st.sampled_from(CalendarMode), reminders=maybe(lines),
    reminders_on_holidays=st.booleans(), quiet_hours=maybe(line), silenced=lines,
    extra=st.dictionaries(extra_key, extra_value, max_size=2),
)  # fmt: skip


@given(releases)
def test_no_release_is_changed_by_a_round_trip(release: Release) -> None:
    text = format_document(release)
    assert is_document(text)
    assert parse_document(text).release == release


@given(st.text(max_size=200) | st.text("-:\n []{}*&!|>'\"#%@ätid", max_size=60))
def test_any_text_is_read_or_refused_with_problems(text: str) -> None:
    document = f"---\ntitle: A\n{text}\n---\n"
    problems: tuple[Problem, ...] = ()
    try:
        parse_document(document)
    except InputError as error:
        problems = error.problems
        told = bool(problems)
    else:
        told = True
    assert told
    assert all(problem.origin.line for problem in problems)


def test_the_manual_lists_exactly_the_keys() -> None:
    manual = (DOCS / "release-format.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([\w.]+)`", manual, re.MULTILINE)) == set(KEYS)
