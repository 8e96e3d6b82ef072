"""Named SQL: `queries.sql`, `replies.sql` and the numbered migrations, read from the package."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_FILES = ("queries.sql", "replies.sql")


@cache
def statements() -> dict[str, str]:
    """Every statement of `queries.sql` and `replies.sql` by name, without its comments."""
    text = "\n".join((_FOLDER / name).read_text("utf-8") for name in _FILES)
    parts = re.split(r"^-- name: (\w+)$", text, flags=re.MULTILINE)[1:]
    return {
        name: re.sub(r"^--.*\n", "", body, flags=re.MULTILINE).strip().rstrip(";")
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


@cache
def group_script() -> str:
    """What makes a connection able to work off a group in one statement."""
    return (_FOLDER / "group.sql").read_text("utf-8")


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Number and script of each migration, in order; numbers run from 1 without a gap."""
    found = sorted(
        (int(file.name.split("_")[0]), file.read_text("utf-8"))
        for file in (_FOLDER / "migrations").glob("*.sql")
    )
    return tuple(found)
