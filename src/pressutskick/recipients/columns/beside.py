"""Tables that stand side by side on one sheet, under the same headers: each is read as a list. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pressutskick.recipients.fields import Field, field_of_header, fold_whole
from pressutskick.recipients.rows import Row

#: More columns than a list may have, for one table of all of them.
ALL = 1 << 20
_DIGITS = re.compile(r"\d+")
#: Tables of fewer columns are a column that was written twice.
_NARROWEST = 2


def find_tables(header: Row | None) -> list[range]:
    """The columns of each table; one range of all columns where there is but one table."""
    if header is None:
        return [range(ALL)]
    # `Namn 2` beside `Namn 1` begins the second table.
    names = [_DIGITS.sub("", fold_whole(cell)) for cell in header.cells]
    first = next((index for index, name in enumerate(names) if name), 0)
    starts = [index for index, name in enumerate(names) if name and name == names[first]]
    ends = [*starts[1:], ALL]
    tables = [range(start, end) for start, end in zip(starts, ends, strict=True)]
    if len(tables) > 1 and all(_is_table(names, table) for table in tables):
        return [range(tables[0].stop), *tables[1:]]
    return [range(ALL)]


def _is_table(names: Sequence[str], columns: range) -> bool:
    """Whether the part has a column of addresses and others of the same list."""
    part = [name for name in names[columns.start : columns.stop] if name]
    fields = {found[0] for name in part if (found := field_of_header(name))}
    return len(part) >= _NARROWEST and Field.ADDRESS in fields and len(fields) >= _NARROWEST


def only(row: Row, columns: range) -> Row:
    """The row with nothing but the cells of one table; they keep their places."""
    cells = tuple(
        cell if index in columns else "" for index, cell in enumerate(row.cells[: columns.stop])
    )
    return replace(
        row,
        cells=cells,
        flaws={index: flaw for index, flaw in row.flaws.items() if index in columns},
        links={index: link for index, link in row.links.items() if index in columns},
    )
