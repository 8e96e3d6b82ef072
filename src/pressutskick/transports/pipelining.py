"""The pipelined dialogue (RFC 2920): one round trip per message.

    -> MAIL RCPT DATA 1
    <- 250 250 354                       meanwhile: commit 1, claim 2
    -> content 1 . MAIL RCPT DATA 2
    <- 250 (of 1) 250 250 354            meanwhile: commit 2, claim 3
    -> content 2 . MAIL RCPT DATA 3

Section 3.1 lets the content open a group of commands. At most one content per connection is without
its answer at any time, as in the plain dialogue; the next message has only been announced, and the
relay must forget it when the connection breaks. A relay that takes no command before it has answered
a content costs a second round trip (`transports.eagerness`).
"""

from asyncio import Future, sleep
from dataclasses import dataclass, replace

from pressutskick.dispatch.interfaces import (
    Delivery,
    DeliverySource,
    Fault,
    OutboundMessage,
    Outcome,
    Phase,
)
from pressutskick.errors import DeliveryLogError
from pressutskick.transports.connection import PIECE, ConnectionFault, SmtpConnection
from pressutskick.transports.dialogue import QUIT_PATIENCE
from pressutskick.transports.eagerness import Eagerness
from pressutskick.transports.replies import RawReply
from pressutskick.transports.transaction import (
    CLOSING,
    DOT,
    Abilities,
    Timeouts,
    conclude,
    find_local_fault,
    judge_envelope,
    make_commands,
    wait_for,
)
from pressutskick.transports.trial import try_envelope

RSET = b"RSET\r\n"


@dataclass(slots=True, eq=False)
class _Flight:
    """A message on its way: where it stands, and its durable intent.

    `is_early`: its commands were written behind a content that had no answer yet.
    """

    delivery: Delivery
    message: OutboundMessage
    commands: bytes
    committing: Future[None] | None = None
    phase: Phase = Phase.MAIL
    is_early: bool = False


