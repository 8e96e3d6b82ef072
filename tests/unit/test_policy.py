"""What a failure means: the table of the policy, cell by cell."""

from datetime import timedelta
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.dispatch import START

from pressutskick.dispatch.delivery import TRANSITIONS, DeliveryStatus
from pressutskick.dispatch.explanations import alike_error, explain, stop_error
from pressutskick.dispatch.interfaces import Decision, Fault, Outcome, Phase, Scope
from pressutskick.dispatch.pacing import Breaker, Pool, Rate
from pressutskick.dispatch.policy import Circumstances, decide, hinted_delay
from pressutskick.dispatch.relays import Meaning, Relay, interpret
from pressutskick.dispatch.suspicion import Reach
from pressutskick.errors import ExitStatus
from pressutskick.mail import Reply

_S = DeliveryStatus
TRANSACTION = [Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.BODY, Phase.FINAL]


def judge(outcome: Outcome, **more: object) -> Decision:
    deadline = START + timedelta(hours=5)
    return decide(outcome, Circumstances(now=START, deadline=deadline, **more))  # type: ignore[arg-type]


def reply(code: int, text: str = "", phase: Phase = Phase.RCPT) -> Outcome:
    return Outcome(phase=phase, reply=Reply.parse(code, text))


@pytest.mark.parametrize("code", [200, 250, 251, 252])
def test_any_2yz_after_the_dot_is_accepted(code: int) -> None:
    assert judge(reply(code, phase=Phase.FINAL)).status is _S.ACCEPTED


@given(
    phase=st.sampled_from(TRANSACTION),
    code=st.integers(200, 599),
    fault=st.none() | st.sampled_from(Fault),
    relay=st.sampled_from(Relay),
    attempts=st.integers(0, 50),
    chance=st.floats(0, 1, exclude_max=True),
)
def test_unknown_is_only_for_what_was_after_the_dot_without_an_answer(
    phase: Phase, code: int, fault: Fault | None, relay: Relay, attempts: int, chance: float
) -> None:
    outcome = Outcome(
        phase=phase, fault=fault, reply=None if fault else Reply(code=code), detail="x"
    )
    decision = judge(outcome, relay=relay, attempts=attempts, chance=chance)
    assert decision.status in TRANSITIONS[_S.COMMITTING]
    is_answered = fault in {Fault.NO_SMTPUTF8, Fault.TOO_LARGE} or (
        fault is None and (code >= 400 or code < 300)
    )
    assert (decision.status is _S.UNKNOWN) == (phase is Phase.FINAL and not is_answered)
    assert (decision.retry_at is not None) == (decision.status is _S.DEFERRED)
    assert decision.retry_at is None or decision.retry_at >= START


@pytest.mark.parametrize("phase", [Phase.RCPT, Phase.DATA, Phase.FINAL])
def test_a_refusal_concerns_one_recipient(phase: Phase) -> None:
    assert judge(reply(550, "5.1.1 no", phase)) == Decision(status=_S.REJECTED)
    later = judge(reply(451, "4.3.0 later", phase))
    assert (later.status, later.scope) == (_S.DEFERRED, Scope.RECIPIENT)


def test_a_refused_sender_concerns_all_and_rejects_nobody() -> None:
    decision = judge(reply(550, "5.1.8 bad sender", Phase.MAIL))
    assert (decision.status, decision.scope) == (_S.DEFERRED, Scope.MESSAGE)


@pytest.mark.parametrize(
    ("relay", "line", "meaning"),
    [
        (Relay.MICROSOFT365, (432, "4.3.2 STOREDRV.ClientSubmit"), Meaning.SLOW_DOWN),
        (Relay.MICROSOFT365, (550, "5.7.30 Basic authentication"), Meaning.SETTINGS),
        (Relay.MICROSOFT365, (554, "5.2.252 SendAsDenied; x"), Meaning.SETTINGS),
        (Relay.MICROSOFT365, (550, "5.7.708 Service unavailable"), Meaning.QUOTA),
        (Relay.GMAIL, (550, "5.4.5 Daily user sending limit exceeded"), Meaning.QUOTA),
        (Relay.GMAIL, (421, "4.7.28 unusual rate"), Meaning.SLOW_DOWN),
        (Relay.PLAIN, (530, "5.7.0 Authentication required"), Meaning.SETTINGS),
        (Relay.PLAIN, (554, "5.7.1 <x@y.example>: Relay access denied"), Meaning.SETTINGS),
        (Relay.PLAIN, (451, "4.7.1 Greylisting in action"), Meaning.GREYLISTED),
        (Relay.PLAIN, (432, "4.3.2 x"), None),
        (Relay.PLAIN, (250, "too many connections"), None),
    ],
)
def test_known_replies_are_interpreted_per_relay(
    relay: Relay, line: tuple[int, str], meaning: Meaning | None
) -> None:
    known = interpret(Reply.parse(*line), relay)
    assert (known.meaning if known else None) is meaning


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Greylisted, try again in 300 seconds", 302),
        ("Greylisting in effect, please come back in 00:04:59", 301),
        ("try again in 5 minutes", 302),
        ("see http://postgrey.example", None),
        ("try again in 9999 minutes", 3600),
    ],
)
def test_a_hint_at_when_to_come_back_is_taken(text: str, seconds: float | None) -> None:
    assert hinted_delay(text) == seconds


