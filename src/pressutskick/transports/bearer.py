"""Logging in by a token: XOAUTH2 as Google wrote it, OAUTHBEARER as RFC 7628 has it."""

import aiosmtplib

from pressutskick.dispatch.signin.credentials import TokenSource
from pressutskick.transports.sasl import Exchange
from pressutskick.transports.smtp_errors import no_mechanism


async def log_in_by_token(exchange: Exchange, tokens: TokenSource, where: str) -> None:
    """Sends AUTH with the shared token; one that the relay refuses is renewed once.

    Raises:
        SettingsError: the relay takes no tokens.
        PressutskickError: as `TokenSource.fresh` tells.
        aiosmtplib.SMTPException: the relay refused or broke off.
    """
    mechanism = _choose(exchange.client, where)
    token = await tokens.fresh()
    try:
        await _authenticate(exchange, mechanism, token.value)
    except aiosmtplib.SMTPAuthenticationError as error:
        if error.code != _REFUSED:
            raise
        renewed = await tokens.fresh(refused=token)
        if renewed.value == token.value or not exchange.client.is_connected:
            raise
        await _authenticate(exchange, mechanism, renewed.value)


#: Authentication credentials invalid (RFC 4954 section 6): another token may help.
_REFUSED = 535


def _choose(client: aiosmtplib.SMTP, where: str) -> str:
    """XOAUTH2 first: the large services offer both, and this is the one that all clients use."""
    offered = client.server_auth_methods
    for mechanism in ("xoauth2", "oauthbearer"):
        if mechanism in offered:
            return mechanism
    raise no_mechanism(where, ", ".join(offered))


async def _authenticate(exchange: Exchange, mechanism: str, token: str) -> None:
    exchange.hide(token)
    if mechanism == "xoauth2":
        answer = f"user={exchange.username}\x01auth=Bearer {token}\x01\x01".encode()
        await exchange.answer_once("XOAUTH2", answer)
        return
    words = _initial_response(exchange.client, exchange.username, token)
    # What went wrong comes as a challenge; a lone ^A asks for the reply (section 3.2.3).
    await exchange.answer_once("OAUTHBEARER", words, farewell=b"\x01")


def _initial_response(client: aiosmtplib.SMTP, username: str, token: str) -> bytes:
    """RFC 7628 section 3.1 behind a GS2 header (RFC 5801), where `,` and `=` have other forms."""
    name = username.replace("=", "=3D").replace(",", "=2C")
    fields = (
        f"n,a={name},",
        f"host={client.hostname}",
        f"port={client.port}",
        f"auth=Bearer {token}",
    )
    return "\x01".join((*fields, "", "")).encode()
