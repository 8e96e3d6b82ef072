"""Finds the mail server of an address, for `init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressutskick.dispatch.preflight.servers import FoundServer


def find_server(domain: str) -> FoundServer | None:
    """What the domain points at; None where it points at nothing, or nobody answers."""
    from pressutskick.dispatch.preflight.servers import choose_server
    from pressutskick.probes.resolver import make_resolver
    from pressutskick.probes.servers import look_for_servers

    resolver = make_resolver()
    return None if resolver is None else choose_server(look_for_servers(domain, resolver))
