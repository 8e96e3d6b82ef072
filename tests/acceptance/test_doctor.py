"""`doctor` tells what stands in the way, with reason, desk and exit status; it sends nothing."""

import json
import os
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from tests.kit import tls
from tests.kit.background import relay_in_background
from tests.kit.program import PREFIX, environment

from pressutskick.cli import main
from pressutskick.dispatch.preflight.place import Caller
from pressutskick.transports.relay.faults import ScriptedFault, Stage
from pressutskick.transports.relay.rules import RelayRules

NAME, PASSWORD = "press@astad.example", "hemligt ord"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs `doctor` in a workspace, without a name system and without the machine's cron."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pressutskick.probes.place.find_callers", lambda: (Caller.CRON,))
    monkeypatch.setattr(
        "pressutskick.assembly.examining.last_reminding", lambda _: datetime.now(UTC)
    )
    monkeypatch.setattr("pressutskick.probes.place.find_offset", lambda *_: timedelta(0))
    monkeypatch.setattr("pressutskick.probes.resolver.make_resolver", lambda: None)

    def run(*flags: str, **settings: object) -> int:
        given = {"SMTP_HOST": "127.0.0.1", "SMTP_CA_FILE": tls.write_authority(tmp_path)}
        for key, value in environment(**(given | settings)).items():
            if key.startswith(PREFIX):
                monkeypatch.setenv(key, value)
        return main(["doctor", *flags])

    return run


def codes(text: str) -> set[str]:
    return {finding["code"] for finding in json.loads(text)["findings"]}


def test_a_sound_workspace_has_nothing_in_the_way(
    desk: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    rules = RelayRules(tls=tls.good(), logins={NAME: PASSWORD})
    with relay_in_background(rules) as relay:
        given = {"SMTP_PORT": relay.port, "SMTP_USERNAME": NAME, "SMTP_PASSWORD": PASSWORD}
        assert desk(**given) == 0
        told = capsys.readouterr().out
        assert desk("--json", **given) == 0
        document = json.loads(capsys.readouterr().out)
        assert relay.accepted == 0
    assert "The login works." in told
    assert "Reminders are sent by cron." in told
    assert "TLSv1.3" in told
    assert "Nothing stands in the way." in told
    assert PASSWORD not in told
    assert document["logged_in"] is True
    assert {"key": "PRESSUTSKICK_SMTP_PASSWORD", "value": "***", "origin": "environment"} in (
        document["settings"]
    )


@pytest.mark.parametrize(
    ("certificate", "told"),
    [
        (tls.foreign, "nobody whom this computer trusts has signed it"),
        (tls.expired, "it has expired"),
        (tls.misnamed, "it is another server's"),
    ],
)
def test_a_certificate_that_cannot_be_trusted_is_on_its_desk(
    desk: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    certificate: Callable[[], ssl.SSLContext],
    told: str,
) -> None:
    with relay_in_background(RelayRules(tls=certificate())) as relay:
        assert desk("--json", SMTP_PORT=relay.port) == 78
        (finding,) = json.loads(capsys.readouterr().out)["findings"]
        assert desk("--ticket", "--lang", "en", SMTP_PORT=relay.port) == 78
    assert (finding["code"], finding["desk"]) == ("relay.tls", "it")
    assert told in finding["message"]
    letter = capsys.readouterr().out
    assert told in letter
    assert "Give the mail server a certificate" in letter


def test_a_certificate_that_ends_soon_is_told(
    desk: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    end = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 9.5 * 86400, UTC)
    leaf: trustme.LeafCert = tls.authority().issue_cert("127.0.0.1", not_after=end)
    with relay_in_background(RelayRules(tls=tls.server_context(leaf))) as relay:
        assert desk(SMTP_PORT=relay.port) == 0
    assert "ends in 9 days" in capsys.readouterr().out


def test_what_the_server_says_to_the_login_is_explained_and_written_about(
    desk: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    def off(victim) -> None:  # type: ignore[no-untyped-def]
        victim.send(
            b"535 5.7.139 Authentication unsuccessful, "
            b"SmtpClientAuthentication is disabled for the Mailbox.\r\n"
        )

    rules = RelayRules(
        tls=tls.good(),
        logins={NAME: PASSWORD},
        faults=[ScriptedFault(stage=Stage.AUTH, misbehaviour=off)],
    )
    with relay_in_background(rules) as relay:
        given = {"SMTP_PORT": relay.port, "SMTP_USERNAME": NAME, "SMTP_PASSWORD": PASSWORD}
        assert desk(**given) == 77
        told = capsys.readouterr().out
        assert desk("--ticket", **given) == 77
        letter = capsys.readouterr().out
    assert "Your IT department: Sending over SMTP is switched off for this mailbox." in told
    assert "Set-CASMailbox" in letter
    assert "disabled for the Mailbox" in letter
    assert PASSWORD not in told + letter


def test_a_server_that_nobody_runs_is_75(
    desk: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk("--json", SMTP_PORT=1) == 75
    assert codes(capsys.readouterr().out) == {"relay.unreachable"}


def test_offline_asks_nobody(desk: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert desk("--offline", SMTP_PORT=1) == 0
    assert "Nothing stands in the way." in capsys.readouterr().out


def test_what_is_not_set_is_told(
    desk: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk("--json", SMTP_HOST="", FROM="") == 78
    assert codes(capsys.readouterr().out) == {"settings.no_sender", "settings.no_server"}


def test_nobody_signed_in_is_77_before_any_connection(
    desk: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"LOGIN": "microsoft365", "LOGIN_CLIENT_ID": "1234", "SMTP_PORT": 1}
    assert desk("--offline", **given) == 77
    assert "pressutskick login" in capsys.readouterr().out


def test_a_log_that_is_broken_is_73(
    desk: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pressutskick.db").write_bytes(b"no database at all" * 100)
    assert desk("--offline") == 73
    assert "[log.broken]" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_settings_that_others_can_read_are_told_with_where_each_came_from(
    desk: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / ".env"
    file.write_text("PRESSUTSKICK_ORGANISATION='Åstads kommun'\n", "utf-8")
    file.chmod(0o644)
    assert desk("--offline") == 0
    told = capsys.readouterr().out
    assert "chmod 600" in told
    assert [line for line in told.splitlines() if "Åstads kommun" in line and ".env" in line]


def test_a_library_that_is_not_there_is_named(
    desk: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pressutskick.probes.names", None)
    with relay_in_background(RelayRules(tls=tls.good())) as relay:
        assert desk(SMTP_PORT=relay.port) == 0
    assert 'pip install "pressutskick[doctor]"' in capsys.readouterr().out
