"""Whether a relay takes the next message's commands before it has answered a content.

RFC 2920 section 3.1 lets a client write them, and they save every second round trip. Some relays
take them for smuggled mail all the same: Haraka answers each with 503 (GHSA-rp4q-8m6x-c43c). Dovecot
2.3 dies of them, and leaves the content before them without an answer. Others may stay silent or
hang up. So the first messages go in turn, then one connection tries, and what it learns holds for
all of them, and for later runs.
"""

import os
import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from pressutskick.dispatch.interfaces import Fault, Outcome, Phase

#: So many messages go in turn before one tries: a short list is not worth the risk.
FIRST_IN_TURN = 10

#: Bad sequence of commands (RFC 5321 section 4.2.3).
OUT_OF_SEQUENCE = 503

_BROKEN = frozenset({Fault.LOST, Fault.CUT_OFF, Fault.TIMEOUT, Fault.GARBAGE})

#: Greetings of relays that are known to want their turn; Dovecot's may be changed, its BURL not.
_SHY = re.compile(r"\b(?:Haraka|Dovecot)\b")


def wants_its_turn(greeting: str, keywords: Collection[str]) -> bool:
    """Whether the relay is known not to take them, from its greeting and its EHLO keywords."""
    return "burl" in keywords or _SHY.search(greeting) is not None


class Eagerness:
    """What the connections to one relay have learned.

    `is_welcome` False is never eager. `notes` is a file that keeps the relays (`where`) that have
    ended it; without it, or where it cannot be used, a later run learns anew.
    """

    def __init__(
        self, *, is_welcome: bool = True, where: str = "", notes: Path | None = None
    ) -> None:
        """Reads the notes."""
        self._where = where
        self._notes = notes
        self._is_over = not is_welcome or where in self._read()
        self._is_proven = False
        self._is_trying = False
        self._in_turn = 0

    def allows(self) -> bool:
        """Whether commands may go behind a content now; whoever hears so first is the one to try."""
        if self._is_over or self._is_proven or self._is_trying:
            return self._is_proven and not self._is_over
        self._in_turn += 1
        self._is_trying = self._in_turn > FIRST_IN_TURN
        return self._is_trying

    def prove(self) -> None:
        """The relay has taken a MAIL that was written behind a content."""
        self._is_proven = True

    def end(self) -> None:
        """From now on everything in its turn."""
        self._is_over = True

    def doubt(self, outcome: Outcome) -> bool:
        """Ends it where the outcome of such a MAIL may be about its place, and not about the mail.

        The same MAIL in its turn shows which it was.
        """
        self._is_trying = False
        if outcome.phase is not Phase.MAIL:
            return False
        is_plain = outcome.reply is not None and outcome.reply.code == OUT_OF_SEQUENCE
        is_broken = outcome.reply is None and outcome.fault in _BROKEN
        if is_plain or (is_broken and not self._is_proven):
            self._write()
        elif self._is_proven or outcome.reply is None or not outcome.reply.is_permanent:
            return False
        self.end()
        return True

    def suspect(self, refusal: Outcome) -> bool:
        """Ends it where a content was refused for good while the first MAIL stood behind it."""
        if self._is_proven or refusal.reply is None or not refusal.reply.is_permanent:
            return False
        self.end()
        return True

    def _read(self) -> list[str]:
        if self._notes is not None:
            with suppress(OSError, ValueError):
                return self._notes.read_text("utf-8").splitlines()
        return []

    def _write(self) -> None:
        if self._notes is not None and self._where not in self._read():
            with suppress(OSError):
                self._notes.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with open(self._notes, "a", encoding="utf-8", opener=_open_no_link) as file:
                    file.write(f"{self._where}\n")


def _open_no_link(path: str, flags: int) -> int:
    """A link of that name, from whomever, would lead the note elsewhere."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
