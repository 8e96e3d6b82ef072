"""Pieces of text on pages -> Markdown: headings, paragraphs, lists, words made whole again.

Which line follows which is told by `pdf.order`; here the set of the type says what each one is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from pressutskick.sources.documents.leftout import LeftOutNotes
from pressutskick.sources.documents.pdf.lines import Piece, is_full
from pressutskick.sources.documents.pdf.order import Page, count_sizes, order_columns

_BULLET = re.compile(r"^(?:\*\*)?[•·▪◦●○■\uf0b7\uf0a7‣⁃o–-](?:\*\*)?\s+(?=\S)")
_LABEL = re.compile(r"(?:\*\*)?[A-ZÅÄÖÆØ][\w ]{1,20}:(?:\s|\*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """How the whole document is set.

    `body` is the size of its running text, `levels` are those of headings from large to small,
    `leading` is the distance of base lines in units of the size, `edges` the right edge of columns
    by the place of their left one.
    """

    body: float
    levels: tuple[float, ...]
    leading: float
    edges: dict[int, float]

    def heading_mark(self, line: Piece) -> str:
        """`## ` where the line is set larger than the body."""
        if line.size <= 1.15 * self.body or len(line.text) > 200:
            return ""
        return "#" * min(3, self.levels.index(line.size) + 1) + " "


def write_pages(pages: Iterable[Page], notes: LeftOutNotes) -> str:
    """The text of all pages as Markdown; what is unsure of it goes into `notes`."""
    columns = order_columns(pages, notes)
    if not columns:
        return ""
    setting = _find_setting(columns)
    blocks: list[str] = []
    for column in columns:
        _append(blocks, _paragraphs(column, setting))
    return "\n\n".join(blocks) + "\n"


def _find_setting(columns: list[list[Piece]]) -> _Setting:
    sizes = count_sizes(columns)
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


def _paragraphs(lines: list[Piece], setting: _Setting) -> list[str]:
    """The lines of one column as blocks."""
    edge = _own_edge(lines) or setting.edges[_place(lines)]
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


def _own_edge(lines: list[Piece]) -> float | None:
    """The right edge of a column that most of its own lines reach."""
    edge = max(line.right for line in lines)
    reaching = sum(1 for line in lines if line.right > edge - 1.5 * line.size)
    return edge if reaching >= max(3, len(lines) // 2) else None


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
    if not line.text.split() or _LABEL.match(line.text):
        return False
    return is_full(before, line.text, line, edge)


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
