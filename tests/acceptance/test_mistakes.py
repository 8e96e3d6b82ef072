"""What is said to whoever makes a typical mistake: a changed word shows as a difference.

`python -m tests.kit.mistakes` writes the golden files anew; read what it changes.
"""

from functools import cache

import pytest
from tests.kit.mistakes import LANGUAGES, MISTAKES, make_all, read_golden

#: Those that end well: nothing was wrong, and nothing had to be done.
CALM = {"sent-again", "resolve-nothing"}
said = cache(make_all)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_said_is_what_was_agreed(name: str, language: str) -> None:
    assert said(language)[name] == read_golden(language)[name]


def test_there_are_sixty_and_each_is_refused_without_a_fault_of_ours() -> None:
    assert len(MISTAKES) >= 60
    for name, text in read_golden("sv").items():
        status = int(text.split("\n", 1)[0].removeprefix("exit "))
        assert status != 70, name
        assert (status == 0) == (name in CALM), name
        assert "Traceback" not in text


def test_the_two_languages_end_alike_and_say_different_words() -> None:
    english, swedish = read_golden("en"), read_golden("sv")
    assert set(english) == set(swedish) == set(MISTAKES)
    for name in MISTAKES:
        assert english[name].split("\n")[0] == swedish[name].split("\n")[0], name
        assert english[name] != swedish[name], name
