"""Named SQL, read from the package: `queries.sql` and `replies.sql` here, each adapter's own after them.

A statement of an adapter stands in for the shared one of that name.
"""

import re
from collections.abc import Iterable
from pathlib import Path

_FOLDER = Path(__file__).parent
SHARED = (_FOLDER / "queries.sql", _FOLDER / "replies.sql")


def read_statements(files: Iterable[Path]) -> dict[str, str]:
    """Every statement of the files by name, without its comments; of two alike the later one."""
    found = {}
    for file in files:
        parts = re.split(r"^-- name: (\w+)$", file.read_text("utf-8"), flags=re.MULTILINE)[1:]
        for name, body in zip(parts[::2], parts[1::2], strict=True):
            text = re.sub(r"^--.*\n", "", body, flags=re.MULTILINE)
            found[name] = text.strip().rstrip(";")
    return found


def read_migrations(folder: Path) -> tuple[tuple[int, str], ...]:
    """Number and script of each migration, in order; numbers run from 1 without a gap."""
    found = sorted(
        (int(file.name.split("_")[0]), file.read_text("utf-8")) for file in folder.glob("*.sql")
    )
    return tuple(found)
