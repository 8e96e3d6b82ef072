"""One worker as the parent sees it: its process and its pipe."""

import asyncio
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress

from pressutskick.errors import WorkerLost, reason_of
from pressutskick.sentences import say
from pressutskick.workers.orders import (
    LENGTH,
    Connected,
    Ended,
    Frame,
    Word,
    WorkOrder,
    pack,
    unpack,
)


class Member:
    """A worker; `react` is told every frame that comes from it."""

    def __init__(self, react: Callable[["Member", Frame], None]) -> None:
        """Starts nothing; `start` does."""
        self._react = react
        self._process: Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self.is_ready = False
        self.connections = 0
        self.ended: Ended | None = None

    async def start(self, order: WorkOrder) -> None:
        """Starts the process and tells it its order.

        Raises:
            WorkerLost: it cannot be started.
        """
        try:
            self._process = await asyncio.create_subprocess_exec(
                # -P: a file in the working directory must not stand in for a module.
                *(sys.executable, "-P", "-m", "pressutskick.workers"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Ctrl-C and a closed terminal are the parent's to hear.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise WorkerLost(
                say("A worker process cannot be started: {error}.", error=reason_of(error)),
                remedy=say("Run the same command again without --workers."),
            ) from error
        self.tell(order)
        self._listening = asyncio.create_task(self._listen(self._process))

    def tell(self, frame: Frame) -> None:
        """Writes a frame, unless the worker has gone."""
        pipe = self._process.stdin if self._process else None
        if pipe is not None and not pipe.is_closing():
            pipe.write(pack(frame))

    def kill(self) -> None:
        """Ends the process at once, if it still runs."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()

    @property
    def exit_status(self) -> int | None:
        """Of the process; negative for a signal, None while it runs."""
        return self._process.returncode if self._process else None

    async def wait(self) -> None:
        """Until the process has ended."""
        if self._process is None or self._listening is None:
            return
        await self._listening
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()

    async def _listen(self, process: Process) -> None:
        pipe = process.stdout
        while pipe is not None:
            try:
                (length,) = LENGTH.unpack(await pipe.readexactly(LENGTH.size))
                frame = unpack(await pipe.readexactly(length))
            except asyncio.IncompleteReadError:
                break
            self._take(frame)
        self._take((Connected(connections=0),))

    def _take(self, frame: Frame) -> None:
        match frame:
            case Word.READY:
                self.is_ready = True
            case Ended():
                self.ended = frame
        self._react(self, frame)
