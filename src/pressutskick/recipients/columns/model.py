"""How the columns of a list are understood, as values; `understanding` makes them.

The understanding is an explicit value (`Columns`), so that `recipients map` can show it before
anything is built on it, and a person can correct it in a file beside the list (`Guide`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pressutskick.recipients.fields import (
    Field,
    field_of_header,
    fold_header,
    fold_whole,
)


class Understanding(StrEnum):
    """Why a column has its field."""

    NAME = "name"
    GUIDE = "guide"
    CONTENT = "content"
    #: The addresses stand in the links beneath the texts of a column that means something else.
    LINK = "link"
    #: Kept under its own name, for templates.
    EXTRA = "extra"
    #: The person said that it is not to be read.
    IGNORED = "ignored"
    #: A stronger column has the field that this one's name means; kept like an extra.
    RIVAL = "rival"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its index from 0, its header as written, and what it was taken for.

    `rival` is the field that its name means where a stronger column has that.
    """

    index: int
    header: str
    field: Field | None
    understanding: Understanding
    rival: Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """All columns that have a header or a cell; `header_line` is None where the list has none."""

    header_line: int | None
    columns: tuple[Column, ...]

    def index_of(self, wanted: Field) -> int | None:
        """Where `wanted` stands, None where no column has it."""
        return next((column.index for column in self.columns if column.field is wanted), None)

    def having(self, wanted: Field) -> tuple[Column, ...]:
        """All columns that have a field; more than one only of those that may be several."""
        return tuple(column for column in self.columns if column.field is wanted)

    @property
    def next_addresses(self) -> tuple[Column, ...]:
        """Columns that are called addresses while another one is mailed; the strongest first."""
        found = [column for column in self.columns if column.rival is Field.ADDRESS]
        return tuple(
            sorted(found, key=lambda column: (field_of_header(column.header) or (0, 0))[1])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A person's corrections for one list.

    `columns` maps a header (in the form of `fold_whole`, or of `fold_header` where nothing in
    brackets matters) to a field, or to None for a column that is the list's own. `ignored` holds
    headers that are not to be read. `defaults` fill a field where the row leaves it empty.
    """

    columns: Mapping[str, Field | None] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    defaults: Mapping[Field, str] = field(default_factory=dict)

    def keys_of(self, headers: Sequence[str]) -> list[str | None]:
        """The key under which the guide knows each header; None where it does not.

        Without its brackets a header is known only where no other one could be meant.
        """
        short = Counter(map(fold_header, headers))
        wholes = set(map(fold_whole, headers))
        keys: list[str | None] = []
        for header in headers:
            whole, alone = fold_whole(header), fold_header(header)
            is_meant = short[alone] == 1 and (alone == whole or alone not in wholes)
            candidates = (whole, alone) if is_meant else (whole,)
            known = (key for key in candidates if key in self.columns or key in self.ignored)
            keys.append(next(known, None))
        return keys


NO_GUIDE = Guide()


def letter_of(index: int) -> str:
    """The spreadsheet's name of a column: 0 -> A, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
