"""No password and no token shows anywhere: processes, logs, database, words, tracebacks."""

import base64
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.kit import tls
from tests.kit.background import relay_in_background
from tests.kit.harbour import write_workspace
from tests.kit.program import command, environment

from pressutskick.settings.environ import without_secrets
from pressutskick.transports.relay.faults import ScriptedFault, Stage, Victim
from pressutskick.transports.relay.rules import RelayRules

NAME, PASSWORD, TOKEN = "press@astad.example", "hemligt-ord-17", "ya29.hemlig-biljett-17"
PROOF = f"user={NAME}\1auth=Bearer {TOKEN}\1\1"
HIDDEN = [
    PASSWORD,
    TOKEN,
    *(
        base64.b64encode(text.encode()).decode()
        for text in (PASSWORD, f"\0{NAME}\0{PASSWORD}", PROOF)
    ),
]
linux = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no /proc here")


def shows(data: bytes) -> list[str]:
    return [word for word in HIDDEN if word.encode() in data or word.encode("utf-16-le") in data]


def processes(root: int) -> list[int]:
    """The process and all below it."""
    found = [root]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent in found:
            found.append(int(folder.name))
    return found


def look(root: int, seen: dict[str, bytes]) -> None:
    """What anybody reads of the processes now: their words, and the children's environment."""
    for number in processes(root):
        try:
            words = Path(f"/proc/{number}/cmdline").read_bytes()
            environ = Path(f"/proc/{number}/environ").read_bytes() if number != root else b""
        except OSError:
            continue
        seen[f"{number} {words[:200]!r}"] = words + environ


@linux
@pytest.mark.parametrize(("way", "is_refused"), [("password", True), ("token", False)])
def test_no_secret_shows_in_processes_logs_database_or_words(
    tmp_path: Path, way: str, is_refused: bool
) -> None:
    write_workspace(tmp_path, "hamnbadet", 3)
    script = tmp_path / "fetch.py"
    script.write_text(f"import time; time.sleep(0.3); print({TOKEN!r})")
    secret = (
        {"SMTP_PASSWORD": PASSWORD}
        if way == "password"
        else {"SMTP_TOKEN_COMMAND": f"{sys.executable} {script}"}
    )
    folder = tmp_path / "private"
    folder.mkdir()

    used = PASSWORD if way == "password" else TOKEN
    mechanism = "PLAIN" if way == "password" else "XOAUTH2"
    proof = f"\0{NAME}\0{PASSWORD}" if way == "password" else PROOF
    coded = base64.b64encode(proof.encode()).decode()

    def echo(victim: Victim) -> None:
        """Some servers repeat what they were told."""
        victim.send(f"535 5.7.8 {coded} {used} wrong\r\n".encode())

    faults = [ScriptedFault(stage=Stage.AUTH, misbehaviour=echo)] if is_refused else []
    rules = RelayRules(tls=tls.good(), logins={NAME: used}, mechanisms=[mechanism], faults=faults)
    with relay_in_background(rules) as relay:
        given = environment(
            SMTP_HOST="127.0.0.1",
            SMTP_PORT=relay.port,
            SMTP_CA_FILE=tls.write_authority(folder),
            SMTP_USERNAME=NAME,
            **secret,
        )
        seen: dict[str, bytes] = {}
        words = command("send", "hamnbadet.md", "--to", "list.csv", "--yes", "--debug", "-v")
        given |= {"XDG_STATE_HOME": str(folder / "state"), "HISTFILE": str(folder / "history")}
        with subprocess.Popen(
            words,
            cwd=tmp_path,
            env=given,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            umask=0,
        ) as sending:
            while sending.poll() is None:
                look(sending.pid, seen)
                time.sleep(0.02)
            assert sending.stdout is not None
            told = sending.stdout.read()
    assert sending.returncode == (77 if is_refused else 0), told
    assert not shows(told)
    assert {name: shows(data) for name, data in seen.items() if shows(data)} == {}
    kept = [file for file in tmp_path.rglob("*") if file.is_file() and file != script]
    assert {str(file): shows(file.read_bytes()) for file in kept if shows(file.read_bytes())} == {}
    for file in kept:
        if ".db" in file.name or (folder in file.parents and "state" in file.parts):
            assert not stat.S_IMODE(file.stat().st_mode) & 0o077, file


def test_a_program_that_we_start_gets_no_secret() -> None:
    given = {
        "PATH": os.defpath,
        "PRESSUTSKICK_SMTP_PASSWORD": PASSWORD,
        "PRESSUTSKICK_LOGIN_CLIENT_SECRET": TOKEN,
        "PRESSUTSKICK_DATABASE": "postgresql://eva:hemligt@db.example/press",
        "PRESSUTSKICK_SMTP_PASSWORD_COMMAND": "pass show press",
        "PRESSUTSKICK_LANGUAGE": "sv",
    }
    assert set(without_secrets(given)) == {
        "PATH",
        "PRESSUTSKICK_SMTP_PASSWORD_COMMAND",
        "PRESSUTSKICK_LANGUAGE",
    }
