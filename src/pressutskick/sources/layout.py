"""Pieces of text on pages -> Markdown: columns, paragraphs, headings, without headers and footers.

Pure geometry over what `pdf` found; lengths are points (1/72 inch), the origin is the page's lower
left corner. A page is taken for two columns when a gutter that few pieces cross has running text on
both sides; a table of labels has short pieces on its left and is read line by line.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

_BULLET = re.compile(r"^(?:\*\*)?[•·▪◦●○■\uf0b7\uf0a7‣⁃o–-](?:\*\*)?\s+(?=\S)")
_LABEL = re.compile(r"(?:\*\*)?[A-ZÅÄÖÆØ][\w ]{1,20}:(?:\s|\*)")
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


Page = tuple[float, float, list[Piece]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """How the whole document is set: body size, heading sizes from large to small, distance of
    base lines in units of the size, and the right edge of columns by their left edge.
    """  # noqa: D205

    body: float
    levels: tuple[float, ...]
    leading: float
    edges: dict[int, float]

    def heading_mark(self, line: Piece) -> str:
        """`## ` where the line is set larger than the body."""
        if line.size <= 1.15 * self.body or len(line.text) > 200:
            return ""
        return "#" * min(3, self.levels.index(line.size) + 1) + " "


def write_pages(pages: Iterable[Page]) -> str:
    """The text of all pages as Markdown."""
    laid = [(height, _reading_order(width, pieces)) for width, height, pieces in pages]
    columns = [column for _, page in _without_margins(laid) for column in page]
    if not columns:
        return ""
    setting = _find_setting(columns)
    blocks: list[str] = []
    for column in columns:
        _append(blocks, _paragraphs(column, setting))
    return "\n\n".join(blocks) + "\n"


def _count_sizes(columns: Iterable[list[Piece]]) -> Counter[float]:
    """How many characters are set in which size."""
    sizes: Counter[float] = Counter()
    for column in columns:
        for line in column:
            sizes[line.size] += len(line.text)
    return sizes


def _find_setting(columns: list[list[Piece]]) -> _Setting:
    sizes = _count_sizes(columns)
    edges: dict[int, float] = {}
    gaps = []
    for column in columns:
        place = _place(column)
        edges[place] = max(edges.get(place, 0.0), *(line.right for line in column))
        for before, after in pairwise(column):
            gap = (before.base - after.base) / after.size
            if before.size == after.size and 0.8 < gap < 2.2:
                gaps.append(gap)
    body = sizes.most_common(1)[0][0]
    levels = sorted((size for size in sizes if size > 1.15 * body), reverse=True)
    # The lower quarter: lists and addresses have many short paragraphs.
    leading = sorted(gaps)[len(gaps) // 4] if gaps else 1.2
    return _Setting(body=body, levels=tuple(levels), leading=leading, edges=edges)


def _place(column: list[Piece]) -> int:
    """Where a column begins, roughly, so that it is the same on every page."""
    return round(min(line.left for line in column) / 20)


def _append(blocks: list[str], more: list[str]) -> None:
    """Adds a column's blocks; a paragraph that the column's end cut in two is joined."""
    if blocks and more and more[0][:1].islower() and re.search(r"[\w,\xad-]$", blocks[-1]):
        blocks[-1] = _join(blocks[-1], more.pop(0))
    blocks.extend(more)


# Reading order ------------------------------------------------------------------------------------


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


# Headers and footers ------------------------------------------------------------------------------


def _without_margins(
    pages: list[tuple[float, list[list[Piece]]]],
) -> list[tuple[float, list[list[Piece]]]]:
    """Without page numbers, small print in the margin, and what stands there on several pages."""
    seen: Counter[str] = Counter()
    sizes = _count_sizes(column for _, columns in pages for column in columns)
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


# Paragraphs ---------------------------------------------------------------------------------------


def _paragraphs(lines: list[Piece], setting: _Setting) -> list[str]:
    """The lines of one column as blocks."""
    edge = setting.edges[_place(lines)]
    blocks: list[str] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        mark = setting.heading_mark(line)
        text = _emphasised(line, _BULLET.sub("- ", line.text.strip()), mark)
        if before is None or _begins_block(before, line, setting):
            blocks.append(mark + text)
        elif _is_list_line(line):
            blocks[-1] += "\n" + text
        elif _is_cut_address(before, line, edge):
            blocks[-1] += text
        elif _is_wrapped(before, line, edge):
            blocks[-1] = _join_bold(blocks[-1], text)
        elif mark:
            blocks.append(mark + text)
        else:
            blocks[-1] += "\n" + text
    return blocks


def _begins_block(before: Piece, line: Piece, setting: _Setting) -> bool:
    gap = (before.base - line.base) / max(before.size, line.size)
    # A jump upwards is the next column or page.
    return (
        gap < 0
        or gap > 1.25 * setting.leading
        or setting.heading_mark(before) != setting.heading_mark(line)
        or abs(before.size - line.size) > 0.15 * line.size
        or (before.bold != line.bold and not _is_list_line(line))
    )


def _is_list_line(line: Piece) -> bool:
    return bool(_BULLET.match(line.text))


def _emphasised(line: Piece, text: str, mark: str) -> str:
    if line.bold and not mark and "**" not in text:
        return f"- **{text[2:]}**" if text.startswith("- ") else f"**{text}**"
    return text.replace("**", "") if mark else text


def _is_wrapped(before: Piece, line: Piece, edge: float) -> bool:
    """Whether the line before was full: the next one's first word would not have fitted."""
    words = line.text.split()
    if not words or _LABEL.match(line.text):
        return False
    share = len(words[0]) / max(1, len(line.text))
    return before.right + share * (line.right - line.left) + 0.6 * line.size > edge


def _is_cut_address(before: Piece, line: Piece, edge: float) -> bool:
    """Whether an address was too long for the line and goes on, alone, on the next."""
    is_full = before.right > edge - line.size
    return bool(
        is_full
        and re.search(r"\S+@\S+$", before.text)
        and re.fullmatch(r"[a-z0-9.-]{1,30}", line.text.strip())
    )


def _join_bold(block: str, text: str) -> str:
    """Joins two lines; bold that goes on stays one bold passage."""
    if block.endswith("**") and text.startswith("**"):
        return _join(block[:-2], text[2:])
    return _join(block, text)


def _join(block: str, text: str) -> str:
    """Two halves of a sentence; a word that was hyphenated at the line's end becomes whole."""
    last = block.rsplit(maxsplit=1)[-1] if block.split() else ""
    if block.endswith("\xad"):
        # PDFium marks every hyphen at a line's end; only between small letters is it a break.
        broken = re.search(r"[a-zåäöæøéü]\xad$", block) and re.match(r"[a-zåäöæøéü]", text)
        if broken and not re.match(r"(och|eller|samt|og|and)\b", text) and "@" not in last:
            return block[:-1] + text
        suspended = re.match(r"(och|eller|samt|og|and)\b", text)
        return f"{block[:-1]}-{' ' if suspended else ''}{text}"
    if (
        "@" in last
        and (last.endswith(("@", "-")) or re.search(r"\.$", last))
        and text[:1].islower()
    ):
        return block + text
    if block.endswith("-") and re.match(r"[a-zåäöæøéü]", text) and re.search(r"\w-$", block):
        if re.match(r"(och|eller|samt|og|and)\b", text):
            return f"{block} {text}"
        return block[:-1] + text
    if re.search(r"https?://\S+[/-]$", last):
        return block + text
    return f"{block} {text}"
