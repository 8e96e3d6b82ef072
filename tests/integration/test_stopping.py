"""Stopping over real sockets: by the person, by the log. What is in flight is told as it is."""

import asyncio

import pytest
from tests.kit.dispatch import CheckingLog, JumpingClock, addresses, compose
from tests.kit.relay import PATIENT, run_story

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.engine import Engine
from pressutskick.dispatch.run import RunOptions, RunResult
from pressutskick.errors import ExitStatus
from pressutskick.transports.relay.faults import Misbehaviour, ScriptedFault, Stage, Victim, hang
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.relay.server import RelayServer
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport

_S = DeliveryStatus
PLAIN_OR_PIPELINED = pytest.mark.parametrize("pipelining", [False, True])


async def stop_at(
    stage: Stage, *, abort: bool, pipelining: bool
) -> tuple[RunResult, CheckingLog, RelayServer]:
    """Stops, and perhaps aborts, when the relay reads the fourth of `stage`."""
    log = CheckingLog(addresses(40))
    engine: Engine

    def press_ctrl_c(victim: Victim) -> None:
        engine.stop()
        if abort:
            hang(victim)
            # The second one comes at once, before anything more can happen.
            asyncio.get_running_loop().call_soon(engine.abort)
        else:
            victim.answer()

    pressed: Misbehaviour = press_ctrl_c
    fault = ScriptedFault(stage=stage, misbehaviour=pressed, skip=3, times=1)
    async with RelayServer(RelayRules(pipelining=pipelining, faults=[fault])) as relay:
        engine = Engine(
            transport=SmtpTransport(
                SmtpAddress(
                    host="127.0.0.1", port=relay.port, encryption=Encryption.NONE, timeouts=PATIENT
                )
            ),
            log=log,
            compose=compose,
            clock=JumpingClock(),
            chance=lambda: 0.5,
            options=RunOptions(connections=1),
        )
        result = await asyncio.wait_for(engine.run(), 20)
    return result, log, relay


@PLAIN_OR_PIPELINED
@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.DATA, Stage.FINAL])
def test_the_first_ctrl_c_finishes_what_is_in_flight(stage: Stage, pipelining: bool) -> None:
    result, log, relay = asyncio.run(stop_at(stage, abort=False, pipelining=pipelining))
    assert result.status is ExitStatus.INTERRUPTED
    assert set(log.status.values()) == {_S.ACCEPTED, _S.PENDING}
    assert 4 <= relay.accepted == result.tally[_S.ACCEPTED] <= 6


@PLAIN_OR_PIPELINED
@pytest.mark.parametrize(
    ("stage", "status"),
    [(Stage.MAIL, _S.DEFERRED), (Stage.DATA, _S.DEFERRED), (Stage.FINAL, _S.UNKNOWN)],
)
def test_the_second_ctrl_c_quits_and_tells_what_is_in_doubt(
    stage: Stage, status: DeliveryStatus, pipelining: bool
) -> None:
    result, log, relay = asyncio.run(stop_at(stage, abort=True, pipelining=pipelining))
    assert result.status is ExitStatus.INTERRUPTED
    assert log.status[4] is status
    assert relay.accepted == 3
    # A message behind the third may have been announced too; nothing of it can have been taken.
    assert set(list(log.status.values())[4:]) <= {_S.PENDING, _S.DEFERRED}


@PLAIN_OR_PIPELINED
@pytest.mark.parametrize("fails_at", range(25, 37))
def test_a_log_that_fails_stops_before_the_next_dot(fails_at: int, pipelining: bool) -> None:
    log = CheckingLog(addresses(60))
    log.fails_at = fails_at
    story = run_story(RelayRules(pipelining=pipelining), log=log, connections=2)
    assert story.result.status is ExitStatus.LOG
    committed = {
        log.addresses[row] for row, history in log.history.items() if _S.COMMITTING in history
    }
    assert set(story.received) <= committed
