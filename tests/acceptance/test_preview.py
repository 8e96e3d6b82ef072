"""`preview` shows the very bytes that a newsdesk gets, and nothing of them steers a terminal."""

import email
import email.policy
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pressutskick.cli import main
from pressutskick.cli.shows.screen import console as views

RELEASE = """---
id: lokal
title: "Pressinbjudan: Ny lokal på torget"
lead: En ny lokal invigs.
event:
  date: 2026-09-04
  start: "12:30"
  place: Torget 11
---
Välkommen till **torget**.
"""
LIST = (
    "e-post;namn;redaktion\n"
    "anna@posten.example;Anna Åberg;[link=https://example.org]Posten\n"
    "red@radion.example;;<script>Radion {{ 7*7 }}\n"
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSUTSKICK_FROM", "Pressen <press@astad.example>")
    monkeypatch.setenv("COLUMNS", "90")
    (tmp_path / "lokal.md").write_text(RELEASE, "utf-8")
    (tmp_path / "lista.csv").write_text(LIST, "utf-8")
    return tmp_path


def preview(*words: str) -> int:
    base = ["--lang", "en", "preview", "lokal.md", "--to", "lista.csv", "--now", "2026-09-01"]
    return main([*base, *words])


def test_headers_parts_and_differences_are_shown(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert preview() == 0
    captured = capsys.readouterr()
    for words in (
        "Message 1 of 2",
        "press@astad.example",
        "Pressinbjudan 4/9: Ny lokal på torget",
        "När: fredag 4\u00a0september 2026 kl.\u00a012.30",
        "Hej Anna,",
        "Till redaktionen",
        "lokal.ics",
        "What the others get instead",
    ):
        assert words in captured.out
    assert "nobody was mailed" in captured.err


def test_what_the_list_holds_is_told_as_it_stands(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert preview() == 0
    shown = capsys.readouterr().out
    assert "[link=https://example.org]Posten" in shown
    assert "<script>Radion {{ 7*7 }}" in shown
    assert "\x1b" not in shown


def test_saved_messages_are_private_and_parse_to_what_is_shown(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert preview("--save", "ut") == 0
    files = sorted((workspace / "ut").iterdir())
    assert len(files) == 2
    assert {0o600} == {stat.S_IMODE(file.stat().st_mode) for file in files}
    capsys.readouterr()
    assert preview("--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["recipients"] == 2
    for file, message in zip(files, shown["messages"], strict=True):
        parsed = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        assert [list(pair) for pair in parsed.items()] == message["headers"]
        assert message["recipient"] in file.name


def test_a_preview_has_the_ids_of_the_next_one(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = []
    for _ in range(2):
        assert preview("--part", "source", "--recipient", "anna@posten.example") == 0
        sources.append(capsys.readouterr().out)
    assert sources[0] == sources[1]
    assert "To: =?utf-8?q?Anna_=C3=85berg?= <anna@posten.example>" in sources[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--recipient", "x@y.example"], "x@y.example is on none of the lists"),
        (["--exclude", "@posten.example", "--recipient", "anna@posten.example"], "gets no mail"),
        (["--only", "x@y.example"], "Nobody on the lists is selected"),
    ],
)
def test_somebody_who_gets_nothing_is_told_with_the_reason(
    workspace: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert preview(*words) == 65
    assert told in capsys.readouterr().err


def test_a_list_with_faults_shows_no_message(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "lista.csv").write_text("e-post\nnobody\n", "utf-8")
    assert preview() == 65
    captured = capsys.readouterr()
    assert "lista.csv:2" in captured.err
    assert captured.out == ""


def test_the_html_part_opens_in_the_browser(workspace: Path) -> None:
    """In a process of its own, for Python asks $BROWSER only once."""
    browser = workspace / "browser"
    browser.write_text(
        f"#!{sys.executable}\nimport sys, urllib.request\n"
        f"page = urllib.request.urlopen(sys.argv[1]).read()\n"
        f"open({str(workspace / 'opened.html')!r}, 'wb').write(page)\n"
    )
    browser.chmod(0o700)
    temporary = workspace / "tillfälligt"
    temporary.mkdir()
    environ = {
        **os.environ,
        "BROWSER": str(browser),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "TMPDIR": str(temporary),
    }
    words = ["preview", "lokal.md", "--to", "lista.csv", "--part", "text", "--browser"]
    done = subprocess.run(
        [sys.executable, "-m", "pressutskick", "--lang", "en", *words],
        env=environ,
        capture_output=True,
        check=True,
    )
    assert b"The HTML part is in the browser." in done.stderr
    assert list(temporary.iterdir()) == []
    assert "Ny lokal på torget</h1>" in (workspace / "opened.html").read_text("utf-8")


def test_the_text_is_broken_between_words_on_a_terminal_and_as_it_is_in_a_pipe(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "En ny lokal invigs på torget, och pressen är välkommen att se den före alla andra. " * 2
    (workspace / "lokal.md").write_text(RELEASE.replace("En ny lokal invigs.", long), "utf-8")
    assert preview("--part", "text") == 0
    assert long.strip() in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    views.out.cache_clear()
    assert preview("--part", "text") == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 90
    assert long.strip() in " ".join(line.strip() for line in lines)
