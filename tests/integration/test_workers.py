"""Several processes over real sockets and one log: one mail each, whoever dies or says stop."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.kit.deliveries import order, ready
from tests.kit.messages import make_composition
from tests.kit.program import workers_of
from tests.kit.relay import PATIENT

from pressutskick.deliverylog.locks import worker_lock
from pressutskick.deliverylog.sqlite import SqliteDeliveryLog
from pressutskick.dispatch.delivery import DeliveryStatus as S
from pressutskick.dispatch.engine import Engine, SilentObserver
from pressutskick.dispatch.interfaces import OutboundMessage
from pressutskick.dispatch.run import RunOptions, RunResult
from pressutskick.errors import DispatchInProgress, ExitStatus
from pressutskick.message.compose import MessagePlan
from pressutskick.transports.clock import SystemClock
from pressutskick.transports.relay.faults import Fault, Stage, Victim
from pressutskick.transports.relay.server import RelayRules, RelayServer
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport
from pressutskick.workers.crew import Crew
from pressutskick.workers.orders import WorkOrder

#: More than one process claims ahead.
COUNT = 60


@dataclass(slots=True)
class Meeting:
    """Lets nobody past `stage` before both processes are there: the parent's comes first.

    `then` happens when they are, and answers whom it wants.
    """

    then: Callable[[Sequence[Victim]], None]
    victims: list[Victim] = field(default_factory=list)

    def __call__(self, victim: Victim) -> None:
        self.victims.append(victim)
        if len(self.victims) == 2:
            self.then(self.victims)


def answer_both(victims: Sequence[Victim]) -> None:
    for victim in victims:
        answer(victim)


def answer(victim: Victim) -> None:
    victim.answer()
    victim.flush()


@dataclass(slots=True)
class Run:
    """What one run with two processes came to; `crew` and `engine` are there while it runs."""

    log: SqliteDeliveryLog
    rules: RelayRules
    result: RunResult | None = None
    crew: Crew | None = None
    engine: Engine | None = None
    received: Counter[str] = field(default_factory=Counter)
    connections: int = 0

    def statuses(self) -> Counter[str]:
        (summary,) = self.log.dispatches()
        return Counter({str(status): count for status, count in summary.counts.items() if count})

    async def play(self) -> RunResult:
        plan = MessagePlan(make_composition())
        async with RelayServer(self.rules) as relay:
            with self.log.begin(order(), ready(range(COUNT))) as opened:
                whole = WorkOrder(
                    database=self.log.path,
                    key=order().key,
                    dispatch_id=opened.dispatch_id,
                    run_id=opened.run_id,
                    address=SmtpAddress(
                        host="127.0.0.1",
                        port=relay.port,
                        encryption=Encryption.NONE,
                        timeouts=PATIENT,
                    ),
                    composition=plan.composition,
                    options=RunOptions(connections=2),
                )
                own, *others = whole.share(2)
                self.crew = Crew(others, opened, SilentObserver())
                self.engine = Engine(
                    transport=SmtpTransport(own.address),
                    log=opened,
                    compose=lambda delivery: OutboundMessage.of(plan.message(delivery.recipient)),
                    clock=SystemClock(),
                    chance=random.random,
                    options=own.options,
                    observer=self.crew,
                )
                self.result = await asyncio.wait_for(self.crew.run(self.engine), 60)
            self.received += Counter(receipt.recipient for receipt in relay.receipts)
            self.connections = relay.connections
        return self.result


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(SqliteDeliveryLog(tmp_path / "log.db"), RelayRules(pipelining=False))


def meet(run: Run, stage: Stage, then: Callable[[Sequence[Victim]], None]) -> None:
    run.rules.faults[:] = [Fault(stage=stage, misbehaviour=Meeting(then), times=2)]


def test_two_processes_share_a_run_and_everybody_gets_one(run: Run) -> None:
    meet(run, Stage.MAIL, answer_both)
    result = asyncio.run(run.play())
    assert (result.status, result.accepted, result.left) == (ExitStatus.OK, COUNT, 0)
    assert (len(run.received), run.received.total()) == (COUNT, COUNT)
    assert run.connections == 2


def test_no_worker_tries_what_the_first_connection_was_refused(run: Run) -> None:
    refuse = Fault(stage=Stage.EHLO, misbehaviour=lambda victim: victim.send(b"554 5.7.1 No\r\n"))
    run.rules.faults[:] = [refuse]
    result = asyncio.run(run.play())
    assert result.status is ExitStatus.SETTINGS
    assert (run.connections, result.left) == (1, COUNT)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker in /proc")
@pytest.mark.parametrize(
    # While MAIL waits for its answer the intent may be durable already, or not yet.
    ("stage", "doubts"),
    [(Stage.MAIL, {0, 1}), (Stage.FINAL, {1})],
)
def test_a_worker_that_is_killed_leaves_the_truth(run: Run, stage: Stage, doubts: set[int]) -> None:
    def kill(victims: Sequence[Victim]) -> None:
        (worker,) = workers_of(os.getpid())
        os.kill(worker, signal.SIGKILL)
        answer(victims[0])

    meet(run, stage, kill)
    result = asyncio.run(run.play())
    doubtful = run.statuses()["unknown"]
    assert doubtful in doubts
    assert result.status is (ExitStatus.UNKNOWN if doubtful else ExitStatus.TEMPORARY)
    again = asyncio.run(run.play())
    assert again.left == 0
    assert run.statuses() == Counter(accepted=COUNT - doubtful, unknown=doubtful)
    assert run.received.total() == len(run.received) == COUNT - doubtful


def test_the_first_ctrl_c_finishes_what_is_in_flight_in_both(run: Run) -> None:
    def stop(victims: Sequence[Victim]) -> None:
        assert run.engine is not None
        assert run.crew is not None
        run.engine.stop()
        run.crew.stop()
        answer_both(victims)

    meet(run, Stage.DATA, stop)
    result = asyncio.run(run.play())
    assert result.status is ExitStatus.INTERRUPTED
    assert set(run.statuses()) == {"accepted", "pending"}
    assert result.accepted == run.received.total() == run.statuses()["accepted"] >= 2


def test_the_second_ctrl_c_cuts_both_and_names_the_doubtful(run: Run) -> None:
    def abort(victims: Sequence[Victim]) -> None:
        assert run.engine is not None
        assert run.crew is not None
        run.engine.abort()
        run.crew.abort()

    meet(run, Stage.FINAL, abort)
    result = asyncio.run(run.play())
    assert result.status is ExitStatus.INTERRUPTED
    assert run.statuses()["unknown"] == 2
    assert run.received.total() == 0


def test_what_stops_one_worker_for_good_stops_all(run: Run) -> None:
    def refuse_the_worker(victims: Sequence[Victim]) -> None:
        victims[1].send(b"530 5.7.0 Authentication required\r\n")
        victims[1].flush()
        answer(victims[0])

    meet(run, Stage.MAIL, refuse_the_worker)
    result = asyncio.run(run.play())
    assert result.error is not None
    assert result.status is ExitStatus.SETTINGS
    assert result.left > 0


def test_a_run_waits_for_the_workers_of_one_that_died(tmp_path: Path) -> None:
    log = SqliteDeliveryLog(tmp_path / "log.db")
    with worker_lock(log.path, order().key, 1), pytest.raises(DispatchInProgress):
        log.begin(order(), ready(range(3))).__enter__()
    with log.begin(order(), ready(range(3))) as opened:
        assert asyncio.run(_tally(opened)) == {S.PENDING: 3}


async def _tally(opened: object) -> object:
    return await opened.tally()  # type: ignore[attr-defined]
