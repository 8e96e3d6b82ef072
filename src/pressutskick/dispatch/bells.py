"""Waiting until something has happened, or time has passed."""

import asyncio

from pressutskick.dispatch.interfaces import Clock


class Bells:
    """Everybody who waits has a bell; all are rung at once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._hung: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Wakes everybody who waits, to look again."""
        for bell in self._hung:
            if not bell.done():
                bell.set_result(None)
        self._hung.clear()

    async def wait(self, seconds: float | None) -> None:
        """Until the bell, or `seconds` have passed."""
        bell = asyncio.get_running_loop().create_future()
        self._hung.append(bell)
        if seconds is None:
            await bell
            return
        alarm = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait((bell, alarm), return_when=asyncio.FIRST_COMPLETED)
        finally:
            alarm.cancel()
            if bell in self._hung:
                self._hung.remove(bell)
