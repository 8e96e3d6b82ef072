"""HTML of a mail drawn for the terminal: headings, lists, links and fact rows as Rich text.

Not a browser: what a style sheet hides or moves is not known here, except for what is marked
`display:none`. Text is data; it becomes `Text` through `views.plain`, never markup.
"""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from rich.text import Text

from pressutskick.cli.shows.screen.console import plain

_BREAKING = frozenset(
    {"p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "tr", "br", "hr", "blockquote"}
)
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote"})
_SILENT = frozenset({"head", "style", "script", "title"})
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr"})
_STYLES = {
    "h1": "bold",
    "h2": "bold cyan",
    "h3": "bold",
    "h4": "bold",
    "strong": "bold",
    "b": "bold",
    "em": "italic",
    "i": "italic",
    "a": "underline",
}


def draw_html(source: str) -> Text:
    """The visible text of an HTML mail with its structure, for any width."""
    drawing = _Drawing()
    drawing.feed(source)
    drawing.close()
    return drawing.finish()


def _without_subject(target: str) -> str:
    return re.sub(r"^mailto:([^?]*).*", r"\1", target)


class _Drawing(HTMLParser):
    """Collects lines; `feed` it and `finish`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[Text] = []
        self._line = Text()
        self._styles: list[str] = []
        self._lists: list[int | None] = []
        self._silent = 0
        self._links: list[tuple[str, int]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a block, a style or a link."""
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            is_hidden = tag in _SILENT or "display:none" in given.get("style", "").replace(" ", "")
            self._open.append((tag, is_hidden))
            self._silent += is_hidden
        if tag in _BREAKING:
            self._break()
        if tag in _SPACED and not self._lists:
            self._space()
        self._enter(tag, given)

    def _enter(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in _STYLES:
            self._styles.append(_STYLES[tag])
        if tag == "a":
            self._links.append((given.get("href", ""), len(self._line)))
        elif tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li" and self._lists:
            self._line.append("  " * (len(self._lists) - 1) + self._marker())
        elif tag == "td" and self._line.plain.strip():
            # A label and its fact.
            self._line.rstrip()
            self._line.stylize("bold")
            self._line.append("  ")
        elif tag == "hr":
            self._lines.append(Text("─" * 20, style="dim"))

    def _marker(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "• "
        self._lists[-1] = number + 1
        return f"{number}. "

    def handle_endtag(self, tag: str) -> None:
        """Closes what was opened; a stray end is ignored."""
        if tag not in [name for name, _ in self._open]:
            return
        while self._open:
            name, is_hidden = self._open.pop()
            self._silent -= is_hidden
            self._leave(name)
            if name == tag:
                return

    def _leave(self, tag: str) -> None:
        if tag in _STYLES:
            self._styles.pop()
        if tag == "a" and self._links:
            self._tell_target(*self._links.pop())
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in _BREAKING:
            self._break()
        if tag in _SPACED and not self._lists:
            self._space()

    def _tell_target(self, target: str, start: int) -> None:
        """A link's address stands behind its words unless they say it."""
        words = self._line.plain[start:]
        if target and not target.startswith("tel:") and _without_subject(target) != words:
            self._line.append_text(plain(f" ({target})", "dim"))

    def handle_data(self, data: str) -> None:
        """Text, its white space folded as HTML does."""
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if self._silent or not words:
            return
        if words.startswith(" ") and (not self._line.plain or self._line.plain.endswith(" ")):
            words = words[1:]
        self._line.append_text(plain(words, " ".join(self._styles)))

    def _break(self) -> None:
        if self._line.plain.strip():
            self._line.rstrip()
            self._lines.append(self._line)
        self._line = Text()
        # A link may go on over a line break.
        self._links = [(target, 0) for target, _ in self._links]

    def _space(self) -> None:
        if self._lines and self._lines[-1].plain:
            self._lines.append(Text())

    def finish(self) -> Text:
        """All lines as one text."""
        self._break()
        while self._lines and not self._lines[-1].plain:
            self._lines.pop()
        return Text("\n").join(self._lines)
