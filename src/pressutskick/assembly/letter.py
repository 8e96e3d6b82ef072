"""The letter of `doctor`: through the mail server of the settings and back from their mailbox."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from pressutskick.assembly.mailbox import open_imap
from pressutskick.dispatch.preflight.findings import Finding
from pressutskick.dispatch.preflight.letter import judge_letter
from pressutskick.dispatch.preflight.relay import judge_opening
from pressutskick.errors import PressutskickError, Severity
from pressutskick.sentences import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressutskick.actions.sampling import SampleResult
    from pressutskick.assembly.examining import Examination
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.settings.model import Settings

_PAUSE = 5.0


def find_own_address(settings: Settings) -> str:
    """Where the letter goes: the mailbox that is read, else the sender's address.

    Raises:
        SettingsError: nobody is named as sender.
    """
    from pressutskick.actions.composing import require_sender

    sender = require_sender(settings).address
    login = settings.imap_username or ""
    return login if "@" in login else sender


def write_to_oneself(
    examination: Examination,
    workspace: DiskWorkspace,
    *,
    title: str,
    text: str,
    pause: Callable[[], None] = lambda: time.sleep(_PAUSE),
) -> Examination:
    """The examination with what became of the letter.

    Raises:
        SettingsError: no sender, mail server or mailbox is named.
        PressutskickError: the mailbox cannot be read.
    """
    from pressutskick.actions.letter import await_letter, send_letter

    mailbox = open_imap(workspace.settings)
    address = find_own_address(workspace.settings)
    sent_at = workspace.now().astimezone(dt.UTC)
    message, result = send_letter(workspace, address, title=title, text=text)
    refusal = _find_refusal(result)
    if refusal is not None:
        return replace(examination, findings=(*examination.findings, refusal))
    facts = await_letter(message, mailbox, sent_at, workspace, pause)
    findings = (*examination.findings, *judge_letter(facts, address))
    return replace(examination, findings=findings, letter=facts)


def _find_refusal(result: SampleResult) -> Finding | None:
    """Why the letter did not leave; None where it did."""
    if isinstance(result.error, PressutskickError):
        return judge_opening(result.error)
    outcome = result.outcome
    if outcome is not None and outcome.reply is not None and outcome.reply.is_positive:
        return None
    return Finding(
        code="letter.refused",
        severity=Severity.ERROR,
        sentence=say(
            "The mail server did not take the letter: {words}.",
            words=str(outcome.reply) if outcome is not None and outcome.reply else "-",
        ),
    )
