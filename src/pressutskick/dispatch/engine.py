"""The run: so many connections that draw deliveries until none is left.

The first connection opens alone, so that a wrong password is tried once and not ten times. Workers
never raise: an outcome is a value, and what must stop the run is kept in the feed's ending, so that
everything in flight finishes and is recorded first. Knows no SMTP, no SQL, no clock of its own.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from pressutskick.dispatch.feed import Feed, Load
from pressutskick.dispatch.interfaces import (
    Clock,
    Decision,
    Delivery,
    Observer,
    OpenDispatch,
    OutboundMessage,
    Outcome,
    Transport,
    TransportSession,
)
from pressutskick.dispatch.pacing import Pool
from pressutskick.dispatch.policy import CONNECT_BACKOFF, CONNECT_TRIES, backoff
from pressutskick.dispatch.run import RunEnd, RunOptions, RunResult
from pressutskick.dispatch.steady import SteadyClock
from pressutskick.errors import (
    DeliveryLogError,
    PressutskickError,
    RelaySilent,
    RelayUnavailable,
    RunOvertaken,
)
from pressutskick.sentences import say


class SilentObserver:
    """Watches nothing."""

    def delivered(self, delivery: Delivery, outcome: Outcome, decision: Decision) -> None:
        """An attempt has ended."""

    def waiting(self, until: object, reason: object) -> None:
        """Nothing can be sent before `until`."""

    def connected(self, connections: int) -> None:
        """So many connections are open now."""


class _Draw:
    """The feed as one session sees it, with the message that the connection was opened for."""

    def __init__(self, feed: Feed, first: Load) -> None:
        self._feed = feed
        self._first: Load | None = first
        self.commit = feed.commit
        self.check_log = feed.check_log
        self.report = feed.report
        self.give_back = feed.give_back
        self.next_ready = feed.next_ready

    async def next(self) -> Load | None:
        """The first message, then what the feed has."""
        if self._first is not None and not self._feed.ending.is_ended:
            first, self._first = self._first, None
            return first
        return await self._feed.next()

    def give_back_first(self) -> None:
        """The session never asked for its first message."""
        if self._first is not None:
            self._feed.give_back(self._first[0])
            self._first = None


class Engine:
    """One run of one dispatch. `run` once; `stop` and `abort` from anywhere in the loop."""

    def __init__(
        self,
        *,
        transport: Transport,
        log: OpenDispatch,
        compose: Callable[[Delivery], OutboundMessage],
        clock: Clock,
        chance: Callable[[], float],
        options: RunOptions | None = None,
        observer: Observer | None = None,
    ) -> None:
        """`compose` makes a delivery's message; `chance` gives random numbers in [0, 1)."""
        self._options = options or RunOptions()
        self._transport = transport
        self._log = log
        self._clock = SteadyClock(clock)
        self._chance = chance
        self._observer = observer or SilentObserver()
        self._feed = Feed(
            log=log,
            compose=compose,
            clock=self._clock,
            chance=chance,
            options=self._options,
            observer=self._observer,
        )
        self._pool = Pool(self._options.connections)
        self._workers: list[asyncio.Task[None]] = []
        self._openings: set[asyncio.Future[TransportSession]] = set()
        self._open = 0
        self._working = 0
        self._failures = 0
        self._was_connected = False
        self._is_stopped = False

    def stop(self) -> None:
        """Nothing new is begun; what is in flight finishes. For the first Ctrl-C and SIGTERM.

        A connection that is only being opened has nothing in flight, and is not waited for.
        """
        self._is_stopped = True
        self._end_early()

    def _overtake(self, asked: asyncio.Future[None]) -> None:
        if not asked.cancelled():
            self._end_early(
                RunOvertaken(
                    say("A correction or a cancellation of this release has ended this run."),
                    remedy=say("Look at what was sent with: pressutskick log"),
                )
            )

    def _end_early(self, error: PressutskickError | None = None) -> None:
        self._feed.end(error)
        for opening in self._openings:
            opening.cancel()

    def abort(self) -> None:
        """Connections are cut; what was after its final dot becomes unknown. The second Ctrl-C."""
        self.stop()
        for worker in self._workers:
            worker.cancel()

    async def run(self) -> RunResult:
        """Sends what is due until nothing is left, the deadline passes, or something stops it.

        Whatever happens, every delivery taken has been recorded on return, unless the log itself
        failed. A fault of ours is raised as it is, after that.
        """
        began = self._clock.monotonic()
        overtaken = self._log.watch()
        overtaken.add_done_callback(self._overtake)
        await self._staff()
        await self._settle()
        overtaken.cancel()
        if self._feed.ending.fault is not None:
            raise self._feed.ending.fault
        error = self._feed.ending.error
        return RunResult(
            ended=self._end(),
            tally={} if isinstance(error, DeliveryLogError) else await self._log.tally(),
            accepted=self._feed.accepted,
            seconds=self._clock.monotonic() - began,
            error=error,
        )

    def _end(self) -> RunEnd:
        if self._feed.ending.error is not None:
            return RunEnd.FAILED
        return RunEnd.STOPPED if self._is_stopped else RunEnd.DONE

    async def _staff(self) -> None:
        """Runs the first worker, and the others once its connection stands."""
        self._hire()
        while self._workers:
            done, _ = await asyncio.wait(self._workers, return_when=asyncio.FIRST_COMPLETED)
            for worker in done:
                self._workers.remove(worker)

    def _hire(self) -> None:
        self._working += 1
        self._workers.append(asyncio.create_task(self._work()))

    async def _settle(self) -> None:
        unused = await self._feed.settle()
        if unused and not isinstance(self._feed.ending.error, DeliveryLogError):
            try:
                await self._log.release([delivery.id for delivery in unused])
            except DeliveryLogError as error:
                self._feed.end(error)

    async def _work(self) -> None:
        try:
            while self._working <= self._pool.size:
                load = await self._feed.take()
                if load is None:
                    break
                await self._serve(load)
        except asyncio.CancelledError:
            pass
        except Exception as fault:  # noqa: BLE001 - raised by `run` when the others have ended
            self._feed.fail(fault)
        finally:
            self._working -= 1
            self._feed.ring()

    async def _serve(self, load: Load) -> None:
        """Opens a connection for `load` and lets it draw until it ends."""
        draw = _Draw(self._feed, load)
        try:
            session = await self._connect()
            if session is not None:
                await self._draw(session, draw)
        finally:
            draw.give_back_first()

    async def _connect(self) -> TransportSession | None:
        try:
            if not await self._log.pace.take_seat(self._options.connections):
                raise RelayUnavailable(  # noqa: TRY301 - as if the relay had refused one
                    say("Other machines use every connection of this mailbox.")
                )
            session = await self._open_seated()
        except RelayUnavailable as error:
            self._lost(error)
            return None
        except PressutskickError as error:
            self._feed.end(error)
            return None
        if session is not None and not self._was_connected:
            self._was_connected = True
            for _ in range(self._options.connections - 1):
                self._hire()
        return session

    async def _open_seated(self) -> TransportSession | None:
        session = None
        try:
            session = await self._open_session()
        finally:
            if session is None:
                await self._leave_seat()
        return session

    async def _leave_seat(self) -> None:
        try:
            await self._log.pace.leave_seat()
        except DeliveryLogError as error:
            self._feed.end(error)

    async def _open_session(self) -> TransportSession | None:
        """A session, or None where the run was stopped before there was one."""
        opening = asyncio.ensure_future(self._transport.open())
        self._openings.add(opening)
        try:
            await asyncio.wait((opening,))
        finally:
            # Done, unless this connection is cut too.
            opening.cancel()
            self._openings.discard(opening)
        return None if opening.cancelled() else opening.result()

    async def _draw(self, session: TransportSession, draw: _Draw) -> None:
        self._count(1)
        before = self._feed.accepted
        try:
            ended_by = await session.run(draw)
        except DeliveryLogError as error:
            self._feed.end(error)
            ended_by = None
        finally:
            self._count(-1)
            await session.close()
            await self._leave_seat()
        if ended_by is None or self._feed.accepted > before:
            self._failures = 0
        else:
            self._lost(RelayUnavailable(say("The mail server keeps closing the connection.")))

    def _count(self, step: int) -> None:
        self._open += step
        self._observer.connected(self._open)

    def _lost(self, error: RelayUnavailable) -> None:
        """Fewer connections where others stand; a pause, or the end, where none does."""
        if self._open:
            self._pool.refuse(self._open)
        elif not self._feed.is_paused:
            self._failures += 1
            seconds = backoff(CONNECT_BACKOFF, self._failures - 1, self._chance())
            is_late = self._clock.now() + timedelta(seconds=seconds) > self._feed.deadline
            is_over = is_late or not self._was_connected
            has_tried = self._failures >= CONNECT_TRIES
            # Silence has taken its time already, where a refusal comes at once.
            if is_over and (has_tried or (is_late and isinstance(error, RelaySilent))):
                self._feed.end(error)
            else:
                self._feed.pause(seconds, error.sentence, is_decided=True)
