"""TLS is verified and never opportunistic; a login is tried once and never in clear text."""

import asyncio
import contextlib
import gc
import socket
import ssl
import stat
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kit import tls
from tests.kit.dispatch import addresses
from tests.kit.relay import PATIENT, Story, run_story

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.relays import Relay
from pressutskick.errors import AuthenticationError, ExitStatus
from pressutskick.identity.secrets import CommandPassword, CommandTokens, KnownPassword
from pressutskick.identity.sharing import SharedTokens
from pressutskick.transports.clock import SystemClock
from pressutskick.transports.login import Login
from pressutskick.transports.relay.faults import ScriptedFault, Stage, plaintext, refuse
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport

NAME, PASSWORD = "press@kommun.example", "hunter two ÅÄÖ"


def talk(rules: RelayRules, folder: Path, **more: object) -> Story:
    options = {key: more.pop(key) for key in ("connections", "relay") if key in more}
    address = SmtpAddress(
        host="127.0.0.1",
        port=0,
        ca_file=tls.write_authority(folder),
        timeouts=PATIENT,
        relay=options.get("relay", Relay.PLAIN),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )
    return run_story(rules, addresses(20), address=address, **options)


def assert_nothing_said(story: Story) -> None:
    assert set(story.log.status.values()) == {DeliveryStatus.PENDING}
    said = [line.split(b" ")[0].upper() for line in story.relay.transcript]
    assert not {b"AUTH", b"MAIL", b"RCPT", b"DATA"} & set(said)


def login(password: str = PASSWORD) -> Login:
    return Login(username=NAME, reveal=KnownPassword(lambda: password))


@pytest.mark.parametrize("pipelining", [True, False])
def test_starttls_carries_everything(tmp_path: Path, pipelining: bool) -> None:
    rules = RelayRules(tls=tls.good(), pipelining=pipelining)
    story = talk(rules, tmp_path, connections=3)
    assert story.result.status is ExitStatus.OK
    assert len(story.received) == 20


def test_tls_from_the_first_byte_carries_everything(tmp_path: Path) -> None:
    rules = RelayRules(tls=tls.good(), is_implicit=True)
    story = talk(rules, tmp_path, encryption=Encryption.TLS)
    assert len(story.received) == 20


@pytest.mark.parametrize(
    ("certificate", "told"),
    [
        (tls.foreign, "name its authority's file in PRESSUTSKICK_SMTP_CA_FILE"),
        (tls.expired, "it has expired. Nothing was sent. Whoever runs the server must renew it"),
        (tls.misnamed, "it is another server's. Nothing was sent. Write the server's name"),
    ],
)
@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
def test_an_untrusted_certificate_gets_nothing(
    tmp_path: Path, certificate: Callable[[], ssl.SSLContext], told: str, encryption: Encryption
) -> None:
    rules = RelayRules(
        tls=certificate(), is_implicit=encryption is Encryption.TLS, logins={NAME: PASSWORD}
    )
    story = talk(rules, tmp_path, encryption=encryption, login=login(), connections=4)
    assert story.result.status is ExitStatus.SETTINGS
    assert told in str(story.result.error)
    assert story.relay.connections <= 1  # with TLS from the first byte it never came to be one
    assert_nothing_said(story)


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_an_old_tls_gets_nothing(tmp_path: Path) -> None:
    old = tls.server_context(tls.authority().issue_cert("127.0.0.1"))
    old.set_ciphers("DEFAULT:@SECLEVEL=0")
    old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    said: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve_old_tls, args=(listener, old, said))
        server.start()
        address = SmtpAddress(
            host="127.0.0.1",
            port=listener.getsockname()[1],
            ca_file=tls.write_authority(tmp_path),
            timeouts=PATIENT,
        )
        story = run_story(RelayRules(), addresses(3), address=address)
        server.join()
    assert story.result.status is ExitStatus.SETTINGS
    assert "trusted: its version of TLS is too old. Nothing" in str(story.result.error)
    assert "TLS 1.2" in str(story.result.error)
    assert said == [b"EHLO", b"STARTTLS"]


def test_a_port_without_encryption_is_told_in_words(tmp_path: Path) -> None:
    """The usual mistake: `tls` with the port of `starttls`."""
    story = talk(RelayRules(tls=tls.good()), tmp_path, encryption=Encryption.TLS)
    assert story.result.status is ExitStatus.SETTINGS
    assert "what answers there does not begin with encryption" in str(story.result.error)


