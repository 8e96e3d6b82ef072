"""Pieces of a PDF's page and how they stand on lines: one base line, and cells beside a label."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pressutskick.sources.documents import tabletext

_LONE_BULLET = re.compile(r"^[•·▪◦●○■\uf0b7\uf0a7‣⁃–-]$")
#: Points by which left edges in one column of a table may differ.
_ALIGNED = 2.5
#: Sizes of the type from one line of a cell to the next, paragraphs of the cell included.
_CELL_LEADING = 3.0
#: The same from which on two lines are two paragraphs.
_PARAGRAPH = 1.9
#: The same from a label in the middle of a cell to the cell's first line.
_HALF_CELL = 2.4
#: Pieces of a page that is looked through for such labels; each is compared with each.
_MOST_PIECES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text on one line of a page, or of a column of it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


def join_lines(pieces: list[Piece]) -> list[Piece]:
    """Pieces on one base line joined, from top to bottom; the lines of a labelled cell with them."""
    lines: list[Piece] = []
    for piece in sorted(join_cells(pieces), key=lambda piece: (-round(piece.base), piece.left)):
        last = lines[-1] if lines else None
        if last is None or abs(last.base - piece.base) > 0.4 * min(last.size, piece.size):
            lines.append(piece)
            continue
        first, second = (last, piece) if last.left <= piece.left else (piece, last)
        text = f"{_with_marks(first, second)} {_with_marks(second, first)}"
        lines[-1] = replace(
            first,
            text=text,
            right=max(first.right, second.right),
            size=max(first.size, second.size),
            bold=first.bold and second.bold,
        )
    return lines


def _with_marks(piece: Piece, other: Piece) -> str:
    """The piece's text, marked bold where the piece beside it is not."""
    if piece.bold and not other.bold and not _LONE_BULLET.match(piece.text.strip()):
        return f"**{piece.text.strip()}**"
    return piece.text.strip()


def rows_of(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces of each base line, from top to bottom and left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-round(piece.base), piece.left)):
        last = rows[-1][0] if rows else None
        if last is not None and abs(last.base - piece.base) <= 0.4 * min(last.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def join_cells(pieces: list[Piece]) -> list[Piece]:
    """A labelled cell of several lines as one piece; all else as it is.

    A table of labels shows itself by two rows or more with a label on the left and the value
    at the same place.
    """
    rows = rows_of(pieces)
    edges = [row[1].left for row in rows if _is_labelled(row)]
    edge = max((piece.right for piece in pieces), default=0.0)
    joined: list[Piece] = []
    cell: list[Piece] = []
    for row in rows:
        if cell and _goes_on(cell, row):
            cell += row
            continue
        joined += _close(cell, edge)
        is_row = (
            _is_labelled(row) and sum(abs(row[1].left - edge) <= _ALIGNED for edge in edges) > 1
        )
        cell = row if is_row else []
        joined += [] if is_row else row
    return [*joined, *_close(cell, edge)]


def raise_labels(pieces: list[Piece]) -> list[Piece]:
    """A label that stands half a line off, in the middle of its cell's lines, beside the first."""
    raised = {}
    for label in pieces if len(pieces) <= _MOST_PIECES else ():
        if not tabletext.is_label(label.text.strip()):
            continue
        beside = [
            piece
            for piece in pieces
            if piece.left > label.right + label.size
            and abs(piece.base - label.base) < _HALF_CELL * label.size
        ]
        top = label
        for line in sorted(beside, key=lambda piece: piece.base):
            distance = line.base - label.base
            if not 0.3 * label.size < distance < _HALF_CELL * label.size:
                continue
            if line.base - top.base < _HALF_CELL * label.size and any(
                abs(label.base - other.base - distance) < 0.25 * label.size
                and abs(other.left - line.left) <= _ALIGNED
                for other in beside
            ):
                top = line
        is_alone = not any(abs(piece.base - label.base) < 0.3 * label.size for piece in beside)
        if top is not label and is_alone:
            raised[id(label)] = top.base
    return [
        replace(piece, base=raised[id(piece)]) if id(piece) in raised else piece for piece in pieces
    ]


def _is_labelled(row: list[Piece]) -> bool:
    return (
        len(row) == 2
        and tabletext.is_label(row[0].text.strip())
        and row[1].left - row[0].right > row[0].size
    )


def _goes_on(cell: list[Piece], row: list[Piece]) -> bool:
    """Whether a line has nothing but more of the cell above it."""
    gap = cell[-1].base - row[0].base
    return (
        len(row) == 1
        and abs(row[0].left - cell[1].left) <= _ALIGNED
        and gap < _CELL_LEADING * row[0].size
        and row[0].bold == cell[1].bold
    )


def _close(cell: list[Piece], edge: float) -> Iterator[Piece]:
    """The cell as one piece where its lines are one entry; as they stand where they are not."""
    if len(cell) < 3:
        yield from cell
        return
    label, *lines = cell
    entries = [lines[0].text.strip()]
    for before, piece in pairwise(lines):
        text = piece.text.strip()
        if _is_wrapped(before, piece, edge):
            entries[-1] = f"{entries[-1]} {text}"
        else:
            entries.append(text)
    if not tabletext.is_entry("\n".join(entries)):
        yield from cell
        return
    text = tabletext.print_label(label.text, tabletext.join_lines(entries))
    right = max(piece.right for piece in lines)
    yield replace(label, text=text, right=right, bold=False)


def _is_wrapped(before: Piece, piece: Piece, edge: float) -> bool:
    """Whether a line of a cell goes on with the sentence of the one above."""
    if before.base - piece.base > _PARAGRAPH * piece.size:
        return False
    starts_small = piece.text.strip()[:1].islower() and not piece.text.strip().startswith("kl")
    return starts_small or is_full(before, piece.text.strip(), piece, edge)


def is_full(before: Piece, text: str, piece: Piece, edge: float) -> bool:
    """Whether a line's first word would not have fitted at the end of the line before."""
    words = text.split()
    share = len(words[0]) / max(1, len(text)) if words else 0.0
    return before.right + share * (piece.right - piece.left) + 0.6 * piece.size > edge
