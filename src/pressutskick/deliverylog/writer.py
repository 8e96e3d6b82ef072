"""The one writer of a run: a thread that lets many rows share a commit.

Every job says how long it may wait for company: a claim not at all, since a connection stands still
until it is durable; an intent as long as its connection must wait for the relay anyway; a result a
few milliseconds. The most urgent one decides when the group goes to the disk. A group goes down in one statement (`group.sql`), since every statement step drops and retakes the
GIL; and while a run is on, a thread that computes hands the GIL over sooner than after Python's 5
milliseconds (`short_turns`).

After a failure nothing more is promised to anybody: intents are refused at once, so that no further
dot is written, and results are still tried, one group at a time; a result that cannot be stored
goes to the emergency file.
"""

import asyncio
import sqlite3
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from json import dumps, loads
from math import inf
from pathlib import Path
from typing import Any

from pressutskick.deliverylog.emergency import EmergencyFile
from pressutskick.deliverylog.faults import damaged, delivery_log_error
from pressutskick.deliverylog.rows import moment_text
from pressutskick.deliverylog.schema import BUSY_TIMEOUT, connect
from pressutskick.deliverylog.statements import group_script, statements
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say

#: Seconds that a job waits for company at most. With the commit itself a result is on the disk
#: within 50 milliseconds of its reply.
GATHERING = 0.005

#: Seconds that a thread may compute on while another wants the GIL. The writer then makes intents
#: durable while the next messages are composed, and not after it: a quarter more messages a second
#: where the relay answers at once. Shorter turns only cost more of them.
GIL_TURN = 0.001

#: Seconds between two looks whether another process has ended its transaction.
TURN_NAP = 0.0003


class Kind(IntEnum):
    """What a job asks for. Results and intents of a group go down before claims and reads."""

    RECORD = 0
    RELEASE = 1
    COMMIT = 2
    CLAIM = 3
    READ = 4
    END = 5


@dataclass(slots=True, kw_only=True)
class Job:
    """One request; `answer` is set by the writer's thread and handed over by `wake`.

    `due` is when it wants to be on its way, in seconds of the monotonic clock.
    """

    kind: Kind
    due: float = 0.0
    value: Any = None
    future: asyncio.Future[Any] | None = None
    answer: Any = None
    error: BaseException | None = field(default=None)


@contextmanager
def short_turns() -> Iterator[None]:
    """The threads of this process take shorter turns at the GIL; concerns the whole process."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, GIL_TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


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
        self._jobs: deque[Job] = deque()
        self._bell = threading.Lock()
        #: When the thread wakes by itself; what is due later need not wake it. None while awake.
        self._asleep_until: float | None = None
        self._failure: DeliveryLogError | None = None
        self._connection = connect(path)
        self._connection.execute("PRAGMA busy_timeout = 0")
        # Before the script: the change throws away what is temporary.
        self._connection.execute("PRAGMA temp_store = MEMORY")
        self._connection.executescript(group_script())
        self._sql = statements()

    def ask(self, kind: Kind, value: Any = None, wait: float = 0.0) -> asyncio.Future[Any]:
        """Hands a job over now; the future is done when its effect is durable.

        The job may wait so many seconds for others to share a commit with. The future holds a
        DeliveryLogError where the effect is not durable.
        """
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._put(Job(kind=kind, due=time.monotonic() + wait, value=value, future=future))
        return future

    def end(self) -> None:
        """Works off what is queued, then stops the thread and closes the connection."""
        self._put(Job(kind=Kind.END))
        self.join()

    def run(self) -> None:
        """The thread's life."""
        try:
            while True:
                group = self._gather()
                ending = any(job.kind is Kind.END for job in group)
                self._work_off([job for job in group if job.kind is not Kind.END])
                if ending:
                    return
        finally:
            self._connection.close()

    def _gather(self) -> list[Job]:
        """The next group: what is in the queue when the first of its jobs will wait no longer.

        More comes while this thread waits for the GIL, or for the disk with the group before.
        """
        while (due := self._next_due()) > time.monotonic():
            self._sleep(due)
        return [self._jobs.popleft() for _ in range(len(self._jobs))]

    def _next_due(self) -> float:
        """When the most urgent job wants to go; infinity where there is none."""
        return min((job.due for job in tuple(self._jobs)), default=inf)

    def _put(self, job: Job) -> None:
        """Queues a job, and wakes the writer if it would sleep too long for it.

        Waking costs more than a job, so a writer that is awake finds it by itself.
        """
        self._jobs.append(job)
        if self._asleep_until is not None and job.due < self._asleep_until:
            self._asleep_until = None
            # Rung already: by a job put just before, and the writer has not got up yet.
            with suppress(RuntimeError):
                self._bell.release()

    def _sleep(self, until: float) -> None:
        """Until that moment of the monotonic clock, or a more urgent job. May return early.

        A job that is put while `_asleep_until` is set rings; one put before is seen.
        """
        self._bell.acquire(blocking=False)
        self._asleep_until = until
        if self._next_due() >= until:
            self._bell.acquire(timeout=-1 if until == inf else max(0.0, until - time.monotonic()))
        self._asleep_until = None

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
                job.answer = self._in_turn(self._sql[job.value], self._ids)

    def _write_rows(self, group: Sequence[Job], claims: Sequence[Job], now: str) -> None:
        """One transaction: what the group tells, and one claim at most."""
        releases = [id_ for job in group if job.kind is Kind.RELEASE for id_ in job.value]
        wanted, due = claims[0].value if claims else (0, None)
        try:
            self._in_turn(
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
            ((text,),) = self._in_turn(self._sql["claimed"], {})
            claim.answer = loads(text)

    def _in_turn(self, statement: str, values: Mapping[str, object]) -> list[Any]:
        """Executes one transaction, as soon as no other process is in one; the rows it gives.

        SQLite's own waiting doubles its naps; a worker of the same run is done in half of one.
        """
        until = time.monotonic() + BUSY_TIMEOUT
        while True:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() > until:
                    raise
                time.sleep(TURN_NAP)

    @staticmethod
    def _wake(group: list[Job]) -> None:
        """Hands the whole group to the event loop in one call; a closed loop wants no answer."""
        loops = {job.future.get_loop() for job in group if job.future is not None}
        for loop in loops:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, group)


def _settle(group: list[Job]) -> None:
    for job in group:
        if job.future is None or job.future.done():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.answer)
