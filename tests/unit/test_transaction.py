"""Commands and content that could break out of their place never leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.dispatch.interfaces import Fault, OutboundMessage
from pressutskick.mail import Envelope, Reply
from pressutskick.transports.transaction import (
    Abilities,
    check_wire,
    find_local_fault,
    find_server_id,
    make_commands,
)


def message(wire: bytes = b"Hej\r\n", to: str = "desk@newsdesk.example") -> OutboundMessage:
    return OutboundMessage(
        envelope=Envelope(reverse_path="press@kommun.example", forward_path=to),
        message_id="<1@kommun.example>",
        wire=wire,
        size=len(wire),
    )


@pytest.mark.parametrize(
    "wire",
    [
        b"",
        b"no end",
        b"a\nb\r\n",
        b"a\rb\r\n",
        b"a\r\n.\r\nMAIL FROM:<x@y.example>\r\n",
        b".\r\n",
        b".hidden\r\n",
        b"a\r\n.b\r\n",
        b"a\n.\r\n",
        b"a\r\n\r\n.\r\nb\r\n",
    ],
)
def test_content_that_could_end_early_is_refused(wire: bytes) -> None:
    with pytest.raises(ValueError):
        check_wire(wire)


def stuff(text: bytes) -> bytes:
    lines = text.replace(b"\r", b"").split(b"\n")
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines)


@given(st.lists(st.sampled_from([b".", b"..", b"\n", b"a", b"\r", b" "])).map(b"".join))
def test_content_made_for_the_wire_is_taken_and_comes_back(text: bytes) -> None:
    wire = stuff(text)
    check_wire(wire)
    assert b"\r\n.\r\n" not in b"\r\n" + wire
    plain = b"".join(line + b"\r\n" for line in text.replace(b"\r", b"").split(b"\n"))
    assert b"".join(line.removeprefix(b".") for line in wire.splitlines(keepends=True)) == plain


@pytest.mark.parametrize(
    "path", ["a@b.example>\r\nDATA", "a@b.example> X", "<a@b.example", "a\x7f@b"]
)
def test_a_path_that_could_become_another_command_is_refused(path: str) -> None:
    with pytest.raises(ValueError):
        make_commands(message(to=path), Abilities())


def test_only_what_the_relay_offers_is_asked_for() -> None:
    assert make_commands(message(), Abilities())[0] == b"MAIL FROM:<press@kommun.example>\r\n"
    offers = Abilities(has_size=True, size=1000, eight_bit=True, smtputf8=True)
    mail, rcpt = make_commands(message("Åå\r\n".encode(), "åsa@newsdesk.example"), offers)
    assert mail.endswith(b"> SIZE=6 BODY=8BITMIME SMTPUTF8\r\n")
    assert rcpt == "RCPT TO:<åsa@newsdesk.example>\r\n".encode()


def test_size_and_smtputf8_are_known_before_mail() -> None:
    assert find_local_fault(message(), Abilities(size=5)) is None
    too_large = find_local_fault(message(), Abilities(size=4))
    assert too_large is not None
    assert too_large.fault is Fault.TOO_LARGE
    odd = find_local_fault(message(to="åsa@newsdesk.example"), Abilities())
    assert odd is not None
    assert odd.fault is Fault.NO_SMTPUTF8


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("OK <abc@eur.prod.outlook.example> [Hostname=x]", "abc@eur.prod.outlook.example"),
        ("Ok: queued as 4F2dkZ1Rz", "4F2dkZ1Rz"),
        ("OK id=1tEXkQ-0000Ab-2C", "1tEXkQ-0000Ab-2C"),
        ("5e883f8c Message accepted for delivery", "5e883f8c"),
        ("fine", None),
    ],
)
def test_the_servers_id_is_found(text: str, id_: str | None) -> None:
    assert find_server_id(Reply.parse(250, f"2.0.0 {text}")) == id_
