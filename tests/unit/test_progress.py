"""What a server says is data in the progress bar and in the lines beside it."""

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console
from tests.kit.dispatch import make_delivery

from pressutskick.cli.shows.screen import progress
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Outcome, Phase
from pressutskick.mail import Reply
from pressutskick.sentences import say

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
REPLIES = [
    "4.3.0 \x1b]0;title\x07\x1b[2J [link=http://evil.example]l[/link] queue [/var/spool]",
    "4.3.0 [/] [bold]\\[",
    "4.3.0 first\nsecond\r\nthird \u202egnp \x9b2J",
]


@pytest.mark.parametrize("text", REPLIES)
def test_a_reply_paints_nothing_and_is_no_markup(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=400, highlight=False)
    monkeypatch.setattr(progress, "talk", lambda: console)
    reply = Reply.parse(451, text)
    with progress.observe(3, is_quiet=False, is_verbose=True) as observer:
        observer.connected(1)
        observer.waiting(NOW, say("it fails: {reply}", reply=str(reply)))
        decision = Decision(status=DeliveryStatus.DEFERRED, retry_at=NOW)
        outcome = Outcome(phase=Phase.DATA, reply=reply)
        observer.delivered(make_delivery(1, "tips@desk.example"), outcome, decision)
    painted = shown.getvalue()
    for sign in ("\x1b]0;", "\x1b[2J", "\x1b]8;", "\x07", "\u202e", "\x9b"):
        assert sign not in painted
    for word in text.replace("\x07", " ").replace("\x1b", " ").split():
        if word.isascii() and word.isprintable():
            assert word in painted


def test_before_the_first_connection_it_says_what_it_waits_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=120, highlight=False)
    monkeypatch.setattr(progress, "talk", lambda: console)
    with progress.observe(3, is_quiet=False, is_verbose=False):
        pass
    assert "waiting for the mail server" in shown.getvalue()
