"""Every misbehaviour of the scripted relay, each a named function; and how a script names them.

A script line is `<what>-at-<stage>[:<rate>]`, as in `451-at-rcpt:0.1`, `reset-at-final`,
`hang-at-ehlo`. `<what>` is a reply code from 400 to 599 or a name of `MISBEHAVIOURS`; `<stage>` is
where; `after-data` is another word for `at-final`. The rate is the chance, 1 where left out.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from pressutskick.errors import UsageError
from pressutskick.sentences import say


class Stage(StrEnum):
    """Where in the dialogue a misbehaviour strikes; `body` is while the content arrives."""

    GREETING = "greeting"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    FINAL = "final"
    QUIT = "quit"


class Victim(Protocol):
    """The relay's end of a connection, as a misbehaviour sees it."""

    stage: Stage
    #: Sent behind the reply to STARTTLS, in the clear.
    postscript: bytes

    def send(self, data: bytes) -> None:
        """Bytes to the client, behind what was sent before."""

    def answer(self) -> None:
        """The answer that a well-behaved relay would give now."""

    def discard(self) -> int:
        """Throws away the commands that came behind this one; how many there were."""

    def flush(self) -> None:
        """Writes what was said so far, for one that answers later than it was asked."""

    def fall_silent(self) -> None:
        """Reads and says nothing more, and keeps the connection."""

    def close(self) -> None:
        """Ends the connection in good order (FIN), after what was sent."""

    def reset(self) -> None:
        """Cuts the connection (RST), after what was sent."""


Misbehaviour = Callable[[Victim], None]


def hang(victim: Victim) -> None:
    """Never answers again."""
    victim.fall_silent()


def drop(victim: Victim) -> None:
    """Ends the connection instead of answering."""
    victim.close()


def reset(victim: Victim) -> None:
    """Cuts the connection instead of answering."""
    victim.reset()


def garbage(victim: Victim) -> None:
    """Answers what is no reply."""
    victim.send(b"OK, whatever\r\n")
    victim.fall_silent()


def nul(victim: Victim) -> None:
    """Answers a reply with a NUL in it."""
    victim.send(b"250 fi\x00ne\r\n")
    victim.fall_silent()


def endless(victim: Victim) -> None:
    """Answers a line that is longer than any reply may be."""
    victim.send(b"250-" + b"x" * 70_000)
    victim.fall_silent()


def half(victim: Victim) -> None:
    """Answers half a reply, then ends the connection."""
    victim.send(b"250-ne")
    victim.close()


def half_lines(victim: Victim) -> None:
    """Answers the first line of several, then ends the connection."""
    victim.send(b"250-first of two\r\n")
    victim.close()


def wrong(victim: Victim) -> None:
    """Answers as if another command had been given."""
    other = b"250 2.1.5 Ok\r\n" if victim.stage is Stage.DATA else b"354 Go ahead\r\n"
    victim.send(other)


def surplus(victim: Victim) -> None:
    """Answers twice."""
    victim.answer()
    victim.send(b"250 2.0.0 And another one\r\n")


def close_after(victim: Victim) -> None:
    """Answers well, then ends the connection."""
    victim.answer()
    victim.close()


def retire(victim: Victim) -> None:
    """Answers well, then says 421 and ends the connection."""
    victim.answer()
    victim.send(b"421 4.4.2 Too long idle\r\n")
    victim.close()


def plaintext(victim: Victim) -> None:
    """Slips clear text behind the answer, as an attacker would behind that to STARTTLS."""
    victim.postscript = b"250 slipped in\r\n"
    victim.answer()


def in_turn(victim: Victim) -> None:
    """Answers well, and 503 to each command that came before that answer (as Haraka does)."""
    early = victim.discard()
    victim.answer()
    victim.send(b"503 5.5.1 Wait your turn\r\n" * early)


