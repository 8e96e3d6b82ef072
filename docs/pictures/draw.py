"""Draws the terminal pictures of both READMEs from real runs: `make pictures`.

Each command runs in a workspace of its own, as a person would run it; what it prints, colours and
all, is turned into SVG by Rich.
"""

import contextlib
import fcntl
import io
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
NOW = "2026-08-27T09:00"
WIDTH = 92
#: What stands behind a picture's name, by the language that it speaks.
SUFFIXES = {"en": "", "sv": ".sv"}
PICTURES = {
    "read": ["read", "invitations/exempel-ratext.txt", "--now", NOW],
    "preview": [
        *["preview", "invitations/exempel.md", "--to", "exempel", "--part", "text", "--now", NOW],
        *["--recipient", "asa.lindstrom@hamnposten.example"],
    ],
    "send": [
        *["send", "invitations/exempel.md", "--to", "exempel", "--sandbox", "--yes", "--now", NOW],
    ],
}


def run(words: list[str], workspace: Path, language: str) -> str:
    """What the command prints on a terminal of `WIDTH` columns, with its colours."""
    environ = {
        **{key: text for key, text in os.environ.items() if not key.startswith("PRESSUTSKICK_")},
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT / "src"),
        "PRESSUTSKICK_FROM": "Pressen i Åstad <press@astad.example>",
        "PRESSUTSKICK_ORGANISATION": "Åstads kommun",
        "PRESSUTSKICK_LANGUAGE": language,
    }
    terminal, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, WIDTH, 0, 0))
    command = [sys.executable, "-m", "pressutskick", *words]
    with subprocess.Popen(
        command, cwd=workspace, env=environ, stdin=side, stdout=side, stderr=side
    ) as process:
        os.close(side)
        # Nobody answers what is asked: the end of the input, for each question.
        os.write(terminal, b"\x04" * 4)
        shown = b"".join(_read_all(terminal))
    if process.returncode:
        raise SystemExit(f"{words[0]} ended with {process.returncode}")
    return _settle(shown.decode("utf-8"))


def _read_all(terminal: int) -> Iterator[bytes]:
    """What the terminal got, until the command has closed it."""
    # Linux tells of the closing by an error, other systems by nothing to read.
    with contextlib.suppress(OSError):
        while octets := os.read(terminal, 65536):
            yield octets
    os.close(terminal)


def _settle(shown: str) -> str:
    """What stands on the screen in the end: of a line drawn over and over, the last form."""
    lines: list[str] = []
    for line in re.sub(r"\x1b\[\?25[lh]", "", shown).replace("\r\n", "\n").split("\n"):
        for _ in range(line.count("\x1b[1A")):
            lines.pop()
        lines.append(line.rpartition("\x1b[2K")[2].lstrip("\r"))
    return "\n".join(lines)


def draw(name: str, workspace: Path, language: str) -> None:
    """One picture: the command line, then what it printed."""
    words = PICTURES[name]
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text(f"$ pressutskick {' '.join(words)}", style="bold"))
    console.print(Text.from_ansi(run(words, workspace, language)))
    svg = console.export_svg(title="pressutskick", unique_id=name)
    # The picture must load nothing: without Rich's web font the reader's own fixed font is used.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    (HERE / f"{name}{SUFFIXES[language]}.svg").write_text(svg, "utf-8")


def main() -> None:
    """Draws all pictures, or those named on the command line."""
    for name in sys.argv[1:] or PICTURES:
        for language in SUFFIXES:
            with tempfile.TemporaryDirectory() as folder:
                workspace = Path(folder)
                for part in ("invitations", "recipients"):
                    shutil.copytree(ROOT / part, workspace / part)
                draw(name, workspace, language)


if __name__ == "__main__":
    main()
