"""`send` and `sandbox` against relays on loopback, as a person or cron would run them."""

import os
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from tests.kit import tls
from tests.kit.background import relay_in_background
from tests.kit.harbour import write_workspace
from tests.kit.program import command, environment

from pressutskick.transports.relay.rules import RelayRules

NAME, PASSWORD = "press@astad.example", "hemligt ord"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    write_workspace(tmp_path, "hamnbadet", 25)
    return tmp_path


def send(workspace: Path, *flags: str, **settings: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("send", "hamnbadet.md", "--to", "list.csv", "--yes", *flags),
        cwd=workspace,
        env=environment(SMTP_HOST="127.0.0.1", **settings),
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def encrypted() -> RelayRules:
    return RelayRules(tls=tls.good(), logins={NAME: PASSWORD})


def test_starttls_and_login_deliver_to_everybody_once(workspace: Path) -> None:
    with relay_in_background(encrypted()) as relay:
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
    with relay_in_background(encrypted()) as relay:
        told = send(workspace, SMTP_PORT=relay.port, SMTP_USERNAME=NAME, SMTP_PASSWORD=PASSWORD)
    assert told.returncode == 78
    assert "PRESSUTSKICK_SMTP_CA_FILE" in told.stderr
    assert not any(line.startswith((b"AUTH", b"MAIL")) for line in relay.transcript)


def test_a_wrong_password_is_exit_77_and_never_shown(workspace: Path) -> None:
    with relay_in_background(encrypted()) as relay:
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
    with relay_in_background(RelayRules(logins={NAME: PASSWORD})) as relay:
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
    with relay_in_background() as relay:
        assert send(workspace, SMTP_PORT=relay.port, SMTP_SECURITY="none").returncode == 0
    assert relay.accepted == 25


def test_the_sandbox_keeps_what_it_accepts_and_misbehaves(workspace: Path) -> None:
    words = ["sandbox", "--port", "0", "--save", "kept", "--seed", "3"]
    with subprocess.Popen(
        command(*words, "--fault", "550-at-rcpt:0.3"),
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
    """Whether or not it listens yet: a run tries three times to connect."""
    program = shutil.which("smtp-sink", path=os.environ["PATH"] + ":/usr/sbin")
    if program is None:
        pytest.skip("smtp-sink (Debian package postfix) is not here")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with (workspace / "counts").open("wb") as counts:
        sink = subprocess.Popen([program, "-c", *user, f"127.0.0.1:{port}", "100"], stdout=counts)
        try:
            told = send(workspace, SMTP_PORT=port, SMTP_SECURITY="none")
        finally:
            sink.terminate()
            sink.wait()
    assert told.returncode == 0, told.stderr
    assert re.findall(rb"mesg=(\d+)", (workspace / "counts").read_bytes())[-1] == b"25"
