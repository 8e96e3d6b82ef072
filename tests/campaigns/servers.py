"""Mail servers as people run them, each in a private folder on loopback, forwarding to a sink.

Debian's packages exclude one another, so most are downloaded and unpacked; OpenSMTPD looks for its
files at fixed places, which get links. Haraka and smtp-server come from npm, aiosmtpd from pip.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import trustme
from benchmarks.arena import CACHE, free_port


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server that listens or soon will. With `ca_file` it is spoken to over STARTTLS."""

    port: int
    stop: Callable[[], None]
    ca_file: Path | None = None
    login: str | None = None


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
smtpd_tls_security_level = may
smtpd_tls_cert_file = {folder}/cert.pem
smtpd_tls_key_file = {folder}/key.pem
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

DOVECOT = """protocols = submission
base_dir = {folder}/run
state_dir = {folder}/state
libexec_dir = {root}/usr/lib/dovecot
import_environment = TZ LD_LIBRARY_PATH={root}/usr/lib/dovecot:{root}/usr/lib/x86_64-linux-gnu
log_path = {folder}/log
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail
submission_relay_host = 127.0.0.1
submission_relay_port = {sink}
mail_max_userip_connections = 50
first_valid_uid = 1
service submission-login {{
  inet_listener submission {{
    port = {port}
  }}
}}
passdb {{
  driver = static
  args = password=hemligt
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/home
}}
"""

HARAKA = {
    "config/plugins": "take_all\nqueue/smtp_forward\n",
    "config/smtp.ini": "listen=127.0.0.1:{port}\nnodes=0\n",
    "config/smtp_forward.ini": "host=127.0.0.1\nport={sink}\nenable_outbound=false\n",
    "config/log.ini": "[main]\nlevel=error\n",
    "plugins/take_all.js": """exports.register = function () { this.register_hook('rcpt', 'take') }
exports.take = function (next) { next(OK) }
""",
}

SMTP_SERVER = """const { SMTPServer } = require('smtp-server')
const nodemailer = require('nodemailer')
const out = nodemailer.createTransport({ host: '127.0.0.1', port: SINK, pool: true, secure: false,
  ignoreTLS: true })
new SMTPServer({ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true, size: 30000000,
  onData(stream, session, done) {
    const envelope = { from: session.envelope.mailFrom.address,
      to: session.envelope.rcptTo.map((each) => each.address) }
    const pieces = []
    stream.on('data', (piece) => pieces.push(piece))
    stream.on('end', () => out.sendMail({ envelope, raw: Buffer.concat(pieces) }, done))
  } }).listen(PORT, '127.0.0.1')
"""

AIOSMTPD = """import asyncio, smtplib, sys
from aiosmtpd.controller import Controller
class Forward:
    async def handle_DATA(self, server, session, envelope):
        def send():
            with smtplib.SMTP("127.0.0.1", int(sys.argv[2])) as sink:
                sink.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.content)
        await asyncio.to_thread(send)
        return "250 OK"
Controller(Forward(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
sys.stdin.read()
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


def postfix(folder: Path, sink: int) -> Running:
    """A private Postfix, over STARTTLS."""
    port = free_port()
    ca = certify(folder)
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
    stop = [*words, "stop"]
    return Running(
        port=port, stop=lambda: subprocess.run(stop, stderr=subprocess.DEVNULL) and None, ca_file=ca
    )


def exim(folder: Path, sink: int) -> Running:
    """A private Exim."""
    port = free_port()
    root = unpack(folder, "exim4-daemon-light", "libidn12", "libevent-2.1-7")
    add_user("Debian-exim")
    for name in ("spool", "log"):
        (folder / name).mkdir()
        shutil.chown(folder / name, "mail", "mail")
    config = folder / "exim.conf"
    config.write_text(EXIM.format(folder=folder, port=port, sink=sink))
    environment = {**os.environ, "LD_LIBRARY_PATH": str(root / "usr/lib/x86_64-linux-gnu")}
    # Exim starts itself again for each delivery, without our environment.
    for library in (root / "usr/lib/x86_64-linux-gnu").glob("lib*.so*"):
        link(library, Path("/usr/lib/x86_64-linux-gnu") / library.name)
    program = root / "usr/sbin/exim4"
    link(program, Path("/usr/sbin/exim4"))
    process = subprocess.Popen(
        [program, "-C", config, "-bdf", "-q10s"], env=environment, stderr=subprocess.DEVNULL
    )
    return Running(port=port, stop=lambda: end(process))


def opensmtpd(folder: Path, sink: int) -> Running:
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
    return Running(port=port, stop=lambda: end(process))


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()


def add_user(name: str) -> None:
    words = ["useradd", "--system", "--user-group", "--no-create-home", name]
    subprocess.run(words, stderr=subprocess.DEVNULL)


def link(source: Path, target: Path) -> None:
    """Replaces what an earlier run left dangling, and nothing of the system's."""
    if not target.exists():
        target.unlink(missing_ok=True)
        target.symlink_to(source)


