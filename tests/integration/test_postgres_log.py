"""The delivery log on a PostgreSQL server: what is its own, besides what every log promises."""

import asyncio
import datetime as dt
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.kit.deliveries import (
    ACCEPTED,
    DEFERRED,
    GREYLISTED,
    LATER,
    LOST_AFTER_DOT,
    NOW,
    QUEUED,
    UNKNOWN,
    order,
    ready,
    recipient,
)
from tests.kit.postgres import PostgresServer, require_server
from tests.kit.wire import Wire

from pressutskick.deliverylog.postgres import server as server_module
from pressutskick.deliverylog.postgres.log import PostgresDeliveryLog
from pressutskick.deliverylog.postgres.server import Server
from pressutskick.deliverylog.postgres.statements import in_psycopg, migrations, statements
from pressutskick.deliverylog.postgres.verification import verify_server_log
from pressutskick.dispatch.approval import Approval, Digests
from pressutskick.dispatch.delivery import RESOLUTIONS, TRANSITIONS, DeliveryStatus, Resolution
from pressutskick.errors import DeliveryLogError, DispatchInProgress, SettingsError
from pressutskick.recipients.suppression import Suppression, SuppressionReason

S = DeliveryStatus


@pytest.fixture
def cluster() -> PostgresServer:
    return require_server()


@pytest.fixture
def conninfo(cluster: PostgresServer) -> str:
    return cluster.emptied_schema()


Open = Callable[..., PostgresDeliveryLog]


@pytest.fixture
def open_log(conninfo: str, tmp_path: Path) -> Open:
    """A log as one machine has it; another name is another machine."""

    def open_it(machine: str = "one", address: str = conninfo, **more: Any) -> PostgresDeliveryLog:
        values = {"now": lambda: NOW, "emergency": tmp_path / f"{machine}.emergency", **more}
        return PostgresDeliveryLog(Server(conninfo=address), **values)

    return open_it


