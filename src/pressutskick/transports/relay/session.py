"""One connection of the relay: commands in, replies out, misbehaviours where the script says."""

import asyncio
import socket
import struct
from collections.abc import Callable
from typing import cast

from pressutskick.transports.relay.auth import Authentication
from pressutskick.transports.relay.content import ContentReader
from pressutskick.transports.relay.faults import Stage, choose
from pressutskick.transports.relay.rules import Receipt, RelayHost


class RelaySession(asyncio.Protocol):
    """The relay's end of a connection.

    Answers of one batch of commands leave together, as PIPELINING wants them.
    """

    def __init__(self, server: RelayHost) -> None:
        self._server = server
        self._rules = server.rules
        self._buffer = bytearray()
        self._out: list[bytes] = []
        self._is_silent = False
        self._is_upgrading = False
        self._is_encrypted = False
        self._is_closing = False
        self._sender: str | None = None
        self._recipient: str | None = None
        #: The last address named in RCPT, refused or not: what a fault may be limited to.
        self._about: str | None = None
        self._content = ContentReader()
        self._is_in_content = False
        self._messages = 0
        self._authentication: Authentication | None = None
        self._good: Callable[[], None] = self._do_nothing
        self.stage = Stage.GREETING
        self.postscript = b""

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greets, or turns away whoever is one too many."""
        self._transport = cast("asyncio.Transport", transport)
        self._is_encrypted = transport.get_extra_info("sslcontext") is not None
        if not self._server.enter(self):
            self.send(b"421 4.7.0 Too many connections\r\n")
            self.close()
        else:
            self._at(Stage.GREETING, self._greet)
        self.flush()

    def data_received(self, data: bytes) -> None:
        """Works through what arrived."""
        if self._is_silent or self._is_closing:
            return
        self._buffer += data
        self._process()
        self.flush()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._is_closing = True
        self._server.leave(self)

    # What a misbehaviour may do.

    def send(self, data: bytes) -> None:
        """Bytes to the client, with the rest of the batch."""
        self._out.append(data)

    def answer(self) -> None:
        """What a well-behaved relay would do here."""
        self._good()

    def discard(self) -> int:
        """Forgets what has arrived and was not looked at; how many commands that were."""
        early = self._buffer.count(b"\r\n")
        self._buffer.clear()
        return early

    def flush(self) -> None:
        """Writes what was said so far; the end of a batch does it too."""
        if self._out and not self._transport.is_closing():
            # Over TLS each piece is a record of its own: what a client must be able to read.
            self._transport.writelines(self._out)
        self._out.clear()

    def fall_silent(self) -> None:
        """Nothing more is read or said."""
        self.flush()
        self._is_silent = True
        self._transport.pause_reading()

    def close(self) -> None:
        """FIN, after what was sent."""
        self.flush()
        self._is_closing = True
        self._transport.close()

    def reset(self) -> None:
        """RST, after what was sent."""
        self.flush()
        self._is_closing = True
        found = self._transport.get_extra_info("socket")
        if found is not None:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def cut(self) -> None:
        """The server closes down."""
        self._is_closing = True
        self._transport.abort()

    # Inside.

    def _do_nothing(self) -> None:
        """Before anything was asked."""

    def _at(self, stage: Stage, good: Callable[[], None]) -> None:
        """Does what is right at this stage, unless the script has something else here."""
        self.stage, self._good = stage, good
        faults = self._rules.faults
        fault = choose(faults, stage, self._about, self._server.chance) if faults else None
        if fault is None:
            good()
        else:
            fault(self)

    def _process(self) -> None:
        while not (self._is_silent or self._is_closing or self._is_upgrading):
            if self._is_in_content:
                if not self._take_content():
                    return
                continue
            end = self._buffer.find(b"\r\n")
            if end < 0:
                return
            line = bytes(self._buffer[:end])
            del self._buffer[: end + 2]
            self._server.transcript.append(line)
            self._take_command(line)

    def _take_command(self, line: bytes) -> None:
        if self._authentication is not None:
            self._go_on_authenticating(line)
            return
        longest = self._rules.longest_command
        if longest is not None and len(line) + 2 > longest:
            self.send(b"500 5.5.2 Line too long\r\n")
            return
        verb, _, argument = line.decode("utf-8", "replace").partition(" ")
        commands: dict[str, Callable[[str], None]] = {
            "EHLO": lambda _: self._at(Stage.EHLO, self._say_hello),
            "HELO": lambda _: self._at(Stage.EHLO, lambda: self.send(b"250 Hello\r\n")),
            "STARTTLS": lambda _: self._at(Stage.STARTTLS, self._encrypt),
            "AUTH": lambda words: self._at(Stage.AUTH, lambda: self._authenticate(words)),
            "MAIL": self._take_sender,
            "RCPT": self._take_recipient,
            "DATA": lambda _: self._begin_content(),
            "RSET": lambda _: self._reset_transaction(),
            "NOOP": lambda _: self.send(b"250 2.0.0 Ok\r\n"),
            "QUIT": lambda _: self._at(Stage.QUIT, self._say_goodbye),
        }
        command = commands.get(verb.upper())
        if command is None:
            self.send(b"500 5.5.2 What?\r\n")
        else:
            command(argument)

    def _greet(self) -> None:
        self.send(f"220 {self._rules.name} ESMTP\r\n".encode())

    def _say_hello(self) -> None:
        *lines, last = self._rules.name, *self._rules.offers(is_encrypted=self._is_encrypted)
        for line in lines:
            self.send(f"250-{line}\r\n".encode())
        self.send(f"250 {last}\r\n".encode())

    def _say_goodbye(self) -> None:
        self.send(b"221 2.0.0 Bye\r\n")
        self.close()

    # STARTTLS and AUTH.

    def _encrypt(self) -> None:
        if self._rules.tls is None or self._is_encrypted:
            self.send(b"454 4.7.0 No TLS here\r\n")
            return
        self.send(b"220 2.0.0 Ready\r\n" + self.postscript)
        self.flush()
        self._is_upgrading = True
        self._upgrade = asyncio.ensure_future(self._start_tls())

    async def _start_tls(self) -> None:
        if self._rules.tls is None:
            return
        self._buffer.clear()
        try:
            encrypted = await asyncio.get_running_loop().start_tls(
                self._transport, self, self._rules.tls, server_side=True
            )
        except OSError:
            self._server.leave(self)
            return
        if encrypted is not None:
            self._transport = encrypted
            self._is_encrypted = True
            self._is_upgrading = False
            self._process()
            self.flush()

    def _authenticate(self, words: str) -> None:
        mechanism, _, initial = words.partition(" ")
        if mechanism.upper() not in self._rules.mechanisms or not self._rules.logins:
            self.send(b"504 5.5.4 No such mechanism\r\n")
            return
        self._authentication = Authentication(
            mechanism.upper(), self._rules.logins, self._rules.prompts
        )
        is_heard = bool(initial) and not self._rules.asks_anew
        self._go_on_authenticating(initial.encode() if is_heard else None)

    def _go_on_authenticating(self, line: bytes | None) -> None:
        if self._authentication is None:
            return
        reply, is_over = self._authentication.advance(line)
        if is_over:
            self._authentication = None
        self.send(reply + b"\r\n")

    # The transaction.

    def _take_sender(self, argument: str) -> None:
        def take() -> None:
            if self._sender is not None:
                self.send(b"503 5.5.1 Nested MAIL\r\n")
                return
            self._sender = _path(argument)
            self.send(b"250 2.1.0 Ok\r\n")

        self._at(Stage.MAIL, take)

    def _take_recipient(self, argument: str) -> None:
        address = _path(argument)

        def take() -> None:
            if self._rules.greylists and address not in self._server.seen_once:
                self._server.seen_once.add(address)
                self.send(b"450 4.7.1 Greylisted, try again in 60 seconds\r\n")
            else:
                self._recipient = address
                self.send(b"250 2.1.5 Ok\r\n")

        if self._sender is None:
            self.send(b"503 5.5.1 MAIL first\r\n")
        else:
            self._about = address
            self._at(Stage.RCPT, take)

    def _begin_content(self) -> None:
        def begin() -> None:
            self.send(b"354 End with a dot\r\n")
            self._is_in_content = True

        if self._sender is None:
            self.send(b"503 5.5.1 MAIL first\r\n")
        elif self._recipient is None:
            self.send(b"554 5.5.1 No valid recipients\r\n")
        else:
            self._at(Stage.DATA, begin)

    def _reset_transaction(self) -> None:
        self._sender = self._recipient = self._about = None
        self.send(b"250 2.0.0 Ok\r\n")

    def _take_content(self) -> bool:
        """Whether the content is complete and dealt with."""
        if (
            self._buffer
            and self._rules.faults
            and any(fault.stage is Stage.BODY for fault in self._rules.faults)
        ):
            self._at(Stage.BODY, self._do_nothing)
            if self._is_silent or self._is_closing:
                return False
        content = self._content.take(self._buffer)
        if content is None:
            return False
        self._is_in_content = False
        self._at(Stage.FINAL, lambda: self._accept(content))
        self._sender = self._recipient = self._about = None
        return True

    def _accept(self, content: bytes) -> None:
        receipt = Receipt(
            sender=self._sender or "", recipient=self._recipient or "", content=content
        )
        try:
            number = self._server.accept(receipt)
        except OSError as error:
            self.send(f"452 4.3.1 {error.strerror or 'cannot be kept'}\r\n".encode())
            return
        self._messages += 1
        self.send(f"250 {self._rules.acceptance.format(number=number)}\r\n".encode())
        if self._rules.quota is not None and self._messages >= self._rules.quota:
            self.send(b"421 4.7.0 Enough for one connection\r\n")
            self.close()


def _path(argument: str) -> str:
    """The address of `FROM:<...>` or `TO:<...>`."""
    return argument.partition("<")[2].partition(">")[0]
