"""What parent and worker tell each other, and how the parent adds up."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.dispatch import make_delivery
from tests.kit.messages import make_composition

from pressutskick.dispatch.delivery import DeliveryStatus as S
from pressutskick.dispatch.interfaces import Decision, Outcome, Phase
from pressutskick.dispatch.records import DispatchKey
from pressutskick.dispatch.run import RunEnd, RunOptions, RunResult
from pressutskick.errors import ExitStatus, InputError, Problem, RelayUnavailable, Severity
from pressutskick.mail import Reply
from pressutskick.message.compose import MessagePlan
from pressutskick.sentences import say
from pressutskick.transports.login import Login
from pressutskick.transports.smtp import SmtpAddress
from pressutskick.workers.crew import add_up
from pressutskick.workers.orders import Connected, Delivered, Ended, WorkOrder, pack, read_frame


def make_order(options: RunOptions) -> WorkOrder:
    return WorkOrder(
        database=Path("log.db"),
        key=DispatchKey(release_id="hamnbadet"),
        dispatch_id=1,
        run_id=2,
        address=SmtpAddress(
            host="relay.example",
            port=587,
            login=Login(username="press", reveal=_Password("å ä ö").reveal),
        ),
        composition=make_composition(),
        options=options,
    )


class _Password:
    def __init__(self, value: str) -> None:
        self.value = value

    def reveal(self) -> str:
        return self.value


@given(
    workers=st.integers(1, 8),
    connections=st.integers(1, 50),
    rate=st.none() | st.floats(0.5, 6000),
)
def test_shares_add_up_to_the_whole(workers: int, connections: int, rate: float | None) -> None:
    shares = make_order(RunOptions(connections=connections, rate=rate)).share(workers)
    assert len(shares) == min(workers, connections)
    assert sum(share.options.connections for share in shares) == connections
    assert all(share.options.connections >= 1 for share in shares)
    assert [share.number for share in shares] == list(range(len(shares)))
    if rate is None:
        assert all(share.options.rate is None for share in shares)
    else:
        assert sum(share.options.rate or 0 for share in shares) == pytest.approx(rate)


class Drip(io.RawIOBase):
    """A pipe that gives what is there, a little at a time."""

    def __init__(self, octets: bytes, step: int) -> None:
        self._inner = io.BytesIO(octets)
        self._step = step

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(min(size, self._step))


@given(step=st.integers(1, 5000))
def test_frames_come_through_a_pipe_in_any_pieces(step: int) -> None:
    outcome = Outcome(phase=Phase.FINAL, reply=Reply(code=250, text="2.0.0 Ok"))
    events = (
        Delivered(
            delivery=make_delivery(1, "desk@newsdesk.example"),
            outcome=outcome,
            decision=Decision(status=S.ACCEPTED),
        ),
        Connected(connections=3),
    )
    order = make_order(RunOptions(connections=3))
    pipe = Drip(pack(order) + pack(events), step)
    found = read_frame(pipe)
    assert isinstance(found, WorkOrder)
    assert found.address.login is not None
    assert found.address.login.reveal is not None
    assert found.address.login.reveal() == "å ä ö"
    assert read_frame(pipe) == events
    assert read_frame(pipe) is None


def test_half_a_frame_is_none() -> None:
    assert read_frame(io.BytesIO(pack(Ended())[:-1])) is None


def test_a_worker_composes_the_same_octets() -> None:
    order = make_order(RunOptions())
    found = read_frame(io.BytesIO(pack(order)))
    assert isinstance(found, WorkOrder)
    recipient = make_delivery(1, "desk@newsdesk.example").recipient
    mine = MessagePlan(order.composition).message(recipient)
    assert MessagePlan(found.composition).message(recipient) == mine


def test_an_error_keeps_what_it_tells() -> None:
    problem = Problem(code="x", severity=Severity.ERROR, sentence=say("wrong"))
    error = InputError(say("bad"), problems=[problem], remedy=say("mend it"))
    found = read_frame(io.BytesIO(pack(Ended(error=error))))
    assert isinstance(found, Ended)
    assert str(found.error) == str(error)
    assert found.error is not None
    assert found.error.status is ExitStatus.DATA


def test_a_relay_that_one_lost_does_not_matter_when_the_others_sent_all() -> None:
    lost = RelayUnavailable(say("gone"))
    own = RunResult(ended=RunEnd.DONE, accepted=3)
    ends = [Ended(result=RunResult(ended=RunEnd.FAILED, accepted=2, error=lost))]
    whole = add_up(own, ends, {S.ACCEPTED: 5})
    assert (whole.status, whole.accepted, whole.error) == (ExitStatus.OK, 5, None)
    left = add_up(own, ends, {S.ACCEPTED: 5, S.PENDING: 1})
    assert (left.status, left.error) == (ExitStatus.TEMPORARY, lost)


def test_what_a_dead_worker_held_counts_as_recovery_will_find_it() -> None:
    own = RunResult(ended=RunEnd.DONE, accepted=3)
    ends = [Ended(error=RelayUnavailable(say("died")))]
    whole = add_up(own, ends, {S.ACCEPTED: 3, S.SENDING: 1, S.COMMITTING: 2})
    assert whole.tally == {S.ACCEPTED: 3, S.PENDING: 1, S.UNKNOWN: 2}
    assert whole.status is ExitStatus.UNKNOWN
