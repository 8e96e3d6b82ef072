"""What every delivery log promises to the engine."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from tests.kit.deliveries import (
    ACCEPTED,
    DEFERRED,
    GREYLISTED,
    LATER,
    LOST_AFTER_DOT,
    NO_SUCH_USER,
    NOW,
    QUEUED,
    REJECTED,
    UNKNOWN,
    order,
    ready,
    recipient,
)

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import OpenDispatch
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.errors import DeliveryLogError

Begin = Callable[[Iterable[PlanEntry]], AbstractContextManager[OpenDispatch]]


@pytest.fixture
def begin(log: DeliveryLog) -> Begin:
    return lambda entries: log.begin(order(), entries)


def run(act: Awaitable[Any]) -> Any:
    async def wait() -> Any:
        return await act

    return asyncio.run(wait())


async def settle(opened: OpenDispatch, outcome: Any, decision: Any) -> None:
    """Takes one delivery through to its outcome."""
    (delivery,) = await opened.claim(1, LATER)
    if decision in (ACCEPTED, UNKNOWN):
        await opened.commit(delivery.id, "<1@example.org>")
    await opened.record(delivery.id, outcome, decision)


async def claim_all(opened: OpenDispatch) -> list[str]:
    return [each.recipient.mailbox.address for each in await opened.claim(99, LATER)]


def test_claims_come_in_the_order_of_the_plan(begin: Begin) -> None:
    with begin(ready([3, 1, 2])) as opened:
        claimed = run(claim_all(opened))
    assert claimed == [recipient(n).mailbox.address for n in (3, 1, 2)]


def test_a_claim_is_nobody_elses(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        first, second = await asyncio.gather(opened.claim(2, NOW), opened.claim(2, NOW))
        assert {each.id for each in first} & {each.id for each in second} == set()
        assert len(first) + len(second) == 3

    with begin(ready(range(3))) as opened:
        run(act(opened))


def test_what_is_asked_at_once_is_all_done(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        first, second, third = await opened.claim(3, NOW)
        await opened.commit(first.id, "<1@example.org>")
        intent = opened.commit(second.id, "<2@example.org>")
        result = opened.record(first.id, QUEUED, ACCEPTED)
        _, claimed, *_ = await asyncio.gather(
            opened.release([third.id]), opened.claim(9, NOW), intent, result
        )
        assert [each.id for each in claimed] == [third.id, third.id + 1]
        tally = {
            DeliveryStatus.ACCEPTED: 1,
            DeliveryStatus.COMMITTING: 1,
            DeliveryStatus.SENDING: 2,
        }
        assert await opened.tally() == tally

    with begin(ready(range(4))) as opened:
        run(act(opened))


def test_whoever_has_waited_goes_before_whoever_was_not_tried(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        (tried,) = await opened.claim(1, NOW)
        await opened.record(tried.id, GREYLISTED, DEFERRED)
        assert [each.id for each in await opened.claim(2, LATER)] == [tried.id, tried.id + 1]

    with begin(ready(range(3))) as opened:
        run(act(opened))


def test_whoever_an_earlier_run_has_tried_goes_after_whoever_was_not(begin: Begin) -> None:
    """It may be who stopped that run."""
    with begin(ready(range(3))) as opened:
        run(settle(opened, GREYLISTED, DEFERRED))
    with begin(ready(range(3))) as opened:
        claimed = run(opened.claim(9, LATER))
    assert [each.attempts for each in claimed] == [0, 0, 1]


def test_a_released_claim_of_whoever_was_put_off_leaves_them_put_off(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        await settle(opened, GREYLISTED, DEFERRED)
        (again,) = await opened.claim(1, LATER)
        await opened.release([again.id])
        assert await opened.tally() == {DeliveryStatus.DEFERRED: 1}
        assert await opened.next_due() is not None
        (once_more,) = await opened.claim(1, LATER)
        assert once_more == again

    with begin(ready([1])) as opened:
        run(act(opened))


def test_a_claimed_recipient_is_the_one_that_was_planned(begin: Begin) -> None:
    with begin(ready([7])) as opened:
        (delivery,) = run(opened.claim(1, NOW))
    assert delivery.recipient == recipient(7)
    assert delivery.attempts == 0


@pytest.mark.parametrize(
    ("outcome", "decision"),
    [
        (QUEUED, ACCEPTED),
        (NO_SUCH_USER, REJECTED),
        (LOST_AFTER_DOT, UNKNOWN),
    ],
)
def test_whoever_has_an_outcome_is_not_claimed_again(
    begin: Begin, outcome: Any, decision: Any
) -> None:
    with begin(ready([1])) as opened:
        run(settle(opened, outcome, decision))
    with begin(ready([1])) as opened:
        assert run(claim_all(opened)) == []


def test_a_deferred_delivery_is_claimed_when_its_time_has_come(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        await settle(opened, GREYLISTED, DEFERRED)
        assert await opened.next_due() == LATER
        assert await opened.claim(1, NOW) == []
        (delivery,) = await opened.claim(1, LATER)
        assert delivery.attempts == 1
        assert await opened.next_due() is None

    with begin(ready([1])) as opened:
        run(act(opened))


def test_a_released_claim_counts_as_no_attempt(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        (delivery,) = await opened.claim(1, NOW)
        await opened.release([delivery.id])
        (again,) = await opened.claim(1, NOW)
        assert again == delivery

    with begin(ready([1])) as opened:
        run(act(opened))


def test_what_a_run_left_open_before_the_dot_waits_again(begin: Begin) -> None:
    with begin(ready([1])) as opened:
        run(opened.claim(1, NOW))
    with begin(ready([1])) as opened:
        (delivery,) = run(opened.claim(1, NOW))
        assert delivery.attempts == 1


def test_what_a_run_left_open_after_the_dot_is_unknown(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        (delivery,) = await opened.claim(1, NOW)
        await opened.commit(delivery.id, "<1@example.org>")

    with begin(ready([1])) as opened:
        run(act(opened))
    with begin(ready([1])) as opened:
        assert run(claim_all(opened)) == []


def test_no_result_without_an_open_attempt(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        await settle(opened, QUEUED, ACCEPTED)
        with pytest.raises(DeliveryLogError):
            await opened.record(1, QUEUED, ACCEPTED)

    with begin(ready([1])) as opened:
        run(act(opened))


def test_an_intent_and_its_refusal_may_come_together(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        for delivery in await opened.claim(5, NOW):
            opened.commit(delivery.id, "<1@example.org>")
            last = opened.record(delivery.id, GREYLISTED, DEFERRED)
        await last
        assert await opened.tally() == {DeliveryStatus.DEFERRED: 5}

    with begin(ready(range(5))) as opened:
        run(act(opened))


def test_no_dot_without_a_claim(begin: Begin) -> None:
    async def act(opened: OpenDispatch) -> None:
        with pytest.raises(DeliveryLogError):
            await opened.commit(1, "<1@example.org>")

    with begin(ready([1])) as opened:
        run(act(opened))


def test_a_later_run_adds_recipients_and_claims_only_what_it_chose(begin: Begin) -> None:
    with begin(ready([1, 2])):
        pass
    with begin(ready([2, 3])) as opened:
        claimed = run(claim_all(opened))
        assert run(opened.tally()) == {DeliveryStatus.SENDING: 2}
    assert claimed == [recipient(n).mailbox.address for n in (2, 3)]


def test_a_skipped_recipient_is_mailed_once_a_later_run_chooses_it(begin: Begin) -> None:
    skip = PlanEntry(recipient=recipient(1), reason="over_limit")
    with begin([skip]) as opened:
        assert run(claim_all(opened)) == []
    with begin(ready([1])) as opened:
        assert len(run(claim_all(opened))) == 1


@pytest.mark.parametrize(("reason", "claimed"), [("opted_out", 0), ("over_limit", 1)])
def test_who_waits_is_taken_out_only_for_a_lasting_reason(
    begin: Begin, reason: str, claimed: int
) -> None:
    with begin(ready([1])):
        pass
    with begin([PlanEntry(recipient=recipient(1), reason=reason)]):
        pass
    with begin(ready([1]) if claimed else []) as opened:
        assert len(run(claim_all(opened))) == claimed


def test_of_an_erased_person_the_log_keeps_no_row(begin: Begin) -> None:
    with begin([PlanEntry(recipient=recipient(1), reason="erased")]) as opened:
        assert run(opened.tally()) == {}
