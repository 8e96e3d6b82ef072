"""On a terminal of 80 by 24 a person sees at once what they say yes to."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from tests.kit.program import command, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the test needs a pty")

INVITATION = """---
id: invigning
title: Invigning av samverkanslokal
published: 2026-11-24T07:00
event:
  date: 2026-12-02
  start: 12:30
  end: 13:30
  place: Rådhuset
rsvp:
  email: press@astad.example
  deadline: 2026-12-01
contacts:
  - name: Anna Berg
    phones: [031-390 06 01]
---

{body}
"""
SENTENCE = "Välkomna till invigningen, som pågår hela dagen och är öppen för alla som vill. "


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    text = INVITATION.format(body="\n\n".join([SENTENCE * 5, *["Ett stycke till."] * 20]))
    (tmp_path / "inbjudan.md").write_text(text, "utf-8")
    rows = [f"red{n}@tidning{n}.example;Tidning {n}" for n in range(40)]
    (tmp_path / "lista.csv").write_text("\n".join(["e-post;redaktion", *rows]) + "\n", "utf-8")
    return tmp_path


def on_terminal(folder: Path, *words: str, lines: int, language: str) -> list[str]:
    """What stood on the terminal, line by line, when an empty answer had been given."""
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
    settings = {**environment(LANGUAGE=language), "TERM": "xterm", "NO_COLOR": "1"}
    for size in ("LINES", "COLUMNS"):
        settings.pop(size, None)
    with subprocess.Popen(
        command(*words), cwd=folder, env=settings, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        os.write(ours, b"\n")
        told = b""
        while part := _read(ours):
            told += part
    os.close(ours)
    assert process.returncode == 1
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", told.decode())
    return [line.rstrip() for line in text.replace("\r", "").split("\n")]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        # Linux says so when the other side has ended.
        return b""


@pytest.mark.parametrize(
    ("language", "last", "flags"),
    [
        ("en", "stop:", ()),
        ("sv", "avbryta:", ("--exclude", "red3@tidning3.example")),
        ("sv", "avbryta:", ("--limit", "20")),
    ],
)
def test_subject_sender_count_and_question_stand_on_one_screen(
    workspace: Path, language: str, last: str, flags: tuple[str, ...]
) -> None:
    words = ("send", "inbjudan.md", "--to", "lista.csv", "--sandbox", "--now", "2026-11-25T09:00")
    found = on_terminal(workspace, *words, *flags, lines=24, language=language)
    # The echo of the answer, which was typed before the question, stands above.
    shown = found[next(n for n, line in enumerate(found) if "Invigning" in line) :]
    end = next(n for n, line in enumerate(shown) if last in line)
    assert end < 24
    assert all(len(line) <= 80 for line in shown)
    assert sum("| " in line for line in shown[:end]) >= 3


def test_a_tall_terminal_shows_more(workspace: Path) -> None:
    words = ("send", "inbjudan.md", "--to", "lista.csv", "--sandbox", "--now", "2026-11-25T09:00")
    small, tall = (on_terminal(workspace, *words, lines=lines, language="en") for lines in (24, 60))
    assert len(tall) > len(small) + 10
