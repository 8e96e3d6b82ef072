"""All failure policy: what an outcome means for the delivery, the run and the connection.

    phase          4yz               5yz                421, lost, silent, garbled
    MAIL           deferred,         run stops, row     deferred, reconnect
                   reconnect         stays deferred
    RCPT DATA      deferred          rejected           deferred, reconnect
    FINAL          deferred          rejected           unknown, reconnect (a parsed 421: deferred)

A reply to RCPT, DATA or the content whose words speak of everybody ("relaying denied") is deferred
until the others have shown whom it concerns (`dispatch.suspicion`): one recipient, then it is what
the table says; all of them, then the run stops and all rows stay deferred.

Before the final dot nothing is ambiguous: the relay must discard what it did not get whole
(RFC 5321 section 4.1.1.4). After it only a parsed reply counts, judged by its first digit (section
4.2.1). A 5yz to MAIL speaks of the sender, so that every row would fail alike: the run stops, and
the row keeps its turn for when the setting has been mended. A MAIL that was not taken because it
came before its turn (`Fault.OUT_OF_TURN`) is no refusal: it is asked again at once.

Pure: the time and a random number are passed in.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Fault, Outcome, Phase, Scope
from pressutskick.dispatch.relays import Meaning, Relay, interpret
from pressutskick.dispatch.suspicion import Reach, find_general_meaning
from pressutskick.mail import Reply

#: Seconds before the second, third ... try after the relay said "not now".
REFUSED_BACKOFF = (60.0, 300.0, 900.0, 1800.0, 3600.0)
#: The same after a lost or closing connection, which says nothing about the recipient.
LOST_BACKOFF = (2.0, 10.0, 30.0, 120.0, 300.0)
#: Seconds before the next try to connect; the last one repeats.
CONNECT_BACKOFF = (1.0, 3.0, 10.0, 30.0, 60.0)
#: How often a run tries to connect that never could.
CONNECT_TRIES = 3
#: Seconds without sending when the relay asks for a slower pace.
SLOW_DOWN_PAUSE = 60.0

_HINT = re.compile(r"(?:in|after) (\d{1,4}) ?(s|sec|second|min|minute|m)s?\b", re.IGNORECASE)
_CLOCK_HINT = re.compile(r"in (\d{2}):(\d{2}):(\d{2})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a decision depends on beside the outcome.

    `attempts` counts those before this one. `deadline` is where `--retry-for` ends. `chance` is a
    random number in [0, 1), for jitter. `reach` is whom words that speak of everybody concern.
    """

    now: datetime
    deadline: datetime
    attempts: int = 0
    relay: Relay = Relay.PLAIN
    chance: float = 0.5
    reach: Reach = Reach.MANY


def backoff(steps: tuple[float, ...], tries: int, chance: float) -> float:
    """Seconds to wait after `tries` earlier tries: a step of the ladder, 20 % more or less."""
    return steps[min(tries, len(steps) - 1)] * (0.8 + 0.4 * chance)


#: What is decided of nearly every message.
_ACCEPTED = Decision(status=DeliveryStatus.ACCEPTED)


def decide(outcome: Outcome, circumstances: Circumstances) -> Decision:
    """The delivery's next status, and whom else the outcome concerns."""
    if outcome.is_accepted:
        return _ACCEPTED
    if outcome.fault is not None or outcome.reply is None:
        return _decide_fault(outcome, circumstances)
    return _decide_reply(outcome, outcome.reply, circumstances)


def _decide_fault(outcome: Outcome, circumstances: Circumstances) -> Decision:
    if outcome.fault is Fault.OUT_OF_TURN and (outcome.reply or outcome.phase is not Phase.FINAL):
        return Decision(status=DeliveryStatus.DEFERRED, retry_at=circumstances.now)
    if outcome.fault is Fault.NO_SMTPUTF8:
        return Decision(status=DeliveryStatus.REJECTED)
    if outcome.fault is Fault.TOO_LARGE:
        return _stop(circumstances)
    if outcome.phase is Phase.FINAL:
        return Decision(status=DeliveryStatus.UNKNOWN, scope=Scope.SESSION)
    if outcome.fault is Fault.CUT_OFF:
        return Decision(
            status=DeliveryStatus.DEFERRED, retry_at=circumstances.now, scope=Scope.SESSION
        )
    return _defer(outcome, circumstances, LOST_BACKOFF, Scope.SESSION)


