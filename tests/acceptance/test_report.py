"""`report` as a person runs it: terminal, page, workbook, CSV, JSON."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook
from tests.kit.life import ANNA, Day


@pytest.fixture
def sent(day: Day) -> Day:
    day.send()
    day.run("rsvp", "invigning", ANNA, "--coming", "--note", "=1+1")
    return day


def test_the_last_release_is_told_in_eighty_columns(
    sent: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    told = sent.run("report")
    assert "Invigning av samverkanslokal" in told
    assert "3 recipients at 1 outlet: 3 accepted, 0 not reached." in told
    assert "does not mean" in told
    assert told == sent.run("report", "invigning") == sent.run("report", "1")
    assert told == sent.run("report", "inbjudan.md")


def test_the_page_and_the_workbook_are_written_once(sent: Day) -> None:
    sent.run("report", "-o", "r.html")
    assert "Framställd" in sent.run("--lang", "sv", "report", "-o", "-")
    sent.run("report", "-o", "r.html", status=2)
    sent.run("report", "--xlsx")
    book = load_workbook(sent.folder / "report-invigning.xlsx")
    rows = list(book["Recipients"].values)
    assert [row[0] for row in rows[1:]].count(ANNA) == 1
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_csv_has_everybody_and_for_everybody_nobody(sent: Day) -> None:
    rows = list(csv.DictReader(io.StringIO(sent.run("report", "--csv"))))
    assert {row["address"]: row["answer"] for row in rows}[ANNA] == "comes"
    assert "posten.example" not in sent.run("report", "--csv", "--public")
    assert "posten.example" not in sent.run("report", "--json", "--public")


def test_a_period_is_told_for_programs(sent: Day) -> None:
    told = json.loads(sent.run("report", "--period", "2026-Q4", "--json"))
    assert [row["accepted"] for row in told["dispatches"]] == [3]
    assert told["outlets"] == [
        {"name": "Posten", "people": 3, "mails": 3, "failed": 0, "answered": 1}
    ]
    sent.run("report", "--period", "2026-Q5", status=2)
    sent.run("report", "invigning", "--period", "2026", status=2)


def test_what_was_never_sent_has_no_report(day: Day) -> None:
    day.run("report", status=66)
