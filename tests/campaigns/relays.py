"""1,000 recipients through Postfix, Exim and OpenSMTPD: what the log says is what comes out.

`make relays`, as root in a container: each server runs from a private folder and forwards to a sink,
which counts by recipient. Debian's packages exclude one another, so Exim and OpenSMTPD are
downloaded and unpacked; OpenSMTPD looks for its files at fixed places, which get links.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.arena import free_port
from tests.kit.background import relay_in_background

from pressutskick.transports.relay.server import Receipt

RECIPIENTS = 1000
CONNECTIONS = 4

POSTFIX = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
default_transport = smtp:[127.0.0.1]:{sink}
relay_transport = smtp:[127.0.0.1]:{sink}
smtp_host_lookup = native
disable_dns_lookups = yes
maillog_file = /dev/null
maillog_file_prefixes = /dev
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
"""

EXIM = """exim_user = mail
exim_group = mail
never_users =
primary_hostname = relay.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts =
acl_smtp_rcpt = accept
acl_smtp_data = accept
smtp_accept_max = 100
smtp_accept_max_per_connection = 2000
smtp_accept_queue_per_connection = 0
begin acl
accept:
  accept
begin routers
out:
  driver = manualroute
  route_list = * 127.0.0.1
  self = send
  transport = sink
begin transports
sink:
  driver = smtp
  port = {sink}
  allow_localhost
  hosts_try_chunking =
begin retry
* * F,1h,1s
"""

OPENSMTPD = """listen on 127.0.0.1 port {port}
action "out" relay host smtp://127.0.0.1:{sink}
match from any for any action "out"
"""


def unpack(folder: Path, *packages: str) -> Path:
    """Debian packages, downloaded and unpacked, not installed."""
    debs = folder / "debs"
    debs.mkdir()
    subprocess.run(["apt-get", "download", "-q", *packages], cwd=debs, check=True)
    for deb in debs.glob("*.deb"):
        subprocess.run(["dpkg", "-x", deb, folder / "root"], check=True)
    return folder / "root"


def postfix(folder: Path, sink: int) -> tuple[int, Callable[[], None]]:
    """A private Postfix; its port and how to stop it."""
    port = free_port()
    for name in ("etc", "queue", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    (folder / "etc" / "main.cf").write_text(POSTFIX.format(folder=folder, sink=sink))
    master = Path("/usr/share/postfix/master.cf.dist")
    if not master.exists():
        master = Path("/etc/postfix/master.cf")
    lines = master.read_text().replace("\nsmtp      inet", f"\n127.0.0.1:{port} inet")
    (folder / "etc" / "master.cf").write_text(lines)
    words = ["postfix", "-c", str(folder / "etc")]
    subprocess.run([*words, "start"], check=True, stderr=subprocess.DEVNULL)
    return port, lambda: subprocess.run([*words, "stop"], stderr=subprocess.DEVNULL) and None


def exim(folder: Path, sink: int) -> tuple[int, Callable[[], None]]:
    """A private Exim."""
    port = free_port()
    root = unpack(folder, "exim4-daemon-light", "libidn12")
    add_user("Debian-exim")
    for name in ("spool", "log"):
        (folder / name).mkdir()
        shutil.chown(folder / name, "mail", "mail")
    config = folder / "exim.conf"
    config.write_text(EXIM.format(folder=folder, port=port, sink=sink))
    environment = {**os.environ, "LD_LIBRARY_PATH": str(root / "usr/lib/x86_64-linux-gnu")}
    # Exim starts itself again for each delivery, without our environment.
    for library in (root / "usr/lib/x86_64-linux-gnu").glob("libidn.so.12*"):
        link(library, Path("/usr/lib/x86_64-linux-gnu") / library.name)
    program = root / "usr/sbin/exim4"
    link(program, Path("/usr/sbin/exim4"))
    process = subprocess.Popen(
        [program, "-C", config, "-bdf", "-q10s"], env=environment, stderr=subprocess.DEVNULL
    )
    return port, lambda: end(process)


def opensmtpd(folder: Path, sink: int) -> tuple[int, Callable[[], None]]:
    """A private OpenSMTPD; its control socket and spool are where it was built to have them."""
    port = free_port()
    root = unpack(folder, "opensmtpd", "libevent-2.1-7")
    for name in ("opensmtpd", "opensmtpq"):
        add_user(name)
    for library in (root / "usr/lib/x86_64-linux-gnu").glob("libevent*.so*"):
        link(library, Path("/usr/lib/x86_64-linux-gnu") / library.name)
    link(root / "usr/libexec/opensmtpd", Path("/usr/libexec/opensmtpd"))
    link(root / "usr/sbin/smtpd", Path("/usr/sbin/smtpd"))
    for path in ("/run/opensmtpd", "/var/lib/opensmtpd/empty", "/run/opensmtpd/empty"):
        Path(path).mkdir(parents=True, exist_ok=True)
    config = folder / "smtpd.conf"
    config.write_text(OPENSMTPD.format(port=port, sink=sink))
    process = subprocess.Popen(["/usr/sbin/smtpd", "-d", "-f", config], stderr=subprocess.DEVNULL)
    return port, lambda: end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()


def add_user(name: str) -> None:
    words = ["useradd", "--system", "--user-group", "--no-create-home", name]
    subprocess.run(words, stderr=subprocess.DEVNULL)


def link(source: Path, target: Path) -> None:
    if not target.exists() or target.is_symlink():
        target.unlink(missing_ok=True)
        target.symlink_to(source)


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


def send(port: int) -> dict[str, object]:
    """What the sender tells of its run; it tries again where the relay does not listen yet."""
    words = ["-m", "benchmarks.sender", "--port", str(port)]
    more = ["--recipients", str(RECIPIENTS), "--connections", str(CONNECTIONS)]
    out = subprocess.run([sys.executable, *words, *more], capture_output=True, check=True)
    told: dict[str, object] = json.loads(out.stdout)
    return told


def campaign(name: str, start: Callable[[Path, int], tuple[int, Callable[[], None]]]) -> bool:
    """One relay: whether what it accepted is what came out, once for each recipient."""
    folder = Path(tempfile.mkdtemp(prefix=f"relay-{name}-"))
    folder.chmod(0o755)
    sink = Sink()
    try:
        with relay_in_background(keep=sink.keep) as listening:
            port, stop = start(folder, listening.port)
            try:
                told = send(port)
                sink.wait()
            finally:
                stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if told["accepted"] != RECIPIENTS:
        sys.stdout.write(f"{name}: {told}\n")
    received, twice = len(sink.received), sum(count > 1 for count in sink.received.values())
    sys.stdout.write(f"{name}: {told['accepted']} accepted, {received} received, {twice} twice\n")
    return told["accepted"] == received == RECIPIENTS and not twice


def main() -> None:
    """All three, or those that are named."""
    relays = {"postfix": postfix, "exim": exim, "opensmtpd": opensmtpd}
    wanted = sys.argv[1:] or list(relays)
    failed = [name for name in wanted if not campaign(name, relays[name])]
    raise SystemExit(bool(failed))


if __name__ == "__main__":
    main()
