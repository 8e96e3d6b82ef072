"""HTML -> Markdown lines: structure kept, the web page around the text left out.

The markup is first put in order by nh3 (a browser's parser, linear in time), so that the small
state machine here meets well-formed tags only. Runs in the limited child process.
"""

import re
from html.parser import HTMLParser

import nh3

from pressutskick.sources.documents.leftout import LeftOutNotes, Omitted, without_marks
from pressutskick.sources.documents.tabletext import print_table
from pressutskick.sources.documents.visibility import LEFT_OUT_TAGS, Look, what_is_left_out

_DROPPED = {"script", "style", "noscript", "template", "head", "title"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "figcaption",
    "blockquote", "address", "pre", "dl", "dt", "dd", "fieldset", "details", "summary", "center",
    "body", "form", "label",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_INLINE = {"a", "b", "strong", "em", "i", "u", "span", "br", "font"}
_TABLE = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
_LISTS = {"ul", "ol", "li", "hr"}
_KEPT = _BLOCKS | _HEADINGS | _INLINE | _TABLE | _LISTS | LEFT_OUT_TAGS
_ATTRIBUTES = {
    "class", "id", "role", "hidden", "aria-hidden", "style", "aria-label", "color", "bgcolor",
    "background", "alt", "width", "height", "type", "value",
}  # fmt: skip
_VOID = {"br", "hr", "img", "input", "embed"}
#: Told even where it has no words.
_WORDLESS = {Omitted.EMBEDDED, Omitted.PICTURE}
#: Where quoted mail begins and ends, for `mailfile`; no text holds these (Unicode noncharacters).
QUOTE_BEGINS, QUOTE_ENDS = "\ufdd0", "\ufdd1"
_QUOTES = re.compile(r"(?i)gmail_quote|yahoo_quoted|divRplyFwdMsg|appendonsend|moz-cite-prefix")


def convert_html(html: str, notes: LeftOutNotes, *, marks_quotes: bool = False) -> str:
    """The text of a page or a mail as Markdown; blocks stand apart by one blank line.

    What is left out goes into `notes`, whose marks stand in the text; with `marks_quotes` those of
    quoted mail do.
    """
    html = re.sub(f"[{QUOTE_BEGINS}{QUOTE_ENDS}]", "", without_marks(html))
    # What a sheet elsewhere says of colours is not known.
    look = Look(ground="" if re.search(r"(?i)<link[^>]{1,300}stylesheet", html) else "ffffff")
    cleaned = nh3.clean(
        _with_styles(html),
        tags=_KEPT,
        clean_content_tags=_DROPPED,
        attributes={"*": _ATTRIBUTES, "a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    whole = _convert(cleaned, LeftOutNotes(), look)
    for tag in ("main", "article"):
        parts = re.findall(rf"<{tag}[\s>].*?</{tag}>", cleaned, flags=re.DOTALL)
        inner = "\n\n".join(_convert(part, LeftOutNotes(), look) for part in parts)
        # A page's main part is enough where it holds nearly all; a teaser in <article> is not.
        if len(inner) > 400 and len(inner) > len(whole) // 2:
            if len(inner) + 2 < len(whole):
                notes.add(Omitted.FURNITURE)
            return "\n\n".join(_convert(part, notes, look) for part in parts)
    text = _convert(cleaned, notes, look)
    return text if marks_quotes else re.sub(f"[{QUOTE_BEGINS}{QUOTE_ENDS}]\n*", "", text)


def _with_styles(html: str) -> str:
    """The page with its own sheets written into its elements; nothing is fetched."""
    if not re.search(r"(?i)<style\b", html):
        return html
    import css_inline

    try:
        return css_inline.inline(html, load_remote_stylesheets=False)
    except (ValueError, css_inline.InlineError):
        return html


def _convert(html: str, notes: LeftOutNotes, look: Look) -> str:
    writer = _MarkdownWriter(notes, look)
    writer.feed(html)
    writer.close()
    return writer.text()


class _MarkdownWriter(HTMLParser):
    """Turns tags into Markdown, block by block."""

    def __init__(self, notes: LeftOutNotes, look: Look) -> None:
        super().__init__(convert_charrefs=True)
        self.notes = notes
        #: How text looks in each element that is open, the innermost last.
        self.looks = [look]
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
        #: What is being left out, its words, and the elements open within it.
        self.omitted: Omitted | None = None
        self.words: list[str] = []
        self.hidden: list[str] = []
        #: Text that stands here and cannot be seen; marks that wait for a block.
        self.faint: list[str] = []
        self.marks = ""
        self.quotes: list[int] = []
        self.pending_item = ""

    def text(self) -> str:
        """The blocks found, list items close together."""
        self.flush()
        if self.blocks:
            self.blocks[-1] = (self.blocks[-1][0], self.blocks[-1][1] + self.marks)
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
        """Opens a block or an inline mark, or begins to leave out what is no part of the text."""
        attributes = {key: value or "" for key, value in attrs}
        if self.omitted is not None:
            self.words.append(attributes.get("alt", ""))
            if tag not in _VOID:
                self.hidden.append(tag)
            return
        what = what_is_left_out(tag, attributes)
        if what is not None:
            self.begin_gap(what, tag, attributes)
            return
        if tag not in _VOID:
            self.looks.append(self.looks[-1].within(attributes))
        self.open_element(tag, attributes)

    def open_element(self, tag: str, attributes: dict[str, str]) -> None:
        """Begins an element whose text is read."""
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
        named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if (tag == "blockquote" and attributes.get("type") == "cite") or _QUOTES.search(named):
            self.quotes.append(len(self.looks))
            self.mark_quote(QUOTE_BEGINS)

    def handle_endtag(self, tag: str) -> None:
        """Closes what was opened; nh3 has made sure that it was."""
        if self.omitted is not None:
            self.hidden.pop()
            if not self.hidden:
                self.end_gap()
            return
        if self.quotes and self.quotes[-1] == len(self.looks):
            self.quotes.pop()
            self.mark_quote(QUOTE_ENDS)
        self.looks.pop()
        if tag in _HEADINGS or tag in _BLOCKS or tag in _LISTS:
            self.close_block(tag)
        elif tag in _TABLE:
            self.close_table(tag)
        elif tag in ("b", "strong") and self.bold_at:
            self.mark_bold(self.bold_at.pop())
        elif tag == "a" and self.links:
            self.mark_link(*self.links.pop())

    def handle_data(self, data: str) -> None:
        """Text: runs of white space are one blank, except where the writer set them."""
        if self.omitted is not None:
            self.words.append(data)
        elif not data.strip() or self.looks[-1].can_be_read():
            if data.strip():
                self.tell_faint()
            self.inline.append(data if self.preformatted else re.sub(r"\s+", " ", data))
        else:
            self.faint.append(data)

    # What is left out -----------------------------------------------------------------------------

    def begin_gap(self, what: Omitted, tag: str, attributes: dict[str, str]) -> None:
        """An element that is no part of the text begins; one without an end is its own end."""
        self.omitted = what
        self.words = [attributes.get("alt") or attributes.get("value") or ""]
        if tag in _VOID:
            self.end_gap()
        else:
            self.hidden.append(tag)

    def end_gap(self) -> None:
        """Tells what was left out, if it was anything."""
        words = " ".join(self.words)
        if self.omitted is not None and (words.strip() or self.omitted in _WORDLESS):
            self.inline.append(self.notes.add(self.omitted, words))
        self.omitted = None

    def tell_faint(self) -> None:
        """Tells the text that stood here and could not be seen."""
        if self.faint:
            self.inline.append(self.notes.add(Omitted.HIDDEN, "".join(self.faint)))
            self.faint.clear()

    def mark_quote(self, sign: str) -> None:
        """A block of its own for where quoted mail begins or ends."""
        if not self.tables:
            self.flush()
            self.blocks.append(("quote", sign))

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
        self.tell_faint()
        lines = [re.sub(r" {2,}", " ", line).strip() for line in "".join(self.inline).split("\n")]
        text = "\n".join(lines).strip()
        text = re.sub(r"\n{2,}", "\n\n", text)
        self.inline.clear()
        self.bold_at = [0 for _ in self.bold_at]
        self.links = [(href, 0) for href, _ in self.links]
        if not without_marks(text).strip():
            self.marks += text.replace("\n", "")
            return
        text, self.marks = text + self.marks, ""
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
        if not without_marks(core).strip() or "**" in core or self.prefix:
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