def dovecot(folder: Path, sink: int) -> Running:
    """A private Dovecot submission service, which wants a login."""
    port = free_port()
    ca = certify(folder)
    root = unpack(folder, "dovecot-core", "dovecot-submissiond", "libexttextcat-2.0-0")
    for name in ("dovecot", "dovenull"):
        add_user(name)
    for name in ("home", "mail"):
        (folder / name).mkdir()
        shutil.chown(folder / name, "nobody")
    config = folder / "dovecot.conf"
    config.write_text(DOVECOT.format(folder=folder, root=root, port=port, sink=sink))
    libraries = f"{root}/usr/lib/dovecot:{root}/usr/lib/x86_64-linux-gnu"
    process = subprocess.Popen(
        [root / "usr/sbin/dovecot", "-F", "-c", config],
        env={**os.environ, "LD_LIBRARY_PATH": libraries},
    )
    return Running(port=port, stop=lambda: end(process), ca_file=ca, login="press:hemligt")


def haraka(folder: Path, sink: int) -> Running:
    """Haraka, which refuses commands that come before it has answered a content."""
    port = free_port()
    install("Haraka")
    program = str(CACHE / "node_modules" / "Haraka" / "bin" / "haraka")
    subprocess.run(["node", program, "-i", folder], stdout=subprocess.DEVNULL, check=True)
    for name, text in HARAKA.items():
        (folder / name).write_text(text.replace("{port}", str(port)).replace("{sink}", str(sink)))
    return node(port, program, "-c", str(folder))


def smtp_server(folder: Path, sink: int) -> Running:
    """The server of nodemailer's authors."""
    port = free_port()
    install("smtp-server", "nodemailer")
    script = folder / "server.cjs"
    script.write_text(SMTP_SERVER.replace("SINK", str(sink)).replace("PORT", str(port)))
    return node(port, str(script))


def aiosmtpd(folder: Path, sink: int) -> Running:
    """aiosmtpd, which offers no PIPELINING."""
    port = free_port()
    pip = [sys.executable, "-m", "pip", "install", "-q", "--target", folder / "site", "aiosmtpd"]
    subprocess.run(pip, check=True)
    process = subprocess.Popen(
        [sys.executable, "-c", AIOSMTPD, str(port), str(sink)],
        env={**os.environ, "PYTHONPATH": str(folder / "site")},
        stdin=subprocess.PIPE,
    )
    return Running(port=port, stop=lambda: end(process))


def install(*packages: str) -> None:
    CACHE.mkdir(exist_ok=True)
    words = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(CACHE)]
    subprocess.run([*words, *packages], check=True)


def node(port: int, *words: str) -> Running:
    process = subprocess.Popen(
        ["node", *words],
        env={**os.environ, "NODE_PATH": str(CACHE / "node_modules")},
        stdout=subprocess.DEVNULL,
    )
    return Running(port=port, stop=lambda: end(process))


def certify(folder: Path) -> Path:
    """Key and certificate for 127.0.0.1 in `folder`; the authority's file."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    return folder / "ca.pem"


def await_port(port: int) -> None:
    """Returns when somebody listens there.

    Raises:
        TimeoutError: nobody does within a minute.
    """
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            # A server of somebody else's says nowhere that it listens now.
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nobody listens at port {port}")


SERVERS: dict[str, Callable[[Path, int], Running]] = {
    "postfix": postfix,
    "exim": exim,
    "opensmtpd": opensmtpd,
    "dovecot": dovecot,
    "haraka": haraka,
    "smtp-server": smtp_server,
    "aiosmtpd": aiosmtpd,
}
