"""`make soak`: 100,000 recipients through a relay that fails one message in twenty, at random.

The relay runs in a process of its own. The clock of the run goes sixty times as fast where it
waits, so that retries after minutes come after seconds. Shown at the end: peak memory against that
of 1,000 recipients, that everybody is accounted for, and that nobody got two.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import sample
from benchmarks.arena import HERE
from pressutskick.assembly.process import short_turns
from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.deliverylog.sqlite.verification import verify_log
from pressutskick.dispatch.engine import Engine
from pressutskick.dispatch.run import RunOptions, RunResult
from pressutskick.transports.relay.faults import ScriptedFault, parse_fault
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.relay.server import RelayServer
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport
from pressutskick.transports.transaction import Timeouts

HASTE = 60.0

#: Together one in twenty messages meets one of these.
FAULTS = [
    "451-at-mail:0.004",
    "450-at-rcpt:0.012",
    "550-at-rcpt:0.004",
    "452-at-data:0.006",
    "451-at-final:0.008",
    "554-at-final:0.004",
    "421-at-rcpt:0.002",
    "421-at-final:0.002",
    "reset-at-mail:0.002",
    "drop-at-data:0.001",
    "reset-at-final:0.002",
    "half-at-final:0.001",
    "garbage-at-rcpt:0.001",
    "close-after-at-final:0.001",
]


class HastyClock:
    """Waits pass sixty times as fast; the calendar goes along."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._skipped)

    def monotonic(self) -> float:
        return time.monotonic() + self._skipped

    async def sleep(self, seconds: float) -> None:
        began = time.monotonic()
        await asyncio.sleep(seconds / HASTE)
        self._skipped += max(0.0, seconds - (time.monotonic() - began))


async def serve(faults: list[ScriptedFault]) -> None:
    """The relay: prints its port, and at the end how often each address was accepted."""
    accepted: Counter[str] = Counter()
    server = RelayServer(
        RelayRules(faults=faults), keep=lambda receipt: accepted.update([receipt.recipient]), seed=1
    )
    server.transcript = _Forgetful()
    await server.start()
    print(server.port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    twice = sum(count > 1 for count in accepted.values())
    print(json.dumps({"received": len(accepted), "twice": twice}), flush=True)
    os._exit(0)


class _Forgetful(list[bytes]):
    def append(self, line: bytes) -> None:
        """A transcript of a hundred thousand messages helps nobody."""


def soak(recipients: int, folder: Path, port: int) -> RunResult:
    address = SmtpAddress(
        host="127.0.0.1",
        port=port,
        encryption=Encryption.NONE,
        timeouts=Timeouts(connect=10, command=5, data=5, reply=5),
    )
    clock = HastyClock()
    log = SqliteDeliveryLog(folder / f"{recipients}.db", now=clock.now)
    with short_turns(), log.begin(sample.order(), sample.entries(recipients)) as opened:

        async def run() -> RunResult:
            engine = Engine(
                transport=SmtpTransport(address),
                log=opened,
                compose=sample.composer(),
                clock=clock,
                chance=random.random,
                options=RunOptions(connections=10, retry_for=timedelta(hours=12)),
            )
            return await engine.run()

        return asyncio.run(run())


def play(recipients: int, folder: str) -> None:
    """One run with a relay of its own, in a process of its own, for its peak memory."""
    words = [sys.executable, "-m", "benchmarks.soak", "--serve"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parent
    ) as relay:
        assert relay.stdin
        assert relay.stdout
        port = int(relay.stdout.readline())
        began = time.monotonic()
        result = soak(recipients, Path(folder), port)
        seconds = time.monotonic() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        faults = [str(fault) for fault in verify_log(Path(folder, f"{recipients}.db"))]
        relay.stdin.close()
        told = json.loads(relay.stdout.readline())
    tally = {str(status): count for status, count in result.tally.items()}
    print(
        json.dumps(
            {**told, "tally": tally, "ended": result.ended, "error": str(result.error or "")}
            | {
                "faults": faults,
                "recipients": recipients,
                "peak_mib": round(peak, 1),
                "seconds": round(seconds),
            }
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, default=100_000)
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--play", metavar="FOLDER")
    wishes = parser.parse_args()
    if wishes.serve:
        asyncio.run(serve([parse_fault(text) for text in FAULTS]))
    elif wishes.play:
        play(wishes.recipients, wishes.play)
    else:
        compare(wishes.recipients)


def compare(recipients: int) -> None:
    peaks = []
    for count in (1000, recipients):
        with tempfile.TemporaryDirectory() as folder:
            words = [sys.executable, "-m", "benchmarks.soak", "--play", folder]
            more = ["--recipients", str(count)]
            out = subprocess.run(
                [*words, *more], stdout=subprocess.PIPE, check=True, text=True, cwd=HERE.parent
            )
            told = json.loads(out.stdout)
            print(out.stdout.strip(), flush=True)
        tally = told["tally"]
        assert sum(tally.values()) == count
        assert set(tally) <= {"accepted", "rejected", "unknown"}, tally
        assert told["twice"] == 0
        assert told["faults"] == []
        assert tally["accepted"] <= told["received"] <= tally["accepted"] + tally.get("unknown", 0)
        peaks.append(told["peak_mib"])
    print(f"peak memory {peaks[1] / peaks[0]:.2f} times that of 1,000 recipients")
    assert peaks[1] <= 1.3 * peaks[0]


if __name__ == "__main__":
    main()
