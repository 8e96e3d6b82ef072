"""A person who is erased is found nowhere in the log's bytes; the counts stay."""

import asyncio
import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.dispatch.approval import Digests
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Outcome, Phase
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey, DispatchOrder, Snapshot
from pressutskick.errors import DeliveryLogError
from pressutskick.mail import Mailbox, Reply
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.suppression import Suppression, SuppressionReason

NOW = dt.datetime(2026, 11, 22, 15, tzinfo=dt.UTC)
ADDRESS = "Åsa.Lindström@hamnposten.example"
ASA = Recipient(
    mailbox=Mailbox(address=ADDRESS, name="Åsa Lindström"),
    name="Åsa Lindström",
    first_name="Åsa",
    outlet="Hamnposten",
    extra={"Anteckning": "Åsa sitter på redaktionen"},
)
BO = Recipient(mailbox=Mailbox(address="bo@hamnposten.example", name="Bo Ek"), name="Bo Ek")


@pytest.fixture
def log(tmp_path: Path) -> SqliteDeliveryLog:
    return SqliteDeliveryLog(tmp_path / "log.db", now=lambda: NOW)


def order(number: int = 1) -> DispatchOrder:
    digests = Digests(release="r", templates="t", selection="s", settings="e")
    text = f"Kontakt: {ADDRESS.lower()}"
    return DispatchOrder(
        key=DispatchKey(release_id="bad", number=number),
        title="Badet",
        snapshot=Snapshot(release=text, digests=digests),
        created_at=NOW,
    )


def send(log: SqliteDeliveryLog, *people: Recipient, limit: int = 9) -> None:
    """A run in which the relay names the address in its reply."""

    async def run() -> None:
        with log.begin(order(), [PlanEntry(recipient=person) for person in people]) as opened:
            for delivery in await opened.claim(limit, NOW):
                address = delivery.recipient.mailbox.address
                await opened.commit(delivery.id, f"<{delivery.id}@x.example>")
                reply = Reply(code=250, text=f"<{address}> taken")
                outcome = Outcome(phase=Phase.FINAL, reply=reply, detail=address)
                await opened.record(delivery.id, outcome, Decision(status=DeliveryStatus.ACCEPTED))

    asyncio.run(run())


def traces(folder: Path) -> list[str]:
    """Files that hold the person's address or name, in any encoding that we write."""
    forms = [
        word.encode(encoding)
        for word in (ADDRESS, ADDRESS.casefold(), ADDRESS.lower(), "Åsa", "Lindström", "lindström")
        for encoding in ("utf-8", "utf-16-le", "cp1252")
    ]
    forms += [json.dumps(word)[1:-1].encode() for word in (ADDRESS, "Lindström")]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def test_an_erased_person_is_found_nowhere_and_counts_stay(
    log: SqliteDeliveryLog, tmp_path: Path
) -> None:
    send(log, ASA, BO)
    log.note_answer("bad", ASA.mailbox.key, Answer.COMING, source=f"mejl {ADDRESS}")
    log.suppress(
        Suppression(
            key=ASA.mailbox.key, reason=SuppressionReason.OPT_OUT, source="Åsa ringde", created=NOW
        ),
    )
    log.suppress(
        Suppression(
            key="bo@hamnposten.example",
            reason=SuppressionReason.MUTED,
            source="hälsar Åsa Lindström",
            created=NOW,
        ),
    )
    note = {"log": log.instance, "outcome": [1, f"550 <{ADDRESS}> Åsa Lindström unknown"]}
    (tmp_path / "log.db.emergency").write_text(json.dumps(note) + "\n", "ascii")
    (tmp_path / "log.db.format-1.bak").write_bytes(ADDRESS.encode())
    before = log.dispatches()[0].counts
    assert traces(tmp_path)

    erased = log.erase(ADDRESS)

    assert traces(tmp_path) == []
    assert erased.deliveries == 1
    assert log.dispatches()[0].counts == before
    names = [record.recipient.name for record in log.deliveries(1)]
    assert names == [None, "Bo Ek"]


def test_an_open_reader_is_told(log: SqliteDeliveryLog, tmp_path: Path) -> None:
    """Old pages that another program holds open cannot be cut off; that must not pass silently."""
    send(log, ASA)
    with closing(sqlite3.connect(tmp_path / "log.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM delivery").fetchone()
        with pytest.raises(DeliveryLogError, match=r"open|locked"):
            erase_person_quickly(log)
        reader.execute("COMMIT")
    log.erase(ADDRESS)
    assert traces(tmp_path) == []


def erase_person_quickly(log: SqliteDeliveryLog) -> None:
    from pressutskick.deliverylog.sqlite import schema

    patience = schema.BUSY_TIMEOUT
    schema.BUSY_TIMEOUT = 0.05
    try:
        log.erase(ADDRESS)
    finally:
        schema.BUSY_TIMEOUT = patience


def test_retention_leaves_no_bytes_of_anybody(log: SqliteDeliveryLog, tmp_path: Path) -> None:
    send(log, ASA, BO)
    assert log.strip_old(NOW + dt.timedelta(days=400)) == 2
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"Bo Ek" not in data
    assert b"bo@hamnposten.example" not in data
