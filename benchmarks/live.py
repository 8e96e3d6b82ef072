"""`python -m benchmarks.live`: from saving an invitation to the new picture of `preview --live`.

The clock runs from the moment in which the file has been replaced to that in which the page's
stream tells that a new picture is there; fetching it takes a browser some milliseconds more.
"""

import argparse
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.arena import HERE

INVITATION = "invitations/exempel.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=20)
    count = parser.parse_args().saves
    with tempfile.TemporaryDirectory(prefix="pressutskick-bench-") as name:
        took = _measure(Path(name), count)
    shown = ", ".join(f"{each:.2f}" for each in sorted(took))
    print(f"{count} saves, seconds to the picture: median {statistics.median(took):.2f} ({shown})")


def _measure(folder: Path, count: int) -> list[float]:
    text = (HERE.parent / INVITATION).read_text("utf-8")
    file = folder / "inbjudan.md"
    file.write_text(text, "utf-8")
    (folder / "lista.csv").write_text("e-post\nanna@posten.example\n", "utf-8")
    words = ["preview", file.name, "--to", "lista.csv", "--live", "--now", "2026-08-25T09:00"]
    own = {
        **os.environ,
        "PRESSUTSKICK_FROM": "Press <press@astad.example>",
        "PYTHONPATH": str(HERE.parent / "src"),
        "BROWSER": "true",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "pressutskick", *words],
        cwd=folder,
        env=own,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stderr is not None
        url = urlsplit(re.findall(r"http://\S+/", run.stderr.readline())[0])
        connection = http.client.HTTPConnection("127.0.0.1", url.port or 0, timeout=60)
        connection.request("GET", f"{url.path}events")
        stream = connection.getresponse()
        _next(stream)
        took = []
        for number in range(count):
            time.sleep(1)  # between two saves a person writes
            new = folder / "ny"
            new.write_text(f"{text}\n\nRad {number}.\n", "utf-8")
            new.replace(file)
            began = time.monotonic()
            _next(stream)
            took.append(time.monotonic() - began)
        run.send_signal(signal.SIGINT)
        run.stderr.read()
    return took


def _next(stream: http.client.HTTPResponse) -> None:
    """Until a picture is told; a stream that breathes tells none."""
    while not stream.readline().startswith(b"data: "):
        pass


if __name__ == "__main__":
    main()
