"""From a name to a session: greeting, addresses, encryption and login as real servers want them."""

import asyncio
import base64
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from tests.kit import tls
from tests.kit.dispatch import START, CheckingLog, JumpingClock, addresses, compose
from tests.kit.relay import BRIEF, PATIENT, Story, run_story

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.engine import Engine
from pressutskick.dispatch.run import RunOptions
from pressutskick.dispatch.signin.credentials import Token
from pressutskick.errors import ExitStatus, PressutskickError
from pressutskick.identity.secrets import KnownPassword
from pressutskick.transports import connecting
from pressutskick.transports.login import Login
from pressutskick.transports.relay.faults import Misbehaviour, ScriptedFault, Stage, Victim, hang
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.relay.server import RelayServer
from pressutskick.transports.smtp import Encryption, SmtpAddress, SmtpTransport

_S = DeliveryStatus
NAME, PASSWORD = "press@kommun.example", "hemligt-1"
TOKEN = "t" * 2000
#: Less than one silence of `BRIEF`.
BRIEF_PATIENCE = timedelta(seconds=0)


def say(*lines: str) -> Misbehaviour:
    def answer(victim: Victim) -> None:
        victim.send("".join(f"{line}\r\n" for line in lines).encode())

    return answer


def at(stage: Stage, misbehaviour: Misbehaviour, **more: object) -> ScriptedFault:
    return ScriptedFault(stage=stage, misbehaviour=misbehaviour, **more)  # type: ignore[arg-type]


class OneToken:
    """The only token that there is."""

    def __init__(self, value: str) -> None:
        self._token = Token(value=value, made_at=START)

    async def fresh(self, refused: Token | None = None) -> Token:
        return self._token


def talk(rules: RelayRules, folder: Path, **more: object) -> Story:
    """A run over STARTTLS with a login."""
    rules.tls = tls.good()
    more.setdefault("login", Login(username=NAME, reveal=KnownPassword(lambda: PASSWORD)))
    address = SmtpAddress(
        host="127.0.0.1",
        port=0,
        ca_file=tls.write_authority(folder),
        timeouts=PATIENT,
        **more,  # type: ignore[arg-type]
    )
    return run_story(rules, addresses(3), address=address, connections=1)


# The greeting.


def refuse_literal(line: str) -> Misbehaviour:
    """A server that takes no address in the greeting, as Google's smtp-relay."""

    def answer(victim: Victim) -> None:
        victim.send(f"{line}\r\n".encode())
        if line.startswith("421"):
            victim.close()

    return answer


@pytest.mark.parametrize("line", ["421 4.7.0 Try again later", "501 5.5.4 Bad name", "550 No"])
def test_a_refused_greeting_names_the_setting(line: str) -> None:
    story = run_story(RelayRules(faults=[at(Stage.EHLO, refuse_literal(line))]), addresses(2))
    assert "PRESSUTSKICK_SMTP_EHLO_NAME" in str(story.result.error)
    assert set(story.log.status.values()) == {_S.PENDING}


def test_the_greeting_holds_the_name_of_the_settings() -> None:
    address = SmtpAddress(
        host="127.0.0.1",
        port=0,
        encryption=Encryption.NONE,
        timeouts=PATIENT,
        ehlo_name="press.kommun.example",
    )
    story = run_story(RelayRules(), addresses(1), address=address)
    assert b"EHLO press.kommun.example" in story.relay.transcript


# Several addresses.


