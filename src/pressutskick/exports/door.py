"""The page for the door: HTML that prints well, big type, a box to tick for each. No script."""

from collections.abc import Mapping
from pathlib import Path

import jinja2

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.door import DoorList

#: Empty lines for those whom nobody expected.
_SPARE_LINES = 8


def write_door_page(
    door: DoorList, *, title: str, when: str, summary: str, language: str, words: Mapping[str, str]
) -> str:
    """The page; names are data and never markup. `when` tells the event's time and place."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    page = environment.from_string(Path(__file__).with_name("door.html.j2").read_text("utf-8"))
    groups = (
        (words["comes"], door.of(Answer.COMING)),
        (words["answered"], door.of(Answer.OTHER)),
        (words["silent"], door.of(None)),
        (words["declined"], door.of(Answer.DECLINED)),
        (words["walk_ins"], door.walk_ins),
    )
    return page.render(
        title=title,
        when=when,
        summary=summary,
        language=language,
        words=words,
        groups=[(heading, rows) for heading, rows in groups if rows],
        spare=range(_SPARE_LINES),
    )
