"""What the writer of a run is asked, and the queue between the event loop and its thread.

Every job says how long it may wait for company: a claim not at all, since a connection stands still
until it is durable; an intent as long as its connection must wait for the relay anyway; a result a
few milliseconds. The most urgent one decides when the group goes to the disk.
"""

import asyncio
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from math import inf
from typing import Any

#: Seconds that a job waits for company at most. With the commit itself a result is on the disk
#: within 50 milliseconds of its reply.
GATHERING = 0.005


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
    """One request; `answer` is set by the writer's thread and handed over by its `_wake`.

    `due` is when it wants to be on its way, in seconds of the monotonic clock.
    """

    kind: Kind
    due: float = 0.0
    value: Any = None
    future: asyncio.Future[Any] | None = None
    answer: Any = None
    error: BaseException | None = None


class JobQueue:
    """Jobs from one thread, which puts them, to another, which gathers them in groups."""

    def __init__(self) -> None:
        """Empty."""
        self._jobs: deque[Job] = deque()
        self._bell = threading.Lock()
        #: When the gathering thread wakes by itself; what is due later need not wake it. None while
        #: it is awake.
        self._asleep_until: float | None = None

    def gather(self, patience: float = inf) -> list[Job]:
        """The next group: what is in the queue when the first of its jobs will wait no longer.

        More comes while this thread waits for the GIL, or for the disk with the group before.
        Nothing where so many seconds of `patience` pass first.
        """
        until = time.monotonic() + patience
        while (due := self._next_due()) > (now := time.monotonic()):
            if now >= until:
                return []
            self._sleep(min(due, until))
        return [self._jobs.popleft() for _ in range(len(self._jobs))]

    def _next_due(self) -> float:
        """When the most urgent job wants to go; infinity where there is none."""
        return min((job.due for job in tuple(self._jobs)), default=inf)

    def put(self, job: Job) -> None:
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
