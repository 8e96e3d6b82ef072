"""Pieces of text on pages -> the lines of each column in reading order, headers and footers gone.

Pure geometry over what `pdf` found; lengths are points (1/72 inch), the origin is the page's lower
left corner. A page is taken for two columns when a gutter that few pieces cross has running text on
both sides; a table of labels has short pieces on its left and is read line by line.
"""

import re
from collections import Counter
from collections.abc import Iterable

from pressutskick.sources.documents.leftout import LeftOutNotes, Omitted
from pressutskick.sources.documents.pdf.blocks import is_glued, order_blocks
from pressutskick.sources.documents.pdf.lines import Piece, join_lines, raise_labels

_PAGE_NUMBER = re.compile(
    r"(?i)\s*(sida|sid|side|page|s\.)?\s*-?\s*\d{1,3}\s*-?\s*((av|of|/|\()\s*\d{1,3}\)?)?\s*"
)


#: Width, height, and what stands on it.
Page = tuple[float, float, list[Piece]]


def order_columns(pages: Iterable[Page], notes: LeftOutNotes) -> list[list[Piece]]:
    """The columns and full-width stretches of all pages from first to last, each as lines.

    Pages of which the order is unsure go into `notes`.
    """
    laid = []
    for number, (width, height, found) in enumerate(pages, 1):
        pieces = raise_labels(found)
        stretches = _stretches(width, pieces)
        if is_glued(stretches, pieces):
            notes.add(Omitted.ORDER, page=number)
            stretches = order_blocks(pieces)
        laid.append((height, [join_lines(stretch) for stretch in stretches]))
    return [column for _, page in _without_margins(laid, notes) for column in page]


def count_sizes(columns: Iterable[list[Piece]]) -> Counter[float]:
    """How many characters are set in which size."""
    sizes: Counter[float] = Counter()
    for column in columns:
        for line in column:
            sizes[line.size] += len(line.text)
    return sizes


def _stretches(width: float, pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces of the page's columns and full-width stretches from first to last."""
    gutter = _gutter(width, pieces)
    if gutter is None:
        return [pieces]
    order: list[list[Piece]] = []
    wide: list[Piece] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        if piece.left < gutter < piece.right:
            order += [left, right]
            left, right = [], []
            wide.append(piece)
        else:
            order.append(wide)
            wide = []
            (left if piece.right <= gutter else right).append(piece)
    return [stretch for stretch in (*order, wide, left, right) if stretch]


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


def _without_margins(
    pages: list[tuple[float, list[list[Piece]]]], notes: LeftOutNotes
) -> list[tuple[float, list[list[Piece]]]]:
    """Without page numbers, small print in the margin, and what stands there on several pages."""
    seen: Counter[str] = Counter()
    sizes = count_sizes(column for _, columns in pages for column in columns)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    for height, columns in pages:
        seen.update({_key(line) for column in columns for line in column if _outer(line, height)})
    told: set[str] = set()
    kept = []
    for number, (height, columns) in enumerate(pages, 1):
        page: list[list[Piece]] = [[] for _ in columns]
        for found, column in zip(page, columns, strict=True):
            for line in column:
                is_margin = _outer(line, height) and (
                    seen[_key(line)] > 1 or line.size < 0.9 * body or is_page_number(line.text)
                )
                if not is_margin:
                    found.append(line)
                elif _key(line) not in told and not is_page_number(line.text):
                    told.add(_key(line))
                    notes.add(Omitted.MARGIN, line.text, page=number)
        kept.append((height, [column for column in page if column]))
    return kept


def is_page_number(text: str) -> bool:
    """`Sida 2 (3)` and the like."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def _outer(line: Piece, height: float) -> bool:
    return line.base > 0.88 * height or line.base < 0.1 * height


def _key(line: Piece) -> str:
    return re.sub(r"\d+", "0", line.text.strip())
