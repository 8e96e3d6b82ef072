"""`init`: a workspace by flags or questions; private, and kept out of git."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.kit import tls
from tests.kit.background import relay_in_background
from tests.kit.nameserver import nameserver_reason, running_nameserver
from tests.kit.terminal import Answers

from pressutskick.cli import main
from pressutskick.settings.reading import read_settings
from pressutskick.transports.relay.faults import ScriptedFault, Stage
from pressutskick.transports.relay.rules import RelayRules

WHO = ["--from", "Pressen i Åstad <press@astad.example>", "--organisation", "Åstads kommun"]
FLAGS = [*WHO, "--offline"]
NAME, PASSWORD = "press@astad.example", "hemligt ord"


@pytest.fixture(autouse=True)
def _nobody_there(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody types, and no name system is asked, unless a test lets them."""
    monkeypatch.setattr("pressutskick.probes.resolver.make_resolver", lambda: None)
    with Path(os.devnull).open(encoding="utf-8") as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        yield


def test_flags_make_a_workspace_that_settings_read_back(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "w"), *FLAGS, "--host", "smtp.astad.example"]) == 0
    settings = read_settings(workspace=tmp_path / "w", environ={})
    assert str(settings.sender) == "Pressen i Åstad <press@astad.example>"
    assert settings.organisation == "Åstads kommun"
    assert settings.smtp_host == "smtp.astad.example"


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_only_the_owner_can_read_the_settings(tmp_path: Path) -> None:
    main(["init", str(tmp_path), *FLAGS, "--host", "smtp.astad.example"])
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert {"recipients/", "*.db*", ".env*"} <= set((tmp_path / ".gitignore").read_text().split())


