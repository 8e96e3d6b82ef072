"""How long a report over a large log takes, and how much memory: `python -m benchmarks.report`.

A log of made-up deliveries (100,000, or as many as named) to 900 outlets, one in fifty refused, is
written first and not timed; each report then runs as the command that a person types. The process
that measures stays small: a child is charged with the memory of the one that started it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

RUNS = (
    ("terminal", ["report"]),
    ("page", ["report", "-o", "r.html"]),
    ("workbook", ["report", "--xlsx"]),
    ("csv", ["report", "--csv"]),
    ("period, workbook", ["report", "--period", "2026", "--xlsx", "-o", "p.xlsx"]),
)
ROOT = Path(__file__).parents[1]


def write_log(path: Path, count: int) -> None:
    import asyncio

    from tests.kit.deliveries import ACCEPTED, LATER, NO_SUCH_USER, QUEUED, REJECTED
    from tests.kit.logged import entries, order_of, release

    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
    from pressutskick.mail import Mailbox
    from pressutskick.recipients.model import Recipient

    people = (
        Recipient(
            mailbox=Mailbox(address=f"red{number}@tidning{number % 900}.example"),
            name=f"Åsa Ek {number}",
            outlet=f"Tidning {number % 900}",
            media_type=("dagstidning", "radio", "tv")[number % 3],
        )
        for number in range(count)
    )

    async def one(opened: Any, delivery: Any) -> None:
        if delivery.id % 50:
            await opened.commit(delivery.id, f"<{delivery.id}@astad.example>")
            await opened.record(delivery.id, QUEUED, ACCEPTED)
        else:
            await opened.record(delivery.id, NO_SUCH_USER, REJECTED)

    async def act(opened: Any) -> None:
        while claimed := await opened.claim(500, LATER):
            await asyncio.gather(*(one(opened, each) for each in claimed))

    with SqliteDeliveryLog(path).begin(order_of(release()), entries(people)) as opened:
        asyncio.run(act(opened))


def measure(folder: Path, words: list[str]) -> tuple[float, float, float]:
    """Seconds on the wall, seconds of processor, and megabytes at most."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pressutskick", *words],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    assert status == 0, words
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        write_log(Path(sys.argv[2]), count)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".env").write_text("PRESSUTSKICK_FROM=press@astad.example\n", "utf-8")
        path = str(folder / "pressutskick.db")
        writer = [sys.executable, "-m", "benchmarks.report", str(count), path]
        subprocess.run(writer, cwd=ROOT, check=True)
        print(f"{count:,} deliveries")
        for what, words in RUNS:
            wall, processor, memory = measure(folder, words)
            print(f"{what:18} {wall:6.1f} s   {processor:6.1f} s CPU   {memory:6.0f} MB")


if __name__ == "__main__":
    main()
