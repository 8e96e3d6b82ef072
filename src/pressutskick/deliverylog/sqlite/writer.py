"""The writer of a run over SQLite.

A group goes down in one statement (`group.sql`), since every statement step drops and retakes the
GIL. Whoever owns the process makes its turns at the GIL shorter while a run is on.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from json import dumps, loads
from pathlib import Path
from typing import Any

from pressutskick.deliverylog.relational.emergency import EmergencyFile
from pressutskick.deliverylog.relational.queue import Job, Kind
from pressutskick.deliverylog.relational.rows import moment_text
from pressutskick.deliverylog.relational.writer import TOLD, Writer
from pressutskick.deliverylog.sqlite.faults import damaged, delivery_log_error
from pressutskick.deliverylog.sqlite.schema import connect
from pressutskick.deliverylog.sqlite.standing import Standing
from pressutskick.deliverylog.sqlite.statements import group_script, statements
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say


class SqliteWriter(Writer):
    """Works off jobs over a connection to the file."""

    def __init__(
        self,
        path: Path,
        *,
        ids: Mapping[str, int],
        now: Callable[[], datetime],
        emergency: EmergencyFile,
    ) -> None:
        """`ids` are those of dispatch and run; `now` gives aware moments."""
        super().__init__(str(path), emergency=emergency)
        self._path = path
        self._ids = ids
        self._now = now
        self._connection = connect(path)
        self._connection.executescript(group_script())
        self._sql = statements()
        self._standing = Standing(path)
        self.has_lost_file = False

    def _is_asked_to_end(self) -> bool:
        ((is_stopped,),) = self._execute(self._sql["is_stopped"], self._ids)
        return bool(is_stopped)

    def _explain(self, error: Exception) -> DeliveryLogError:
        if isinstance(error, sqlite3.Error):
            return delivery_log_error(error, self._path)
        return damaged(self._path, say("{reason}", reason=repr(error)))

    def _forget(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _close(self) -> None:
        self._connection.close()

    def _require_file(self) -> None:
        self.has_lost_file = True
        self._standing.require()
        self.has_lost_file = False

    def _write(self, group: Sequence[Job]) -> None:
        self._require_file()
        now = moment_text(self._now())
        claims = [job for job in group if job.kind is Kind.CLAIM]
        rows = [job for job in group if job.kind in TOLD]
        if rows or claims:
            self._write_rows(rows, claims[:1], now)
        for claim in claims[1:]:
            self._write_rows((), [claim], now)
        for job in group:
            if job.kind is Kind.READ:
                job.answer = self._execute(self._sql[job.value], self._ids)

    def _write_rows(self, group: Sequence[Job], claims: Sequence[Job], now: str) -> None:
        """One transaction: what the group tells, and one claim at most."""
        releases = [id_ for job in group if job.kind is Kind.RELEASE for id_ in job.value]
        wanted, due = claims[0].value if claims else (0, None)
        try:
            self._execute(
                self._sql["work_off"],
                {
                    "results": dumps([job.value for job in group if job.kind is Kind.RECORD]),
                    "releases": dumps(releases),
                    "intents": dumps([job.value for job in group if job.kind is Kind.COMMIT]),
                    "run": self._ids["run"],
                    "wanted": wanted,
                    "due": moment_text(due) if due else None,
                    "now": now,
                },
            )
        except sqlite3.IntegrityError as error:
            raise self._not_as_left(error) from error
        for claim in claims:
            ((text,),) = self._execute(self._sql["claimed"], {})
            claim.answer = loads(text)

    def _execute(self, statement: str, values: Mapping[str, object]) -> list[Any]:
        """Executes one transaction; the rows it gives."""
        return self._connection.execute(statement, values).fetchall()
