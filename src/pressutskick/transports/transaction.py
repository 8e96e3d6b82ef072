"""One mail transaction as bytes and verdicts; what plain and pipelined dialogue share. No sockets.

SIZE: RFC 1870, 8BITMIME: RFC 6152, SMTPUTF8: RFC 6531, PIPELINING: RFC 2920.
"""

import re
from asyncio import Future, shield
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pressutskick.dispatch.interfaces import Fault, OutboundMessage, Outcome, Phase
from pressutskick.mail import Reply
from pressutskick.transports.replies import RawReply

#: What ends the content; the content itself ends in CRLF already.
DOT = b".\r\n"

#: The relay ends the connection, whatever was asked (RFC 5321 section 3.8).
CLOSING = 421

#: Patterns that begin with a fixed octet: `re` looks for that one at the speed of memchr.
_BARE_CR = re.compile(rb"\r(?!\n)")
_LONE_DOT = re.compile(rb"\.(?!\.)")
_LINE_WITH_LONE_DOT = re.compile(rb"\n\.(?!\.)")

#: A SIZE has at most so many digits (RFC 1870 section 4).
_SIZE_DIGITS = 20

_SERVER_ID = re.compile(
    r"<([^<>\s]+@[^<>\s]+)>"  # Exchange: 2.6.0 <id> [InternalId=..., Hostname=...] Queued mail
    r"|queued as ([\w-]+)"  # Postfix
    r"|\bid=([\w-]+)"  # Exim
    r"|^([0-9a-f]{8,}) Message accepted"  # OpenSMTPD
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds per phase (RFC 5321 section 4.5.3.2): `data` also counts per written piece."""

    connect: float = 30.0
    command: float = 60.0
    data: float = 120.0
    reply: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What the relay offered in its last EHLO. `size` is in octets, None for no limit told."""

    pipelining: bool = False
    size: int | None = None
    has_size: bool = False
    eight_bit: bool = False
    smtputf8: bool = False

    @classmethod
    def read(cls, extensions: Mapping[str, str]) -> "Abilities":
        """From EHLO keywords in lower case and their parameters."""
        # More digits than that are no limit that any message comes near, nor a number to count in.
        size = extensions.get("size", "").strip()[:_SIZE_DIGITS]
        return cls(
            pipelining="pipelining" in extensions,
            has_size="size" in extensions,
            size=int(size) if size.isdecimal() and int(size) else None,
            eight_bit="8bitmime" in extensions,
            smtputf8="smtputf8" in extensions,
        )


def find_local_fault(message: OutboundMessage, abilities: Abilities) -> Outcome | None:
    """Why this relay cannot take the message, known before MAIL; None when it can."""
    if message.envelope.needs_smtputf8 and not abilities.smtputf8:
        return Outcome(phase=Phase.MAIL, fault=Fault.NO_SMTPUTF8)
    if abilities.size is not None and message.size > abilities.size:
        detail = f"{message.size} > {abilities.size}"
        return Outcome(phase=Phase.MAIL, fault=Fault.TOO_LARGE, detail=detail)
    return None


def make_commands(message: OutboundMessage, abilities: Abilities) -> tuple[bytes, bytes]:
    """MAIL and RCPT with CRLF.

    Raises:
        ValueError: a path or the content could break out of its place; a fault of ours.
    """
    check_wire(message.wire)
    if message.common:
        _check_common(message.common)
    envelope = message.envelope
    options = f" SIZE={message.size}" if abilities.has_size else ""
    if not message.is_ascii:
        if not abilities.eight_bit:
            raise ValueError("8-bit content for a relay without 8BITMIME")
        options += " BODY=8BITMIME"
    if envelope.needs_smtputf8:
        options += " SMTPUTF8"
    return (
        _command(f"MAIL FROM:<{envelope.reverse_path}>{options}"),
        _command(f"RCPT TO:<{envelope.forward_path}>"),
    )


def _command(line: str) -> bytes:
    if not line.isprintable() or line.count("<") != 1 or line.count(">") != 1:
        raise ValueError("a path that could become another command")
    return line.encode() + b"\r\n"


def check_wire(wire: bytes) -> None:
    """Refuses content with a bare CR or LF, an undoubled dot, or no line end at its end.

    Such bytes could end the message early and begin another one (CVE-2023-51764 to 51766).

    Raises:
        ValueError: the content was not made for the wire; a fault of ours.
    """
    # Where an LF follows each CR, as many LFs as CRs leave no bare one.
    if (
        not wire.endswith(b"\r\n")
        or _BARE_CR.search(wire)
        or wire.count(b"\n") != wire.count(b"\r")
    ):
        raise ValueError("content with bare line ends")
    if _LONE_DOT.match(wire) or _LINE_WITH_LONE_DOT.search(wire):
        raise ValueError("content with an undoubled dot")


#: The same for what all messages share: looked through once, not again for each.
_check_common = lru_cache(maxsize=1)(check_wire)


def judge_envelope(mail: RawReply, rcpt: RawReply, data: RawReply) -> Outcome | None:
    """The outcome of MAIL, RCPT and DATA; None when the relay waits for the content."""
    for phase, raw in ((Phase.MAIL, mail), (Phase.RCPT, rcpt)):
        if raw.code // 100 != 2:
            return refuse(phase, raw)
    return None if data.code == 354 else refuse(Phase.DATA, data)


def refuse(phase: Phase, raw: RawReply) -> Outcome:
    """The outcome of a reply that is not the wanted one.

    A 4yz or 5yz is a refusal; a 2yz or 3yz here belongs to another command.
    """
    if raw.code >= 400:
        return Outcome(phase=phase, reply=raw.parse())
    return Outcome(phase=phase, fault=Fault.GARBAGE, reply=raw.parse(), detail=str(raw.parse()))


def conclude(raw: RawReply) -> Outcome:
    """The outcome of the reply to the final dot, judged by its first digit (section 4.2.1)."""
    reply = raw.parse()
    if reply.is_positive:
        return Outcome(phase=Phase.FINAL, reply=reply, server_id=find_server_id(reply))
    return refuse(Phase.FINAL, raw)


async def wait_for(committing: Future[None]) -> None:
    """Until the intent is durable. Being cancelled does not cancel the log's own work.

    Raises:
        DeliveryLogError: it cannot be made durable; the dot must not be written.
    """
    if committing.done():
        committing.result()
    else:
        await shield(committing)


def find_server_id(reply: Reply) -> str | None:
    """The Message-ID or queue id that the relay tells, as it stands there."""
    match = _SERVER_ID.search(reply.text)
    if match is None:
        return None
    return next(group for group in match.groups() if group)
