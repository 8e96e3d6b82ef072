"""Sink, delay and contestants as processes; each run counted, timed and weighed by the kernel."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import sample

HERE = Path(__file__).parent
CACHE = HERE / ".cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One contestant's run: seconds of the whole process, its own CPU, and what the sink took."""

    messages: int
    seconds: float
    cpu: float
    peak_mib: float

    @property
    def rate(self) -> float:
        return self.messages / self.seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tool(name: str) -> str | None:
    """A program of Debian's that an ordinary PATH may not show."""
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


def build_proxy() -> Path:
    CACHE.mkdir(exist_ok=True)
    binary = CACHE / "delayproxy"
    source = HERE / "delayproxy.c"
    if not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["cc", "-O2", "-o", binary, source], check=True)
    return binary


def wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"nobody listens on {port}")


class Sink:
    """Postfix's smtp-sink; `close` tells how many messages it took."""

    def __init__(self) -> None:
        program = tool("smtp-sink")
        if program is None:
            raise SystemExit("smtp-sink is missing: apt install postfix")
        self.port = free_port()
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        self._out = tempfile.TemporaryFile()  # noqa: SIM115 - `close` reads and closes it
        self._process = subprocess.Popen(
            [program, "-c", *user, f"127.0.0.1:{self.port}", "1000"], stdout=self._out
        )
        wait_for(self.port)

    def count(self) -> int:
        """Messages so far; smtp-sink tells them when a connection ends."""
        # pread: the sink writes through the same file position. The end alone: it tells every one.
        end = os.fstat(self._out.fileno()).st_size
        told = os.pread(self._out.fileno(), 4096, max(0, end - 4096))
        counts = re.findall(rb"mesg=(\d+)", told)
        return int(counts[-1]) if counts else 0

    def close(self) -> int:
        time.sleep(0.05)
        self._process.terminate()
        self._process.wait()
        counted = self.count()
        self._out.close()
        return counted


@contextlib.contextmanager
def arena(rtt: float) -> Iterator[tuple[int, Sink]]:
    """A fresh sink, behind a delay of `rtt` milliseconds; the port to send to."""
    sink = Sink()
    proxy = None
    try:
        port = sink.port
        if rtt:
            port = free_port()
            delay = str(int(rtt * 500))
            proxy = subprocess.Popen([build_proxy(), str(port), str(sink.port), delay])
            wait_for(port)
        yield port, sink
    finally:
        if proxy is not None:
            proxy.terminate()
            proxy.wait()


def measure(
    words: list[str], messages: int, rtt: float, *, folder: Path | None = None, **environment: str
) -> Run:
    """Runs `words` (`{port}` filled in) against a fresh sink, in `folder` if one is given."""
    with arena(rtt) as (port, sink), tempfile.TemporaryFile() as out:
        filled = [word.replace("{port}", str(port)) for word in words]
        root = HERE.parent
        paths = os.pathsep.join([str(root), str(root / "src")])
        filled_in = {
            name: value.replace("{port}", str(port)) for name, value in environment.items()
        }
        environ = {**installed(), "PYTHONPATH": paths, **filled_in}
        began = time.perf_counter()
        process = subprocess.Popen(filled, stdout=out, env=environ, cwd=folder or root)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        accepted = sink.close()
    if process.returncode or accepted != messages:
        raise SystemExit(f"{filled[:3]}: status {process.returncode}, {accepted} of {messages}")
    cpu = usage.ru_utime + usage.ru_stime
    return Run(messages=messages, seconds=seconds, cpu=cpu, peak_mib=usage.ru_maxrss / 1024)


