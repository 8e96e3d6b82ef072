"""The difference between two releases is told fact by fact, in the release's language."""

import datetime as dt
from dataclasses import replace

import pytest

from pressutskick.dispatch.changes.facts import (
    compare,
    compare_with_all,
    find_changes,
    is_harmless,
    is_same_message,
    name_field,
)
from pressutskick.dispatch.texts import Text, make_text
from pressutskick.message.model import AttachedFile, ChangedField
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


def file(name: str, content: bytes) -> AttachedFile:
    return AttachedFile(filename=name, media_type="text/plain", content=content)


def text(release: Release, *files: AttachedFile) -> Text:
    return make_text(release, files)


MAP, OTHER, PLAN = file("karta.txt", b"a"), file("karta.txt", b"b"), file("plan.txt", b"c")


def fields(after: Release) -> list[ChangedField]:
    return [change.field for change in find_changes(RELEASE, after)]


def test_the_same_release_has_no_change() -> None:
    assert find_changes(RELEASE, RELEASE) == ()


def test_what_perhaps_arrived_adds_only_facts_that_the_sure_text_does_not_tell() -> None:
    """The reader may have either, so that both the first place and the second link are wrong."""
    first = replace(RELEASE, event=replace(EVENT, place="Rådhuset"))
    perhaps = replace(RELEASE, event=replace(EVENT, place="Torget", online="https://fel.example"))
    now = replace(RELEASE, event=replace(EVENT, place="Parken"))
    held = [text(first), text(perhaps)]
    found = [(each.field, each.before) for each in compare_with_all(held, text(now))]
    assert found == [(ChangedField.PLACE, "Rådhuset"), (ChangedField.ONLINE, "https://fel.example")]
    assert compare_with_all([text(now)], text(now)) == compare_with_all([], text(now)) == ()


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
            ChangedField.SESSION,
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
        (
            replace(RELEASE, embargo=dt.datetime(2026, 12, 1, 6, tzinfo=dt.UTC)),
            ChangedField.EMBARGO,
        ),
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
    steered = replace(RELEASE, reminders=("2h",), silenced=("title-long",))
    assert is_same_message(text(RELEASE), text(steered))
    assert not is_same_message(text(RELEASE), text(replace(RELEASE, subject="Kom")))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((MAP,), (MAP,), []),
        ((MAP,), (OTHER,), [("karta.txt", "karta.txt")]),
        ((), (MAP,), [(None, "karta.txt")]),
        ((MAP,), (), [("karta.txt", None)]),
        ((MAP, PLAN), (OTHER,), [("plan.txt", None), ("karta.txt", "karta.txt")]),
        # The same octets under another name are no news.
        ((MAP,), (file("kartan.txt", b"a"),), []),
        # Each of the two says something else under its name.
        ((MAP, PLAN), (file("karta.txt", b"c"), file("plan.txt", b"a")),
         [("karta.txt", "karta.txt"), ("plan.txt", "plan.txt")]),
    ],
)  # fmt: skip
def test_files_are_compared_by_their_octets(
    before: tuple[AttachedFile, ...],
    after: tuple[AttachedFile, ...],
    told: list[tuple[str | None, str | None]],
) -> None:
    found = compare(text(RELEASE, *before), text(RELEASE, *after))
    assert [(each.before, each.after) for each in found] == told
    assert {each.field for each in found} <= {ChangedField.ATTACHMENTS}
    assert is_harmless(found) is not bool(told)
    assert is_same_message(text(RELEASE, *before), text(RELEASE, *after)) is (before == after)


def test_of_files_that_a_log_did_not_keep_only_the_seal_tells() -> None:
    known = replace(text(RELEASE, MAP), files=None)
    assert is_same_message(known, text(RELEASE, MAP))
    (change,) = compare(known, text(RELEASE, OTHER))
    assert (change.before, change.after) == ("karta.txt", "karta.txt")


def test_of_files_that_perhaps_arrived_each_is_told() -> None:
    held = [text(RELEASE, MAP), text(RELEASE, MAP, PLAN)]
    found = compare_with_all(held, text(RELEASE, OTHER))
    assert [each.before for each in found] == ["karta.txt", "plan.txt"]


def test_an_embargo_is_told_on_the_event_s_clock() -> None:
    early, late = (dt.datetime(2026, 12, day, 5, tzinfo=dt.UTC) for day in (1, 2))
    (change,) = find_changes(replace(RELEASE, embargo=early), replace(RELEASE, embargo=late))
    assert change.before == "tisdag 1 december 2026 kl. 06.00"
    assert change.after == "onsdag 2 december 2026 kl. 06.00"


def test_every_field_has_a_name() -> None:
    assert len({str(name_field(field)) for field in ChangedField}) == len(ChangedField)
