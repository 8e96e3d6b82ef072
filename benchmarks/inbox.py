"""`python -m benchmarks.inbox`: a mailbox of 50,000 mails, read for the first time and again.

One mail in a hundred is about a mail of ours; the others are newsletters, tickets and colleagues'
mails of some 4 kB. Shown for a Maildir, and over IMAP with Dovecot where that can run: processor
time and peak memory of the command, and that every reply was found.
"""

import argparse
import email
import email.policy
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from itertools import cycle
from pathlib import Path

from tests.kit import incoming, incoming_made
from tests.kit.imapserver import imap_reason, imap_server

from benchmarks.arena import HERE

INVITATION = "invitations/exempel.md"
_FILLING = "Kommunens nyhetsbrev om bad, broar och bibliotek.\n" * 80


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=50_000)
    count = parser.parse_args().mails
    print(f"{count:,} mails, {count // 100:,} of them about ours")
    with _workspace() as folder:
        ours = _prepare(folder, count // 100)
        maildir = folder / "Maildir"
        for part in ("cur", "new", "tmp"):
            (maildir / part).mkdir(parents=True)
        for number, content in enumerate(_mails(ours, count)):
            (maildir / "cur" / f"{number:06}.bench:2,").write_bytes(content)
        _try("Maildir", folder, [str(maildir)], {}, len(ours))
    if imap_reason():
        print(f"IMAP not tried: {imap_reason()}")
        return
    with _workspace() as folder, imap_server() as server:
        ours = _prepare(folder, count // 100)
        server.add(_mails(ours, count))
        settings = server.settings().items()
        environ = {f"PRESSUTSKICK_{key}": str(value) for key, value in settings}
        _try("IMAP", folder, [], environ, len(ours))


@contextmanager
def _workspace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="pressutskick-bench-") as name:
        yield Path(name)


def _prepare(folder: Path, count: int) -> list[bytes]:
    """A rehearsal to so many recipients, and what comes back to each."""
    people = "\n".join(f"r{number}@redaktion{number % 40}.example" for number in range(count))
    (folder / "lista.csv").write_text(f"e-post\n{people}\n", "utf-8")
    text = (HERE.parent / INVITATION).read_text("utf-8")
    (folder / "inbjudan.md").write_text(text, "utf-8")
    words = ["send", "inbjudan.md", "--to", "lista.csv", "--yes", "--sandbox", "--quiet"]
    subprocess.run(
        _command(*words, "--now", "2026-08-25T09:00"),
        cwd=folder,
        env=_environ({}),
        check=True,
        capture_output=True,
    )
    kinds = cycle((incoming_made.bounce, _says_yes, _says_no))
    found = []
    for path, make in zip(sorted((folder / "outbox").rglob("*.eml")), kinds, strict=False):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        found.append(make(mail))
    return found


def _says_yes(mail: EmailMessage) -> bytes:
    return incoming_made.answer(mail, "Vi kommer!")


def _says_no(mail: EmailMessage) -> bytes:
    return incoming_made.answer(mail, "Tyvärr, vi kan inte komma.")


def _mails(ours: list[bytes], count: int) -> Iterator[bytes]:
    """Ours spread among all others, each of which is different."""
    others = cycle(path.read_bytes() for path in incoming.files("other", "question"))
    step = count // len(ours)
    for number in range(count):
        if number % step == 0 and number // step < len(ours):
            yield ours[number // step]
        else:
            yield next(others) + f"\n{number}\n{_FILLING}".encode()


def _try(
    what: str, folder: Path, words: list[str], environ: Mapping[str, str], wanted: int
) -> None:
    for run in ("first", "second"):
        began = time.monotonic()
        process = subprocess.Popen(
            _command("inbox", *words, "--sandbox", "--json"),
            cwd=folder,
            env=_environ(environ),
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        found = json.loads(process.stdout.read())["messages"]
        _pid, _status, used = os.wait4(process.pid, 0)
        took = time.monotonic() - began
        cpu = used.ru_utime + used.ru_stime
        peak = used.ru_maxrss / 1024
        print(
            f"{what}, {run} run: {cpu:.1f} s CPU, {took:.1f} s, {peak:.0f} MiB, {len(found)} told"
        )
        assert len(found) == (wanted if run == "first" else 0)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "pressutskick", *words]


def _environ(more: Mapping[str, str]) -> dict[str, str]:
    own = {
        "PRESSUTSKICK_FROM": "Press <press@astad.example>",
        "XDG_STATE_HOME": tempfile.gettempdir(),
        "PYTHONPATH": str(HERE.parent / "src"),
    }
    return {**os.environ, **own, **more}


if __name__ == "__main__":
    main()
