"""The everyday commands against the `--help` of a bare two-command Typer program: processor time.

300 recipients, one dispatch in the log. Runs alternate and medians are compared, so that a busy
machine disturbs all alike; processor time is what a command costs, however many wait for the machine.

    python -m benchmarks.everyday [ROUNDS] [RECIPIENTS]
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.startup import BARE, SOURCE

ENTRY = "import sys; from pressutskick.cli import main; sys.exit(main())"
NOW = ["--now", "2026-08-27T09:00"]
#: Command -> at most so many times the bare program.
GOALS = {
    "send --help": 1.3,
    "log": 1.6,
    "read": 1.5,
    "check": 1.5,
    "recipients show": 1.8,
    "preview": 2.5,
    "send --dry-run": 2.5,
    "TAB after --to": 1.3,
}
WORDS = {
    "send --help": ["send", "--help"],
    "log": ["log", "--sandbox"],
    "read": ["read", "exempel.md", *NOW],
    "check": ["check", "exempel.md", *NOW],
    "recipients show": ["recipients", "show", "lista.csv", *NOW],
    "preview": ["preview", "exempel.md", "--to", "lista.csv", *NOW],
    "send --dry-run": ["send", "exempel.md", "--to", "lista.csv", "--dry-run", *NOW],
    "TAB after --to": [],
}
#: What bash sets when somebody presses TAB.
TAB = {
    "_PRESSUTSKICK_COMPLETE": "complete_bash",
    "COMP_WORDS": "pressutskick send exempel.md --to li",
    "COMP_CWORD": "4",
}


def environment() -> dict[str, str]:
    """That of an installed program, whose bytecode is written once and read again."""
    own = {key: text for key, text in os.environ.items() if not key.startswith("PRESSUTSKICK_")}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**own, "PYTHONPATH": str(SOURCE), "PRESSUTSKICK_FROM": "Pressen <press@astad.example>"}


def lay_out(folder: Path, recipients: int) -> None:
    """A list and an invitation, sent once in the sandbox."""
    example = SOURCE.parent / "invitations" / "exempel.md"
    (folder / "exempel.md").write_bytes(example.read_bytes())
    (folder / ".env").touch()
    rows = [f"red{n}@tidning{n % 50}.example;Namn {n};Tidning {n % 50}" for n in range(recipients)]
    (folder / "lista.csv").write_text("\n".join(["e-post;namn;redaktion", *rows]) + "\n", "utf-8")
    send = ["send", "exempel.md", "--to", "lista.csv", "--sandbox", "--yes", "-q", *NOW]
    subprocess.run([sys.executable, "-c", ENTRY, *send], cwd=folder, env=environment(), check=True)


def processor_seconds(command: list[str], folder: Path, extra: Mapping[str, str]) -> float:
    """User and system time of one run, that of its children too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        cwd=folder,
        env=environment() | extra,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int, recipients: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE, "utf-8")
        lay_out(folder, recipients)
        commands = {"bare Typer --help": [sys.executable, "bare.py", "--help"]}
        commands |= {each: [sys.executable, "-c", ENTRY, *words] for each, words in WORDS.items()}
        times: dict[str, list[float]] = {each: [] for each in commands}
        for turn in range(rounds + 1):
            for each, command in commands.items():
                taken = processor_seconds(command, folder, TAB if each.startswith("TAB") else {})
                if turn:  # the first fills the caches
                    times[each].append(taken)
    base = statistics.median(times["bare Typer --help"])
    print(f"{recipients} recipients, {rounds} rounds{'':8}processor    ratio   goal")
    for each, taken_times in times.items():
        median = statistics.median(taken_times)
        goal = f"{GOALS[each]:7.1f}" if each in GOALS else ""
        print(f"{each:28}{median * 1000:10.0f} ms{median / base:9.2f}{goal}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [7, 300][len(numbers) :]))