def deaf(victim: Victim) -> None:
    """Answers well, and never heard the commands that came before that answer."""
    victim.discard()
    victim.answer()


def strict(victim: Victim) -> None:
    """Answers well, and hangs up on a client that did not wait for that answer."""
    early = victim.discard()
    victim.answer()
    if early:
        victim.close()


def stern(victim: Victim) -> None:
    """Hangs up without an answer on a client that did not wait for it."""
    if victim.discard():
        victim.close()
    else:
        victim.answer()


#: All misbehaviours by the name that a script uses.
MISBEHAVIOURS: dict[str, Misbehaviour] = {
    "hang": hang,
    "drop": drop,
    "reset": reset,
    "garbage": garbage,
    "nul": nul,
    "endless": endless,
    "half": half,
    "half-lines": half_lines,
    "wrong": wrong,
    "surplus": surplus,
    "close-after": close_after,
    "retire": retire,
    "plaintext": plaintext,
    "in-turn": in_turn,
    "deaf": deaf,
    "strict": strict,
    "stern": stern,
}


def refuse(code: int) -> Misbehaviour:
    """Answers `code` (400 to 599); 421 ends the connection too (RFC 5321 section 3.8)."""

    def refuse_now(victim: Victim) -> None:
        victim.send(f"{code} {code // 100}.0.0 As the script says\r\n".encode())
        if code == 421:
            victim.close()

    return refuse_now


@dataclass(slots=True, kw_only=True)
class ScriptedFault:
    """A misbehaviour, where it strikes, and how often.

    `rate` is a chance in [0, 1]; `address` limits it to one forward path; `skip` lets so many pass
    first; `times` is how often it strikes at most, None for ever.
    """

    stage: Stage
    misbehaviour: Misbehaviour
    rate: float = 1.0
    address: str | None = None
    skip: int = 0
    times: int | None = None
    struck: int = field(default=0, init=False)

    def strikes(self, stage: Stage, address: str | None, chance: float) -> bool:
        """Whether it strikes now; `chance` is a random number in [0, 1)."""
        if stage is not self.stage or (self.address is not None and address != self.address):
            return False
        if chance >= self.rate or (self.times is not None and self.struck >= self.times):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.struck += 1
        return True


_SCRIPT = re.compile(
    r"(?P<what>[a-z-]+|[45]\d\d)-(?:at-(?P<stage>[a-z]+)|(?P<after>after-data))"
    r"(?::(?P<rate>\d*\.?\d+))?"
)


def parse_fault(text: str) -> ScriptedFault:
    """One script line (see the module).

    Raises:
        UsageError: it is none; tells what would be.
    """
    match = _SCRIPT.fullmatch(text)
    what = match["what"] if match else ""
    stage = "final" if match and match["after"] else (match["stage"] if match else "")
    known = what.isdecimal() or what in MISBEHAVIOURS
    rate = float(match["rate"] or 1) if match else 0.0
    if match is None or not known or stage not in set(Stage) or rate > 1:
        raise UsageError(
            say("{text} is not a fault that the sandbox knows.", text=text),
            remedy=say(
                "Write WHAT-at-STAGE or WHAT-at-STAGE:RATE, as in 451-at-rcpt:0.1. "
                "WHAT is a code from 400 to 599 or one of {names}; STAGE is one of {stages}.",
                names=", ".join(MISBEHAVIOURS),
                stages=", ".join(Stage),
            ),
        )
    misbehaviour = refuse(int(what)) if what.isdecimal() else MISBEHAVIOURS[what]
    return ScriptedFault(stage=Stage(stage), misbehaviour=misbehaviour, rate=rate)


def choose(
    faults: Sequence[ScriptedFault], stage: Stage, address: str | None, chance: Callable[[], float]
) -> Misbehaviour | None:
    """The first fault that strikes here and now."""
    for fault in faults:
        if fault.stage is stage and fault.strikes(stage, address, chance()):
            return fault.misbehaviour
    return None
