"""Round trips, counted exactly: one per message where the relay offers PIPELINING."""

import asyncio

import pytest
from tests.kit.dispatch import CheckingLog, addresses
from tests.kit.proxy import TurnCounter
from tests.kit.relay import PATIENT, tell

from pressutskick.transports.relay.faults import ScriptedFault, Stage, refuse
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.relay.server import RelayServer
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport


async def count_turns(rules: RelayRules, messages: int, connections: int) -> float:
    log = CheckingLog(addresses(messages))
    async with RelayServer(rules) as relay, TurnCounter(relay.port) as proxy:
        address = SmtpAddress(
            host="127.0.0.1", port=proxy.port, encryption=Encryption.NONE, timeouts=PATIENT
        )
        await tell(rules, log=log, transport=SmtpTransport(address), connections=connections)
        assert relay.accepted == messages
    return proxy.turns / messages


@pytest.mark.parametrize("connections", [1, 2])
def test_a_message_costs_one_round_trip(connections: int) -> None:
    assert asyncio.run(count_turns(RelayRules(), 500, connections)) <= 1.05


def test_a_message_costs_four_without_pipelining() -> None:
    assert asyncio.run(count_turns(RelayRules(pipelining=False), 100, 1)) <= 4.1


def test_a_refused_recipient_costs_no_more() -> None:
    faults = [ScriptedFault(stage=Stage.RCPT, misbehaviour=refuse(451), rate=0.2, times=50)]
    per_message = asyncio.run(count_turns(RelayRules(faults=faults), 300, 1))
    assert per_message <= 350 / 300 + 0.1
