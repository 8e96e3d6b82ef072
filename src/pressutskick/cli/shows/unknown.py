"""Unknown outcomes and refusals: who they are, and a person's decision about each."""

import sys
from collections.abc import Sequence

from pressutskick.cli.language import _
from pressutskick.cli.shows.log import tell_answer
from pressutskick.cli.shows.screen.console import out, plain, talk
from pressutskick.cli.shows.voice import Voice
from pressutskick.cli.usage import name_value
from pressutskick.dispatch.records import DeliveryRecord, DispatchRecord
from pressutskick.message.model import Purpose
from pressutskick.release.zone import ZONE

#: Answers of either language, whichever is spoken.
_RESEND = frozenset({"r", "resend", "s", "skicka"})
_LEAVE = frozenset({"l", "leave", "lämna"})


def list_unknown(unknown: Sequence[DeliveryRecord], record: DispatchRecord, voice: Voice) -> None:
    """Who, when, and the Message-ID by which the receiving side can look it up."""
    for delivery in unknown:
        moment = delivery.updated_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")
        line = plain(f"{delivery.recipient.mailbox.address}  ", "bold")
        line.append_text(plain(f"{moment}  {delivery.message_id or ''}", "dim"))
        out().print(line)
    talk().print(
        plain(
            _(
                "The message was handed over, but no answer came: each may or may not have it. "
                "Look for the Message-ID in your Sent folder, or ask the newsroom. Then: "
                "{command} resend|leave [--only ADDRESS]",
                command=voice.log_command(str(record.key), "resolve"),
            )
        )
    )


def list_refused(refused: Sequence[DeliveryRecord], record: DispatchRecord, voice: Voice) -> None:
    """Who, and what the mail server said."""
    for delivery in refused:
        line = plain(f"{delivery.recipient.mailbox.address}  ", "bold")
        line.append_text(plain(tell_answer(delivery), "dim"))
        out().print(line)
    talk().print(
        plain(
            _(
                "Nobody here has the message. Once what the mail server complains about is mended: "
                "{command} resend --refused [--only ADDRESS]",
                command=voice.log_command(str(record.key), "resolve"),
            )
        )
    )


def choose_each(unknown: Sequence[DeliveryRecord], voice: Voice) -> tuple[list[int], list[int]]:
    """Asks about each on a terminal: ids to resend, ids to leave; else decides nothing."""
    resend: list[int] = []
    leave: list[int] = []
    if not sys.stdin.isatty():
        return resend, leave
    for delivery in unknown:
        address = delivery.recipient.mailbox.address
        question = _("{address}: r to resend, l to leave, Enter to decide later:", address=address)
        answer = _ask_until_known(question, voice)
        if answer in _RESEND:
            resend.append(delivery.id)
        elif answer in _LEAVE:
            leave.append(delivery.id)
    return resend, leave


def _ask_until_known(question: str, voice: Voice) -> str:
    """An answer that is one of those offered; a `yes` to either-or decides nothing."""
    while True:
        answer = voice.ask(question).casefold()
        if not answer or answer in _RESEND | _LEAVE:
            return answer


def next_command(record: DispatchRecord, voice: Voice) -> str:
    """What mails those again who are waiting in the dispatch."""
    release = record.key.release_id
    words = {
        Purpose.ANNOUNCE: ("send", name_value("FILE"), "--to", name_value("LIST")),
        Purpose.REMINDER: ("remind", "--all"),
        Purpose.CORRECTION: ("correct", name_value("FILE")),
        Purpose.CANCELLATION: ("cancel", release),
    }
    return voice.command(*words[record.key.purpose])
