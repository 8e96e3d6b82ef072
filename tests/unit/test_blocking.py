"""Open questions on when, where and RSVP stand in the way of sending."""

import pytest

from pressutskick.reading.asking.blocking import blocking_questions
from pressutskick.reading.model import Question, Reading
from pressutskick.release.model import Release
from pressutskick.sentences import say


@pytest.mark.parametrize(
    ("field", "blocks"),
    [
        ("event.date", True),
        ("event.start", True),
        ("event.place", True),
        ("event", True),
        ("rsvp", True),
        ("rsvp.email", True),
        ("event.end", False),
        ("kind", False),
        ("speakers[0].name", False),
    ],
)
def test_what_blocks(field: str, blocks: bool) -> None:
    question = Question(field=field, why=say("?"))
    reading = Reading(release=Release(id="a", title="A"), facts=(), questions=(question,))
    assert bool(blocking_questions(reading)) is blocks
