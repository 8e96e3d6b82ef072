"""An entry of a calendar keeps its name through every edit, and a name that is gone stays gone."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pressutskick.message.occasions import CalendarHistory, Occasion
from pressutskick.release.model import Event, Release, Session

DAY = dt.date(2026, 12, 2)


def session(hour: int, title: str | None = None, place: str | None = None) -> Session:
    return Session(start=dt.time(hour), title=title, place=place)


def text(*sessions: Session, date: dt.date | None = DAY) -> Release:
    return Release(id="dag", title="Dag", event=Event(date=date, sessions=sessions))


def names(*texts: Release) -> list[str]:
    """The names in the last text, after those before it went out."""
    *before, now = texts
    return [each.suffix for each in CalendarHistory(texts=dict(enumerate(before))).entries(now)]


def dropped(*texts: Release, held: int = 0) -> list[str]:
    *before, now = texts
    history = CalendarHistory(texts=dict(enumerate(before)))
    return [each.suffix for each in history.dropped(now, [held])]


A, B, C = session(9, "Visning"), session(12, "Lunch"), session(14, "Frågor")


def test_a_single_event_has_no_suffix_and_keeps_none_when_it_moves() -> None:
    moved = text(date=DAY + dt.timedelta(days=7))
    assert names(text()) == names(text(), moved) == [""]


def test_the_first_of_three_taken_out_is_the_one_that_goes() -> None:
    assert names(text(A, B, C)) == ["-1", "-2", "-3"]
    assert names(text(A, B, C), text(B, C)) == ["-2", "-3"]
    assert dropped(text(A, B, C), text(B, C)) == ["-1"]


def test_the_order_in_the_text_does_not_matter() -> None:
    assert names(text(A, B), text(B, A)) == ["-2", "-1"]


def test_a_session_keeps_its_name_by_its_title_or_by_its_time() -> None:
    assert names(text(A, B), text(A, session(15, "Lunch"))) == ["-1", "-2"]
    assert names(text(A, B), text(A, session(12, "Middag"))) == ["-1", "-2"]


def test_another_title_at_another_time_is_another_session() -> None:
    assert names(text(A, B), text(A, C)) == ["-1", "-3"]
    assert dropped(text(A, B), text(A, C)) == ["-2"]


def test_untitled_sessions_have_moved() -> None:
    assert names(text(session(9), session(12)), text(session(9), session(15))) == ["-1", "-2"]


def test_an_event_that_is_divided_lives_on_in_one_of_its_sessions() -> None:
    assert names(text(), text(session(9), session(12))) == ["", "-2"]
    assert dropped(text(), text(session(9), session(12))) == []


def test_a_session_that_comes_back_is_a_new_entry() -> None:
    assert names(text(A, B), text(A), text(A, B)) == ["-1", "-3"]
    assert dropped(text(A, B), text(A), text(A, B), held=0) == ["-2"]
    assert dropped(text(A, B), text(A), text(A, B), held=1) == []


def test_an_event_without_a_date_any_more_is_gone() -> None:
    assert names(text(), text(date=None)) == []
    assert dropped(text(), text(date=None)) == dropped(text(), Release(id="dag", title="x")) == [""]


def test_the_entry_that_is_gone_says_what_it_was() -> None:
    history = CalendarHistory(texts={5: text(A, replace(B, place="Kajen"))})
    (gone,) = history.dropped(text(A), [5])
    assert (gone.title, gone.place, gone.start) == ("Dag: Lunch", "Kajen", dt.time(12))


sessions = st.lists(
    st.builds(session, st.integers(8, 12), st.sampled_from([None, "Visning", "Lunch", "Frågor"])),
    max_size=4,
)


@given(st.lists(sessions, min_size=1, max_size=5))
def test_whatever_is_edited_a_calendar_that_got_one_mail_and_the_next_holds_what_holds(
    edits: list[list[Session]],
) -> None:
    texts = dict(enumerate(text(*each) for each in edits))
    history = CalendarHistory(texts=texts)
    last = max(texts)
    now = history.entries(texts[last])
    assert len({each.suffix for each in now}) == len(now)
    for number, sent in texts.items():
        before = CalendarHistory(texts={key: texts[key] for key in range(number)})
        saved: dict[str, Occasion] = {each.suffix: each for each in before.entries(sent)}
        saved |= {each.suffix: each for each in now}
        for each in history.dropped(texts[last], [number]):
            del saved[each.suffix]
        assert saved == {each.suffix: each for each in now}
