"""A refusal that sounds like everybody's is one recipient's until the others show otherwise."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from tests.kit.dispatch import CheckingLog, addresses
from tests.kit.relay import Story, run_story

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.relays import Relay
from pressutskick.errors import ExitStatus
from pressutskick.transports.relay.faults import Misbehaviour, ScriptedFault, Stage, Victim
from pressutskick.transports.relay.server import RelayRules

_S = DeliveryStatus
QUOTED = (
    "550 5.7.1 Recipient address rejected: undeliverable address: host mx.desk3.example[192.0.2.7] "
    "said: 550 relay not permitted! (in reply to RCPT TO command)"
)
QUOTA = "550 5.4.5 Daily user sending limit exceeded"
QUOTAS = (QUOTA, "550 5.7.0 Daily sending quota exceeded")
PLAIN_OR_PIPELINED = pytest.mark.parametrize("pipelining", [False, True])


def say(line: str) -> Misbehaviour:
    def answer(victim: Victim) -> None:
        victim.send(f"{line}\r\n".encode())

    return answer


def desks(count: int) -> list[str]:
    """Each at an outlet of its own."""
    return [f"tips@desk{number}.example" for number in range(count)]


def tell(
    people: list[str],
    refused: Iterable[str] | None = None,
    *,
    line: str = QUOTED,
    stage: Stage = Stage.RCPT,
    pipelining: bool = True,
    **options: object,
) -> Story:
    """A run where `refused` (None: everybody) get `line` at `stage`."""
    strike = say(line)
    faults = [
        ScriptedFault(stage=stage, misbehaviour=strike, address=address)
        for address in ([None] if refused is None else refused)
    ]
    return run_story(RelayRules(faults=faults, pipelining=pipelining), people, **options)


@PLAIN_OR_PIPELINED
@pytest.mark.parametrize("stage", [Stage.RCPT, Stage.DATA, Stage.FINAL])
@pytest.mark.parametrize(
    "line",
    [
        QUOTED,
        *QUOTAS,
        "530 5.7.0 said: Authentication required",
        "554 5.7.1 too many connections from your IP",
    ],
)
@pytest.mark.parametrize("place", [0, 3, 39])
def test_one_refusal_does_not_stop_the_others(
    place: int, line: str, stage: Stage, pipelining: bool
) -> None:
    people = desks(40)
    story = tell(
        people, [people[place]], line=line, stage=stage, pipelining=pipelining, connections=2
    )
    story.assert_nobody_lost_or_doubled()
    assert len(story.received) == 39
    if place == len(people) - 1 and line in QUOTAS:
        # The limit may have been reached just before, unless the other connection's message, which
        # is on its way at the same time, is accepted after it.
        left = _S.DEFERRED if story.result.status is ExitStatus.TEMPORARY else _S.REJECTED
    else:
        left = _S.REJECTED
        assert story.result.status is ExitStatus.REFUSED
    assert story.result.tally == {_S.ACCEPTED: 39, left: 1}


def test_a_whole_outlet_may_be_refused() -> None:
    people = [f"r{number}@desk.example" for number in range(5)] + desks(40)
    story = tell(people, people[:5], connections=2)
    assert story.result.tally == {_S.ACCEPTED: 40, _S.REJECTED: 5}


HELO = "504 5.5.2 <[127.0.0.1]>: Helo command rejected: need fully-qualified hostname"


def test_a_greeting_that_is_refused_at_the_recipient_names_its_setting() -> None:
    story = tell(desks(20), line=HELO)
    assert story.result.status is ExitStatus.SETTINGS
    assert "PRESSUTSKICK_SMTP_EHLO_NAME" in str(story.result.error)
    assert set(story.log.status.values()) <= {_S.PENDING, _S.DEFERRED}


@pytest.mark.parametrize("line", ["554 5.7.1 Relay access denied", QUOTA])
@pytest.mark.parametrize("count", [1, 2, 40])
def test_a_relay_that_refuses_everybody_rejects_nobody(count: int, line: str) -> None:
    story = tell(desks(count), line=line, relay=Relay.GMAIL)
    wanted = ExitStatus.TEMPORARY if line is QUOTA else ExitStatus.SETTINGS
    assert story.result.status is wanted
    assert set(story.log.status.values()) <= {_S.PENDING, _S.DEFERRED}
    tried = sum(count for count in story.log.attempts.values())
    assert tried <= 4 + story.result.tally.get(_S.DEFERRED, 0)


def test_a_relay_that_refuses_a_whole_outlet_rejects_nobody() -> None:
    story = tell(addresses(30), line="550 5.7.1 Unable to relay", connections=1)
    assert story.result.status is ExitStatus.SETTINGS
    assert set(story.result.tally) == {_S.DEFERRED, _S.PENDING}
    # One more was announced before the answer came.
    assert story.result.tally[_S.DEFERRED] <= 11


@pytest.mark.parametrize("connections", [1, 4])
def test_a_quota_that_is_reached_on_the_way_rejects_nobody(connections: int) -> None:
    strike = ScriptedFault(stage=Stage.FINAL, misbehaviour=say(QUOTA), skip=20)
    rules = RelayRules(faults=[strike])
    story = run_story(rules, desks(40), connections=connections, relay=Relay.GMAIL)
    assert story.result.status is ExitStatus.TEMPORARY
    assert len(story.received) == 20
    assert set(story.log.status.values()) == {_S.ACCEPTED, _S.PENDING, _S.DEFERRED}


@pytest.mark.parametrize("patience", [timedelta(0), timedelta(minutes=30)])
def test_who_is_left_of_an_earlier_run_is_refused_and_not_the_dispatch(patience: timedelta) -> None:
    """An earlier run was taken; this one begins with him whose server says no."""
    log = CheckingLog(desks(1))
    story = tell([], log=log, is_proven=True, retry_for=patience)
    assert story.result.status is ExitStatus.REFUSED
    assert set(log.status.values()) == {_S.REJECTED}


@PLAIN_OR_PIPELINED
@pytest.mark.parametrize(
    "line", ["552 5.3.4 Message too big", "552 Too large", "552 5.2.3 Too big"]
)
def test_a_size_that_mail_refuses_is_told_as_size(line: str, pipelining: bool) -> None:
    story = tell(desks(4), line=line, stage=Stage.MAIL, pipelining=pipelining)
    assert story.result.status is ExitStatus.DATA
    assert "smaller attachments" in str(story.result.error)
    assert set(story.log.status.values()) <= {_S.PENDING, _S.DEFERRED}