def serve_old_tls(listener: socket.socket, context: ssl.SSLContext, said: list[bytes]) -> None:
    """Asyncio's own server drops the alert that OpenSSL would send, so this one blocks."""
    with listener.accept()[0] as peer:
        peer.sendall(b"220 old.example\r\n")
        for answer in (b"250-old.example\r\n250 STARTTLS\r\n", b"220 Ready\r\n"):
            said.append(peer.recv(500).split()[0])
            peer.sendall(answer)
        with contextlib.suppress(ssl.SSLError):
            context.wrap_socket(peer, server_side=True)


@pytest.mark.parametrize("may_log_in", [True, False])
def test_nothing_stays_open_where_the_relay_says_no_farewell(
    tmp_path: Path, may_log_in: bool
) -> None:
    """TLS waits for the other side's farewell before it closes; we have said all that we had."""
    is_over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        answers = [b"235 2.7.0 Ok", b"221 2.0.0 Bye"] if may_log_in else [b"535 5.7.8 No"]
        server = threading.Thread(target=serve_without_farewell, args=(listener, answers, is_over))
        server.start()
        address = SmtpAddress(
            host="127.0.0.1",
            port=listener.getsockname()[1],
            encryption=Encryption.TLS,
            ca_file=tls.write_authority(tmp_path),
            timeouts=PATIENT,
            login=login(),
        )
        refusal = contextlib.nullcontext() if may_log_in else pytest.raises(AuthenticationError)
        with warnings.catch_warnings(record=True) as left, refusal:
            warnings.simplefilter("always")
            asyncio.run(open_and_close(address))
        with warnings.catch_warnings(record=True) as unclosed:
            warnings.simplefilter("always")
            gc.collect()
        is_over.set()
        server.join()
    assert [str(each.message) for each in (*left, *unclosed)] == []


async def open_and_close(address: SmtpAddress) -> None:
    session = await SmtpTransport(address).open()
    await session.close()


def serve_without_farewell(
    listener: socket.socket, answers: list[bytes], is_over: threading.Event
) -> None:
    with tls.good().wrap_socket(listener.accept()[0], server_side=True) as peer:
        peer.sendall(b"220 kommun.example\r\n")
        for answer in (b"250-kommun.example\r\n250 AUTH PLAIN", *answers):
            peer.recv(500)
            peer.sendall(answer + b"\r\n")
        is_over.wait(60)


@pytest.mark.parametrize("faults", [[], [refuse(454)], [refuse(502)], [plaintext]])
def test_a_relay_without_starttls_gets_nothing(tmp_path: Path, faults: list) -> None:  # type: ignore[type-arg]
    rules = RelayRules(
        tls=tls.good() if faults else None,
        logins={NAME: PASSWORD},
        faults=[ScriptedFault(stage=Stage.STARTTLS, misbehaviour=fault) for fault in faults],
    )
    story = talk(rules, tmp_path, login=login())
    assert story.result.status in {ExitStatus.SETTINGS, ExitStatus.TEMPORARY}
    assert (story.result.status is ExitStatus.TEMPORARY) == (
        len(faults) == 1 and story.relay.connections == 3
    )
    assert_nothing_said(story)


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_each_mechanism_logs_in(tmp_path: Path, mechanism: str) -> None:
    rules = RelayRules(tls=tls.good(), logins={NAME: PASSWORD}, mechanisms=[mechanism])
    assert len(talk(rules, tmp_path, login=login()).received) == 20


@pytest.mark.parametrize("mechanisms", [["PLAIN", "LOGIN", "CRAM-MD5"], ["LOGIN"]])
def test_a_wrong_password_is_tried_once_over_all_connections(
    tmp_path: Path, mechanisms: list[str]
) -> None:
    rules = RelayRules(tls=tls.good(), logins={NAME: PASSWORD}, mechanisms=mechanisms)
    story = talk(rules, tmp_path, login=login("wrong"), connections=10)
    assert story.result.status is ExitStatus.LOGIN
    assert sum(line.startswith(b"AUTH") for line in story.relay.transcript) == 1
    assert set(story.log.status.values()) == {DeliveryStatus.PENDING}


def test_a_temporary_login_failure_is_tried_again(tmp_path: Path) -> None:
    faults = [ScriptedFault(stage=Stage.AUTH, misbehaviour=refuse(454), times=2)]
    rules = RelayRules(tls=tls.good(), logins={NAME: PASSWORD}, faults=faults)
    assert len(talk(rules, tmp_path, login=login()).received) == 20


