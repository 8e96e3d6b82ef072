"""Tells a canonical document from a raw text, without reading either.

Apart from `document`, so that a raw text is read without loading what parses YAML.
"""

import re

FENCE = re.compile(r"---[ \t]*")
_KEY = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(\s|$)")


def is_document(text: str) -> bool:
    """Whether `text` is meant as a canonical document.

    It begins with a fence, and the first line below looks like a key.
    """
    lines = (line for line in text.lstrip("\ufeff").split("\n") if line.strip())
    if not FENCE.fullmatch(next(lines, "").rstrip("\r")):
        return False
    first = next((line for line in lines if not line.lstrip().startswith("#")), "")
    return bool(_KEY.match(first))
