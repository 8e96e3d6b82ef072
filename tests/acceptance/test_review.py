"""`recipients review`: what no longer holds is asked about and written into the list."""

import json
from pathlib import Path

import pytest
from tests.acceptance.test_inbox import deliver, say_to
from tests.kit import incoming_made as made
from tests.kit.life import ANNA, BO, DESK, Day


@pytest.fixture
def returned(day: Day) -> Day:
    """One is gone, one has left, one is absent; nobody has decided anything."""
    rows = [f"{ANNA};Posten;Anna Berg", f"{BO};Radion;Bo Ek", f"{DESK};Radion;"]
    (day.folder / "lista.csv").write_text("\n".join(["e-post;redaktion;namn", *rows, ""]), "utf-8")
    day.send()
    anna, bo = (day.office.mails(address)[-1] for address in (ANNA, BO))
    mails = (
        made.bounce(anna),
        made.absence(bo, "Jag har slutat på Radion. Kontakta nya@radion.example i stället."),
    )
    day.run("inbox", str(deliver(day, *mails)))
    return day.at("2026-11-29T10:00")


def copies(day: Day) -> list[Path]:
    return sorted(day.folder.glob("lista.csv.*.bak"))


def test_what_is_decided_is_written_after_a_copy_and_asked_no_more(
    returned: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (returned.folder / "lista.csv").read_bytes()
    say_to(monkeypatch, "nonsense", "2", "3", "")
    told = returned.run("recipients", "review", "lista.csv")
    assert "550 5.1.1 no such user" in told
    assert "in the list: lista.csv:2" in told
    assert "instead: nya@radion.example" in told
    assert "Type one of the numbers" in told
    assert (returned.folder / "lista.csv").read_text("utf-8") == (
        "e-post;redaktion;namn;checked\n"
        "nya@radion.example;Radion;Bo Ek;2026-11-29\n"
        f"{DESK};Radion;\n"
    )
    (copy,) = copies(returned)
    assert copy.read_bytes() == before
    assert "0 of 2 rows" in returned.run("recipients", "review", "lista.csv")
    # Inbox has nothing left to ask, and the old addresses are mailed by no other list.
    assert "to be decided" not in returned.run("inbox", "mejl")
    barred = returned.run("recipients", "list-suppressed")
    assert ANNA in barred
    assert BO in barred


def test_nobody_is_asked_in_a_pipe_and_programs_get_json(returned: Day) -> None:
    told = returned.run("recipients", "review", "lista.csv")
    assert "Run the command in a terminal" in told
    assert copies(returned) == []
    document = json.loads(returned.run("recipients", "review", "lista.csv", "--json"))
    assert document["rows"] == 3
    first, second = document["findings"]
    assert (first["kind"], first["address"], first["line"]) == ("gone", ANNA, 2)
    assert (second["kind"], second["instead"]) == ("left", "nya@radion.example")


def test_a_dry_run_prints_the_changes_and_writes_nothing(
    returned: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (returned.folder / "lista.csv").read_bytes()
    say_to(monkeypatch, "2", "1")
    told = returned.run("recipients", "review", "lista.csv", "--dry-run")
    assert "lista.csv:2: the row goes: anna@posten.example" in told
    assert "lista.csv:3, column D: – → 2026-11-29" in told
    assert (returned.folder / "lista.csv").read_bytes() == before
    assert copies(returned) == []
    assert "2 to be decided" in returned.run("inbox", "mejl")


def test_a_list_that_may_not_be_written_has_its_changes_printed(
    returned: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    (returned.folder / ".~lock.lista.csv#").touch()
    before = (returned.folder / "lista.csv").read_bytes()
    say_to(monkeypatch, "2")
    told = returned.run("recipients", "review", "lista.csv")
    assert "open in another program" in told
    assert "Please make these changes yourself:" in told
    assert "lista.csv:2: the row goes" in told
    assert (returned.folder / "lista.csv").read_bytes() == before
