"""How much of each room the unit and contract tests go through, and the floors of the rules.

`python -m tests.meta.covered` reads what the tests of `make covered` have left.
"""

import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from coverage import Coverage
from tests.meta.house import PACKAGE, read_layers

#: Percent of lines and branches together that must be reached: a point or two below what was, since
#: random examples go another way each time.
FLOORS = {"dispatch": 94, "message": 94, "recipients": 94, "release": 93, "actions": 90}


def read_files() -> dict[str, dict[str, Any]]:
    """What was measured, by file."""
    measured = Coverage()
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "covered.json")
        measured.json_report(outfile=str(report))
        files: dict[str, dict[str, Any]] = json.loads(report.read_text("utf-8"))["files"]
        return files


def room_of(path: str) -> str:
    """The room that a file belongs to."""
    return Path(path).resolve().relative_to(PACKAGE).parts[0].removesuffix(".py")


def add_up(files: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Percent by room."""
    reached: dict[str, int] = defaultdict(int)
    wanted: dict[str, int] = defaultdict(int)
    for path, file in files.items():
        summary, room = file["summary"], room_of(path)
        reached[room] += summary["covered_lines"] + summary["covered_branches"]
        wanted[room] += summary["num_statements"] + summary["num_branches"]
    return {room: 100 * reached[room] / count for room, count in wanted.items() if count}


def list_fallen(rooms: dict[str, float]) -> list[str]:
    """Rooms below their floor; a room that was not measured is one."""
    return [room for room, floor in FLOORS.items() if rooms.get(room, 0) < floor]


def main() -> int:
    """Tells every room, and is 1 where one has fallen below its floor."""
    rooms = add_up(read_files())
    for layer in read_layers():
        for room in layer:
            floor = f"  at least {FLOORS[room]} %" if room in FLOORS else ""
            sys.stdout.write(f"{room:12} {rooms.get(room, 0):5.1f} %{floor}\n")
    fallen = list_fallen(rooms)
    if fallen:
        sys.stdout.write(f"Too little of {', '.join(fallen)} is gone through by tests.\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