def test_a_login_never_goes_out_in_clear_text(tmp_path: Path) -> None:
    rules = RelayRules(logins={NAME: PASSWORD})
    story = talk(rules, tmp_path, encryption=Encryption.NONE, login=login())
    assert story.result.status is ExitStatus.SETTINGS
    assert_nothing_said(story)


def test_no_fitting_mechanism_is_told(tmp_path: Path) -> None:
    rules = RelayRules(tls=tls.good(), logins={NAME: PASSWORD}, mechanisms=["GSSAPI"])
    story = talk(rules, tmp_path, login=login())
    assert story.result.status is ExitStatus.SETTINGS
    assert "gssapi" in str(story.result.error)


def command(folder: Path, body: str) -> str:
    """A command that runs `body` in Python."""
    script = folder / "command.py"
    script.write_text(body)
    script.chmod(stat.S_IRWXU)
    return f"{sys.executable} {script}"


def asked(words: str) -> SharedTokens:
    now = SystemClock().now
    return SharedTokens(CommandTokens(command=words, key="SMTP_TOKEN_COMMAND", now=now), now)


@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
def test_all_connections_share_one_token(tmp_path: Path, mechanism: str) -> None:
    counter = tmp_path / "asked"
    body = (
        f"import pathlib; p = pathlib.Path({str(counter)!r})\n"
        "p.write_text(p.read_text() + 'x' if p.exists() else 'x')\nprint('token')\nprint('more')"
    )
    rules = RelayRules(tls=tls.good(), logins={NAME: "token"}, mechanisms=[mechanism], quota=5)
    story = talk(
        rules,
        tmp_path,
        login=Login(username=NAME, tokens=asked(command(tmp_path, body))),
        connections=2,
    )
    assert len(story.received) == 20
    assert story.relay.connections >= 4
    assert counter.read_text() == "x"


@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
def test_a_stale_token_is_asked_for_once_more(tmp_path: Path, mechanism: str) -> None:
    marker = tmp_path / "asked"
    body = (
        f"import pathlib; p = pathlib.Path({str(marker)!r})\n"
        "print('fresh' if p.exists() else 'stale')\np.write_text('x')"
    )
    rules = RelayRules(tls=tls.good(), logins={NAME: "fresh"}, mechanisms=[mechanism])
    story = talk(rules, tmp_path, login=Login(username=NAME, tokens=asked(command(tmp_path, body))))
    assert len(story.received) == 20


def test_a_refused_token_ends_with_77(tmp_path: Path) -> None:
    rules = RelayRules(tls=tls.good(), logins={NAME: "other"}, mechanisms=["XOAUTH2"])
    story = talk(
        rules,
        tmp_path,
        login=Login(username=NAME, tokens=asked(command(tmp_path, "print('wrong')"))),
    )
    assert story.result.status is ExitStatus.LOGIN


def test_a_password_command_logs_in(tmp_path: Path) -> None:
    rules = RelayRules(tls=tls.good(), logins={NAME: "secret"})
    words = command(tmp_path, "print('secret')")
    story = talk(
        rules,
        tmp_path,
        login=Login(
            username=NAME, reveal=CommandPassword(command=words, key="SMTP_PASSWORD_COMMAND")
        ),
    )
    assert len(story.received) == 20


@pytest.mark.parametrize(
    "body", ["print('hush'); raise SystemExit(3)", "print()", "import os; os.abort()"]
)
def test_a_failing_password_command_stops_and_tells_no_secret(tmp_path: Path, body: str) -> None:
    rules = RelayRules(tls=tls.good(), logins={NAME: "secret"})
    words = command(tmp_path, body)
    story = talk(
        rules,
        tmp_path,
        login=Login(
            username=NAME, reveal=CommandPassword(command=words, key="SMTP_PASSWORD_COMMAND")
        ),
    )
    assert story.result.status is ExitStatus.SETTINGS
    assert "PASSWORD_COMMAND" in str(story.result.error)
    assert "hush" not in str(story.result.error)


def test_microsofts_farewell_to_passwords_is_explained(tmp_path: Path) -> None:
    def no_basic(victim) -> None:  # type: ignore[no-untyped-def]
        victim.send(b"550 5.7.30 Basic authentication is not supported\r\n")

    rules = RelayRules(
        tls=tls.good(),
        logins={NAME: PASSWORD},
        faults=[ScriptedFault(stage=Stage.AUTH, misbehaviour=no_basic)],
    )
    story = talk(rules, tmp_path, login=login(), relay=Relay.MICROSOFT365)
    assert story.result.status is ExitStatus.LOGIN
    assert "pressutskick login" in str(story.result.error)
