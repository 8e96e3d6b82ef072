"""What a domain says about its own mail servers: SRV (RFC 6186) and MX. Network."""

import dns.exception
import dns.resolver

from pressutskick.dispatch.preflight.servers import ServerFacts, Service


def look_for_servers(domain: str, resolver: dns.resolver.Resolver) -> ServerFacts:
    """What there is; a question that nobody answers gives nothing."""
    exchanges = (words[1].rstrip(".") for words in _ask(resolver, domain, "MX"))
    return ServerFacts(
        submissions=_find_services(resolver, f"_submissions._tcp.{domain}"),
        submission=_find_services(resolver, f"_submission._tcp.{domain}"),
        exchanges=tuple(exchange for exchange in exchanges if exchange),
    )


def _find_services(resolver: dns.resolver.Resolver, name: str) -> tuple[Service, ...]:
    return tuple(
        Service(host=host.rstrip("."), port=int(port), priority=int(priority))
        for priority, _weight, port, host in _ask(resolver, name, "SRV")
    )


def _ask(resolver: dns.resolver.Resolver, name: str, kind: str) -> list[list[str]]:
    try:
        return [record.to_text().split() for record in resolver.resolve(f"{name}.", kind)]
    except dns.exception.DNSException:
        return []
