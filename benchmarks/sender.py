"""This project as a contestant: plan, durable log, engine, SMTP; everything but the questions.

Run as `python -m benchmarks.sender --port P --recipients N --connections C`; prints one JSON line.
"""

import argparse
import asyncio
import json
import random
import resource
import tempfile
import time
from pathlib import Path

from benchmarks import sample
from pressutskick.assembly.process import short_turns
from pressutskick.deliverylog.memory.log import MemoryDeliveryLog
from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.dispatch.engine import Engine, SilentObserver
from pressutskick.dispatch.interfaces import OpenDispatch
from pressutskick.dispatch.run import RunOptions, RunResult
from pressutskick.identity.secrets import KnownPassword
from pressutskick.transports.clock import SystemClock
from pressutskick.transports.login import Login
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--recipients", type=int, default=1000)
    parser.add_argument("--connections", type=int, default=10)
    parser.add_argument("--log", choices=["sqlite", "memory"], default="sqlite")
    parser.add_argument("--folder", default=None)
    parser.add_argument("--ca-file", default=None)
    parser.add_argument("--login", default=None, metavar="NAME:PASSWORD")
    parser.add_argument("--profile", default=None)
    return parser.parse_args()


async def send(address: SmtpAddress, options: RunOptions, log: OpenDispatch) -> RunResult:
    engine = Engine(
        transport=SmtpTransport(address),
        log=log,
        compose=sample.composer(),
        clock=SystemClock(),
        chance=random.random,
        options=options,
        observer=SilentObserver(),
    )
    with short_turns():
        return await engine.run()


def make_login(text: str | None) -> Login | None:
    if text is None:
        return None
    name, _, password = text.partition(":")
    return Login(username=name, reveal=KnownPassword(lambda: password))


def run(wishes: argparse.Namespace) -> RunResult:
    entries = sample.entries(wishes.recipients)
    address = SmtpAddress(
        host="127.0.0.1",
        port=wishes.port,
        encryption=Encryption.STARTTLS if wishes.ca_file else Encryption.NONE,
        ca_file=wishes.ca_file,
        login=make_login(wishes.login),
    )
    options = RunOptions(connections=wishes.connections)
    if wishes.log == "memory":
        with MemoryDeliveryLog(now=SystemClock().now).begin(sample.order(), entries) as opened:
            return asyncio.run(send(address, options, opened))
    with tempfile.TemporaryDirectory(dir=wishes.folder) as folder:
        log = SqliteDeliveryLog(Path(folder, "log.db"))
        with log.begin(sample.order(), entries) as opened:
            return asyncio.run(send(address, options, opened))


def main() -> None:
    wishes = parse()
    began = time.perf_counter()
    if wishes.profile:
        import cProfile

        profile = cProfile.Profile()
        result = profile.runcall(run, wishes)
        profile.dump_stats(wishes.profile)
    else:
        result = run(wishes)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "accepted": result.accepted,
                "ended": result.ended,
                "error": str(result.error or ""),
                "tally": result.tally,
                "seconds": time.perf_counter() - began,
                "engine_seconds": result.seconds,
                "cpu": usage.ru_utime + usage.ru_stime,
                "peak_mib": usage.ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
