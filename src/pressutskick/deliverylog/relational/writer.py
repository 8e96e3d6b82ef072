"""The one writer of a run: a thread that lets many rows share a commit.

After a failure nothing more is promised to anybody: intents are refused at once, so that no further
dot is written, and results are still tried, one group at a time; a result that cannot be stored
goes to the emergency file.
"""

import asyncio
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from math import inf
from typing import Any

from pressutskick.deliverylog.relational.emergency import EmergencyFile
from pressutskick.deliverylog.relational.queue import Job, JobQueue, Kind
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say

#: Between two looks at whether the run is to end, seconds.
GLANCE = 1.0

#: What a group tells the log.
TOLD = (Kind.RECORD, Kind.RELEASE, Kind.COMMIT)


class Writer(ABC, threading.Thread):
    """Works off jobs of one event loop on a connection of its own."""

    #: Whether the database hears from the run every second, though nothing happens.
    speaks_up = False

    def __init__(self, name: str, *, emergency: EmergencyFile) -> None:
        """Starts nothing; `start` does. `name` is the log in words."""
        super().__init__(name="delivery log", daemon=True)
        self._log_name = name
        self._emergency = emergency
        self._queue = JobQueue()
        self._failure: DeliveryLogError | None = None
        self._watcher: asyncio.Future[None] | None = None
        self._next_look = 0.0

    # What an adapter does in its own way.

    @abstractmethod
    def _write(self, group: Sequence[Job]) -> None:
        """Makes the group durable, all or nothing, and gives each job its answer.

        Raises:
            DeliveryLogError: the log is not as it should be.
        """

    @abstractmethod
    def _explain(self, error: Exception) -> DeliveryLogError:
        """What the database raised, for a person."""

    @abstractmethod
    def _is_asked_to_end(self) -> bool:
        """Whether somebody wants the run to end."""

    @abstractmethod
    def _forget(self) -> None:
        """Takes back what a failed group has begun."""

    @abstractmethod
    def _close(self) -> None:
        """The thread needs its connection no more."""

    def _split(self, group: list[Job]) -> list[list[Job]]:
        """The transactions of a group, in their order."""
        return [group]

    # What is alike in all.

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
                is_quiet = self._watcher is None and not self.speaks_up
                group = self._queue.gather(inf if is_quiet else GLANCE)
                self._look()
                ending = any(job.kind is Kind.END for job in group)
                self._work_off([job for job in group if job.kind is not Kind.END])
                if ending:
                    return
        finally:
            self._close()

    def _look(self) -> None:
        """Whether the run was asked to end, once a second."""
        watcher = self._watcher
        if (watcher is None and not self.speaks_up) or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + GLANCE
        # Where the log cannot be read, the next write tells.
        with suppress(Exception):
            if self._is_asked_to_end() and watcher is not None:
                self._watcher = None
                watcher.get_loop().call_soon_threadsafe(_tell, watcher)

    def _work_off(self, group: list[Job]) -> None:
        had_failed = self._failure is not None
        if had_failed:
            for job in group:
                if job.kind in (Kind.COMMIT, Kind.CLAIM):
                    job.error = self._failure
        for part in self._split([job for job in group if job.error is None]):
            self._attempt(part, is_last=had_failed)
        # The intents may be lost; the results may still find room.
        lost = [job for job in group if job.kind is Kind.RECORD and job.error is not None]
        if not had_failed:
            self._attempt(lost, is_last=True)
        self._wake(group)

    def _attempt(self, group: list[Job], *, is_last: bool) -> None:
        """Makes the group durable, or tells its jobs why it is not."""
        if not group:
            return
        try:
            self._write(group)
        except DeliveryLogError as error:
            self._fail(group, error, is_last=is_last)
        except Exception as error:  # noqa: BLE001 - a dead thread would leave connections waiting
            self._fail(group, self._explain(error), is_last=is_last)
        else:
            for job in group:
                job.error = None

    def _fail(self, group: list[Job], failure: DeliveryLogError, *, is_last: bool) -> None:
        with suppress(Exception):
            self._forget()
        self._failure = self._failure or failure
        for job in group:
            job.error = failure
            if job.kind is Kind.RECORD and is_last:
                self._emergency.append(job.value)

    def _not_as_left(self, error: Exception) -> DeliveryLogError:
        """Somebody else has changed what this run has in hand."""
        return DeliveryLogError(
            say(
                "{file}: the delivery log is not as this run left it: {reason}.",
                file=self._log_name,
                reason=error,
            ),
            remedy=say("Another program has changed it. Look with: pressutskick log verify"),
        )

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
