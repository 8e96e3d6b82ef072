"""Every row of an attempt and of a decision is chained: a later change by hand is told."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.kit.deliveries import (
    ACCEPTED,
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

from pressutskick.deliverylog.sqlite import statements
from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.deliverylog.sqlite.verification import verify_log
from pressutskick.dispatch.approval import Approval, Digests
from pressutskick.dispatch.delivery import Resolution
from pressutskick.recipients.suppression import Suppression, SuppressionReason

COPIED_APPROVAL = """
INSERT INTO approval
SELECT 9, release_id, 'x', templates_digest, selection_digest, settings_digest, approver, approved_at,
       person
FROM approval
"""
ROUND = [(QUEUED, ACCEPTED), (NO_SUCH_USER, REJECTED), (LOST_AFTER_DOT, UNKNOWN)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


def run(log: SqliteDeliveryLog, outcomes: Iterable[tuple[Any, Any]] = ROUND) -> None:
    """One delivery for each outcome; several are recorded at once, and so share a commit."""

    async def act(opened: Any) -> None:
        claimed = await opened.claim(99, LATER)
        await asyncio.gather(
            *(opened.commit(each.id, f"<{each.id}@a.example>") for each in claimed)
        )
        await asyncio.gather(
            *(
                opened.record(each.id, *outcome)
                for each, outcome in zip(claimed, outcomes, strict=False)
            )
        )

    with log.begin(order(), ready(range(1, 4))) as opened:
        asyncio.run(act(opened))


@pytest.fixture
def log(path: Path) -> SqliteDeliveryLog:
    """Attempts, a decision, an approval, suppressions: one renewed, one lifted."""
    log = SqliteDeliveryLog(path, now=lambda: NOW)
    run(log)
    log.resolve([3], Resolution.RESEND)
    run(log)
    digests = Digests(release="r", templates="t", selection="u", settings="s")
    log.note_approval(
        Approval(
            release_id="bron",
            digests=digests,
            approver="Eva Ek",
            approved_at=NOW,
            person="eva@press",
        )
    )
    for until in (None, dt.date(2027, 1, 1)):
        suppress(log, 1, until)
    suppress(log, 2, None)
    log.lift(recipient(2).mailbox.key)
    return log


def suppress(log: SqliteDeliveryLog, number: int, until: dt.date | None) -> None:
    log.suppress(
        Suppression(
            key=recipient(number).mailbox.key,
            reason=SuppressionReason.OPT_OUT,
            created=NOW,
            until=until,
            source="sade det i telefon",
        )
    )


def execute(path: Path, *changes: str) -> None:
    """As somebody does who has nothing but SQLite."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for change in changes:
            connection.execute(change).fetchall()


def told(path: Path) -> list[str]:
    return [str(each) for each in verify_log(path)]


def test_what_the_program_writes_is_whole(log: SqliteDeliveryLog, path: Path) -> None:
    assert told(path) == []
    assert [source for _id, source, *_rest in log.rows("link_places")].count("attempt") == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE attempt SET text = 'Ok' WHERE delivery_id = 2",
         "Attempt 1 of delivery 2 was changed"),
        ("UPDATE attempt SET ended_at = '2020' WHERE delivery_id = 1",
         "Attempt 1 of delivery 1 was changed"),
        ("UPDATE resolution SET decided_at = '2020'", "Decision 1 about a delivery was changed"),
        ("DELETE FROM resolution", "Decision 1 about a delivery was taken out"),
        ("UPDATE approval SET approver = 'Bo Ek'", "Approval 1 was changed"),
        (COPIED_APPROVAL, "Approval 9 was added"),
        ("UPDATE suppression SET until = NULL", "Suppression 1 was changed"),
        ("DELETE FROM suppression", "Suppression 1 was taken out"),
        ("INSERT INTO suppression VALUES (2, 'a@b.example', 'opt_out', 'everything', '', NULL, '')",
         "Suppression 2 was added"),
        ("DELETE FROM link WHERE id = 2", "broken"),
        ("UPDATE link SET seal = zeroblob(112) WHERE id = 1", "broken"),
        ("UPDATE link SET row_id = 7 WHERE id = 4", "broken"),
    ],
)  # fmt: skip
def test_a_row_that_another_program_touches_is_named(
    log: SqliteDeliveryLog, path: Path, change: str, words: str
) -> None:
    execute(path, change)
    assert any(words in each for each in told(path)), told(path)