def test_waits_grow_and_are_spread() -> None:
    waits = [judge(reply(451), attempts=n, chance=0.5).retry_at for n in range(6)]
    assert [(w - START).total_seconds() for w in waits if w] == [60, 300, 900, 1800, 3600, 3600]
    early, late = judge(reply(451), chance=0.0).retry_at, judge(reply(451), chance=0.99).retry_at
    assert early is not None
    assert late is not None
    assert early < late


def test_the_last_try_comes_at_the_end_of_patience() -> None:
    deadline = START + timedelta(seconds=40)
    decision = decide(reply(451), Circumstances(now=START, deadline=deadline))
    assert decision.retry_at == deadline


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("phase", TRANSACTION)
def test_every_fault_has_its_words(fault: Fault, phase: Phase) -> None:
    assert str(explain(Outcome(phase=phase, fault=fault, detail="9 > 5")))


def test_the_rate_is_even_and_saves_nothing_up() -> None:
    rate, now, sent = Rate(20.0), 1000.0, []
    for _ in range(5):
        now += rate.wait(now)
        rate.take(now)
        sent.append(now)
    assert [b - a for a, b in pairwise(sent)] == [3.0] * 4
    now += 600
    assert rate.wait(now) == 0
    rate.take(now)
    assert rate.wait(now) == 3.0
    assert Rate(None).wait(0) == 0


def test_the_pool_never_shrinks_to_nothing() -> None:
    pool = Pool(3)
    for _ in range(9):
        pool.refuse(standing=1)
    assert pool.size == 1


def test_an_acceptance_closes_the_breaker() -> None:
    breaker, bad = Breaker(), reply(451, "4.3.0 full", Phase.MAIL)
    pauses = [breaker.note(bad, judge(bad)) for _ in range(12)]
    assert pauses == [0] * 9 + [60, 120, 240]
    good = reply(250, phase=Phase.FINAL)
    breaker.note(good, judge(good))
    assert breaker.note(bad, judge(bad)) == 0


def test_refused_addresses_do_not_open_the_breaker_once_somebody_is_accepted() -> None:
    breaker, bad = Breaker(), reply(550, "5.1.1 no such user")
    good = reply(250, phase=Phase.FINAL)
    breaker.note(good, judge(good))
    assert [breaker.note(bad, judge(bad)) for _ in range(50)] == [0] * 50


def test_a_relay_that_refuses_everybody_from_the_start_is_to_blame_itself() -> None:
    breaker, bad = Breaker(), reply(550, "I cannot deliver mail for you")
    assert [breaker.note(bad, judge(bad)) for _ in range(10)] == [0] * 9 + [inf]


def test_greylisting_of_everybody_is_no_reason_to_pause() -> None:
    breaker, later = Breaker(), reply(450, "4.7.1 come back later")
    assert [breaker.note(later, judge(later)) for _ in range(50)] == [0] * 50


@pytest.mark.parametrize(
    ("outcome", "status", "told"),
    [
        (Outcome(phase=Phase.MAIL, fault=Fault.TOO_LARGE, detail="9"), ExitStatus.DATA, "9 octets"),
        (reply(552, "too big", Phase.MAIL), ExitStatus.DATA, "552"),
        (reply(552, "5.2.2 mailbox full", Phase.MAIL), ExitStatus.SETTINGS, "mailbox full"),
        (reply(554, "5.3.4 too big", Phase.MAIL), ExitStatus.DATA, "too big"),
        (reply(550, "no such sender", Phase.MAIL), ExitStatus.SETTINGS, "no such sender"),
        (Outcome(phase=Phase.MAIL), ExitStatus.SETTINGS, "refused"),
    ],
)
def test_a_run_that_stops_says_why_and_what_to_do(
    outcome: Outcome, status: ExitStatus, told: str
) -> None:
    error = stop_error(outcome, Relay.PLAIN)
    assert error.status is status
    assert told in str(error.sentence)
    assert error.remedy is not None


def test_a_day_s_quota_ends_the_run_until_tomorrow() -> None:
    error = stop_error(reply(550, "5.4.5 Daily sending quota exceeded"), Relay.GMAIL)
    assert error.status is ExitStatus.TEMPORARY
    assert "tomorrow" in str(error.remedy)


def test_what_meets_one_after_the_other_is_told_once() -> None:
    assert "no relaying" in str(alike_error(reply(554, "no relaying")).sentence)
    lost = alike_error(Outcome(phase=Phase.BODY, fault=Fault.LOST))
    assert "connection broke" in str(lost.sentence)


@pytest.mark.parametrize(
    ("reach", "answer", "status"),
    [
        (Reach.ONE, reply(550, "5.7.60 client does not have permissions to send as"), _S.REJECTED),
        (Reach.OPEN, reply(550, "5.7.60 client does not have permissions to send as"), _S.DEFERRED),
        (Reach.ONE, reply(450, "4.4.5 too much today"), _S.DEFERRED),
    ],
)
def test_words_about_everybody_that_meet_one_are_about_one(
    reach: Reach, answer: Outcome, status: DeliveryStatus
) -> None:
    decision = judge(answer, reach=reach, relay=Relay.MICROSOFT365)
    assert (decision.status, decision.scope) == (status, Scope.RECIPIENT)
