"""Named SQL as PostgreSQL understands it, and the numbered migrations."""

import re
from functools import cache
from pathlib import Path

from pressutskick.deliverylog.relational.statements import SHARED, read_migrations, read_statements

_FOLDER = Path(__file__).parent


@cache
def statements() -> dict[str, str]:
    """Every statement by name, its values written `%(name)s` as psycopg wants them."""
    found = read_statements((*SHARED, _FOLDER / "queries.sql"))
    return {name: in_psycopg(text) for name, text in found.items()}


def in_psycopg(text: str) -> str:
    """A statement whose values are written `:name`, for psycopg."""
    return re.sub(r"(?<![:\w]):(\w+)", r"%(\1)s", text.replace("%", "%%"))


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Number and script of each migration, in order."""
    return read_migrations(_FOLDER / "migrations")
