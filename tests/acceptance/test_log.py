"""`log`: what happened to each message, for people, spreadsheets and programs."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from tests.kit.deliveries import (
    ACCEPTED,
    DEFERRED,
    GREYLISTED,
    LATER,
    NO_SUCH_USER,
    QUEUED,
    REJECTED,
    order,
    ready,
    recipient,
)
from tests.kit.life import Day

from pressutskick.cli import main
from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.dispatch.plan import PlanEntry


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSUTSKICK_LANGUAGE", "en")
    return tmp_path


@pytest.fixture
def log(workspace: Path) -> SqliteDeliveryLog:
    """Number 1 accepted, 2 refused, 3 put off, 4 skipped."""
    import asyncio

    log = SqliteDeliveryLog(workspace / "pressutskick.db")

    async def act(opened: object) -> None:
        claimed = await opened.claim(3, LATER)  # type: ignore[attr-defined]
        for delivery, outcome, decision in zip(
            claimed,
            (QUEUED, NO_SUCH_USER, GREYLISTED),
            (ACCEPTED, REJECTED, DEFERRED),
            strict=True,
        ):
            if decision is ACCEPTED:
                await opened.commit(delivery.id, "<1@example.org>")  # type: ignore[attr-defined]
            await opened.record(delivery.id, outcome, decision)  # type: ignore[attr-defined]

    entries = [*ready([1, 2, 3]), PlanEntry(recipient=recipient(4), reason="over_limit")]
    with log.begin(order(), entries) as opened:
        asyncio.run(act(opened))
    return log


def test_dispatches_are_listed_with_their_counts(
    log: SqliteDeliveryLog, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log"]) == 0
    told = capsys.readouterr().out
    assert "invigning" in told
    assert "1 accepted, 1 put off, 1 refused, 1 skipped" in told


def test_no_line_of_a_piped_table_ends_in_blanks(
    log: SqliteDeliveryLog, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "1"]) == 0
    assert not [line for line in capsys.readouterr().out.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("name", ["1", "invigning", "invigning/announce/1"])
def test_a_dispatch_tells_each_delivery_with_its_answer(
    log: SqliteDeliveryLog, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["log", name]) == 0
    lines = capsys.readouterr().out.splitlines()
    for number, words in {
        1: ("accepted", "250 2.0.0 queued as 4F2"),
        2: ("refused", "550 5.1.1 no such user"),
        3: ("put off", "450 4.2.0 greylisted (again after 10:05)"),
        4: ("skipped", "over --limit"),
    }.items():
        (line,) = [line for line in lines if f"red{number}@tidning.example" in line]
        assert all(word in line for word in words), line


def test_one_status_can_be_asked_for(
    log: SqliteDeliveryLog, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "1", "--status", "rejected", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["address"] for each in told["deliveries"]] == ["red2@tidning.example"]
    assert told["deliveries"][0]["enhanced"] == "5.1.1"
    assert told["counts"] == {"accepted": 1, "rejected": 1, "deferred": 1, "skipped": 1}


@pytest.mark.parametrize("word", ["rejected", "Refused", "avvisat", "avvisade"])
def test_a_status_may_be_named_as_the_table_does(
    log: SqliteDeliveryLog, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    assert main(["log", "1", "--status", word]) == 0
    told = capsys.readouterr().out
    assert "red2@tidning.example" in told
    assert "red1@tidning.example" not in told


def test_attempts_are_told_one_by_one(
    log: SqliteDeliveryLog, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "1", "--attempts", "--json"]) == 0
    deliveries = json.loads(capsys.readouterr().out)["deliveries"]
    assert [len(each["tries"]) for each in deliveries] == [1, 1, 1, 0]
    assert deliveries[0]["tries"][0]["status"] == "accepted"


def test_no_cell_of_the_csv_is_a_formula(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    entry = PlanEntry(recipient=replace(recipient(1), outlet="=HYPERLINK(1)", name="@a"))
    with SqliteDeliveryLog(workspace / "pressutskick.db").begin(order(), [entry]):
        pass
    assert main(["log", "1", "--csv"]) == 0
    header, row = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
    told = dict(zip(header, row, strict=True))
    assert told["address"] == "red1@tidning.example"
    assert (told["outlet"], told["name"]) == ("'=HYPERLINK(1)", "'@a")


def test_looking_creates_no_log(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / ".env").touch()
    assert main(["log"]) == 0
    assert "Nothing was sent from here yet" in capsys.readouterr().out
    assert main(["log", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"dispatches": []}
    assert main(["log", "1"]) == 66
    assert main(["log", "verify"]) == 66
    assert list(workspace.iterdir()) == [workspace / ".env"]


def test_a_dispatch_that_is_not_there_is_named(
    log: SqliteDeliveryLog, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "nope"]) == 66
    assert main(["log", "nope/nope"]) == 66
    assert "nope/nope" in capsys.readouterr().err


def test_flags_that_mean_nothing_without_a_dispatch_are_refused(workspace: Path) -> None:
    assert main(["log", "--csv"]) == 2


def test_a_whole_log_is_called_so(
    log: SqliteDeliveryLog, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "verify"]) == 0
    assert "is whole" in capsys.readouterr().out


def test_foreign_text_steers_no_terminal(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    entry = PlanEntry(recipient=replace(recipient(1), outlet="[link=https://example.org]\x1b[2J"))
    with SqliteDeliveryLog(workspace / "pressutskick.db").begin(order(), [entry]):
        pass
    assert main(["log", "1"]) == 0
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "[link=https://example.org]" in told


def test_a_dry_run_needs_no_disk_that_can_be_written(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.send("--limit", "1")
    day.write(place="Torget")
    writable = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and writable(path, mode))
    held = {file: file.stat().st_mtime_ns for file in day.folder.iterdir()}
    assert "A dry run" in day.run("correct", "inbjudan.md", "--dry-run")
    assert "A dry run" in day.run("cancel", "inbjudan.md", "--dry-run")
    day.write()
    assert "A dry run" in day.send("--dry-run")
    assert "1 would get it" in day.at("2026-12-01T08:00").remind("--dry-run")
    assert day.office.count() == 1
    held.pop(day.folder / "inbjudan.md")
    assert {file: file.stat().st_mtime_ns for file in held} == held


@pytest.mark.parametrize("words", [("log",), ("log", "1"), ("log", "verify")])
def test_a_log_on_a_read_only_disk_can_be_read(
    log: SqliteDeliveryLog,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    assert main(list(words)) == 0
    before = capsys.readouterr().out
    held = {file: file.read_bytes() for file in workspace.iterdir() if file.is_file()}
    writable = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and writable(path, mode))
    assert main(list(words)) == 0
    assert capsys.readouterr().out == before
    assert {file: file.read_bytes() for file in workspace.iterdir() if file.is_file()} == held
