"""Logging in by a token: XOAUTH2 as Google wrote it, OAUTHBEARER as RFC 7628 has it."""

import base64

import aiosmtplib

from pressutskick.dispatch.credentials import TokenSource
from pressutskick.transports.smtp_errors import no_mechanism


async def log_in_by_token(
    client: aiosmtplib.SMTP, username: str, tokens: TokenSource, where: str, seconds: float
) -> None:
    """Sends AUTH with the shared token; one that the relay refuses is renewed once.

    Raises:
        SettingsError: the relay takes no tokens.
        PressutskickError: as `TokenSource.fresh` tells.
        aiosmtplib.SMTPException: the relay refused or broke off.
    """
    mechanism = _choose(client, where)
    token = await tokens.fresh()
    try:
        await _authenticate(client, mechanism, username, token.value, seconds)
    except aiosmtplib.SMTPAuthenticationError as error:
        if error.code != _REFUSED:
            raise
        renewed = await tokens.fresh(refused=token)
        if renewed.value == token.value or not client.is_connected:
            raise
        await _authenticate(client, mechanism, username, renewed.value, seconds)


#: Authentication credentials invalid (RFC 4954 section 6): another token may help.
_REFUSED = 535


def _choose(client: aiosmtplib.SMTP, where: str) -> str:
    """XOAUTH2 first: the large services offer both, and this is the one that all clients use."""
    offered = client.server_auth_methods
    for mechanism in ("xoauth2", "oauthbearer"):
        if mechanism in offered:
            return mechanism
    raise no_mechanism(where, ", ".join(offered))


async def _authenticate(
    client: aiosmtplib.SMTP, mechanism: str, username: str, token: str, seconds: float
) -> None:
    if mechanism == "xoauth2":
        await client.auth_xoauth2(username, token, timeout=seconds)
        return
    words = base64.b64encode(_initial_response(client, username, token))
    reply = await client.execute_command(b"AUTH", b"OAUTHBEARER", words, timeout=seconds)
    if reply.code == aiosmtplib.SMTPStatus.auth_continue:
        # What went wrong comes as a challenge; a lone ^A asks for the reply (section 3.2.3).
        reply = await client.execute_command(base64.b64encode(b"\x01"), timeout=seconds)
    if reply.code != aiosmtplib.SMTPStatus.auth_successful:
        raise aiosmtplib.SMTPAuthenticationError(reply.code, reply.message)


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
