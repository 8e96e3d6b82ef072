"""A private Dovecot that serves one Maildir over IMAP with TLS, by password and by XOAUTH2.

Tokens are asked of a little introspection service (RFC 7662) that the test runs. Dovecot starts as
root only, and drops its rights itself; the mail then belongs to `nobody`.
"""

import http.server
import json
import mailbox
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.arena import free_port
from tests.kit import tls

_PROGRAM = "/usr/sbin/dovecot"
USER, PASSWORD, TOKEN = "press@astad.example", "hemligt", "a-token-that-holds"

_CONFIG = """protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail
mail_max_userip_connections = 50
first_valid_uid = 1
auth_failure_delay = 0 secs
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
auth_mechanisms = plain login xoauth2 oauthbearer
service imap-login {{
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/home
}}
"""
_OAUTH = """introspection_mode = post
introspection_url = http://127.0.0.1:{port}/
username_attribute = username
active_attribute = active
active_value = true
"""


def imap_reason() -> str:
    """Why Dovecot cannot be run; empty where it can."""
    if sys.platform != "linux" or not Path(_PROGRAM).exists():
        return "there is no Dovecot here (Debian package dovecot-imapd)"
    return "" if os.geteuid() == 0 else "Dovecot starts as root only"


@dataclass(slots=True, kw_only=True)
class ImapServer:
    """Where it listens; `tokens` are those that are good now."""

    port: int
    starttls_port: int
    folder: Path
    ca_file: str
    tokens: set[str] = field(default_factory=lambda: {TOKEN})

    @property
    def maildir(self) -> Path:
        return self.folder / "mail"

    def add(self, mails: Iterable[bytes]) -> None:
        """Delivers them, as a mail server does."""
        box = mailbox.Maildir(self.maildir)
        for content in mails:
            box.add(content)
        _hand_over(self.maildir)

    def flags(self) -> list[str]:
        """The flags of all mails; empty for those that nobody has seen."""
        box = mailbox.Maildir(self.maildir)
        return [message.get_flags() for message in box]

    def settings(self, **more: object) -> dict[str, object]:
        """What a workspace says to read it with a password."""
        return {
            "IMAP_HOST": "127.0.0.1",
            "IMAP_PORT": self.port,
            "IMAP_USERNAME": USER,
            "IMAP_PASSWORD": PASSWORD,
            "SMTP_CA_FILE": self.ca_file,
            **more,
        }


def _hand_over(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """The server, with an empty mailbox, until the end of the block."""
    # Not in pytest's folder, which each run closes to everybody but itself.
    with tempfile.TemporaryDirectory(prefix="pressutskick-imap-") as name:
        Path(name).chmod(0o755)
        with _serving(Path(name)) as server:
            yield server


@contextmanager
def _serving(folder: Path) -> Iterator[ImapServer]:
    server = ImapServer(
        port=free_port(),
        starttls_port=free_port(),
        folder=folder,
        ca_file=tls.write_authority(folder),
    )
    for name in ("home", "mail/cur", "mail/new", "mail/tmp"):
        (folder / name).mkdir(parents=True)
    _hand_over(folder / "home")
    _hand_over(folder / "mail")
    certificate = tls.authority().issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    with _introspection(server) as tokens_port:
        (folder / "oauth2.conf").write_text(_OAUTH.format(port=tokens_port), "utf-8")
        config = folder / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                folder=folder, port=server.port, plain=server.starttls_port, password=PASSWORD
            ),
            "utf-8",
        )
        process = subprocess.Popen([_PROGRAM, "-F", "-c", str(config)])
        try:
            _await(server.port, process)
            yield server
        finally:
            process.terminate()
            process.wait(20)


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until somebody listens; a server that died will not."""
    while process.poll() is None:
        with socket.socket() as attempt:
            attempt.settimeout(0.2)
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise RuntimeError("Dovecot ended")


@contextmanager
def _introspection(server: ImapServer) -> Iterator[int]:
    """Tells whether a token is good (RFC 7662)."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked = urllib.parse.parse_qs(self.rfile.read(length).decode())
            token = asked.get("token", [""])[0]
            answer = {"active": token in server.tokens, "username": USER}
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as service:
        thread = threading.Thread(target=service.serve_forever)
        thread.start()
        try:
            yield service.server_address[1]
        finally:
            service.shutdown()
            thread.join()
