"""The relay: a small SMTP server for loopback that keeps what it accepts and misbehaves as told.

Speaks RFC 5321 with PIPELINING, SIZE, 8BITMIME, SMTPUTF8, ENHANCEDSTATUSCODES, STARTTLS and AUTH as
far as `RelayRules` says. Never relays anything anywhere.
"""

import asyncio
import random
from collections.abc import Callable

from pressutskick.transports.relay.rules import Receipt, RelayRules
from pressutskick.transports.relay.session import RelaySession


class RelayServer:
    """Listens on loopback until closed; tells each accepted message to `keep`."""

    def __init__(
        self,
        rules: RelayRules | None = None,
        keep: Callable[[Receipt], None] | None = None,
        seed: int | None = None,
    ) -> None:
        """`keep` is called before the 250 is sent; an OSError from it becomes a 452."""
        self.rules = rules or RelayRules()
        self.receipts: list[Receipt] = []
        self._keep = keep or self.receipts.append
        # Chance for the script's rates, not for secrets.
        self.chance = random.Random(seed).random  # noqa: S311
        self.accepted = 0
        self.connections = 0
        self.most_connections = 0
        self.transcript: list[bytes] = []
        self.seen_once: set[str] = set()
        self._sessions: set[asyncio.Protocol] = set()
        self._server: asyncio.Server | None = None
        self.host = ""
        self.port = 0

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> "RelayServer":
        """Begins to listen; for `port` 0 on a free one, which the attribute `port` then tells.

        Raises:
            OSError: the port is taken or not allowed.
        """
        loop = asyncio.get_running_loop()
        context = self.rules.tls if self.rules.is_implicit else None
        self._server = await loop.create_server(lambda: RelaySession(self), host, port, ssl=context)
        self.host, self.port = self._server.sockets[0].getsockname()[:2]
        return self

    def enter(self, session: asyncio.Protocol) -> bool:
        """Counts a connection; False when there are too many."""
        self._sessions.add(session)
        self.connections += 1
        limit = self.rules.limit
        if limit is not None and len(self._sessions) > limit:
            return False
        self.most_connections = max(self.most_connections, len(self._sessions))
        return True

    def leave(self, session: asyncio.Protocol) -> None:
        """A connection has ended."""
        self._sessions.discard(session)

    def accept(self, receipt: Receipt) -> int:
        """Keeps a message; its number.

        Raises:
            OSError: it cannot be kept.
        """
        self._keep(receipt)
        self.accepted += 1
        return self.accepted

    async def close(self) -> None:
        """Stops listening and cuts what is connected."""
        if self._server is not None:
            self._server.close()
            for session in list(self._sessions):
                getattr(session, "cut", lambda: None)()
            await self._server.wait_closed()

    async def __aenter__(self) -> "RelayServer":
        return self if self._server is not None else await self.start()

    async def __aexit__(self, *exc: object) -> None:
        await self.close()
