"""A release's Markdown as e-mail: HTML that is sanitised and styled inline, and text for a phone.

The preset `js-default` of markdown-it-py lets no raw HTML through and refuses `javascript:` links;
what it makes passes nh3's allow-list all the same. Nothing remote is ever loaded: no images.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = {"p", "a", "ul", "ol", "li", "strong", "em", "br", "hr", "blockquote", "code", "pre", "del",
         "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel"}
#: A link must name its scheme: nh3 leaves `//elsewhere.example` alone, and a mail has no base.
_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s]+\Z", re.IGNORECASE)
#: An address that stands bare in the text; the sentence's own full stop is none of it.
_BARE = re.compile(
    r"https?://[^\s<>\"]*[^\s<>\".,:;!?)\]}'*_]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,24}",
    re.IGNORECASE,
)
#: Links whose words are their address.
_SAYS_ITSELF = {"autolink", "bare"}
_PARSER = MarkdownIt("js-default")
#: Reads, and mends nothing.
_BARE_PARSER = MarkdownIt("js-default")


def _write_picture(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _environment: object
) -> str:
    """A picture is not loaded by a mail: its words, which lead to it where it is on the web."""
    token = tokens[index]
    address, words = str(token.attrs.get("src", "")), html.escape(token.content)
    if not _LINK.match(address):
        return words
    return f'<a href="{html.escape(address)}">{words or html.escape(address)}</a>'


def _drop_dead_links(state: StateCore) -> None:
    """Leaves the words alone of a link that leads nowhere from a mail: `[kartan](karta.pdf)`."""
    for token in state.tokens:
        kept: list[Token] = []
        dead: list[bool] = []
        for child in token.children or []:
            if child.type == "link_open":
                dead.append(not _LINK.match(str(child.attrs.get("href", ""))))
            is_gone = child.type in ("link_open", "link_close") and dead[-1]
            if child.type == "link_close":
                dead.pop()
            if not is_gone:
                kept.append(child)
        if token.children:
            token.children = kept


def find_dead_links(source: str) -> tuple[str, ...]:
    """Where links and pictures lead that lead nowhere from a mail: `karta.pdf`, `//elsewhere`."""
    targets = (
        str(child.attrs.get("href") or child.attrs.get("src") or "")
        for token in _BARE_PARSER.parse(source)
        for child in token.children or []
        if child.type in ("link_open", "image")
    )
    return tuple(target for target in targets if not _LINK.match(target))


def _mend_headings(state: StateCore) -> None:
    """Makes a paragraph of a heading that nothing stands under; one without words goes."""
    tokens, gone = state.tokens, set[int]()
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        if not tokens[at + 1].content.strip():
            gone |= {at, at + 1, at + 2}
        elif not _heads_something(token, tokens[at + 3 : at + 4]):
            for each, kind in ((token, "paragraph_open"), (tokens[at + 2], "paragraph_close")):
                each.type, each.tag = kind, "p"
    state.tokens = [token for at, token in enumerate(tokens) if at not in gone]


def _heads_something(heading: Token, following: Sequence[Token]) -> bool:
    """A text, or a heading that is lower."""
    if not following or following[0].nesting < 0:
        return False
    return following[0].type != "heading_open" or following[0].tag > heading.tag


def _link_addresses(state: StateCore) -> None:
    """Makes links of bare addresses: a reader on a phone cannot copy them."""
    for token in state.tokens:
        linked: list[Token] = []
        depth = 0
        for child in token.children or []:
            depth += child.nesting if child.type in ("link_open", "link_close") else 0
            linked += _split_bare(child) if child.type == "text" and not depth else [child]
        if token.children:
            token.children = linked


def _split_bare(token: Token) -> Iterator[Token]:
    at = 0
    for match in _BARE.finditer(token.content):
        address = match[0] if match[0].lower().startswith("http") else f"mailto:{match[0]}"
        href = _PARSER.normalizeLink(address)
        if not _PARSER.validateLink(href):
            continue
        yield Token("text", "", 0, content=token.content[at : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": href}, markup="bare")
        yield Token("text", "", 0, content=match[0])
        yield Token("link_close", "a", -1)
        at = match.end()
    yield Token("text", "", 0, content=token.content[at:])


_PARSER.add_render_rule("image", _write_picture)
_PARSER.core.ruler.push("dead_links", _drop_dead_links)
_PARSER.core.ruler.push("headings", _mend_headings)
_PARSER.core.ruler.push("addresses", _link_addresses)


def render_html(source: str, styles: Mapping[str, str]) -> str:
    """The Markdown as HTML (a `Markup`), each tag with its inline style from `styles`.

    The highest heading becomes h2, for the title is the mail's h1; h4 is the deepest.
    """
    tokens = _PARSER.parse(source)
    _shift_headings(tokens)
    raw = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        raw,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "th": {"scope"}},
        attribute_filter=_keep_attribute,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return Markup(_style(clean, styles))  # noqa: S704 - sanitised by nh3 just now


def render_text(source: str) -> str:
    """The Markdown as text to read on a phone: no markup left, no hard line breaks.

    Headings in capitals, bullets as `•`, a link's address behind its words where they differ.
    """
    blocks = _Blocks()
    for token in _PARSER.parse(source):
        blocks.take(token)
    return "\n\n".join(blocks.blocks)


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    return None if attribute == "href" and not _LINK.match(value) else value


def _shift_headings(tokens: list[Token]) -> None:
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) - min(levels) + 2, 4)}"


def _style(markup: str, styles: Mapping[str, str]) -> str:
    """Gives each tag that has a style its `style` attribute; nh3 writes every tag in one way."""

    def add(match: re.Match[str]) -> str:
        style = styles.get(match[1])
        return f'<{match[1]} style="{style}"' if style else match[0]

    return re.sub(r"<([a-z][a-z0-9]*)(?=[ >])", add, markup)


class _Blocks:
    """Gathers one text for each paragraph, heading and list; a table's row is one line."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self._lists: list[int | None] = []
        self._marker = ""
        self._is_heading = False
        #: Whether the next text stands below the last one without a blank line between.
        self._is_joined = False
        self._cells: list[str] | None = None

    def take(self, token: Token) -> None:
        """One token after the other."""
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self._is_joined = bool(self._lists)
            self._lists.append(_first_number(token))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
            self._is_joined = bool(self._lists)
        elif kind == "list_item_open":
            self._marker, self._lists[-1] = _next_marker(self._lists[-1])
        elif kind == "heading_open":
            self._is_heading = True
        elif kind in ("table_open", "table_close"):
            self._is_joined = False
        elif kind == "tr_open":
            self._cells = []
        elif kind == "tr_close":
            cells, self._cells = self._cells or [], None
            self._add(" – ".join(filter(None, cells)))
            self._is_joined = True
        elif kind in ("inline", "fence", "code_block"):
            self._take_text(_write_inline(token) if kind == "inline" else token.content.strip())

    def _take_text(self, text: str) -> None:
        if self._cells is not None:
            self._cells.append(text)
            return
        indent = "  " * max(len(self._lists) - 1, 0)
        self._add(indent + self._marker + (text.upper() if self._is_heading else text))
        self._marker, self._is_heading, self._is_joined = "", False, bool(self._lists)

    def _add(self, text: str) -> None:
        if self._is_joined and self.blocks:
            self.blocks[-1] += "\n" + text
        else:
            self.blocks.append(text)


def _first_number(token: Token) -> int | None:
    return int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None


def _next_marker(number: int | None) -> tuple[str, int | None]:
    return ("• ", None) if number is None else (f"{number}. ", number + 1)


def _write_inline(token: Token) -> str:
    pieces: list[str] = []
    links: list[tuple[str, int]] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type == "image":
            address = str(child.attrs.get("src", ""))
            address = f"({address})" if _LINK.match(address) else ""
            pieces.append(" ".join(filter(None, (child.content, address))))
        elif child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak":
            pieces.append("\n")
        elif child.type == "link_open":
            address = "" if child.markup in _SAYS_ITSELF else str(child.attrs.get("href", ""))
            links.append((address, len(pieces)))
        elif child.type == "link_close" and links:
            address, start = links.pop()
            words = "".join(pieces[start:])
            bare = re.sub(r"^(?:mailto:|tel:)", "", address)
            if bare and bare not in (words, f"http://{words}", f"https://{words}"):
                pieces.append(f" ({bare})")
    return "".join(pieces)
