"""The house as pyproject.toml holds it: its rooms in layers, and the map of them for people.

`python -m tests.meta.house` draws the map in docs/architecture.md anew.
"""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "pressutskick"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- map -->", "<!-- /map -->"
#: The program's door, which holds nothing.
_NO_ROOM = "__main__"


def read_layers() -> list[list[str]]:
    """The rooms from top to bottom; those of one layer do not import each other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    house = next(each for each in contracts if each.get("containers") == ["pressutskick"])
    layers = [[room.strip() for room in layer.split("|")] for layer in house["layers"]]
    return [layer for layer in layers if layer != [_NO_ROOM]]


def purpose_of(room: str) -> str:
    """The first sentence of the room's docstring."""
    folder = PACKAGE / room
    path = folder / "__init__.py" if folder.is_dir() else PACKAGE / f"{room}.py"
    told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return told.splitlines()[0]


def draw_map() -> str:
    """The layers as a table: rooms of one row do not know each other, arrows only go down."""
    rows = ["| layer | room | what it is |", "| --- | --- | --- |"]
    for number, layer in enumerate(read_layers(), start=1):
        for room in layer:
            is_folder = (PACKAGE / room).is_dir()
            place = f"../src/pressutskick/{room}" + ("" if is_folder else ".py")
            rows.append(f"| {number} | [`{room}`]({place}) | {purpose_of(room)} |")
    return "\n".join(rows)


def put_map(page: str) -> str:
    """The page with the map of today."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{draw_map()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(put_map(PAGE.read_text("utf-8")), "utf-8")
