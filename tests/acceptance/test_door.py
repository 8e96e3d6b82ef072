"""Who comes: noted on the telephone and by mail, shown, printed, ticked off at the door."""

import csv
import json
import re

import pytest
from tests.kit.life import ANNA, BO, DESK, Day


def names(day: Day) -> None:
    rows = [f"{ANNA};Posten;Anna Berg", f"{BO};Radion;Bo Ek", f"{DESK};Radion;"]
    (day.folder / "lista.csv").write_text("\n".join(["e-post;redaktion;namn", *rows, ""]), "utf-8")


@pytest.fixture
def sent(day: Day) -> Day:
    names(day)
    day.send()
    return day


def rows(day: Day) -> dict[str, dict[str, object]]:
    told = json.loads(day.run("rsvp", "invigning", "--json"))
    return {row["name"]: row for row in told["door"]}


def test_everybody_stands_by_outlet_with_what_they_said(sent: Day) -> None:
    sent.run(
        *("rsvp", "invigning", ANNA, "--coming", "--guests", "2", "--photographer"),
        *("--note", "ringde, vill ha bild", "--source", "telefon"),
    )
    sent.run("rsvp", "invigning", BO, "--declined")
    told = sent.run("rsvp", "invigning")
    lines = [line.split("  ") for line in told.splitlines()]
    assert [next(filter(None, line)) for line in lines[1:4]] == ["Posten", "Radion", "Radion"]
    assert "photographer, 2 guests" in told
    assert "ringde, vill ha bild" in told
    assert "3 come, 1 declines, 1 has not answered" in told
    anna = rows(sent)["Anna Berg"]
    assert (anna["guests"], anna["photographer"], anna["answer"]) == (2, True, "coming")


def test_who_comes_is_ticked_off_by_any_part_of_the_name(sent: Day) -> None:
    sent.at("2026-12-02T12:20")
    assert "Anna Berg came." in sent.run("rsvp", "invigning", "--came", "berg")
    assert "ticked off before" in sent.run("rsvp", "invigning", "--came", ANNA.upper())
    assert "came 12:20" in sent.run("rsvp", "invigning")
    assert "1 came" in sent.run("rsvp", "invigning")


def test_a_name_that_may_be_several_is_asked(sent: Day) -> None:
    told = sent.run("rsvp", "invigning", "--came", "example", status=2)
    assert ANNA in told
    assert BO in told
    assert rows(sent)["Anna Berg"]["came"] is None


def test_somebody_uninvited_comes_with_an_outlet(sent: Day) -> None:
    assert "--outlet" in sent.run("rsvp", "invigning", "--came", "Kim Ask", status=2)
    sent.run("rsvp", "invigning", "--came", "Kim Ask", "--outlet", "Bladet")
    kim = rows(sent)["Kim Ask"]
    assert (kim["outlet"], kim["address"]) == ("Bladet", None)
    assert "not invited" in sent.run("rsvp", "invigning")


def test_the_page_for_the_door_holds_everybody_and_no_script(sent: Day) -> None:
    sent.run("rsvp", "invigning", ANNA, "--coming", "--note", "<script>alert(1)</script>")
    sent.run("rsvp", "invigning", "--came", "anna")
    assert "door-invigning.html" in sent.run("rsvp", "invigning", "--print")
    file = sent.folder / "door-invigning.html"
    page = file.read_text("utf-8")
    assert '<html lang="sv">' in page
    assert "<h1>Invigning av samverkanslokal</h1>" in page
    assert "Rådhuset" in page
    for name in ("Anna Berg", "Bo Ek", "Posten"):
        assert f"<td>{name}</td>" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count('class="ticked"') == 1
    assert not re.search(r"https?://|src=", page)
    assert "is there already" in sent.run("rsvp", "invigning", "--print", status=2)
    sent.run("rsvp", "invigning", "--print", "--force")
    assert sent.run("rsvp", "invigning", "-o", "-") == file.read_text("utf-8")


def test_the_list_opens_in_a_spreadsheet(sent: Day) -> None:
    sent.run("rsvp", "invigning", ANNA, "--coming", "--note", "=1+1")
    told = list(csv.DictReader(sent.run("rsvp", "invigning", "--csv").splitlines()))
    anna = next(row for row in told if row["name"] == "Anna Berg")
    assert (anna["answer"], anna["note"]) == ("coming", "'=1+1")
    assert len(told) == 3


def test_the_workbook_holds_everybody_and_computes_nothing(sent: Day) -> None:
    from openpyxl import load_workbook

    sent.run("rsvp", "invigning", ANNA, "--coming", "--guests", "2", "--note", "=1+1")
    assert "door-invigning.xlsx" in sent.run("rsvp", "invigning", "--xlsx")
    sheet = load_workbook(sent.folder / "door-invigning.xlsx").active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[1] == ["Posten", "Anna Berg", ANNA, "comes", 2, None, "=1+1", None]
    assert sheet["G2"].data_type == "s"
    assert (sheet["A1"].font.bold, sheet.freeze_panes) == (True, "A2")
    assert len(cells) == 4
    assert "is there already" in sent.run("rsvp", "invigning", "--xlsx", status=2)
