"""A command that tells a secret: its words, its program, and what it prints."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.errors import SettingsError
from pressutskick.identity import command
from pressutskick.identity.command import find_program, split_command


@pytest.mark.parametrize(
    ("command", "is_windows", "words"),
    [
        ("pass show 'press mail'", False, ["pass", "show", "press mail"]),
        (r"C:\Tools\token.exe --for press", True, [r"C:\Tools\token.exe", "--for", "press"]),
        (r'"C:\Program Files\token.exe" -q', True, [r"C:\Program Files\token.exe", "-q"]),
        ("token --name=\"press mail\" 'a b'", True, ["token", "--name=press mail", "'a", "b'"]),
        (r'token "C:\Mina filer\\" \"x\" ""', True, ["token", "C:\\Mina filer\\", '"x"', ""]),
        ("  ", True, []),
    ],
)
def test_words_are_split_as_the_system_writes_paths(
    command: str, is_windows: bool, words: list[str]
) -> None:
    assert split_command(command, is_windows=is_windows) == words


@pytest.mark.parametrize("is_windows", [True, False])
def test_a_quotation_mark_that_is_never_closed_is_an_error(is_windows: bool) -> None:
    with pytest.raises(ValueError, match="No closing quotation"):
        split_command('token "press', is_windows=is_windows)


@given(st.lists(st.text(st.characters(codec="latin-1", exclude_characters="\0\r\n")), min_size=1))
def test_windows_words_are_those_that_python_would_write(words: list[str]) -> None:
    assert split_command(subprocess.list2cmdline(words), is_windows=True) == words


def test_windows_finds_a_program_by_its_name_without_the_ending(tmp_path: Path) -> None:
    for name in ("az.cmd", "tok.v2.exe"):
        (tmp_path / name).touch()
    environ = {"PATH": os.pathsep.join(["/nowhere", str(tmp_path)]), "PATHEXT": ".EXE;.CMD"}
    for name in ("az", "az.cmd", "tok.v2"):
        found = find_program(name, environ, is_windows=True)
        assert Path(found).parent == tmp_path
        assert Path(found).name.startswith(name)
    assert find_program("az", environ, is_windows=False) == "az"
    assert find_program("gone", environ, is_windows=True) == "gone"


def test_a_program_beside_the_settings_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "az.cmd").touch()
    monkeypatch.chdir(tmp_path)
    assert find_program("az", {"PATH": "/nowhere"}, is_windows=True) == "az"


@pytest.mark.parametrize(
    ("output", "code_page", "line"),
    [
        ("lösenå\nmer".encode(), None, "lösenå"),
        ("lösenå\r\n".encode("cp850"), "cp850", "lösenå"),
        ("lösenå".encode(), "cp850", "lösenå"),
    ],
)
def test_the_first_line_is_read_in_utf8_or_the_consoles_code_page(
    output: bytes, code_page: str | None, line: str
) -> None:
    assert command._read_first_line(output, "KEY", code_page=code_page) == line


def test_a_letter_that_cannot_be_read_is_no_password() -> None:
    with pytest.raises(SettingsError, match="no text in UTF-8") as refused:
        command._read_first_line("hemligå".encode("latin-1"), "KEY", code_page=None)
    assert "hemlig" not in str(refused.value)
