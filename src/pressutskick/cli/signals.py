"""The first Ctrl-C or SIGTERM finishes what is in flight, the second quits.

Works where `add_signal_handler` does not (Windows): Python's own handlers hand over to the loop.
A signal that was ignored when the program began (`nohup`, a job in the background) stays ignored.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import plain, talk

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")

#: A terminal that closes; the system and the shell may both send it, and nobody is impatient.
_HANG_UP = getattr(signal, "SIGHUP", None)


@contextmanager
def heed_signals(react: Callable[[int], None], *, even_ignored: bool = False) -> Iterator[None]:
    """Calls `react` with the signal's number in the running loop; the old handlers come back.

    `even_ignored` is for what has no other end than a signal.
    """
    loop = asyncio.get_running_loop()

    def handle(number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(react, number)

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    heeded = [
        number for number in numbers if even_ignored or signal.getsignal(number) != signal.SIG_IGN
    ]
    before = {number: signal.signal(number, handle) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def stop_on_signals(first: Callable[[], None], second: Callable[[], None]) -> Iterator[None]:
    """Calls `first`, then `second`; says so once the first is done."""
    is_stopping = False

    def react(number: int) -> None:
        nonlocal is_stopping
        if is_stopping:
            if number != _HANG_UP:
                second()
            return
        is_stopping = True
        # Before anything is said: the terminal may be gone.
        first()
        told = _("Stopping: what is on its way is finished. Once more quits at once.")
        talk().print(plain(told, "yellow"))

    with heed_signals(react):
        yield
