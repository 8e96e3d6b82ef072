"""The machine's own way to ask the name system."""

import dns.exception
import dns.resolver

#: Seconds for one question.
PATIENCE = 4.0


def make_resolver() -> dns.resolver.Resolver | None:
    """None where the machine names no server to ask."""
    try:
        resolver = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return None
    resolver.lifetime = PATIENCE
    return resolver
