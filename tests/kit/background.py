"""The scripted relay in a thread of its own, for commands that run a loop themselves."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from pressutskick.transports.relay.rules import Receipt, RelayRules
from pressutskick.transports.relay.server import RelayServer


@contextmanager
def relay_in_background(
    rules: RelayRules | None = None,
    *,
    port: int = 0,
    keep: Callable[[Receipt], None] | None = None,
) -> Iterator[RelayServer]:
    """A relay that listens on loopback until the block ends."""
    started: Future[tuple[RelayServer, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        end = asyncio.Event()
        try:
            server = await RelayServer(rules, keep, seed=1).start(port=port)
        except OSError as error:
            started.set_exception(error)
            return
        async with server:
            started.set_result((server, asyncio.get_running_loop(), end))
            await end.wait()

    # `run` ends what still goes on, such as a handshake that nobody waits for any more.
    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    server, loop, end = started.result(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(10)
