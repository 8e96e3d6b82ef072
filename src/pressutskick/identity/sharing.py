"""One token for all connections: renewed once for all of them, also in the middle of a run."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from pressutskick.dispatch.signin.credentials import Token

#: Gives a new token; told which one was refused, if one was.
Fetch = Callable[[Token | None], Awaitable[Token]]


class SharedTokens:
    """A TokenSource over anything that can fetch a token."""

    def __init__(self, fetch: Fetch, now: Callable[[], datetime]) -> None:
        """Fetches nothing before the first connection asks."""
        self._fetch = fetch
        self._now = now
        self._held: Token | None = None
        self._turn = asyncio.Lock()

    async def fresh(self, refused: Token | None = None) -> Token:
        """See TokenSource: whoever comes with a token that was replaced meanwhile gets the new one."""
        async with self._turn:
            held = self._held
            is_refused = refused is not None and (held is None or held.value == refused.value)
            if held is None or is_refused or held.is_old(self._now()):
                self._held = held = await self._fetch(refused if is_refused else None)
            return held
