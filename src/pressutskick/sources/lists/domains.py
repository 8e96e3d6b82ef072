"""Whether domains can take mail, asked from the name system (DNS). Network; only when wanted.

A domain takes mail if it has an MX record that is not "null" (RFC 7505), or an address record
(RFC 5321 section 5.1). No answer in time means nothing, so it is `UNKNOWN`, never dead.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

import dns.exception
import dns.resolver

from pressutskick.recipients.audit import DomainHealth

#: Seconds for one question, questions at once.
_PATIENCE = 4.0
_AT_ONCE = 16


def look_up_domains(
    domains: Iterable[str], resolver: dns.resolver.Resolver | None = None
) -> Mapping[str, DomainHealth]:
    """The health of each domain (in ASCII form); `resolver` is the machine's unless given."""
    asked = sorted(set(domains))
    try:
        resolver = resolver or dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return dict.fromkeys(asked, DomainHealth.UNKNOWN)
    resolver.lifetime = _PATIENCE
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(asked, pool.map(lambda domain: _ask(resolver, domain), asked), strict=True))


def _ask(resolver: dns.resolver.Resolver, domain: str) -> DomainHealth:
    try:
        answer = resolver.resolve(f"{domain}.", "MX")
    except dns.resolver.NXDOMAIN:
        return DomainHealth.MISSING
    except dns.resolver.NoAnswer:
        return _ask_address(resolver, domain)
    except dns.exception.DNSException:
        return DomainHealth.UNKNOWN
    exchanges = [str(record.exchange) for record in answer]
    return DomainHealth.TAKES_NO_MAIL if exchanges == ["."] else DomainHealth.ALIVE


def _ask_address(resolver: dns.resolver.Resolver, domain: str) -> DomainHealth:
    for kind in ("A", "AAAA"):
        try:
            resolver.resolve(f"{domain}.", kind)
        except dns.resolver.NoAnswer:
            continue
        except dns.exception.DNSException:
            return DomainHealth.UNKNOWN
        return DomainHealth.ALIVE
    return DomainHealth.TAKES_NO_MAIL
