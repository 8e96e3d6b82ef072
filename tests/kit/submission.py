"""Dovecot's submission server: takes a login by token, asks the provider, relays to a sink."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection

from tests.kit.provider import INTROSPECTION_LOGIN, RunningProvider, free_port, write_certificate

_CONFIG = """protocols = submission
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
listen = 127.0.0.1
ssl = required
ssl_cert = <{cert}
ssl_key = <{key}
auth_mechanisms = {mechanisms}
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
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/home
}}
"""

_OAUTH = """introspection_url = https://{login}@127.0.0.1:{port}/token/introspection
introspection_mode = post
username_attribute = sub
active_attribute = active
active_value = true
tls_ca_cert_file = {ca_file}
"""


def submission_reason() -> str:
    """Why it cannot be tried; empty where it can."""
    if shutil.which("dovecot") is None or not Path("/usr/lib/dovecot/submission").exists():
        return "there is no Dovecot submission server here (Debian package dovecot-submissiond)"
    return "" if os.geteuid() == 0 else "Dovecot's submission server starts as root only"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSubmission:
    """`log_file` is Dovecot's own."""

    port: int
    log_file: Path

    @property
    def log(self) -> str:
        return self.log_file.read_text()


@contextmanager
def running_submission(
    provider: RunningProvider, sink: int, *, mechanisms: str = "xoauth2"
) -> Iterator[RunningSubmission]:
    """Takes mail until the block ends.

    Its processes are nobody's, and pytest's folders are root's alone: it has one of its own.
    """
    with tempfile.TemporaryDirectory(prefix="pressutskick-dovecot-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        _configure(folder, provider, sink, port := free_port(), mechanisms)
        process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(folder / "dovecot.conf")], stderr=subprocess.PIPE
        )
        try:
            _await(port, process)
            yield RunningSubmission(port=port, log_file=folder / "dovecot.log")
        finally:
            process.terminate()
            process.wait(20)
            if process.stderr is not None:
                process.stderr.close()


def _configure(
    folder: Path, provider: RunningProvider, sink: int, port: int, mechanisms: str
) -> None:
    cert, key = write_certificate(folder)
    ca_file = shutil.copy(provider.ca_file, folder / "authority.pem")
    (folder / "home").mkdir()
    shutil.chown(folder / "home", "nobody")
    (folder / "oauth2.conf").write_text(
        _OAUTH.format(login=INTROSPECTION_LOGIN, port=provider.port, ca_file=ca_file)
    )
    (folder / "dovecot.conf").write_text(
        _CONFIG.format(
            folder=folder, cert=cert, key=key, sink=sink, port=port, mechanisms=mechanisms
        )
    )


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until it listens."""
    for _ in range(500):
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            time.sleep(0.02)
        else:
            return
    raise AssertionError("Dovecot does not listen")
