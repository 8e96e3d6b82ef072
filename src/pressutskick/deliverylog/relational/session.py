"""A connection in which statements are known by name."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

_NOTHING: Mapping[str, object] = {}


class Rows(Protocol):
    """What a statement gives: rows, and how many it changed."""

    @property
    def rowcount(self) -> int:
        """Rows that were changed."""

    def fetchone(self) -> Any:
        """The next row; None where there is none."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """Row by row."""


class Session(ABC):
    """One connection to one log."""

    #: Every statement by name.
    statements: Mapping[str, str]

    def run(self, name: str, values: Mapping[str, object] = _NOTHING) -> Rows:
        """Executes statement `name`."""
        return self.execute(self.statements[name], values)

    @abstractmethod
    def execute(self, text: str, values: Mapping[str, object] = _NOTHING) -> Rows:
        """Executes a statement, whose values are written `:name`."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing."""

    @abstractmethod
    def insert_plan(
        self, rows: Iterator[Sequence[object]], values: Mapping[str, Any], lasting: Sequence[str]
    ) -> None:
        """Streams a plan into deliveries: rows of comparison key, recipient and reason.

        `values` has dispatch, run, snapshot and now; `lasting` are the reasons that take out who
        waits.
        """

    @abstractmethod
    def stream(self, text: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement, within a transaction, never all of them in memory."""

    @abstractmethod
    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]
    ) -> int:
        """Writes rows as they are; how many."""

    @abstractmethod
    def copying(self) -> AbstractContextManager[None]:
        """A transaction in which rows may come as they are, whatever rules there are for new ones."""

    @abstractmethod
    def seal(self, name: str, values: Mapping[str, object]) -> None:
        """Executes a statement that adds to the chain, while nobody else does."""
