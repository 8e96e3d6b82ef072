"""What every delivery log promises about dispatches: how they begin, wait, and end."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.contract.conftest import Clock
from tests.kit.deliveries import (
    DEFERRED,
    GREYLISTED,
    LATER,
    LOST_AFTER_DOT,
    NO_SUCH_USER,
    NOW,
    REJECTED,
    UNKNOWN,
    ready,
    recipient,
)
from tests.kit.logged import entries, order_of, release, send

from pressutskick.dispatch.approval import Digests
from pressutskick.dispatch.delivery import DeliveryStatus as S
from pressutskick.dispatch.delivery import Resolution
from pressutskick.dispatch.interfaces import Fault, Phase
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import EndReason, PlanEntry
from pressutskick.dispatch.records import DispatchKey, DispatchState
from pressutskick.errors import DeliveryLogError, DispatchInProgress
from pressutskick.message.model import AttachedFile

TOMORROW = NOW + dt.timedelta(days=1)
PEOPLE = [recipient(number) for number in range(3)]


def test_the_key_of_a_log_stays(log: DeliveryLog) -> None:
    assert len(log.key) >= 16
    assert log.key == log.key


def test_an_empty_log_knows_nothing(log: DeliveryLog) -> None:
    assert log.dispatches() == ()
    assert log.find(DispatchKey(release_id="bron")) is None
    assert list(log.deliveries(1)) == []
    assert log.attempts(1) == ()
    assert log.snapshot(1) is None
    assert log.known(1, ["red1@tidning.example"]) == {}
    assert log.files(1) == ()
    assert log.settle_dead_runs() == 0


def test_numbers_that_nothing_has_change_nothing(log: DeliveryLog) -> None:
    record = send(log, order_of(release()), PEOPLE, limit=0)
    log.cancel(record.id + 1)
    log.give_up(record.key, record.id + 1, EndReason.TOO_LATE)
    assert log.resolve([99], Resolution.RESEND) == 0
    assert log.dispatches() == (record,)


def test_a_dispatch_is_found_as_it_was_ordered(log: DeliveryLog) -> None:
    order = order_of(release())
    record = send(log, order, PEOPLE)
    assert (record.key, record.title, record.state) == (order.key, order.title, DispatchState.OPEN)
    assert (record.created_at, record.begun_at, record.send_at) == (NOW, NOW, None)
    assert record.counts == {S.ACCEPTED: 3}
    assert log.dispatches() == (record,)
    assert log.snapshot(record.id) == order.snapshot


def test_deliveries_come_in_the_order_of_sending(log: DeliveryLog) -> None:
    record = send(log, order_of(release()), reversed(PEOPLE))
    found = [each.recipient for each in log.deliveries(record.id)]
    assert found == list(reversed(PEOPLE))


def test_a_delivery_tells_how_it_ended(log: DeliveryLog, clock: Clock) -> None:
    with log.begin(order_of(release()), entries(PEOPLE[:1])) as opened:
        asyncio.run(_grey_then_unknown(opened, clock))
    (record,) = log.dispatches()
    (delivery,) = log.deliveries(record.id)
    assert (delivery.status, delivery.attempts) == (S.UNKNOWN, 2)
    assert (delivery.phase, delivery.fault) == (Phase.FINAL, Fault.LOST)
    assert (delivery.message_id, delivery.next_attempt_at) == ("<1@astad.example>", None)
    assert delivery.updated_at == clock.moment
    first, second = log.attempts(delivery.id)
    assert (first.number, first.status, first.reply) == (1, S.DEFERRED, GREYLISTED.reply)
    assert (first.opened_at, first.ended_at, first.committed_at) == (NOW, NOW, None)
    assert (second.number, second.status, second.fault) == (2, S.UNKNOWN, Fault.LOST)
    assert second.committed_at == second.opened_at == LATER
    assert second.ended_at == clock.moment


async def _grey_then_unknown(opened: object, clock: Clock) -> None:
    (delivery,) = await opened.claim(1, clock.now())  # type: ignore[attr-defined]
    await opened.record(delivery.id, GREYLISTED, DEFERRED)  # type: ignore[attr-defined]
    clock.moment = LATER
    (delivery,) = await opened.claim(1, clock.now())  # type: ignore[attr-defined]
    await opened.commit(delivery.id, "<1@astad.example>")  # type: ignore[attr-defined]
    clock.pass_by(seconds=3)
    await opened.record(delivery.id, LOST_AFTER_DOT, UNKNOWN)  # type: ignore[attr-defined]


def test_a_deferred_delivery_tells_when_it_is_tried_again(log: DeliveryLog) -> None:
    record = send(
        log, order_of(release()), PEOPLE[:1], outcome=GREYLISTED, decision=DEFERRED, limit=1
    )
    (delivery,) = log.deliveries(record.id, status=S.DEFERRED)
    assert (delivery.next_attempt_at, delivery.reply) == (LATER, GREYLISTED.reply)
    assert list(log.deliveries(record.id, status=S.ACCEPTED)) == []


def test_what_a_dead_run_left_is_an_attempt_that_was_killed(log: DeliveryLog) -> None:
    async def leave_open() -> None:
        first, _ = await opened.claim(2, NOW)
        await opened.commit(first.id, "<1@astad.example>")

    with log.begin(order_of(release()), entries(PEOPLE[:2])) as opened:
        asyncio.run(leave_open())
    (record,) = log.dispatches()
    tried = [(each.status, each.phase, each.fault) for each in log.deliveries(record.id)]
    assert tried == [
        (S.UNKNOWN, Phase.FINAL, Fault.KILLED),
        (S.PENDING, Phase.MAIL, Fault.KILLED),
    ]


def test_a_dispatch_is_run_by_one_alone(log: DeliveryLog) -> None:
    order = order_of(release())
    with log.begin(order, entries(PEOPLE)) as opened:
        with pytest.raises(DispatchInProgress), log.begin(order, ()):
            pass
        with pytest.raises(DispatchInProgress):
            log.schedule(order, ())
        with pytest.raises(DispatchInProgress):
            log.give_up(order.key, 1, EndReason.TOO_LATE)
        with log.begin(order_of(release("Annat", "annat")), ()):
            assert asyncio.run(_count(opened)) == 3


async def _count(opened: object) -> int:
    return sum((await opened.tally()).values())  # type: ignore[attr-defined]


def test_a_run_that_lives_is_not_settled(log: DeliveryLog) -> None:
    with log.begin(order_of(release()), entries(PEOPLE)) as opened:
        asyncio.run(_claim(opened))
        assert log.settle_dead_runs() == 0
        (record,) = log.dispatches()
        assert record.counts == {S.SENDING: 3}


async def _claim(opened: object) -> None:
    await opened.claim(9, NOW)  # type: ignore[attr-defined]


def test_a_plan_that_breaks_half_way_leaves_nothing(log: DeliveryLog) -> None:
    def broken() -> Iterator[PlanEntry]:
        yield from ready(range(300))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        log.begin(order_of(release()), broken()).__enter__()
    assert log.dispatches() == ()
    assert send(log, order_of(release()), PEOPLE).counts == {S.ACCEPTED: 3}


def test_a_run_that_breaks_leaves_the_dispatch_free(log: DeliveryLog) -> None:
    with pytest.raises(ZeroDivisionError), log.begin(order_of(release()), entries(PEOPLE)):
        raise ZeroDivisionError
    assert send(log, order_of(release()), PEOPLE).counts == {S.ACCEPTED: 3}


def test_what_follows_an_invitation_is_mailed_by_one_alone(log: DeliveryLog) -> None:
    with log.alone(wait=0.0):
        with pytest.raises(DispatchInProgress), log.alone(wait=0.0):
            pass
        with log.begin(order_of(release()), ()):
            """A dispatch is another matter."""
    with log.alone(wait=0.0):
        """Free again."""


def test_a_dispatch_for_later_waits_for_its_time(log: DeliveryLog, clock: Clock) -> None:
    order = order_of(release(), send_at=TOMORROW)
    id_ = log.schedule(order, entries(PEOPLE))
    record = log.find(order.key)
    assert record is not None
    assert (record.id, record.state, record.send_at) == (id_, DispatchState.SCHEDULED, TOMORROW)
    assert (record.begun_at, record.counts) == (None, {S.PENDING: 3})
    clock.moment = TOMORROW + dt.timedelta(minutes=2)
    begun = send(log, order, PEOPLE)
    assert (begun.state, begun.begun_at) == (DispatchState.OPEN, clock.moment)
    assert begun.counts == {S.ACCEPTED: 3}


def test_the_time_of_what_waits_may_be_changed_and_that_of_what_went_out_not(
    log: DeliveryLog, clock: Clock
) -> None:
    log.schedule(order_of(release(), send_at=TOMORROW), entries(PEOPLE))
    later = TOMORROW + dt.timedelta(hours=1)
    log.schedule(order_of(release("Bron öppnas"), send_at=later), entries(PEOPLE))
    (record,) = log.dispatches()
    assert (record.send_at, record.title) == (later, "Bron öppnas")
    clock.moment = later
    send(log, order_of(release(), send_at=later), PEOPLE)
    log.schedule(order_of(release(), send_at=TOMORROW), entries(PEOPLE))
    (record,) = log.dispatches()
    assert (record.send_at, record.state) == (later, DispatchState.OPEN)


def test_the_files_of_a_later_dispatch_are_those_of_its_last_order(log: DeliveryLog) -> None:
    order = order_of(release(), send_at=TOMORROW)
    plan, map_ = (
        AttachedFile(filename=f"{name}.pdf", media_type="application/pdf", content=name.encode())
        for name in ("plan", "karta")
    )
    id_ = log.schedule(order, entries(PEOPLE), [plan, map_])
    assert log.files(id_) == (plan, map_)
    assert log.schedule(order, entries(PEOPLE), [replace(map_, title="Karta")]) == id_
    assert log.files(id_) == (replace(map_, title="Karta"),)


def test_an_edit_is_a_snapshot_of_its_own(log: DeliveryLog) -> None:
    first, second = order_of(release()), order_of(release("Bron öppnas"))
    send(log, first, PEOPLE[:1])
    send(log, first, PEOPLE[:2])
    record = send(log, second, PEOPLE)
    assert log.snapshot(record.id) == second.snapshot
    numbers = [each.snapshot_id for each in log.deliveries(record.id)]
    assert numbers[0] == numbers[1] != numbers[2]
    assert log.snapshot(record.id, snapshot_id=numbers[0]) == first.snapshot
    assert log.snapshot(record.id, snapshot_id=numbers[2]) == second.snapshot


def test_other_digests_are_a_snapshot_of_their_own(log: DeliveryLog) -> None:
    order = order_of(release())
    send(log, order, PEOPLE)
    digests = Digests(release="r", templates="other", selection="u", settings="v")
    changed = replace(order, snapshot=replace(order.snapshot, digests=digests))
    record = send(log, changed, PEOPLE)
    assert log.snapshot(record.id) == changed.snapshot


def test_who_has_a_delivery_is_known_with_its_status(log: DeliveryLog) -> None:
    record = send(log, order_of(release()), PEOPLE[:1])
    keys = [each.mailbox.key for each in PEOPLE]
    assert log.known(record.id, keys) == {keys[0]: S.ACCEPTED}
    assert log.known(record.id + 1, keys) == {}


def test_what_is_called_off_reaches_nobody_who_waits(log: DeliveryLog) -> None:
    order = order_of(release())
    record = send(log, order, PEOPLE, limit=1)
    log.cancel(record.id)
    (record,) = log.dispatches()
    assert (record.state, record.counts) == (DispatchState.CANCELLED, {S.ACCEPTED: 1, S.SKIPPED: 2})
    reasons = [each.reason for each in log.deliveries(record.id, status=S.SKIPPED)]
    assert reasons == [EndReason.CALLED_OFF] * 2
    with pytest.raises(DeliveryLogError, match="was called off"):
        log.begin(order, entries(PEOPLE)).__enter__()
    assert log.dispatches() == (record,)


def test_what_is_called_off_while_it_runs_is_claimed_no_more(log: DeliveryLog) -> None:
    with log.begin(order_of(release()), entries(PEOPLE)) as opened:
        log.cancel(1)
        assert asyncio.run(_claimed(opened)) == []


async def _claimed(opened: object) -> list[object]:
    return list(await opened.claim(9, LATER))  # type: ignore[attr-defined]


def test_what_is_given_up_reaches_nobody_who_waits_and_may_begin_again(log: DeliveryLog) -> None:
    order = order_of(release())
    record = send(log, order, PEOPLE[:2], outcome=GREYLISTED, decision=DEFERRED, limit=1)
    log.give_up(order.key, record.id, EndReason.OVERTAKEN)
    found = [(each.status, each.reason) for each in log.deliveries(record.id)]
    assert found == [(S.SKIPPED, EndReason.OVERTAKEN)] * 2
    (record,) = log.dispatches()
    assert record.state is DispatchState.OPEN
    assert send(log, order, PEOPLE).counts == {S.ACCEPTED: 3}


@pytest.mark.parametrize(
    ("outcome", "decision", "choice", "becomes"),
    [
        (LOST_AFTER_DOT, UNKNOWN, Resolution.RESEND, S.PENDING),
        (LOST_AFTER_DOT, UNKNOWN, Resolution.LEAVE, S.ACCEPTED),
        (NO_SUCH_USER, REJECTED, Resolution.RESEND, S.PENDING),
        (NO_SUCH_USER, REJECTED, Resolution.LEAVE, None),
    ],
)
def test_a_person_decides_what_is_open(
    log: DeliveryLog, outcome: object, decision: object, choice: Resolution, becomes: S | None
) -> None:
    order = order_of(release())
    record = send(log, order, PEOPLE[:1], outcome=outcome, decision=decision)
    (delivery,) = log.deliveries(record.id)
    assert log.resolve([delivery.id], choice) == (becomes is not None)
    (after,) = log.deliveries(record.id)
    assert after.status is (becomes or delivery.status)
    # Decided once.
    if becomes is not None:
        assert log.resolve([delivery.id], choice) == 0
    again = send(log, order, PEOPLE[:1])
    mailed_again = 2 if becomes is S.PENDING else 1
    assert len(log.attempts(delivery.id)) == mailed_again
    assert sum(again.counts.values()) == 1


def test_who_did_it_is_kept(log: DeliveryLog) -> None:
    record = send(log, order_of(release(), person="åsa@press1"), PEOPLE[:1], decision=UNKNOWN,
                  outcome=LOST_AFTER_DOT)  # fmt: skip
    # Whoever goes on with it has not begun it.
    again = send(log, order_of(release(), person="bo@press2"), PEOPLE[:1])
    assert (record.person, again.person) == ("åsa@press1", "åsa@press1")
    (delivery,) = log.deliveries(record.id)
    log.resolve([delivery.id], Resolution.LEAVE, person="bo@press2")
    (decided,) = log.resolutions("bron")
    assert (decided.choice, decided.person) == (Resolution.LEAVE, "bo@press2")


def test_a_later_dispatch_is_whose_who_planned_it_last(log: DeliveryLog) -> None:
    for person in ("åsa@press1", "bo@press2"):
        log.schedule(order_of(release(), send_at=TOMORROW, person=person), entries(PEOPLE))
    assert [each.person for each in log.dispatches()] == ["bo@press2"]


def test_a_sample_is_no_delivery(log: DeliveryLog) -> None:
    outcome, decision = GREYLISTED, DEFERRED
    log.note_test("bron", "press@astad.example", "<0@astad.example>", outcome, decision)
    assert log.dispatches() == ()
    (sample,) = log.person("press@astad.example").samples
    assert (sample.release_id, sample.status, sample.sent_at) == ("bron", S.DEFERRED, NOW)
