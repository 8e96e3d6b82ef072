"""One connection to the file, as a session of the shared log."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from json import dumps
from typing import Any

from pressutskick.deliverylog.relational.beginning import batches
from pressutskick.deliverylog.relational.chain import SALT, end_of, seal_row
from pressutskick.deliverylog.relational.session import Rows, Session
from pressutskick.deliverylog.sqlite.statements import statements

#: Recipients that go into one statement when a dispatch begins; SQLite unfolds them in memory.
_BATCH = 100


class SqliteSession(Session):
    """Statements over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """The caller closes the connection."""
        self.connection = connection
        self.statements = statements()

    def execute(self, text: str, values: Mapping[str, object] | None = None) -> Rows:
        """See Session."""
        return self.connection.execute(text, values or {})

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See Session."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def insert_plan(
        self, rows: Iterator[Sequence[object]], values: Mapping[str, Any], lasting: Sequence[str]
    ) -> None:
        """See Session."""
        for batch in batches(rows, _BATCH):
            ready = [row for row in batch if row[2] is None]
            skipped = [row for row in batch if row[2] is not None]
            if ready:
                self.run("upsert_ready", {**values, "rows": dumps(ready)})
            if skipped:
                more = {"rows": dumps(skipped), "lasting": dumps(lasting)}
                self.run("upsert_skipped", {**values, **more})

    def stream(self, text: str) -> Iterator[tuple[Any, ...]]:
        """See Session."""
        return iter(self.connection.execute(text))

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]
    ) -> int:
        """See Session."""
        listed = ", ".join(f'"{column}"' for column in columns)
        places = ", ".join("?" * len(columns))
        statement = f'INSERT INTO "{table}" ({listed}) VALUES ({places})'  # noqa: S608 - our own schema
        return self.connection.executemany(statement, rows).rowcount

    @contextmanager
    def copying(self) -> Iterator[None]:
        """See Session: the triggers are away until all is there."""
        with self.transaction():
            triggers = self.run("triggers").fetchall()
            for name, _text in triggers:
                self.connection.execute(f'DROP TRIGGER "{name}"')
            yield
            for _name, text in triggers:
                self.connection.execute(text)

    def seal(self, name: str, values: Mapping[str, object]) -> None:
        """See Session. Whoever writes to the file writes alone."""
        self.run(name, values)


def install_seal(connection: sqlite3.Connection) -> None:
    """Gives the connection `chain_seal`, which makes the links of a statement one after another."""
    head = end_of(None)

    def seal(
        last: bytes | None,
        place: int,
        source: str,
        row: int,
        number: int,
        stable: str,
        private: str,
    ) -> bytes:
        nonlocal head
        if place == 0:
            head = end_of(last)
        made = seal_row(head, (source, row, number), stable, private, os.urandom(SALT))
        head = end_of(made)
        return made

    connection.create_function("chain_seal", 7, seal)
