"""What a relay says to our sender, before anything is sent: MAIL and RCPT, then RSET (RFC 5321).

Many relays judge a sender only when they hear of a recipient; so the sender's own address is named
as one. No content follows, and nobody is mailed.
"""

from pressutskick.dispatch.interfaces import Outcome, Phase
from pressutskick.transports.connection import ConnectionFault, SmtpConnection

_RSET = b"RSET\r\n"


async def try_envelope(connection: SmtpConnection, address: str, *, timeout: float) -> Outcome:  # noqa: ASYNC109 - RFC 5321 4.5.3.2
    """The reply to the first of both commands that was refused, else that to RCPT.

    `address` is ASCII; `timeout` is seconds for each reply.
    """
    commands = ((Phase.MAIL, f"MAIL FROM:<{address}>"), (Phase.RCPT, f"RCPT TO:<{address}>"))
    outcome = Outcome(phase=Phase.MAIL)
    for phase, command in commands:
        try:
            connection.write(f"{command}\r\n".encode("ascii"))
            outcome = Outcome(phase=phase, reply=(await connection.reply(timeout)).parse())
        except ConnectionFault as fault:
            return fault.at(phase)
        if outcome.reply is None or outcome.reply.code >= 400:
            break
    try:
        connection.write(_RSET)
        await connection.reply(timeout)
    except ConnectionFault:
        connection.abort()
    return outcome
