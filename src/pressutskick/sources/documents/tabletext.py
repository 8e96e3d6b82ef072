"""The cells of a document's table -> blocks of text: labels, layout or a table with bars."""

import re

from pressutskick.sources.documents.leftout import without_marks

#: Characters of a cell that is a paragraph rather than an entry.
_LONG = 200


def print_table(rows: list[list[str]]) -> list[str]:
    """Blocks for a table: label rows as `Label: value`, layout as blocks, the rest with bars.

    A cell's own lines stand apart by line feeds.
    """
    if all(len(row) == 2 and is_label(row[0]) for row in rows) and any(
        is_entry(row[1]) for row in rows
    ):
        return _print_labels(rows)
    if any("\n" in cell or len(cell) > _LONG for row in rows for cell in row) or all(
        sum(map(bool, row)) < 2 for row in rows
    ):
        return [cell for row in rows for cell in row if cell]
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in padded]
    return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]


def _print_labels(rows: list[list[str]]) -> list[str]:
    """Rows of labels: those with one entry on a line each, one below the other."""
    blocks: list[str] = []
    is_open = False
    for label, value in rows:
        if not is_entry(value):
            blocks += [label, value]
        elif is_open:
            blocks[-1] += "\n" + print_label(label, join_lines(value.split("\n")))
        else:
            blocks.append(print_label(label, join_lines(value.split("\n"))))
        is_open = is_entry(value)
    return blocks


def print_label(label: str, value: str) -> str:
    """`Label: value`, whatever stood after the label."""
    return f"{label.strip().rstrip(':* ').lstrip('*')}: {value.strip()}"


def is_label(cell: str) -> bool:
    """Whether a cell can be the name of what stands beside it."""
    cell = without_marks(cell)
    return 0 < len(cell) <= 30 and len(cell.split()) <= 4 and not re.search(r"[\d\n]", cell)


def join_lines(lines: list[str]) -> str:
    """The lines of one entry as one: `Ekparken` and `Storgatan 4` are parted by a comma."""
    joined = lines[0]
    for line in lines[1:]:
        gap = " " if re.search(r"[,;:–-]\W*$", without_marks(joined)) else ", "
        joined += gap + line
    return joined


def is_entry(cell: str) -> bool:
    """Whether the lines of a cell are parts of one thing: short, no list, no commas of their own."""
    lines = without_marks(cell).split("\n")
    return len(cell) <= _LONG and not any(
        re.match(r"[-*] |\d+\. ", line)
        or (index < len(lines) - 1 and re.search(r"[,.!?@]$|, ", line))
        for index, line in enumerate(lines)
    )
