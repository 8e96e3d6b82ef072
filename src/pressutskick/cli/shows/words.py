"""Codes in the person's words, and their colours; a word never stands as colour alone."""

from pressutskick.cli.language import _, tell
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Fault, Phase
from pressutskick.message.model import Purpose
from pressutskick.recipients.columns.model import Understanding
from pressutskick.recipients.suppression import SuppressionReason, SuppressionScope
from pressutskick.report.words import name_fault, name_purpose, name_skip, name_status

_STYLES = {
    DeliveryStatus.ACCEPTED: "green",
    DeliveryStatus.DEFERRED: "yellow",
    DeliveryStatus.REJECTED: "red",
    DeliveryStatus.BOUNCED: "red",
    DeliveryStatus.UNKNOWN: "bold magenta",
    DeliveryStatus.SKIPPED: "dim",
}


def status_word(status: DeliveryStatus, count: int = 1) -> str:
    """What the status is called; beside a number, in the form that agrees with it."""
    return tell(name_status(status, count))


def status_style(status: DeliveryStatus) -> str:
    """Its colour."""
    return _STYLES.get(status, "")


def purpose_word(purpose: Purpose) -> str:
    """What a dispatch of this purpose is called."""
    return tell(name_purpose(purpose))


def understanding_word(understanding: Understanding) -> str:
    """Why a column has its field."""
    words = {
        Understanding.NAME: _("by its name"),
        Understanding.GUIDE: _("by your correction"),
        Understanding.CONTENT: _("by what it holds"),
        Understanding.LINK: _("in the links beneath the text"),
        Understanding.EXTRA: _("kept under its own name"),
        Understanding.IGNORED: _("not read, as you said"),
        Understanding.RIVAL: _("kept: another column means the same"),
    }
    return words[understanding]


def reason_word(reason: SuppressionReason) -> str:
    """Why somebody must not be mailed."""
    words = {
        SuppressionReason.OPT_OUT: _("does not want our mail"),
        SuppressionReason.BOUNCED: _("mail came back"),
        SuppressionReason.ERASED: _("erased"),
        SuppressionReason.MUTED: _("muted"),
    }
    return words[reason]


def scope_word(scope: SuppressionScope) -> str:
    """What must not be mailed."""
    words = {
        SuppressionScope.EVERYTHING: _("everything"),
        SuppressionScope.REMINDERS: _("reminders"),
    }
    return words[scope]


def fault_word(fault: Fault) -> str:
    """What went wrong with an attempt that no reply ended."""
    return tell(name_fault(fault))


def phase_word(phase: Phase) -> str:
    """How far the talk with the mail server had come."""
    words = {
        Phase.CONNECT: _("at the connection"),
        Phase.EHLO: _("at EHLO"),
        Phase.STARTTLS: _("at the encryption"),
        Phase.AUTH: _("at the login"),
        Phase.MAIL: _("at the sender's address"),
        Phase.RCPT: _("at the recipient's address"),
        Phase.DATA: _("before the text"),
        Phase.BODY: _("in the text"),
        Phase.FINAL: _("after the text"),
    }
    return words[phase]


def stage_word(stage: str) -> str:
    """Where a misbehaviour of the sandbox strikes: a phase, or before and after them all."""
    ends = {"greeting": _("at the greeting"), "quit": _("at the end")}
    return ends.get(stage) or phase_word(Phase(stage))


def misbehaviour_word(name: str) -> str:
    """What a misbehaviour of the sandbox does, from the name that a script uses."""
    words = {
        "hang": _("never answers again"),
        "drop": _("ends the connection instead of answering"),
        "reset": _("cuts the connection instead of answering"),
        "garbage": _("answers what is no reply"),
        "nul": _("answers a reply with a NUL in it"),
        "endless": _("answers a line that is longer than any reply may be"),
        "half": _("answers half a reply, then ends the connection"),
        "half-lines": _("answers the first line of several, then ends the connection"),
        "wrong": _("answers as if another command had been given"),
        "surplus": _("answers twice"),
        "close-after": _("answers well, then ends the connection"),
        "retire": _("answers well, then says 421 and ends the connection"),
        "plaintext": _("slips clear text behind the answer, as an attacker would"),
        "in-turn": _("answers well, and 503 to commands that did not wait for that answer"),
        "deaf": _("answers well, and never heard commands that did not wait for that answer"),
        "strict": _("answers well, then hangs up on whoever did not wait for that answer"),
        "stern": _("hangs up without an answer on whoever did not wait for it"),
    }
    return words[name]


def skip_word(reason: str) -> str:
    """Why a recipient was skipped, from the code that the log keeps."""
    words = name_skip(reason)
    return reason if words is None else tell(words)
