"""The log's file: private, upgraded, refused, and honest when it cannot be written."""

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

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

from pressutskick.deliverylog.relational.emergency import EmergencyFile, flush_to_disk
from pressutskick.deliverylog.sqlite import log as log_module
from pressutskick.deliverylog.sqlite import schema
from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.deliverylog.sqlite.verification import verify_log
from pressutskick.dispatch.delivery import DeliveryStatus, Resolution
from pressutskick.errors import DeliveryLogError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement).fetchall()


def accept_one(log: SqliteDeliveryLog, **wishes: Any) -> None:
    async def act(opened: Any) -> None:
        (delivery,) = await opened.claim(1, LATER)
        await opened.commit(delivery.id, "<1@example.org>")
        await opened.record(delivery.id, wishes.get("outcome", QUEUED), wishes.get("to", ACCEPTED))

    with log.begin(order(), ready([1])) as opened:
        asyncio.run(act(opened))


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_file_and_locks_are_for_their_owner_alone(path: Path) -> None:
    path.touch(mode=0o644)
    with SqliteDeliveryLog(path).begin(order(), ready([1])):
        modes = {each: stat.S_IMODE(each.stat().st_mode) for each in path.parent.rglob("*")}
    assert {mode & 0o077 for mode in modes.values()} == {0}
    assert len(modes) >= 4


