"""`read` and `check` from the command line: what is shown, written, asked and refused."""

import io
import json
import sys
from pathlib import Path

import pytest
from tests.kit.documents import write_html

from pressutskick.cli import main
from pressutskick.release.document import parse_document

DATA = Path(__file__).parents[1] / "data"
REFERENCE = str(DATA / "reference.txt")
ASKING = str(DATA / "invitations" / "06.txt")
SOUND = """\
---
title: Pressinbjudan om bron
event:
  date: 2026-09-10
  start: 13:00
  place: Strandvägen 18
contacts:
  - name: Elsa Nyström
    phones: 031-390 06 31
---
"""


def run(*words: str) -> int:
    return main(["--lang", "en", *words])


def test_read_shows_facts_with_lines_and_certainty(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", REFERENCE, "--now", "2024-09-02") == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["day", "2024-09-04", "28", "derived"] in rows
    assert ["start", "12:30", "30", "certain"] in rows


def test_read_prints_json_alike_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", REFERENCE, "--json", "--now", "2024-09-02") == 0
    english = capsys.readouterr().out
    assert main(["--lang", "sv", "read", REFERENCE, "--json", "--now", "2024-09-02"]) == 0
    assert capsys.readouterr().out == english
    document = json.loads(english)
    assert list(document) == ["release", "facts", "questions", "problems"]
    assert document["release"]["event"]["date"] == "2024-09-04"
    assert document["questions"] == document["problems"] == []


def test_what_read_writes_is_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "inbjudan.md"
    assert run("read", REFERENCE, "--now", "2024-09-02", "-o", str(file)) == 0
    assert "Next: pressutskick check " in capsys.readouterr().err
    release = parse_document(file.read_text("utf-8"), file=str(file)).release
    assert release.event is not None
    assert str(release.event.start) == "12:30:00"
    capsys.readouterr()
    assert run("read", REFERENCE, "--json", "--now", "2024-09-02") == 0
    raw = json.loads(capsys.readouterr().out)
    assert run("read", str(file), "--json", "--now", "2024-09-02") == 0
    canonical = json.loads(capsys.readouterr().out)
    assert canonical["release"] == raw["release"]
    assert canonical["problems"] == []
    assert run("check", str(file), "--now", "2024-09-02") == 0


def test_read_never_replaces_a_file_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "inbjudan.md"
    file.write_text("mine")
    assert run("read", REFERENCE, "--now", "2024-09-02", "-o", str(file)) == 2
    assert file.read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert run("read", REFERENCE, "--now", "2024-09-02", "-o", str(file), "--force") == 0
    assert file.read_text("utf-8").startswith("---\nid: ")


def test_open_questions_are_kept_in_the_written_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "inbjudan.md"
    assert run("read", ASKING, "--now", "2020-12-02", "-o", str(file)) == 0
    assert "1 question is open" in capsys.readouterr().err
    assert run("read", str(file), "--json", "--now", "2020-12-02") == 0
    questions = json.loads(capsys.readouterr().out)["questions"]
    assert [question["field"] for question in questions] == ["event.date"]
    answered = (
        file.read_text("utf-8").split("open:")[0].replace("event:", "event:\n  date: 2020-12-07")
    )
    file.write_text(answered + "---\n", "utf-8")
    assert run("read", str(file), "--json", "--now", "2020-12-02") == 0
    assert json.loads(capsys.readouterr().out)["questions"] == []


class Terminal(io.StringIO):
    """A terminal for one person's answers."""

    def isatty(self) -> bool:
        return True


def test_in_a_terminal_questions_are_asked_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Terminal("in december\n1\ny\nsvar.md\n"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert run("read", ASKING, "--now", "2020-12-02") == 0
    told = capsys.readouterr().err
    assert "  1. 2020-12-07, Monday, in 5 days (line " in told
    assert "  2. 2021-11-09, Tuesday, in 342 days (line " in told
    assert "Please look at these:\n  1. title: " in told
    assert "2020-11-09" not in told
    assert "write a day such as" in told
    release = parse_document((tmp_path / "svar.md").read_text("utf-8")).release
    assert release.event is not None
    assert str(release.event.date) == "2020-12-07"
    assert "open" not in release.extra


def test_an_empty_answer_leaves_the_question_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Terminal("\ny\nsvar.md\n"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert run("read", ASKING, "--now", "2020-12-02") == 0
    release = parse_document((tmp_path / "svar.md").read_text("utf-8")).release
    assert list(release.extra["open"]) == ["event.date"]  # type: ignore[call-overload]


def test_a_page_on_stdin_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = io.TextIOWrapper(io.BytesIO(write_html((DATA / "reference.txt").read_text("utf-8"))))
    monkeypatch.setattr(sys, "stdin", page)
    assert run("read", "-", "--json", "--now", "2024-09-02") == 0
    assert json.loads(capsys.readouterr().out)["release"]["event"]["start"] == "12:30"


def test_check_tells_by_line_and_stops_on_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.md"
    file.write_text(SOUND, "utf-8")
    assert run("check", str(file), "--now", "2026-09-01") == 0
    assert capsys.readouterr().out == ""
    assert run("check", str(file), "--now", "2026-10-01") == 65
    told = capsys.readouterr().out.replace("\n", " ")
    assert f"{file}:4: error: The event was on 2026-09-10; it is over. [date-past]" in told
    assert run("check", str(file), "--now", "2026-09-10T15:00") == 0
    assert "warning" in capsys.readouterr().out


def test_check_prints_problems_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.md"
    file.write_text(SOUND.replace("13:00", "lunch"), "utf-8")
    assert run("check", str(file), "--json") == 65
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(each["code"], each["severity"], each["line"]) for each in problems] == [
        ("value-invalid", "error", 5)
    ]


@pytest.mark.parametrize("command", ["read", "check"])
def test_a_missing_file_is_exit_66_and_a_bad_one_65(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "inbjudan.md").write_text(SOUND, "utf-8")
    assert run(command, str(tmp_path / "inbjuden.md")) == 66
    assert "Did you mean" in capsys.readouterr().err
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert run(command, str(picture)) == 65
    assert "a picture" in capsys.readouterr().err


def test_a_wrong_now_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", REFERENCE, "--now", "soon") == 2
    assert "--now" in capsys.readouterr().err


def test_a_files_control_characters_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("# Pressinbjudan \x1b[31m[link=https://example.org]röd[/link]\n\nTid: kl 10\n")
    assert run("read", str(file), "--now", "2026-09-01") == 0
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "[link=https://example.org]röd" in captured.out.replace("\n", "")


def test_a_file_that_cannot_be_written_whole_leaves_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("edited.md").write_text("edited by hand", "utf-8")
    # A folder in the way of the new text stops it as a full disk would.
    Path(".edited.md.part").mkdir()
    assert run("read", REFERENCE, "-o", "edited.md", "--force", "--json") == 73
    assert Path("edited.md").read_text("utf-8") == "edited by hand"
    assert "edited.md cannot be read or written: " in capsys.readouterr().err


def test_a_yes_takes_the_only_answer_that_is_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("inbjudan.txt").write_text(SPOKEN, "utf-8")
    monkeypatch.setattr(sys, "stdin", Terminal("ja\ny\nsvar.md\n"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert run("read", "inbjudan.txt", "--now", "2026-11-23") == 0
    release = parse_document(Path("svar.md").read_text("utf-8")).release
    assert release.event is not None
    assert str(release.event.date) == "2027-06-10"


SPOKEN = """\
Pressinbjudan: Pressfrukost i Åstad

Vi ses den 10 juni och berättar om höstens program.

Tid: 10.00
Plats: Kulturhuset, Kajgatan 4

Anmälan till elsa.nystrom@astad.example
"""


def test_what_cannot_be_sent_yet_is_no_success_of_check_and_the_way_out_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("invitations").mkdir()
    Path("inbjudan.txt").write_text(SPOKEN, "utf-8")
    assert run("check", "inbjudan.txt", "--now", "2026-11-23") == 65
    told = " ".join(capsys.readouterr().err.split())
    assert "Answer and keep the answers: pressutskick read inbjudan.txt -o invitations/" in told
    assert run(*told.split("pressutskick ")[1].split(), "--now", "2026-11-23") == 0
    (kept,) = Path("invitations").iterdir()
    capsys.readouterr()
    assert run("check", str(kept), "--now", "2026-11-23") == 65
    assert f"Fill in the keys in {kept}" in " ".join(capsys.readouterr().err.split())


def test_a_finding_in_a_text_without_front_matter_is_not_said_to_be_silenced_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("check", REFERENCE, "--now", "2026-11-23") == 65
    told = " ".join(capsys.readouterr().err.split())
    assert "read it into a file of its own: pressutskick read" in told
    assert "silence" not in told


def test_a_media_list_where_the_invitation_should_stand_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    openpyxl.Workbook().save(tmp_path / "press.xlsx")
    assert run("check", str(tmp_path / "press.xlsx")) == 65
    told = " ".join(capsys.readouterr().err.split())
    assert "is a spreadsheet, not an invitation" in told
    assert "the media list after --to" in told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("press.txt", "Namn;E-post\nÅsa;asa@hamnposten.example\nBo;bo@sundradion.example\n"),
        ("press.csv", "Namn,E-post\nÅsa,asa@hamnposten.example\n"),
        ("press", "Åsa <asa@hamnposten.example>, Bo <bo@x.example>;\nC <c@x.example>, D\n"),
        ("press.vcf", "BEGIN:VCARD\nEMAIL:asa@hamnposten.example\nEND:VCARD\n"),
    ],
)
def test_a_media_list_is_never_mailed_as_a_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    for command in ("read", "check"):
        assert run(command, str(tmp_path / name)) == 65
        assert "is a media list, not an invitation" in " ".join(capsys.readouterr().err.split())


def test_a_text_without_a_heading_is_not_ready(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kort.txt"
    file.write_text("Åsa Öberg, asa@hamnposten.example\n", "utf-8")
    assert run("check", str(file)) == 65
    assert "No heading was found" in capsys.readouterr().out