def test_an_env_file_is_replaced_only_by_force_and_kept(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PRESSUTSKICK_FROM=old@astad.example\n")
    assert main(["init", str(tmp_path), *FLAGS, "--host", "a.example"]) == 2
    assert "old@" in (tmp_path / ".env").read_text()
    assert main(["init", str(tmp_path), *FLAGS, "--host", "a.example", "--force"]) == 0
    assert "old@" in (tmp_path / ".env.old").read_text()


@pytest.mark.parametrize(
    "words", [["--host", "a.example"], [*FLAGS], ["--from", "nobody", *FLAGS[2:], "--host", "a"]]
)
def test_what_is_missing_or_wrong_writes_nothing(tmp_path: Path, words: list[str]) -> None:
    assert main(["init", str(tmp_path), *words]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_sender_that_is_no_address_is_asked_for_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "Pressen\nPressen <press@astad.example>\nsmtp.astad.example\n\n"
    monkeypatch.setattr("sys.stdin", Answers(typed))
    assert (
        main(
            ["--lang", "en", "init", str(tmp_path), "--organisation", "Åstads kommun", "--offline"]
        )
        == 0
    )
    assert "Pressen is not an address" in capsys.readouterr().err
    settings = read_settings(workspace=tmp_path, environ={})
    assert str(settings.sender) == "Pressen <press@astad.example>"
    assert settings.smtp_host == "smtp.astad.example"


@pytest.mark.parametrize(("port", "security"), [(587, "starttls"), (465, "tls")])
def test_a_host_copied_with_its_port_is_taken_apart(
    tmp_path: Path, port: int, security: str
) -> None:
    assert main(["init", str(tmp_path), *FLAGS, "--host", f"smtp.astad.example:{port}"]) == 0
    settings = read_settings(workspace=tmp_path, environ={})
    assert (settings.smtp_host, settings.smtp_port) == ("smtp.astad.example", port)
    assert settings.smtp_security == security


@pytest.mark.parametrize(
    ("words", "security"), [((), "tls"), (("--security", "starttls"), "starttls")]
)
def test_the_port_of_tls_means_tls_unless_told_otherwise(
    tmp_path: Path, words: tuple[str, ...], security: str
) -> None:
    host = ("--host", "smtp.astad.example", "--port", "465")
    assert main(["init", str(tmp_path), *FLAGS, *host, *words]) == 0
    assert read_settings(workspace=tmp_path, environ={}).smtp_security == security


def test_a_known_service_is_an_answer_to_the_question_for_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Answers("Microsoft365\n-\n"))
    assert main(["--lang", "en", "init", str(tmp_path), *FLAGS]) == 0
    settings = read_settings(workspace=tmp_path, environ={})
    assert settings.smtp_host == "smtp.office365.com"
    assert settings.connections < 4


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The relays of the tests have certificates that this run trusts, and the workspace's folder."""
    folder = tmp_path / "trust"
    folder.mkdir()
    monkeypatch.setenv("PRESSUTSKICK_SMTP_CA_FILE", tls.write_authority(folder))
    monkeypatch.setenv("PRESSUTSKICK_LANGUAGE", "en")


def ask(folder: Path, typed: str, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """`init` with a person who types; a password is a line like the others."""
    answers = Answers(typed)
    monkeypatch.setattr("sys.stdin", answers)
    monkeypatch.setattr("getpass.getpass", lambda *_, **__: answers.readline().rstrip("\n"))
    return main(["--lang", "en", "init", str(folder), *words])


@pytest.mark.usefixtures("trusted")
def test_each_wrong_answer_is_caught_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = RelayRules(tls=tls.good(), logins={NAME: PASSWORD})
    with (
        relay_in_background(rules) as relay,
        relay_in_background(RelayRules(tls=tls.expired())) as old,
    ):
        typed = (
            f"127.0.0.1:1\n{NAME}\n{PASSWORD}\n\n"  # nobody listens there
            f"127.0.0.1:{old.port}\n\n\n\n"  # an expired certificate
            f"127.0.0.1:{relay.port}\n\nwrong\n\n"  # a wrong password
            f"\n\n{PASSWORD}\n"
        )
        assert ask(tmp_path / "w", typed, monkeypatch, *WHO) == 0
    told = capsys.readouterr().err
    for expected in (
        "cannot be reached",
        "it has expired",
        "refused the login",
        "The login works.",
    ):
        assert expected in told
    settings = read_settings(workspace=tmp_path / "w", environ={})
    assert (settings.smtp_host, settings.smtp_port) == ("127.0.0.1", relay.port)
    assert settings.smtp_password is not None
    assert settings.smtp_password.reveal() == PASSWORD


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("stage", "reply"),
    [
        (Stage.MAIL, "550 5.7.60 SendAsDenied; not allowed to send as this sender"),
        # Postfix tells it where it hears of a recipient.
        (Stage.RCPT, "553 5.7.1 <press@astad.example>: Sender address rejected: not owned by user"),
    ],
)
def test_a_sender_that_the_server_does_not_take_is_asked_for_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stage: Stage,
    reply: str,
) -> None:
    fault = ScriptedFault(
        stage=stage, misbehaviour=lambda victim: victim.send(f"{reply}\r\n".encode()), times=1
    )
    rules = RelayRules(tls=tls.good(), logins={NAME: PASSWORD}, faults=[fault])
    with relay_in_background(rules) as relay:
        typed = f"127.0.0.1:{relay.port}\n{NAME}\n{PASSWORD}\n\nny@astad.example\n\n\n\n"
        assert ask(tmp_path / "w", typed, monkeypatch, *WHO) == 0
    told = capsys.readouterr().err
    assert reply in told
    assert "It takes mail from ny@astad.example." in told
    assert not relay.receipts
    settings = read_settings(workspace=tmp_path / "w", environ={})
    assert settings.sender is not None
    assert settings.sender.address == "ny@astad.example"


@pytest.mark.usefixtures("trusted")
def test_a_port_and_an_encryption_that_do_not_go_together_are_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSUTSKICK_TIMEOUT_CONNECT", "1")
    with relay_in_background(RelayRules(tls=tls.good())) as relay:
        words = ["--host", "127.0.0.1", "--port", str(relay.port)]
        for security in ("tls", "none"):
            given = [*WHO, *words, "--security", security]
            found = main(["--lang", "en", "init", str(tmp_path / security), *given])
            assert (found == 0) is (security == "none")
        assert main(["init", str(tmp_path / "starttls"), *WHO, *words]) == 0
    with relay_in_background(RelayRules()) as relay:
        words = ["--host", "127.0.0.1", "--port", str(relay.port)]
        assert main(["init", str(tmp_path / "without"), *WHO, *words]) != 0


@pytest.mark.usefixtures("trusted")
def test_who_knows_better_writes_it_anyway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(tmp_path / "w", "127.0.0.1:1\n\nw\n", monkeypatch, *WHO) == 0
    assert read_settings(workspace=tmp_path / "w", environ={}).smtp_port == 1


