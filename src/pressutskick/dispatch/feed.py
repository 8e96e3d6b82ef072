"""What the connections of a run draw from, and report to.

Claims deliveries from the log a few ahead of need (a claim is durable and safe to take back), never
the whole list: memory does not depend on the number of recipients. Owns rate, pauses and retry
times; the engine owns the connections.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf

from pressutskick.dispatch.bells import Bells
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.explanations import alike_error, stop_error, tell_reason
from pressutskick.dispatch.interfaces import (
    Clock,
    Decision,
    Delivery,
    Observer,
    OpenDispatch,
    OutboundMessage,
    Outcome,
    Scope,
)
from pressutskick.dispatch.pacing import Breaker, Pause, Rate
from pressutskick.dispatch.policy import SLOW_DOWN_PAUSE, Circumstances, decide
from pressutskick.dispatch.relays import Meaning, interpret
from pressutskick.dispatch.run import RunOptions
from pressutskick.dispatch.suspicion import Others, Reach, Suspicion, find_general_meaning
from pressutskick.errors import DeliveryLogError, PressutskickError
from pressutskick.sentences import Sentence, say

#: A connection waits so long for the next message before it is given up, seconds.
IDLE_LIMIT = 20.0
#: Something is due even where the computer's clock is set back in the middle of a run.
_AT_ANY_TIME = datetime.min.replace(tzinfo=UTC)
#: Between two looks at the clock no more than this passes, seconds.
_GLANCE = 1.0

Load = tuple[Delivery, OutboundMessage]


@dataclass(slots=True, kw_only=True)
class Ending:
    """Whether and why no further message may be taken."""

    is_ended: bool = False
    error: PressutskickError | None = None
    #: A fault of ours, to be raised as it is when all connections have closed.
    fault: BaseException | None = None


class Feed:
    """Claimed deliveries, composed when they are taken."""

    def __init__(
        self,
        *,
        log: OpenDispatch,
        compose: Callable[[Delivery], OutboundMessage],
        clock: Clock,
        chance: Callable[[], float],
        options: RunOptions,
        observer: Observer,
    ) -> None:
        """`chance` gives random numbers in [0, 1)."""
        self._log = log
        self._compose = compose
        self._clock = clock
        self._chance = chance
        self._options = options
        self._observer = observer
        self._ahead = max(16, 2 * options.connections)
        self._claimed: deque[Delivery] = deque()
        self._claiming: asyncio.Task[None] | None = None
        #: When the log has something due again, None for never.
        self._due: datetime | None = _AT_ANY_TIME
        self._unrecorded = 0
        self._outstanding = 0
        self._bells = Bells(clock)
        self._rate = Rate(options.rate)
        self._breaker = Breaker()
        self._suspicion = Suspicion()
        self._pause = Pause()
        self._progress = clock.now()
        self.ending = Ending()
        self.accepted = 0

    # What the engine asks.

    def end(self, error: PressutskickError | None = None) -> None:
        """No further message is taken; what is in flight may finish. The first error stays."""
        self.ending.is_ended = True
        self.ending.error = self.ending.error or error
        self.ring()

    def fail(self, fault: BaseException) -> None:
        """The same for a fault of ours."""
        self.ending.fault = self.ending.fault or fault
        self.end()

    @property
    def deadline(self) -> datetime:
        """When a run without progress gives up."""
        return self._progress + self._options.retry_for

    def pause(self, seconds: float, reason: Sentence, *, is_decided: bool = False) -> None:
        """Nothing is taken for so many seconds; past the deadline only if that `is_decided`."""
        until = self._clock.monotonic() + seconds
        self._pause.extend(until, reason, is_decided=is_decided)

    def has_ended(self) -> bool:
        """Whether nothing further may be taken."""
        return self.ending.is_ended

    @property
    def is_paused(self) -> bool:
        """Whether a pause is on."""
        return self._pause.left(self._clock.monotonic()) > 0

    async def take(self) -> Load | None:
        """The next message, however long it takes; None when this run has no more."""
        while not self.has_ended():
            load = await self.next_ready()
            if load is not None:
                return load
            if self.has_ended():
                break
            seconds = self._seconds_to_wait()
            if seconds is None:
                if not (self._outstanding or self._unrecorded):
                    return None
            elif self._is_beyond_deadline(seconds):
                return None
            elif seconds >= 1:
                until = self._clock.now() + timedelta(seconds=seconds)
                self._observer.waiting(until, self._why(seconds))
            await self._bells.wait(seconds)
        return None

    async def next(self) -> Load | None:
        """The next message for an open connection; None when it should close."""
        load = await self.next_ready()
        while load is None and not self.has_ended():
            seconds = self._seconds_to_wait()
            if seconds is None or seconds > IDLE_LIMIT or self._is_beyond_deadline(seconds):
                return None
            await self._bells.wait(seconds)
            load = await self.next_ready()
        return load

    async def next_ready(self) -> Load | None:
        """The next message if one may go now; waits for the log at most."""
        if self.has_ended() or self.is_paused or self._rate.wait(self._clock.monotonic()):
            return None
        self._claim_ahead()
        if not self._claimed and self._claiming is not None:
            await asyncio.shield(self._claiming)
            if self.has_ended():
                return None
        if not self._claimed or not await self._is_our_turn():
            return None
        # While we asked, another connection may have taken it.
        return self._compose_next() if self._claimed and not self.has_ended() else None

    async def _is_our_turn(self) -> bool:
        """Whether the mailbox's pace allows a message now, whichever machines send by it."""
        if not self._rate.interval:
            return True
        try:
            seconds = await self._log.pace.take_turn(self._rate.interval)
        except PressutskickError as error:
            self.end(error)
            return False
        if seconds:
            self._rate.put_off(self._clock.monotonic() + seconds)
        return not seconds

    def _compose_next(self) -> Load | None:
        delivery = self._claimed.popleft()
        try:
            message = self._compose(delivery)
        except Exception as fault:  # noqa: BLE001 - the connections must end in good order first
            self._claimed.appendleft(delivery)
            self.fail(fault)
            return None
        self._rate.take(self._clock.monotonic())
        self._outstanding += 1
        return delivery, message

    # What a session reports.

    def commit(
        self, delivery: Delivery, message_id: str, patience: float = 0.0
    ) -> asyncio.Future[None]:
        """Makes the intent durable. A log that fails ends the run at once."""
        future = self._log.commit(delivery.id, message_id, patience)
        if not future.done() or future.exception() is not None:
            future.add_done_callback(self._heed)
        return future

    def check_log(self) -> None:
        """Raises the log's failure, so that no further dot is written."""
        if isinstance(self.ending.error, DeliveryLogError):
            raise self.ending.error

    def report(self, delivery: Delivery, outcome: Outcome) -> bool:
        """Decides and records what an outcome means; False when the connection must close."""
        now = self._clock.now()
        self._outstanding -= 1
        reach = Reach.MANY if outcome.is_accepted else self._judge(delivery, outcome)
        decision = decide(
            outcome,
            Circumstances(
                now=now,
                deadline=self.deadline,
                attempts=delivery.attempts,
                relay=self._options.relay,
                chance=self._chance(),
                reach=reach,
            ),
        )
        self._unrecorded += 1
        self._log.record(delivery.id, outcome, decision).add_done_callback(self._recorded)
        if decision.status is DeliveryStatus.ACCEPTED:
            self.accepted += 1
            self._progress = now
            self._breaker.note(outcome, decision)
            self._suspicion.note_acceptance()
        else:
            self._react(outcome, decision, reach)
        self._observer.delivered(delivery, outcome, decision)
        return decision.scope is not Scope.SESSION

    def give_back(self, delivery: Delivery) -> None:
        """Taken, not committed, surely not sent: the next connection takes it first."""
        self._outstanding -= 1
        self._claimed.appendleft(delivery)
        self.ring()

    def _judge(self, delivery: Delivery, outcome: Outcome) -> Reach:
        """Whom a refusal concerns whose words speak of everybody; all others are what they are."""
        known = find_general_meaning(outcome, self._options.relay)
        if known is None:
            return Reach.MANY
        is_due = self._due is not None and self._due <= self._clock.now()
        are_waiting = bool(self._claimed or self._outstanding or self._claiming or is_due)
        were_accepted = self.accepted > 0 or self._options.is_proven
        others = Others(are_waiting=are_waiting, were_accepted=were_accepted)
        return self._suspicion.judge(delivery, outcome, known, others)

    def _react(self, outcome: Outcome, decision: Decision, reach: Reach) -> None:
        self._note_due(decision.retry_at)
        if decision.scope is Scope.MESSAGE:
            self.end(stop_error(outcome, self._options.relay))
            return
        if reach is Reach.OPEN:
            return
        known = interpret(outcome.reply, self._options.relay) if outcome.reply else None
        if known and known.meaning is Meaning.SLOW_DOWN and decision.scope is Scope.SESSION:
            if not self.is_paused:
                self._rate.slow_down()
            self.pause(SLOW_DOWN_PAUSE, known.sentence)
        seconds = self._breaker.note(outcome, decision)
        if seconds == inf:
            self.end(alike_error(outcome))
        elif seconds:
            self.pause(
                seconds,
                say("message after message fails alike: {reply}", reply=tell_reason(outcome)),
            )

    def _recorded(self, future: asyncio.Future[None]) -> None:
        self._unrecorded -= 1
        self._heed(future)
        self.ring()

    def _heed(self, future: asyncio.Future[None]) -> None:
        error = None if future.cancelled() else future.exception()
        if isinstance(error, PressutskickError):
            self.end(error)
        elif error is not None:
            self.fail(error)

    # The log.

    def _claim_ahead(self) -> None:
        if self._claiming is not None or len(self._claimed) >= self._ahead:
            return
        if self._due is not None and self._due <= self._clock.now():
            self._claiming = asyncio.create_task(self._claim())

    async def _claim(self) -> None:
        try:
            found = await self._log.claim(self._ahead, self._clock.now())
            self._claimed.extend(found)
            if len(found) < self._ahead:
                # What is deferred while we ask sets an earlier moment in `report`.
                self._due = None
                self._note_due(await self._log.next_due())
        except PressutskickError as error:
            self.end(error)
        except Exception as fault:  # noqa: BLE001 - told when all connections have closed
            self.fail(fault)
        finally:
            self._claiming = None
            self.ring()

    def _note_due(self, moment: datetime | None) -> None:
        if moment is not None and (self._due is None or moment < self._due):
            self._due = moment

    async def settle(self) -> Sequence[Delivery]:
        """Waits until every report is durable or has failed; the claims that nobody took."""
        while self._claiming is not None or self._unrecorded:
            await self._bells.wait(None)
        left = list(self._claimed)
        self._claimed.clear()
        return left

    # Waiting.

    def ring(self) -> None:
        """Wakes everybody who waits, to look again."""
        self._bells.ring()

    def _seconds_to_wait(self) -> float | None:
        """Until something may be taken; None when only another connection's outcome can tell."""
        now = self._clock.monotonic()
        held_up = max(self._pause.left(now), self._rate.wait(now))
        if self._claimed or self._claiming is not None:
            return held_up
        if self._due is None:
            return None
        return max(held_up, (self._due - self._clock.now()).total_seconds(), 0.0)

    def _is_beyond_deadline(self, seconds: float) -> bool:
        """Whether the wait is for retries or a pause that this run will not see the end of."""
        if self._clock.monotonic() + seconds <= self._pause.decided_until + _GLANCE:
            return False
        until = self._clock.now() + timedelta(seconds=seconds)
        return until > self.deadline and seconds > self._rate.wait(self._clock.monotonic())

    def _why(self, seconds: float) -> Sentence:
        """What a wait of `seconds` is for; the rate's own may be a part of a longer one."""
        if self.is_paused:
            return self._pause.reason
        if self._rate.wait(self._clock.monotonic()) >= seconds - _GLANCE:
            return say("the rate allows no more now")
        return say("some mail servers asked us to come back later")
