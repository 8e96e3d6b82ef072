"""What heads a correction: only another time or place is a new one."""

import datetime as dt
from dataclasses import replace

import pytest

from pressutskick.dispatch.changes import find_changes
from pressutskick.dispatch.news import judge_place
from pressutskick.message.model import News
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
        (EVENT, replace(EVENT, start=None), News.NEW_TIME),
        (EVENT, replace(EVENT, sessions=(NINE,)), News.CLARIFICATION),
        (EVENT, replace(EVENT, sessions=(replace(NINE, date=dt.date(2026, 12, 3)),)),
         News.NEW_TIME),
        (replace(EVENT, sessions=(NINE,)), EVENT, News.NEW_TIME),
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
