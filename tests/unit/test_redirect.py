"""The loopback redirect takes one answer, and only the one that is ours."""

import http.client
from collections.abc import Iterator

import pytest

from pressutskick.identity.redirect import Redirected, RedirectListener, Words

WORDS = Words(language="en", done="done", refused="refused", foreign="foreign")
ISSUER = "https://login.example"


@pytest.fixture
def listener() -> Iterator[RedirectListener]:
    with RedirectListener(state="ours", issuer=ISSUER, words=WORDS) as listener:
        yield listener


def ask(listener: RedirectListener, target: str, host: str = "") -> tuple[int, str]:
    port = int(listener.address.rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", target, headers={"Host": host or f"localhost:{port}"})
    answer = connection.getresponse()
    text = answer.read().decode()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert "no-store" in answer.headers["Cache-Control"]
    connection.close()
    return answer.status, text


def test_the_answer_with_our_state_is_taken(listener: RedirectListener) -> None:
    status, text = ask(listener, "/?code=abc&state=ours&iss=https%3A%2F%2Flogin.example")
    assert (status, "done" in text) == (200, True)
    assert listener.wait(0) == Redirected(code="abc")


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        ("/?code=abc&state=theirs", "", 400),
        ("/?code=abc", "", 400),
        ("/?code=abc&state=", "", 400),
        ("/?code=abc&state=ours&iss=https%3A%2F%2Fother.example", "", 400),
        ("/?code=abc&state=ours", "evil.example", 403),
        ("/?code=abc&state=ours", "localhost", 403),
        ("/?code=abc&state=ours", "localhost:1", 403),
        ("/other?code=abc&state=ours", "", 404),
        ("/favicon.ico", "", 404),
    ],
)
def test_what_is_not_ours_is_refused_and_waits_no_less(
    listener: RedirectListener, target: str, host: str, status: int
) -> None:
    assert ask(listener, target, host)[0] == status
    assert listener.wait(0) is None
    assert ask(listener, "/?code=ours&state=ours")[0] == 200


def test_a_second_answer_is_refused(listener: RedirectListener) -> None:
    assert ask(listener, "/?code=first&state=ours")[0] == 200
    assert ask(listener, "/?code=second&state=ours")[0] == 410
    assert listener.wait(0) == Redirected(code="first")


def test_a_refusal_comes_with_its_words(listener: RedirectListener) -> None:
    status, text = ask(
        listener, "/?error=access_denied&error_description=AADSTS65004%3A+no&state=ours"
    )
    assert (status, "refused" in text) == (200, True)
    assert listener.wait(0) == Redirected(error="access_denied", description="AADSTS65004: no")


def test_a_code_stands_in_no_text_form() -> None:
    assert "hush" not in repr(Redirected(code="hush"))


def test_a_connection_that_says_nothing_holds_nobody_up(listener: RedirectListener) -> None:
    """Browsers open some in advance."""
    port = int(listener.address.rpartition(":")[2])
    idle = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    idle.connect()
    assert ask(listener, "/?code=abc&state=ours")[0] == 200
    idle.close()


def test_what_the_words_say_is_no_markup(listener: RedirectListener) -> None:
    assert b"<script>" not in listener.page("<script>")
