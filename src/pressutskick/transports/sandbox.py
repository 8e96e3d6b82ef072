"""A whole mail server inside the program: real SMTP over loopback, and a place for what it takes.

Everything runs as in earnest, and nothing leaves the machine.
"""

from collections.abc import Callable

from pressutskick.dispatch.interfaces import DeliverySource, Outcome, TransportSession
from pressutskick.errors import RelayUnavailable, reason_of
from pressutskick.sentences import say
from pressutskick.transports.relay.rules import Receipt, RelayRules
from pressutskick.transports.relay.server import RelayServer
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport


class SandboxTransport:
    """Starts the server with the first session and stops it with the last."""

    def __init__(
        self, keep: Callable[[str, bytes], object], rules: RelayRules | None = None
    ) -> None:
        """`keep` gets the address and the octets of each message before it is accepted.

        An OSError of it becomes a 452.
        """
        self._give = keep
        self._rules = rules or RelayRules()
        self._server: RelayServer | None = None
        self._sessions = 0

    async def open(self) -> "SandboxSession":
        """A session with the server.

        Raises:
            RelayUnavailable: the machine lets nobody listen on loopback, or a fault says so.
        """
        self._sessions += 1
        try:
            server = await self._start()
            address = SmtpAddress(host=server.host, port=server.port, encryption=Encryption.NONE)
            inner = await SmtpTransport(address).open()
        except BaseException:
            await self.leave()
            raise
        return SandboxSession(inner, self)

    async def _start(self) -> RelayServer:
        if self._server is None:
            server = RelayServer(self._rules, self._keep)
            self._server = server
            try:
                await server.start()
            except OSError as error:
                self._server = None
                raise RelayUnavailable(
                    say(
                        "The sandbox cannot listen on 127.0.0.1: {error}.",
                        error=reason_of(error),
                    )
                ) from error
        return self._server

    def _keep(self, receipt: Receipt) -> None:
        self._give(receipt.recipient, receipt.content)

    async def leave(self) -> None:
        """A session has ended; the last one takes the server with it."""
        self._sessions -= 1
        if not self._sessions and self._server is not None:
            server, self._server = self._server, None
            await server.close()


class SandboxSession:
    """A session with the embedded server."""

    def __init__(self, inner: TransportSession, transport: SandboxTransport) -> None:
        self._inner = inner
        self._transport = transport

    async def run(self, source: DeliverySource) -> Outcome | None:
        """As the SMTP session inside."""
        return await self._inner.run(source)

    async def close(self) -> None:
        """Ends the connection, and the server with the last one."""
        await self._inner.close()
        await self._transport.leave()
