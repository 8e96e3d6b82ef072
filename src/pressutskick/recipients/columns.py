"""How the columns of a list are understood: by name, by a person's correction, or by content.

The understanding is an explicit value (`Columns`), so that `recipients map` can show it before
anything is built on it, and a person can correct it in a file beside the list (`Guide`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pressutskick.recipients.cells import on_one_line, tidy
from pressutskick.recipients.fields import SECOND_CHOICE, Field, field_of_header, fold_header
from pressutskick.recipients.rows import Row

#: The header is looked for in so many rows that are not empty.
HEADER_ROWS = 10


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
    """One column: its index from 0, its header as written, and what it was taken for."""

    index: int
    header: str
    field: Field | None
    understanding: Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """All columns that have a header or a cell; `header_line` is None where the list has none."""

    header_line: int | None
    columns: tuple[Column, ...]

    def index_of(self, wanted: Field) -> int | None:
        """Where `wanted` stands, None where no column has it."""
        return next((column.index for column in self.columns if column.field is wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A person's corrections for one list.

    `columns` maps a header (in the form of `fold_header`) to a field, or to None for a column that
    is the list's own. `ignored` holds headers that are not to be read. `defaults` fill a field
    where the row leaves it empty.
    """

    columns: Mapping[str, Field | None] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    defaults: Mapping[Field, str] = field(default_factory=dict)


NO_GUIDE = Guide()


