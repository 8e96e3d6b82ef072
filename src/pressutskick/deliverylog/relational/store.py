"""One log, and how it is reached: each piece of work has a session of its own."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from typing import Any, TypeVar

from pressutskick.deliverylog.relational.emergency import EmergencyFile
from pressutskick.deliverylog.relational.session import Session
from pressutskick.dispatch.records import DispatchKey

T = TypeVar("T")

#: Rows of one page.
PAGE = 500


class Store(ABC):
    """A log that exists. The classes that fulfil `dispatch.log` stand on it."""

    #: The log in a person's words: a file, or a server and its database.
    name: str

    @property
    @abstractmethod
    def emergency(self) -> EmergencyFile:
        """The file for replies that found no room in the log."""

    @abstractmethod
    def now_text(self) -> str:
        """The log's moment, as its rows hold it."""

    @abstractmethod
    def connection(self) -> AbstractContextManager[Session]:
        """A session for one piece of work; what the database raises is told as a DeliveryLogError."""

    @abstractmethod
    def hold(self, key: DispatchKey, *, wait: float) -> AbstractContextManager[None]:
        """The dispatch, held alone; waits up to `wait` seconds.

        Raises:
            DispatchInProgress: another run has it still.
        """

    @cached_property
    def _meta(self) -> Mapping[str, bytes]:
        return {name: bytes(value) for name, value in self.rows("meta")}

    @property
    def key(self) -> bytes:
        """See DispatchLog."""
        return self._meta["key"]

    @property
    def instance(self) -> str:
        """Tells this log from others, in hex."""
        return self._meta["instance"].hex()

    def moved_to(self) -> str | None:
        """Where the log was moved; None where it is the log still."""
        rows = self.rows("moved_to")
        return bytes(rows[0][0]).decode() if rows else None

    def note_moved(self, place: str | None) -> None:
        """The log is somewhere else now, or (None) it is not after all."""
        if place is None:
            self.write("forget_moved")
        else:
            self.write("set_meta", key="moved", value=place.encode())

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session, all or nothing."""
        with self.connection() as session, session.transaction():
            yield session

    @contextmanager
    def holding(self, key: DispatchKey) -> Iterator[Session]:
        """The same, while nobody runs the dispatch.

        Raises:
            DispatchInProgress: somebody does.
        """
        with self.hold(key, wait=0.0), self.transaction() as session:
            yield session

    def rows(self, name: str, **values: object) -> list[Sequence[Any]]:
        """All rows of statement `name`."""
        with self.connection() as session:
            return session.run(name, values).fetchall()

    def write(self, name: str, **values: object) -> int:
        """Executes statement `name`; how many rows it changed."""
        with self.connection() as session:
            return session.run(name, values).rowcount

    def pages(
        self, name: str, values: Mapping[str, Any], read: Callable[[Sequence[Any]], T]
    ) -> Iterator[T]:
        """The rows of statement `name`, page by page; their first column is the key.

        A million deliveries need no more memory than a page, and no reader keeps the log from being
        tidied up.
        """
        after = 0
        while True:
            found = self.rows(name, **values, after=after, limit=PAGE)
            yield from map(read, found)
            if len(found) < PAGE:
                return
            after = found[-1][0]
