"""`recipients`, as a communicator uses it."""

import csv
import datetime as dt
import io
import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from pressutskick.cli import main
from pressutskick.errors import Origin
from pressutskick.sources.shipped import shipped_folder

Run = Callable[..., tuple[str, str]]

NOWHERE = Origin()
HEADER = "e-post;namn;redaktion;taggar\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the example list and one of one's own."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "recipients"
    folder.mkdir()
    shutil.copy(shipped_folder("recipients") / "exempel.csv", folder)
    (folder / "kommun.csv").write_text(
        HEADER
        + "asa.lindstrom@hamnposten.example;Åsa Lindström;Hamnposten;lokalt\n"
        + "eva.ek@hamnposten.example;Eva Ek;Hamnposten;lokalt\n",
        "cp1252",
    )
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_words(*words: str, status: int = 0) -> tuple[str, str]:
        capsys.readouterr()
        found = main(["--lang", "en", "recipients", *words])
        captured = capsys.readouterr()
        assert found == status, captured.err
        return captured.out, captured.err

    return run_words


def selected(text: str) -> dict[str, str | None]:
    """Address -> why not."""
    return {
        recipient["address"]: recipient["reason"] for recipient in json.loads(text)["recipients"]
    }


def test_show_tells_why_each_is_in_or_out(workspace: Path, run: Run) -> None:
    out, err = run("show", "exempel", "kommun", "--tag", "lokalt", "--per-outlet", "2")
    lines = {line.split()[1]: line for line in reversed(out.splitlines()[1:])}
    assert lines["asa.lindstrom@hamnposten.example"].rstrip().endswith("selected")
    assert "has none of the tags" in lines["bjorn.ohman@hamnposten.example"]
    assert "Hamnposten has its 2" in lines["eva.ek@hamnposten.example"]
    assert "gets one mail already: recipients/exempel.csv:2" in out
    assert "selected" in err


def test_show_in_json_has_everybody(workspace: Path, run: Run) -> None:
    out, _err = run("show", "exempel", "--only", "@sundradion.example", "--json")
    found = selected(out)
    assert len(found) == 12
    assert [address for address, reason in found.items() if reason is None] == [
        "goran.aberg@sundradion.example",
        "tips@sundradion.example",
    ]


def test_a_list_that_is_not_there_is_exit_66_and_near_names_are_told(
    workspace: Path, run: Run
) -> None:
    _out, err = run("show", "exampel", status=66)
    assert "Did you mean exempel.csv?" in err


def test_a_folder_and_an_empty_list_are_told_as_such(workspace: Path, run: Run) -> None:
    (workspace / "mapp.csv").mkdir()
    (workspace / "tom.csv").touch()
    assert "is a folder" in run("show", "mapp.csv", status=65)[1]
    assert "The list is empty" in run("map", "tom.csv", status=65)[1]


def test_five_faults_are_named_by_row_and_exit_is_65(workspace: Path, run: Run) -> None:
    (workspace / "bad.csv").write_text(
        "e-post;namn;språk\n;Anna;sv\nanna;Anna;sv\na@a.example;A;xx\nb@a.example;=1+1;sv\n"
        "c@a.example;C;sv;x\n",
        "utf-8",
    )
    _out, err = run("check", "bad.csv", status=65)
    for line in range(2, 7):
        assert f"bad.csv:{line}" in err


def test_check_tells_likely_slips_with_their_rows(workspace: Path, run: Run) -> None:
    with (workspace / "recipients" / "kommun.csv").open("a", encoding="cp1252") as stream:
        stream.write("eva.eek@hamnposten.example;Eva Eek;Hamnposten;lokalt\n")
    out, _err = run("check", "kommun", "--json")
    found = {problem["code"]: problem for problem in json.loads(out)["problems"]}
    assert found["list.near_address"]["line"] == 4
    assert {"list.never_checked", "list.no_source"} <= set(found)


