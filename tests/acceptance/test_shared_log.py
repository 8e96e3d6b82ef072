"""The commands over one log for a department, on a PostgreSQL server."""

import os
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
from tests.acceptance.test_life import check_calendar, check_thread
from tests.kit.harbour import write_workspace
from tests.kit.life import ANNA, BO, DESK, LATE, Day, kinds
from tests.kit.postgres import PostgresServer, require_server
from tests.kit.postoffice import PostOffice, open_post_office
from tests.kit.program import clear_text, command, environment

from pressutskick.cli import main
from pressutskick.deliverylog.postgres import log as log_module
from pressutskick.deliverylog.postgres.log import PostgresDeliveryLog
from pressutskick.transports.clock import SystemClock


@pytest.fixture
def server() -> PostgresServer:
    return require_server()


@pytest.fixture
def shared(day: Day, server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Day:
    """The day of the tests with its log on the server, which goes by the tests' clock too."""
    monkeypatch.setenv("PRESSUTSKICK_DATABASE", server.emptied_schema())
    timed = partial(PostgresDeliveryLog, now=SystemClock().now)
    monkeypatch.setattr(log_module, "PostgresDeliveryLog", timed)
    return day


def test_an_invitation_lives_from_its_sending_to_its_cancellation(shared: Day) -> None:
    day = shared
    day.send()
    day.send()
    assert day.office.count() == 3
    day.at("2026-11-26T10:00").invite(ANNA, BO, DESK, LATE)
    day.send()
    assert day.office.count() == 4

    day.at("2026-11-27T09:00").write(start="14:00", end="15:00")
    assert "correct inbjudan.md" in day.send(status=65)
    day.run("correct", "inbjudan.md", "--yes")
    day.run("correct", "inbjudan.md", "--yes")
    assert day.office.count() == 8
    day.run("rsvp", "inbjudan.md", BO, "--declined")

    assert day.at("2026-12-01T07:50").remind() == ""
    (line,) = day.at("2026-12-01T08:00").remind().splitlines()
    assert "3 accepted" in line
    assert day.at("2026-12-01T08:10").remind() == ""

    day.at("2026-12-01T15:00").run("cancel", "inbjudan.md", "--yes", "--reason", "Sjukdom")
    assert day.at("2026-12-02T08:00").remind() == ""
    assert "cancelled" in day.send(status=65)
    assert day.office.count() == 15
    for address in (ANNA, DESK, LATE):
        assert kinds(day, address) == ["Pressinbjudan", "Ny", "Påminnelse", "Inställt"]
    for address in day.office.addresses():
        check_thread(day.office.mails(address))
        check_calendar(day.office.mails(address))

    # Everything else that asks the log.
    assert "invigning" in day.run("log")
    assert ANNA in day.run("log", "invigning")
    assert "is whole" in day.run("log", "verify")
    assert BO in day.run("rsvp", "inbjudan.md")
    assert "accepted" in day.run("person", ANNA)
    day.run("recipients", "suppress", BO)
    assert BO in day.run("recipients", "list-suppressed")
    day.run("person", "forget", DESK, "--yes")
    assert DESK not in day.run("log", "invigning")
    assert "is whole" in day.run("log", "verify")
    # No file of a log lies in the workspace.
    assert not list(day.folder.glob("*.db"))


def test_what_is_sent_later_waits_on_the_server(shared: Day) -> None:
    day = shared
    day.send("--at", "2026-11-26 08:00")
    assert day.office.count() == 0
    day.at("2026-11-26T08:01").remind()
    assert day.office.count() == 3


def test_whoever_sends_it_has_not_approved_it(shared: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four eyes are two people's, and the log tells whose they were."""
    day = shared
    approve = ("approve", "inbjudan.md", "--to", "lista.csv", "--yes", "--as")
    monkeypatch.setenv("PRESSUTSKICK_PERSON", "Åsa Ek")
    day.run(*approve, "Åsa")
    assert "Nobody but you (Åsa Ek) has approved" in day.send("--approved", status=65)
    monkeypatch.setenv("PRESSUTSKICK_PERSON", "Bo Berg")
    day.run(*approve, "Bo")
    monkeypatch.setenv("PRESSUTSKICK_PERSON", "Åsa Ek")
    day.send("--approved")
    told = day.run("log", "invigning")
    assert "Åsa Ek" in told
    assert "approved by Bo (Bo Berg)" in told
    assert "your own dispatch (Åsa Ek)" in day.run(*approve, "Åsa", status=65)
    assert '"person": "Åsa Ek"' in day.run("log", "--json")


def test_a_rehearsal_stays_on_this_machine(shared: Day, server: PostgresServer) -> None:
    shared.send("--sandbox")
    assert (shared.folder / "pressutskick-sandbox.db").exists()
    assert "Nothing was sent" in shared.run("log")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with open_post_office(tmp_path / "post") as found:
        yield found


def start(folder: Path, *words: str, **settings: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*words),
        cwd=folder,
        env=environment(**settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_colleagues_send_the_same_invitation_at_the_same_second(
    tmp_path: Path, office: PostOffice, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each from a folder and a machine's memory of their own: each desk gets one mail."""
    database = server.new_schema()
    running = []
    for name in ("anna", "bo"):
        folder = tmp_path / name
        folder.mkdir()
        write_workspace(folder, "hamnbadet", 12)
        settings = {**clear_text(office.port), "DATABASE": database}
        monkeypatch.setenv("XDG_STATE_HOME", str(folder))
        words = ("send", "hamnbadet.md", "--to", "list.csv", "--yes")
        running.append(start(folder, *words, **settings))
    ended = [(*each.communicate(timeout=120), each.returncode) for each in running]
    # Whoever comes second is told that the other sends, or that everybody has it.
    assert {status for _, _, status in ended} <= {0, 75}, ended
    assert 0 in {status for _, _, status in ended}
    assert [len(office.mails(each)) for each in office.addresses()] == [1] * 12


@pytest.mark.parametrize("words", [("log",), ("send", "hamnbadet.md", "--to", "list.csv", "-y")])
def test_a_server_that_is_not_there_is_told_before_any_mail(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    write_workspace(tmp_path, "hamnbadet", 3)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSUTSKICK_DATABASE", "postgresql://press:hemligt@127.0.0.1:1/log")
    for key, value in {"FROM": "p@a.example", **clear_text(1)}.items():
        monkeypatch.setenv(f"PRESSUTSKICK_{key}", str(value))
    assert main(["--lang", "en", *words]) == 73
    told = "".join(capsys.readouterr())
    assert "127.0.0.1:1/log cannot be reached" in told
    assert "hemligt" not in told


def test_no_secret_of_the_address_is_shown_among_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSUTSKICK_DATABASE", "postgresql://press:hemligt@127.0.0.1:1/log")
    main(["--lang", "en", "doctor", "--offline"])
    told = "".join(capsys.readouterr())
    assert "postgresql://press:***@127.0.0.1:1/log" in told
    assert "hemligt" not in told


def test_a_password_comes_from_a_command(
    tmp_path: Path,
    server: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is asked, and handed to the server: one that trusts everybody is not told a wrong one."""
    monkeypatch.chdir(tmp_path)
    asked = tmp_path / "asked"
    ask = tmp_path / "ask.sh"
    ask.write_text(f"#!/bin/sh\ntouch {asked}\necho hemligt\n", "utf-8")
    ask.chmod(0o700)
    monkeypatch.setenv("PRESSUTSKICK_DATABASE", server.emptied_schema())
    monkeypatch.setenv("PRESSUTSKICK_DATABASE_PASSWORD_COMMAND", str(ask))
    assert main(["--lang", "en", "log"]) == 0
    assert asked.exists()


def test_whoever_may_only_read_looks_and_sends_nothing(
    shared: Day, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = shared
    day.send()
    address = os.environ["PRESSUTSKICK_DATABASE"]
    schema = address.rpartition("%3D")[2]
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in (
            "DROP ROLE IF EXISTS looker",
            "CREATE ROLE looker LOGIN",
            f"GRANT USAGE ON SCHEMA {schema} TO looker",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO looker",
        ):
            connection.execute(statement.encode())
    try:
        monkeypatch.setenv("PRESSUTSKICK_DATABASE", address.replace("user=press", "user=looker"))
        assert ANNA in day.run("log", "invigning")
        day.run("report", "invigning")
        day.run("schedule")
        day.invite(ANNA, BO, DESK, LATE)
        told = day.send(status=73)
        assert "you may read it, not write it" in told
        assert day.office.count() == 3
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP OWNED BY looker")
            connection.execute("DROP ROLE looker")
