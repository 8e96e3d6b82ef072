"""One connection to the server, as a session of the shared log."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg.sql import SQL, Identifier, Literal

from pressutskick.deliverylog.postgres.server import Connection
from pressutskick.deliverylog.postgres.statements import in_psycopg, statements
from pressutskick.deliverylog.relational.session import Rows, Session


class PostgresSession(Session):
    """Statements over one connection."""

    def __init__(self, connection: Connection) -> None:
        """The caller closes the connection."""
        self.connection = connection
        self.statements = statements()
        #: Whether a lock of the session may be left when its work is done.
        self.has_locked = False

    def run(self, name: str, values: Mapping[str, object] | None = None) -> Rows:
        """See Session."""
        self.has_locked = self.has_locked or name == "insert_run"
        return self.connection.execute(self.statements[name], values or {})

    def execute(self, text: str, values: Mapping[str, object] | None = None) -> Rows:
        """See Session."""
        return self.connection.execute(in_psycopg(text), values or {})

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See Session."""
        with self.connection.transaction():
            yield

    def insert_plan(
        self, rows: Iterator[Sequence[object]], values: Mapping[str, Any], lasting: Sequence[str]
    ) -> None:
        """See Session: COPY into a table of its own, then two statements for all."""
        with self.connection.patient():
            self.run("planned")
            with self.connection.cursor().copy(
                "COPY planned (address_key, recipient, reason) FROM STDIN"
            ) as copy:
                for row in rows:
                    copy.write_row(row)
            self.run("upsert_ready", values)
            self.run("upsert_skipped", {**values, "lasting": list(lasting)})

    def stream(self, text: str) -> Iterator[tuple[Any, ...]]:
        """See Session: a cursor of the server's."""
        with self.connection.cursor(name="stream") as cursor:
            cursor.itersize = 1000
            yield from cursor.execute(in_psycopg(text).encode())

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]
    ) -> int:
        """See Session."""
        statement = SQL("COPY {} ({}) FROM STDIN").format(
            Identifier(table), SQL(", ").join(map(Identifier, columns))
        )
        cursor = self.connection.cursor()
        with self.connection.patient(), cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        return cursor.rowcount

    @contextmanager
    def copying(self) -> Iterator[None]:
        """See Session."""
        with self.transaction():
            self.connection.execute("SET LOCAL pressutskick.copying = 'yes'")
            yield
            for (table,) in self.run("numbered_tables").fetchall():
                # Numbers go on behind those that were copied.
                statement = SQL(
                    "SELECT setval(pg_get_serial_sequence({}, 'id'), "
                    "(SELECT coalesce(max(id), 0) + 1 FROM {}), false)"
                )
                self.connection.execute(statement.format(Literal(table), Identifier(table)))

    def seal(self, name: str, values: Mapping[str, object]) -> None:
        """See Session."""
        self.run("lock_chain")
        self.run(name, values)

    def release(self) -> None:
        """Gives back every lock of the session."""
        if self.has_locked:
            self.connection.execute("SELECT pg_advisory_unlock_all()")
            self.has_locked = False
