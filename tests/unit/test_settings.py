import re
from pathlib import Path

import pytest

from pressutskick.dispatch.relays import Relay
from pressutskick.errors import ExitStatus, SettingsError
from pressutskick.settings.model import SmtpSecurity
from pressutskick.settings.parsing import parse_mailbox, parse_rate
from pressutskick.settings.reading import read_settings


def test_flag_beats_environment_beats_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "\ufeffPRESSUTSKICK_SMTP_HOST=file.example\nPRESSUTSKICK_FROM=a@example.org\nPRESSUTSKICK_RATE=5\n",
        "utf-8",
    )
    settings = read_settings(
        workspace=tmp_path,
        environ={"PRESSUTSKICK_SMTP_HOST": "env.example", "PRESSUTSKICK_RATE": "6"},
        flags={"RATE": "7/min"},
    )
    assert (settings.smtp_host, settings.rate) == ("env.example", 7.0)
    assert settings.sender is not None
    assert settings.sender.address == "a@example.org"


def test_every_fault_is_told_at_once_with_its_key_and_origin(tmp_path: Path) -> None:
    environ = {
        "PRESSUTSKICK_SMTP_PORT": "many",
        "PRESSUTSKICK_CONNECTIONS": "400",
        "PRESSUTSKICK_SMTP_HOTS": "relay.example",
    }
    with pytest.raises(SettingsError) as caught:
        read_settings(workspace=tmp_path, environ=environ)
    told = str(caught.value)
    assert caught.value.status is ExitStatus.SETTINGS
    for expected in (
        "SMTP_PORT (environment)",
        "CONNECTIONS",
        "Did you mean PRESSUTSKICK_SMTP_HOST?",
    ):
        assert expected in told


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    settings = read_settings(workspace=tmp_path, environ={"PRESSUTSKICK_SMTP_PASSWORD": "hemligt"})
    assert "hemligt" not in repr(settings)
    assert settings.smtp_password is not None
    assert settings.smtp_password.reveal() == "hemligt"


def test_encryption_is_the_default_and_sets_the_port(tmp_path: Path) -> None:
    settings = read_settings(workspace=tmp_path, environ={})
    assert (settings.smtp_security, settings.smtp_port) == (SmtpSecurity.STARTTLS, 587)


@pytest.mark.parametrize(
    ("given", "security", "port"),
    [
        ({"SMTP_PORT": "465"}, SmtpSecurity.TLS, 465),
        ({"SMTP_PORT": "587"}, SmtpSecurity.STARTTLS, 587),
        ({"SMTP_PORT": "465", "SMTP_SECURITY": "starttls"}, SmtpSecurity.STARTTLS, 465),
        ({"SMTP_SECURITY": "tls"}, SmtpSecurity.TLS, 465),
        ({"SMTP_PORT": "2525", "SMTP_SECURITY": "none"}, SmtpSecurity.NONE, 2525),
    ],
)
def test_the_port_tells_the_encryption_unless_it_is_told_otherwise(
    tmp_path: Path, given: dict[str, str], security: SmtpSecurity, port: int
) -> None:
    environ = {f"PRESSUTSKICK_{key}": text for key, text in given.items()}
    settings = read_settings(workspace=tmp_path, environ=environ)
    assert (settings.smtp_security, settings.smtp_port) == (security, port)


@pytest.mark.parametrize(
    ("host", "relay"),
    [
        ("smtp.office365.com", Relay.MICROSOFT365),
        ("SMTP.Office365.com", Relay.MICROSOFT365),
        ("kommun-se.mail.protection.outlook.com", Relay.MICROSOFT365),
        ("smtp.gmail.com", Relay.GMAIL),
        ("smtp-relay.gmail.com", Relay.GMAIL),
        ("smtp.kommun.example", Relay.PLAIN),
    ],
)
def test_a_known_service_is_known_by_the_name_of_its_server(
    tmp_path: Path, host: str, relay: Relay
) -> None:
    settings = read_settings(workspace=tmp_path, environ={"PRESSUTSKICK_SMTP_HOST": host})
    assert settings.relay is relay
    told = {"PRESSUTSKICK_SMTP_HOST": host, "PRESSUTSKICK_RELAY": "plain"}
    assert read_settings(workspace=tmp_path, environ=told).relay is Relay.PLAIN


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("press.kommun.example", True),
        ("[192.0.2.7]", True),
        ("[IPv6:2001:db8::7]", True),
        ("two words", False),
        ("press\r\nMAIL", False),
        ("-x", False),
    ],
)
def test_the_name_in_the_greeting_is_one_word(tmp_path: Path, name: str, is_one: bool) -> None:
    environ = {"PRESSUTSKICK_SMTP_EHLO_NAME": name}
    if is_one:
        assert read_settings(workspace=tmp_path, environ=environ).smtp_ehlo_name == name
    else:
        with pytest.raises(SettingsError, match="SMTP_EHLO_NAME"):
            read_settings(workspace=tmp_path, environ=environ)


def test_a_path_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    environ = {"PRESSUTSKICK_DATABASE": "~/log.db", "PRESSUTSKICK_SMTP_CA_FILE": "ca.pem"}
    settings = read_settings(workspace=tmp_path, environ=environ)
    assert settings.database == tmp_path / "home" / "log.db"
    assert settings.smtp_ca_file == tmp_path / "ca.pem"


def test_a_preset_keeps_below_the_relays_limits(tmp_path: Path) -> None:
    settings = read_settings(workspace=tmp_path, environ={"PRESSUTSKICK_RELAY": "microsoft365"})
    assert settings.relay is Relay.MICROSOFT365
    assert settings.connections < 3
    assert settings.rate is not None
    assert settings.rate < 30


@pytest.mark.parametrize(
    ("text", "per_minute"),
    [("20/min", 20), ("2/s", 120), ("600/h", 10), ("20", 20), ("600/tim", 10)],
)
def test_rates(text: str, per_minute: float) -> None:
    assert parse_rate(text) == pytest.approx(per_minute)


@pytest.mark.parametrize("text", ["0/min", "fast", "-1", "1/fortnight"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        parse_rate(text)


def test_mailboxes_with_and_without_name() -> None:
    assert parse_mailbox("press@example.org").name == ""
    assert parse_mailbox('"Åsa, press" <press@example.org>').name == "Åsa, press"


@pytest.mark.parametrize("host", ["smtp.example.org:587", "https://smtp.example.org", "a b"])
def test_a_host_is_a_name_and_nothing_more(tmp_path: Path, host: str) -> None:
    with pytest.raises(SettingsError, match="SMTP_HOST"):
        read_settings(workspace=tmp_path, environ={"PRESSUTSKICK_SMTP_HOST": host})
    given = read_settings(workspace=tmp_path, environ={"PRESSUTSKICK_SMTP_HOST": "::1"})
    assert given.smtp_host == "::1"
