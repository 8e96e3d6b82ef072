"""Logging in, once and by one mechanism: a loop over mechanisms would triple a wrong password.

PLAIN where offered, else LOGIN, else CRAM-MD5; the next one only where the server refuses the
mechanism itself. By a token (`bearer`) where there is a source of them. Never over a connection in
clear text.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import aiosmtplib

from pressutskick.dispatch.signin.credentials import PasswordSource, TokenSource
from pressutskick.errors import SettingsError
from pressutskick.sentences import say
from pressutskick.transports.bearer import log_in_by_token
from pressutskick.transports.mask import Mask
from pressutskick.transports.sasl import Exchange
from pressutskick.transports.smtp_errors import no_login_in_clear, no_mechanism

#: The server knows the command or the mechanism not, or finds it too weak (RFC 4954 section 6):
#: nothing is said of the password.
_NOT_THIS_WAY = frozenset({500, 501, 502, 503, 504, 534, 538})


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who logs in, and where the secret comes from: a password, or tokens."""

    username: str
    reveal: PasswordSource | None = None
    tokens: TokenSource | None = None


async def log_in(
    client: aiosmtplib.SMTP, login: Login, where: str, seconds: float, mask: Mask
) -> None:
    """Logs in over an encrypted connection; what must not be told is told to `mask`.

    Raises:
        SettingsError: no encryption, no fitting mechanism, or the secret is not to be had.
        aiosmtplib.SMTPException: the relay refused or broke off.
    """
    if client.get_transport_info("sslcontext") is None:
        raise no_login_in_clear()
    exchange = Exchange(client, login.username, seconds, mask)
    if login.tokens is not None:
        await log_in_by_token(exchange, login.tokens, where)
        return
    ways = {
        "plain": exchange.say_plain,
        "login": exchange.answer_login,
        "cram-md5": exchange.answer_challenge,
    }
    offered = client.server_auth_methods
    fitting = [way for name, way in ways.items() if name in offered]
    if not fitting:
        raise no_mechanism(where, ", ".join(offered))
    await _log_in_by_password(client, fitting, await _find_password(login))


async def _log_in_by_password(
    client: aiosmtplib.SMTP, ways: Sequence[Callable[[str], Awaitable[None]]], password: str
) -> None:
    *earlier, last = ways
    for way in earlier:
        try:
            await way(password)
        except aiosmtplib.SMTPAuthenticationError as refusal:
            if refusal.code not in _NOT_THIS_WAY or not client.is_connected:
                raise
        else:
            return
    await last(password)


async def _find_password(login: Login) -> str:
    if login.reveal is None:
        raise SettingsError(
            say("PRESSUTSKICK_SMTP_USERNAME is set, and no password."),
            remedy=say(
                "Set PRESSUTSKICK_SMTP_PASSWORD_COMMAND, PRESSUTSKICK_SMTP_PASSWORD "
                "or PRESSUTSKICK_SMTP_TOKEN_COMMAND."
            ),
        )
    return await login.reveal()
