"""The printed lines mean the same to their readers as to us, whatever a folder is called."""

import plistlib
import re
import shlex
import subprocess
import sys
from pathlib import Path, PurePath, PureWindowsPath
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.cli.timers import (
    Call,
    crontab_line,
    find_program,
    gather_environment,
    launchd_agent,
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


@given(value=TEXT, word=TEXT)
def test_an_agent_of_a_mac_holds_what_was_meant(value: str, word: str) -> None:
    call = Call(words=("/p", word), workspace=PurePath("/w 1"), environment={"X": value})
    agent = plistlib.loads(launchd_agent(call).encode("utf-8"))
    assert agent["ProgramArguments"] == ["/p", word]
    assert agent["EnvironmentVariables"] == {"X": value}
    assert agent["WorkingDirectory"] == "/w 1"
    assert [each["Minute"] for each in agent["StartCalendarInterval"]] == [0, 10, 20, 30, 40, 50]


USER = "ASTAD\\anna"


def read_task(call: Call) -> dict[str, str]:
    """The task's texts by the names of their elements, as Windows' own parser reads them."""
    text = windows_task(call, user=USER)
    # Saved by any program in any encoding, it is read the same.
    root = ElementTree.fromstring(text.encode("utf-16"))
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        saved = ElementTree.fromstring(text.encode(encoding))
        assert ElementTree.tostring(saved) == ElementTree.tostring(root)
    assert root.tag == "{http://schemas.microsoft.com/windows/2004/02/mit/task}Task"
    return {each.tag.partition("}")[2]: each.text or "" for each in root.iter()}


def test_a_windows_task_runs_on_battery_and_without_a_logon() -> None:
    call = Call(
        words=("C:\\p\\pressutskick.exe", "remind", "--all"),
        workspace=PureWindowsPath("C:\\Press inbjudan å"),
        environment={"PRESSUTSKICK_LANGUAGE": "sv"},
    )
    task = read_task(call)
    assert task["DisallowStartIfOnBatteries"] == task["StopIfGoingOnBatteries"] == "false"
    assert task["StartWhenAvailable"] == "true"
    assert (task["LogonType"], task["UserId"]) == ("S4U", USER)
    assert task["Interval"] == "PT10M"
    assert task["WorkingDirectory"] == "C:\\Press inbjudan å"
    assert (task["Command"], task["Arguments"]) == (
        "cmd.exe",
        '/d /s /c "set "PRESSUTSKICK_LANGUAGE=sv" && C:\\p\\pressutskick.exe remind --all"',
    )


def test_signs_that_cmd_would_interpret_stand_within_quotation_marks() -> None:
    """A sender such as `Name <address>` is the usual case; a folder may hold an ampersand."""
    call = Call(
        words=("C:\\a&b\\p.exe", "remind", "--all"),
        workspace=PureWindowsPath("C:\\50%"),
        environment={"PRESSUTSKICK_FROM": "Press & Co <press@example.org>"},
    )
    arguments = read_task(call)["Arguments"]
    command = arguments.removeprefix('/d /s /c "').removesuffix('"')
    bare = "".join(command.split('"')[0::2])
    assert re.sub(" && ", "", bare).isascii()
    assert not re.search(r"[&|<>^%]", bare.replace(" && ", ""))


@pytest.mark.parametrize("value", ["50%", "a!b", 'say "x"'])
def test_a_value_that_cmd_would_misread_is_refused(value: str) -> None:
    call = Call(words=("p",), workspace=PureWindowsPath("C:\\"), environment={"X": value})
    with pytest.raises(UsageError):
        windows_task(call, user=USER)


def test_a_long_folder_fits_into_a_task() -> None:
    folder = "C:\\" + "x" * 250
    call = Call(words=("p",), workspace=PureWindowsPath(folder), environment={})
    assert read_task(call)["WorkingDirectory"] == folder


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
