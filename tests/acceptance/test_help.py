"""A page of help fits the screen, has its flags in order, and is found by whatever word is tried."""

import json
import subprocess
import sys
from functools import cache

import pytest
from tests.kit.program import environment

#: Prints every page of a language as JSON: names of commands -> page.
PAGES = """
import contextlib, io, json, sys
from pressutskick.cli import main
from pressutskick.cli.program import load_command
from pressutskick.cli.table import command_table

def walk(name, command):
    yield name
    for child, inner in getattr(command, "commands", {}).items():
        yield from walk(f"{name} {child}", inner)

def page(*words):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = main([*words])
    return [status, out.getvalue()]

names = [name for entry in command_table() for name in walk(entry.name, load_command(entry))]
told = {name: page(*name.split(), "--help") for name in ["", *names]}
print(json.dumps(told | {"?" + word: page(*word.split()) for word in sys.argv[1:]}))
"""
WORDS = ["", "-h", "help", "help send", "send -h", "hjälp skicka", "Förhandsvisa -h", "paminn -h"]
WORDS += ["ställ-in -h", "lista -h", "recipients forget -h", "skika", "recipients chekc", "logg -h"]


@cache
def pages(language: str) -> dict[str, tuple[int, str]]:
    ran = subprocess.run(
        [sys.executable, "-c", PAGES, *WORDS],
        env=environment(LANGUAGE=language) | {"COLUMNS": "80"},
        capture_output=True,
        check=True,
    )
    found: dict[str, tuple[int, str]] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_page_fits_fifty_lines_of_eighty_columns(language: str) -> None:
    told = pages(language)
    assert len(told) > 40
    for name, (status, page) in told.items():
        lines = page.rstrip("\n").split("\n")
        assert len(lines) <= 50, name
        assert max(map(len, lines)) <= 80, name
        assert status == 0 or name.startswith("?")


def test_the_first_page_has_the_commands_by_the_walk_and_no_sandbox() -> None:
    page = pages("en")[""][1]
    headings = [line for line in page.splitlines() if line and not line.startswith(" ")]
    walk = ["Set up", "Prepare", "Send", "Afterwards", "Account for it", "Automate", "Options"]
    assert headings[2:-1] == walk
    assert "sandbox" not in page


def test_tuning_stands_last_with_the_name_of_its_setting() -> None:
    page = pages("en")["send"][1]
    tuning = page.partition("\nTuning (seldom needed)\n")[2]
    told = [line.split()[0] for line in tuning.splitlines()]
    assert told == ["--rate", "--connections", "--retry-for", "--wait"]
    assert "PRESSUTSKICK_RATE" in tuning
    assert "PRESSUTSKICK_CONNECTIONS" in tuning


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("", ""),
        ("-h", ""),
        ("help", ""),
        ("help send", "send"),
        ("send -h", "send"),
        ("hjälp skicka", "send"),
        ("Förhandsvisa -h", "preview"),
        ("paminn -h", "remind"),
        ("ställ-in -h", "cancel"),
        ("lista -h", "recipients"),
        ("logg -h", "log"),
    ],
)
def test_whatever_word_is_tried_shows_the_page(word: str, page: str) -> None:
    told = pages("sv")
    assert told["?" + word][1] == told[page][1] != ""


def test_older_words_are_still_understood() -> None:
    found = pages("en")["?recipients forget -h"][1]
    assert found.partition("\n")[2] == pages("en")["person forget"][1].partition("\n")[2]
    assert "forget" not in pages("en")["recipients"][1]


def test_a_slip_is_told_with_what_was_near() -> None:
    assert "Menade du 'skicka'?" in pages("sv")["?skika"][1]
    assert "skicka" not in pages("en")["?skika"][1]
    assert "Did you mean 'check'?" in pages("en")["?recipients chekc"][1]
    assert pages("en")["?recipients chekc"][0] == 2
