"""The plain dialogue: one command, one reply. For relays that do not offer PIPELINING."""

from pressutskick.dispatch.interfaces import (
    Delivery,
    DeliverySource,
    Fault,
    OutboundMessage,
    Outcome,
    Phase,
)
from pressutskick.errors import DeliveryLogError
from pressutskick.transports.connection import ConnectionFault, SmtpConnection
from pressutskick.transports.transaction import (
    CLOSING,
    DOT,
    Abilities,
    Timeouts,
    conclude,
    find_local_fault,
    make_commands,
    refuse,
    wait_for,
)
from pressutskick.transports.trial import try_envelope

#: Seconds that a relay gets to answer QUIT.
QUIT_PATIENCE = 3.0


class DialogueSession:
    """One connection; MAIL, RCPT, DATA and the content each wait for their reply."""

    def __init__(
        self, connection: SmtpConnection, abilities: Abilities, timeouts: Timeouts
    ) -> None:
        self._connection = connection
        self._abilities = abilities
        self._timeouts = timeouts
        self._phase = Phase.MAIL

    async def run(self, source: DeliverySource) -> Outcome | None:
        """Sends until the source is dry (None), or the outcome that ended the connection."""
        while (load := await source.next()) is not None:
            delivery, message = load
            if not self._connection.is_quiet or self._connection.is_lost:
                source.give_back(delivery)
                return Outcome(phase=Phase.MAIL, fault=Fault.LOST)
            outcome = find_local_fault(message, self._abilities)
            if outcome is None:
                outcome = await self._carry(source, delivery, message)
            if not source.report(delivery, outcome):
                return outcome
        return None

    async def try_sender(self, address: str) -> Outcome:
        """What the relay says to an ASCII address as sender; on a session that has sent nothing."""
        return await try_envelope(self._connection, address, timeout=self._timeouts.command)

    async def close(self) -> None:
        """QUIT, where the connection still stands."""
        await self._connection.quit(min(QUIT_PATIENCE, self._timeouts.command))

    async def _carry(
        self, source: DeliverySource, delivery: Delivery, message: OutboundMessage
    ) -> Outcome:
        self._phase = Phase.MAIL
        try:
            return await self._transact(source, delivery, message)
        except ConnectionFault as fault:
            self._connection.abort()
            return fault.at(self._phase)
        except DeliveryLogError:
            self._connection.abort()
            raise
        except BaseException:
            self._connection.abort()
            source.report(delivery, Outcome(phase=self._phase, fault=Fault.STOPPED))
            raise

    async def _transact(
        self, source: DeliverySource, delivery: Delivery, message: OutboundMessage
    ) -> Outcome:
        connection, timeouts = self._connection, self._timeouts
        mail, rcpt = make_commands(message, self._abilities)
        connection.write(mail)
        committing = source.commit(delivery, message.message_id, connection.patience)
        steps = ((Phase.MAIL, rcpt), (Phase.RCPT, b"DATA\r\n"))
        for self._phase, following in steps:
            raw = await connection.reply(timeouts.command)
            if raw.code // 100 != 2:
                return await self._reset(refuse(self._phase, raw))
            self._expect_quiet()
            connection.write(following)
        self._phase = Phase.DATA
        raw = await connection.reply(timeouts.data)
        if raw.code != 354:
            return await self._reset(refuse(Phase.DATA, raw))
        await wait_for(committing)
        source.check_log()
        self._expect_quiet()
        self._phase = Phase.BODY
        await connection.write_large(message.wire, timeouts.data)
        await connection.write_large(message.common, timeouts.data)
        connection.write(DOT)
        self._phase = Phase.FINAL
        outcome = conclude(await connection.reply(timeouts.reply))
        if not (connection.has_replies() and connection.peek(0).code == CLOSING):
            self._expect_quiet()
        return outcome

    def _expect_quiet(self) -> None:
        """A reply to a question that was not asked makes every later one doubtful."""
        if not self._connection.is_quiet:
            raise ConnectionFault(Fault.EARLY_REPLY)

    async def _reset(self, outcome: Outcome) -> Outcome:
        """Ends a refused transaction. What was refused stays refused even if RSET fails."""
        if outcome.fault is not None:
            self._connection.abort()
        elif not (outcome.reply and outcome.reply.code == CLOSING):
            try:
                self._connection.write(b"RSET\r\n")
                await self._connection.reply(self._timeouts.command)
            except ConnectionFault:
                self._connection.abort()
        return outcome
