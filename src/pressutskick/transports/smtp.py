"""SMTP: aiosmtplib greets, encrypts and logs in; the mail transaction is our own.

Encryption is asked for by name and verified, never opportunistic (RFC 8314). All connections share
one SSLContext: making one takes as long as sending a hundred messages.
"""

import asyncio
import socket
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import aiosmtplib

from pressutskick.dispatch.interfaces import Phase
from pressutskick.dispatch.relays import Relay
from pressutskick.errors import SettingsError, reason_of
from pressutskick.sentences import say
from pressutskick.transports.connecting import connect
from pressutskick.transports.connection import adopt
from pressutskick.transports.dialogue import DialogueSession
from pressutskick.transports.eagerness import Eagerness, wants_its_turn
from pressutskick.transports.login import Login, log_in
from pressutskick.transports.mask import Mask
from pressutskick.transports.pipelining import PipeliningSession
from pressutskick.transports.replies import ReplyReader
from pressutskick.transports.smtp_errors import no_starttls, spoke_in_clear, translate
from pressutskick.transports.transaction import Abilities, Timeouts


class Encryption(StrEnum):
    """How the connection is encrypted: asked for by name, never if-possible."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAddress:
    """Where the relay is and how it is spoken to. `login` None sends without one.

    `ehlo_name` is what we call ourselves, None for our address as a literal. `notes` is where this machine keeps what it has learned about relays (`transports.eagerness`).
    """

    host: str
    port: int
    encryption: Encryption = Encryption.STARTTLS
    login: Login | None = None
    relay: Relay = Relay.PLAIN
    ca_file: str | None = None
    ehlo_name: str | None = None
    timeouts: Timeouts = field(default_factory=Timeouts)
    notes: Path | None = None

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def make_tls_context(ca_file: str | None = None) -> ssl.SSLContext:
    """The context of all connections: TLS 1.2 or newer, certificate and host name checked.

    `ca_file` adds an organisation's own authority (PEM) to the system's.

    Raises:
        SettingsError: the file cannot be read or holds no certificate.
    """
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:
            # OpenSSL counts its errors in numbers of its own.
            is_content = isinstance(error, ssl.SSLError)
            raise SettingsError(
                say(
                    "PRESSUTSKICK_SMTP_CA_FILE: {file} cannot be used: {error}.",
                    file=ca_file,
                    error=say("it holds no certificate") if is_content else reason_of(error),
                )
            ) from error
    return context


class SmtpTransport:
    """Opens sessions with one relay."""

    def __init__(self, address: SmtpAddress, eagerness: Eagerness | None = None) -> None:
        """`eagerness` is what is known of the relay already; without it, what `notes` say."""
        self._address = address
        self._context: ssl.SSLContext | None = None
        self._failures = 0
        self._eagerness = eagerness or Eagerness(
            # The others admit so few messages a minute that nothing is won.
            is_welcome=address.relay is Relay.PLAIN,
            where=str(address),
            notes=address.notes,
        )

    async def open(self) -> PipeliningSession | DialogueSession:
        """A session that is greeted, encrypted and logged in.

        Raises:
            RelayUnavailable: no connection, 4yz, silence or a broken connection before MAIL.
            TlsError: certificate or encryption cannot be trusted; nothing was sent.
            AuthenticationError: the login was refused.
            SettingsError: the relay will never take what we ask (5yz before MAIL).
        """
        address = self._address
        # The context is made here, so that a wrong CA file is told as what it is.
        encrypted = address.encryption is not Encryption.NONE
        if encrypted and self._context is None:
            self._context = make_tls_context(address.ca_file)
        # Of several addresses of the name, each new try begins with the next one.
        opening = _Opening(address, self._context, turn=self._failures)
        try:
            await opening.walk()
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            self._failures += 1
            opening.give_up()
            seen = opening.cover(error)
            raise translate(seen, opening.phase, address) from seen
        except BaseException:
            opening.give_up()
            raise
        return opening.hand_over(self._eagerness)


class _Opening:
    """The way from nothing to a session; `phase` tells how far it came."""

    def __init__(
        self, address: SmtpAddress, context: ssl.SSLContext | None, *, turn: int = 0
    ) -> None:
        self._address = address
        self._turn = turn
        self._greeting = ""
        self._socket: socket.socket | None = None
        self._mask = Mask()
        self.phase = Phase.CONNECT
        self.client = aiosmtplib.SMTP(
            hostname=address.host,
            use_tls=address.encryption is Encryption.TLS,
            start_tls=False,
            tls_context=context,
            # Without a name aiosmtplib asks the DNS for ours; EHLO below tells it.
            local_hostname="localhost",
            timeout=address.timeouts.command,
        )

    async def walk(self) -> None:
        """Connects, says EHLO, encrypts, logs in."""
        address, client = self._address, self.client
        # One span for all of it: a server that takes the connection may still say nothing.
        async with asyncio.timeout(address.timeouts.connect):
            self._socket = await connect(address.host, address.port, turn=self._turn)
            welcome = await client.connect(sock=self._socket, timeout=None)
        self._greeting = welcome.message
        self.phase = Phase.EHLO
        await self._greet()
        if address.encryption is Encryption.STARTTLS:
            self.phase = Phase.STARTTLS
            await self._encrypt()
            await self._greet()
        if address.login is not None:
            self.phase = Phase.AUTH
            # OAUTHBEARER tells the port; aiosmtplib was given a socket instead.
            client.port = address.port
            seconds = address.timeouts.command
            await log_in(client, address.login, str(address), seconds, self._mask)

    async def _greet(self) -> None:
        """EHLO with the name of the settings, else our address as a literal.

        The literal is always true and needs no DNS (RFC 5321 section 4.1.3).
        """
        name = self._address.ehlo_name
        if name is None:
            host = str(self.client.get_transport_info("sockname")[0]).partition("%")[0]
            name = f"[IPv6:{host}]" if ":" in host else f"[{host}]"
        await self.client.ehlo(hostname=name)

    async def _encrypt(self) -> None:
        if not self.client.supports_extension("starttls"):
            raise no_starttls(str(self._address))
        plain, protocol = self.client.transport, self.client.protocol
        if not isinstance(plain, asyncio.Transport) or protocol is None:
            raise no_starttls(str(self._address))
        watch = _ClearTextWatch(protocol)
        plain.set_protocol(watch)
        await self.client.starttls(timeout=self._address.timeouts.connect)
        if watch.has_surplus:
            raise spoke_in_clear(str(self._address))

    def cover(self, error: Exception) -> Exception:
        """The error without what must not be told: some relays repeat the password."""
        if not isinstance(error, aiosmtplib.SMTPResponseException):
            return error
        words = self._mask.cover_login(error.message)
        return error if words == error.message else type(error)(error.code, words)

    def give_up(self) -> None:
        """Closes the connection at once: TLS would wait for the relay's farewell."""
        transport = self.client.transport
        self.client.close()
        if isinstance(transport, asyncio.Transport):
            transport.abort()
        elif self._socket is not None:
            self._socket.close()

    def hand_over(self, eagerness: Eagerness) -> PipeliningSession | DialogueSession:
        """The session that takes over the transport."""
        abilities = Abilities.read(self.client.esmtp_extensions)
        transport = self.client.transport
        if transport is None:
            raise translate(ConnectionResetError(), self.phase, self._address)
        connection = adopt(transport, self._mask)
        if abilities.pipelining:
            if wants_its_turn(self._greeting, self.client.esmtp_extensions):
                eagerness.end()
            return PipeliningSession(connection, abilities, self._address.timeouts, eagerness)
        return DialogueSession(connection, abilities, self._address.timeouts)


class _ClearTextWatch(asyncio.Protocol):
    """Passes on what aiosmtplib expects, and notes bytes behind the reply to STARTTLS.

    aiosmtplib discards them; that they came at all means that somebody tampers (RFC 3207 section 6).
    """

    def __init__(self, inner: asyncio.Protocol) -> None:
        self._inner = inner
        self._reader = ReplyReader()

    @property
    def has_surplus(self) -> bool:
        """Whether anything came behind the reply, of however many lines that is."""
        reader = self._reader
        return len(reader.replies) > 1 or (
            bool(reader.replies) and (reader.is_within_reply or reader.garbage is not None)
        )

    def data_received(self, data: bytes) -> None:
        """Notes what it is and passes it on."""
        self._reader.feed(data)
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        """As the inner protocol wishes."""
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Told on."""
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """Told on."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Told on."""
        self._inner.resume_writing()
