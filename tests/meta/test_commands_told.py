"""The pages name commands and flags that exist, and settings that are read."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from pressutskick.cli.program import load_command, make_app
from pressutskick.cli.table import command_table
from pressutskick.settings.reading import known_keys
from pressutskick.settings.workspace import PREFIX

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")]
#: Flags of other programs that the pages name.
FOREIGN = {"--require-hashes"}


@cache
def commands() -> Mapping[str, frozenset[str]]:
    """`recipients show` and its kin -> their flags, those before any command included."""
    shared = flags_of(typer.main.get_command(make_app()))
    found: dict[str, frozenset[str]] = {"": shared}
    for entry in command_table():
        for name, command in walk(entry.name, load_command(entry)):
            found[name] = shared | flags_of(command)
    # `show` may be left out.
    found["log"] |= found["log show"]
    return found


def walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield name, command
    for child, inner in getattr(command, "commands", {}).items():
        yield from walk(f"{name} {child}", inner)


def flags_of(command: Any) -> frozenset[str]:
    return frozenset(flag for each in command.params for flag in each.opts) | {"--help"}


def told_commands(text: str) -> Iterator[str]:
    """Each `pressutskick …` of the text: to the end of its code span, or of its line."""
    joined = re.sub(r"\\\n", " ", text)
    for match in re.finditer(r"(?:^|[`\s])pressutskick ([a-z][^`\n#|]*)", joined):
        yield match[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_flag_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    wrong = []
    for told in told_commands(text):
        words = told.split()
        name = " ".join(words[:2]) if " ".join(words[:2]) in commands() else words[0]
        flags = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", told))
        if name not in commands():
            # Prose that names the program, and no command of it.
            wrong += [told] if flags else []
        else:
            wrong += [f"{name} {flag}" for flag in flags - commands()[name]]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_flag_in_code_exists_somewhere(page: Path) -> None:
    everything = frozenset().union(*commands().values()) | FOREIGN
    spans = re.findall(r"`([^`\n]+)`", page.read_text("utf-8"))
    told = {flag for span in spans for flag in re.findall(r"(?<![\w-])--[a-z][a-z-]*", span)}
    if page.parent.name != "benchmarks":  # these have flags of their own
        assert told <= everything


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_named_is_read(page: Path) -> None:
    told = set(re.findall(rf"{PREFIX}([A-Z_]+[A-Z])", page.read_text("utf-8")))
    assert told <= known_keys()


def test_every_command_is_told() -> None:
    """On one page at least, in code."""
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    code = " ".join(
        "".join(found) for found in re.findall(r"```(.+?)```|`([^`]+)`", text, re.DOTALL)
    )
    untold = {name for name in commands() if not re.search(rf"\b{name.split(' ')[-1]}\b", code)}
    assert untold == set()


def test_the_reader_of_pages_sees_commands() -> None:
    told = [
        "`pressutskick send FILE --at`",
        "$ pressutskick log -v",
        "pip install pressutskick[x]",
    ]
    assert [list(told_commands(each)) for each in told] == [["send FILE --at"], ["log -v"], []]
    assert sum(len(list(told_commands(page.read_text("utf-8")))) for page in PAGES) > 30
