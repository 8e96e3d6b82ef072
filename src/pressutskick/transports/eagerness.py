"""Whether a relay takes the next message's commands before it has answered a content.

RFC 2920 section 3.1 lets a client write them, and they save every second round trip. Some relays
take them for smuggled mail all the same: Haraka answers each with 503 (GHSA-rp4q-8m6x-c43c); others
may stay silent or hang up.
"""

from pressutskick.dispatch.interfaces import Fault, Outcome, Phase

#: Bad sequence of commands (RFC 5321 section 4.2.3).
OUT_OF_SEQUENCE = 503

_BROKEN = frozenset({Fault.LOST, Fault.CUT_OFF, Fault.TIMEOUT, Fault.GARBAGE})


class Eagerness:
    """What the connections to one relay have learned.

    One of them tries, and the others wait their turn until that has worked; the first bad answer
    ends it for all. What may have other causes counts only as long as it has never worked.
    """

    def __init__(self) -> None:
        """Nothing is known."""
        self._is_over = False
        self._is_proven = False
        self._is_trying = False

    def allows(self) -> bool:
        """Whether commands may go behind a content now; whoever hears so first is the one to try."""
        if self._is_proven or self._is_over or self._is_trying:
            return self._is_proven and not self._is_over
        self._is_trying = True
        return True

    def prove(self) -> None:
        """The relay has taken a MAIL that was written behind a content."""
        self._is_proven = True

    def doubt(self, outcome: Outcome) -> bool:
        """Ends it where the outcome of such a MAIL may be about its place, and not about the mail.

        The same MAIL in its turn shows which it was.
        """
        self._is_trying = False
        if outcome.phase is not Phase.MAIL:
            return False
        code = outcome.reply.code if outcome.reply is not None else 0
        is_likely = code // 100 == 5 or (not code and outcome.fault in _BROKEN)
        if code == OUT_OF_SEQUENCE or (is_likely and not self._is_proven):
            self._is_over = True
            return True
        return False
