"""docs/json.md and docs/preview.md name the keys of the documents that are printed, and no others."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pressutskick.cli import main

DOCS = Path(__file__).parents[2] / "docs"
REHEARSAL = ("--sandbox", "--now")


def rows(page: str) -> dict[str, str]:
    """First cell -> second cell of the page's tables, as they stand."""
    text = (DOCS / page).read_text("utf-8")
    return dict(re.findall(r"^\| (`.*?`) \| (.*) \|$", text, re.MULTILINE))


def words(cell: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", cell))


TOLD = rows("json.md")


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which an invitation has gone out, in the sandbox."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSUTSKICK_FROM", "Press <press@astad.example>")
    example = (DOCS.parent / "invitations" / "exempel.md").read_text("utf-8")
    (tmp_path / "exempel.md").write_text(example, "utf-8")
    (tmp_path / "ny.csv").write_text("e-post\nred@posten.example\nnytt@bladet.example\n", "utf-8")
    (tmp_path / "lista.csv").write_text("e-post\nred@posten.example\n", "utf-8")
    status = main(
        ["send", "exempel.md", "--to", "lista.csv", "--yes", *REHEARSAL, "2026-08-28T08:00"]
    )
    assert status == 0
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], command: str) -> Any:
    capsys.readouterr()
    main([*command.split(), "--json"])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("row", "command"),
    [
        ("`read`", "read exempel.md"),
        ("`check`", "check exempel.md --now 2026-08-28"),
        (
            "`send`, `cancel`, `remind FILE`",
            "send exempel.md --to ny.csv --yes --sandbox --now 2026-08-28T09:00",
        ),
        (
            "`send`, `cancel`, `remind FILE`",
            "remind exempel.md --before 24h --yes --sandbox --now 2026-09-02T10:31",
        ),
        ("`send`, `cancel`, `remind FILE`", "cancel exempel.md --yes --sandbox --now 2026-08-29"),
        ("`recipients show`", "recipients show lista.csv"),
        ("`recipients check`", "recipients check lista.csv"),
        ("`recipients review`", "recipients review lista.csv"),
        ("`recipients map`", "recipients map lista.csv"),
        ("`recipients diff`", "recipients diff lista.csv ny.csv"),
        ("`recipients list-suppressed`", "recipients list-suppressed"),
        ("`rsvp FILE`", "rsvp exempel.md --sandbox"),
    ],
)
def test_the_keys_of_a_document(
    life: Path, capsys: pytest.CaptureFixture[str], row: str, command: str
) -> None:
    assert set(printed(capsys, command)) == words(TOLD[row])


def test_the_keys_of_each_in_a_list(life: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reminded = printed(capsys, "remind --all --sandbox --now 2026-09-02T08:01")
    assert {*reminded, *reminded["dispatches"][0]} == words(TOLD["`remind --all`"])
    (life / "exempel.md").write_text(
        (life / "exempel.md").read_text("utf-8").replace("start: ", "start: 09:00 # ", 1), "utf-8"
    )
    told = printed(capsys, "correct exempel.md --yes --sandbox --now 2026-08-29")
    assert set(told) == {"dispatches"}
    assert set(told["dispatches"][0]) == words(TOLD["`send`, `cancel`, `remind FILE`"])
    coming = printed(capsys, "schedule --sandbox --now 2026-08-29")
    assert {*coming, *coming["upcoming"][0]} == words(TOLD["`schedule`"])
    assert set(printed(capsys, "log --sandbox")) == {"dispatches"}
    one = printed(capsys, "log 1 --sandbox --attempts")
    assert "deliveries" in one
    assert "tries" in one["deliveries"][0]


def test_the_keys_of_a_problem(life: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = re.findall(
        r"^A problem has (.*?;)", (DOCS / "json.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    keys = words(told.replace("(`error`, `warning`, `hint`)", ""))
    (life / "fel.csv").write_text("e-post\nred.posten.example\n", "utf-8")
    for command in ("check exempel.md --now 2027-01-01", "recipients check fel.csv"):
        assert set(printed(capsys, command)["problems"][0]) == keys


def test_the_keys_of_a_preview(life: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = rows("preview.md")
    document = printed(capsys, "preview exempel.md --to lista.csv")
    names = {name for cell in table for name in re.findall(r"`([a-z_\[\].]+)`", cell)}
    assert set(document) == {re.split(r"[\[.]", name)[0] for name in names}
    told = {name.split(".")[1].removesuffix("[]") for name in names if "." in name}
    assert set(document["messages"][0]) == told
    (attached,) = document["messages"][0]["attachments"]
    assert set(attached) == words(table["`messages[].attachments[]`"])
