"""Blocks of a PDF's page in the order in which its file writes them, where geometry is no guide.

A text in columns beside a box has pieces of several on one base line. Programs write a block to
its end before they begin the next; so pieces that stand on one line and far apart in the file are
a sign that lines would be glued together.
"""

from itertools import pairwise

from pressutskick.sources.documents.pdf.lines import Piece, rows_of
from pressutskick.sources.documents.tabletext import is_label

#: Glued lines of a page from which on its geometry is not trusted.
_GLUED = 2
#: Points by which the base lines of one row of a table differ at most.
_ONE_LINE = 0.6
#: Sizes of the type over which a block goes on.
_LEADING = 2.6


def is_glued(stretches: list[list[Piece]], pieces: list[Piece]) -> bool:
    """Whether lines would be made of pieces that the file does not write one after the other."""
    places = {id(piece): index for index, piece in enumerate(pieces)}
    glued = [
        (left, right)
        for stretch in stretches
        for row in rows_of(stretch)
        for left, right in pairwise(row)
        if abs(places[id(left)] - places[id(right)]) != 1
    ]
    # A table written column by column has labels on the left, on the very lines of its values.
    rows = sum(
        1
        for left, right in glued
        if is_label(left.text.strip())
        and (left.text.strip().endswith(":") or abs(left.base - right.base) < _ONE_LINE)
    )
    if len(glued) >= _GLUED and rows * 2 < len(glued):
        return True
    lines = [[places[id(piece)] for piece in row] for one in stretches for row in rows_of(one)]
    return sum(_alternates(*three) for three in zip(lines, lines[1:], lines[2:], strict=False)) > 1


def _alternates(first: list[int], second: list[int], third: list[int]) -> bool:
    """Whether the file goes from the first line to the third, and the second comes from elsewhere."""
    return third[0] == first[-1] + 1 and second[0] not in (first[-1] + 1, third[-1] + 1)


def order_blocks(pieces: list[Piece]) -> list[list[Piece]]:
    """The blocks as the file has them, except that what stands above comes first."""
    waiting = _blocks(pieces)
    order: list[list[Piece]] = []
    while waiting:
        block = next(
            (one for one in waiting if not any(_is_above(other, one) for other in waiting)),
            waiting[0],
        )
        waiting.remove(block)
        order.append(block)
    return order


def _blocks(pieces: list[Piece]) -> list[list[Piece]]:
    blocks: list[list[Piece]] = []
    for piece in pieces:
        if blocks and _goes_on(blocks[-1], piece):
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    return blocks


def _goes_on(block: list[Piece], piece: Piece) -> bool:
    """Whether a piece stands beside or right below the last one of the block."""
    last = block[-1]
    drop = last.base - piece.base
    if abs(last.size - piece.size) > 0.15 * piece.size:
        return False
    if abs(drop) <= 0.4 * min(last.size, piece.size):
        return piece.left >= last.right - 1
    overlaps = _left(block) < piece.right and piece.left < max(one.right for one in block)
    return 0 < drop < _LEADING * piece.size and overlaps


def _left(block: list[Piece]) -> float:
    return min(piece.left for piece in block)


def _is_above(block: list[Piece], other: list[Piece]) -> bool:
    """Whether a block ends before the other begins, and stands over it."""
    return (
        block is not other
        and block[-1].base > other[0].base
        and _left(block) < max(piece.right for piece in other)
        and _left(other) < max(piece.right for piece in block)
    )
