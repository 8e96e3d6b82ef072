"""What an HTML part would load from elsewhere, or point at in vain: a mail must stand alone.

A picture from the net tells its server who read the mail and when, and is not shown by most
newsrooms; a `cid:` without its part is a broken picture in all of them. What a person wrote is text:
only what a browser would take for a tag or a style counts.
"""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

_LOADING = frozenset({"src", "background", "poster"})
_STYLED = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", re.IGNORECASE)


class _Addresses(HTMLParser):
    """Gathers every address that is loaded with the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        self._is_style = tag == "style"
        for name, value in attrs:
            if value is None:
                continue
            if name in _LOADING or (tag == "link" and name == "href"):
                self.found.append(value)
            elif name == "srcset":
                self.found += [each.split()[0] for each in value.split(",") if each.strip()]
            elif name == "style":
                self._take_styled(value)

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        self._is_style = self._is_style and tag != "style"

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        if self._is_style:
            self._take_styled(data)

    def handle_comment(self, data: str) -> None:
        """What Outlook reads though it stands in a comment counts too."""
        inner = _Addresses()
        inner.feed(data)
        self.found += inner.found

    def _take_styled(self, style: str) -> None:
        self.found += [match[1] or match[2] for match in _STYLED.finditer(style)]


def find_strangers(markup: str, parts: Collection[str]) -> Iterator[str]:
    """Every address that is neither a part of the mail (`parts` are their names) nor inline."""
    addresses = _Addresses()
    addresses.feed(markup)
    addresses.close()
    for address in map(str.strip, addresses.found):
        scheme, _, name = address.partition(":")
        is_own = name in parts if scheme.lower() == "cid" else scheme.lower() == "data"
        if not is_own:
            yield address
