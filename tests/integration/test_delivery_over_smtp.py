"""Delivery over real sockets to the scripted relay, well-behaved and not quite."""

from datetime import timedelta

import pytest
from tests.kit.dispatch import addresses
from tests.kit.relay import run_story

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.errors import ExitStatus
from pressutskick.transports.relay.faults import ScriptedFault, Stage, refuse
from pressutskick.transports.relay.rules import RelayRules

_S = DeliveryStatus


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("connections", [1, 4])
def test_everybody_gets_the_very_bytes(pipelining: bool, connections: int) -> None:
    story = run_story(RelayRules(pipelining=pipelining), addresses(200), connections=connections)
    assert story.result.status is ExitStatus.OK
    assert story.received == dict.fromkeys(addresses(200), 1)
    for receipt in story.relay.receipts:
        assert receipt.content.endswith(f"Hej {receipt.recipient}\r\n.slut\r\n".encode())
    assert story.relay.most_connections <= connections


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("stage", [Stage.RCPT, Stage.DATA, Stage.FINAL])
def test_a_refused_recipient_leaves_the_connection_in_step(pipelining: bool, stage: Stage) -> None:
    people = addresses(30)
    faults = [
        ScriptedFault(stage=stage, misbehaviour=refuse(550), address=people[7]),
        ScriptedFault(stage=stage, misbehaviour=refuse(451), address=people[8], times=1),
        ScriptedFault(stage=stage, misbehaviour=refuse(550), address=people[29]),
    ]
    story = run_story(RelayRules(pipelining=pipelining, faults=faults), people, connections=1)
    story.assert_nobody_lost_or_doubled()
    assert story.result.tally == {_S.ACCEPTED: 28, _S.REJECTED: 2}
    assert story.relay.connections == 2  # the retry came a minute later


def test_greylisting_ends_with_everybody_served() -> None:
    story = run_story(RelayRules(greylists=True), addresses(40), connections=3)
    assert story.result.tally == {_S.ACCEPTED: 40}
    assert all(count == 2 for count in story.log.attempts.values())


def test_a_relay_that_takes_three_connections_gets_three() -> None:
    story = run_story(RelayRules(limit=3), addresses(300), connections=10)
    story.assert_nobody_lost_or_doubled()
    assert story.result.status is ExitStatus.OK
    assert story.relay.connections <= 10 + 3


@pytest.mark.parametrize("pipelining", [True, False])
def test_a_connection_that_retires_after_some_messages_is_replaced(pipelining: bool) -> None:
    rules = RelayRules(quota=7, pipelining=pipelining)
    story = run_story(rules, addresses(60), connections=2)
    story.assert_nobody_lost_or_doubled()
    assert story.result.status is ExitStatus.OK


def test_a_message_beyond_the_relays_size_stops_before_mail() -> None:
    story = run_story(RelayRules(size=50), addresses(10))
    assert story.result.status is ExitStatus.DATA
    assert not any(line.startswith(b"MAIL") for line in story.relay.transcript)


def test_an_address_beyond_ascii_needs_smtputf8() -> None:
    people = ["åsa@newsdesk.example", *addresses(3)]
    refused = run_story(RelayRules(smtputf8=False), people)
    assert refused.result.tally == {_S.ACCEPTED: 3, _S.REJECTED: 1}
    taken = run_story(RelayRules(), people)
    assert taken.result.tally == {_S.ACCEPTED: 4}
    assert any(line.endswith(b" SMTPUTF8") for line in taken.relay.transcript)


def test_microsofts_pace_is_kept_after_a_432() -> None:
    from pressutskick.dispatch.relays import Relay

    class Slow:
        def __call__(self, victim) -> None:
            victim.send(b"432 4.3.2 Concurrent connections limit exceeded\r\n")

    faults = [ScriptedFault(stage=Stage.MAIL, misbehaviour=Slow(), skip=5, times=1)]
    story = run_story(
        RelayRules(faults=faults), addresses(20), relay=Relay.MICROSOFT365, connections=2
    )
    story.assert_nobody_lost_or_doubled()
    assert story.result.status is ExitStatus.OK
    assert story.result.seconds >= 55


def test_the_server_id_is_kept() -> None:
    acceptance = "2.0.0 OK <abc@prod.outlook.example> [Hostname=x.example]"
    story = run_story(RelayRules(acceptance=acceptance), addresses(2))
    outcomes = [outcomes[-1].server_id for outcomes in story.log.outcomes.values()]
    assert outcomes == ["abc@prod.outlook.example"] * 2


def test_replies_that_arrive_in_several_reads_are_told_apart() -> None:
    acceptance = "2.0.0 " + "queued " * 580
    story = run_story(RelayRules(acceptance=acceptance), addresses(40), connections=2)
    story.assert_nobody_lost_or_doubled()
    assert story.result.tally == {_S.ACCEPTED: 40}


def test_a_quiet_end_of_patience_leaves_the_rest_for_the_next_run() -> None:
    faults = [ScriptedFault(stage=Stage.RCPT, misbehaviour=refuse(451), address=addresses(5)[1])]
    story = run_story(RelayRules(faults=faults), retry_for=timedelta(0))
    assert story.result.status is ExitStatus.TEMPORARY
    assert story.result.tally == {_S.ACCEPTED: 4, _S.DEFERRED: 1}
