"""A run's own time: it begins with the computer's clock and runs on evenly.

Somebody may set the clock meanwhile; then `--retry-for` is neither longer nor shorter, and a
delivery that waits a minute waits a minute.
"""

from datetime import datetime, timedelta

from pressutskick.dispatch.interfaces import Clock


class SteadyClock:
    """`clock`, with a `now` that follows its monotonic seconds."""

    def __init__(self, clock: Clock) -> None:
        """Begins now."""
        self._clock = clock
        self._began = clock.now()
        self._offset = clock.monotonic()

    def now(self) -> datetime:
        """The moment, aware, UTC."""
        return self._began + timedelta(seconds=self.monotonic() - self._offset)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await self._clock.sleep(seconds)
