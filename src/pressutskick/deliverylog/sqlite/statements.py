"""Named SQL as SQLite understands it, and the numbered migrations."""

from functools import cache
from pathlib import Path

from pressutskick.deliverylog.relational.statements import SHARED, read_migrations, read_statements

_FOLDER = Path(__file__).parent


@cache
def statements() -> dict[str, str]:
    """Every statement by name."""
    return read_statements((*SHARED, _FOLDER / "queries.sql"))


@cache
def group_script() -> str:
    """What makes a connection able to work off a group in one statement."""
    return (_FOLDER / "group.sql").read_text("utf-8")


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Number and script of each migration, in order."""
    return read_migrations(_FOLDER / "migrations")
