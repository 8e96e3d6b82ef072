"""SIGKILL at random moments: nobody gets two, nobody is missing, doubt is named.

The relay does the killing, since it knows which byte it has just read; some kills come by the clock
instead. A small dose by default; `make kills` gives the whole of it.
"""

import asyncio
import contextlib
import os
import random
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from tests.kit.harbour import write_workspace
from tests.kit.program import clear_text, command, environment

from pressutskick.transports.relay.faults import ScriptedFault, Stage, Victim
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.relay.server import RelayServer

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")

CONNECTIONS = 4
DEPTH = 2  # one content without its answer, one message announced behind it
KILLS = int(os.environ.get("TEST_KILLS", "4"))
PER_DISPATCH = 10 if KILLS > 50 else 4


@dataclass(slots=True)
class Campaign:
    """One dispatch that is killed again and again."""

    folder: Path
    number: int
    recipients: int
    relay: RelayServer
    chance: random.Random
    child: asyncio.subprocess.Process | None = None

    @property
    def name(self) -> str:
        return f"kill-{self.number}"

    def kill(self, victim: Victim) -> None:
        """A misbehaviour: a client dies at this very byte, answered or not."""
        if self.chance.random() < 0.5:
            victim.answer()
        self.shoot()

    def shoot(self) -> None:
        """SIGKILL to the program, if it still runs."""
        if self.child is not None and self.child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.child.kill()

    async def run(self) -> int:
        words = ["send", f"{self.name}.md", "--to", "list.csv", "--yes", "--quiet"]
        self.child = await asyncio.create_subprocess_exec(
            *command(*words, "--connections", str(CONNECTIONS)),
            cwd=self.folder,
            env=environment(**clear_text(self.relay.port)),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, told = await asyncio.wait_for(self.child.communicate(), 120)
        assert self.child.returncode in {0, 75, 76, -signal.SIGKILL}, told.decode()
        return self.child.returncode

    async def be_killed(self) -> None:
        """Runs once; the relay kills at a random byte, or the clock does."""
        stages = [Stage.GREETING, Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.FINAL]
        stage = self.chance.choice([*stages, Stage.BODY, Stage.FINAL, None])
        running = asyncio.create_task(self.run())
        if stage is None:
            await asyncio.wait({running}, timeout=self.chance.uniform(0.2, 1.5))
            self.shoot()
        else:
            early = stage in {Stage.GREETING, Stage.EHLO}
            skip = self.chance.randrange(CONNECTIONS if early else self.recipients // 8)
            fault = ScriptedFault(stage=stage, misbehaviour=self.kill, skip=skip, times=1)
            self.relay.rules.faults[:] = [fault]
        await running
        self.relay.rules.faults.clear()

    def doubtful(self) -> int:
        """How many the kills so far have left in doubt; `committing` is what a dead run leaves."""
        return sum(status in {"unknown", "committing"} for status in self.statuses().values())

    def statuses(self) -> Mapping[str, str]:
        """Status by address, from the log; empty before it exists."""
        path = self.folder / "pressutskick.db"
        if not path.exists():
            return {}
        with contextlib.closing(sqlite3.connect(path)) as connection:
            try:
                rows = connection.execute(
                    "SELECT address_key, status FROM delivery JOIN dispatch "
                    "ON dispatch.id = dispatch_id WHERE release_id = ?",
                    (self.name,),
                ).fetchall()
            except sqlite3.OperationalError:
                return {}
        return dict(rows)


async def survive(folder: Path, number: int, kills: int, recipients: int, seed: int) -> str:
    """One dispatch, killed so often, then run to its end; what it showed."""
    async with RelayServer(RelayRules()) as relay:
        campaign = Campaign(folder, number, recipients, relay, random.Random(seed))  # noqa: S311 - which byte kills
        write_workspace(folder, campaign.name, recipients)
        doubts: list[int] = []
        for _ in range(kills):
            doubts.append(campaign.doubtful())
            await campaign.be_killed()
        doubts.append(campaign.doubtful())
        while await campaign.run() not in {0, 76}:
            pass
        statuses = campaign.statuses()
        received = Counter(receipt.recipient for receipt in relay.receipts)
        announced = {
            line.partition(b"<")[2].partition(b">")[0].decode()
            for line in relay.transcript
            if line.startswith(b"RCPT")
        }
    assert len(statuses) == recipients
    assert set(statuses.values()) <= {"accepted", "unknown"}
    assert max(received.values()) == 1, [a for a, n in received.items() if n > 1]
    unknown = {address for address, status in statuses.items() if status == "unknown"}
    assert set(statuses) - unknown <= set(received)
    assert unknown <= announced
    growth = [later - earlier for earlier, later in pairwise(doubts)]
    assert max(growth) <= CONNECTIONS * DEPTH, growth
    assert len(unknown) == doubts[-1]
    arrived = len(unknown & set(received))
    return (
        f"{kills} kills, {len(unknown)} unknown, {arrived} of them had arrived, 0 twice, 0 missing"
    )


def test_nobody_gets_two_and_nobody_is_missing_whatever_is_killed(tmp_path: Path) -> None:
    recipients = 500 if KILLS > 50 else 160
    for number in range(-(-KILLS // PER_DISPATCH)):
        kills = min(PER_DISPATCH, KILLS - number * PER_DISPATCH)
        told = asyncio.run(survive(tmp_path, number, kills, recipients, number))
        sys.stderr.write(f"{told}\n")