@contextmanager
def silent_address() -> Iterator[tuple[str, int]]:
    """An address that takes no further connection, and says nothing about it."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        where = full.getsockname()
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(where)
        yield where
        for filler in fillers:
            filler.close()


def name_leads_to(monkeypatch: pytest.MonkeyPatch, *places: Callable[[int], tuple[str, int]]):  # type: ignore[no-untyped-def]
    """The name's addresses; each is made of the relay's port."""

    def find(_host: str, port: int, **_more: object) -> list[object]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, place(port)) for place in places]

    monkeypatch.setattr(connecting.socket, "getaddrinfo", find)


@pytest.mark.skipif(sys.platform != "linux", reason="a full queue drops packets on Linux")
def test_a_silent_first_address_does_not_hide_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "HEAD_START", 0.02)
    with silent_address() as silent:
        name_leads_to(monkeypatch, lambda _: silent, lambda port: ("127.0.0.1", port))
        story = run_story(RelayRules(), addresses(3), timeouts=PATIENT, connections=2)
    assert story.result.tally == {_S.ACCEPTED: 3}


def test_a_refusing_first_address_does_not_hide_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        name_leads_to(monkeypatch, lambda _: held.getsockname(), lambda port: ("127.0.0.1", port))
        story = run_story(RelayRules(), addresses(3))
    assert story.result.tally == {_S.ACCEPTED: 3}


def test_the_next_try_begins_with_the_next_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        name_leads_to(monkeypatch, lambda _: mute.getsockname(), lambda port: ("127.0.0.1", port))
        story = run_story(RelayRules(), addresses(3), connections=1)
    assert story.result.tally == {_S.ACCEPTED: 3}


def test_a_name_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(connecting.socket, "getaddrinfo", unknown)
    story = run_story(RelayRules(), addresses(1))
    assert story.result.status is ExitStatus.TEMPORARY
    assert "cannot be found by its name" in str(story.result.error)


# Silence.


@pytest.mark.parametrize("encryption", list(Encryption))
def test_silence_is_given_up_in_time_with_a_sentence(encryption: Encryption) -> None:
    """As where TLS is spoken at that port, and STARTTLS is set."""
    address = SmtpAddress(host="127.0.0.1", port=0, encryption=encryption, timeouts=BRIEF)
    rules = RelayRules(faults=[at(Stage.GREETING, hang)])
    story = run_story(rules, addresses(2), address=address, retry_for=BRIEF_PATIENCE)
    assert story.result.status is ExitStatus.TEMPORARY
    assert "did not answer in 0.8 s" in str(story.result.error)
    assert "tls with 465" in str(story.result.error)
    assert story.relay.connections == 1


def test_a_stop_does_not_wait_for_a_connection_that_is_being_opened() -> None:
    async def stop_while_opening() -> tuple[ExitStatus, set[DeliveryStatus]]:
        log = CheckingLog(addresses(3))

        def press_ctrl_c(victim: Victim) -> None:
            victim.fall_silent()
            asyncio.get_running_loop().call_soon(engine.stop)

        rules = RelayRules(faults=[at(Stage.GREETING, press_ctrl_c)])
        async with RelayServer(rules) as relay:
            address = SmtpAddress(host="127.0.0.1", port=relay.port, encryption=Encryption.NONE)
            engine = Engine(
                transport=SmtpTransport(address),
                log=log,
                compose=compose,
                clock=JumpingClock(),
                chance=lambda: 0.5,
                options=RunOptions(connections=2),
            )
            # By itself it would wait for half a minute.
            result = await asyncio.wait_for(engine.run(), 10)
        return result.status, set(log.status.values())

    assert asyncio.run(stop_while_opening()) == (ExitStatus.INTERRUPTED, {_S.PENDING})


# STARTTLS.


def two_lines(victim: Victim) -> None:
    victim.send(b"220-2.0.0 kommun.example\r\n")
    victim.answer()


def two_lines_and_more(victim: Victim) -> None:
    victim.postscript = b"250-slipped in\r\n"
    two_lines(victim)


def test_a_reply_to_starttls_may_have_several_lines(tmp_path: Path) -> None:
    faults = [at(Stage.STARTTLS, two_lines)]
    story = talk(RelayRules(faults=faults), tmp_path, login=None)
    assert story.result.tally == {_S.ACCEPTED: 3}


def test_what_comes_behind_its_last_line_is_tampering(tmp_path: Path) -> None:
    faults = [at(Stage.STARTTLS, two_lines_and_more)]
    story = talk(RelayRules(faults=faults), tmp_path, login=None)
    assert story.result.status is ExitStatus.SETTINGS
    assert "in clear text" in str(story.result.error)


# Login.


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_server_that_asks_for_what_was_said_is_answered(tmp_path: Path, mechanism: str) -> None:
    rules = RelayRules(logins={NAME: PASSWORD}, mechanisms=[mechanism], asks_anew=True)
    assert talk(rules, tmp_path).result.tally == {_S.ACCEPTED: 3}


@pytest.mark.parametrize("asks_anew", [False, True])
@pytest.mark.parametrize(
    "prompts",
    [(b"User Name\0", b"Password\0"), ("Användarnamn".encode(), "Lösenord".encode()), (b"", b"")],
)
def test_questions_in_any_words_are_answered_in_turn(
    tmp_path: Path, prompts: tuple[bytes, bytes], asks_anew: bool
) -> None:
    rules = RelayRules(
        logins={NAME: PASSWORD}, mechanisms=["LOGIN"], asks_anew=asks_anew, prompts=prompts
    )
    story = talk(rules, tmp_path)
    assert story.result.tally == {_S.ACCEPTED: 3}
    secret = base64.b64encode(PASSWORD.encode())
    said = story.relay.transcript
    name = base64.b64encode(NAME.encode())
    # The password is never said where the name is asked for.
    assert all(name in said[place - 1] for place, line in enumerate(said) if line == secret)


def test_login_without_a_name_on_the_line_is_tried_where_that_is_refused(tmp_path: Path) -> None:
    faults = [at(Stage.AUTH, say("501 5.5.4 No argument, please"), times=1)]
    rules = RelayRules(logins={NAME: PASSWORD}, mechanisms=["LOGIN"], faults=faults)
    story = talk(rules, tmp_path)
    assert story.result.tally == {_S.ACCEPTED: 3}
    assert b"AUTH LOGIN" in story.relay.transcript


@pytest.mark.parametrize(
    "line", ["504 5.5.4 No such mechanism", "534 5.7.9 Mechanism too weak", "538 5.7.11 No"]
)
def test_a_refused_mechanism_leads_to_the_next(tmp_path: Path, line: str) -> None:
    faults = [at(Stage.AUTH, say(line), times=1)]
    story = talk(RelayRules(logins={NAME: PASSWORD}, faults=faults), tmp_path)
    assert story.result.tally == {_S.ACCEPTED: 3}


@pytest.mark.parametrize("line", ["535 5.7.8 Wrong", "550 5.7.30 No", "454 4.7.0 Later"])
def test_a_refused_password_leads_to_no_second_mechanism(tmp_path: Path, line: str) -> None:
    faults = [at(Stage.AUTH, say(line), times=1)]
    story = talk(RelayRules(logins={NAME: PASSWORD}, faults=faults), tmp_path)
    ways = {line.split()[1] for line in story.relay.transcript if line.startswith(b"AUTH")}
    assert ways == {b"PLAIN"}


@pytest.mark.parametrize(
    ("mechanism", "secret"),
    [("XOAUTH2", TOKEN), ("OAUTHBEARER", TOKEN), ("PLAIN", "p" * 500), ("LOGIN", "p" * 500)],
)
@pytest.mark.parametrize("longest", [None, 512])
def test_what_is_longer_than_a_command_waits_until_it_is_asked_for(
    tmp_path: Path, mechanism: str, secret: str, longest: int | None
) -> None:
    rules = RelayRules(logins={NAME: secret}, mechanisms=[mechanism], longest_command=longest)
    if mechanism in ("PLAIN", "LOGIN"):
        login = Login(username=NAME, reveal=KnownPassword(lambda: secret))
    else:
        login = Login(username=NAME, tokens=OneToken(secret))
    story = talk(rules, tmp_path, login=login)
    assert story.result.tally == {_S.ACCEPTED: 3}
    assert all(len(line) <= 510 for line in story.relay.transcript if line.startswith(b"AUTH"))


def test_a_long_wrong_token_is_a_refused_login(tmp_path: Path) -> None:
    rules = RelayRules(logins={NAME: TOKEN}, mechanisms=["XOAUTH2"], longest_command=512)
    story = talk(rules, tmp_path, login=Login(username=NAME, tokens=OneToken(TOKEN[1:])))
    assert story.result.status is ExitStatus.LOGIN


# What a server says of the password.

ENCODED = base64.b64encode(PASSWORD.encode()).decode()
PLAIN = base64.b64encode(f"\0{NAME}\0{PASSWORD}".encode()).decode()


@pytest.mark.parametrize("echo", [PASSWORD, ENCODED, PLAIN, PASSWORD.encode().hex()])
@pytest.mark.parametrize("code", ["535 5.7.8", "454 4.7.0", "OK"])
def test_a_repeated_password_is_masked_in_the_refusal(tmp_path: Path, echo: str, code: str) -> None:
    faults = [at(Stage.AUTH, say(f"{code} wrong: '{echo}' is it not"))]
    story = talk(RelayRules(logins={NAME: PASSWORD}, faults=faults), tmp_path)
    error = story.result.error
    assert isinstance(error, PressutskickError)
    told = str(error) + "".join(traceback.format_exception(error))
    if echo in (PASSWORD, ENCODED, PLAIN):
        assert "***" in told
        assert echo not in told
    assert PASSWORD not in told


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.FINAL])
def test_a_repeated_password_is_masked_in_later_replies_too(tmp_path: Path, stage: Stage) -> None:
    faults = [at(stage, say(f"451 4.3.0 queue of {NAME} ({PASSWORD}) is full"))]
    story = talk(RelayRules(logins={NAME: PASSWORD}, faults=faults), tmp_path)
    replies = [o.reply.text for tried in story.log.outcomes.values() for o in tried if o.reply]
    assert replies
    assert all("***" in text and PASSWORD not in text for text in replies)


def test_a_size_of_five_thousand_digits_is_no_limit() -> None:
    """Nor is it a number that Python would read; the line is as long as a reply's may be."""
    faults = [at(Stage.EHLO, say("250-kommun.example", "250 SIZE " + "9" * 5000), times=1)]
    story = run_story(RelayRules(faults=faults), addresses(2), connections=1)
    assert story.result.tally == {_S.ACCEPTED: 2}
