"""How fast a log on a server is, beside one in a file, in one run: `python -m benchmarks.shared_log`.

Deliveries go from the plan to their outcome through the log alone, as the engine asks it to: claims of a
hundred, an intent for each before its dot, a result for each after it. PROCESSES each have a dispatch of
their own in one database, with fsync on. Prints deliveries a second and the memory of each process.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.kit.deliveries import ACCEPTED, LATER, QUEUED, order, ready
from tests.kit.postgres import PostgresServer, find_programs

from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.dispatch.log import DeliveryLog

#: Messages that are in flight at once: what shares a commit.
IN_FLIGHT = 100


def open_log(place: str) -> DeliveryLog:
    if not place.startswith("postgresql:"):
        return SqliteDeliveryLog(Path(place))
    from pressutskick.deliverylog.postgres.log import PostgresDeliveryLog
    from pressutskick.deliverylog.postgres.server import Server

    emergency = Path(tempfile.gettempdir(), "none.emergency")
    return PostgresDeliveryLog(Server(conninfo=place), emergency=emergency)


async def deliver(opened: Any) -> int:
    """All of the dispatch; how many."""
    done = 0
    while claimed := await opened.claim(IN_FLIGHT, LATER):
        await asyncio.gather(
            *(opened.commit(each.id, f"<{each.id}@a.example>") for each in claimed)
        )
        await asyncio.gather(*(opened.record(each.id, QUEUED, ACCEPTED) for each in claimed))
        done += len(claimed)
    return done


def work(place: str, name: str, count: int) -> None:
    """One process: waits for a line on stdin when its plan is written, so that all deliver at once."""
    log = open_log(place)
    began = time.perf_counter()
    with log.begin(order(name), ready(range(count))) as opened:
        planned = time.perf_counter() - began
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        done = asyncio.run(deliver(opened))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"done": done, "planned": planned, "memory": memory}) + "\n")


def measure(place: str, processes: int, count: int) -> str:
    """A line for people."""
    each = count // processes
    words = [sys.executable, "-m", "benchmarks.shared_log", "work", place]
    running = [
        subprocess.Popen(
            [*words, f"d{number}-{processes}", str(each)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    began = time.perf_counter()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    told = [json.loads(process.communicate()[0]) for process in running]
    seconds = time.perf_counter() - began
    done = sum(each["done"] for each in told)
    memory = max(each["memory"] for each in told)
    planned = max(each["planned"] for each in told)
    kind = "server" if place.startswith("postgresql:") else "file"
    return (
        f"{kind:7}{processes} processes {done:8} deliveries {done / seconds:7.0f} a second, "
        f"plan written in {planned:.1f} s, {memory} MB each"
    )


def main() -> None:
    """The file with one process, then the server with one, two and four."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    programs = find_programs()
    if programs is None:
        sys.exit("needs PostgreSQL's own programs (Debian: postgresql)")
    server = PostgresServer(programs, fsync="on", autovacuum="on")
    try:
        with tempfile.TemporaryDirectory(prefix="pk-bench-") as folder:
            lines = [measure(str(Path(folder, "log.db")), 1, count)]
            lines += [measure(server.new_schema(), number, count) for number in (1, 2, 4)]
    finally:
        server.remove()
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        work(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()
