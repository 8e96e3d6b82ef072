"""A report as values: sections, paragraphs, tables. A terminal, a browser, a spreadsheet show them.

What is told is decided once; how it looks is for who shows it. A table can be drawn: the drawing has
the very figures of the table, which always stands beside it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from pressutskick.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A word for people that has a code for programs."""

    code: str
    words: Sentence


#: A number counts people or mails; a moment is aware; None is an empty cell.
Cell = str | int | dt.datetime | Sentence | Coded | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `code` names it for programs."""

    code: str
    heading: Sentence

    @classmethod
    def of(cls, code: str, heading: Sentence) -> "Column":
        """The same, in a line."""
        return cls(code=code, heading=heading)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a caption; the first column heads its row.

    `drawn` is the number of the column that a chart shows, None for no chart. In a table `of_groups`
    each row counts the people of a group, the number of whom stands in the second column; one that
    `names_people` is for those only who may see who they are. `left_out` rows are not shown.
    """

    code: str
    caption: Sentence
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    drawn: int | None = None
    of_groups: bool = False
    names_people: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, what is to be said, and tables."""

    heading: Sentence
    words: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole report; `title` is the release's own, or the period's.

    `about` tells the occasion, `lead` is the gist in numbers, and its last sentence what they mean.
    """

    title: Sentence | str
    about: tuple[Sentence, ...] = ()
    lead: tuple[Sentence, ...] = ()
    sections: tuple[Section, ...] = field(default=())
    is_public: bool = False

    @property
    def tables(self) -> Iterator[Table]:
        """All tables, in order."""
        return (table for section in self.sections for table in section.tables)

    def table(self, code: str) -> Table | None:
        """The table of that code; None where the page has none."""
        return next((table for table in self.tables if table.code == code), None)
