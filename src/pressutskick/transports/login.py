"""Logging in, once and by one mechanism: a loop over mechanisms would triple a wrong password.

PLAIN (RFC 4616) where offered, else LOGIN, else CRAM-MD5 (RFC 2195); XOAUTH2 where a token command
is set, with a fresh token for each connection. Never over a connection in clear text.
"""

from collections.abc import Callable
from dataclasses import dataclass

import aiosmtplib

from pressutskick.errors import SettingsError
from pressutskick.sentences import say
from pressutskick.transports.secret_command import ask_command
from pressutskick.transports.smtp_errors import no_login_in_clear, no_mechanism


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who logs in, and where the secret comes from; one of the three is set.

    `reveal` gives the password; a function, so that no text form of this can show it.
    """

    username: str
    reveal: Callable[[], str] | None = None
    password_command: str | None = None
    token_command: str | None = None


async def log_in(client: aiosmtplib.SMTP, login: Login, where: str, seconds: float) -> None:
    """Sends one AUTH over an encrypted connection.

    Raises:
        SettingsError: no encryption, no fitting mechanism, or the secret is not to be had.
        aiosmtplib.SMTPException: the relay refused or broke off.
    """
    if client.get_transport_info("sslcontext") is None:
        raise no_login_in_clear()
    offered = client.server_auth_methods
    if login.token_command is not None:
        if "xoauth2" not in offered:
            raise no_mechanism(where, ", ".join(offered))
        await _log_in_by_token(client, login.username, login.token_command, seconds)
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


async def _log_in_by_token(
    client: aiosmtplib.SMTP, username: str, command: str, seconds: float
) -> None:
    """A token may have expired between its making and its use: a second, fresh one is allowed."""
    key = "PRESSUTSKICK_SMTP_TOKEN_COMMAND"
    first = await ask_command(command, key)
    try:
        await client.auth_xoauth2(username, first, timeout=seconds)
    except aiosmtplib.SMTPAuthenticationError:
        second = await ask_command(command, key)
        if second == first or not client.is_connected:
            raise
        await client.auth_xoauth2(username, second, timeout=seconds)


async def _find_password(login: Login) -> str:
    if login.password_command is not None:
        return await ask_command(login.password_command, "PRESSUTSKICK_SMTP_PASSWORD_COMMAND")
    if login.reveal is None:
        raise SettingsError(
            say("PRESSUTSKICK_SMTP_USERNAME is set, and no password."),
            remedy=say(
                "Set PRESSUTSKICK_SMTP_PASSWORD_COMMAND, PRESSUTSKICK_SMTP_PASSWORD "
                "or PRESSUTSKICK_SMTP_TOKEN_COMMAND."
            ),
        )
    return login.reveal()