def test_without_a_person_what_does_not_work_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["init", str(tmp_path / "w"), *WHO, "--host", "127.0.0.1", "--port", "1"]
    assert main(words) == 75
    assert not (tmp_path / "w").exists()
    assert "--offline" in capsys.readouterr().err
    assert main([*words, "--offline"]) == 0


def test_run_again_it_shows_the_old_answers_and_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = f"smtp.astad.example:2525\n{NAME}\n{PASSWORD}\n"
    assert ask(tmp_path, typed, monkeypatch, *FLAGS) == 0
    with (tmp_path / ".env").open("a", encoding="utf-8") as file:
        file.write("PRESSUTSKICK_RATE=20/min\n")
    before = read_settings(workspace=tmp_path, environ={})
    capsys.readouterr()
    assert ask(tmp_path, "\n" * 5, monkeypatch, "--offline") == 0
    assert "[smtp.astad.example]" in capsys.readouterr().err
    assert read_settings(workspace=tmp_path, environ={}) == before
    assert before.rate == 20


def test_a_service_that_wants_a_sign_in_is_offered_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(tmp_path, "microsoft365\n\n1234-5678\n\n", monkeypatch, *FLAGS) == 0
    settings = read_settings(workspace=tmp_path, environ={})
    assert (settings.login, settings.login_client_id) == ("microsoft365", "1234-5678")
    assert settings.login_tenant == "astad.example"
    assert settings.smtp_username == NAME
    assert settings.smtp_password is None
    assert "Now sign in: pressutskick login" in capsys.readouterr().out


def test_examples_are_laid_out_and_nothing_is_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "recipients" / "exempel.csv"
    mine.parent.mkdir()
    mine.write_text("min egen", "utf-8")
    assert main(["init", str(tmp_path), *FLAGS, "--host", "a.example", "--example"]) == 0
    assert (tmp_path / "invitations" / "exempel.md").exists()
    assert mine.read_text("utf-8") == "min egen"


ZONES = [
    "_submissions._tcp.srv.example. SRV 0 1 465 smtp.srv.example.",
    "_submission._tcp.srv.example. SRV 0 1 587 other.srv.example.",
    "_submissions._tcp.closed.example. SRV 0 0 0 .",
    "_submission._tcp.closed.example. SRV 5 1 2587 second.closed.example.",
    "_submission._tcp.closed.example. SRV 1 1 1587 first.closed.example.",
    "kommun.example. MX 0 kommun-example.mail.protection.outlook.com.",
    "skola.example. MX 1 aspmx.l.google.com.",
    "bolag.example. MX 10 mx1.pub.mailpod5.one.com.",
    "egen.example. MX 10 mail.egen.example.",
]


@pytest.mark.skipif(bool(nameserver_reason()), reason=nameserver_reason())
@pytest.mark.parametrize(
    ("domain", "host", "port", "security"),
    [
        ("srv.example", "smtp.srv.example", 465, "tls"),
        ("closed.example", "first.closed.example", 1587, "starttls"),
        ("kommun.example", "smtp.office365.com", 587, "starttls"),
        ("skola.example", "smtp.gmail.com", 587, "starttls"),
        ("bolag.example", "send.one.com", 465, "tls"),
    ],
)
def test_the_server_is_found_by_the_domain(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    domain: str,
    host: str,
    port: int,
    security: str,
) -> None:
    for name in ("try_relay", "try_sender"):
        monkeypatch.setattr(f"pressutskick.assembly.examining.{name}", lambda _: None)
    words = ["--from", f"press@{domain}", "--organisation", "Åstad"]
    with running_nameserver(ZONES) as resolver:
        monkeypatch.setattr("pressutskick.probes.resolver.make_resolver", lambda: resolver)
        assert ask(tmp_path, "\n-\n", monkeypatch, *words) == 0
    settings = read_settings(workspace=tmp_path, environ={})
    assert (settings.smtp_host, settings.smtp_port) == (host, port)
    assert settings.smtp_security == security


@pytest.mark.parametrize("has_rights", [True, False])
def test_that_only_you_can_read_it_is_said_where_it_is_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    has_rights: bool,
) -> None:
    """Windows keeps rights in lists that a file's mode does not set."""
    monkeypatch.setattr("pressutskick.settings.envfile.HAS_RIGHTS", has_rights)
    assert main(["--lang", "en", "init", str(tmp_path), *FLAGS, "--host", "h.example"]) == 0
    told = capsys.readouterr().out
    assert ("only you can read it" in told) is has_rights
    assert ("can read this folder" in told) is not has_rights
