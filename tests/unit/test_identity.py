"""Ids that are made: short, without kind and day, whole words, never one that is taken."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.release.identity import LONGEST, free_id, heading_of, make_id


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Pressinbjudan: Invigning av samverkanslokal 9 december", "invigning-av-samverkanslokal"),
        (
            "Pressinbjudan tekniska nämndens arbetsutskott onsdag 7 december 2026",
            "tekniska-namndens",
        ),
        ("Inbjudan till pressträff om budgeten den 3 november", "presstraff-om-budgeten"),
        ("Presseinvitasjon: Åpning av ny bro", "apning-av-ny-bro"),
        ("Press invitation: Bridge opens 3 May", "bridge-opens"),
        ("2026-12-09 Invigning av bron", "invigning-av-bron"),
        ("Kvartal 3: läget", "kvartal-3-laget"),
        ("Pressinbjudan", "pressinbjudan"),
    ],
)
def test_an_id_is_the_matter_of_the_title(title: str, made: str) -> None:
    assert make_id(title) == made


@given(st.text(max_size=200))
def test_an_id_is_always_a_short_and_safe_one(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made := make_id(title))
    assert len(made) <= LONGEST


@given(st.integers(1, 31), st.sampled_from(["januari", "maj", "oktober", "december"]))
def test_the_day_is_no_part_of_the_matter(day: int, month: str) -> None:
    assert heading_of(f"Invigning av bron {day} {month}") == "invigning-av-bron"


def test_an_id_that_is_taken_gets_the_next_number() -> None:
    assert free_id("bron", set()) == "bron"
    assert free_id("bron", {"bron", "bron-2"}) == "bron-3"
