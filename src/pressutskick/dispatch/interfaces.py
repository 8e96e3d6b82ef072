"""The three seams of the engine: Transport, DeliveryLog, Clock; and the values that cross them.

Adapters report, policy decides: a transport says in which phase which reply came (`Outcome`), and
never what that means for the delivery.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.mail import Envelope, Reply
from pressutskick.recipients.model import Recipient


class Phase(StrEnum):
    """How far an SMTP session had come; `FINAL` is after the final dot was written."""

    CONNECT = "connect"
    GREETING = "greeting"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    FINAL = "final"
    QUIT = "quit"


class Scope(StrEnum):
    """Whom a failure concerns: this row, every row alike, or the connection."""

    RECIPIENT = "recipient"
    MESSAGE = "message"
    SESSION = "session"


class Fault(StrEnum):
    """What went wrong where no reply tells: absent where `Outcome.reply` does."""

    LOST = "lost"
    TIMEOUT = "timeout"
    GARBAGE = "garbage"
    EARLY_REPLY = "early_reply"
    TOO_LARGE = "too_large"
    NO_SMTPUTF8 = "no_smtputf8"
    TLS = "tls"
    STOPPED = "stopped"
    #: Our own process died; written by the log when it recovers.
    KILLED = "killed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a transport saw of one attempt: how far it came and what ended it.

    `reply` is the reply that decided, None where `fault` says why there is none. `server_id` is the
    Message-ID or queue id that a relay told in its final reply, as it stands there.
    """

    phase: Phase
    scope: Scope = Scope.RECIPIENT
    reply: Reply | None = None
    fault: Fault | None = None
    detail: str = ""
    server_id: str | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the relay took the message: 2yz after the final dot, nothing else."""
        return self.phase is Phase.FINAL and self.reply is not None and self.reply.is_positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What policy makes of an outcome. `retry_at` (aware UTC) goes with `deferred` only."""

    status: DeliveryStatus
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One claimed row: whom it is for and how often it was tried before this attempt."""

    id: int
    recipient: Recipient
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """What a transport carries. `wire` is the content with CRLF line ends, dots doubled, ending in
    CRLF, without the final dot; `size` is the length of the undoubled content, for SIZE.
    """  # noqa: D205

    envelope: Envelope
    message_id: str
    wire: bytes
    size: int


class OpenDispatch(Protocol):
    """A dispatch of the delivery log that this run holds alone.

    Every method returns after its effect is durable; many calls may share one commit.

    Raises:
        DeliveryLogError: the log cannot be written; no further dot may be written.
    """

    async def claim(self, limit: int) -> Sequence[Delivery]:
        """Up to `limit` due deliveries, in order, now `sending`; empty when none is due."""

    async def commit(self, delivery_id: int, message_id: str) -> None:
        """`sending` -> `committing`; must return before the final dot is written."""

    async def record(self, delivery_id: int, outcome: Outcome, decision: Decision) -> None:
        """Closes the attempt: status, reply, time."""

    async def release(self, delivery_ids: Sequence[int]) -> None:
        """`sending` -> `pending` for claims that were not begun."""

    async def next_due(self) -> datetime | None:
        """When the next deferred delivery may be tried; None where none is left."""

    async def tally(self) -> Mapping[DeliveryStatus, int]:
        """Deliveries of the dispatch by status."""


class DeliverySource(Protocol):
    """What the engine hands to a session: messages to send, and where to report.

    The order that crash safety rests on: `next` (durable `sending`) before MAIL FROM is written,
    `commit` (durable `committing`) before the final dot is written, `report` after the reply.
    """

    async def next(self) -> tuple[Delivery, OutboundMessage] | None:
        """The next message, rate already waited for; None when the session should end."""

    async def commit(self, delivery: Delivery) -> None:
        """The final dot comes next."""

    async def report(self, delivery: Delivery, outcome: Outcome) -> None:
        """The attempt has ended. An outcome of session scope ends the session too."""

    async def give_back(self, delivery: Delivery) -> None:
        """Taken, but MAIL FROM was never written (or the dot surely was not): back to pending."""


class TransportSession(Protocol):
    """One connection to a relay, or what stands for it."""

    async def run(self, source: DeliverySource) -> Outcome | None:
        """Sends until the source is dry (None) or the connection ends (the outcome that ended it).

        Every delivery taken from the source has been reported or given back on return.
        """

    async def close(self) -> None:
        """Ends the connection politely if it still stands; never raises."""


class Transport(Protocol):
    """Opens sessions. Several may be open at once."""

    async def open(self) -> TransportSession:
        """A session ready for MAIL FROM.

        Raises:
            RelayUnavailable: no connection, 421, 4yz or a timeout before MAIL.
            TlsError: certificate or encryption cannot be trusted; nothing was sent.
            AuthenticationError: the login was refused.
            SettingsError: the relay will never take what we ask (5yz before MAIL).
        """


class Clock(Protocol):
    """Time as the engine knows it, so that tests own it."""

    def now(self) -> datetime:
        """The moment, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds that never run backwards, for durations."""

    async def sleep(self, seconds: float) -> None:
        """Waits; returns early only by cancellation."""
