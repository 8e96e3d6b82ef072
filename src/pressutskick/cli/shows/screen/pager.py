"""What is longer than the terminal goes through the person's pager (PAGER, else `less`), to scroll in.

Never in a pipe, nor where nobody can turn a page.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

#: Lines below the text: the next prompt.
_KEPT_FREE = 1


_is_open = False


@contextmanager
def paged(console: Console) -> Iterator[None]:
    """What is printed on `console` within is shown at the end, a page at a time where it is long.

    Within another page it does nothing: the outer one has it all.
    """
    global _is_open  # noqa: PLW0603 - the program has one terminal
    if _is_open or not (console.is_terminal and sys.stdin.isatty()) or console.is_dumb_terminal:
        yield
        return
    _is_open = True
    try:
        with console.capture() as shown:
            yield
    finally:
        _is_open = False
    _show(shown.get(), console)


def _show(text: str, console: Console) -> None:
    if text.count("\n") + _KEPT_FREE <= console.height:
        console.file.write(text)
        return
    import pydoc

    # Colours as they are, and what was read stays on the terminal afterwards.
    os.environ.setdefault("LESS", "-RX")
    pydoc.pager(text)
