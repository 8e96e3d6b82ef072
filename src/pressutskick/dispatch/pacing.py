"""How fast and over how many connections: rate, pool, pause, and the circuit breaker.

Small state machines without a clock: the caller passes seconds that never run backwards.
"""

from math import inf

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Fault, Outcome, Phase
from pressutskick.dispatch.policy import SLOW_DOWN_PAUSE
from pressutskick.sentences import Sentence

#: So many failures alike in a row, nothing accepted between them, open the breaker.
ALIKE_LIMIT = 10
#: The longest pause of the breaker, seconds.
LONGEST_PAUSE = 600.0


class OwnPace:
    """Nobody else sends by the mailbox, as far as the log knows: see SharedPace."""

    async def take_turn(self, interval: float) -> float:
        """At once."""
        return 0.0

    async def take_seat(self, limit: int) -> bool:
        """There always is one."""
        return True

    async def leave_seat(self) -> None:
        """Nobody waits for it."""


OWN_PACE = OwnPace()


class Rate:
    """At most `per_minute` messages a minute, evenly spread; None is as fast as it goes."""

    def __init__(self, per_minute: float | None) -> None:
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._next = float("-inf")

    def wait(self, now: float) -> float:
        """Seconds until the next message may go; 0 when it may go now."""
        return max(0.0, self._next - now)

    def take(self, now: float) -> None:
        """A message goes now. Time that was not used is not saved up."""
        if self._interval:
            self._next = max(now, self._next) + self._interval

    @property
    def interval(self) -> float:
        """Seconds between two messages; 0 where there is no rate."""
        return self._interval

    def put_off(self, until: float) -> None:
        """Nothing goes before `until`: it is somebody else's turn."""
        self._next = max(self._next, until)

    def slow_down(self) -> None:
        """Half the pace from now on, where there is one."""
        self._interval *= 2


class Pool:
    """How many connections may be open: as many as wished until the relay refuses one."""

    def __init__(self, wished: int) -> None:
        self.size = wished

    def refuse(self, standing: int) -> None:
        """The relay refused a connection while `standing` others stood: one fewer, at least 1."""
        if standing:
            self.size = max(1, self.size - 1)


class Pause:
    """Nothing goes until it is over; of several the one that ends last counts."""

    def __init__(self) -> None:
        self._until = -inf
        #: Until then waiting does not count against the run's deadline.
        self.decided_until = -inf
        #: Why, once there was one.
        self.reason = Sentence(pattern="")

    def extend(self, until: float, reason: Sentence, *, is_decided: bool) -> None:
        """Nothing goes before `until`; `is_decided` where that holds past the deadline too."""
        if is_decided:
            self.decided_until = max(self.decided_until, until)
        if until > self._until:
            self._until, self.reason = until, reason

    def left(self, now: float) -> float:
        """Seconds until it is over; 0 when none is on."""
        return max(0.0, self._until - now)


class Breaker:
    """Notices that everything fails alike, so that a run does not burn through its list.

    Only failures that may concern everybody count: not greylisting (450, 451 to RCPT), not a message
    that was announced before its turn, and, once somebody has been accepted, not a refused address
    (5.1.x, or a 550, 551, 553 to RCPT without a better status).
    """

    def __init__(self) -> None:
        self._has_accepted = False
        self._alike: tuple[Phase, str] | None = None
        self._count = 0
        self._pauses = 0

    def note(self, outcome: Outcome, decision: Decision) -> float:
        """Seconds to pause everything after this outcome; 0 when nothing is wrong.

        Infinity where message after message is refused for good: a pause would not help.
        """
        if decision.status is DeliveryStatus.ACCEPTED:
            self._has_accepted = True
            self._alike, self._count, self._pauses = None, 0, 0
            return 0.0
        if outcome.fault is Fault.OUT_OF_TURN or self._speaks_of_one(outcome):
            return 0.0
        kind = (outcome.phase, _kind(outcome))
        self._count = self._count + 1 if kind == self._alike else 1
        self._alike = kind
        if self._count < ALIKE_LIMIT:
            return 0.0
        if decision.status is DeliveryStatus.REJECTED:
            return inf
        # After a pause one more failure of the kind is enough: the probe has failed.
        self._count = ALIKE_LIMIT - 1
        self._pauses += 1
        return float(min(SLOW_DOWN_PAUSE * 2 ** (self._pauses - 1), LONGEST_PAUSE))

    def _speaks_of_one(self, outcome: Outcome) -> bool:
        """A whole list of wrong addresses is less likely than a mail server that is set up wrongly."""
        if not concerns_one(outcome):
            return False
        return self._has_accepted or (outcome.reply is not None and outcome.reply.is_transient)


def concerns_one(outcome: Outcome) -> bool:
    """Whether a failure speaks of one recipient rather than of all."""
    reply = outcome.reply
    if reply is None or outcome.phase is not Phase.RCPT:
        return False
    if reply.enhanced is not None and reply.is_permanent:
        return reply.enhanced.subject in (1, 2)
    return reply.code in (450, 451, 550, 551, 553)


def _kind(outcome: Outcome) -> str:
    if outcome.reply is None:
        return str(outcome.fault)
    return f"{outcome.reply.code} {outcome.reply.enhanced or ''}"
