"""The engine over a transport in memory: everybody gets one outcome, and the run ends."""

import asyncio
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.dispatch import CheckingLog, JumpingClock, addresses, compose

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.engine import Engine, SilentObserver
from pressutskick.dispatch.interfaces import Fault, Outcome, Phase
from pressutskick.dispatch.run import RunEnd, RunOptions, RunResult
from pressutskick.errors import (
    AuthenticationError,
    ExitStatus,
    RelayUnavailable,
    RunOvertaken,
    TlsError,
)
from pressutskick.mail import Reply
from pressutskick.sentences import say
from pressutskick.transports.memory import ACCEPTED, MemorySession, MemoryTransport

_S = DeliveryStatus


def answer(code: int, text: str = "", phase: Phase = Phase.RCPT) -> Outcome:
    return Outcome(phase=phase, reply=Reply.parse(code, text))


def run(
    log: CheckingLog,
    transport: MemoryTransport,
    clock: JumpingClock | None = None,
    observer: SilentObserver | None = None,
    **options: object,
) -> RunResult:
    async def main() -> RunResult:
        engine = Engine(
            transport=transport,
            log=log,
            compose=compose,
            clock=clock or JumpingClock(),
            chance=lambda: 0.5,
            options=RunOptions(**options),  # type: ignore[arg-type]
            observer=observer,
        )
        return await asyncio.wait_for(engine.run(), 20)

    return asyncio.run(main())


def test_everybody_gets_one_message() -> None:
    log, transport = CheckingLog(addresses(500)), MemoryTransport()
    result = run(log, transport, connections=10)
    assert result.ended is RunEnd.DONE
    assert result.status is ExitStatus.OK
    assert result.accepted == 500
    assert sorted(m.envelope.forward_path for m in transport.messages) == sorted(addresses(500))


def test_nothing_due_opens_no_connection() -> None:
    log, transport = CheckingLog([]), MemoryTransport()
    assert run(log, transport).status is ExitStatus.OK
    assert transport.opened == 0


def test_no_more_connections_than_messages() -> None:
    log, transport = CheckingLog(addresses(3)), MemoryTransport()
    run(log, transport, connections=10)
    assert transport.opened <= 3


def test_a_refused_recipient_does_not_disturb_the_others() -> None:
    log = CheckingLog(addresses(20))
    transport = MemoryTransport(planned={addresses(20)[4]: [answer(550, "5.1.1 no such user")]})
    result = run(log, transport, connections=3)
    assert result.status is ExitStatus.REFUSED
    assert result.tally == {_S.ACCEPTED: 19, _S.REJECTED: 1}


def test_a_deferred_recipient_is_tried_again_within_the_run() -> None:
    log, clock = CheckingLog(addresses(5)), JumpingClock()
    transport = MemoryTransport(planned={addresses(5)[0]: [answer(451, "4.7.1 Greylisted")]})
    result = run(log, transport, clock, retry_for=timedelta(minutes=30))
    assert result.status is ExitStatus.OK
    once = [_S.SENDING, _S.COMMITTING]
    assert log.history[1] == [*once, _S.DEFERRED, *once, _S.ACCEPTED]
    assert 40 < clock.seconds < 120


def test_what_is_deferred_beyond_the_deadline_waits_for_the_next_run() -> None:
    log = CheckingLog(addresses(5))
    transport = MemoryTransport(planned={addresses(5)[0]: [answer(451)] * 9})
    result = run(log, transport, retry_for=timedelta(seconds=5))
    assert result.status is ExitStatus.TEMPORARY
    assert result.tally == {_S.ACCEPTED: 4, _S.DEFERRED: 1}
    again = run(log, MemoryTransport(), JumpingClock(), retry_for=timedelta(minutes=5))
    assert again.status is ExitStatus.OK


def test_a_refused_sender_stops_the_run_and_keeps_everybody() -> None:
    log = CheckingLog(addresses(50))
    refusal = answer(550, "5.7.60 may not send as this sender", Phase.MAIL)
    transport = MemoryTransport(planned={a: [refusal] for a in addresses(50)})
    result = run(log, transport, connections=1)
    assert result.status is ExitStatus.SETTINGS
    assert result.tally == {_S.DEFERRED: 1, _S.PENDING: 49}


def test_everything_refused_alike_stops_the_run() -> None:
    log = CheckingLog(addresses(100))
    refusal = answer(554, "5.7.1 no", Phase.FINAL)
    transport = MemoryTransport(planned={a: [refusal] for a in addresses(100)})
    result = run(log, transport, connections=1)
    assert result.status is ExitStatus.SETTINGS
    assert result.tally[_S.REJECTED] == 10


