"""What the relay is told and what it keeps: how it behaves, and the messages it has accepted."""

import asyncio
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pressutskick.transports.relay.auth import PROMPTS
from pressutskick.transports.relay.faults import ScriptedFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A message that the relay has accepted; `content` without dot doubling."""

    sender: str
    recipient: str
    content: bytes


@dataclass(slots=True, kw_only=True)
class RelayRules:
    """How the relay behaves, and misbehaves.

    `size` is the largest content in octets. `limit` is how many connections it takes at once;
    further ones get 421. `greylists` defers each recipient's first try. `logins` maps user names to
    passwords (or tokens, for XOAUTH2). `tls` offers STARTTLS, or encrypts from the first byte with
    `is_implicit`. `quota` is the number of messages after which a connection gets 421.
    `asks_anew` ignores what came with AUTH and asks for it, LOGIN in the words of `prompts`. `longest_command` is in octets with
    CRLF; a longer line that is no answer to a question gets 500.
    """

    name: str = "sandbox.example"
    pipelining: bool = True
    eight_bit: bool = True
    smtputf8: bool = True
    size: int | None = 30_000_000
    limit: int | None = None
    quota: int | None = None
    greylists: bool = False
    tls: ssl.SSLContext | None = None
    is_implicit: bool = False
    logins: Mapping[str, str] = field(default_factory=dict)
    mechanisms: Sequence[str] = ("PLAIN", "LOGIN")
    asks_anew: bool = False
    prompts: Sequence[bytes] = PROMPTS
    longest_command: int | None = None
    faults: list[ScriptedFault] = field(default_factory=list)
    #: Said after the final dot, for the queue ids of known servers.
    acceptance: str = "2.0.0 Ok: kept as {number}"

    def offers(self, *, is_encrypted: bool) -> list[str]:
        """What the answer to EHLO names, beside the relay itself (RFC 5321 section 4.1.1.1)."""
        named = ["ENHANCEDSTATUSCODES"]
        named += ["PIPELINING"] * self.pipelining + ["8BITMIME"] * self.eight_bit
        named += ["SMTPUTF8"] * self.smtputf8
        named += [f"SIZE {self.size}"] if self.size else []
        named += ["STARTTLS"] if self.tls and not is_encrypted else []
        named += [f"AUTH {' '.join(self.mechanisms)}"] if self.logins else []
        return named


class RelayHost(Protocol):
    """What a connection needs of the server that it belongs to."""

    rules: RelayRules
    chance: Callable[[], float]
    transcript: list[bytes]
    seen_once: set[str]

    def enter(self, session: asyncio.Protocol) -> bool:
        """Counts a connection; False when there are too many."""

    def leave(self, session: asyncio.Protocol) -> None:
        """A connection has ended."""

    def accept(self, receipt: Receipt) -> int:
        """Keeps a message; its number.

        Raises:
            OSError: it cannot be kept.
        """
