"""docs/lists.md says what the code does."""

import re
from pathlib import Path

import pressutskick
from pressutskick.recipients.fields import ALIASES, Field
from pressutskick.sources.lists.limits import MAX_COLUMNS, MAX_LIST_BYTES, MAX_ROWS
from pressutskick.sources.lists.named import ENDINGS

PACKAGE = Path(pressutskick.__file__).parent
PAGE = (PACKAGE.parent.parent / "docs" / "lists.md").read_text("utf-8")


def table(name: str) -> list[list[str]]:
    """The cells of a marked table, without its header."""
    part = PAGE.split(f"<!-- {name} -->")[1].split(f"<!-- /{name} -->")[0]
    rows = [line.strip("|").split("|") for line in part.strip().splitlines()[2:]]
    return [[cell.strip() for cell in row] for row in rows]


def test_the_table_of_columns_is_that_of_the_code() -> None:
    written = {row[0].strip("`"): tuple(row[1].split(", ")) for row in table("columns")}
    assert written == {field.value: ALIASES[field] for field in Field}


def test_every_code_is_on_the_page_and_no_other() -> None:
    told: set[str] = set()
    for room in ("recipients", "sources"):
        for path in (PACKAGE / room).rglob("*.py"):
            text = path.read_text("utf-8")
            told |= set(re.findall(r'"(list\.[a-z_]+)"', text))
            prefixed = re.findall(
                r"(?:\btell|_tell|_problem|_counted|leave_out)\(\s*(?:never, |lacking, |old\[.*?\], )?"
                r'"([a-z_]+)"',
                text,
            )
            told |= {f"list.{code}" for code in prefixed}
    told |= {f"list.no_{name}" for name in ("source", "legal_ground", "informed")}
    assert {row[0].strip("`") for row in table("problems")} == told


def test_limits_and_endings_are_those_of_the_code() -> None:
    assert f"{MAX_ROWS:,} rows, {MAX_COLUMNS} columns and {MAX_LIST_BYTES >> 20} MB" in PAGE
    assert all(f"`{ending}`" in PAGE for ending in ENDINGS)
