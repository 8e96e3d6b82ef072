"""The house's walls hold: see also the import-linter contracts in pyproject.toml."""

import re
import subprocess
import sys

from tests.meta.house import PACKAGE, ROOT, read_layers

import pressutskick

#: A folder with more modules than this is no room any more, but a heap.
MOST = 25
#: Rooms that have outgrown it, and how far at most: they may shrink, and none may join them.
OUTGROWN: dict[str, int] = {}
#: A room of the map: its name, after `|` where it stands beside the one above.
_ROOM = re.compile(r"^ {4}(\| )?([a-z]+) {2,}\S", re.MULTILINE)


def count_modules() -> dict[str, int]:
    folders = [path.parent for path in PACKAGE.rglob("__init__.py")]
    return {
        folder.relative_to(PACKAGE).as_posix(): len(list(folder.glob("*.py"))) - 1
        for folder in folders
    }


def test_every_module_says_what_it_owns() -> None:
    silent = [
        str(path)
        for path in PACKAGE.rglob("*.py")
        if not path.read_text("utf-8").lstrip().startswith('"""')
    ]
    assert silent == []


def test_the_package_tells_its_rooms_as_the_contract_has_them() -> None:
    told: list[list[str]] = []
    for is_beside, room in _ROOM.findall(pressutskick.__doc__ or ""):
        if is_beside:
            told[-1].append(room)
        else:
            told.append([room])
    assert told == read_layers()


def test_a_room_holds_no_more_than_can_be_looked_over() -> None:
    counted = count_modules()
    too_full = {room: count for room, count in counted.items() if count > MOST}
    assert {room: count for room, count in too_full.items() if count > OUTGROWN.get(room, 0)} == {}


def test_whoever_has_shrunk_is_no_longer_excused() -> None:
    counted = count_modules()
    assert [room for room in OUTGROWN if counted[room] <= MOST] == []


def test_nothing_refers_to_a_plan_that_is_not_here() -> None:
    told = [
        str(path)
        for folder in ("src", "tests", "docs", "benchmarks", "training")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md"} and "DESIGN " + "section" in path.read_text("utf-8")
    ]
    assert told == []
    assert "DESIGN" not in (ROOT / "pyproject.toml").read_text("utf-8")


def test_importing_the_package_loads_nothing_of_it() -> None:
    asked = "import sys, pressutskick; print([m for m in sys.modules if 'pressutskick.' in m])"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
