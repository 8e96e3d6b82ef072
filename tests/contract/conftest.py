"""Every delivery log there is; each test here holds for all of them.

A new one is a line in `LOGS`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.kit.deliveries import NOW
from tests.kit.postgres import require_server

from pressutskick.deliverylog.memory.log import MemoryDeliveryLog
from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.dispatch.log import DeliveryLog


@dataclass(slots=True)
class Clock:
    """The log's clock; a test sets it."""

    moment: dt.datetime = NOW

    def now(self) -> dt.datetime:
        return self.moment

    def pass_by(self, **time: float) -> dt.datetime:
        """So much later it is now."""
        self.moment += dt.timedelta(**time)
        return self.moment


def in_a_file(folder: Path, now: Callable[[], dt.datetime]) -> DeliveryLog:
    return SqliteDeliveryLog(folder / "log.db", now=now)


def in_memory(_folder: Path, now: Callable[[], dt.datetime]) -> DeliveryLog:
    return MemoryDeliveryLog(now=now)


def on_a_server(folder: Path, now: Callable[[], dt.datetime]) -> DeliveryLog:
    from pressutskick.deliverylog.postgres.log import PostgresDeliveryLog
    from pressutskick.deliverylog.postgres.server import Server

    server = Server(conninfo=require_server().emptied_schema())
    return PostgresDeliveryLog(server, now=now, emergency=folder / "postgres.emergency")


LOGS = {"sqlite": in_a_file, "memory": in_memory, "postgres": on_a_server}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=LOGS)
def log(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> DeliveryLog:
    return LOGS[request.param](tmp_path, clock.now)
