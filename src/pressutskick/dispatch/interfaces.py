"""What the engine works with: Transport, OpenDispatch, Clock, Observer; and the values they pass.

`log` has the delivery log, which opens a dispatch; the engine knows the open one only.
Adapters report, policy decides: a transport says in which phase which reply came (`Outcome`), and
never what that means for the delivery.
"""

from asyncio import Future
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.mail import Envelope, Reply
from pressutskick.message.model import Message
from pressutskick.recipients.model import Recipient
from pressutskick.sentences import Sentence


class Phase(StrEnum):
    """How far an SMTP session had come; `FINAL` is after the final dot was written."""

    CONNECT = "connect"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    FINAL = "final"


class Scope(StrEnum):
    """Whom a failure concerns: this row, every row alike, or the connection."""

    RECIPIENT = "recipient"
    MESSAGE = "message"
    SESSION = "session"


class Fault(StrEnum):
    """What went wrong where no reply tells: absent where `Outcome.reply` does."""

    LOST = "lost"
    #: The connection broke for the message before this one.
    CUT_OFF = "cut_off"
    #: Refused, perhaps only because MAIL came before the message before it had its answer.
    OUT_OF_TURN = "out_of_turn"
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
    """What policy makes of an outcome.

    `retry_at` (aware UTC) goes with `deferred` only. `scope` is the reach of a failure: this row,
    every row (the run stops), the connection.
    """

    status: DeliveryStatus
    retry_at: datetime | None = None
    scope: Scope = Scope.RECIPIENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One claimed row: whom it is for and how often it was tried before this attempt."""

    id: int
    recipient: Recipient
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """What a transport carries: `wire` and after it `common`, with CRLF line ends, dots doubled,
    each ending in CRLF, without the final dot. `common` is one object for all messages of a
    dispatch, so that an attachment is held once; `size` is the length of the undoubled whole.
    """  # noqa: D205

    envelope: Envelope
    message_id: str
    wire: bytes
    size: int
    common: bytes = b""

    @classmethod
    def of(cls, message: Message) -> "OutboundMessage":
        """A message made ready for the wire."""
        wire, common = message.wire_pieces
        return cls(
            envelope=message.envelope,
            message_id=message.message_id,
            wire=wire,
            size=message.size,
            common=common,
        )

    @property
    def is_ascii(self) -> bool:
        """Whether any relay can take the content, with or without 8BITMIME."""
        return self.wire.isascii() and self.common.isascii()


class SharedPace(Protocol):
    """What all machines that send by one mailbox share: its rate, and how many connections it has.

    Raises:
        DeliveryLogError: nobody knows what the others do; nothing may be sent.
    """

    async def take_turn(self, interval: float) -> float:
        """Seconds until a message may go; 0 takes the turn. `interval` is between two, in seconds."""

    async def take_seat(self, limit: int) -> bool:
        """Whether one of the mailbox's `limit` connections is ours now."""

    async def leave_seat(self) -> None:
        """One that we have is free for others."""


class OpenDispatch(Protocol):
    """A dispatch of the delivery log that this run holds alone.

    Every effect is durable when the awaited call, or the returned future, is done; many calls may
    share one commit. `commit` and `record` start their work when they are called, not when they
    are awaited, so that it goes on while a connection waits for its relay.

    Raises:
        DeliveryLogError: the log cannot be written; no further dot may be written. The futures of
            `commit` and `record` hold it as their exception.
    """

    @property
    def pace(self) -> SharedPace:
        """What is shared with whoever else sends by the same mailbox."""

    async def claim(self, limit: int, now: datetime) -> Sequence[Delivery]:
        """Up to `limit` deliveries due at `now`, in order, now `sending`; empty when none is due.

        Due is what is `pending`, and what is `deferred` with a next-attempt time not after `now`.
        """

    def commit(self, delivery_id: int, message_id: str, patience: float = 0.0) -> Future[None]:
        """`sending` -> `committing`; must be done before the final dot is written.

        `message_id` is kept with the intent, so that an unknown outcome can be looked up at the
        receiving side. So many seconds of `patience` the intent may wait for company on its way to
        the disk.
        """

    def record(self, delivery_id: int, outcome: Outcome, decision: Decision) -> Future[None]:
        """Closes the attempt: status, reply, time."""

    async def release(self, delivery_ids: Sequence[int]) -> None:
        """`sending` -> what it was, for claims that were not begun; their attempt never was."""

    async def next_due(self) -> datetime | None:
        """When the next deferred delivery may be tried; None where none is left."""

    async def tally(self) -> Mapping[DeliveryStatus, int]:
        """Deliveries of the dispatch by status."""

    def watch(self) -> Future[None]:
        """Done when another command has asked the run to end (`DispatchLog.halt`).

        Within a second or two: a run that only waits is told too.
        """


class DeliverySource(Protocol):
    """What the engine hands to a session: messages to send, and where to report.

    The order that crash safety rests on: `next` (durable `sending`) before MAIL FROM is written,
    `commit` (durable `committing`) before the final dot is written, `report` after the reply.
    """

    async def next(self) -> tuple[Delivery, OutboundMessage] | None:
        """The next message, rate and retry time waited for; None when the session should end."""

    async def next_ready(self) -> tuple[Delivery, OutboundMessage] | None:
        """The next message if one may go now; None otherwise. Waits for the log at most."""

    def commit(self, delivery: Delivery, message_id: str, patience: float = 0.0) -> Future[None]:
        """Makes the intent durable; the dot may be written when the future is done.

        A caller that will need it only later says so: it has `patience` for so many seconds.
        """

    def check_log(self) -> None:
        """Asked right before a final dot.

        Raises:
            DeliveryLogError: some write to the log has failed; no dot may be written any more.
        """

    def report(self, delivery: Delivery, outcome: Outcome) -> bool:
        """The attempt has ended. False when the session must end too."""

    def give_back(self, delivery: Delivery) -> None:
        """Taken and not committed, and surely not sent: somebody else may take it at once."""


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


class Observer(Protocol):
    """Who watches a run: a progress bar, a JSON stream, nobody. Must be quick; must not raise."""

    def delivered(self, delivery: Delivery, outcome: Outcome, decision: Decision) -> None:
        """An attempt has ended."""

    def waiting(self, until: datetime, reason: Sentence) -> None:
        """Nothing can be sent before `until`."""

    def connected(self, connections: int) -> None:
        """So many connections are open now."""