def _decide_reply(outcome: Outcome, reply: Reply, circumstances: Circumstances) -> Decision:
    known = interpret(reply, circumstances.relay)
    meaning = known.meaning if known else None
    if reply.code == 421:
        return _defer(outcome, circumstances, LOST_BACKOFF, Scope.SESSION)
    if circumstances.reach is not Reach.MANY and find_general_meaning(outcome, circumstances.relay):
        return _decide_for_one(outcome, reply, circumstances)
    if meaning is Meaning.SLOW_DOWN:
        return _defer(outcome, circumstances, (SLOW_DOWN_PAUSE,), Scope.SESSION)
    if meaning in (Meaning.SETTINGS, Meaning.QUOTA):
        return _stop(circumstances)
    if reply.is_transient and outcome.phase is Phase.MAIL:
        # About the server or this connection (OpenSMTPD: 452 after 100 messages): a fresh one.
        return _defer(outcome, circumstances, LOST_BACKOFF, Scope.SESSION)
    if reply.is_transient:
        return _defer(outcome, circumstances, REFUSED_BACKOFF, Scope.RECIPIENT)
    if reply.is_permanent and outcome.phase is Phase.MAIL:
        return _stop(circumstances)
    if reply.is_permanent:
        return Decision(status=DeliveryStatus.REJECTED)
    # A 2yz or 3yz where it has no meaning: the dialogue is out of step.
    if outcome.phase is Phase.FINAL:
        return Decision(status=DeliveryStatus.UNKNOWN, scope=Scope.SESSION)
    return _defer(outcome, circumstances, LOST_BACKOFF, Scope.SESSION)


def _decide_for_one(outcome: Outcome, reply: Reply, circumstances: Circumstances) -> Decision:
    """What the words say of everybody is not so, or not known to be so yet."""
    if circumstances.reach is Reach.OPEN:
        return _defer(outcome, circumstances, LOST_BACKOFF, Scope.RECIPIENT)
    if reply.is_permanent:
        return Decision(status=DeliveryStatus.REJECTED)
    return _defer(outcome, circumstances, REFUSED_BACKOFF, Scope.RECIPIENT)


def _stop(circumstances: Circumstances) -> Decision:
    return Decision(
        status=DeliveryStatus.DEFERRED,
        retry_at=circumstances.now,
        scope=Scope.MESSAGE,
    )


def _defer(
    outcome: Outcome,
    circumstances: Circumstances,
    steps: tuple[float, ...],
    scope: Scope,
) -> Decision:
    delay = backoff(steps, circumstances.attempts, circumstances.chance)
    if outcome.reply is not None:
        delay = hinted_delay(outcome.reply.text) or delay
    retry_at = circumstances.now + timedelta(seconds=delay)
    # A run's last try comes at its end rather than not at all.
    left = (circumstances.deadline - circumstances.now).total_seconds()
    if left < delay <= 2 * left:
        retry_at = circumstances.deadline
    return Decision(
        status=DeliveryStatus.DEFERRED,
        retry_at=retry_at,
        scope=scope,
    )


def hinted_delay(text: str) -> float | None:
    """Seconds that a greylisting reply asks for, a little more to be safe; None without a hint.

    At most an hour: longer is for the next run.
    """
    clock = _CLOCK_HINT.search(text)
    if clock:
        seconds = int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    elif hint := _HINT.search(text):
        seconds = int(hint[1]) * (60 if hint[2].lower().startswith("m") else 1)
    else:
        return None
    return min(seconds + 2.0, 3600.0)