class PipeliningSession:
    """One connection with up to three messages in hand.

    `_prior` has its final dot written and waits for the answer, `_current` has its commands
    written, `_upcoming` is taken and nothing of it written.
    """

    def __init__(
        self,
        connection: SmtpConnection,
        abilities: Abilities,
        timeouts: Timeouts,
        eagerness: Eagerness,
    ) -> None:
        """`eagerness` is one for all connections to a relay."""
        self._connection = connection
        self._abilities = abilities
        self._timeouts = timeouts
        self._eagerness = eagerness
        self._prior: _Flight | None = None
        self._current: _Flight | None = None
        self._upcoming: _Flight | None = None
        #: Replies to a lone dot or RSET that come before those of `_current`.
        self._to_skip = 0

    async def run(self, source: DeliverySource) -> Outcome | None:
        """Sends until the source is dry (None), or the outcome that ended the connection."""
        try:
            return await self._run(source)
        except ConnectionFault as fault:
            self._connection.abort()
            return self._break_off(source, fault)
        except DeliveryLogError:
            self._connection.abort()
            self._give_back_upcoming(source)
            raise
        except BaseException:
            self._connection.abort()
            self._break_off(source, ConnectionFault(Fault.STOPPED))
            raise

    async def try_sender(self, address: str) -> Outcome:
        """What the relay says to an ASCII address as sender; on a session that has sent nothing."""
        return await try_envelope(self._connection, address, timeout=self._timeouts.command)

    async def close(self) -> None:
        """QUIT, where the connection still stands."""
        await self._connection.quit(min(QUIT_PATIENCE, self._timeouts.command))

    async def _run(self, source: DeliverySource) -> Outcome | None:
        while True:
            if self._current is None and self._prior is None and not await self._begin(source):
                return None
            ended_by = await self._advance(source)
            if ended_by is not None:
                self._connection.abort()
                self._break_off(source, ConnectionFault(Fault.LOST))
                return ended_by

    async def _begin(self, source: DeliverySource) -> bool:
        """Announces a message on an idle connection; False when there is none."""
        await self._skip_replies()
        if self._upcoming is None:
            self._upcoming = await self._admit(source, is_patient=True)
        if self._upcoming is None:
            return False
        if not self._connection.is_quiet:
            raise ConnectionFault(Fault.LOST, "the mail server ended the connection")
        self._announce()
        return True

    async def _skip_replies(self) -> None:
        while self._to_skip:
            await self._connection.reply(self._timeouts.command)
            self._to_skip -= 1

    async def _advance(self, source: DeliverySource) -> Outcome | None:
        """Waits for the answers to one group and writes the next; the outcome that ends it all."""
        current = self._current
        if current is not None:
            current.committing = source.commit(
                current.delivery, current.message.message_id, self._connection.patience
            )
            # Composing takes longer than answering: other connections' replies go first.
            await sleep(0)
            self._upcoming = await self._admit(source, is_patient=False)
        if self._prior is not None:
            ended_by = await self._finish_prior(source, self._prior)
            if ended_by is not None:
                return ended_by
        return None if current is None else await self._send_current(source, current)

    async def _admit(self, source: DeliverySource, *, is_patient: bool) -> _Flight | None:
        """Takes the next message that this relay can carry; reports those that it cannot."""
        while True:
            load = await (source.next() if is_patient else source.next_ready())
            if load is None:
                return None
            delivery, message = load
            fault = find_local_fault(message, self._abilities)
            if fault is None:
                mail, rcpt = make_commands(message, self._abilities)
                return _Flight(delivery, message, mail + rcpt + b"DATA\r\n")
            source.report(delivery, fault)

    def _announce(self, *before: bytes) -> None:
        """Writes `before`, and with it the commands of the upcoming message if they may go now.

        Raises:
            ConnectionFault: nothing was written; what is in hand stays where it was.
        """
        is_early = before[-1:] == (DOT,)
        following = self._upcoming
        # A lost connection raises below, and tells nothing about the relay's manners.
        if is_early and following and not self._connection.is_lost and not self._eagerness.allows():
            following = None
        if before or following:
            commands = following.commands if following else b""
            self._connection.write(b"".join((*before, commands)))
        self._current = following
        if following is not None:
            following.is_early = is_early
            self._upcoming = None

    async def _finish_prior(self, source: DeliverySource, prior: _Flight) -> Outcome | None:
        """Reports the message whose content was sent last; its outcome where it ends it all."""
        raw = await self._connection.reply(self._timeouts.reply)
        outcome = conclude(raw)
        if outcome.is_accepted and self._is_out_of_step():
            raise ConnectionFault(Fault.EARLY_REPLY)
        self._prior = None
        if (
            self._current is not None
            and self._current.is_early
            and self._eagerness.suspect(outcome)
        ):
            outcome = replace(outcome, fault=Fault.OUT_OF_TURN)
        return None if source.report(prior.delivery, outcome) else outcome

    def _is_out_of_step(self) -> bool:
        """Whether the replies that came along show one too many: then none can be trusted."""
        connection = self._connection
        if self._current is None:
            return connection.has_replies() and connection.peek(0).code != CLOSING
        if not connection.has_replies(3):
            return False
        return connection.has_replies(4) or connection.peek(2).code // 100 == 2

    async def _send_current(self, source: DeliverySource, current: _Flight) -> Outcome | None:
        mail, rcpt, data = await self._read_envelope(current)
        refusal = judge_envelope(mail, rcpt, data)
        if refusal is not None:
            if current.is_early and self._eagerness.doubt(refusal):
                refusal = replace(refusal, fault=Fault.OUT_OF_TURN)
            return self._turn_down(source, current, refusal, takes_content=data.code == 354)
        if current.committing is not None:
            await wait_for(current.committing)
        source.check_log()
        if not self._connection.is_quiet:
            raise ConnectionFault(Fault.EARLY_REPLY)
        if self._upcoming is None:
            self._upcoming = await self._admit(source, is_patient=False)
        await self._write_content(current)
        self._prior = current
        return None

    async def _write_content(self, current: _Flight) -> None:
        current.phase = Phase.BODY
        wire, common = current.message.wire, current.message.common
        if len(wire) + len(common) > PIECE:
            await self._connection.write_large(wire, self._timeouts.data)
            await self._connection.write_large(common, self._timeouts.data)
            wire = common = b""
        self._announce(wire, common, DOT)
        current.phase = Phase.FINAL

    async def _read_envelope(self, current: _Flight) -> tuple[RawReply, RawReply, RawReply]:
        connection, seconds = self._connection, self._timeouts.command
        await self._skip_replies()
        mail = await connection.reply(seconds)
        if mail.code == CLOSING:
            return mail, mail, mail
        if current.is_early and mail.code // 100 == 2:
            self._eagerness.prove()
        current.phase = Phase.RCPT
        rcpt = await connection.reply(seconds)
        if rcpt.code == CLOSING:
            return mail, rcpt, rcpt
        current.phase = Phase.DATA
        return mail, rcpt, await connection.reply(self._timeouts.data)

    def _turn_down(
        self, source: DeliverySource, current: _Flight, refusal: Outcome, *, takes_content: bool
    ) -> Outcome | None:
        """Reports a refused envelope and goes on with the next message."""
        self._current = None
        if not source.report(current.delivery, refusal):
            return refusal
        # With a 354 after a refused RCPT, a lone dot ends the empty content (RFC 2920 section 3.1).
        self._announce(DOT if takes_content else RSET)
        self._to_skip = 1
        return None

    def _break_off(self, source: DeliverySource, fault: ConnectionFault) -> Outcome:
        """Accounts for everything in hand when the connection ends; the outcome that tells most."""
        told = None
        for flight in (self._prior, self._current):
            if flight is None:
                continue
            if flight.committing is None:
                source.give_back(flight.delivery)
                continue
            outcome = fault.at(flight.phase)
            if flight.is_early and flight is self._current and self._eagerness.doubt(outcome):
                outcome = replace(outcome, fault=Fault.OUT_OF_TURN)
            source.report(flight.delivery, outcome)
            told = told or outcome
            # What broke, broke for the first; the one behind it was only cut off.
            if fault.fault is not Fault.STOPPED:
                fault = ConnectionFault(Fault.CUT_OFF)
        self._prior = self._current = None
        self._give_back_upcoming(source)
        return told or fault.at(Phase.MAIL)

    def _give_back_upcoming(self, source: DeliverySource) -> None:
        if self._upcoming is not None:
            source.give_back(self._upcoming.delivery)
            self._upcoming = None
