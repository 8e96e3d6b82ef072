"""`send` and `sandbox` against relays on loopback, as a person or cron would run them."""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.kit import tls

from pressutskick.transports.relay.server import RelayRules, RelayServer

NAME, PASSWORD = "press@astad.example", "hemligt ord"

INVITATION = """---
id: hamnbadet
kind: invitation
language: sv
title: Invigning av hamnbadet
published: {today}
event:
  date: {later}
  start: "10:00"
  place: Hamnbadet, Kajgatan 1, Åstad
rsvp:
  email: press@astad.example
contacts:
  - name: Åsa Öberg
    phones: ["031-390 06 11"]
    emails: [press@astad.example]
---

Nu öppnar hamnbadet.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    today = datetime.now(UTC).date()
    text = INVITATION.format(today=today, later=today + timedelta(days=30))
    (tmp_path / "inbjudan.md").write_text(text, "utf-8")
    rows = [f"desk{n}@newsdesk{n}.example,Tidning {n}" for n in range(25)]
    (tmp_path / "list.csv").write_text("\n".join(["email,outlet", *rows, ""]), "utf-8")
    return tmp_path


@contextmanager
def running(rules: RelayRules) -> Iterator[RelayServer]:
    """A relay in a thread with a loop of its own."""
    loop = asyncio.new_event_loop()
    relay = RelayServer(rules)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(relay.start(), loop).result(10)
    try:
        yield relay
    finally:
        asyncio.run_coroutine_threadsafe(relay.close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def environment(**settings: object) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PRESSUTSKICK_")}
    given = {
        "FROM": "Pressen <press@astad.example>",
        "SMTP_HOST": "127.0.0.1",
        "LANGUAGE": "en",
        **settings,
    }
    return {
        **clean,
        "PYTHONPATH": os.pathsep.join(sys.path),
        **{f"PRESSUTSKICK_{key}": str(value) for key, value in given.items()},
    }


def send(workspace: Path, *flags: str, **settings: object) -> subprocess.CompletedProcess[str]:
    words = ["send", "inbjudan.md", "--to", "list.csv", "--yes", *flags]
    return subprocess.run(
        [sys.executable, "-m", "pressutskick", *words],
        cwd=workspace,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def encrypted() -> RelayRules:
    return RelayRules(tls=tls.good(), logins={NAME: PASSWORD})


def test_starttls_and_login_deliver_to_everybody_once(workspace: Path) -> None:
    with running(encrypted()) as relay:
        settings = {
            "SMTP_PORT": relay.port,
            "SMTP_CA_FILE": tls.write_authority(workspace),
            "SMTP_USERNAME": NAME,
            "SMTP_PASSWORD": PASSWORD,
        }
        first = send(workspace, **settings)
        assert first.returncode == 0, first.stderr
        assert relay.accepted == 25
        again = send(workspace, **settings)
    assert again.returncode == 0
    assert relay.accepted == 25


def test_an_untrusted_certificate_gets_nothing_and_exit_78(workspace: Path) -> None:
    with running(encrypted()) as relay:
        told = send(workspace, SMTP_PORT=relay.port, SMTP_USERNAME=NAME, SMTP_PASSWORD=PASSWORD)
    assert told.returncode == 78
    assert "PRESSUTSKICK_SMTP_CA_FILE" in told.stderr
    assert not any(line.startswith((b"AUTH", b"MAIL")) for line in relay.transcript)


def test_a_wrong_password_is_exit_77_and_never_shown(workspace: Path) -> None:
    with running(encrypted()) as relay:
        told = send(
            workspace,
            "--debug",
            SMTP_PORT=relay.port,
            SMTP_CA_FILE=tls.write_authority(workspace),
            SMTP_USERNAME=NAME,
            SMTP_PASSWORD="felaktigt ord",
        )
    assert told.returncode == 77
    assert sum(line.startswith(b"AUTH") for line in relay.transcript) == 1
    assert "felaktigt ord" not in told.stderr + told.stdout


def test_a_login_in_clear_text_is_refused_with_exit_78(workspace: Path) -> None:
    with running(RelayRules(logins={NAME: PASSWORD})) as relay:
        told = send(
            workspace,
            SMTP_PORT=relay.port,
            SMTP_SECURITY="none",
            SMTP_USERNAME=NAME,
            SMTP_PASSWORD=PASSWORD,
        )
    assert told.returncode == 78
    assert not relay.transcript


def test_nobody_listening_is_exit_75_and_the_same_command_goes_on(workspace: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    told = send(workspace, "--retry-for", "0m", SMTP_PORT=port, SMTP_SECURITY="none")
    assert told.returncode == 75, told.stderr
    with running(RelayRules()) as relay:
        assert send(workspace, SMTP_PORT=relay.port, SMTP_SECURITY="none").returncode == 0
    assert relay.accepted == 25


def test_the_sandbox_keeps_what_it_accepts_and_misbehaves(workspace: Path) -> None:
    words = ["sandbox", "--port", "0", "--save", "kept", "--seed", "3"]
    with subprocess.Popen(
        [sys.executable, "-m", "pressutskick", *words, "--fault", "550-at-rcpt:0.3"],
        cwd=workspace,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as relay:
        assert relay.stderr is not None
        match = re.search(r"127\.0\.0\.1:(\d+)", relay.stderr.readline())
        assert match is not None
        told = send(workspace, SMTP_PORT=match[1], SMTP_SECURITY="none")
        relay.send_signal(signal.SIGINT)
        rest = relay.stderr.read()
    assert relay.returncode == 0
    assert told.returncode == 69
    kept = len(list((workspace / "kept").iterdir()))
    assert 0 < kept < 25
    assert f"{kept} messages were accepted." in rest


def test_postfixs_sink_gets_everything(workspace: Path) -> None:
    program = shutil.which("smtp-sink", path=os.environ["PATH"] + ":/usr/sbin")
    if program is None:
        pytest.skip("smtp-sink (Debian package postfix) is not here")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with (workspace / "counts").open("wb") as counts:
        sink = subprocess.Popen([program, "-c", *user, f"127.0.0.1:{port}", "100"], stdout=counts)
        try:
            told = _send_when_up(workspace, port)
        finally:
            sink.terminate()
            sink.wait()
    assert told.returncode == 0, told.stderr
    assert re.findall(rb"mesg=(\d+)", (workspace / "counts").read_bytes())[-1] == b"25"


def _send_when_up(workspace: Path, port: int) -> subprocess.CompletedProcess[str]:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.02)
    return send(workspace, SMTP_PORT=port, SMTP_SECURITY="none")