def test_the_first_of_several_is_named_and_the_others_counted(
    log: SqliteDeliveryLog, path: Path
) -> None:
    execute(path, "UPDATE attempt SET detail = 'x'")
    (line,) = told(path)
    assert line.startswith("Attempt 1 of delivery 1 was changed")
    assert line.endswith("touched: 4.")


def test_an_attempt_of_a_dead_run_is_chained_too(path: Path) -> None:
    async def act(opened: Any) -> None:
        (delivery, *_) = await opened.claim(9, LATER)
        await opened.commit(delivery.id, "<1@a.example>")

    log = SqliteDeliveryLog(path)
    with log.begin(order(), ready([1, 2])) as opened:
        asyncio.run(act(opened))
    assert told(path) == []
    execute(path, "UPDATE attempt SET fault = 'lost' WHERE delivery_id = 2")
    assert "Attempt 1 of delivery 2 was changed" in told(path)[0]


def test_forgetting_a_person_keeps_the_chain_whole_and_what_was_found_stays_found(
    log: SqliteDeliveryLog, path: Path
) -> None:
    log.erase(recipient(1).mailbox.address)
    assert told(path) == []
    execute(path, "UPDATE attempt SET code = 251 WHERE delivery_id = 2")
    log.erase(recipient(2).mailbox.address)
    (line,) = told(path)
    assert line.startswith("Attempt 1 of delivery 2 was changed")


def test_what_was_forgotten_cannot_be_tried_out(log: SqliteDeliveryLog, path: Path) -> None:
    """Without its salt a digest tells nothing about a text that somebody guesses."""
    log.erase(recipient(2).mailbox.address)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT substr(seal, 1, 16) FROM link WHERE source = 'attempt' AND row_id = 2"
        ).fetchall()
    salts = [salt for (salt,) in rows]
    assert salts[:-1] == [bytes(16)]
    assert salts[-1] != bytes(16)


def test_retention_keeps_the_chain_whole(log: SqliteDeliveryLog, path: Path) -> None:
    log.settle_dead_runs()
    assert log.strip_old(NOW + dt.timedelta(days=400)) > 0
    assert told(path) == []


def test_an_older_log_is_chained_as_it_is_when_it_is_upgraded(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = statements.migrations()
    execute_all = [script for number, script in every if number < 8]
    with closing(sqlite3.connect(path)) as connection:
        for script in execute_all:
            connection.executescript(script)
        connection.execute("PRAGMA user_version = 7")
        connection.execute("PRAGMA application_id = 1886087531")
        connection.executescript(
            "INSERT INTO dispatch VALUES (1, 'bron', 'announce', 1, 'Bron', 'open', '', NULL, NULL);"
            "INSERT INTO delivery (id, dispatch_id, address_key, status, attempts, updated_at,"
            " recipient) VALUES (1, 1, 'a', 'pending', 2, '', '{}');"
            "INSERT INTO attempt (delivery_id, number, opened_at, ended_at, status, phase)"
            " VALUES (1, 1, '', '', 'deferred', 'rcpt'), (1, 2, '', '', 'deferred', 'rcpt');"
        )
    SqliteDeliveryLog(path)
    assert told(path) == []
    execute(path, "UPDATE attempt SET phase = 'mail' WHERE number = 2")
    assert "Attempt 2 of delivery 1 was changed" in told(path)[0]