def test_everything_deferred_alike_pauses_the_run() -> None:
    log, clock = CheckingLog(addresses(100)), JumpingClock()
    transport = MemoryTransport(
        planned={a: [answer(451, "4.3.0 no space", Phase.DATA)] for a in addresses(12)}
    )
    result = run(log, transport, clock, connections=1)
    assert result.status is ExitStatus.OK
    assert clock.seconds >= 60


def test_a_lost_answer_after_the_dot_is_unknown_and_never_resent() -> None:
    log = CheckingLog(addresses(5))
    transport = MemoryTransport(
        planned={addresses(5)[2]: [Outcome(phase=Phase.FINAL, fault=Fault.LOST)]}
    )
    result = run(log, transport)
    assert result.status is ExitStatus.UNKNOWN
    assert result.tally == {_S.ACCEPTED: 4, _S.UNKNOWN: 1}
    assert run(log, MemoryTransport()).accepted == 0


def test_a_full_disk_stops_before_the_next_dot() -> None:
    log, transport = CheckingLog(addresses(100)), MemoryTransport()
    log.fails_at = 60
    result = run(log, transport, connections=4)
    assert result.status is ExitStatus.LOG
    committed = sum(_S.COMMITTING in history for history in log.history.values())
    assert len(transport.messages) <= committed


class FailingTransport(MemoryTransport):
    """Fails to open at the planned turns."""

    errors: list[Exception | None]

    async def open(self) -> MemorySession:
        self.opened += 1
        error = self.errors.pop(0) if self.errors else None
        if error:
            raise error
        return MemorySession(self)


def failing(*errors: Exception | None) -> FailingTransport:
    transport = FailingTransport()
    transport.errors = list(errors)
    return transport


def test_a_wrong_password_is_tried_once() -> None:
    transport = failing(*[AuthenticationError(say("no"))] * 10)
    log = CheckingLog(addresses(50))
    result = run(log, transport, connections=10)
    assert result.status is ExitStatus.LOGIN
    assert transport.opened == 1
    assert set(log.status.values()) == {_S.PENDING}


def test_an_untrusted_certificate_stops_the_run() -> None:
    result = run(CheckingLog(addresses(5)), failing(TlsError(say("no"))))
    assert result.status is ExitStatus.SETTINGS


def test_an_unreachable_relay_is_tried_three_times() -> None:
    transport = failing(*[RelayUnavailable(say("no"))] * 10)
    result = run(CheckingLog(addresses(5)), transport)
    assert result.status is ExitStatus.TEMPORARY
    assert transport.opened == 3


class RunningClock(JumpingClock):
    """Moves on a little with every look, as a real clock does."""

    def monotonic(self) -> float:
        self.seconds += 1e-6
        return self.seconds


def test_an_unreachable_relay_is_told_where_there_is_no_time_to_retry() -> None:
    transport = failing(*[RelayUnavailable(say("nobody there"))] * 10)
    log = CheckingLog(addresses(5))
    result = run(log, transport, RunningClock(), retry_for=timedelta(0))
    assert str(result.error) == "nobody there"
    assert transport.opened == 3


def test_a_relay_that_comes_back_is_used() -> None:
    transport = failing(RelayUnavailable(say("no")), RelayUnavailable(say("no")))
    assert run(CheckingLog(addresses(5)), transport).status is ExitStatus.OK


class SetBackClock(JumpingClock):
    """Somebody sets the computer's clock back by an hour once the run has begun."""

    reads = 0

    def now(self) -> datetime:
        self.reads += 1
        return super().now() - timedelta(hours=self.reads > 20)


def test_a_clock_that_is_set_back_delays_nobody() -> None:
    log, clock = CheckingLog(addresses(100)), SetBackClock()
    run(log, MemoryTransport(), clock)
    assert set(log.status.values()) == {_S.ACCEPTED}
    assert clock.seconds < 60


class LeapingClock(JumpingClock):
    """Somebody sets the computer's clock by so much once the run has begun."""

    def __init__(self, leap: timedelta) -> None:
        super().__init__()
        self._leap = leap
        self._reads = 0

    def now(self) -> datetime:
        self._reads += 1
        return super().now() + self._leap * (self._reads > 2)


@pytest.mark.parametrize("leap", [timedelta(hours=-5), timedelta(hours=5)])
def test_a_clock_that_is_set_makes_patience_neither_longer_nor_shorter(leap: timedelta) -> None:
    log, clock = CheckingLog(addresses(2)), LeapingClock(leap)
    transport = MemoryTransport(planned={addresses(2)[0]: [answer(451, "4.3.0 later")]})
    result = run(log, transport, clock, retry_for=timedelta(minutes=10))
    assert result.status is ExitStatus.OK
    assert 40 < clock.seconds < 120