def test_map_shows_and_keeps_a_correction(workspace: Path, run: Run) -> None:
    (workspace / "egen.csv").write_text("Vem;E-post;Intern\nAnna Berg;a@a.example;x\n", "utf-8")
    out, _err = run("map", "egen.csv")
    assert "kept under its own name" in out
    out, _err = run("map", "egen.csv", "--set", "Vem=name", "--set", "Intern=ignore")
    assert "by your correction" in out
    assert "not read, as you said" in out
    assert (workspace / "egen.csv.columns.toml").exists()
    out, _err = run("show", "egen.csv", "--json")
    (recipient,) = json.loads(out)["recipients"]
    assert (recipient["name"], recipient["extra"]) == ("Anna Berg", {})


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def test_map_asks_column_by_column_on_a_terminal(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter keeps, what is no field is asked again, --set and --json ask nothing."""
    (workspace / "egen.csv").write_text(
        "Vem;E-post;Intern\nAnna Berg;a@a.example;x\nBo Ek;b@a.example;\n", "utf-8"
    )
    monkeypatch.setattr(sys, "stdin", Terminal("nmae\nName\n\nignore\n"))
    out, err = run("map", "egen.csv")
    assert "1/3 A Vem: Anna Berg · Bo Ek" in err
    assert "nmae is no field" in err
    assert "by your correction" in out
    (recipient, _other) = json.loads(run("show", "egen.csv", "--json")[0])["recipients"]
    assert (recipient["name"], recipient["extra"]) == ("Anna Berg", {})
    assert "1/3" not in run("map", "egen.csv", "--json")[1]


@pytest.mark.parametrize("typed", ["", "name\n", "name\n\n", "\n\n\n"])
def test_the_end_of_the_input_changes_no_column_and_neither_does_enter(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    (workspace / "egen.csv").write_text("Vem;E-post;Intern\nAnna;a@a.example;x\n", "utf-8")
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    run("map", "egen.csv")
    assert not (workspace / "egen.csv.columns.toml").exists()


@pytest.mark.parametrize("word", ["Vem", "Vem=nmae", "Finns inte=name"])
def test_a_correction_that_makes_no_sense_is_exit_2(workspace: Path, run: Run, word: str) -> None:
    (workspace / "egen.csv").write_text("Vem;E-post\nAnna Berg;a@a.example\n", "utf-8")
    run("map", "egen.csv", "--set", word, status=2)


def test_diff_tells_who_came_who_went_who_changed(workspace: Path, run: Run) -> None:
    out, err = run("diff", "exempel", "kommun")
    assert "+ Eva Ek <eva.ek@hamnposten.example>, Hamnposten" in out
    assert "- Björn Öhman" in out
    assert "desk: Lokalt → –" in out
    assert "1 new, 11 gone, 1 changed." in err


def test_merge_writes_a_private_list_that_reads_the_same(workspace: Path, run: Run) -> None:
    run("merge", "exempel", "kommun", "-o", "alla.csv")
    path = workspace / "alla.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    out, _err = run("diff", "alla.csv", "exempel", "--json")
    difference = json.loads(out)
    assert [person["address"] for person in difference["removed"]] == ["eva.ek@hamnposten.example"]
    assert difference["added"] == difference["changed"] == []
    run("merge", "exempel", "-o", "alla.csv", status=2)
    run("merge", "exempel", "-o", "alla.csv", "--force")


def test_a_suppressed_address_is_out_until_it_is_allowed(workspace: Path, run: Run) -> None:
    run("suppress", "Asa.Lindstrom@hamnposten.example", "--source", "ringde 3/11")
    run("suppress", "tips@sundradion.example", "--for", "reminders")
    run("suppress", "ulf.norgren@frilans.example", "--until", "2026-12-01")

    found = selected(run("show", "exempel", "--json", "--now", "2026-12-01")[0])
    assert found["asa.lindstrom@hamnposten.example"] == "opted_out"
    assert found["tips@sundradion.example"] is None
    assert found["ulf.norgren@frilans.example"] == "muted"

    words = ("show", "exempel", "--json", "--reminder", "--now", "2026-12-02")
    found = selected(run(*words)[0])
    assert found["tips@sundradion.example"] == "opted_out"
    assert found["ulf.norgren@frilans.example"] is None

    assert "ringde 3/11" in run("list-suppressed")[0]
    rows = list(csv.DictReader(io.StringIO(run("list-suppressed", "--csv")[0])))
    assert [row["reason"] for row in rows] == ["opt_out", "opt_out", "muted"]

    run("allow", "asa.lindstrom@hamnposten.example")
    found = selected(run("show", "exempel", "--json")[0])
    assert found["asa.lindstrom@hamnposten.example"] is None


def test_a_forgotten_person_stays_out_though_the_list_holds_them(workspace: Path, run: Run) -> None:
    address = "asa.lindstrom@hamnposten.example"
    run("suppress", address, "--source", "Åsa Lindström ringde")
    outbox = workspace / "outbox" / "bad"
    outbox.mkdir(parents=True)
    (outbox / "1.eml").write_text(f"To: {address}\n\nHej", "utf-8")
    (outbox / "2.eml").write_text("To: bo@a.example\n\nHej", "utf-8")

    assert "Nobody is here to confirm" in run("forget", address, status=2)[1]
    _out, err = run("forget", address, "--yes")

    assert "recipients/exempel.csv:2" in err
    assert [path.name for path in outbox.iterdir()] == ["2.eml"]
    for path in workspace.glob("*.db*"):
        if path.is_file():
            data = path.read_bytes()
            assert address.encode() not in data
            assert "Lindström".encode() not in data
    assert selected(run("show", "exempel", "--json")[0])[address] == "erased"
    assert "(an erased person)" in run("list-suppressed")[0]
    run("allow", address)
    assert selected(run("show", "exempel", "--json")[0])[address] == "erased"
    run("allow", address, "--erased")
    assert selected(run("show", "exempel", "--json")[0])[address] is None


def test_export_tells_all_that_is_held(workspace: Path, run: Run) -> None:
    address = "asa.lindstrom@hamnposten.example"
    run("suppress", address, "--source", "ringde")
    held = json.loads(run("export", address)[0])
    assert [row["origin"] for row in held["lists"]] == [
        "recipients/exempel.csv:2",
        "recipients/kommun.csv:2",
    ]
    assert held["lists"][0]["phone"] == "070-1740 601"
    assert held["log"]["suppressions"][0]["source"] == "ringde"
    run("export", address, "-o", "asa.json")
    assert stat.S_IMODE((workspace / "asa.json").stat().st_mode) == 0o600


def test_strip_needs_a_time_and_says_when_nothing_is_due(workspace: Path, run: Run) -> None:
    assert "No retention time is set." in run("strip", status=2)[1]
    _out, err = run("strip", "--older-than", "12")
    assert "Nothing is older" in err


def test_a_list_that_git_would_commit_is_told(workspace: Path, run: Run) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    subprocess.run(["git", "init", "-q"], cwd=workspace, check=True)
    (workspace / "recipients" / "riktiga.csv").write_text(
        "e-post\nanna@hamnposten.newsroom\n", "utf-8"
    )
    out, _err = run("check", "exempel", "--json")
    assert [
        problem["file"]
        for problem in json.loads(out)["problems"]
        if problem["code"] == "list.in_git"
    ] == ["recipients/riktiga.csv"]
    (workspace / ".gitignore").write_text("recipients/\n", "utf-8")
    assert "list.in_git" not in run("check", "exempel", "--json")[0]


def test_terminal_control_in_a_list_never_reaches_the_terminal(workspace: Path, run: Run) -> None:
    (workspace / "ond.csv").write_text(
        "e-post;namn;redaktion\na@a.example;[link=https://example.org]x[/link];[red]R\n"
        "b@a.example;\x1b]0;x\x07Bo;B\n\x1b[31m;Cia;C\n",
        "utf-8",
    )
    out, err = run("show", "ond.csv", status=65)
    assert "[link=https://example.org]x[/link]" in out
    assert "\x1b" not in out + err
    assert "\x07" not in out + err


def test_export_and_forget_look_into_lists_that_lie_elsewhere(
    workspace: Path, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The log knows which files people were mailed from, also outside recipients/."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "hämtad.csv"
    elsewhere.write_text("e-post;namn\ncia@a.example;Cia Dal\nanna@a.example;Anna Berg\n", "utf-8")
    send_once(workspace, Origin(file=str(elsewhere), line=3))
    held = json.loads(run("export", "anna@a.example")[0])
    assert [row["origin"] for row in held["lists"]] == [f"{elsewhere}:3"]
    assert (held["lists_gone"], held["lists_unread"], held["other_rows"]) == ([], [], [])
    # who is on the same list, and was never mailed, is found too
    assert f"remove the row: {elsewhere}:2" in run("forget", "cia@a.example", "--yes")[1]
    assert f"remove the row: {elsewhere}:3" in run("forget", "anna@a.example", "--yes")[1]


def test_a_list_that_is_gone_or_unreadable_is_told(workspace: Path, run: Run) -> None:
    (workspace / "recipients" / "trasig.xlsx").write_bytes(b"PK\x03\x04 trasig")
    send_once(workspace, Origin(file="borta.xlsx", sheet="Blad1", line=7))
    held = json.loads(run("export", "anna@a.example")[0])
    assert held["lists_gone"] == ["borta.xlsx"]
    assert held["lists_unread"] == ["recipients/trasig.xlsx"]
    assert json.loads(run("export", "bo@a.example")[0])["lists_gone"] == []
    err = run("forget", "anna@a.example", "--yes")[1]
    assert "came from borta.xlsx, which is not there any more" in err
    assert "recipients/trasig.xlsx could not be looked through" in err


def test_a_person_is_found_in_every_kind_of_file_that_can_be_mailed(
    workspace: Path, run: Run
) -> None:
    """What cannot be looked through is named, whatever its ending."""
    folder = workspace / "recipients"
    for path in list(folder.iterdir()):
        path.unlink()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["e-post", "namn"])
    sheet.append(["bo@a.example", "Bo Ek"])
    sheet["B2"].comment = Comment("fråga anna@a.example", "Karin")
    book.save(folder / "bok.XLSM")
    card = "BEGIN:VCARD\nFN:{}\nEMAIL:{}\nNOTE:anna@a.example\nEND:VCARD\n"
    for name, text in {
        "utan-ändelse": "e-post\nanna@a.example\n",
        "klistrat.txt": "Till: Anna Berg <anna@a.example>; bo@a.example",
        "kort.vcf": card.format("Bo", "bo@a.example"),
        "lista.json": '[{"e-post": "anna@a.example"}]',
        "sida.xls": "<html><table><tr><td>Anna@A.example</td></tr></table></html>",
        "bred.csv": "e-post\n＇ａｎｎａ@a.example\n",
    }.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "gammal.xls").write_bytes(b"\xd0\xcf\x11\xe0anna@a.example")
    (folder / "lista.pdf").write_bytes(b"%PDF-1.7 anna@a.example")
    held = json.loads(run("export", "anna@a.example")[0])
    places = {row["origin"] for row in (*held["lists"], *held["other_rows"])}
    assert {place.removeprefix("recipients/") for place in places} == {
        *("bok.XLSM[Sheet]", "utan-ändelse:2", "klistrat.txt:1", "kort.vcf[NOTE]"),
        *("lista.json:1", "sida.xls:1", "bred.csv:2"),
    }
    assert held["lists_unread"] == ["recipients/gammal.xls", "recipients/lista.pdf"]
    told = run("forget", "anna@a.example", "--yes")[1]
    assert "recipients/gammal.xls could not be looked through" in told


def test_a_person_is_found_in_faulty_rows_notes_and_other_sheets(workspace: Path, run: Run) -> None:
    book = openpyxl.Workbook()
    for name, note in (("Nu", "kopia till Anna.Berg@a.example."), ("Då", "x")):
        sheet = book.create_sheet(name)
        sheet.append(["e-post", "språk", "anteckning"])
        sheet.append(["bo@a.example", "sv", note])
        sheet.append(["anna.berg@a.example", "klingonska", "hanna.berg@a.example"])
        sheet.append(["anna.berg@a.example.org", "sv", "en annan"])
    book["Då"].sheet_state = "hidden"
    (workspace / "recipients" / "gamla").mkdir()
    book.save(workspace / "recipients" / "gamla" / "stor.xlsx")
    held = json.loads(run("export", "anna.berg@a.example")[0])
    place = "recipients/gamla/stor.xlsx"
    assert [row["origin"] for row in held["other_rows"]] == [
        *(f"{place}[Nu]:2", f"{place}[Nu]:3", f"{place}[Då]:3"),
    ]
    assert held["other_rows"][0]["cells"][0] == "bo@a.example"


def test_forgetting_one_leaves_the_messages_of_others(workspace: Path, run: Run) -> None:
    """`bo@` is a part of `jacobo@`, and a contact in everybody's invitation."""
    outbox = workspace / "outbox"
    outbox.mkdir()
    (outbox / "1.eml").write_text("To: Bo Ek\n <Bo@a.example>\n\nHej", "utf-8")
    (outbox / "2.eml").write_text("To: jacobo@a.example\n\nFråga bo@a.example", "utf-8")
    (outbox / "3.eml").write_text("To: bo@a.example.org\n\nHej", "utf-8")
    run("forget", "bo@a.example", "--yes")
    assert sorted(path.name for path in outbox.iterdir()) == ["2.eml", "3.eml"]


def send_once(workspace: Path, origin: Origin = NOWHERE) -> None:
    """A dispatch in the real log, through the sandbox's transport."""
    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
    from pressutskick.dispatch.approval import Digests
    from pressutskick.dispatch.plan import PlanEntry
    from pressutskick.dispatch.records import DispatchKey, DispatchOrder, Snapshot
    from pressutskick.mail import Mailbox
    from pressutskick.recipients.model import Recipient

    then = dt.datetime(2020, 1, 2, tzinfo=dt.UTC)
    log = SqliteDeliveryLog(workspace / "pressutskick.db", now=lambda: then)
    digests = Digests(release="r", templates="t", selection="s", settings="e")
    order = DispatchOrder(
        key=DispatchKey(release_id="bad"),
        title="Badet",
        snapshot=Snapshot(release="text", digests=digests),
        created_at=then,
    )
    person = Recipient(
        mailbox=Mailbox(address="anna@a.example", name="Anna Berg"),
        name="Anna Berg",
        origin=origin,
    )
    with log.begin(order, [PlanEntry(recipient=person)]):
        pass


def test_retention_says_what_it_takes_asks_and_takes_it(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_once(workspace)
    monkeypatch.setenv("PRESSUTSKICK_RETENTION_MONTHS", "12")
    _out, err = run("check", "exempel")
    assert "1 delivery is older than 12 months" in err
    out, _err = run("strip", "--dry-run")
    assert "Badet" in out
    assert "Nobody is here to confirm" in run("strip", status=2)[1]
    assert b"anna@a.example" in (workspace / "pressutskick.db").read_bytes()
    _out, err = run("strip", "--yes")
    assert "1 delivery was stripped." in err
    assert b"anna@a.example" not in (workspace / "pressutskick.db").read_bytes()


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        ("2026-11-22", 12, "2025-11-22"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2024-02-29", 12, "2023-02-28"),
    ],
)
def test_months_are_those_of_the_calendar(moment: str, months: int, before: str) -> None:
    from pressutskick.actions.rights import months_before

    found = months_before(dt.datetime.fromisoformat(moment), months)
    assert found.date().isoformat() == before


def test_hints_of_one_kind_do_not_bury_an_error(workspace: Path, run: Run) -> None:
    rows = "".join(
        f"person{letter}{letter}@a{letter}.example;2020-01-01\n"
        for letter in "abcdefghijklmnopqrstuvwxyz"
    )
    (workspace / "lång.csv").write_text(f"e-post;kontrollerad\n{rows}fel;2020-01-01\n", "utf-8")
    _out, err = run("check", "lång.csv", status=65)
    assert err.count("[list.old_row]") == 20
    assert "6 more of these kinds; --json shows all." in err
    assert "lång.csv:28" in err
