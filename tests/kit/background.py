"""The scripted relay in a thread of its own, for commands that run a loop themselves."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pressutskick.transports.relay.server import Receipt, RelayRules, RelayServer


@contextmanager
def relay_in_background(
    rules: RelayRules | None = None,
    *,
    port: int = 0,
    keep: Callable[[Receipt], None] | None = None,
) -> Iterator[RelayServer]:
    """A relay that listens on loopback until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def start() -> RelayServer:
        return await RelayServer(rules, keep, seed=1).start(port=port)

    server = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
