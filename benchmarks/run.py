"""`make bench`: everybody against one smtp-sink, interleaved, ratios printed.

Trust, in this order: ratios inside one run, CPU per message, absolute rates. Every figure includes
the start of the process. Rounds are interleaved so that a busy spell hits all alike.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import arena
from benchmarks.arena import Run

Contestant = tuple[str, Callable[[], Run]]


def contest(title: str, contestants: list[Contestant], rounds: int) -> dict[str, Run]:
    """All contestants in turn, so many rounds; prints and gives each one's median run."""
    runs: dict[str, list[Run]] = {name: [] for name, _ in contestants}
    for _ in range(rounds):
        for name, play in contestants:
            runs[name].append(play())
    first = contestants[0][0]
    print(f"\n### {title}\n")
    print("| contestant | messages | msg/s (best) | ratio | CPU ms/msg | peak MiB |")
    print("|---|---|---|---|---|---|")
    found = {}
    for name, played in runs.items():
        middle = sorted(played, key=lambda run: run.rate)[len(played) // 2]
        found[name] = middle
        mine = median(run.rate for run in runs[first])
        rate = median(run.rate for run in played)
        best = max(run.rate for run in played)
        cpu = min(run.cpu for run in played) / middle.messages * 1000
        ratio = "1" if name == first else f"{mine / rate:.2f} x"
        print(
            f"| {name} | {middle.messages} | {rate:.0f} ({best:.0f}) | {ratio} | {cpu:.2f} "
            f"| {max(run.peak_mib for run in played):.0f} |",
            flush=True,
        )
    return found


def entry(name: str, words: list[str], messages: int, rtt: float, **environment: str) -> Contestant:
    return name, lambda: arena.measure(words, messages, rtt, **environment)


#: Messages per contestant, so that each takes a few seconds: (rtt, connections) -> counts.
SIZES = {
    (0, 1): {"ours": 1500, "nodemailer": 600, "smtp-source": 5000, "gather": 200},
    (0, 10): {"ours": 8000, "nodemailer": 1500, "smtp-source": 30000, "gather": 500},
    (0, 50): {"ours": 8000, "nodemailer": 1500, "smtp-source": 30000, "gather": 500},
    (20, 1): {"ours": 150, "nodemailer": 80, "smtp-source": 40, "gather": 30},
    (20, 10): {"ours": 4000, "nodemailer": 1000, "smtp-source": 500, "gather": 300},
    (20, 50): {"ours": 9000, "nodemailer": 1500, "smtp-source": 2500, "gather": 300},
}


def speed(rounds: int, scenes: list[tuple[int, int]]) -> None:
    version = arena.install_nodemailer()
    has_mailmerge = arena.install_mailmerge() is not None
    for rtt, connections in scenes:
        sizes = SIZES[rtt, connections]
        n = sizes["ours"]
        contestants = [entry("pressutskick", arena.ours(n, connections), n, rtt)]
        if version:
            n = sizes["nodemailer"]
            words = arena.nodemailer(n, connections)
            at = str(arena.CACHE / "node_modules")
            name = f"nodemailer {version} pool"
            contestants.append(entry(name, words, n, rtt, NODEMAILER_AT=at))
        n = sizes["smtp-source"]
        contestants.append(entry("smtp-source -d", arena.smtp_source(n, connections), n, rtt))
        n = sizes["gather"]
        contestants.append(entry("aiosmtplib gather", arena.gather(n, connections), n, rtt))
        if has_mailmerge and connections <= 10:
            n = 100 if rtt == 0 else 30
            contestants.append(entry("mailmerge", arena.mailmerge(n), n, rtt))
        found = contest(f"{rtt} ms, {connections} connections", contestants, rounds)
        if rtt:
            limit = connections * 1000 / rtt
            share = found["pressutskick"].rate / limit
            print(f"\nThe wire's limit is {limit:.0f} msg/s; pressutskick reaches {share:.0%}.")
        share = found["pressutskick"].rate / found["smtp-source -d"].rate
        print(f"\npressutskick / smtp-source: {share:.1%}")


def memory(sizes: list[int], command_sizes: list[int]) -> None:
    print("\n### Peak memory, 10 connections, 0 ms\n")
    print("| what | recipients | seconds | peak MiB | growth |\n|---|---|---|---|---|")
    weigh("engine", sizes, lambda size: arena.measure(arena.ours(size, 10), size, 0))
    weigh("pressutskick send", command_sizes, command)


def weigh(name: str, sizes: list[int], play: Callable[[int], Run]) -> None:
    first = 0.0
    for size in sizes:
        run = play(size)
        first = first or run.peak_mib
        growth = run.peak_mib / first - 1
        print(
            f"| {name} | {size} | {run.seconds:.0f} | {run.peak_mib:.1f} | {growth:+.0%} |",
            flush=True,
        )


def command(size: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        words = arena.command(size, Path(folder))
        relay = {"HOST": "127.0.0.1", "PORT": "{port}", "SECURITY": "none"}
        flags = {f"PRESSUTSKICK_SMTP_{name}": value for name, value in relay.items()}
        return arena.measure(words, size, 0, folder=Path(folder), **flags)


def log_cost(rounds: int) -> None:
    for rtt, n in ((0, 8000), (20, 2000)):
        contest(
            f"What the durable log costs: {rtt} ms, 10 connections",
            [
                entry("SQLite, FULL", arena.ours(n, 10), n, rtt),
                entry("log in memory", arena.ours(n, 10, "--log", "memory"), n, rtt),
            ],
            rounds,
        )


def encryption_cost(rounds: int) -> None:
    """Own CPU per message against one and the same relay, in clear and with STARTTLS."""
    n, cpus = 1500, {"plain": [], "starttls": []}
    with tempfile.TemporaryDirectory() as folder:
        authority = str(Path(folder, "ca.pem"))
        root = arena.HERE.parent
        paths = {"PYTHONPATH": f"{root}:{root / 'src'}", "PATH": "/usr/bin:/bin"}
        words = [sys.executable, "-m", "benchmarks.tls_relay", authority]
        with subprocess.Popen(
            words, stdout=subprocess.PIPE, env=paths, cwd=root, text=True
        ) as relay:
            port = relay.stdout.readline().strip() if relay.stdout else ""
            for _ in range(rounds):
                for name, more in (("plain", ()), ("starttls", ("--ca-file", authority))):
                    filled = [w.replace("{port}", port) for w in arena.ours(n, 10, *more)]
                    out = subprocess.run(
                        filled, env=paths, cwd=root, capture_output=True, text=True
                    )
                    cpus[name].append(json.loads(out.stdout)["cpu"] / n * 1000)
            relay.terminate()
    plain, encrypted = min(cpus["plain"]), min(cpus["starttls"])
    print("\n### What STARTTLS costs: own CPU, 10 connections\n")
    print(
        f"{plain:.2f} ms in clear, {encrypted:.2f} ms with STARTTLS: {encrypted / plain - 1:+.0%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["speed", "memory", "log", "tls"], action="append")
    parser.add_argument("--scene", action="append", help="RTT/CONNECTIONS, as in 20/10")
    wishes = parser.parse_args()
    wanted = set(wishes.only or ["speed", "memory", "log", "tls"])
    scenes = [tuple(map(int, s.split("/"))) for s in wishes.scene] if wishes.scene else list(SIZES)
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    print(f"{moment}, {platform.platform()}, Python {platform.python_version()}")
    began = time.monotonic()
    if "speed" in wanted:
        speed(wishes.rounds, scenes)
    if "log" in wanted:
        log_cost(wishes.rounds)
    if "tls" in wanted:
        encryption_cost(wishes.rounds)
    if "memory" in wanted:
        sizes = [1_000, 10_000, 50_000]
        memory(sizes, [*sizes, 200_000])
    print(f"\nTook {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
