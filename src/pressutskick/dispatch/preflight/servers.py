"""Which server takes an address's mail for sending: what the domain says, then who keeps its mail.

Owns the choice (RFC 6186, RFC 8314 section 5.1) and the table of large mail services; asks nobody.
"""

from dataclasses import dataclass

from pressutskick.dispatch.relays import Relay


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A server as SRV names it: lower `priority` first."""

    host: str
    port: int
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFacts:
    """The domain's SRV records for submission with TLS from the first octet and with STARTTLS, its MX."""

    submissions: tuple[Service, ...] = ()
    submission: tuple[Service, ...] = ()
    exchanges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundServer:
    """A server to propose; a preset needs neither host nor port."""

    host: str
    port: int
    is_tls: bool = False
    relay: Relay = Relay.PLAIN


_MICROSOFT365 = FoundServer(host="smtp.office365.com", port=587, relay=Relay.MICROSOFT365)
_GMAIL = FoundServer(host="smtp.gmail.com", port=587, relay=Relay.GMAIL)

#: The end of the MX's name, and where mail is handed in there.
_KEEPERS: tuple[tuple[str, FoundServer], ...] = (
    (".mail.protection.outlook.com", _MICROSOFT365),
    (".mx.microsoft", _MICROSOFT365),
    (".google.com", _GMAIL),
    (".googlemail.com", _GMAIL),
    (".mail.icloud.com", FoundServer(host="smtp.mail.me.com", port=587)),
    (".messagingengine.com", FoundServer(host="smtp.fastmail.com", port=465, is_tls=True)),
    (".zoho.eu", FoundServer(host="smtp.zoho.eu", port=465, is_tls=True)),
    (".zoho.com", FoundServer(host="smtp.zoho.com", port=465, is_tls=True)),
    (".one.com", FoundServer(host="send.one.com", port=465, is_tls=True)),
    (".loopia.se", FoundServer(host="mailcluster.loopia.se", port=587)),
    (".gmx.net", FoundServer(host="mail.gmx.net", port=587)),
)


def choose_server(facts: ServerFacts) -> FoundServer | None:
    """The server to propose; None where nothing points at one."""
    for services, is_tls in ((facts.submissions, True), (facts.submission, False)):
        # A lone dot says that there is none (RFC 6186 section 3.4).
        named = [each for each in services if each.host not in ("", ".")]
        if named:
            best = min(named, key=lambda each: each.priority)
            return FoundServer(host=best.host, port=best.port, is_tls=is_tls)
    for exchange in facts.exchanges:
        for ending, server in _KEEPERS:
            if f".{exchange.casefold()}".endswith(ending):
                return server
    return None
