"""What the log in memory consists of. The classes that fulfil `dispatch.log` stand on it."""

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from pressutskick.deliverylog.memory.rows import MemoryDelivery, MemoryDispatch
from pressutskick.deliverylog.refusals import dispatch_in_progress
from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.door import Arrival
from pressutskick.dispatch.incoming import IncomingRecord
from pressutskick.dispatch.persons import PersonAnswer, PersonSample
from pressutskick.dispatch.records import DispatchKey, ResolutionRecord
from pressutskick.errors import DispatchInProgress
from pressutskick.recipients.suppression import Suppression, SuppressionReason, SuppressionScope
from pressutskick.replies.mailbox import Progress

SuppressionKey = tuple[str, SuppressionReason, SuppressionScope]


@dataclass(slots=True, kw_only=True)
class MemoryStore:
    """All rows, by what identifies them."""

    dispatches: dict[int, MemoryDispatch] = field(default_factory=dict)
    deliveries: dict[int, MemoryDelivery] = field(default_factory=dict)
    #: By release and comparison key.
    answers: dict[tuple[str, str], PersonAnswer] = field(default_factory=dict)
    #: By release and comparison key, or what stands for a walk-in.
    arrivals: dict[tuple[str, str], Arrival] = field(default_factory=dict)
    approvals: list[Approval] = field(default_factory=list)
    resolutions: list[ResolutionRecord] = field(default_factory=list)
    #: Address and sample.
    samples: list[tuple[str, PersonSample]] = field(default_factory=list)
    suppressions: dict[SuppressionKey, Suppression] = field(default_factory=dict)
    #: By the digest of their octets.
    incoming: dict[str, IncomingRecord] = field(default_factory=dict)
    mailboxes: dict[str, Progress] = field(default_factory=dict)
    snapshot_numbers: Iterator[int] = field(default_factory=lambda: count(1))
    run_numbers: Iterator[int] = field(default_factory=lambda: count(1))
    nobodies: Iterator[int] = field(default_factory=lambda: count(1))


class MemoryLogPart:
    """One part of the log; all parts of it share store, secret, clock and locks."""

    def __init__(self, *, key: bytes, now: Callable[[], dt.datetime]) -> None:
        """`key` is the log's secret; `now` gives aware moments for all times in it."""
        self._key = key
        self._now = now
        self._store = MemoryStore()
        self._locks: dict[DispatchKey, threading.Lock] = defaultdict(threading.Lock)
        self._followup = threading.Lock()

    @property
    def key(self) -> bytes:
        """See DispatchLog."""
        return self._key

    def _find(self, key: DispatchKey) -> MemoryDispatch | None:
        return next((each for each in self._store.dispatches.values() if each.key == key), None)

    @contextmanager
    def _holding(self, key: DispatchKey, wait: float = 0.0) -> Iterator[None]:
        """While nobody else runs the dispatch.

        Raises:
            DispatchInProgress: somebody does.
        """
        with held(self._locks[key], wait, lambda: dispatch_in_progress(key)):
            yield


@contextmanager
def held(
    lock: threading.Lock, wait: float, refuse: Callable[[], DispatchInProgress]
) -> Iterator[None]:
    """Holds the lock, waited for up to `wait` seconds; `refuse` makes what is raised after that."""
    if not lock.acquire(timeout=max(wait, 0.0)):
        raise refuse()
    try:
        yield
    finally:
        lock.release()
