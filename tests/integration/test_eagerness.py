"""Relays that take no command before they have answered a content; RFC 2920 would let us write one."""

import asyncio
from pathlib import Path

import pytest
from tests.kit.dispatch import CheckingLog, addresses
from tests.kit.proxy import TurnCounter
from tests.kit.relay import PATIENT, Story, tell

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.transports.eagerness import FIRST_IN_TURN, Eagerness
from pressutskick.transports.relay.faults import ScriptedFault, Stage, in_turn, parse_fault, refuse
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.relay.server import RelayServer
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport


def story(script: str, *, people: int = 40, connections: int = 4) -> Story:
    rules = RelayRules(faults=[parse_fault(script)])
    return asyncio.run(
        tell(rules, addresses(people), connections=connections, eagerness=Eagerness())
    )


@pytest.mark.parametrize("script", ["in-turn-at-final", "deaf-at-final", "strict-at-final"])
@pytest.mark.parametrize("connections", [1, 4])
def test_everybody_is_mailed_once_where_a_relay_wants_its_turn(
    script: str, connections: int
) -> None:
    told = story(script, connections=connections)
    told.assert_nobody_lost_or_doubled()
    assert told.result.tally == {DeliveryStatus.ACCEPTED: 40}


def test_a_relay_that_hangs_up_on_the_eager_leaves_one_outcome_unknown_and_never_another(
    tmp_path: Path,
) -> None:
    async def tell_twice() -> tuple[Story, Story]:
        rules = RelayRules(faults=[parse_fault("stern-at-final")])
        async with RelayServer(rules) as relay:
            address = SmtpAddress(
                host="127.0.0.1",
                port=relay.port,
                encryption=Encryption.NONE,
                timeouts=PATIENT,
                notes=tmp_path / "relays",
            )
            return (
                await tell(rules, addresses(40), transport=SmtpTransport(address)),
                await tell(rules, addresses(40), transport=SmtpTransport(address)),
            )

    first, second = asyncio.run(tell_twice())
    assert first.result.tally == {DeliveryStatus.UNKNOWN: 1, DeliveryStatus.ACCEPTED: 39}
    assert second.result.tally == {DeliveryStatus.ACCEPTED: 40}


def test_a_short_list_takes_no_risk() -> None:
    told = story("stern-at-final", people=FIRST_IN_TURN)
    assert told.result.tally == {DeliveryStatus.ACCEPTED: FIRST_IN_TURN}


def test_a_relay_that_is_known_gets_its_turn_from_the_start() -> None:
    rules = RelayRules(name="mail.example Haraka", faults=[parse_fault("in-turn-at-final")])
    told = asyncio.run(tell(rules, addresses(40), connections=4, eagerness=Eagerness()))
    assert told.result.tally == {DeliveryStatus.ACCEPTED: 40}
    assert sum(map(len, told.log.outcomes.values())) == 40


def test_only_the_first_message_behind_a_content_is_asked_again() -> None:
    told = story("in-turn-at-final", connections=10)
    assert sum(map(len, told.log.outcomes.values())) == 41


def test_waiting_its_turn_costs_two_round_trips() -> None:
    async def count() -> float:
        rules = RelayRules(faults=[ScriptedFault(stage=Stage.FINAL, misbehaviour=in_turn)])
        log = CheckingLog(addresses(200))
        async with RelayServer(rules) as relay, TurnCounter(relay.port) as proxy:
            address = SmtpAddress(
                host="127.0.0.1", port=proxy.port, encryption=Encryption.NONE, timeouts=PATIENT
            )
            await tell(rules, log=log, transport=SmtpTransport(address), connections=1)
            assert relay.accepted == 200
        return proxy.turns / 200

    assert asyncio.run(count()) <= 2.05


def test_a_sender_that_is_refused_in_its_turn_too_stops_the_run() -> None:
    """After some accepted messages the relay refuses the sender, behind a content and in its turn."""
    rules = RelayRules(faults=[ScriptedFault(stage=Stage.MAIL, misbehaviour=refuse(550), skip=15)])
    told = asyncio.run(tell(rules, addresses(30), connections=1, eagerness=Eagerness()))
    told.assert_nobody_lost_or_doubled()
    assert told.result.error is not None
    assert told.result.tally[DeliveryStatus.ACCEPTED] == 15
    assert DeliveryStatus.REJECTED not in told.result.tally
