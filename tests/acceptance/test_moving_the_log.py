"""`database copy`: the log moves to a server and back, and nobody goes on with the old one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from tests.kit.life import ANNA, BO, DESK, LATE, Day
from tests.kit.postgres import PostgresServer, require_server

from pressutskick.deliverylog.postgres.log import PostgresDeliveryLog
from pressutskick.deliverylog.postgres.server import Server
from pressutskick.deliverylog.relational import copying
from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.dispatch.delivery import DeliveryStatus


@pytest.fixture
def server() -> PostgresServer:
    return require_server()


def fill(day: Day) -> None:
    """A log in which every table has something."""
    day.send("--at", "2026-11-25 10:00")
    day.at("2026-11-25T10:01").remind()
    day.run("approve", "inbjudan.md", "--to", "lista.csv", "--yes", "--as", "Åsa")
    day.run("rsvp", "inbjudan.md", BO, "--coming")
    day.run("recipients", "suppress", DESK)
    day.run("person", "forget", ANNA, "--yes")


def rows_of(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()  # noqa: S608
            for table, order in copying.TABLES.items()
        }


def test_a_log_moves_to_a_server_and_back(
    day: Day, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(day)
    address = server.new_schema()
    before = rows_of(day.folder / "pressutskick.db")
    told = day.run("database", "copy", address, "--yes")
    assert "each compared with the old one" in told

    # The old one is nobody's any more.
    assert "was moved to" in day.send(status=73)
    assert "was moved to" in day.run("log", status=73)

    # The new one goes on where the old one stopped.
    monkeypatch.setenv("PRESSUTSKICK_DATABASE", address)
    assert "is whole" in day.run("log", "verify")
    day.invite(BO, DESK, LATE)
    day.send()
    assert [len(day.office.mails(each)) for each in (BO, LATE)] == [1, 1]

    day.run("database", "copy", "tillbaka.db", "--yes")
    monkeypatch.setenv("PRESSUTSKICK_DATABASE", "tillbaka.db")
    assert "is whole" in day.run("log", "verify")
    after = rows_of(day.folder / "tillbaka.db")
    for table in ("approval", "answer", "suppression", "attempt", "link"):
        assert after[table][: len(before[table])] == before[table], table
    assert [sorted(map(str, row)) for row in after["delivery"]][:1] == [
        sorted(map(str, row)) for row in before["delivery"]
    ][:1]
    day.send()
    assert day.office.count() == 4


def test_every_table_of_a_log_is_moved(tmp_path: Path) -> None:
    SqliteDeliveryLog(tmp_path / "log.db")
    with closing(sqlite3.connect(tmp_path / "log.db")) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {name for (name,) in found} - {"meta", "transition"} == set(copying.TABLES)


def test_a_log_that_is_not_empty_is_not_written_over(
    day: Day, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.send()
    address = server.new_schema()
    day.run("database", "copy", address, "--yes")
    monkeypatch.setenv("PRESSUTSKICK_DATABASE", "annan.db")
    day.run("recipients", "suppress", BO)
    assert "it is not empty" in day.run("database", "copy", address, "--yes", status=73)
    # Nothing has changed: the old one is the log still.
    assert BO in day.run("recipients", "list-suppressed")


def test_what_was_not_copied_as_it_was_is_told(day: Day, server: PostgresServer) -> None:
    day.send()
    address = server.new_schema()
    PostgresDeliveryLog(Server(conninfo=address), emergency=day.folder / "e")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN new.title := 'x'; RETURN new; END $$"
        )
        connection.execute(
            "CREATE TRIGGER spoil BEFORE INSERT ON dispatch FOR EACH ROW EXECUTE FUNCTION spoil()"
        )
    told = day.run("database", "copy", address, "--yes", status=73)
    assert "not what was there (dispatch)" in told
    day.send()
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM dispatch").fetchone() == (0,)


def test_the_roles_are_a_script_for_the_server(day: Day, server: PostgresServer) -> None:
    """Whoever looks reads what an upgrade makes, and changes no row."""
    names = ("--database", "press-prov", "--sender", "prov", "--reader", "tittare")
    readable = server.folder / "roles.sql"
    readable.write_text(day.run("database", "roles", *names), "utf-8")
    readable.chmod(0o644)
    server.run("psql", "-v", "ON_ERROR_STOP=1", "-h", str(server.folder), "-U", "press",
               "-d", "postgres", "-f", str(readable))  # fmt: skip

    address = f"postgresql:///press-prov?host={server.folder}&user="
    log = PostgresDeliveryLog(Server(conninfo=f"{address}prov"), emergency=day.folder / "e")
    assert log.dispatches() == ()
    with psycopg.connect(f"{address}prov") as connection:
        connection.execute("SET pressutskick.copying = 'yes'")
        connection.execute(
            "INSERT INTO dispatch (release_id, purpose, number, title, state, created_at) "
            "VALUES ('a', 'announce', 1, 't', 'open', log_now())"
        )
        connection.execute(
            "INSERT INTO delivery (dispatch_id, address_key, status, updated_at, opened_at, "
            "attempts, recipient, holder) VALUES (1, 'a@b.example', 'sending', log_now(), "
            'log_now(), 1, \'{"address": "a@b.example"}\', 99)'
        )
    # What a dead run has left is for those to settle who may write.
    looker = PostgresDeliveryLog(Server(conninfo=f"{address}tittare"), emergency=day.folder / "e")
    assert looker.settle_dead_runs() == 0
    assert looker.dispatches()[0].counts == {DeliveryStatus.SENDING: 1}
    assert log.settle_dead_runs() == 1
    with psycopg.connect(f"{address}tittare", autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        tables = [*copying.TABLES, "meta", "pace"]
        for table in tables:
            assert connection.execute(f"TABLE {table}") is not None
        for table in tables:
            for change in (f"TRUNCATE {table}", f"DROP TABLE {table}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(change)
        for change in (
            "DELETE FROM delivery",
            "INSERT INTO meta VALUES ('a', 'b')",
            "UPDATE delivery SET status = 'accepted'",
            "SELECT take_turn('a', 1)",
            "SELECT tell_results('[[1]]', 1, log_now())",
            "SELECT append_link('attempt', 1, 1, '', '')",
            "CREATE TABLE mine (a text)",
            "ALTER TABLE delivery DISABLE TRIGGER ALL",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(change)
