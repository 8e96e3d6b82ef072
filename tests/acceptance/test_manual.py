"""The manual page holds every command and flag, in both languages, and is sound mdoc."""

import shutil
import subprocess

import pytest
from tests.kit.program import command, environment

from pressutskick.cli.program import load_command
from pressutskick.cli.table import command_table


def page(language: str) -> str:
    ran = subprocess.run(
        command("man"),
        env=environment(LANGUAGE=language),
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_command_and_flag_stands_in_the_page(language: str) -> None:
    told = page(language).replace("\\-", "-")
    for entry in command_table():
        if entry.is_hidden:
            continue
        assert f".Sy {entry.name}" in told
        flags = [each.opts[0] for each in load_command(entry).params if each.opts[0][0] == "-"]
        assert [flag for flag in flags if flag not in told] == []


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc judges manual pages")
@pytest.mark.parametrize("language", ["en", "sv"])
def test_mandoc_finds_nothing_wrong_with_it(language: str) -> None:
    lint = ["mandoc", "-Tlint", "-W", "warning"]
    found = subprocess.run(lint, input=page(language), capture_output=True, text=True)
    assert found.stdout == ""


def test_the_swedish_page_is_swedish() -> None:
    told = page("sv")
    assert ".Sh KOMMANDON" in told
    assert "The " not in told
