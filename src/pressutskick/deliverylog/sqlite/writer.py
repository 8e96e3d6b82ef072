"""The one writer of a run: a thread that lets many rows share a commit.

A group goes down in one statement (`group.sql`), since every statement step drops and retakes the
GIL. Whoever owns the process makes its turns at the GIL shorter while a run is on.

After a failure nothing more is promised to anybody: intents are refused at once, so that no further
dot is written, and results are still tried, one group at a time; a result that cannot be stored
goes to the emergency file.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from json import dumps, loads
from math import inf
from pathlib import Path
from typing import Any

from pressutskick.deliverylog.sqlite.emergency import EmergencyFile
from pressutskick.deliverylog.sqlite.faults import damaged, delivery_log_error
from pressutskick.deliverylog.sqlite.queue import Job, JobQueue, Kind
from pressutskick.deliverylog.sqlite.rows import moment_text
from pressutskick.deliverylog.sqlite.schema import connect
from pressutskick.deliverylog.sqlite.standing import Standing
from pressutskick.deliverylog.sqlite.statements import group_script, statements
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say

#: Between two looks at whether the run is to end, seconds.
GLANCE = 1.0


class Writer(threading.Thread):
    """Works off jobs of one event loop on a connection of its own."""

    def __init__(
        self,
        path: Path,
        *,
        dispatch_id: int,
        run_id: int,
        now: Callable[[], datetime],
        emergency: EmergencyFile,
    ) -> None:
        """Starts nothing; `start` does. `now` gives aware moments."""
        super().__init__(name="delivery log", daemon=True)
        self._path = path
        self._ids = {"dispatch": dispatch_id, "run": run_id}
        self._now = now
        self._emergency = emergency
        self._queue = JobQueue()
        self._failure: DeliveryLogError | None = None
        self._connection = connect(path)
        self._connection.executescript(group_script())
        self._sql = statements()
        self._standing = Standing(path)
        self._watcher: asyncio.Future[None] | None = None
        self._next_look = 0.0
        self.has_lost_file = False

    def watch(self) -> asyncio.Future[None]:
        """Is done when the run was asked to end."""
        self._watcher = asyncio.get_running_loop().create_future()
        return self._watcher

    def ask(self, kind: Kind, value: Any = None, wait: float = 0.0) -> asyncio.Future[Any]:
        """Hands a job over now; the future is done when its effect is durable.

        The job may wait so many seconds for others to share a commit with. The future holds a
        DeliveryLogError where the effect is not durable.
        """
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._queue.put(Job(kind=kind, due=time.monotonic() + wait, value=value, future=future))
        return future

    def end(self) -> None:
        """Works off what is queued, then stops the thread and closes the connection."""
        self._queue.put(Job(kind=Kind.END))
        self.join()

    def run(self) -> None:
        """The thread's life."""
        try:
            while True:
                group = self._queue.gather(inf if self._watcher is None else GLANCE)
                self._look()
                ending = any(job.kind is Kind.END for job in group)
                self._work_off([job for job in group if job.kind is not Kind.END])
                if ending:
                    return
        finally:
            self._connection.close()

    def _look(self) -> None:
        """Whether the run was asked to end, once a second."""
        watcher = self._watcher
        if watcher is None or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + GLANCE
        # Where the log cannot be read, the next write tells.
        with suppress(sqlite3.Error, RuntimeError):
            ((is_stopped,),) = self._execute(self._sql["is_stopped"], self._ids)
            if is_stopped:
                self._watcher = None
                watcher.get_loop().call_soon_threadsafe(_tell, watcher)

    def _work_off(self, group: list[Job]) -> None:
        had_failed = self._failure is not None
        if had_failed:
            for job in group:
                if job.kind in (Kind.COMMIT, Kind.CLAIM):
                    job.error = self._failure
        if not self._attempt([job for job in group if job.error is None]) and not had_failed:
            # The intents are lost; the results may still find room.
            self._attempt([job for job in group if job.kind is Kind.RECORD])
        self._wake(group)

    def _attempt(self, group: list[Job]) -> bool:
        """Whether the whole group is durable now."""
        if not group:
            return True
        try:
            self._require_file()
            self._write(group)
            for job in group:
                job.error = None
        except DeliveryLogError as error:
            self._fail(group, error)
        except sqlite3.Error as error:
            self._fail(group, delivery_log_error(error, self._path))
        except Exception as error:  # noqa: BLE001 - a dead thread would leave connections waiting
            self._fail(group, damaged(self._path, say("{reason}", reason=repr(error))))
        else:
            return True
        return False

    def _require_file(self) -> None:
        self.has_lost_file = True
        self._standing.require()
        self.has_lost_file = False

    def _fail(self, group: list[Job], failure: DeliveryLogError) -> None:
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
        second_try = self._failure is not None
        self._failure = self._failure or failure
        for job in group:
            job.error = failure
            if job.kind is Kind.RECORD and second_try:
                self._emergency.append(job.value)

    def _write(self, group: Sequence[Job]) -> None:
        now = moment_text(self._now())
        claims = [job for job in group if job.kind is Kind.CLAIM]
        rows = [job for job in group if job.kind in (Kind.RECORD, Kind.RELEASE, Kind.COMMIT)]
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
            raise DeliveryLogError(
                say(
                    "{file}: the delivery log is not as this run left it: {reason}.",
                    file=str(self._path),
                    reason=error,
                ),
                remedy=say("Another program has changed it. Look with: pressutskick log verify"),
            ) from error
        for claim in claims:
            ((text,),) = self._execute(self._sql["claimed"], {})
            claim.answer = loads(text)

    def _execute(self, statement: str, values: Mapping[str, object]) -> list[Any]:
        """Executes one transaction; the rows it gives."""
        return self._connection.execute(statement, values).fetchall()

    @staticmethod
    def _wake(group: list[Job]) -> None:
        """Hands the whole group to the event loop in one call; a closed loop wants no answer."""
        loops = {job.future.get_loop() for job in group if job.future is not None}
        for loop in loops:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, group)


def _tell(watcher: asyncio.Future[None]) -> None:
    if not watcher.done():
        watcher.set_result(None)


def _settle(group: list[Job]) -> None:
    for job in group:
        if job.future is None or job.future.done():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.answer)
