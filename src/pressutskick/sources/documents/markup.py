"""HTML -> Markdown lines: structure kept, the web page around the text left out.

The markup is first put in order by nh3 (a browser's parser, linear in time), so that the small
state machine here meets well-formed tags only. Runs in the limited child process.
"""

import re
from html.parser import HTMLParser

import nh3

_DROPPED = {
    "script", "style", "noscript", "svg", "template", "nav", "button", "select", "textarea",
    "iframe", "object", "audio", "video", "dialog", "head", "title", "math",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "figcaption",
    "blockquote", "address", "pre", "dl", "dt", "dd", "fieldset", "details", "summary", "center",
    "body", "form", "label",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_INLINE = {"a", "b", "strong", "em", "i", "u", "span", "br", "img"}
_TABLE = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
_LISTS = {"ul", "ol", "li", "hr"}
_KEPT = _BLOCKS | _HEADINGS | _INLINE | _TABLE | _LISTS
_ATTRIBUTES = {"class", "id", "role", "hidden", "aria-hidden", "style", "aria-label"}
#: Class, id and role words of what stands around a newsroom's text.
_CHROME = re.compile(
    r"(?i)(^|[\s_-])(cookies?|consent|gdpr|share|sharing|social|breadcrumbs?|skip|skiplinks?"
    r"|sr-only|visually-hidden|screen-reader-text|screenreader|related|newsletter|subscribe"
    r"|pagination|navbar|navigation|menu|banner|search|contentinfo|topics|tags|categories"
    r"|print-only|no-print|toolbar|feedback)($|[\s_-])"
)
_NEVER_CHROME = {"body", "main", "article"}
_VOID = {"br", "hr", "img"}


def convert_html(html: str) -> str:
    """The text of a page or a mail as Markdown; blocks stand apart by one blank line."""
    cleaned = nh3.clean(
        html,
        tags=_KEPT,
        clean_content_tags=_DROPPED,
        attributes={"*": _ATTRIBUTES, "a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    whole = _convert(cleaned)
    for tag in ("main", "article"):
        parts = re.findall(rf"<{tag}[\s>].*?</{tag}>", cleaned, flags=re.DOTALL)
        inner = "\n\n".join(_convert(part) for part in parts)
        # A page's main part is enough where it holds nearly all; a teaser in <article> is not.
        if len(inner) > 400 and len(inner) > len(whole) // 2:
            return inner
    return whole


def _convert(html: str) -> str:
    writer = _MarkdownWriter()
    writer.feed(html)
    writer.close()
    return writer.text()


class _MarkdownWriter(HTMLParser):
    """Turns tags into Markdown, block by block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        #: What each block came from, and its text; an empty paragraph is kept as such.
        self.blocks: list[tuple[str, str]] = []
        self.opened = ""
        self.preformatted = 0
        self.inline: list[str] = []
        self.prefix = ""
        self.lists: list[str] = []
        self.links: list[tuple[str, int]] = []
        self.bold_at: list[int] = []
        self.tables: list[list[list[str]]] = []
        self.hidden: list[str] = []
        self.pending_item = ""

    def text(self) -> str:
        """The blocks found, list items close together."""
        self.flush()
        lines: list[str] = []
        tight = self.uses_blank_paragraphs()
        after_paragraph = False
        for kind, block in self.blocks:
            if not block:
                after_paragraph = False
                continue
            if tight and after_paragraph and kind == "p":
                lines.append(block)
                continue
            after_paragraph = kind == "p"
            item = block.lstrip().startswith(("- ", "* ")) or re.match(r"\s*\d+\. ", block)
            if lines and not (item and lines[-1].startswith("\0")):
                lines.append("")
            lines.append(("\0" if item else "") + block)
        return "\n".join(lines).replace("\0", "")

    def uses_blank_paragraphs(self) -> bool:
        """Whether the writer set blocks apart by empty paragraphs, so that each line is a `<p>`."""
        blank = sum(1 for kind, block in self.blocks if kind == "p" and not block)
        full = sum(1 for kind, block in self.blocks if kind == "p" and block)
        return blank >= 2 and blank * 5 >= full

    # Tags --------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a block or an inline mark, or begins to skip what is chrome."""
        if self.hidden:
            if tag not in _VOID:
                self.hidden.append(tag)
            return
        attributes = {key: value or "" for key, value in attrs}
        if tag not in _NEVER_CHROME and _is_chrome(attributes):
            if tag not in _VOID:
                self.hidden.append(tag)
            return
        if tag in _HEADINGS or tag in _BLOCKS or tag in _LISTS:
            self.open_block(tag)
        elif tag in _TABLE:
            self.open_table(tag)
        elif tag == "br":
            self.inline.append("\n")
        elif tag in ("b", "strong"):
            self.bold_at.append(len(self.inline))
        elif tag == "a":
            self.links.append((attributes.get("href", ""), len(self.inline)))

    def handle_endtag(self, tag: str) -> None:
        """Closes what was opened; nh3 has made sure that it was."""
        if self.hidden:
            self.hidden.pop()
        elif tag in _HEADINGS or tag in _BLOCKS or tag in _LISTS:
            self.close_block(tag)
        elif tag in _TABLE:
            self.close_table(tag)
        elif tag in ("b", "strong") and self.bold_at:
            self.mark_bold(self.bold_at.pop())
        elif tag == "a" and self.links:
            self.mark_link(*self.links.pop())

    def handle_data(self, data: str) -> None:
        """Text: runs of white space are one blank, except where the writer set them."""
        if self.hidden:
            return
        self.inline.append(data if self.preformatted else re.sub(r"\s+", " ", data))

    # Blocks ------------------------------------------------------------------------------------

    def open_block(self, tag: str) -> None:
        """Starts a new block; a list item's mark waits for its first text."""
        self.flush()
        self.opened = tag
        self.preformatted += tag == "pre"
        if tag in _HEADINGS:
            self.prefix = "#" * int(tag[1]) + " "
        elif tag in ("ul", "ol"):
            self.lists.append(tag)
        elif tag == "li":
            indent = "  " * max(0, len(self.lists) - 1)
            self.pending_item = f"{indent}{'1.' if self.lists[-1:] == ['ol'] else '-'} "
        elif tag == "hr":
            self.blocks.append(("hr", "---"))

    def close_block(self, tag: str) -> None:
        """Ends a block."""
        # Nothing came between its beginning and its end.
        is_blank = self.opened == tag and not "".join(self.inline).strip()
        if is_blank and tag in ("p", "div") and not (self.tables or self.pending_item):
            self.blocks.append(("p", ""))
        self.opened = ""
        self.preformatted -= tag == "pre"
        self.flush()
        if tag in _HEADINGS:
            self.prefix = ""
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.pending_item = ""

    def flush(self) -> None:
        """Makes a block of the inline text that has come together."""
        lines = [re.sub(r" {2,}", " ", line).strip() for line in "".join(self.inline).split("\n")]
        text = "\n".join(lines).strip()
        text = re.sub(r"\n{2,}", "\n\n", text)
        self.inline.clear()
        self.bold_at = [0 for _ in self.bold_at]
        self.links = [(href, 0) for href, _ in self.links]
        if not text:
            return
        kind = "p"
        if self.prefix:
            kind = "h"
            text = self.prefix + " ".join(text.replace("**", "").split())
        elif self.pending_item:
            kind = "li"
            text = self.pending_item + text.replace("\n", " ")
            self.pending_item = ""
        if self.tables:
            self.tables[-1][-1][-1] += ("\n" if self.tables[-1][-1][-1] else "") + text
        else:
            self.blocks.append((kind, text))

    def mark_bold(self, start: int) -> None:
        """Puts asterisks around the text since `start`, blanks left outside."""
        text = "".join(self.inline[start:])
        core = text.strip()
        if not core or "**" in core or self.prefix:
            return
        head, tail = text[: text.index(core)], text[text.index(core) + len(core) :]
        core = "\n".join(f"**{line.strip()}**" if line.strip() else "" for line in core.split("\n"))
        self.inline[start:] = [head + core + tail]

    def mark_link(self, href: str, start: int) -> None:
        """Writes a link's target where its text does not say it."""
        text = " ".join("".join(self.inline[start:]).split())
        if not re.match(r"(https?://|mailto:).", href):
            return
        target = href.removeprefix("mailto:").partition("?")[0] if href[:7] == "mailto:" else href
        bare = text.strip("*").rstrip("/").casefold()
        if not text:
            return
        if bare in (
            target.rstrip("/").casefold(),
            re.sub(r"^https?://(www\.)?|/$", "", target.casefold()),
        ):
            return
        self.inline[start:] = [f"[{text}]({href})"]

    # Tables ------------------------------------------------------------------------------------

    def open_table(self, tag: str) -> None:
        """Starts a table, row or cell."""
        self.flush()
        if tag == "table":
            self.tables.append([])
        elif self.tables and tag == "tr":
            self.tables[-1].append([])
        elif self.tables and tag in ("td", "th"):
            if not self.tables[-1]:
                self.tables[-1].append([])
            self.tables[-1][-1].append("")

    def close_table(self, tag: str) -> None:
        """Ends a cell, or writes a whole table."""
        if tag == "caption" or not self.tables:
            self.flush()
        elif tag in ("td", "th", "tr"):
            if self.tables[-1] and self.tables[-1][-1]:
                self.flush()
        elif tag == "table":
            rows = [[cell.strip() for cell in row] for row in self.tables.pop()]
            for block in print_table([row for row in rows if any(row)]):
                if self.tables and self.tables[-1] and self.tables[-1][-1]:
                    self.tables[-1][-1][-1] += "\n" + block
                else:
                    self.blocks.append(("table", block))


def print_table(rows: list[list[str]]) -> list[str]:
    """Blocks for a table: label rows as `Label: value`, layout as blocks, the rest with bars."""
    if any("\n" in cell or len(cell) > 200 for row in rows for cell in row) or all(
        sum(map(bool, row)) < 2 for row in rows
    ):
        return [cell for row in rows for cell in row if cell]
    if all(len(row) == 2 and _is_label(row[0]) for row in rows):
        return ["\n".join(f"{row[0].rstrip(':* ').lstrip('*')}: {row[1]}" for row in rows)]
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in padded]
    return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]


def _is_label(cell: str) -> bool:
    return 0 < len(cell) <= 30 and len(cell.split()) <= 4 and not re.search(r"\d", cell)


def _is_chrome(attributes: dict[str, str]) -> bool:
    """Whether an element says of itself that it is not part of the text, or not to be seen."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if re.search(r"(?i)display\s*:\s*none|mso-hide\s*:\s*all", attributes.get("style", "")):
        return True
    words = " ".join(attributes.get(key, "") for key in ("class", "id", "role"))
    return bool(_CHROME.search(words))
