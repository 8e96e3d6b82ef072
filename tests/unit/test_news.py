"""What heads a correction: only another time or place is a new one."""

import datetime as dt
from dataclasses import replace

import pytest

from pressutskick.dispatch.changes.facts import find_changes
from pressutskick.dispatch.changes.news import judge_place
from pressutskick.message.model import ChangedField, News
from pressutskick.release.model import Event, Release, Session

DAY = dt.date(2026, 12, 2)
EVENT = Event(date=DAY, start=dt.time(10), place="Rådhuset")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Rådhuset", "Rådhuset, rum 3"),
        ("Rådhuset", "Rådhuset (ingång från torget)"),
        ("Rådhuset, Åstad", "Rådhuset, entré B, Åstad"),
        ("Rådhuset", "Stora salen, Rådhuset"),
        ("Rådhuset", "Stora salen i Rådhuset"),
        ("Torget 1", "Torget 1, Åstad"),
        ("Rådhuset", "Rådhuset, Storgatan 4 B, 411 15 Åstad"),
        ("Rådhuset", "Rådhuset, 3 tr"),
        ("Rådhuset", "Rådhuset, Lilla konferensrummet"),
        ("Town Hall", "Town Hall, floor 2"),
        ("Rådhuset", "2. etasje, Rådhuset"),
        (None, "Rådhuset"),
    ],
)
def test_the_same_place_named_more_closely_is_a_clarification(
    before: str | None, after: str
) -> None:
    assert judge_place(before, after) is News.CLARIFICATION


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Rådhuset", "Torget"),
        ("Rådhuset, rum 3", "Rådhuset, rum 4"),
        ("Torget 1", "Torget 11"),
        ("Torget 1", "Torget 1 B"),
        ("Rådhuset", "Torget vid Rådhuset"),
        ("Rådhuset", "Torget, inte Rådhuset"),
        ("Rådhuset", "Torget (tidigare Rådhuset)"),
        ("Norra skolan", "Södra skolan"),
        ("Aulan", "Aulan på Norra skolan i stället för Södra skolan"),
        ("Aulan", "Aulan, Norra skolan"),
        ("Rådhuset", "Rådhuset är stängt, vi ses i Biblioteket"),
        ("Rådhuset", "Rådhuset, plan 2 är stängt"),
        ("Rådhuset", "Rådhuset, flyttat till Storgatan 4"),
        ("Rådhuset", "Rådhuset, Storgatan 4 (ej rum 3)"),
        ("Rådhuset", "Rådhuset, Biblioteket"),
        ("Rådhuset", "Biblioteket, Rådhuset"),
        ("Rådhuset, Storgatan 1", "Rådhuset, Storgatan 1, Kungsgatan 4"),
        ("Rådhuset, rum 3", "Rådhuset, rum 3, rum 4"),
        ("Rådhuset", "Rådhuset, men vi samlas i Folkets hus"),
        ("Town Hall", "Town Hall is closed, Library instead"),
        ("Rådhuset", "Rådhuset, ikke rom 2"),
        ("Rådhuset", "Rådhuset lukket, rum 2"),
    ],
)
def test_another_place_is_a_new_one(before: str, after: str) -> None:
    assert judge_place(before, after) is News.NEW_PLACE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Radhuset", "Rådhuset"),
        ("Rådhuset, Åstad", "Rådhuset (Åstad)"),
        ("Rådhuset, rum 3", "Rådhuset"),
        ("Rådhuset", None),
    ],
)
def test_a_spelling_or_less_of_the_same_place_is_a_correction(
    before: str, after: str | None
) -> None:
    assert judge_place(before, after) is News.CORRECTION


def news_of(before: Event, after: Event) -> set[News]:
    one, other = (Release(id="a", title="A", event=event) for event in (before, after))
    return {change.news for change in find_changes(one, other)}


