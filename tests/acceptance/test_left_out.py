"""What readers left out of a list is told on one line where a person is about to send."""

import json
from pathlib import Path

import pytest

from pressutskick.cli import main

RELEASE = """---
id: lokal
title: Ny lokal på torget
event:
  date: 2099-09-04
  start: "12:30"
  place: Torget 11
rsvp:
  email: press@astad.example
contacts:
  - name: Elsa Nyström
    emails: press@astad.example
---
Välkommen till **torget**.
"""
LIST = (
    "Redaktion;E-post;E-post 2;Telefon;Utskick\n"
    "Posten;anna@posten.example;bo@posten.example;;Ja\n"
    "Radion;red@radion.example;;;Nej\n"
    "Växeln;;;031-390 06 00;\n"
    "Summa 3 st;;;;\n"
)
LINE = (
    "lista.csv: left out: 1 address in another column, 1 row without an address, 1 heading. "
    "See where: pressutskick recipients check lista.csv"
)


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSUTSKICK_FROM", "Pressen <press@astad.example>")
    monkeypatch.setenv("COLUMNS", "300")
    (tmp_path / "lokal.md").write_text(RELEASE, "utf-8")
    (tmp_path / "lista.csv").write_text(LIST, "utf-8")
    return tmp_path


def run(*words: str) -> int:
    return main(["--lang", "en", *words])


def test_check_tells_each_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("recipients", "check", "lista.csv") == 0
    told = capsys.readouterr().err
    assert "left out: 1 row without an address: 4 (Växeln)" in told
    assert "left out: 1 heading: 5 (Summa 3 st)" in told
    assert "recipients map lista.csv --set 'E-post 2=address'" in told
    assert "recipients map lista.csv --set Utskick=wants" in told


def test_send_and_preview_tell_all_of_it_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("send", "lokal.md", "--to", "lista.csv", "--sandbox", "--dry-run") == 0
    told = capsys.readouterr()
    assert LINE in told.err + told.out
    assert "--set Utskick=wants" in told.err + told.out
    assert run("preview", "lokal.md", "--to", "lista.csv") == 0
    told = capsys.readouterr()
    assert "left out: 1 address in another column, 1 row without an address, 1 head" in told.err


def test_a_program_reads_the_counts_by_code(capsys: pytest.CaptureFixture[str]) -> None:
    expected = {"list.no_address": 1, "list.heading": 1, "list.further_addresses": 1}
    assert run("preview", "lokal.md", "--to", "lista.csv", "--json") == 0
    assert json.loads(capsys.readouterr().out)["left_out"] == expected
    assert run("send", "lokal.md", "--to", "lista.csv", "--sandbox", "--yes", "--json") == 0
    assert json.loads(capsys.readouterr().out)["left_out"] == expected
    assert run("recipients", "check", "lista.csv", "--json") == 0
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {p["code"]: p["left_out"] for p in problems if p["left_out"]} == expected


def test_the_told_commands_work_for_good(capsys: pytest.CaptureFixture[str]) -> None:
    sets = ("--set", "E-post 2=address", "--set", "Utskick=wants")
    assert run("recipients", "map", "lista.csv", *sets) == 0
    capsys.readouterr()
    assert run("recipients", "show", "lista.csv", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [(each["address"], each["reason"]) for each in shown["recipients"]] == [
        ("anna@posten.example", None),
        ("bo@posten.example", None),
        ("red@radion.example", "wants_none"),
    ]
    assert {problem["code"] for problem in shown["problems"]} == {
        "list.no_address",
        "list.heading",
    }


def test_a_word_of_the_selection_that_fits_nobody_is_told_in_the_preview_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("preview", "lokal.md", "--to", "lista.csv", "--not-tag", "Nej") == 0
    assert "[selection.unmatched]" in capsys.readouterr().err
