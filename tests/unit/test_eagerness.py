"""Eagerness: one connection tries, and what it learns holds for all."""

import pytest

from pressutskick.dispatch.interfaces import Fault, Outcome, Phase
from pressutskick.mail import Reply
from pressutskick.transports.eagerness import Eagerness


def outcome(code: int = 0, fault: Fault | None = None, phase: Phase = Phase.MAIL) -> Outcome:
    return Outcome(phase=phase, reply=Reply(code=code) if code else None, fault=fault)


def test_one_tries_and_the_others_wait_until_it_has_worked() -> None:
    eagerness = Eagerness()
    assert [eagerness.allows(), eagerness.allows()] == [True, False]
    eagerness.prove()
    assert [eagerness.allows(), eagerness.allows()] == [True, True]


@pytest.mark.parametrize(
    "found",
    [
        outcome(503),
        outcome(550),
        outcome(fault=Fault.LOST),
        outcome(fault=Fault.CUT_OFF),
        outcome(fault=Fault.TIMEOUT),
        outcome(fault=Fault.GARBAGE),
    ],
)
def test_the_first_bad_answer_ends_it(found: Outcome) -> None:
    eagerness = Eagerness()
    assert eagerness.allows()
    assert eagerness.doubt(found)
    assert not eagerness.allows()


@pytest.mark.parametrize("found", [outcome(421), outcome(452), outcome(fault=Fault.STOPPED)])
def test_what_is_not_about_its_place_lets_another_try(found: Outcome) -> None:
    eagerness = Eagerness()
    assert eagerness.allows()
    assert not eagerness.doubt(found)
    assert eagerness.allows()


def test_once_proven_only_a_bad_sequence_ends_it() -> None:
    eagerness = Eagerness()
    eagerness.prove()
    assert not eagerness.doubt(outcome(fault=Fault.LOST))
    assert not eagerness.doubt(outcome(550))
    assert eagerness.allows()
    assert eagerness.doubt(outcome(503))
    assert not eagerness.allows()


def test_a_refusal_later_than_mail_is_about_the_mail() -> None:
    assert not Eagerness().doubt(outcome(503, phase=Phase.RCPT))
