"""The first Ctrl-C or SIGTERM finishes what is in flight, the second quits.

Works where `add_signal_handler` does not (Windows): Python's own handlers hand over to the loop.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from pressutskick.cli.language import _
from pressutskick.cli.shows.console import plain, talk


@contextmanager
def stop_on_signals(first: Callable[[], None], second: Callable[[], None]) -> Iterator[None]:
    """Calls `first`, then `second`, in the running loop; the old handlers come back at the end."""
    loop = asyncio.get_running_loop()
    calls = 0

    def react() -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            told = _("Stopping: what is on its way is finished. Once more quits at once.")
            talk().print(plain(told, "yellow"))
            first()
        else:
            second()

    def handle(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(react)

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
