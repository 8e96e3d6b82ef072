"""A correction or a cancellation ends the run that sends the earlier text."""

import asyncio
from typing import Any

import pytest
from tests.kit.deliveries import LATER, recipient
from tests.kit.logged import entries, order_of, release, send

from pressutskick.deliverylog.relational import writer
from pressutskick.dispatch.delivery import DeliveryStatus as S
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.errors import DispatchInProgress
from pressutskick.message.model import Purpose

BRIDGE, OTHER = release(), release("Annat", "annat")
PEOPLE = [recipient(number) for number in range(3)]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run looks whether it is to end as often as it can."""
    monkeypatch.setattr(writer, "GLANCE", 0.001)


def halt(log: DeliveryLog, release_id: str) -> None:
    log.halt(release_id, wait=0.0)


def test_a_run_is_told_to_end_and_is_waited_for(log: DeliveryLog) -> None:
    async def act(opened: Any) -> None:
        asked = opened.watch()
        (delivery, *_) = await opened.claim(2, LATER)
        with pytest.raises(DispatchInProgress, match="has not ended yet"):
            await asyncio.to_thread(halt, log, "bron")
        await asked
        # What is in flight may still finish.
        await opened.commit(delivery.id, "<1@example.org>")

    with log.begin(order_of(BRIDGE), entries(PEOPLE)) as opened:
        asyncio.run(act(opened))
    halt(log, "bron")
    (record,) = log.dispatches()
    assert record.counts == {S.UNKNOWN: 1, S.PENDING: 2}


def test_who_only_waits_is_told_too(log: DeliveryLog) -> None:
    async def act(opened: Any) -> None:
        asked = opened.watch()
        await opened.claim(9, LATER)
        with pytest.raises(DispatchInProgress):
            await asyncio.to_thread(halt, log, "bron")
        await asyncio.wait_for(asked, 30)

    with log.begin(order_of(BRIDGE), entries(PEOPLE)) as opened:
        asyncio.run(act(opened))


def test_a_run_of_another_release_goes_on(log: DeliveryLog) -> None:
    async def act(opened: Any) -> None:
        asked = opened.watch()
        await asyncio.to_thread(halt, log, "bron")
        assert len(await opened.claim(9, LATER)) == 3
        assert not asked.done()
        asked.cancel()

    send(log, order_of(BRIDGE), PEOPLE)
    with log.begin(order_of(OTHER), entries(PEOPLE)) as opened:
        asyncio.run(act(opened))


def test_the_next_run_is_not_the_one_that_was_told_to_end(log: DeliveryLog) -> None:
    send(log, order_of(BRIDGE), PEOPLE[:1])
    halt(log, "bron")
    send(log, order_of(BRIDGE, Purpose.CORRECTION), PEOPLE[:1])
    record = send(log, order_of(BRIDGE), PEOPLE)
    assert record.counts == {S.ACCEPTED: 3}
