"""`templates`: list, copy, compare, try."""

from pathlib import Path

import pytest

from pressutskick.cli.program import run


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSUTSKICK_FROM", "Pressen <press@astad.example>")
    return tmp_path


def test_a_copy_is_yours_and_a_newer_version_tells_what_it_changed(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["templates", "copy", "theme.toml", "words.sv.j2"]) == 0
    assert run(["templates", "copy", "words.sv.j2"]) == 2
    own = workspace / "templates" / "words.sv.j2"
    own.write_text(own.read_text("utf-8").replace("Med vänlig hälsning", "Hälsningar"), "utf-8")
    capsys.readouterr()
    assert run(["templates"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if " yours " in line] == ["theme.toml", "words.sv.j2"]

    assert run(["templates", "diff"]) == 0
    assert "the shipped one is as it was" in capsys.readouterr().err
    original = workspace / "templates" / ".shipped" / "words.sv.j2"
    original.write_text(original.read_text("utf-8").replace("Pressinbjudan", "Inbjudan"), "utf-8")
    assert run(["templates", "diff"]) == 0
    told = capsys.readouterr().out
    assert '-{% set invitation = "Inbjudan" %}' in told
    assert '+{% set invitation = "Pressinbjudan" %}' in told
    assert "Hälsningar" not in told

    original.unlink()
    assert run(["templates", "diff"]) == 0
    assert '+{% set closing = "Hälsningar" %}' in capsys.readouterr().out


def test_a_name_that_there_is_not_is_answered_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["templates", "copy", "footer.html.j2"]) == 66
    assert "There are: theme.toml, base.html.j2" in capsys.readouterr().err


def test_check_tells_mistakes_with_their_lines(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = workspace / "templates" / "notice.txt.j2"
    own.parent.mkdir()
    own.write_text("{% if is_off %}\n{{ words.borta }}{% endif %}", "utf-8")
    assert run(["templates", "check"]) == 65
    told = capsys.readouterr().out
    assert told.count("notice.txt.j2:2: error: ") == 1
    assert "borta" in told
