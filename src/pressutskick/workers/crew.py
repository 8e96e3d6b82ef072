"""The parent's side: starts workers, passes on what they see and what they are told, adds up.

The parent sends too, as one of the crew. Its first connection stands before a worker opens one, so
that a wrong password is tried once.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.engine import Engine
from pressutskick.dispatch.interfaces import Decision, Delivery, Observer, OpenDispatch, Outcome
from pressutskick.dispatch.run import RunEnd, RunResult
from pressutskick.errors import ExitStatus, PressutskickError, WorkerLost
from pressutskick.sentences import Sentence, say
from pressutskick.workers.member import Member
from pressutskick.workers.orders import (
    Connected,
    Delivered,
    Ended,
    Event,
    Frame,
    Waiting,
    Word,
    WorkOrder,
)

#: Seconds that a worker gets to end after ABORT before it is killed; the log stays true even then.
ABORT_PATIENCE = 5.0


class Crew:
    """The workers of one run; `observer` sees their events beside the parent's own.

    Give the engine this as its observer, then let `run` run it.
    """

    def __init__(self, orders: Sequence[WorkOrder], log: OpenDispatch, observer: Observer) -> None:
        """Starts nothing."""
        self._orders = orders
        self._log = log
        self._observer = observer
        self._members: list[Member] = []
        self._engine: Engine | None = None
        self._own_connections = 0
        self._may_go = False

    async def run(self, engine: Engine) -> RunResult:
        """The engine's run with the workers', as one result, when the last of them has ended.

        Raises:
            WorkerLost: a process could not be started.
            PressutskickError: a fault of ours in a worker.
        """
        self._engine = engine
        try:
            for order in self._orders:
                member = Member(self._react)
                await member.start(order)
                self._members.append(member)
            own = await engine.run()
        except BaseException:
            self.stop()
            await self._disperse()
            raise
        return await self._join(own)

    def stop(self) -> None:
        """What is in flight finishes."""
        for member in self._members:
            member.tell(Word.STOP)

    def abort(self) -> None:
        """Connections are cut; a worker that does not end of itself is killed."""
        for member in self._members:
            member.tell(Word.ABORT)
            asyncio.get_running_loop().call_later(ABORT_PATIENCE, member.kill)

    async def _join(self, own: RunResult) -> RunResult:
        if own.error is not None and own.error.status is not ExitStatus.TEMPORARY:
            self.stop()
        await self._disperse()
        ends = [member.ended or _lost(member) for member in self._members]
        for end in ends:
            if end.trace:
                raise PressutskickError(
                    say("A worker process failed; the log is consistent.")
                ) from RuntimeError(end.trace)
        if not ends:
            return own
        return add_up(own, ends, own.tally and await self._log.tally())

    async def _disperse(self) -> None:
        """Waits until every worker has ended. Who has not begun yet need not begin."""
        for member in self._members:
            if not (member.is_ready and self._may_go):
                member.ended = member.ended or Ended()
                member.kill()
            await member.wait()

    def _react(self, member: Member, frame: Frame) -> None:
        match frame:
            case Word.READY:
                if self._may_go:
                    member.tell(Word.GO)
            case tuple():
                for event in frame:
                    self._pass_on(member, event)
            case Ended():
                error = frame.error or (frame.result.error if frame.result else None)
                if frame.trace or (error and error.status is not ExitStatus.TEMPORARY):
                    self._end_all(error)

    def _end_all(self, error: PressutskickError | None) -> None:
        """What stops one worker for good stops all: the others would meet it too."""
        if self._engine is not None:
            self._engine.stop(error)
        self.stop()

    def _pass_on(self, member: Member, event: Event) -> None:
        match event:
            case Delivered():
                self._observer.delivered(event.delivery, event.outcome, event.decision)
            case Waiting():
                self._observer.waiting(event.until, event.reason)
            case Connected():
                member.connections = event.connections
                self._tell_connections()

    def _tell_connections(self) -> None:
        everybody = sum(member.connections for member in self._members)
        self._observer.connected(self._own_connections + everybody)

    # The parent's own events: this is its engine's observer.

    def delivered(self, delivery: Delivery, outcome: Outcome, decision: Decision) -> None:
        """See Observer."""
        self._observer.delivered(delivery, outcome, decision)

    def waiting(self, until: datetime, reason: Sentence) -> None:
        """See Observer."""
        self._observer.waiting(until, reason)

    def connected(self, connections: int) -> None:
        """See Observer. With the first connection the workers may open theirs."""
        if connections and not self._may_go:
            self._may_go = True
            for member in self._members:
                if member.is_ready:
                    member.tell(Word.GO)
        self._own_connections = connections
        self._tell_connections()


def _lost(member: Member) -> Ended:
    return Ended(
        error=WorkerLost(
            say(
                "A worker process ended without a word (status {status}).",
                status=member.exit_status,
            ),
            remedy=say("What it had in hand is in the log; the same command goes on."),
        )
    )


def add_up(own: RunResult, ends: Sequence[Ended], tally: Mapping[DeliveryStatus, int]) -> RunResult:
    """All processes' runs as one; `tally` is the log's, when the last of them has ended."""
    results = [own, *(end.result for end in ends if end.result is not None)]
    errors = [result.error for result in results] + [end.error for end in ends]
    error = next((error for error in errors if error is not None), None)
    whole = replace(
        own, tally=_settle(tally), accepted=sum(result.accepted for result in results), error=None
    )
    if error is not None and error.status is ExitStatus.TEMPORARY and not whole.left:
        # Somebody lost the relay, and the others have sent what it left.
        error = None
    ended = RunEnd.DONE if own.ended is RunEnd.FAILED else own.ended
    return replace(whole, ended=RunEnd.FAILED if error else ended, error=error)


def _settle(tally: Mapping[DeliveryStatus, int]) -> Mapping[DeliveryStatus, int]:
    """As the log stands once what a dead worker held is recovered."""
    becomes = {
        DeliveryStatus.SENDING: DeliveryStatus.PENDING,
        DeliveryStatus.COMMITTING: DeliveryStatus.UNKNOWN,
    }
    settled: Counter[DeliveryStatus] = Counter()
    for status, count in tally.items():
        settled[becomes.get(status, status)] += count
    return settled