def installed() -> dict[str, str]:
    """The environment of a program that was installed: its bytecode is written, and read again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def parts_file() -> Path:
    """Text, HTML and calendar of the sample, `@NAME@` where it is personal, for the peers."""
    file = CACHE / "parts.json"
    CACHE.mkdir(exist_ok=True)
    draft = sample.message_plan().draft(sample.recipient(7))
    parts = {
        "text": draft.text.replace("Åsa 7", "@NAME@"),
        "html": draft.html.replace("Åsa 7", "@NAME@"),
        "calendar": sample.CALENDAR,
    }
    file.write_text(json.dumps(parts), "utf-8")
    return file


def ours(messages: int, connections: int, *more: str) -> list[str]:
    words = ["-m", "benchmarks.sender", "--port", "{port}", "--recipients", str(messages)]
    return [sys.executable, *words, "--connections", str(connections), *more]


def command(messages: int, folder: Path, connections: int = 10) -> list[str]:
    """The whole program as a person starts it, in a workspace that is written to `folder`."""
    sample.write_workspace(folder, messages)
    words = ["-m", "pressutskick", "send", "release.md", "--to", "list.csv", "--yes", "--quiet"]
    return [sys.executable, *words, "--connections", str(connections)]


def smtp_source(messages: int, connections: int) -> list[str]:
    size = sample.message_plan().message(sample.recipient(7)).size
    flags = ["-d", "-s", str(connections), "-m", str(messages), "-l", str(size)]
    return [tool("smtp-source") or "smtp-source", *flags, "127.0.0.1:{port}"]


def gather(messages: int, connections: int) -> list[str]:
    script = str(HERE / "gather.py")
    return [sys.executable, script, "{port}", str(messages), str(connections), str(parts_file())]


def nodemailer(messages: int, connections: int) -> list[str]:
    script = str(HERE / "nodemailer.mjs")
    return ["node", script, "{port}", str(messages), str(connections), str(parts_file())]


def install_nodemailer() -> str | None:
    """Its version, installed under `.cache`; None where there is no npm."""
    package = CACHE / "node_modules" / "nodemailer" / "package.json"
    if not package.exists():
        if shutil.which("npm") is None:
            return None
        CACHE.mkdir(exist_ok=True)
        words = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(CACHE)]
        if subprocess.run([*words, "nodemailer"]).returncode:
            return None
    return str(json.loads(package.read_text("utf-8"))["version"])


def install_mailmerge() -> Path | None:
    """The program in an environment of its own under `.cache`; None where it cannot be had."""
    program = CACHE / "mailmerge" / "bin" / "mailmerge"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(CACHE / "mailmerge")], check=True)
        pip = str(program.with_name("pip"))
        words = [pip, "install", "--quiet", "--disable-pip-version-check", "mailmerge"]
        if subprocess.run(words).returncode:
            return None
    return program


def mailmerge(messages: int) -> list[str]:
    """One connection per message; its files are written here, its port when it runs."""
    folder = CACHE / "merge"
    folder.mkdir(parents=True, exist_ok=True)
    parts = json.loads(parts_file().read_text("utf-8"))
    (folder / "template.txt").write_text(
        "TO: {{email}}\nSUBJECT: Pressinbjudan\nFROM: press@astad.example\n"
        "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=bb\n\n"
        "--bb\nContent-Type: text/plain; charset=us-ascii\n\n"
        + _ascii(parts["text"])
        + "\n--bb\nContent-Type: text/html; charset=us-ascii\n\n"
        + _ascii(parts["html"])
        + "\n--bb--\n",
        "utf-8",
    )
    rows = [f"desk{n}@newsdesk{n % 40}.example,Asa {n}" for n in range(messages)]
    (folder / "list.csv").write_text("\n".join(["email,name", *rows, ""]), "utf-8")
    script = (
        "printf '[smtp_server]\\nhost = 127.0.0.1\\nport = {port}\\n' > server.conf && "
        f"exec {CACHE / 'mailmerge' / 'bin' / 'mailmerge'} --no-dry-run --no-limit "
        "--template template.txt --database list.csv --config server.conf > /dev/null"
    )
    return ["sh", "-c", f"cd {folder} && {script}"]


def _ascii(text: str) -> str:
    """For its sake: its MIME for other letters differs between versions."""
    return text.encode("ascii", "replace").decode("ascii").replace("@NAME@", "{{name}}")
