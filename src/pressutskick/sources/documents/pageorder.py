"""Pieces of text on pages -> the lines of each column in reading order, headers and footers gone.

Pure geometry over what `pdf` found; lengths are points (1/72 inch), the origin is the page's lower
left corner. A page is taken for two columns when a gutter that few pieces cross has running text on
both sides; a table of labels has short pieces on its left and is read line by line.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

_LONE_BULLET = re.compile(r"^[•·▪◦●○■\uf0b7\uf0a7‣⁃–-]$")
_PAGE_NUMBER = re.compile(
    r"(?i)\s*(sida|sid|side|page|s\.)?\s*-?\s*\d{1,3}\s*-?\s*((av|of|/|\()\s*\d{1,3}\)?)?\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text on one line of a page, or of a column of it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


#: Width, height, and what stands on it.
Page = tuple[float, float, list[Piece]]


def order_columns(pages: Iterable[Page]) -> list[list[Piece]]:
    """The columns and full-width stretches of all pages from first to last, each as lines."""
    laid = [(height, _reading_order(width, pieces)) for width, height, pieces in pages]
    return [column for _, page in _without_margins(laid) for column in page]


def count_sizes(columns: Iterable[list[Piece]]) -> Counter[float]:
    """How many characters are set in which size."""
    sizes: Counter[float] = Counter()
    for column in columns:
        for line in column:
            sizes[line.size] += len(line.text)
    return sizes


def _reading_order(width: float, pieces: list[Piece]) -> list[list[Piece]]:
    """The page's columns and full-width stretches from first to last, each as lines."""
    gutter = _gutter(width, pieces)
    if gutter is None:
        return [_lines(pieces)]
    order: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        if piece.left < gutter < piece.right:
            order += [_lines(left), _lines(right)]
            left, right = [], []
            if order and order[-1:] == [[]]:
                order.pop()
            order.append([piece])
        else:
            (left if piece.right <= gutter else right).append(piece)
    order += [_lines(left), _lines(right)]
    return _merge_wide([column for column in order if column], gutter)


def _merge_wide(columns: list[list[Piece]], gutter: float) -> list[list[Piece]]:
    """Consecutive full-width lines are one stretch."""
    merged: list[list[Piece]] = []
    for column in columns:
        wide = column[0].left < gutter < column[0].right
        if merged and wide and merged[-1][0].left < gutter < merged[-1][0].right:
            merged[-1].extend(column)
        else:
            merged.append(list(column))
    return merged


def _gutter(width: float, pieces: list[Piece]) -> float | None:
    """The middle of the blank strip between two columns of running text, if there is one."""
    if len(pieces) < 12:
        return None
    best: tuple[int, float] | None = None
    for step in range(40, 63):
        x = width * step / 100
        crossing = sum(1 for piece in pieces if piece.left - 3 < x < piece.right + 3)
        if best is None or crossing < best[0]:
            best = (crossing, x)
    if best is None or best[0] > 0.3 * len(pieces):
        return None
    x = best[1]
    left = [piece for piece in pieces if piece.right <= x]
    right = [piece for piece in pieces if piece.left >= x]
    if len(left) < 6 or not right:
        return None
    if len(right) < 4 and (best[0] > 2 or _spread(right) > 40):
        return None
    span = x - min(piece.left for piece in left)
    full = sum(1 for piece in left if piece.right - piece.left > 0.7 * span)
    # Running text fills its column; labels do not.
    return x if full >= max(4, len(left) // 5) else None


def _spread(pieces: list[Piece]) -> float:
    """How far apart the left edges are."""
    edges = [piece.left for piece in pieces]
    return max(edges) - min(edges)


def _lines(pieces: list[Piece]) -> list[Piece]:
    """Pieces on one base line joined, from top to bottom."""
    lines: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (-round(piece.base), piece.left)):
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


def _without_margins(
    pages: list[tuple[float, list[list[Piece]]]],
) -> list[tuple[float, list[list[Piece]]]]:
    """Without page numbers, small print in the margin, and what stands there on several pages."""
    seen: Counter[str] = Counter()
    sizes = count_sizes(column for _, columns in pages for column in columns)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    for height, columns in pages:
        seen.update({_key(line) for column in columns for line in column if _outer(line, height)})
    kept = []
    for height, columns in pages:
        page = [
            [
                line
                for line in column
                if not (
                    _outer(line, height)
                    and (
                        seen[_key(line)] > 1
                        or line.size < 0.9 * body
                        or _PAGE_NUMBER.fullmatch(line.text)
                    )
                )
            ]
            for column in columns
        ]
        kept.append((height, [column for column in page if column]))
    return kept


def _outer(line: Piece, height: float) -> bool:
    return line.base > 0.88 * height or line.base < 0.1 * height


def _key(line: Piece) -> str:
    return re.sub(r"\d+", "0", line.text.strip())