def execute(conninfo: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """As somebody does who has nothing but SQL."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        cursor = connection.execute(statement.encode(), values or None)
        return cursor.fetchall() if cursor.description else []


def told(log: PostgresDeliveryLog) -> list[str]:
    return [str(each) for each in verify_server_log(log)]


async def send_all(opened: Any, outcome: Any = QUEUED, decision: Any = ACCEPTED) -> None:
    claimed = await opened.claim(99, LATER)
    await asyncio.gather(*(opened.commit(each.id, f"<{each.id}@a.example>") for each in claimed))
    await asyncio.gather(*(opened.record(each.id, outcome, decision) for each in claimed))


def run(log: PostgresDeliveryLog, numbers: Any = range(3), **more: Any) -> None:
    with log.begin(order(), ready(numbers)) as opened:
        asyncio.run(send_all(opened, **more))


# The tables.


def test_the_server_allows_exactly_the_changes_that_the_code_allows(
    open_log: Open, conninfo: str
) -> None:
    open_log()
    allowed = {
        (before.value, after.value)
        for table in (TRANSITIONS, RESOLUTIONS)
        for before, afters in table.items()
        for after in afters
    }
    found = set()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO dispatch (release_id, purpose, number, title, state, created_at) "
            "VALUES ('a', 'announce', 1, 't', 'open', log_now())"
        )
        connection.execute("SET pressutskick.copying = 'yes'")
        for place, (before, after) in enumerate(itertools.product(S, S)):
            connection.execute(
                "INSERT INTO delivery (dispatch_id, address_key, status, updated_at, recipient) "
                "VALUES (1, %s, %s, log_now(), '{}')",
                (f"{place}", before),
            )
            try:
                connection.execute(
                    "UPDATE delivery SET status = %s WHERE address_key = %s", (after, f"{place}")
                )
            except psycopg.errors.IntegrityConstraintViolation:
                continue
            found.add((before.value, after.value))
    assert found - {(each.value, each.value) for each in S} == allowed


def test_a_delivery_begins_before_any_attempt(open_log: Open, conninfo: str) -> None:
    run(open_log(), [1])
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        execute(
            conninfo,
            "INSERT INTO delivery (dispatch_id, address_key, status, updated_at, recipient) "
            "VALUES (1, 'a', 'accepted', log_now(), '{}')",
        )


def test_every_statement_is_one_that_the_newest_tables_understand(
    open_log: Open, conninfo: str
) -> None:
    open_log()
    with psycopg.connect(conninfo) as connection:
        connection.execute(statements()["planned"].encode())
        for place, (name, text) in enumerate(statements().items()):
            if name == "planned":
                continue
            sentence = f"PREPARE s{place} AS {_numbered(text).replace('%%', '%')}"
            try:
                connection.execute(sentence.encode())
            except psycopg.Error as error:
                pytest.fail(f"{name}: {error}")


def _numbered(text: str) -> str:
    names = list(dict.fromkeys(re.findall(r"%\(\w+\)s", text)))
    return re.sub(r"%\(\w+\)s", lambda found: f"${names.index(found[0]) + 1}", text)


def test_a_value_is_told_from_a_cast_and_a_percent_sign() -> None:
    assert in_psycopg("SELECT :a || 'x:%' WHERE b::text = :b_c") == (
        "SELECT %(a)s || 'x:%%' WHERE b::text = %(b_c)s"
    )


def test_migrations_are_numbered_from_one_without_a_gap() -> None:
    assert [number for number, _script in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_newer_log_is_refused_with_a_remedy(open_log: Open, conninfo: str) -> None:
    open_log()
    execute(conninfo, "UPDATE meta SET value = '999' WHERE key = 'format'")
    try:
        with pytest.raises(DeliveryLogError, match="999") as refused:
            open_log()
    finally:
        latest = str(migrations()[-1][0])
        execute(conninfo, "UPDATE meta SET value = %s WHERE key = 'format'", latest.encode())
    assert refused.value.remedy is not None


def test_machines_that_begin_together_make_one_log(cluster: PostgresServer, tmp_path: Path) -> None:
    server = Server(conninfo=cluster.new_schema())

    async def open_all() -> set[bytes]:
        logs = await asyncio.gather(
            *(
                asyncio.to_thread(PostgresDeliveryLog, server, emergency=tmp_path / "e")
                for _ in range(4)
            )
        )
        return {log.key for log in logs}

    assert len(asyncio.run(open_all())) == 1


# The chain.


@pytest.fixture
def whole(open_log: Open) -> PostgresDeliveryLog:
    """Attempts, a decision, an approval, suppressions: one renewed, one lifted."""
    log = open_log()
    run(log, outcome=LOST_AFTER_DOT, decision=UNKNOWN)
    log.resolve([3], Resolution.RESEND, person="å@b")
    run(log)
    digests = Digests(release="r", templates='"t"\\', selection="u\n", settings="s")
    log.note_approval(
        Approval(
            release_id="bron",
            digests=digests,
            approver="Åsa \x01 Ek",
            approved_at=NOW,
            person="å@b",
        )
    )
    for number, until in ((1, None), (1, dt.date(2027, 1, 1)), (2, None)):
        log.suppress(
            Suppression(
                key=recipient(number).mailbox.key,
                reason=SuppressionReason.OPT_OUT,
                created=NOW,
                until=until,
            )
        )
    log.lift(recipient(2).mailbox.key)
    return log


def test_what_the_program_writes_is_whole(whole: PostgresDeliveryLog) -> None:
    assert told(whole) == []
    assert [source for _id, source, *_rest in whole.rows("link_places")].count("attempt") == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE attempt SET text = 'Ok' WHERE delivery_id = 2",
         "Attempt 1 of delivery 2 was changed"),
        ("DELETE FROM resolution", "Decision 1 about a delivery was taken out"),
        ("UPDATE approval SET approver = 'Bo Ek'", "Approval 1 was changed"),
        ("DELETE FROM suppression", "Suppression 1 was taken out"),
        ("DELETE FROM link WHERE id = 2", "broken"),
        ("UPDATE link SET row_id = 7 WHERE id = 4", "broken"),
    ],
)  # fmt: skip
def test_a_row_that_was_changed_by_hand_is_told(
    whole: PostgresDeliveryLog, conninfo: str, change: str, words: str
) -> None:
    execute(conninfo, change)
    assert words in " ".join(told(whole))


def test_two_machines_write_one_chain(open_log: Open) -> None:
    """Each waits for the other's transaction, so that no link is written twice."""
    logs = [open_log("one"), open_log("two")]

    async def act() -> None:
        with (
            logs[0].begin(order("bron"), ready(range(60))) as first,
            logs[1].begin(order("badet"), ready(range(60))) as second,
        ):
            await asyncio.gather(send_all(first), send_all(second))

    asyncio.run(act())
    assert told(logs[0]) == []
    assert [each.counts for each in logs[1].dispatches()] == [{S.ACCEPTED: 60}] * 2


# Who lives.


def test_another_machine_does_not_begin_what_one_sends(open_log: Open) -> None:
    one, two = open_log("one"), open_log("two")
    with one.begin(order(), ready(range(3))) as opened:
        asyncio.run(opened.claim(2, LATER))  # type: ignore[arg-type]
        with pytest.raises(DispatchInProgress), two.begin(order(), ready(range(3))):
            pass
        assert two.settle_dead_runs() == 0
    assert one.dispatches()[0].counts == {S.PENDING: 3}


def end_sessions(conninfo: str) -> None:
    """As the server does with whoever is silent for too long, or an administrator."""
    execute(
        conninfo,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'pressutskick'",
    )


def test_a_run_that_lost_its_session_writes_no_further_dot(
    open_log: Open, conninfo: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it had in hand is another machine's, and what it was told is kept and comes in."""
    one, two = open_log("one"), open_log("two")

    async def act(opened: Any) -> None:
        first, second, third = await opened.claim(3, LATER)
        await opened.commit(first.id, "<1@a.example>")
        end_sessions(conninfo)
        with pytest.raises(DeliveryLogError):
            await opened.record(first.id, QUEUED, ACCEPTED)
        with pytest.raises(DeliveryLogError):
            await opened.commit(second.id, "<2@a.example>")
        with pytest.raises(DeliveryLogError):
            await opened.claim(1, LATER)
        assert third.id

    with one.begin(order(), ready(range(3))) as opened:
        asyncio.run(act(opened))
    assert "queued as 4F2" in capsys.readouterr().err
    # It could reach the server again at its end.
    assert two.dispatches()[0].counts == {S.ACCEPTED: 1, S.PENDING: 2}
    run(two)
    assert two.dispatches()[0].counts == {S.ACCEPTED: 3}
    assert told(two) == []


def test_what_another_machine_has_taken_over_is_nobody_elses(open_log: Open, conninfo: str) -> None:
    one, two = open_log("one"), open_log("two")

    async def act(opened: Any) -> None:
        (first, _second) = await opened.claim(2, LATER)
        await opened.commit(first.id, "<1@a.example>")
        # The server has given up the session; the machine does not know.
        execute(
            conninfo,
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'",
        )
        await asyncio.to_thread(run, two)
        with pytest.raises(DeliveryLogError):
            await opened.record(first.id, QUEUED, ACCEPTED)

    with one.begin(order(), ready(range(3))) as opened:
        asyncio.run(act(opened))
    counts = two.dispatches()[0].counts
    assert counts == {S.UNKNOWN: 1, S.ACCEPTED: 2}
    assert told(two) == []


def test_a_row_in_hand_is_written_by_whoever_holds_it(open_log: Open, conninfo: str) -> None:
    """Should a session outlive its claim, the claim counts."""
    log = open_log()

    async def act(opened: Any) -> None:
        (first, second) = await opened.claim(2, LATER)
        execute(conninfo, "UPDATE delivery SET holder = 99 WHERE id = %s", first.id)
        with pytest.raises(DeliveryLogError, match="not as this run left it"):
            await opened.commit(first.id, "<1@a.example>")
        assert second.id

    with log.begin(order(), ready(range(2))) as opened:
        asyncio.run(act(opened))


def test_a_server_that_falls_silent_is_given_up(
    open_log: Open, cluster: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing tells that a network swallows everything, but that no answer comes."""
    monkeypatch.setattr(server_module, "PATIENCE", 0.5)
    wire = Wire(cluster.folder / ".s.PGSQL.5432")
    address = cluster.emptied_schema().replace(
        f"host={cluster.folder}&port={cluster.port}",
        f"host=127.0.0.1&port={wire.port}&sslmode=disable",
    )
    log = open_log("one", address)

    async def act(opened: Any) -> None:
        (first,) = await opened.claim(1, LATER)
        wire.swallow()
        with pytest.raises(DeliveryLogError, match="does not answer"):
            await opened.commit(first.id, "<1@a.example>")

    with log.begin(order(), ready(range(2))) as opened:
        asyncio.run(act(opened))
    wire.close()
    wire.mend()
    other = open_log("two")
    other.settle_dead_runs()
    assert set(other.dispatches()[0].counts) <= {S.PENDING, S.UNKNOWN}


# Time.


def test_without_a_clock_of_its_own_the_log_has_the_server_s(open_log: Open) -> None:
    log = open_log(now=None)
    run(log, [1])
    (delivery,) = log.deliveries(1)
    assert abs(delivery.updated_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert delivery.updated_at.tzinfo is not None


def test_what_is_put_off_is_due_by_the_server_s_clock(open_log: Open) -> None:
    """A machine whose clock is wrong by an hour puts nothing off by an hour."""
    log = open_log(now=None)

    async def act(opened: Any) -> None:
        opened._ahead = dt.timedelta(hours=-1)
        now = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
        (delivery,) = await opened.claim(1, now)
        retry_at = now + dt.timedelta(minutes=5)
        decision = DEFERRED.__class__(status=S.DEFERRED, retry_at=retry_at)
        await opened.record(delivery.id, GREYLISTED, decision)
        assert await opened.next_due() == retry_at
        assert await opened.claim(1, now) == []
        assert len(await opened.claim(1, retry_at)) == 1

    with log.begin(order(), ready([1])) as opened:
        asyncio.run(act(opened))
    (delivery,) = log.deliveries(1)
    (first, *_) = log.attempts(delivery.id)
    assert first.status is S.DEFERRED


# Addresses of servers.


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("postgresql://db.example.org/press", "verify-full"),
        ("postgresql://u@db.example.org/press?sslmode=verify-ca&sslrootcert=/x", "verify-ca"),
        ("postgresql:///press?host=/run/postgresql", None),
        ("postgresql://127.0.0.1/press", None),
        ("host=localhost dbname=press", None),
    ],
)
def test_another_machine_has_to_prove_who_it_is(address: str, wanted: str | None) -> None:
    told = server_module._encryption(server_module._look_up(address))
    assert told.get("sslmode") == wanted


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:hemligt@[::1/p",
        "postgresql://u:hem/ligt@host/p",
        "postgresql://u:h@ligt@host/p",
    ],
)
def test_no_secret_is_told_of_an_address_that_is_none(address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Server(conninfo=address).require_sense()
    assert "ligt" not in str(refused.value)


@pytest.mark.parametrize("mode", ["disable", "allow", "require"])
def test_less_than_that_is_refused(mode: str) -> None:
    with pytest.raises(SettingsError, match="prove who it is"):
        Server(conninfo=f"postgresql://u:hemligt@db.example.org/p?sslmode={mode}").require_sense()


def test_a_service_says_where_the_server_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "services"
    file.write_text("[press]\nhost=db.example.org\ndbname=log\nsslmode=require\n", "utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    server = Server(conninfo="service=press")
    assert server.name == "db.example.org/log"
    with pytest.raises(SettingsError, match="sslmode=require"):
        server.require_sense()


def test_a_server_s_name_has_no_secret() -> None:
    assert Server(conninfo="postgresql://u:hemligt@127.0.0.1:5433/p").name == "127.0.0.1:5433/p"


# The pace of a mailbox.


def test_machines_that_send_by_one_mailbox_share_its_rate_and_its_connections(
    open_log: Open,
) -> None:
    logs = [open_log(name, mailbox="press@a.example relay") for name in ("one", "two")]
    other = open_log("three", mailbox="annan@a.example relay")

    async def act(one: Any, two: Any, three: Any) -> None:
        assert await one.pace.take_turn(60.0) == 0
        for each in (one, two):
            assert 50 < await each.pace.take_turn(60.0) <= 60
        assert await three.pace.take_turn(60.0) == 0

        assert [await one.pace.take_seat(3), await one.pace.take_seat(3)] == [True, True]
        assert [await two.pace.take_seat(3), await two.pace.take_seat(3)] == [True, False]
        assert await three.pace.take_seat(1)
        await one.pace.leave_seat()
        assert await two.pace.take_seat(3)
        assert not await one.pace.take_seat(3)

    with (
        logs[0].begin(order("a"), ready([1])) as one,
        logs[1].begin(order("b"), ready([1])) as two,
        other.begin(order("c"), ready([1])) as three,
    ):
        asyncio.run(act(one, two, three))

    async def again(opened: Any) -> None:
        # Whoever has ended has left its seats.
        assert [await opened.pace.take_seat(3) for _ in range(4)] == [True] * 3 + [False]

    with logs[1].begin(order("b"), ready([1])) as opened:
        asyncio.run(again(opened))
