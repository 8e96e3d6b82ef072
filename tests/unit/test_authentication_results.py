"""What a receiving server wrote about a mail's sender, and what follows from it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.dispatch.preflight.letter import LetterFacts, judge_letter
from pressutskick.errors import Severity
from pressutskick.replies.authentication import (
    Authentication,
    MethodResult,
    read_authentication,
)
from pressutskick.replies.parts import read_header

#: The examples of RFC 8601, appendix B, and what large services write.
RFC = """Authentication-Results: example.com;
          auth=pass (cram-md5) smtp.auth=sender@example.com;
          spf=pass smtp.mailfrom=example.com
Authentication-Results: example.com; sender-id=pass
          header.from=example.com; dkim=pass (good signature)
          header.d=example.com; dmarc=pass header.from=example.com
Authentication-Results: forged.example; dmarc=fail header.from=example.com
"""
NOTHING = "Authentication-Results: example.org 1; none\n"
MICROSOFT = """Authentication-Results: spf=fail (sender IP is 192.0.2.1)
 smtp.mailfrom=astad.example; dkim=none (message not signed)
 header.d=none;dmarc=fail action=quarantine header.from=astad.example;compauth=fail
 reason=001
"""
GMAIL = """Authentication-Results: mx.google.com;
       dkim=pass header.i=@astad.example header.s=k1 header.b="a;b";
       spf=softfail (google.com: (nested) domain of press@astad.example) smtp.mailfrom=press@astad.example;
       dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=astad.example
"""


def read(text: str) -> Authentication | None:
    return read_authentication(read_header(text.encode() + b"Subject: a\n\n"))


def told(text: str) -> list[tuple[str, str, str]]:
    found = read(text)
    assert found is not None
    return [(each.method, each.result, each.subject) for each in found.results]


def test_only_the_server_that_received_it_last_is_believed() -> None:
    assert told(RFC) == [
        ("auth", "pass", ""),
        ("spf", "pass", "example.com"),
        ("sender-id", "pass", "example.com"),
        ("dkim", "pass", "example.com"),
        ("dmarc", "pass", "example.com"),
    ]


def test_the_ways_of_large_services_are_read() -> None:
    assert told(MICROSOFT) == [
        ("spf", "fail", "astad.example"),
        ("dkim", "none", "none"),
        ("dmarc", "fail", "astad.example"),
        ("compauth", "fail", ""),
    ]
    found = {method: (result, subject) for method, result, subject in told(GMAIL)}
    assert found["dkim"] == ("pass", "@astad.example")
    assert found["spf"] == ("softfail", "press@astad.example")
    assert found["dmarc"] == ("pass", "astad.example")
    assert told(NOTHING) == []
    assert read("") is None


@given(st.text(max_size=400))
def test_whatever_stands_there_is_read_without_a_fault(text: str) -> None:
    read("Authentication-Results: " + text.replace("\n", " ").replace("\r", " ") + "\n")


def judge(text: str) -> dict[str, Severity]:
    facts = LetterFacts(
        address="press@astad.example", took=dt.timedelta(seconds=3), authentication=read(text)
    )
    return {each.code: each.severity for each in judge_letter(facts, facts.address)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (RFC, {}),
        (GMAIL, {"letter.spf_softfail": Severity.HINT}),
        (
            MICROSOFT,
            {
                "letter.dmarc_fails": Severity.ERROR,
                "letter.spf_fail": Severity.WARNING,
                "letter.dkim_none": Severity.WARNING,
            },
        ),
        (NOTHING, {"letter.not_judged": Severity.HINT}),
        ("", {"letter.not_judged": Severity.HINT}),
        (
            "Authentication-Results: a; spf=none; dkim=none; dmarc=none\n",
            {"letter.not_judged": Severity.HINT},
        ),
    ],
)
def test_a_finding_is_as_bad_as_what_follows_from_it(
    text: str, wanted: dict[str, Severity]
) -> None:
    assert judge(text) == wanted


def test_what_never_came_or_came_in_parts_is_told() -> None:
    (missing,) = judge_letter(None, "press@astad.example")
    assert missing.code == "letter.missing"
    found = Authentication(server="a", results=(MethodResult(method="spf", result="pass"),))
    facts = LetterFacts(
        address="a@x.example", took=dt.timedelta(), authentication=found, has_files=False
    )
    assert [each.code for each in judge_letter(facts, facts.address)] == ["letter.changed"]
