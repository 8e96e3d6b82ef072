"""The printed lines mean the same to their readers as to us, whatever a folder is called."""

import re
import shlex
import subprocess
import sys
from pathlib import Path, PurePath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressutskick.cli.shows.timers import (
    Call,
    crontab_line,
    find_program,
    gather_environment,
    systemd_units,
    windows_task,
)
from pressutskick.errors import UsageError

PRINTER = (
    sys.executable,
    "-c",
    "import os,sys;sys.stdout.buffer.write(repr((os.getcwd(),os.environ.get('X'),sys.argv[1:])).encode())",
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


def run_as_cron(line: str) -> str:
    """What cron does with a line: five fields, `\\%` is `%`, the rest to /bin/sh."""
    command = line.split(" ", 5)[5].replace(r"\%", "%")
    assert not re.search(r"(?<!\\)%", line)
    result = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=True)
    return result.stdout.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="cron is not there")
@settings(max_examples=10, deadline=None)
@given(folder=st.sampled_from(["a b", "it's", "50% ö", "$HOME", "a;b", '"']), value=TEXT, word=TEXT)
def test_cron_calls_the_program_in_its_folder_with_its_settings(
    tmp_path_factory: pytest.TempPathFactory, folder: str, value: str, word: str
) -> None:
    path = tmp_path_factory.mktemp("ws") / folder
    path.mkdir()
    call = Call(words=(*PRINTER, word), workspace=path, environment={"X": value})
    assert run_as_cron(crontab_line(call)) == repr((str(path), value, [word]))


def unquote_unit(text: str) -> list[str]:
    """systemd.syntax(7), as far as our units need it."""
    return [word.replace("%%", "%") for word in shlex.split(text)]


@given(value=TEXT, word=TEXT)
def test_systemd_units_quote_what_they_hold(value: str, word: str) -> None:
    call = Call(words=("/p", word), workspace=PurePath("/w 1"), environment={"X": value})
    units = systemd_units(call)
    lines = units["pressutskick.service"].splitlines()
    (environment,) = [line for line in lines if line.startswith("Environment=")]
    assert unquote_unit(environment.removeprefix("Environment=")) == [f"X={value}"]
    (command,) = [line for line in lines if line.startswith("ExecStart=")]
    words = unquote_unit(command.removeprefix("ExecStart="))
    assert [each.replace("$$", "$") for each in words] == ["/p", word]
    assert "WorkingDirectory=/w 1" in lines
    assert "Persistent=true" in units["pressutskick.timer"]


def test_a_windows_task_names_folder_and_settings() -> None:
    call = Call(
        words=("C:\\p\\pressutskick.exe", "remind", "--all"),
        workspace=PureWindowsPath("C:\\Press inbjudan"),
        environment={"PRESSUTSKICK_LANGUAGE": "sv"},
    )
    assert windows_task(call) == (
        'schtasks /Create /TN pressutskick /SC MINUTE /MO 10 /TR "cmd /c cd /d '
        '\\"C:\\Press inbjudan\\" && set \\"PRESSUTSKICK_LANGUAGE=sv\\" && '
        'C:\\p\\pressutskick.exe remind --all"'
    )


def read_as_cmd(line: str) -> str:
    """What cmd.exe hands to a program: a caret outside of quotation marks takes the next as it is.

    Nothing that would be interpreted may stand there without one.
    """
    handed, is_quoted, signs = "", False, iter(line)
    for sign in signs:
        if sign == "^" and not is_quoted:
            handed += next(signs)
            continue
        assert is_quoted or sign not in "&|<>"
        is_quoted ^= sign == '"'
        handed += sign
    return handed


def test_signs_that_cmd_would_interpret_reach_the_task() -> None:
    """A sender such as `Name <address>` is the usual case; a folder may hold an ampersand."""
    call = Call(
        words=("C:\\a&b\\p.exe", "remind", "--all"),
        workspace=PureWindowsPath("C:\\"),
        environment={"PRESSUTSKICK_FROM": "Press & Co <press@example.org>"},
    )
    task = read_as_cmd(windows_task(call)).partition(" /TR ")[2]
    # As the C library of Windows splits words: backslashes count double before a quotation mark.
    assert task[1:-1].replace("\\\\", "\\").replace('\\"', '"') == (
        'cmd /c cd /d "C:\\" && set "PRESSUTSKICK_FROM=Press & Co <press@example.org>" && '
        '"C:\\a&b\\p.exe" remind --all'
    )


@pytest.mark.parametrize("folder", ["C:\\50%", "C:\\a!b", "C:\\" + "x" * 300])
def test_a_windows_task_that_would_be_misread_is_refused(folder: str) -> None:
    call = Call(words=("p",), workspace=PureWindowsPath(folder), environment={})
    with pytest.raises(UsageError):
        windows_task(call)


def test_secrets_are_not_written_down() -> None:
    environ = {
        "PRESSUTSKICK_SMTP_PASSWORD": "hunter2",
        "PRESSUTSKICK_SMTP_HOST": "mail.example.org",
        "HOME": "/home/x",
        "PATH": "/bin",
    }
    assert gather_environment(environ, "sv") == {
        "PRESSUTSKICK_SMTP_HOST": "mail.example.org",
        "PRESSUTSKICK_LANGUAGE": "sv",
    }


def test_a_command_that_fetches_a_secret_finds_its_program() -> None:
    environ = {"PRESSUTSKICK_SMTP_PASSWORD_COMMAND": "pass show x", "PATH": "/opt/bin:/bin"}
    assert gather_environment(environ, "en")["PATH"] == "/opt/bin:/bin"


def test_a_control_character_cannot_become_a_second_line() -> None:
    with pytest.raises(UsageError):
        gather_environment({"PRESSUTSKICK_ORGANISATION": "a\n* * * * * rm"}, "sv")
    with pytest.raises(UsageError):
        crontab_line(Call(words=("p",), workspace=Path("/a\nb"), environment={}))


def test_the_program_is_named_in_full() -> None:
    assert find_program("/usr/bin/pressutskick", "/usr/bin/python3") == ("/usr/bin/pressutskick",)
    assert find_program(None, "/usr/bin/python3")[-1] == "pressutskick"
