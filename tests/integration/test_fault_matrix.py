"""The fault matrix: every phase and every misbehaviour, over a real socket.

For each cell: the right status for the one concerned and for every other recipient, nobody twice,
nobody lost, and the run ends by itself.
"""

import asyncio
import socket
from pathlib import Path

import pytest
from tests.kit import tls
from tests.kit.dispatch import CheckingLog, addresses, compose
from tests.kit.relay import BRIEF, FOR_LARGE, proven, run_story

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Delivery, OutboundMessage
from pressutskick.errors import ExitStatus
from pressutskick.mail import Envelope
from pressutskick.transports.eagerness import Eagerness
from pressutskick.transports.relay.faults import (
    MISBEHAVIOURS,
    Misbehaviour,
    ScriptedFault,
    Stage,
    refuse,
)
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.smtp import Encryption, SmtpAddress

_S = DeliveryStatus
PEOPLE = addresses(6)
VICTIM = PEOPLE[2]
PLAIN_OR_PIPELINED = pytest.mark.parametrize("pipelining", [False, True])

#: Pipelined in turn, and with commands behind the content before it has its answer.
#: The last over TLS.
DIALOGUES = {
    "plain": None,
    "in turn": lambda: Eagerness(is_welcome=False),
    "eager": proven,
    "encrypted": proven,
}

#: What breaks the connection, and what the delivery concerned becomes before the final dot.
BREAKING = ["421", "drop", "reset", "hang", "garbage", "nul", "endless", "half", "half-lines"]


def misbehave(name: str) -> Misbehaviour:
    return refuse(int(name)) if name.isdecimal() else MISBEHAVIOURS[name]


def strike(name: str, stage: Stage, **more: object) -> ScriptedFault:
    return ScriptedFault(stage=stage, misbehaviour=misbehave(name), **more)  # type: ignore[arg-type]


def cells() -> list[tuple[Stage, str, DeliveryStatus]]:
    """(stage, misbehaviour, what the victim's first attempt ends as)."""
    found = []
    for stage in (Stage.MAIL, Stage.RCPT, Stage.DATA):
        found += [(stage, name, _S.DEFERRED) for name in ["451", "wrong", *BREAKING]]
    found += [(stage, "550", _S.REJECTED) for stage in (Stage.RCPT, Stage.DATA, Stage.FINAL)]
    found += [(stage, "surplus", _S.DEFERRED) for stage in (Stage.RCPT, Stage.DATA)]
    found += [(Stage.FINAL, name, _S.DEFERRED) for name in ("451", "421")]
    found += [(Stage.FINAL, name, _S.UNKNOWN) for name in ["wrong", "surplus", *BREAKING[1:]]]
    found += [(Stage.FINAL, name, _S.ACCEPTED) for name in ("close-after", "retire")]
    return found


@pytest.mark.parametrize("dialogue", DIALOGUES)
@pytest.mark.parametrize(("stage", "name", "status"), cells())
def test_a_fault_in_a_transaction(
    stage: Stage, name: str, status: DeliveryStatus, dialogue: str, tmp_path: Path
) -> None:
    # MAIL does not name the victim: its third is the victim's.
    target: dict[str, object] = {"skip": 2} if stage is Stage.MAIL else {"address": VICTIM}
    known = DIALOGUES[dialogue]
    address = None
    rules = RelayRules(
        pipelining=known is not None, faults=[strike(name, stage, times=1, **target)]
    )
    if dialogue == "encrypted":
        rules.tls = tls.good()
        address = SmtpAddress(
            host="127.0.0.1", port=0, ca_file=tls.write_authority(tmp_path), timeouts=BRIEF
        )
    eagerness = known() if known else None
    story = run_story(rules, PEOPLE, connections=1, address=address, eagerness=eagerness)
    story.assert_nobody_lost_or_doubled()
    first_end = next(s for s in story.log.history[3] if s not in {_S.SENDING, _S.COMMITTING})
    assert first_end is status
    final = _S.ACCEPTED if status is _S.DEFERRED else status
    assert story.log.by_address()[VICTIM] is final
    others = {address: s for address, s in story.log.by_address().items() if address != VICTIM}
    if dialogue in {"eager", "encrypted"} and name in {"surplus", "wrong"}:
        # One reply too many, or a 250 to DATA: the answer to the content before may be another's.
        assert others.pop(PEOPLE[1]) in {_S.ACCEPTED, _S.UNKNOWN}
    assert set(others.values()) == {_S.ACCEPTED}


class SlowLog(CheckingLog):
    """Its intents take as long to be durable as those of a busy disk."""

    def commit(
        self, delivery_id: int, message_id: str, patience: float = 0.0
    ) -> asyncio.Future[None]:
        done = super().commit(delivery_id, message_id, patience)
        durable: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.05, lambda: durable.set_result(done.result()))
        return durable


@PLAIN_OR_PIPELINED
def test_who_was_next_when_the_connection_broke_during_a_commit_is_not_forgotten(
    pipelining: bool,
) -> None:
    closing = strike("close-after", Stage.DATA, address=VICTIM, times=1)
    rules = RelayRules(pipelining=pipelining, faults=[closing])
    story = run_story(rules, log=SlowLog(PEOPLE), connections=1)
    story.assert_nobody_lost_or_doubled()
    assert set(story.log.by_address().values()) == {_S.ACCEPTED}


