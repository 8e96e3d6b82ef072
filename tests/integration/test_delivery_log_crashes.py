"""What a killed run leaves behind, step by step (the table of docs/delivery.md)."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tests.kit.deliveries import NOW, order, ready

from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.deliverylog.sqlite.verification import verify_log
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Fault
from pressutskick.errors import DispatchInProgress

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

ROOT = Path(__file__).parents[2]

#: Goes as far as it is told, says so, and waits to be killed.
STORY = """
    import asyncio, sys
    from pathlib import Path
    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
    from tests.kit.deliveries import *

    path, step = Path(sys.argv[1]), sys.argv[2]

    def here(name):
        if name == step:
            print("here", flush=True)
            sys.stdin.read()

    async def story(opened):
        here("begun")
        (delivery,) = await opened.claim(1, NOW)
        here("claimed")
        await opened.commit(delivery.id, "<1@example.org>")
        here("committed")
        await opened.record(delivery.id, QUEUED, ACCEPTED)
        here("recorded")

    log = SqliteDeliveryLog(path)
    here("opened")
    with log.begin(order(), ready([1, 2])) as opened:
        asyncio.run(story(opened))
"""


def start(path: Path, step: str) -> subprocess.Popen[str]:
    """A run of the story that has come to `step`."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(STORY), str(path), step],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize(
    ("step", "left"),
    [
        ("opened", {}),
        ("begun", {DeliveryStatus.PENDING: 2}),
        ("claimed", {DeliveryStatus.PENDING: 2}),
        ("committed", {DeliveryStatus.UNKNOWN: 1, DeliveryStatus.PENDING: 1}),
        ("recorded", {DeliveryStatus.ACCEPTED: 1, DeliveryStatus.PENDING: 1}),
    ],
)
def test_a_kill_leaves_what_the_table_says(
    tmp_path: Path, step: str, left: dict[DeliveryStatus, int]
) -> None:
    path = tmp_path / "log.db"
    kill(start(path, step))
    log = SqliteDeliveryLog(path)
    log.settle_dead_runs()
    record = log.find(order().key)
    assert (record.counts if record else {}) == left
    assert list(verify_log(path)) == []


def test_the_attempt_that_died_is_on_record(tmp_path: Path) -> None:
    kill(start(tmp_path / "log.db", "committed"))
    log = SqliteDeliveryLog(tmp_path / "log.db")
    log.settle_dead_runs()
    (delivery,) = log.deliveries(1, status=DeliveryStatus.UNKNOWN)
    (attempt,) = log.attempts(delivery.id)
    assert attempt.fault is Fault.KILLED
    assert attempt.committed_at is not None
    assert delivery.message_id == "<1@example.org>"


def test_a_second_run_of_the_same_dispatch_leaves(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    process = start(path, "committed")
    try:
        log = SqliteDeliveryLog(path)
        with (
            pytest.raises(DispatchInProgress),
            log.begin(order(), ready([1, 2]), wait=0.1),
        ):
            pass
        assert log.settle_dead_runs() == 0
        counts = log.dispatches()[0].counts
        assert counts == {DeliveryStatus.COMMITTING: 1, DeliveryStatus.PENDING: 1}
    finally:
        kill(process)
    with SqliteDeliveryLog(path).begin(order(), ready([1, 2]), wait=0.1):
        pass  # the dead run holds nothing back


def test_two_different_dispatches_run_together(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    process = start(path, "committed")
    try:
        log = SqliteDeliveryLog(path, now=lambda: NOW)
        with log.begin(order("annan"), ready([1, 2])):
            pass
        assert [record.key.release_id for record in log.dispatches()] == ["invigning", "annan"]
    finally:
        kill(process)
