"""The difference between two releases is told fact by fact, in the release's language."""

import datetime as dt
from dataclasses import replace

import pytest

from pressutskick.dispatch.changes import (
    find_changes,
    find_changes_since,
    is_harmless,
    is_same_message,
    name_field,
)
from pressutskick.message.model import ChangedField
from pressutskick.release.model import Contact, Event, Release, Rsvp, Session, Speaker

EVENT = Event(
    date=dt.date(2026, 12, 2), start=dt.time(10), end=dt.time(11), place="Rådhuset, entré A"
)
RELEASE = Release(
    id="invigning",
    title="Invigning",
    lead="Välkommen.",
    body="Första stycket.\n\nAndra stycket.",
    event=EVENT,
    rsvp=Rsvp(email="press@example.org", deadline=dt.date(2026, 12, 1)),
    speakers=(Speaker(name="Anna Berg", title="ordförande"),),
    contacts=(Contact(name="Bo Ek", phones=("031-390 06 01",)),),
)


def fields(after: Release) -> list[ChangedField]:
    return [change.field for change in find_changes(RELEASE, after)]


def test_the_same_release_has_no_change() -> None:
    assert find_changes(RELEASE, RELEASE) == ()


def test_what_perhaps_arrived_adds_only_facts_that_the_sure_text_does_not_tell() -> None:
    """The reader may have either, so that both the first place and the second link are wrong."""
    first = replace(RELEASE, event=replace(EVENT, place="Rådhuset"))
    perhaps = replace(RELEASE, event=replace(EVENT, place="Torget", online="https://fel.example"))
    now = replace(RELEASE, event=replace(EVENT, place="Parken"))
    found = [(each.field, each.before) for each in find_changes_since([first, perhaps], now)]
    assert found == [(ChangedField.PLACE, "Rådhuset"), (ChangedField.ONLINE, "https://fel.example")]
    assert find_changes_since([now], now) == find_changes_since([], now) == ()


def test_a_new_time_tells_the_old_and_the_new_in_full() -> None:
    after = replace(RELEASE, event=replace(EVENT, start=dt.time(13), end=dt.time(14)))
    (change,) = find_changes(RELEASE, after)
    assert change.field is ChangedField.WHEN
    assert change.before == "onsdag 2 december 2026 kl. 10.00–11.00"
    assert change.after == "onsdag 2 december 2026 kl. 13.00–14.00"


@pytest.mark.parametrize(
    ("after", "field"),
    [
        (replace(RELEASE, title="Öppet hus"), ChangedField.TITLE),
        (replace(RELEASE, event=replace(EVENT, place="Torget")), ChangedField.PLACE),
        (replace(RELEASE, event=replace(EVENT, gathering="Porten")), ChangedField.GATHERING),
        (replace(RELEASE, event=replace(EVENT, online="https://example.org")), ChangedField.ONLINE),
        (
            replace(RELEASE, event=replace(EVENT, sessions=(Session(start=dt.time(9)),))),
            ChangedField.WHEN,
        ),
        (
            replace(RELEASE, rsvp=Rsvp(email="b@example.org", deadline=dt.date(2026, 12, 1))),
            ChangedField.RSVP,
        ),
        (replace(RELEASE, rsvp=Rsvp(email="press@example.org")), ChangedField.DEADLINE),
        (replace(RELEASE, speakers=()), ChangedField.SPEAKERS),
        (replace(RELEASE, contacts=()), ChangedField.CONTACTS),
        (replace(RELEASE, photo_note="Kl. 10.30"), ChangedField.PHOTO),
        (replace(RELEASE, accreditation="Legitimation"), ChangedField.ACCREDITATION),
    ],
)
def test_each_fact_is_noticed(after: Release, field: ChangedField) -> None:
    assert fields(after) == [field]


def test_a_passage_is_told_as_it_was_and_is() -> None:
    after = replace(RELEASE, body="Första stycket.\n\nTredje stycket.\n\nEtt till.")
    changes = find_changes(RELEASE, after)
    assert [(change.before, change.after) for change in changes] == [
        ("Andra stycket.", "Tredje stycket."),
        (None, "Ett till."),
    ]


def test_a_long_passage_is_shortened_at_a_word() -> None:
    (change,) = find_changes(RELEASE, replace(RELEASE, lead="Välkommen till oss. " + "ord " * 300))
    assert change.after is not None
    assert len(change.after) < 410
    assert change.after.endswith("ord …")


def test_a_changed_word_is_harmless_and_a_changed_place_is_not() -> None:
    assert is_harmless(find_changes(RELEASE, replace(RELEASE, body="Annat.")))
    moved = replace(RELEASE, event=replace(EVENT, place="Torget"))
    assert not is_harmless(find_changes(RELEASE, moved))


def test_what_only_steers_us_does_not_change_the_message() -> None:
    assert is_same_message(RELEASE, replace(RELEASE, reminders=("2h",), silenced=("title-long",)))
    assert not is_same_message(RELEASE, replace(RELEASE, subject="Kom"))


def test_every_field_has_a_name() -> None:
    assert len({str(name_field(field)) for field in ChangedField}) == len(ChangedField)
