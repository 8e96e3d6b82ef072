"""Machine output: one JSON document on stdout, without loading what paints terminals."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pressutskick.mail import UNSAFE_CHARACTERS

_has_printed = False
_collected: list[object] | None = None


def start() -> None:
    """A run begins; nothing is printed yet."""
    global _has_printed  # noqa: PLW0603 - the program has one standard output
    _has_printed = False


def has_printed() -> bool:
    """Whether this run has printed its document."""
    return _has_printed


@contextmanager
def together(name: str) -> Iterator[None]:
    """What is printed within becomes a list under `name` of one document."""
    global _collected  # noqa: PLW0603 - the program has one standard output
    _collected = []
    try:
        yield
    finally:
        found, _collected = _collected, None
        if found:
            print_json({name: found})


def json_text(value: object) -> str:
    """What `print_json` prints: readable letters, and no character that paints a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Only line feeds of the layout are unsafe and meant; JSON writes those of the values as \\n.
    return UNSAFE_CHARACTERS.sub(_escape, text) + "\n"


def _escape(found: re.Match[str]) -> str:
    return found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}"


def print_json(value: object) -> None:
    """One JSON document on stdout, UTF-8, the same in every language."""
    global _has_printed  # noqa: PLW0603 - the program has one standard output
    if _collected is not None:
        _collected.append(value)
        return
    _has_printed = True
    sys.stdout.write(json_text(value))
