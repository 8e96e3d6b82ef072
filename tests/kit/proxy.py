"""A proxy that counts turns: how often the client speaks after the server has spoken.

A turn is what a round trip costs on a real network, whatever else the machine does meanwhile.
"""

import asyncio


class TurnCounter:
    """Passes bytes on between clients and one server on loopback."""

    def __init__(self, port: int) -> None:
        self._upstream = port
        self.turns = 0
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "TurnCounter":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        await asyncio.gather(*self._tasks)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back_reader, back_writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        has_spoken = False

        async def pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            nonlocal has_spoken
            while data := await source.read(65536):
                if sink is writer:
                    has_spoken = True
                elif has_spoken:
                    self.turns += 1
                    has_spoken = False
                sink.write(data)
                await sink.drain()
            sink.close()

        for pair in ((reader, back_writer), (back_reader, writer)):
            task = asyncio.create_task(pass_on(*pair))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