def test_a_folder_named_by_mistake_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o755)
    with pytest.raises(DeliveryLogError):
        SqliteDeliveryLog(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_the_log_reads_back_what_happened(path: Path) -> None:
    log = SqliteDeliveryLog(path, now=lambda: NOW)
    accept_one(log)
    (record,) = log.dispatches()
    assert record.key == order().key
    assert log.snapshot(record.id) == order().snapshot
    (delivery,) = log.deliveries(record.id)
    assert delivery.recipient == recipient(1)
    assert delivery.reply == QUEUED.reply
    assert (delivery.message_id, delivery.server_id) == ("<1@example.org>", "4F2")
    assert delivery.updated_at == NOW
    assert log.known(record.id, [recipient(1).mailbox.key, "nobody@example.org"]) == {
        recipient(1).mailbox.key: DeliveryStatus.ACCEPTED
    }


def test_every_attempt_is_kept_with_its_reply(path: Path) -> None:
    async def act(opened: Any) -> None:
        (delivery,) = await opened.claim(1, NOW)
        await opened.record(delivery.id, GREYLISTED, DEFERRED)
        (delivery,) = await opened.claim(1, LATER)
        await opened.commit(delivery.id, "<1@example.org>")
        await opened.record(delivery.id, QUEUED, ACCEPTED)

    log = SqliteDeliveryLog(path, now=lambda: NOW)
    with log.begin(order(), ready([1])) as opened:
        asyncio.run(act(opened))
    first, second = log.attempts(1)
    assert (first.status, first.reply, first.committed_at) == (
        DeliveryStatus.DEFERRED,
        GREYLISTED.reply,
        None,
    )
    assert (second.status, second.reply, second.committed_at) == (
        DeliveryStatus.ACCEPTED,
        QUEUED.reply,
        NOW,
    )


def test_a_second_text_of_a_dispatch_is_kept_beside_the_first(path: Path) -> None:
    log = SqliteDeliveryLog(path)
    for text in ("first", "first", "second"):
        with log.begin(order(text=text), ready([1])):
            pass
    found = [log.snapshot(1, snapshot_id=number) for number in (1, 2, 3)]
    assert [each.release if each else None for each in found] == ["first", "second", None]
    assert log.snapshot(1) == order(text="second").snapshot


def test_the_lists_are_paged_without_losing_a_row(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pressutskick.deliverylog.relational.store.PAGE", 3)
    log = SqliteDeliveryLog(path)
    with log.begin(order(), ready(range(10))):
        pass
    assert [each.recipient for each in log.deliveries(1)] == list(map(recipient, range(10)))


@pytest.mark.parametrize(
    ("choice", "status"),
    [(Resolution.RESEND, DeliveryStatus.PENDING), (Resolution.LEAVE, DeliveryStatus.ACCEPTED)],
)
def test_a_person_decides_about_an_unknown_delivery_once(
    path: Path, choice: Resolution, status: DeliveryStatus
) -> None:
    log = SqliteDeliveryLog(path)
    accept_one(log, outcome=LOST_AFTER_DOT, to=UNKNOWN)
    assert log.resolve([1], choice) == 1
    assert log.resolve([1], choice) == 0
    assert log.dispatches()[0].counts == {status: 1}
    assert list(verify_log(path)) == []


# Files that cannot be used: told before any mail.


def test_a_newer_log_is_refused_with_a_remedy(path: Path) -> None:
    SqliteDeliveryLog(path)
    execute(path, "PRAGMA user_version = 999")
    with pytest.raises(DeliveryLogError, match="999") as told:
        SqliteDeliveryLog(path)
    assert told.value.remedy is not None


def test_an_older_log_is_upgraded_and_a_copy_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = schema.migrations()
    monkeypatch.setattr(schema, "migrations", lambda: newest[:1])
    log = SqliteDeliveryLog(path)
    monkeypatch.setattr(schema, "migrations", lambda: newest)
    key = log.key
    assert SqliteDeliveryLog(path).key == key
    assert list(verify_log(path)) == []
    assert path.with_name("log.db.format-1.bak").stat().st_size > 0


def test_a_migration_that_fails_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SqliteDeliveryLog(path)
    newest = schema.migrations()
    bad = "CREATE TABLE half (a TEXT); CREATE TABLE half (a TEXT);"
    monkeypatch.setattr(schema, "migrations", lambda: (*newest, (newest[-1][0] + 1, bad)))
    with pytest.raises(DeliveryLogError):
        SqliteDeliveryLog(path)
    monkeypatch.setattr(schema, "migrations", lambda: newest)
    SqliteDeliveryLog(path)
    assert list(verify_log(path)) == []


def overwrite(path: Path) -> None:
    path.write_bytes(b"not a database " * 1000)


def truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def scribble(path: Path) -> None:
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(os.urandom(200))


@pytest.mark.parametrize("damage", [overwrite, truncate, scribble])
def test_a_damaged_log_is_told_before_any_mail(path: Path, damage: Callable[[Path], None]) -> None:
    with SqliteDeliveryLog(path).begin(order(), ready(range(300))):
        pass
    damage(path)
    with pytest.raises(DeliveryLogError) as told:
        SqliteDeliveryLog(path)
    assert told.value.remedy is not None
    assert list(verify_log(path)) != []


def test_another_programs_database_is_not_touched(path: Path) -> None:
    execute(path, "CREATE TABLE somebody_elses (a TEXT)")
    before = path.read_bytes()
    with pytest.raises(DeliveryLogError, match="another program"):
        SqliteDeliveryLog(path)
    assert path.read_bytes() == before


def test_a_folder_is_no_log(path: Path) -> None:
    path.mkdir()
    with pytest.raises(DeliveryLogError):
        SqliteDeliveryLog(path)
    assert [each.name for each in path.parent.iterdir()] == ["log.db"]


def test_a_disk_without_room_is_told_before_any_mail(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = SqliteDeliveryLog(path)
    usage = shutil.disk_usage(path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(DeliveryLogError, match="free"), log.begin(order(), ready([1])):
        pass


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX rights")
def test_a_log_that_may_only_be_read_is_told_before_any_mail(path: Path) -> None:
    with SqliteDeliveryLog(path).begin(order(), ready([1])):
        pass
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        script = (
            "import sys; from pathlib import Path\n"
            "from pressutskick.cli import main\n"
            "from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog\n"
            "from pressutskick.errors import DeliveryLogError\n"
            "try: SqliteDeliveryLog(Path(sys.argv[1]))\n"
            "except DeliveryLogError as error: sys.exit(int(error.status))"
        )
        if os.geteuid() == 0 and not _can_be_nobody(path):
            pytest.skip("root may write everything, and nobody may not read this folder")
        nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            **nobody,
        )
        assert done.returncode == 73, done.stderr
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o600)


def _can_be_nobody(path: Path) -> bool:
    """Whether another user can reach interpreter, sources and log at all."""
    places = [Path(sys.executable), Path(sys.prefix), ROOT / "src", path.parent]
    return all(
        parent.stat().st_mode & 0o001 for place in places for parent in (place, *place.parents)
    )


# Failure in the middle: no further dot, and what is known is kept.


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Limits the writer's file to so many pages, as a full disk would."""
    writer_connect = schema.connect

    def limit(pages: int) -> None:
        def connect(path: Path) -> sqlite3.Connection:
            connection = writer_connect(path)
            connection.execute(f"PRAGMA max_page_count = {pages}")
            return connection

        monkeypatch.setattr("pressutskick.deliverylog.sqlite.writer.connect", connect)

    return limit


def test_a_full_disk_stops_before_the_next_dot_and_forgets_no_reply(
    path: Path, tight: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    async def act(opened: Any) -> int:
        dots = 0
        while batch := await opened.claim(10, NOW):
            for delivery in batch:
                await opened.commit(delivery.id, "<" + "x" * 900 + ">")
                dots += 1
                await opened.record(delivery.id, QUEUED, ACCEPTED)
        return dots

    log = SqliteDeliveryLog(path, now=lambda: NOW)
    with log.begin(order(), ready(range(300))):
        pass
    tight(path.stat().st_size // 4096 + 4)
    with (
        pytest.raises(DeliveryLogError, match="full"),
        log.begin(order(), ready(range(300))) as opened,
    ):
        asyncio.run(act(opened))
    counts = log.dispatches()[0].counts
    assert counts[DeliveryStatus.ACCEPTED] >= 1
    assert set(counts) <= {
        DeliveryStatus.ACCEPTED,
        DeliveryStatus.PENDING,
        DeliveryStatus.UNKNOWN,
    }
    assert list(verify_log(path)) == []


def test_after_a_failure_no_intent_is_granted(path: Path, tight: Callable[[int], None]) -> None:
    async def act(opened: Any) -> None:
        batch = await opened.claim(40, NOW)
        refused = 0
        for delivery in batch:
            try:
                await opened.commit(delivery.id, "<" + "x" * 1900 + ">")
                assert not refused
            except DeliveryLogError:
                refused += 1
        assert refused >= 2
        with pytest.raises(DeliveryLogError):
            await opened.claim(1, NOW)

    log = SqliteDeliveryLog(path)
    with log.begin(order(), ready(range(40))):
        pass
    tight(path.stat().st_size // 4096 + 2)
    with log.begin(order(), ready(range(40))) as opened:
        asyncio.run(act(opened))


def test_a_reply_that_cannot_be_recorded_is_kept_beside_the_log_and_replayed(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def act(opened: Any) -> None:
        (delivery,) = await opened.claim(1, NOW)
        await opened.commit(delivery.id, "<1@example.org>")
        monkeypatch.setattr(opened._writer, "_write", fail)
        with pytest.raises(DeliveryLogError):
            await opened.record(delivery.id, QUEUED, ACCEPTED)
        monkeypatch.setattr(log_module, "recover", fail)

    def fail(*_arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    log = SqliteDeliveryLog(path, now=lambda: NOW)
    with log.begin(order(), ready([1])) as opened:
        asyncio.run(act(opened))
    assert log.dispatches()[0].counts == {DeliveryStatus.COMMITTING: 1}
    assert "queued as 4F2" in capsys.readouterr().err
    monkeypatch.undo()
    log = SqliteDeliveryLog(path, now=lambda: NOW)
    assert log.settle_dead_runs() == 1
    (delivery,) = log.deliveries(1)
    assert (delivery.status, delivery.reply) == (DeliveryStatus.ACCEPTED, QUEUED.reply)
    assert list(verify_log(path)) == []


def take_away(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink()


def replace_by_another(path: Path) -> None:
    take_away(path)
    SqliteDeliveryLog(path)


def take_away_what_is_not_in_the_file_yet(path: Path) -> None:
    Path(f"{path}-wal").unlink()


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed there")
@pytest.mark.parametrize(
    "happen", [take_away, replace_by_another, take_away_what_is_not_in_the_file_yet]
)
def test_a_log_that_goes_away_is_noticed_and_what_is_in_flight_is_kept(
    path: Path, happen: Callable[[Path], None]
) -> None:
    async def act(opened: Any) -> None:
        first, second = await opened.claim(2, LATER)
        await opened.commit(first.id, "<1@example.org>")
        happen(path)
        with pytest.raises(DeliveryLogError, match="removed or replaced"):
            await opened.record(first.id, QUEUED, ACCEPTED)
        with pytest.raises(DeliveryLogError, match="removed or replaced"):
            await opened.commit(second.id, "<2@example.org>")

    log = SqliteDeliveryLog(path)
    instance, emergency = log.instance, log.emergency.path
    with log.begin(order(), ready([1, 2])) as opened:
        asyncio.run(act(opened))
    (line,) = emergency.read_text("ascii").splitlines()
    assert instance in line
    assert '"accepted"' in line
    if happen is replace_by_another:
        assert SqliteDeliveryLog(path).dispatches() == ()


def test_a_note_beside_the_log_counts_for_its_own_attempt_only(path: Path) -> None:
    async def act(opened: Any) -> None:
        (delivery,) = await opened.claim(1, LATER)
        await opened.commit(delivery.id, "<1@example.org>")

    log = SqliteDeliveryLog(path)
    log.emergency.append([1, "accepted", None, None, "final", None, 250, None, "ok", "", 7])
    with log.begin(order(), ready([1])) as opened:
        asyncio.run(act(opened))
    assert log.dispatches()[0].counts == {DeliveryStatus.UNKNOWN: 1}


# verify finds broken rules.


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM attempt",
        "UPDATE attempt SET status = 'deferred'",
        "UPDATE delivery SET attempts = 5",
        "UPDATE delivery SET reason = 'opted_out'",
        (
            "INSERT INTO attempt (delivery_id, number, opened_at, committed_at, ended_at, status,"
            " phase) VALUES (1, 2, '', '', '', 'unknown', 'final')"
        ),
        "DELETE FROM dispatch",
    ],
)
def test_verify_finds_a_broken_rule(path: Path, change: str) -> None:
    accept_one(SqliteDeliveryLog(path))
    assert list(verify_log(path)) == []
    execute(path, change)
    assert list(verify_log(path)) != []


def test_the_file_itself_refuses_an_illegal_change(path: Path) -> None:
    accept_one(SqliteDeliveryLog(path))
    with pytest.raises(sqlite3.IntegrityError, match="illegal change"):
        execute(path, "UPDATE delivery SET status = 'pending'")
    with pytest.raises(sqlite3.IntegrityError, match="starts as"):
        execute(
            path,
            "INSERT INTO delivery (dispatch_id, address_key, status, updated_at, recipient)"
            " VALUES (1, 'x@example.org', 'accepted', '', '{}')",
        )


@pytest.fixture
def marked(path: Path, tmp_path: Path) -> Callable[[], SqliteDeliveryLog]:
    return lambda: SqliteDeliveryLog(path, marks=tmp_path / "state")


def begin_and_end(log: SqliteDeliveryLog) -> None:
    with log.begin(order(), ready([1])):
        pass


def put_back_an_old_copy(path: Path, log: SqliteDeliveryLog) -> None:
    begin_and_end(log)
    old = path.with_name("old.db")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(old)) as copy:
        source.backup(copy)
    begin_and_end(log)
    path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    old.replace(path)


def test_an_old_copy_that_was_put_back_begins_nothing(
    path: Path, marked: Callable[[], SqliteDeliveryLog], tmp_path: Path
) -> None:
    put_back_an_old_copy(path, marked())
    before = list(marked().dispatches())
    (told,) = verify_log(path, marks=tmp_path / "state")
    assert "old copy" in str(told)
    with pytest.raises(DeliveryLogError, match="an old copy"):
        begin_and_end(marked())
    with pytest.raises(DeliveryLogError, match="an old copy"):
        marked().schedule(order(), ready([2]))
    assert list(marked().dispatches()) == before
    assert list(verify_log(path)) == []


def test_an_old_copy_is_gone_on_with_when_a_person_says_so(
    path: Path, marked: Callable[[], SqliteDeliveryLog]
) -> None:
    put_back_an_old_copy(path, marked())
    marked().adopt()
    begin_and_end(marked())


@pytest.mark.parametrize("mark", [b"", b"\xff", b"many"])
def test_a_mark_that_cannot_be_read_stops_nobody(
    path: Path, marked: Callable[[], SqliteDeliveryLog], mark: bytes, tmp_path: Path
) -> None:
    put_back_an_old_copy(path, marked())
    for file in (tmp_path / "state").iterdir():
        file.write_bytes(mark)
    begin_and_end(marked())


def test_where_no_mark_can_be_kept_the_work_goes_on(path: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    begin_and_end(SqliteDeliveryLog(path, marks=tmp_path / "state"))


def test_a_commit_is_on_the_disk_on_a_mac_too(path: Path) -> None:
    SqliteDeliveryLog(path)
    with closing(schema.connect(path)) as connection:
        read = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "fullfsync", "checkpoint_fullfsync")
        }
    assert read == {"synchronous": 2, "fullfsync": 1, "checkpoint_fullfsync": 1}


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="has no such flag")
def test_no_link_beside_the_log_is_followed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    emergency = EmergencyFile(path.with_name("log.db.emergency"), "00")
    emergency.path.symlink_to(tmp_path / "precious")
    emergency.append(["1"])
    with closing(sqlite3.connect(path)) as connection:
        backup = path.with_name("log.db.format-1.bak")
        backup.symlink_to(tmp_path / "precious")
        schema._back_up(connection, backup)
    assert not backup.is_symlink()
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_mac_is_asked_to_empty_the_memory_of_its_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    asked: list[int] = []
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda file, what: asked.append(what))
    with (tmp_path / "file").open("wb") as stream:
        flush_to_disk(stream.fileno())
    assert asked == [51]