def letter_of(index: int) -> str:
    """The spreadsheet's name of a column: 0 -> A, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def understand(
    sample: Sequence[Row], guide: Guide = NO_GUIDE, *, is_delimited: bool = False
) -> Columns:
    """Finds the header in the first rows and what each column means.

    Args:
        sample: the list's first rows that are not empty; more than `HEADER_ROWS` of them let
            an address column be known by its content.
        guide: what a person has corrected.
        is_delimited: columns to the right of the header are a fault, not columns.
    """
    header = _find_header(sample[:HEADER_ROWS], guide)
    below = [row for row in sample if header is None or row.line > header.line]
    address = _address_column(below)
    if header is None and address is not None:
        header = _unknown_header(sample, address)
        below = [row for row in below if header is None or row.line > header.line]
    width = _width(header, [] if header and is_delimited else below)
    # A header may be too short for the addresses; they are not to be lost for it.
    width = max(width, 0 if address is None else address + 1)
    names = _names(header, width)
    columns = _assign(names, guide)
    if header is None and any(column.field for column in columns):
        columns = [_own(column) for column in columns]
    if address is not None:
        columns = [_not_street(column, address, below) for column in columns]
    if address is not None and not any(column.field is Field.ADDRESS for column in columns):
        columns = _with_address(columns, address)
    used = {index for row in below for index, cell in enumerate(row.cells) if cell.strip()}
    return Columns(
        header_line=header.line if header else None,
        columns=tuple(
            column
            for column in columns
            if column.index in used
            or (header and column.index < len(header.cells) and tidy(header.cells[column.index]))
        ),
    )


def _width(header: Row | None, rows: Sequence[Row]) -> int:
    """The number of columns up to the last that holds something."""
    lengths = (
        index + 1
        for row in [*rows, *([header] if header else [])]
        for index, cell in enumerate(row.cells)
        if tidy(cell)
    )
    return max(lengths, default=0)


def _not_street(column: Column, address: int, rows: Sequence[Row]) -> Column:
    """A column called `Adress` without a single @ in it has streets, where another has the @."""
    is_named = column.field is Field.ADDRESS and column.understanding is Understanding.NAME
    if not is_named or column.index == address or _holds_address(column.index, rows):
        return column
    return _own(column)


def _holds_address(index: int, rows: Sequence[Row]) -> bool:
    return any(
        index in row.links or (index < len(row.cells) and "@" in row.cells[index]) for row in rows
    )


def _with_address(columns: list[Column], index: int) -> list[Column]:
    """The addresses are the texts of a column, or the links beneath them."""
    is_taken = columns[index].field is not None
    found = Column(
        index=index,
        header=columns[index].header,
        field=Field.ADDRESS,
        understanding=Understanding.LINK if is_taken else Understanding.CONTENT,
    )
    return [*columns[:index], *([columns[index]] if is_taken else []), found, *columns[index + 1 :]]


def _own(column: Column) -> Column:
    return Column(
        index=column.index,
        header=column.header,
        field=None,
        understanding=Understanding.EXTRA,
    )


def _find_header(rows: Sequence[Row], guide: Guide) -> Row | None:
    """The row that names most fields; one that names the address wins over one that does not."""
    best: tuple[int, Row] | None = None
    for row in rows:
        if any("@" in cell for cell in row.cells):
            continue
        fields = {_field_named(cell, guide) for cell in row.cells} - {None}
        score = len(fields) + (10 if Field.ADDRESS in fields else 0)
        if score >= 2 and (best is None or score > best[0]):
            best = (score, row)
    return best[1] if best else None


def _field_named(header: str, guide: Guide) -> Field | None:
    folded = fold_header(header)
    if folded in guide.columns:
        return guide.columns[folded]
    found = field_of_header(header)
    return found[0] if found else None


def _address_column(rows: Sequence[Row]) -> int | None:
    """The column most of whose cells look like addresses, or have one in a link."""
    counts: dict[int, int] = {}
    for row in rows:
        for index, cell in enumerate(row.cells):
            if ("@" in cell and "." in cell.rpartition("@")[2]) or index in row.links:
                counts[index] = counts.get(index, 0) + 1
    best = max(counts, key=lambda index: (counts[index], -index), default=None)
    return best if best is not None and counts[best] * 2 >= len(rows) else None


def _unknown_header(rows: Sequence[Row], address: int) -> Row | None:
    """The row above the first address, where its address column holds a word."""
    above: Row | None = None
    for row in rows:
        cell = row.cells[address] if address < len(row.cells) else ""
        if "@" in cell or address in row.links:
            break
        above = row if cell.strip() else None
    return above


def _names(header: Row | None, width: int) -> list[str]:
    """A name for each column: as written, numbered where it comes twice, else its letter."""
    names: list[str] = []
    for index in range(width):
        cell = header.cells[index] if header and index < len(header.cells) else ""
        name = on_one_line(tidy(cell)) or letter_of(index)
        count = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names.append(f"{name} ({count + 1})" if count else name)
    return names


def _assign(names: Sequence[str], guide: Guide) -> list[Column]:
    """Gives each field to the strongest of its claimants: the guide, then rank, then the left."""
    claims: dict[int, tuple[Field, int, Understanding]] = {}
    for index, name in enumerate(names):
        folded = fold_header(name)
        if folded in guide.ignored:
            continue
        if folded in guide.columns:
            if (field_ := guide.columns[folded]) is not None:
                claims[index] = (field_, -1, Understanding.GUIDE)
        elif found := field_of_header(name):
            claims[index] = (*found, Understanding.NAME)
    winners: dict[Field, int] = {}
    for index, (field_, _rank, _how) in sorted(claims.items(), key=lambda claim: claim[1][1]):
        second = SECOND_CHOICE.get(fold_header(names[index]))
        if field_ not in winners:
            winners[field_] = index
        elif second and second not in winners:
            winners[second] = index
    by_index = {index: field_ for field_, index in winners.items()}
    return [
        Column(
            index=index,
            header=name,
            field=by_index.get(index),
            understanding=_why(index, name, by_index, claims, guide),
        )
        for index, name in enumerate(names)
    ]


def _why(
    index: int,
    name: str,
    by_index: Mapping[int, Field],
    claims: Mapping[int, tuple[Field, int, Understanding]],
    guide: Guide,
) -> Understanding:
    if fold_header(name) in guide.ignored:
        return Understanding.IGNORED
    if index in by_index:
        return claims[index][2]
    return Understanding.RIVAL if index in claims else Understanding.EXTRA
