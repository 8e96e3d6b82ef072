"""From a server's name to a connected socket: the name looked up, its addresses tried in time.

RFC 8305: an address that does not answer at once gets company, so that a name with one dead address
is as good as another. Knows nothing of SMTP.
"""

import asyncio
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress

from aiohappyeyeballs import AddrInfoType, start_connection

#: Seconds that an address has for itself before the next one is tried too (RFC 8305 section 5).
HEAD_START = 0.25


async def connect(host: str, port: int, *, turn: int = 0) -> socket.socket:
    """A socket that is connected to `host`; of several addresses the `turn`-th is tried first.

    Raises:
        OSError: no address of that name, or none that answers.
        UnicodeError: the name cannot be looked up.
    """
    found = await _look_up(host, port)
    start = turn % len(found)
    return await start_connection(
        [*found[start:], *found[:start]], happy_eyeballs_delay=HEAD_START, interleave=1
    )


async def _look_up(host: str, port: int) -> Sequence[AddrInfoType]:
    """The addresses, asked for in a thread that nobody waits for when the run ends.

    A resolver may be silent for minutes, and cannot be interrupted.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[AddrInfoType]] = loop.create_future()

    def settle(found: Sequence[AddrInfoType], error: Exception | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(found)
        else:
            answer.set_exception(error)

    def ask() -> None:
        found: Sequence[AddrInfoType] = ()
        error: Exception | None = None
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as fault:
            error = fault
        # Where the run has ended meanwhile, nobody wants to know.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, found, error)

    threading.Thread(target=ask, name=f"look up {host}", daemon=True).start()
    return await answer
