"""Logging in, once and by one mechanism: a loop over mechanisms would triple a wrong password.

PLAIN (RFC 4616) where offered, else LOGIN, else CRAM-MD5 (RFC 2195); by a token (`bearer`) where
there is a source of them. Never over a connection in clear text.
"""

from dataclasses import dataclass

import aiosmtplib

from pressutskick.dispatch.credentials import PasswordSource, TokenSource
from pressutskick.errors import SettingsError
from pressutskick.sentences import say
from pressutskick.transports.bearer import log_in_by_token
from pressutskick.transports.smtp_errors import no_login_in_clear, no_mechanism


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who logs in, and where the secret comes from: a password, or tokens."""

    username: str
    reveal: PasswordSource | None = None
    tokens: TokenSource | None = None


async def log_in(client: aiosmtplib.SMTP, login: Login, where: str, seconds: float) -> None:
    """Sends one AUTH over an encrypted connection.

    Raises:
        SettingsError: no encryption, no fitting mechanism, or the secret is not to be had.
        aiosmtplib.SMTPException: the relay refused or broke off.
    """
    if client.get_transport_info("sslcontext") is None:
        raise no_login_in_clear()
    offered = client.server_auth_methods
    if login.tokens is not None:
        await log_in_by_token(client, login.username, login.tokens, where, seconds)
        return
    mechanisms = {
        "plain": client.auth_plain,
        "login": client.auth_login,
        "cram-md5": client.auth_crammd5,
    }
    for name, authenticate in mechanisms.items():
        if name in offered:
            await authenticate(login.username, await _find_password(login), timeout=seconds)
            return
    raise no_mechanism(where, ", ".join(offered))


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
