"""Words that put off, or leave a time open; and headings that say what became of the event."""

import pytest

from pressutskick.reading.heading.statuswords import find_matter
from pressutskick.reading.when.withdrawn import is_left_open, is_put_off


@pytest.mark.parametrize(
    "text",
    [
        "Invigningen skjuts upp.",
        "Uppskjutet: Bron öppnar",
        "Vi skjuter upp pressträffen till våren",
        "The briefing has been postponed",
        "Åpningen er utsatt",
        "Åbningen er udskudt",
    ],
)
def test_what_is_put_off(text: str) -> None:
    assert is_put_off(text)
    assert is_left_open(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nytt datum meddelas senare",
        "Tid: tiden utgår",
        "Klockslag kommer",
        "Datum och tid meddelas senare",
        "Dagen är inte bestämd",
        "Vi återkommer med nytt datum",
        "Date: to be announced, TBA",
        "A new date will be set",
    ],
)
def test_what_is_told_later(text: str) -> None:
    assert is_left_open(text)
    assert not is_put_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pressträff om utsatta områden",
        "Tid: torsdag 10 december kl. 12.30",
        "Kom i tid!",
        "Vi ses!",
    ],
)
def test_what_says_nothing_of_it(text: str) -> None:
    assert not is_left_open(text)


@pytest.mark.parametrize(
    ("heading", "matter"),
    [
        ("OBS! Ny tid: Bron öppnar", "Bron öppnar"),
        ("Bron öppnar – NYTT DATUM", "Bron öppnar"),
        ("Uppdaterad pressinbjudan: Bron öppnar", "Bron öppnar"),
        ("Bron öppnar", "Bron öppnar"),
        ("Inställt", "Inställt"),
    ],
)
def test_the_matter_of_a_heading(heading: str, matter: str) -> None:
    assert find_matter(heading) == matter
