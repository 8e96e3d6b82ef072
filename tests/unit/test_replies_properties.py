"""Rules that hold for every mail: no crash, no escape, no person taken for a server."""

import re
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit import incoming

from pressutskick.mail import UNSAFE_CHARACTERS
from pressutskick.replies.reading import read_reply
from pressutskick.replies.verdict import ReplyKind, Verdict

_REPORTS = {ReplyKind.BOUNCE, ReplyKind.DELAY, ReplyKind.SUCCESS}
_SAMPLES = [path.read_bytes() for path in incoming.files()]
_BOUNCES = [path.read_bytes() for path in incoming.files("bounce", "delay")]
_LOCAL = st.from_regex(r"[a-z][a-z0-9]{0,10}", fullmatch=True)


def told(verdict: Verdict) -> str:
    """All of it that a person may be shown."""
    parts = (verdict.words, verdict.subject, verdict.sender, *verdict.addresses)
    return "".join([*parts, *verdict.clues.message_ids, *verdict.clues.delivery_ids])


@given(st.binary(max_size=3_000))
def test_any_octets_have_a_verdict_that_is_safe_to_print(content: bytes) -> None:
    assert not UNSAFE_CHARACTERS.search(told(read_reply(content)))


@given(st.sampled_from(_SAMPLES), st.data())
def test_a_damaged_mail_has_a_verdict(sample: bytes, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(begin, len(sample)))
    other = data.draw(st.binary(max_size=200) | st.sampled_from(_SAMPLES))
    verdict = read_reply(sample[:begin] + other + sample[end:])
    assert not UNSAFE_CHARACTERS.search(told(verdict))


@given(st.sampled_from(_BOUNCES), st.sampled_from(["", "> ", "| ", "   "]), _LOCAL)
def test_whoever_quotes_a_bounce_is_a_person(bounce: bytes, mark: str, name: str) -> None:
    quoted = "\n".join(mark + line for line in bounce.decode().split("\n"))
    mail = EmailMessage()
    mail["From"] = f"{name}@astad.example"
    mail["Subject"] = "VB: Undelivered Mail Returned to Sender"
    mail.set_content(f"Vad betyder det här?\n\n{quoted}")
    assert read_reply(mail.as_bytes()).kind not in _REPORTS


@given(st.sampled_from(_BOUNCES), _LOCAL)
def test_whoever_forwards_a_bounce_is_a_person(bounce: bytes, name: str) -> None:
    head = f"From: {name}@astad.example\nSubject: VB: studs\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/mixed; boundary="outer"\n\n--outer\n'
    head += "Content-Type: text/plain\n\nSe bifogat.\n\n--outer\nContent-Type: message/rfc822\n\n"
    verdict = read_reply(head.encode() + bounce + b"\n--outer--\n")
    assert verdict.kind not in _REPORTS


@given(
    st.sampled_from(["failed", "delayed", "delivered", "relayed", "expanded"]),
    st.integers(2, 5).filter(lambda number: number != 3),
    st.integers(0, 7),
    st.integers(0, 30),
    _LOCAL,
    st.booleans(),
)
def test_a_report_of_rfc_3464_is_read_as_it_says(
    action: str, class_: int, subject: int, detail: int, name: str, has_crlf: bool
) -> None:
    text = f"""From: MAILER-DAEMON@mx.example
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {name}@radion.example
Action: {action}
Status: {class_}.{subject}.{detail}

--b--
"""
    verdict = read_reply((text.replace("\n", "\r\n") if has_crlf else text).encode())
    expected = {"failed": ReplyKind.BOUNCE, "delayed": ReplyKind.DELAY}
    assert verdict.kind is expected.get(action, ReplyKind.SUCCESS)
    assert verdict.addresses == (f"{name}@radion.example",)
    assert str(verdict.status) == f"{class_}.{subject}.{detail}"
    assert not verdict.is_permanent or (action, class_) == ("failed", 5)


@given(st.sampled_from(["full", "quota exceeded", "blocked by spam filter", "greylisted"]))
def test_a_server_that_names_another_cause_strikes_nobody(cause: str) -> None:
    text = f"""From: MAILER-DAEMON@mx.example
X-Failed-Recipients: bo@radion.example
Subject: Mail delivery failed

bo@radion.example
  after RCPT TO: 550 5.1.1 user unknown, mailbox {cause}
"""
    verdict = read_reply(text.encode())
    assert verdict.kind is ReplyKind.BOUNCE
    assert not verdict.is_permanent


def _nested(depth: int) -> bytes:
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )


_HEAD = b"From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: Undelivered\n"
_FLOODS = [b" ", b"\n", b"> ", b"-", b"a@a.", b"Den x skrev ", b"<!--", b"<style>", b"user ", b"."]


@pytest.mark.parametrize(
    "content",
    [
        _nested(100_000),
        _HEAD + b"\n" + b"x" * 50_000_000,
        b"".join(b"X-%d: y\n" % number for number in range(200_000)) + b"\nhi",
        b"Content-Type: text/plain" + b";" * 200_000 + b"\n\nhi",
        b"Content-Type: multipart/mixed; boundary=a" + b';a="' * 50_000 + b"\n\nhi",
        b"Subject: " + b"=?utf-8?q?=41?= " * 20_000 + b"\n\nhi",
        b"Subject: " + b"y\n " * 100_000 + b"\n\nhi",
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx\n" * 100_000,
        *(_HEAD + b"\n" + flood * (300_000 // len(flood)) for flood in _FLOODS),
        *(
            b"From: a@b.example\nContent-Type: text/html\n\n" + flood * (300_000 // len(flood))
            for flood in _FLOODS
        ),
    ],
    ids=lambda content: repr(content[:30] + content[-4:]),
)
def test_a_hostile_mail_is_read_in_bounded_time(content: bytes) -> None:
    # Anything quadratic in these sizes would take minutes.
    assert read_reply(content).kind is not ReplyKind.BOUNCE


def test_a_part_that_lies_about_its_type_harms_nobody() -> None:
    for lie in (b"message/delivery-status", b"text/calendar; method=REPLY", b"multipart/report"):
        content = (
            b"From: a@b.example\nContent-Type: " + lie + b"\n\nMETHOD:REPLY\nBEGIN:VCALENDAR\n"
        )
        assert read_reply(content).kind in (ReplyKind.QUESTION, ReplyKind.OTHER)


def test_terminal_escapes_in_a_subject_are_gone() -> None:
    escape = b"\x1b]0;owned\x07"
    encoded = b"=?utf-8?q?=1b[2J=e2=80=ae?="
    verdict = read_reply(b"From: a@b.example\nSubject: " + escape + encoded + b"\n\nKommer!")
    assert not re.search("[\x00-\x1f\x7f\u202e]", verdict.subject)
