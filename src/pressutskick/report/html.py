"""A report as one page of HTML: no script, nothing remote, for the screen and for paper.

WCAG 2.1 AA: each chart is a picture with a name and a description, and the same figures stand in the
table below it, whose rows and columns have headers.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import jinja2

from pressutskick.report.cells import Tell, cell_text
from pressutskick.report.page import Page, Table
from pressutskick.sentences import Sentence, say

#: Units of a chart: its width, where bars begin, how long the longest is, and the height of a row.
WIDTH, BEGIN, LONGEST, HEIGHT = 500, 200, 230, 24
#: Bars of one chart, and letters of a bar's name.
_BARS, _LETTERS = 15, 27
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its name, its number as told, and its length in the chart's units."""

    label: str
    shown: str
    length: float
    top: int


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.PackageLoader("pressutskick.report", "."),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")


def write_html(page: Page, *, language: str, tell: Tell, colophon: Sentence | None = None) -> str:
    """The page in `language`, in which `tell` speaks; `colophon` says who made it and when."""

    def text(value: object) -> str:
        told = cell_text(value, tell)  # type: ignore[arg-type]  # the template's cells
        return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", told)

    return _template().render(
        page=page,
        language=language,
        text=text,
        is_moment=lambda cell: isinstance(cell, dt.datetime),
        is_number=lambda cell: isinstance(cell, int),
        bars=lambda table: list(draw_bars(table, tell)),
        width=WIDTH,
        begin=BEGIN,
        height=HEIGHT,
        described=say(
            "Bars, the longest for the highest number. The same figures stand in the table below."
        ),
        left_out=say("Left out here:"),
        colophon=colophon,
    )


def draw_bars(table: Table, tell: Tell) -> Iterator[Bar]:
    """The bars of a table that is drawn, at most fifteen."""
    number = table.drawn
    if number is None:
        return
    rows = table.rows[:_BARS]
    most = max((cell for row in rows if isinstance(cell := row[number], int)), default=0)
    for place, row in enumerate(rows):
        cell = row[number]
        label = _CONTROL.sub("", cell_text(row[0], tell))
        yield Bar(
            label=label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1]}…",
            shown=cell_text(cell, tell),
            length=round(LONGEST * cell / most, 1) if isinstance(cell, int) and most else 0,
            top=place * HEIGHT,
        )
