"""What an HTML part would load from elsewhere, or point at in vain: a mail must stand alone.

A picture from the net tells its server who read the mail and when, and is not shown by most
newsrooms; a `cid:` without its part is a broken picture in all of them.
"""

import html
import re
from collections.abc import Collection, Iterator

_SOURCES = re.compile(
    r"""\b(?:src|srcset|background|poster)\s*=\s*["']?\s*([^"'\s>]+)|url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)"""
    r"""|<link\b[^>]*\bhref\s*=\s*["']?([^"'\s>]+)""",
    re.IGNORECASE,
)


def find_strangers(markup: str, parts: Collection[str]) -> Iterator[str]:
    """Every address that is neither a part of the mail (`parts` are their names) nor inline."""
    for match in _SOURCES.finditer(markup):
        address = html.unescape(next(filter(None, match.groups()))).strip()
        scheme, _, name = address.partition(":")
        is_own = name in parts if scheme.lower() == "cid" else scheme.lower() == "data"
        if not is_own:
            yield address
