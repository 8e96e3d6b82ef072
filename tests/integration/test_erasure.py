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
from pressutskick.recipients.selection import SkipReason, select
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


def test_a_list_that_holds_them_again_yields_a_skip_with_the_reason(
    log: SqliteDeliveryLog,
) -> None:
    send(log, ASA, BO)
    log.erase(ADDRESS)
    choices = select([ASA, BO], suppressions=log.suppressions(), today=NOW.date())
    assert {choice.recipient.mailbox.key: choice.reason for choice in choices} == {
        ASA.mailbox.key: SkipReason.ERASED,
        BO.mailbox.key: None,
    }


def test_what_stands_in_the_log_in_their_place_can_never_be_mailed(log: SqliteDeliveryLog) -> None:
    send(log, ASA)
    log.erase(ADDRESS)
    (record,) = log.deliveries(1)
    (choice,) = select([record.recipient], suppressions=log.suppressions(), today=NOW.date())
    assert choice.reason is SkipReason.ERASED
    assert record.message_id is None


def test_an_address_that_begins_with_the_erased_one_is_another_s(log: SqliteDeliveryLog) -> None:
    other = "anna@a.example.org"
    people = [Recipient(mailbox=Mailbox(address=each)) for each in ("anna@a.example", other)]
    send(log, *people)
    log.erase("anna@a.example")
    assert [record.recipient.mailbox.address for record in log.deliveries(1)][1] == other


def test_a_message_that_waits_for_an_erased_person_is_not_sent(log: SqliteDeliveryLog) -> None:
    send(log, ASA, BO, limit=0)
    log.erase(ADDRESS)
    statuses = [(record.status, record.reason) for record in log.deliveries(1)]
    assert statuses == [(DeliveryStatus.SKIPPED, "erased"), (DeliveryStatus.PENDING, None)]


def test_erasing_twice_and_somebody_unknown_is_no_error(log: SqliteDeliveryLog) -> None:
    for _time in range(2):
        erased = log.erase(ADDRESS)
        assert erased.deliveries == 0


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


def test_all_that_is_held_about_one_person_is_told(log: SqliteDeliveryLog) -> None:
    send(log, ASA, BO)
    held = log.person(ADDRESS.upper())
    (found,) = held.deliveries
    assert found.key.release_id == "bad"
    assert found.delivery.recipient.extra == {"Anteckning": "Åsa sitter på redaktionen"}
    assert str(found.attempts[0].reply).startswith("250")


def test_retention_strips_people_and_keeps_counts(log: SqliteDeliveryLog, tmp_path: Path) -> None:
    send(log, ASA, BO)
    assert log.find_old(NOW) == ()
    later = NOW + dt.timedelta(days=400)
    (old,) = log.find_old(later)
    assert (old.deliveries, old.key.release_id) == (2, "bad")
    before = log.dispatches()[0].counts
    assert log.strip_old(later) == 2
    assert log.dispatches()[0].counts == before
    assert log.find_old(later) == ()
    outlets = [record.recipient.outlet for record in log.deliveries(1)]
    assert outlets == ["Hamnposten", None]
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"Bo Ek" not in data
    assert b"bo@hamnposten.example" not in data


def test_a_stripped_dispatch_cannot_be_gone_on_with(log: SqliteDeliveryLog) -> None:
    """Nobody knows any more who has had it: going on would mail people twice."""
    send(log, ASA)
    log.strip_old(NOW + dt.timedelta(days=1))
    with pytest.raises(DeliveryLogError, match="removed when their time was over"):
        send(log, ASA)
