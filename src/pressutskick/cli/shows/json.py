"""Machine output: one JSON document on stdout, without loading what paints terminals."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

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
    """What `print_json` prints."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def print_json(value: object) -> None:
    """One JSON document on stdout, UTF-8, the same in every language."""
    global _has_printed  # noqa: PLW0603 - the program has one standard output
    if _collected is not None:
        _collected.append(value)
        return
    _has_printed = True
    sys.stdout.write(json_text(value))
