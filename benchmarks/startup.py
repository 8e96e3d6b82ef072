"""Start-up: `--help` and `--version` against the `--help` of a bare two-command Typer program.

Goals: `--help` at most 1.2 times that program's, `--version` less than it. Runs alternate, medians
are compared, so that a busy machine disturbs both sides alike.

    python benchmarks/startup.py [ROUNDS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = '''
import typer

app = typer.Typer()


@app.command()
def first(name: str = "x") -> None:
    """The first command."""


@app.command()
def second(name: str = "x") -> None:
    """The second command."""


app()
'''
SOURCE = Path(__file__).parents[1] / "src"


def environment() -> dict[str, str]:
    """That of an installed program, whose bytecode is written once and read again."""
    environ = {**os.environ, "PYTHONPATH": str(SOURCE), "NO_COLOR": "1"}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return environ


def seconds(command: list[str], folder: str) -> float:
    environ = environment()
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main(rounds: int) -> None:
    entry = "import sys; from pressutskick.cli import main; sys.exit(main())"
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "bare.py")
        bare.write_text(BARE, "utf-8")
        commands = {
            "bare typer --help": [sys.executable, str(bare), "--help"],
            "pressutskick --help": [sys.executable, "-c", entry, "--help"],
            "pressutskick --version": [sys.executable, "-c", entry, "--version"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            seconds(command, folder)  # once to fill the caches
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(seconds(command, folder))
    base = statistics.median(times["bare typer --help"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:24}{median * 1000:8.0f} ms{median / base:8.2f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
