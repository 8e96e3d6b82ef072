"""What one connection to the mail server shows, without a login: addresses, TLS, what it offers."""

import smtplib
import socket
import ssl
from datetime import UTC, datetime

from pressutskick.dispatch.preflight.relay import RelayFacts

#: Seconds for each step.
_PATIENCE = 15.0


def look_at_relay(
    host: str, port: int, security: str, context: ssl.SSLContext, *, name: str | None = None
) -> RelayFacts:
    """`security` is `starttls`, `tls` or `none`; nothing is said beyond EHLO, STARTTLS and QUIT.

    `name` is what EHLO calls us; without one it is a literal, which needs no DNS.

    Raises:
        OSError, smtplib.SMTPException: it did not come so far.
    """
    if security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=context)
    else:
        client = smtplib.SMTP(host, port, timeout=_PATIENCE)
    with client:
        client.local_hostname = name or "[127.0.0.1]"
        client.ehlo()
        if security == "starttls":
            client.starttls(context=context)
            client.ehlo()
        return _read(client, find_addresses(host, port))


def find_addresses(host: str, port: int) -> tuple[str, ...]:
    """The host's addresses, as the system gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def _read(client: smtplib.SMTP, addresses: tuple[str, ...]) -> RelayFacts:
    link = client.sock
    end = None
    if isinstance(link, ssl.SSLSocket):
        certificate = link.getpeercert() or {}
        seconds = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
        end = datetime.fromtimestamp(seconds, UTC)
    size = client.esmtp_features.get("size", "")
    return RelayFacts(
        addresses=addresses,
        tls=link.version() if isinstance(link, ssl.SSLSocket) else None,
        certificate_ends=end,
        extensions=tuple(
            f"{name} {words}".strip().upper() for name, words in client.esmtp_features.items()
        ),
        size=int(size) if size.isdecimal() and int(size) else None,
    )