NINE = Session(start=dt.time(9), title="Kaffe", place="Foajén")


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        (EVENT, replace(EVENT, start=dt.time(11)), News.NEW_TIME),
        (EVENT, replace(EVENT, date=dt.date(2026, 12, 3)), News.NEW_TIME),
        (EVENT, replace(EVENT, timezone="Europe/Helsinki"), News.NEW_TIME),
        (EVENT, replace(EVENT, end=dt.time(11)), News.CLARIFICATION),
        (replace(EVENT, start=None), EVENT, News.CLARIFICATION),
        (EVENT, replace(EVENT, start=None), News.TIME_WITHDRAWN),
        (EVENT, replace(EVENT, date=None, start=None), News.POSTPONED),
        (replace(EVENT, end=dt.time(11)), EVENT, News.CORRECTION),
        (replace(EVENT, start=None), replace(EVENT, start=None, sessions=(NINE,)),
         News.CLARIFICATION),
        (EVENT, replace(EVENT, start=None, sessions=(replace(NINE, start=dt.time(10)),)),
         News.CLARIFICATION),
        (EVENT, replace(EVENT, sessions=(NINE,)), News.CLARIFICATION),
        (EVENT, replace(EVENT, sessions=(replace(NINE, date=dt.date(2026, 12, 3)),)),
         News.NEW_PROGRAMME),
        (replace(EVENT, sessions=(NINE,)), EVENT, News.NEW_PROGRAMME),
        (replace(EVENT, sessions=(NINE,)),
         replace(EVENT, sessions=(replace(NINE, start=dt.time(8)),)), News.NEW_TIME),
        (replace(EVENT, sessions=(NINE,)),
         replace(EVENT, sessions=(replace(NINE, start=dt.time(8), place="Köket"),)),
         News.NEW_TIME_AND_PLACE),
        (replace(EVENT, sessions=(NINE,)),
         replace(EVENT, sessions=(replace(NINE, start=None),)), News.NEW_PROGRAMME),
        (replace(EVENT, date=None, start=None, sessions=(replace(NINE, date=DAY),)),
         replace(EVENT, date=None, start=None, sessions=(NINE,)), News.POSTPONED),
        (replace(EVENT, place=None, online="https://example.org"), EVENT, News.NEW_PLACE),
        (replace(EVENT, place=None, online="https://example.org"),
         replace(EVENT, online="https://example.org"), News.CLARIFICATION),
        (replace(EVENT, sessions=(NINE,)),
         replace(EVENT, sessions=(replace(NINE, title="Te"),)), News.CORRECTION),
        (replace(EVENT, sessions=(NINE,)),
         replace(EVENT, sessions=(replace(NINE, place="Köket"),)), News.NEW_PLACE),
        (EVENT, replace(EVENT, place=None, online="https://example.org"), News.NEW_PLACE),
        (EVENT, replace(EVENT, gathering="Porten"), News.CLARIFICATION),
    ],
)  # fmt: skip
def test_only_another_time_is_a_new_one(before: Event, after: Event, news: News) -> None:
    """Told is what would bring somebody to the wrong door or too late."""
    assert news in news_of(before, after)
    assert news_of(before, after) <= {news, News.CORRECTION}


COFFEE, CONFERENCE = (
    Session(start=dt.time(9), end=dt.time(10), title="Kaffe"),
    Session(start=dt.time(13), end=dt.time(14), title="Presskonferens", place="Lilla salen"),
)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((COFFEE, CONFERENCE), (COFFEE,), [("kl. 13.00–14.00, Presskonferens, Lilla salen", None)]),
        ((COFFEE,), (COFFEE, CONFERENCE), [(None, "kl. 13.00–14.00, Presskonferens, Lilla salen")]),
        # The order of a list is no fact.
        ((COFFEE, CONFERENCE), (CONFERENCE, COFFEE), []),
        # Two that have changed places are both told, and neither is off.
        ((COFFEE, replace(CONFERENCE, place=None)),
         (replace(CONFERENCE, place=None, start=COFFEE.start, end=COFFEE.end),
          replace(COFFEE, start=CONFERENCE.start, end=CONFERENCE.end)),
         [("kl. 09.00–10.00, Kaffe", "kl. 13.00–14.00, Kaffe"),
          ("kl. 13.00–14.00, Presskonferens", "kl. 09.00–10.00, Presskonferens")]),
        # What is off comes first.
        ((COFFEE,), (CONFERENCE,),
         [("kl. 09.00–10.00, Kaffe", None),
          (None, "kl. 13.00–14.00, Presskonferens, Lilla salen")]),
    ],
)  # fmt: skip
def test_each_session_is_told_on_a_line_of_its_own(
    before: tuple[Session, ...],
    after: tuple[Session, ...],
    told: list[tuple[str | None, str | None]],
) -> None:
    one, other = (
        Release(id="a", title="A", event=replace(EVENT, sessions=sessions))
        for sessions in (before, after)
    )
    found = find_changes(one, other)
    assert [(each.before, each.after) for each in found] == told
    assert {each.field for each in found} <= {ChangedField.SESSION}


def test_a_session_of_another_day_says_which() -> None:
    """The year stands above; where the event has no day, it stands here."""
    third = replace(COFFEE, date=dt.date(2026, 12, 3))
    for event, words in (
        (EVENT, "torsdag 3 december kl. 09.00–10.00, Kaffe"),
        (replace(EVENT, date=None, start=None), "torsdag 3 december 2026 kl. 09.00–10.00, Kaffe"),
    ):
        one = Release(id="a", title="A", event=replace(event, sessions=(third,)))
        (change,) = (
            each
            for each in find_changes(one, Release(id="a", title="A", event=event))
            if each.field is ChangedField.SESSION
        )
        assert change.before == words
