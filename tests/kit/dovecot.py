"""Dovecot over the post office's Maildirs: mailboxes as a newsroom's own server shows them.

Its `imap` process is spoken to on a pipe, already logged in, so that no port and no account is
needed. It refuses to run as root; a copy of the mail then belongs to `nobody`.
"""

import imaplib
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_IMAP = Path("/usr/lib/dovecot/imap")
_OTHER = "nobody"


def dovecot_reason() -> str:
    """Why Dovecot cannot be tried; empty where it can."""
    if sys.platform != "linux" or not _IMAP.exists():
        return "there is no Dovecot here (Debian package dovecot-imapd)"
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        return "Dovecot does not run as root, and setpriv is not there"
    return ""


def read_threads(maildir: Path) -> list[list[str]]:
    """Message numbers by thread, as the server sees them (RFC 5256, REFERENCES)."""
    with _copied(maildir) as folder:
        config = folder / "dovecot.conf"
        config.write_text(
            f"mail_location = maildir:{folder}/mail\nssl = no\nlog_path = {folder}/log\n"
            f"base_dir = {folder}/run\nfirst_valid_uid = 0\nfirst_valid_gid = 0\n",
            "utf-8",
        )
        words = ["env", f"HOME={folder}", "USER=reader", str(_IMAP), "-c", str(config)]
        if os.geteuid() == 0:
            shift = ["setpriv", f"--reuid={_OTHER}", "--regid=nogroup", "--clear-groups"]
            words = [*shift, *words]
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, _OTHER)
        with imaplib.IMAP4_stream(shlex.join(words)) as client:
            client.select(readonly=True)
            _, answer = client.thread("REFERENCES", "UTF-8", "ALL")
    return [part.split() for part in re.findall(r"\(([\d ]+)\)", answer[0].decode())]


@contextmanager
def _copied(maildir: Path) -> Iterator[Path]:
    """A folder of its own with the mail in it: Dovecot writes its index there."""
    with tempfile.TemporaryDirectory(prefix="pressutskick-imap-") as name:
        folder = Path(name)
        shutil.copytree(maildir, folder / "mail")
        yield folder
