"""A release on its way through a log: for tests that ask what the log knows of it."""

import asyncio
from collections.abc import Iterable
from typing import Any

from tests.kit.deliveries import ACCEPTED, LATER, NOW, QUEUED

from pressutskick.dispatch.approval import Digests, digest_release
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey, DispatchOrder, DispatchRecord, Snapshot
from pressutskick.message.model import Purpose
from pressutskick.recipients.model import Recipient
from pressutskick.release.document import format_document
from pressutskick.release.model import Release


def release(title: str = "Invigning av bron", id_: str = "bron") -> Release:
    return Release(id=id_, title=title, body="Nu öppnar bron.")


def order_of(
    release: Release, purpose: Purpose = Purpose.ANNOUNCE, number: int = 1, **more: Any
) -> DispatchOrder:
    text = format_document(release)
    return DispatchOrder(
        key=DispatchKey(release_id=release.id, purpose=purpose, number=number),
        title=release.title,
        snapshot=Snapshot(
            release=text,
            digests=Digests(
                release=digest_release(text), templates="t", selection="u", settings="v"
            ),
        ),
        **{"created_at": NOW, **more},
    )


def entries(people: Iterable[Recipient]) -> list[PlanEntry]:
    return [PlanEntry(recipient=person) for person in people]


def send(
    log: DeliveryLog,
    order: DispatchOrder,
    people: Iterable[Recipient],
    *,
    outcome: Any = QUEUED,
    decision: Any = ACCEPTED,
    limit: int = 99,
) -> DispatchRecord:
    """A run in which each of them has that outcome."""

    async def act() -> None:
        for delivery in await opened.claim(limit, LATER):
            if outcome.phase == "final":
                await opened.commit(delivery.id, f"<{delivery.id}@astad.example>")
            await opened.record(delivery.id, outcome, decision)

    with log.begin(order, entries(people)) as opened:
        asyncio.run(act())
    record = log.find(order.key)
    assert record is not None
    return record
