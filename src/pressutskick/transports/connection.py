"""The bytes of one SMTP connection after login: write commands, await replies, each in time.

aiosmtplib connects, encrypts and logs in; then this protocol takes its place on the transport,
because aiosmtplib's own drops a second reply that arrives with the first, and pipelining (RFC 2920)
lives on those. `tests/integration/test_handover.py` fails when that hand-over stops working.
"""

import asyncio
from typing import cast

from pressutskick.dispatch.interfaces import Fault, Outcome, Phase
from pressutskick.transports.mask import Mask
from pressutskick.transports.replies import RawReply, ReplyReader

#: Larger contents are written in pieces, so that the transport does not copy them whole.
PIECE = 256 * 1024

#: Octets read at once; the replies to a group of commands have some 200.
_READ = 4096


class ConnectionFault(Exception):  # noqa: N818 - named after the Fault it carries
    """The dialogue cannot go on: `fault` says how it broke, or `reply` what ended it."""

    def __init__(
        self, fault: Fault | None, detail: str = "", reply: RawReply | None = None
    ) -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail
        self.reply = reply

    def at(self, phase: Phase) -> Outcome:
        """The outcome of a delivery that had come so far."""
        if self.reply is not None:
            return Outcome(phase=phase, reply=self.reply.parse())
        return Outcome(phase=phase, fault=self.fault, detail=self.detail)


class SmtpConnection(asyncio.BufferedProtocol):
    """A connection whose replies are read in the order of the commands.

    Buffered, because a plain Protocol is given 256 KiB of fresh memory for each read.
    """

    def __init__(self, transport: asyncio.Transport, mask: Mask | None = None) -> None:
        """Takes over `transport`, which must be idle: every command answered.

        `mask` covers in all replies what must not be told.
        """
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._reader = ReplyReader(mask)
        self._buffer = memoryview(bytearray(_READ))
        self._waiter: asyncio.Future[None] | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._deadline = 0.0
        self._is_lost = transport.is_closing()
        self._cause = ""
        self._is_paused = False
        self._written_at = self._loop.time()
        self._quickest = 0.0
        transport.set_protocol(self)

    # What asyncio calls.

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where asyncio puts what arrives.

        A view, since asyncio puts each TLS record but the first into a slice of it: a slice of a
        bytearray is a copy, and what the relay said would be lost.
        """
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Reads replies out of what arrived."""
        elapsed = self._loop.time() - self._written_at
        self._quickest = min(self._quickest or elapsed, elapsed)
        self._reader.feed(bytes(self._buffer[:nbytes]))
        if self._reader.replies or self._reader.garbage is not None:
            self._wake()

    def eof_received(self) -> bool:
        """The relay ended the connection; a half-open one is of no use."""
        self._lose("the mail server ended the connection")
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._lose(str(exc or ""))

    def pause_writing(self) -> None:
        """The transport's buffer is full."""
        self._is_paused = True

    def resume_writing(self) -> None:
        """It has room again."""
        self._is_paused = False
        self._wake()

    # What a session calls.

    @property
    def is_lost(self) -> bool:
        """Whether nothing more can be written or read beyond what has arrived."""
        return self._is_lost

    @property
    def patience(self) -> float:
        """Seconds that the log may take its time: a quarter of the quickest round trip so far."""
        return self._quickest / 4

    def has_replies(self, count: int = 1) -> bool:
        """Whether so many replies have arrived and not been taken."""
        return len(self._reader.replies) >= count

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has arrived that was not taken, not even half a reply."""
        reader = self._reader
        return not (reader.replies or reader.is_within_reply or reader.garbage is not None)

    def peek(self, index: int) -> RawReply:
        """A reply that has arrived, without taking it."""
        return self._reader.replies[index]

    def write(self, data: bytes) -> None:
        """Hands bytes to the kernel, now or soon.

        Raises:
            ConnectionFault: the connection was already lost; nothing was written.
        """
        if self._is_lost:
            raise ConnectionFault(Fault.LOST, self._cause)
        self._transport.write(data)
        self._written_at = self._loop.time()

    async def write_large(self, data: bytes, timeout: float) -> None:  # noqa: ASYNC109 - per piece
        """Writes piece by piece; each may take `timeout` seconds to leave.

        Raises:
            ConnectionFault: lost or stuck half-way, or the relay answered before the end.
        """
        for start in range(0, len(data), PIECE):
            self.write(data[start : start + PIECE])
            while self._is_paused and not self._is_lost and self.is_quiet:
                await self._wait(timeout)
            if not self.is_quiet:
                refusal = self._reader.replies[0] if self._reader.replies else None
                if refusal is not None and refusal.code >= 400:
                    raise ConnectionFault(None, reply=refusal)
                raise ConnectionFault(Fault.EARLY_REPLY)

    async def reply(self, timeout: float) -> RawReply:  # noqa: ASYNC109 - RFC 5321 4.5.3.2
        """The next reply, within `timeout` seconds.

        Raises:
            ConnectionFault: lost, silent, or not a reply.
        """
        replies = self._reader.replies
        while not replies:
            if self._reader.garbage is not None:
                raise ConnectionFault(Fault.GARBAGE, self._reader.garbage)
            if self._is_lost:
                raise ConnectionFault(Fault.LOST, self._cause)
            await self._wait(timeout)
        return replies.popleft()

    async def quit(self, timeout: float) -> None:  # noqa: ASYNC109 - RFC 5321 4.5.3.2
        """Says QUIT, waits for the answer, closes. Never raises: what was accepted stands."""
        try:
            if not self._is_lost and self.is_quiet:
                self.write(b"QUIT\r\n")
                await self.reply(timeout)
        except ConnectionFault:
            pass
        finally:
            self._close()

    def abort(self) -> None:
        """Cuts the connection; what is still in the buffer does not leave."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._is_lost = True
        self._transport.abort()

    # Inside.

    def _close(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        self._is_lost = True
        # Python 3.11.2 cannot abort a TLS transport that was closed twice.
        if not self._transport.is_closing():
            self._transport.close()
        # TLS would now wait for the relay's farewell, and outlive the event loop: ours is said.
        self._transport.abort()

    def _lose(self, cause: str) -> None:
        self._is_lost = True
        self._cause = self._cause or cause
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _wait(self, seconds: float) -> None:
        """Until something happens. One timer serves all waits: most are over in a moment."""
        self._waiter = self._loop.create_future()
        self._deadline = self._loop.time() + seconds
        if self._alarm is None or self._alarm.when() > self._deadline:
            if self._alarm is not None:
                self._alarm.cancel()
            self._alarm = self._loop.call_at(self._deadline, self._ring)
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _ring(self) -> None:
        self._alarm = None
        waiter = self._waiter
        if waiter is None or waiter.done():
            return
        if self._loop.time() < self._deadline:
            self._alarm = self._loop.call_at(self._deadline, self._ring)
        else:
            waiter.set_exception(ConnectionFault(Fault.TIMEOUT))


def adopt(transport: asyncio.BaseTransport, mask: Mask | None = None) -> SmtpConnection:
    """The connection over a transport that aiosmtplib has made ready."""
    return SmtpConnection(cast("asyncio.Transport", transport), mask)
