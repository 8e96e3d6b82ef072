"""`read` of a two-page text against the `--help` of a bare Typer program; and its peak memory.

Goals: at most twice that program's time, under 120 MB. Runs alternate and medians are compared, so
that a busy machine disturbs both sides alike.

    python -m benchmarks.read [ROUNDS]
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.startup import BARE, environment

TEXT = Path(__file__).parents[1] / "tests" / "data" / "reference.txt"
ENTRY = "import sys; from pressutskick.cli import main; sys.exit(main())"
#: Says its own peak in kilobytes after the run (ru_maxrss is bytes on macOS).
PEAK = (
    "import resource, sys; from pressutskick.cli import main; main(); "
    "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
    "sys.stderr.write(str(peak // 1024 if sys.platform == 'darwin' else peak))"
)


def run(command: list[str], folder: str) -> tuple[float, str]:
    """Seconds, and what was said on stderr."""
    environ = environment()
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=True)
    return time.perf_counter() - began, done.stderr.decode()


def two_pages() -> str:
    """The reference is 1.2 pages; its body once more makes two."""
    text = TEXT.read_text("utf-8")
    items = "\n".join(line for line in text.splitlines() if line.startswith("- "))
    return text.replace("### Anmälan", f"{items}\n\n### Anmälan")


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bare, text = Path(folder, "bare.py"), Path(folder, "text.txt")
        bare.write_text(BARE, "utf-8")
        text.write_text(two_pages(), "utf-8")
        words = ["read", str(text), "--json", "--now", "2024-09-02"]
        commands = {
            "bare typer --help": [sys.executable, str(bare), "--help"],
            "pressutskick read": [sys.executable, "-c", ENTRY, *words],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            run(command, folder)  # once to fill the caches
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(run(command, folder)[0])
        medians = {name: statistics.median(found) for name, found in times.items()}
        peak = int(run([sys.executable, "-c", PEAK, *words], folder)[1].split()[-1]) / 1024
    base = medians["bare typer --help"]
    for name, median in medians.items():
        print(f"{name:20} {median * 1000:6.0f} ms  {median / base:.2f}")
    print(f"{'peak memory':20} {peak:6.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
