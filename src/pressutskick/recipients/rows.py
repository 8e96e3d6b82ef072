"""Raw rows of a list before anybody knows what they mean: the seam between `sources` and here.

A source reads a file and yields rows with their place; this room turns them into recipients. What
a source finds wrong on its way (a quote that is never closed, rows that Excel hid) travels in the
same stream, so that everything is told in the order of the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pressutskick.errors import Problem


class CellFlaw(StrEnum):
    """What a spreadsheet did to a cell, where the text alone does not show it."""

    #: A formula stands there; the text is the value it last had.
    FORMULA = "formula"
    #: `#REF!`, `#N/A` and kin.
    ERROR = "error"
    #: A number that was perhaps a text once: leading zeros are gone.
    NUMBER = "number"
    #: A number too long to be exact: digits are lost.
    DIGITS_LOST = "digits_lost"
    #: A date (the text is its ISO form).
    DATE = "date"


NO_FLAWS: Mapping[int, CellFlaw] = {}
NO_LINKS: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number from 1 as an editor or spreadsheet shows it, and its cells from the left.

    `flaws`, and the addresses in `links` beneath the texts, are keyed by the cell's index. Trailing
    empty cells may be absent.
    """

    line: int
    cells: tuple[str, ...]
    flaws: Mapping[int, CellFlaw] = field(default_factory=lambda: NO_FLAWS)
    links: Mapping[int, str] = field(default_factory=lambda: NO_LINKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A text with addresses that is no cell of the table, so that nobody there is lost in silence.

    `place` is the sheet that is not read, or what the text is: a note, a property of a card.
    """

    place: str
    text: str
    is_sheet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet. `file` is what problems call it; `rows` is read once, lazily.

    `list_name` is what a command would call it: the file, with the sheet where one was named.

    In a delimited text a cell to the right of the header betrays an unquoted delimiter; in a
    spreadsheet it is a note in the margin.
    """

    file: str
    is_delimited: bool = False
    sheet: str | None = None
    list_name: str = ""
    rows: Iterable[Row | Problem | Beside] = ()
