"""Whom a refusal concerns whose words speak of everybody."""

import pytest
from tests.kit.dispatch import make_delivery

from pressutskick.dispatch.interfaces import Fault, Outcome, Phase
from pressutskick.dispatch.relays import Relay
from pressutskick.dispatch.suspicion import Others, Reach, Suspicion, find_general_meaning
from pressutskick.mail import Reply

DENIED = Outcome(phase=Phase.RCPT, reply=Reply.parse(550, "5.7.1 relaying denied"))
QUOTA = Outcome(phase=Phase.FINAL, reply=Reply.parse(550, "5.4.5 limit"))
BUSY = Others(are_waiting=True, were_accepted=False)
ALONE = Others(are_waiting=False, were_accepted=False)
LAST = Others(are_waiting=False, were_accepted=True)


def judge(
    suspicion: Suspicion, number: int, others: Others = BUSY, outcome: Outcome = DENIED
) -> Reach:
    known = find_general_meaning(outcome, Relay.GMAIL)
    assert known is not None
    delivery = make_delivery(number, f"tips@desk{number}.example")
    return suspicion.judge(delivery, outcome, known, others)


def test_while_others_wait_nobody_knows() -> None:
    assert judge(Suspicion(), 1) is Reach.OPEN


def test_three_outlets_without_an_acceptance_are_everybody() -> None:
    suspicion = Suspicion()
    assert [judge(suspicion, number) for number in (1, 2, 3)] == [*[Reach.OPEN] * 2, Reach.MANY]


def test_an_acceptance_shows_that_it_was_one() -> None:
    suspicion = Suspicion()
    judge(suspicion, 1)
    suspicion.note_acceptance()
    assert judge(suspicion, 1) is Reach.ONE
    assert judge(suspicion, 2) is Reach.OPEN


def test_who_is_refused_again_while_others_are_too_is_not_singled_out() -> None:
    """A quota was reached just after the acceptance that seemed to show it."""
    suspicion = Suspicion()
    judge(suspicion, 1)
    suspicion.note_acceptance()
    judge(suspicion, 2)
    assert judge(suspicion, 1) is Reach.OPEN


@pytest.mark.parametrize(
    ("others", "outcome", "reach"),
    [
        (LAST, DENIED, Reach.ONE),
        (LAST, QUOTA, Reach.MANY),
        (ALONE, DENIED, Reach.MANY),
        (ALONE, QUOTA, Reach.MANY),
    ],
)
def test_with_nobody_left_what_was_accepted_before_tells(
    others: Others, outcome: Outcome, reach: Reach
) -> None:
    assert judge(Suspicion(), 1, others, outcome) is reach


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(phase=Phase.MAIL, reply=DENIED.reply),
        Outcome(phase=Phase.RCPT, reply=Reply.parse(550, "5.1.1 no such user")),
        Outcome(phase=Phase.RCPT, reply=Reply.parse(421, "4.7.0 too many connections")),
        Outcome(phase=Phase.RCPT, reply=Reply.parse(450, "4.7.1 rate limit")),
        Outcome(phase=Phase.FINAL, fault=Fault.LOST),
    ],
)
def test_what_phase_and_digit_tell_well_enough_is_no_suspicion(outcome: Outcome) -> None:
    assert find_general_meaning(outcome, Relay.PLAIN) is None