@PLAIN_OR_PIPELINED
def test_a_refused_sender_stops_the_run_and_loses_nobody(pipelining: bool) -> None:
    rules = RelayRules(pipelining=pipelining, faults=[strike("550", Stage.MAIL)])
    story = run_story(rules, PEOPLE, connections=2)
    assert story.result.status is ExitStatus.SETTINGS
    assert not story.received
    assert set(story.log.by_address().values()) <= {_S.PENDING, _S.DEFERRED}


@PLAIN_OR_PIPELINED
@pytest.mark.parametrize("name", ["421", "451", "550", *BREAKING[1:], "surplus"])
def test_a_fault_at_quit_changes_nothing(name: str, pipelining: bool) -> None:
    rules = RelayRules(pipelining=pipelining, faults=[strike(name, Stage.QUIT)])
    story = run_story(rules, PEOPLE, connections=2)
    assert story.result.status is ExitStatus.OK
    assert story.received == dict.fromkeys(PEOPLE, 1)


def compose_large(delivery: Delivery) -> OutboundMessage:
    """More than the sockets between us hold, so that the content is still on its way."""
    small = compose(delivery)
    common = b"0123456789012345678901234567890123456789012345678901234567890\r\n" * 200_000
    return OutboundMessage(
        envelope=Envelope(
            reverse_path=small.envelope.reverse_path, forward_path=small.envelope.forward_path
        ),
        message_id=small.message_id,
        wire=small.wire,
        size=len(small.wire) - 1 + len(common),
        common=common,
    )


@PLAIN_OR_PIPELINED
@pytest.mark.parametrize(
    ("name", "status"),
    [("552", _S.REJECTED), ("451", _S.DEFERRED), *[(name, _S.DEFERRED) for name in BREAKING]],
)
def test_a_fault_while_the_content_is_on_its_way(
    name: str, status: DeliveryStatus, pipelining: bool
) -> None:
    people = PEOPLE[:3]

    def stop_reading(victim) -> None:  # type: ignore[no-untyped-def]
        misbehave(name)(victim)
        if name.isdecimal():
            victim.fall_silent()

    fault = ScriptedFault(stage=Stage.BODY, misbehaviour=stop_reading, times=1, address=people[1])
    rules = RelayRules(pipelining=pipelining, faults=[fault])
    story = run_story(rules, people, connections=1, compose_with=compose_large, timeouts=FOR_LARGE)
    story.assert_nobody_lost_or_doubled()
    ends = [s for s in story.log.history[2] if s not in {_S.SENDING, _S.COMMITTING}]
    assert ends[0] is status
    assert story.log.status[1] is story.log.status[3] is _S.ACCEPTED


#: Misbehaviour before MAIL, when it never ends: the exit status of the run.
BEFORE_MAIL = {
    "451": ExitStatus.TEMPORARY,
    "421": ExitStatus.TEMPORARY,
    "554": ExitStatus.SETTINGS,
    "drop": ExitStatus.TEMPORARY,
    "reset": ExitStatus.TEMPORARY,
    "hang": ExitStatus.TEMPORARY,
    "half": ExitStatus.TEMPORARY,
    "half-lines": ExitStatus.TEMPORARY,
    "garbage": ExitStatus.SETTINGS,
    "wrong": ExitStatus.SETTINGS,
}


@pytest.mark.parametrize("stage", [Stage.GREETING, Stage.EHLO])
@pytest.mark.parametrize("name", BEFORE_MAIL)
def test_a_relay_that_never_gets_to_mail_gets_nothing(name: str, stage: Stage) -> None:
    story = run_story(RelayRules(faults=[strike(name, stage)]), PEOPLE, connections=2)
    assert story.result.status is BEFORE_MAIL[name]
    assert set(story.log.status.values()) == {_S.PENDING}
    assert story.relay.connections <= 3
    assert not story.received


@pytest.mark.parametrize("stage", [Stage.GREETING, Stage.EHLO])
@pytest.mark.parametrize("name", [n for n, s in BEFORE_MAIL.items() if s is ExitStatus.TEMPORARY])
def test_a_relay_that_recovers_gets_everything(name: str, stage: Stage) -> None:
    story = run_story(RelayRules(faults=[strike(name, stage, times=2)]), PEOPLE, connections=2)
    assert story.result.status is ExitStatus.OK
    assert story.received == dict.fromkeys(PEOPLE, 1)


def test_nobody_listens() -> None:
    # Bound and not listening: nobody else, the relay of the story least of all, gets the port.
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = SmtpAddress(
            host="127.0.0.1",
            port=held.getsockname()[1],
            encryption=Encryption.NONE,
            timeouts=BRIEF,
        )
        story = run_story(RelayRules(), PEOPLE, address=address)
    assert story.result.status is ExitStatus.TEMPORARY
    assert set(story.log.status.values()) == {_S.PENDING}
