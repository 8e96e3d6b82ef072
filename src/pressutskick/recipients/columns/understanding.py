"""What each column of a list means: by a person's correction, by name, or by what it holds. Pure."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from pressutskick.recipients.cells import on_one_line, tidy
from pressutskick.recipients.columns.model import (
    NO_GUIDE,
    Column,
    Columns,
    Guide,
    Understanding,
    letter_of,
)
from pressutskick.recipients.fields import (
    PLURAL,
    SECOND_CHOICE,
    Field,
    field_of_header,
    fold_header,
)
from pressutskick.recipients.naming.names import is_given_name
from pressutskick.recipients.rows import Row

#: The header is looked for in so many rows that are not empty.
HEADER_ROWS = 10


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
    header = find_header(sample, guide)
    below = [row for row in sample if header is None or row.line > header.line]
    address = _address_column(below)
    if header is None and address is not None:
        header = _unknown_header(sample, address)
        below = [row for row in below if header is None or row.line > header.line]
    width = _width(header, [] if header and is_delimited else below)
    # A header may be too short for the addresses; they are not to be lost for it.
    width = max(width, 0 if address is None else address + 1)
    names = _names(header, width)
    streets = {
        index
        for index in range(width)
        if address is not None and index != address and not _holds_address(index, below)
    }
    columns = _assign(names, guide, streets)
    if header is None and not guide.columns:
        columns = _without_names(columns, below)
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


def _without_names(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """Where no header says what the columns are: the list's own, and the first that holds names."""
    own = [_own(column) for column in columns]
    named = next((column for column in own if _holds_people(rows, column.index)), None)
    if named is not None:
        own[named.index] = replace(named, field=Field.NAME, understanding=Understanding.CONTENT)
    return own


def _holds_people(rows: Sequence[Row], index: int) -> bool:
    """Whether a column holds names of people, and not of outlets: most begin as people are called."""
    cells = [row.cells[index].split() for row in rows if index < len(row.cells)]
    people = [words for words in cells if words and is_given_name(words[0])]
    return holds_names(rows, index) and len(people) * 2 > len([words for words in cells if words])


def holds_names(rows: Sequence[Row], index: int) -> bool:
    """Whether most of what a column holds is two to four capitalised words."""
    cells = [row.cells[index].split() for row in rows if index < len(row.cells)]
    filled = [words for words in cells if words]
    named = [
        words
        for words in filled
        if 2 <= len(words) <= 4 and all(word[0].isupper() and word[-1].isalpha() for word in words)
    ]
    return len(named) * 2 > len(filled)


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


def find_header(rows: Sequence[Row], guide: Guide) -> Row | None:
    """Of the first rows the one that names most fields; one that names the address wins over one that does not."""
    best: tuple[int, Row] | None = None
    for row in rows[:HEADER_ROWS]:
        if any("@" in cell for cell in row.cells):
            continue
        fields = {_field_named(cell, guide) for cell in row.cells} - {None}
        score = len(fields) + (10 if Field.ADDRESS in fields else 0)
        if score >= 2 and (best is None or score > best[0]):
            best = (score, row)
    return best[1] if best else None


def _field_named(header: str, guide: Guide) -> Field | None:
    (key,) = guide.keys_of([header])
    if key in guide.columns:
        return guide.columns[key or ""]
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


def _assign(names: Sequence[str], guide: Guide, streets: Container[int]) -> list[Column]:
    """Gives each field to the strongest of its claimants: the guide, then rank, then the left.

    A column called `Adress` that is among `streets` has no @ in it, and claims nothing.
    """
    keys = guide.keys_of(names)
    claims = {
        index: claim
        for index, name in enumerate(names)
        if (claim := _claim(name, keys[index], guide))
        and not (claim[0] is Field.ADDRESS and claim[1] >= 0 and index in streets)
    }
    winners: dict[int, Field] = {}
    for index, (field_, rank) in sorted(claims.items(), key=lambda claim: claim[1][1]):
        taken = set(winners.values())
        second = SECOND_CHOICE.get(fold_header(names[index]))
        if field_ not in taken or (field_ in PLURAL and _is_told(index, rank, winners, claims)):
            winners[index] = field_
        elif second and second not in taken:
            winners[index] = second
    return [
        Column(
            index=index,
            header=name,
            field=winners.get(index),
            understanding=_why(index, name, winners, claims, keys[index], guide),
            rival=claims[index][0] if index in claims and index not in winners else None,
        )
        for index, name in enumerate(names)
    ]


def _claim(name: str, key: str | None, guide: Guide) -> tuple[Field, int] | None:
    """The field that a column should have and how strongly; what a person said is below 0."""
    if key is None:
        return field_of_header(name)
    told = guide.columns.get(key)
    return None if told is None else (told, -1)


def _is_told(
    index: int,
    rank: int,
    winners: Mapping[int, Field],
    claims: Mapping[int, tuple[Field, int]],
) -> bool:
    """Whether one more column may have a field, since a person said so.

    Tags that a column has by its name stay beside those that a person added.
    """
    others = [claims[other][1] for other, field_ in winners.items() if field_ is claims[index][0]]
    return rank < 0 or (claims[index][0] is Field.TAGS and all(other < 0 for other in others))


def _why(
    index: int,
    name: str,
    winners: Mapping[int, Field],
    claims: Mapping[int, tuple[Field, int]],
    key: str | None,
    guide: Guide,
) -> Understanding:
    if key in guide.ignored:
        return Understanding.IGNORED
    if index not in winners:
        return Understanding.RIVAL if index in claims else Understanding.EXTRA
    # A guide repeats what the name says of the columns that nobody has corrected.
    by_name = field_of_header(name)
    is_corrected = key is not None and (by_name is None or by_name[0] is not winners[index])
    return Understanding.GUIDE if is_corrected else Understanding.NAME
