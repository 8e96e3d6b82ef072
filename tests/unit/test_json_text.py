"""A document for programs holds no character that paints a terminal, and loses none."""

import json

from hypothesis import given
from hypothesis import strategies as st

from pressutskick.cli.shows.json import json_text
from pressutskick.mail import UNSAFE_CHARACTERS


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x1b\x9b\u202e\x7f\n")))
def test_what_is_printed_is_safe_and_read_back_the_same(text: str) -> None:
    printed = json_text({"reply": text})
    assert json.loads(printed) == {"reply": text}
    assert not UNSAFE_CHARACTERS.search(printed.replace("\n", ""))


def test_letters_stay_readable() -> None:
    assert "Åsa Öberg" in json_text(["Åsa Öberg"])
