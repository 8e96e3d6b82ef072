"""Mistakes in usage: exit 2, told in our words, nothing done."""

from pathlib import Path

import pytest

from pressutskick.cli import main


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sned"], "Did you mean 'send'?"),
        (["init", "--foo"], "There is no option --foo."),
        (["init", "--port", "x"], "it must be a number."),
        (["init", "--port", "-4"], "it must be "),
        (["init", "--security", "foo"], "is none of 'starttls', 'tls', 'none'."),
        (["init", "a", "b"], "This is too much: b"),
        (["init", "--port"], "--port needs a value."),
    ],
)
def test_a_mistake_in_usage_is_exit_2_in_our_words(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "en", *words]) == 2
    captured = capsys.readouterr()
    assert told in captured.err.replace("\n", " ")
    assert captured.out == ""


def test_where_no_list_is_named_those_that_there_are_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("recipients").mkdir()
    Path("recipients/press.csv").touch()
    assert main(["--lang", "en", "send", "inbjudan.md"]) == 2
    assert "--to is missing." in (told := capsys.readouterr().err)
    assert "Lists in recipients/: press.csv." in told


def test_a_language_that_we_do_not_speak_is_refused_as_a_flag_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--lang", "de", "--version"]) == 2
    assert "--lang is wrong: 'de' is none of sv, en." in capsys.readouterr().err
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert main(["--version"]) == 0


def test_help_and_version_are_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert main(["init", "--help"]) == 0
    assert main(["--version"]) == 0
    assert "pressutskick 0." in capsys.readouterr().out


def test_global_flags_count_wherever_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--help", "--lang", "sv"]) == 0
    swedish = capsys.readouterr().out
    assert main(["init", "--help", "--lang=en"]) == 0
    assert swedish != capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["send"], ["log", "show"], ["recipients", "suppress"]])
def test_help_names_values_in_the_persons_language(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "sv", *words, "--help"]) == 0
    told = capsys.readouterr().out
    for foreign in ("OPTIONS", "COMMAND", "ARGS", "ADDRESS", "FILE", "LIST ", "<str>", "<bool>"):
        assert foreign not in told