def test_the_pool_shrinks_when_the_fourth_connection_is_refused() -> None:
    transport = failing(None, None, None, *[RelayUnavailable(say("no"))] * 7)
    result = run(CheckingLog(addresses(200)), transport, connections=10)
    assert result.status is ExitStatus.OK
    assert transport.opened <= 10


class Waits(SilentObserver):
    """What the run said that it waits for."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def waiting(self, until: object, reason: object) -> None:
        self.reasons.append(str(reason))


def test_a_wait_for_a_retry_is_not_called_one_for_the_rate() -> None:
    async def reasons(transport: MemoryTransport) -> list[str]:
        watch = Waits()
        engine = Engine(
            transport=transport,
            log=CheckingLog(addresses(5)),
            compose=compose,
            clock=JumpingClock(),
            chance=lambda: 0.5,
            options=RunOptions(connections=1, rate=2.0, retry_for=timedelta(hours=1)),
            observer=watch,
        )
        await asyncio.wait_for(engine.run(), 20)
        return watch.reasons

    rate, later = "the rate allows no more now", "some mail servers asked us to come back later"
    put_off = {addresses(5)[4]: [answer(451, "4.2.0 later")]}
    assert set(asyncio.run(reasons(MemoryTransport()))) == {rate}
    told = asyncio.run(reasons(MemoryTransport(planned=put_off)))
    assert (told[0], told[-1]) == (rate, later)


def test_the_rate_is_kept_over_all_connections() -> None:
    clock = JumpingClock()
    result = run(CheckingLog(addresses(30)), MemoryTransport(), clock, connections=4, rate=20.0)
    assert result.accepted == 30
    assert 85 <= clock.seconds <= 95


def test_stopping_begins_nothing_new_and_releases_the_rest() -> None:
    log, transport = CheckingLog(addresses(500)), MemoryTransport()

    class StopAtFive(SilentObserver):
        def delivered(self, *args: object) -> None:
            if len(transport.messages) == 5:
                engine.stop()

    engine: Engine

    async def main() -> RunResult:
        nonlocal engine
        engine = Engine(
            transport=transport,
            log=log,
            compose=compose,
            clock=JumpingClock(),
            chance=lambda: 0.5,
            options=RunOptions(connections=3),
            observer=StopAtFive(),
        )
        return await engine.run()

    result = asyncio.run(main())
    assert result.status is ExitStatus.INTERRUPTED
    assert result.tally[_S.ACCEPTED] == len(transport.messages) < 50
    assert result.tally[_S.PENDING] == 500 - len(transport.messages)


def test_a_run_that_a_change_overtakes_finishes_what_is_in_flight_and_gives_back_the_rest() -> None:
    log, transport = CheckingLog(addresses(500)), MemoryTransport()

    class AskAtFive(SilentObserver):
        def delivered(self, *args: object) -> None:
            if len(transport.messages) == 5 and not log.asked.done():
                log.asked.set_result(None)

    result = run(log, transport, JumpingClock(), connections=3, observer=AskAtFive())
    assert result.status is ExitStatus.TEMPORARY
    assert isinstance(result.error, RunOvertaken)
    assert result.tally[_S.ACCEPTED] == len(transport.messages) < 50
    assert result.tally[_S.PENDING] == 500 - len(transport.messages)


OUTCOMES = [
    ACCEPTED,
    answer(451, "4.7.1 greylisted"),
    answer(550, "5.1.1 no"),
    answer(421, "4.3.2 closing", Phase.MAIL),
    Outcome(phase=Phase.DATA, fault=Fault.LOST),
    Outcome(phase=Phase.FINAL, fault=Fault.TIMEOUT),
]


@given(
    plans=st.lists(st.lists(st.sampled_from(OUTCOMES), max_size=4), max_size=25),
    connections=st.integers(1, 6),
)
def test_nobody_is_lost_and_nobody_gets_two(plans: list[list[Outcome]], connections: int) -> None:
    names = addresses(len(plans))
    log, transport = CheckingLog(names), MemoryTransport()
    transport.planned = {name: list(plan) for name, plan in zip(names, plans, strict=True)}
    result = run(log, transport, connections=connections, retry_for=timedelta(hours=4))
    assert sum(result.tally.values()) == len(plans)
    received = [message.envelope.forward_path for message in transport.messages]
    assert len(received) == len(set(received))
    for name, status in log.by_address().items():
        assert (name in received) == (status is _S.ACCEPTED)
        assert status in {_S.ACCEPTED, _S.REJECTED, _S.UNKNOWN}
