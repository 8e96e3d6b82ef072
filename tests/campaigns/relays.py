"""1,000 recipients through every mail server that is to be had: what the log says is what comes out.

`make relays`, as root in a container: each server runs from a private folder and forwards to a sink,
which counts by recipient (`tests.campaigns.servers`).
"""

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

from tests.campaigns.servers import SERVERS, Running, await_port
from tests.kit.background import relay_in_background

from pressutskick.transports.relay.rules import Receipt

RECIPIENTS = 1000
CONNECTIONS = 4


class Sink:
    """Where the relays forward to: how many messages came out, by recipient."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()
        self._arrival = threading.Condition()

    def keep(self, receipt: Receipt) -> None:
        with self._arrival:
            self.received[receipt.recipient] += 1
            self._arrival.notify_all()

    def wait(self) -> None:
        """Until everybody has a message, and whoever gets a second one has that too."""
        with self._arrival:
            self._arrival.wait_for(lambda: len(self.received) >= RECIPIENTS, 120)
            self._arrival.wait_for(lambda: self.received.total() > RECIPIENTS, 3)


def send(relay: Running) -> dict[str, object]:
    """What the sender tells of its run."""
    words = ["-m", "benchmarks.sender", "--port", str(relay.port)]
    words += ["--recipients", str(RECIPIENTS), "--connections", str(CONNECTIONS)]
    words += ["--ca-file", str(relay.ca_file)] if relay.ca_file else []
    words += ["--login", relay.login] if relay.login else []
    out = subprocess.run([sys.executable, *words], capture_output=True, check=True)
    told: dict[str, object] = json.loads(out.stdout)
    return told


def campaign(name: str) -> bool:
    """One relay: whether what it accepted is what came out, once for each recipient."""
    folder = Path(tempfile.mkdtemp(prefix=f"relay-{name}-"))
    folder.chmod(0o755)
    sink = Sink()
    try:
        with relay_in_background(keep=sink.keep) as listening:
            relay = SERVERS[name](folder, listening.port)
            try:
                await_port(relay.port)
                told = send(relay)
                sink.wait()
            finally:
                relay.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if told["accepted"] != RECIPIENTS:
        sys.stdout.write(f"{name}: {told}\n")
    received, twice = len(sink.received), sum(count > 1 for count in sink.received.values())
    sys.stdout.write(f"{name}: {told['accepted']} accepted, {received} received, {twice} twice\n")
    sys.stdout.flush()
    return told["accepted"] == received == RECIPIENTS and not twice


def main() -> None:
    """All of them, or those that are named."""
    failed = [name for name in sys.argv[1:] or SERVERS if not campaign(name)]
    raise SystemExit(bool(failed))


if __name__ == "__main__":
    main()
