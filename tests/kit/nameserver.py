"""A real name server on loopback: unbound, which knows the zones of a test and asks nobody."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import dns.exception
import dns.message
import dns.query
import dns.resolver
from tests.kit.provider import free_port

_CONFIG = """server:
  interface: 127.0.0.1@{port}
  port: {port}
  do-daemonize: no
  chroot: ""
  username: ""
  directory: "{folder}"
  pidfile: ""
  use-syslog: no
  logfile: "{folder}/log"
  module-config: "iterator"
  access-control: 127.0.0.0/8 allow
  local-zone: "." static
{records}
remote-control:
  control-enable: no
"""


def nameserver_reason() -> str:
    """Why it cannot be tried; empty where it can."""
    if shutil.which("unbound") is None and not Path("/usr/sbin/unbound").exists():
        return "there is no unbound on this machine (Debian package unbound)"
    return ""


@contextmanager
def running_nameserver(records: Sequence[str]) -> Iterator[dns.resolver.Resolver]:
    """A resolver that asks it alone; `records` as in a zone file, with whole names."""
    with tempfile.TemporaryDirectory(prefix="pressutskick-unbound-") as name:
        folder = Path(name)
        lines = "\n".join(f"  local-data: '{record}'" for record in records)
        config = folder / "unbound.conf"
        config.write_text(_CONFIG.format(port=(port := free_port()), folder=folder, records=lines))
        words = [shutil.which("unbound") or "/usr/sbin/unbound", "-d", "-c", str(config)]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _await(port, process)
            resolver = dns.resolver.Resolver(configure=False)
            resolver.nameservers, resolver.port, resolver.lifetime = ["127.0.0.1"], port, 10.0
            yield resolver
        finally:
            process.kill()
            process.wait()
            if process.stderr is not None:
                process.stderr.close()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until it answers; each question waits for a while."""
    for _ in range(100):
        assert process.poll() is None, process.stderr and process.stderr.read().decode()
        try:
            question = dns.message.make_query("ready.example.", "TXT")
            dns.query.udp(question, "127.0.0.1", timeout=0.3, port=port)
        except (dns.exception.Timeout, OSError):
            continue
        return
    raise AssertionError("unbound does not answer")
