"""Time and peak memory for checking and selecting media lists of 10,000 and 100,000 rows.

    python benchmarks/lists.py

Each size runs in a process of its own, so that its peak memory is its own. The list has 14 columns,
300 outlets, one row in fifty a duplicate, and one column that we do not know. Beside it stands what
the version before took on the machine where both were measured. A line of 100,000 times one sign
must be answered at once, whatever the sign.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

SIZES = (10_000, 100_000)
#: The goals at 100,000 rows, on a machine at rest.
MAX_SECONDS = 6.0
MAX_MEGABYTES = 200.0


#: Processor seconds and MB at 100,000 rows before the roll on the disk went, measured in turns with
#: the version after: 8.8 s and 124 MB then.
BEFORE = (12.3, 54)
SIGNS = (" ", "\t", "(", ")", "[", "<", '"', "'", ";", ",", "@", ":")
MANY = 100_000
MAX_ANSWER = 0.5


def write_list(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(
            "e-post;namn;redaktion;avdelning;region;medietyp;språk;taggar;telefon;källa;"
            "rättslig grund;informerad;kontrollerad;anteckning\r\n"
        )
        for number in range(rows):
            person = number - 1 if number % 50 == 49 else number
            stream.write(
                f"anna.öberg{person}@tidning{person % 3000}.example;Anna Öberg {person};"
                if person % 100 == 7
                else f"bo.ek{person}@tidning{person % 3000}.example;Bo Ek;"
            )
            stream.write(
                f"Tidningen {person % 300};Lokalt;Malmö;dagstidning;sv;lokalt, kultur;"
                f"070-1740 6{person % 100:02};webbplatsen;art. 6.1 e;2026-03-02;2026-09-14;"
                f"rad {number}\r\n"
            )


def measure(path: Path) -> dict[str, float]:
    from pressutskick.assembly.lists import load_recipients
    from pressutskick.recipients.selection import Selection, select

    started, started_cpu = time.perf_counter(), time.process_time()
    found = load_recipients([str(path)], path.parent)
    read = time.perf_counter()
    selection = Selection(tags=("lokalt",), per_outlet=300)
    choices = select(found.recipients, selection, today=date(2026, 11, 22))
    done = time.perf_counter()
    return {
        "recipients": len(found.recipients),
        "problems": len(found.problems),
        "selected": sum(choice.is_selected for choice in choices),
        "read": read - started,
        "select": done - read,
        "cpu": time.process_time() - started_cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def slowest_answer() -> tuple[str, float]:
    """The sign whose line takes longest, and the processor seconds that it takes."""
    from pressutskick.errors import InputError
    from pressutskick.recipients.table import read_recipients
    from pressutskick.sources.lists.tables import open_table

    seconds: dict[str, float] = {}
    for sign in SIGNS:
        line = f"x{sign * MANY}(anna@a.example)".encode()
        started = time.process_time()
        with suppress(InputError):
            read_recipients(open_table(line, file="-"))
        seconds[sign] = time.process_time() - started
    worst = max(seconds, key=lambda sign: seconds[sign])
    return worst, seconds[worst]


def main() -> int:
    if len(sys.argv) > 1:
        print(json.dumps(measure(Path(sys.argv[1]))))
        return 0
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.csv"
            write_list(path, size)
            run = subprocess.run(
                [sys.executable, __file__, str(path)], check=True, capture_output=True, text=True
            )
            results.append(json.loads(run.stdout))
    print(
        f"{'rows':>8} {'read s':>8} {'select s':>9} {'of it CPU':>9} {'peak MB':>8}"
        f" {'recipients':>11} {'problems':>9}"
    )
    for size, result in zip(SIZES, results, strict=True):
        print(
            f"{size:>8} {result['read']:>8.2f} {result['select']:>9.2f} {result['cpu']:>9.2f} {result['megabytes']:>8.0f}"
            f" {result['recipients']:>11} {result['problems']:>9}"
        )
    times = [result["read"] + result["select"] for result in results]
    print(f"growth of time from {SIZES[0]} to {SIZES[1]} rows: {times[1] / times[0]:.1f} x")
    print(f"the version before, at {SIZES[1]} rows: {BEFORE[0]} s of CPU, {BEFORE[1]} MB")
    sign, answer = slowest_answer()
    print(f"a line of {MANY} times {sign!r}, the slowest: {answer:.2f} s of CPU")
    is_met = (
        answer < MAX_ANSWER and times[1] < MAX_SECONDS and results[-1]["megabytes"] < MAX_MEGABYTES
    )
    print(
        f"under {MAX_SECONDS:.0f} s and {MAX_MEGABYTES:.0f} MB at {SIZES[1]} rows, "
        f"under {MAX_ANSWER} s for a line: {is_met}"
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    raise SystemExit(main())
