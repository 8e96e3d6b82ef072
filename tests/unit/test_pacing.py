"""Pauses: the one that ends last counts, with its reason."""

from hypothesis import given
from hypothesis import strategies as st

from pressutskick.dispatch.pacing import Pause
from pressutskick.sentences import say

seconds = st.floats(0, 1000)


@given(st.lists(st.tuples(seconds, st.booleans()), min_size=1), seconds)
def test_of_several_pauses_the_one_that_ends_last_counts(
    asked: list[tuple[float, bool]], now: float
) -> None:
    pause = Pause()
    for until, is_decided in asked:
        pause.extend(until, say("until {until}", until=until), is_decided=is_decided)
    last = max(until for until, _ in asked)
    assert pause.left(now) == max(0.0, last - now)
    assert str(pause.reason) == f"until {last}"


@given(seconds, seconds)
def test_a_pause_that_is_merely_asked_for_does_not_hold_past_the_deadline(
    asked: float, decided: float
) -> None:
    pause = Pause()
    pause.extend(decided, say("the relay is away"), is_decided=True)
    pause.extend(asked, say("slow down"), is_decided=False)
    assert pause.decided_until == decided


def test_nothing_is_held_up_before_the_first_pause() -> None:
    assert Pause().left(0.0) == 0.0
