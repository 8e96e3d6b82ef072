"""Codes in the person's words, and their colours; a word never stands as colour alone."""

from pressutskick.cli.language import _, _n
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Fault, Phase
from pressutskick.dispatch.plan import EndReason, HoldBack
from pressutskick.message.model import Purpose
from pressutskick.recipients.columns.model import Understanding
from pressutskick.recipients.selection import SkipReason
from pressutskick.recipients.suppression import SuppressionReason, SuppressionScope

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
    words = {
        DeliveryStatus.PENDING: _n("waiting", "waiting", count),
        DeliveryStatus.SENDING: _n("being sent", "being sent", count),
        DeliveryStatus.COMMITTING: _n("being handed over", "being handed over", count),
        DeliveryStatus.ACCEPTED: _n("accepted", "accepted", count),
        DeliveryStatus.DEFERRED: _n("put off", "put off", count),
        DeliveryStatus.REJECTED: _n("refused", "refused", count),
        DeliveryStatus.UNKNOWN: _n("outcome unknown", "outcome unknown", count),
        DeliveryStatus.BOUNCED: _n("came back", "came back", count),
        DeliveryStatus.SKIPPED: _n("skipped", "skipped", count),
    }
    return words[status]


def status_style(status: DeliveryStatus) -> str:
    """Its colour."""
    return _STYLES.get(status, "")


def purpose_word(purpose: Purpose) -> str:
    """What a dispatch of this purpose is called."""
    words = {
        Purpose.ANNOUNCE: _("announcement"),
        Purpose.REMINDER: _("reminder"),
        Purpose.CORRECTION: _("correction"),
        Purpose.CANCELLATION: _("cancellation"),
    }
    return words[purpose]


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
    words = {
        Fault.LOST: _("the connection broke"),
        Fault.CUT_OFF: _("the connection broke for the message before it"),
        Fault.OUT_OF_TURN: _("announced before the mail server had answered the message before"),
        Fault.TIMEOUT: _("the mail server stopped answering"),
        Fault.GARBAGE: _("the mail server's answer could not be understood"),
        Fault.EARLY_REPLY: _("the mail server answered before it was asked"),
        Fault.TOO_LARGE: _("larger than the mail server takes"),
        Fault.NO_SMTPUTF8: _("the mail server cannot take an address with letters beyond a to z"),
        Fault.TLS: _("the encryption failed"),
        Fault.STOPPED: _("stopped before an answer came"),
        Fault.KILLED: _("the program or the computer stopped"),
    }
    return words[fault]


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
    words = {
        SkipReason.OPTED_OUT: _("does not want our mail"),
        SkipReason.BOUNCED: _("an earlier mail came back"),
        SkipReason.MUTED: _("wants no mail for now"),
        SkipReason.WANTS_NONE: _("the list says no"),
        SkipReason.ERASED: _("erased at their own wish"),
        SkipReason.NOT_NAMED: _("not among those named by --only"),
        SkipReason.EXCLUDED: _("left out by --exclude"),
        SkipReason.LACKS_TAG: _("lacks the tag"),
        SkipReason.HAS_TAG: _("has a tag of --not-tag"),
        SkipReason.OTHER_OUTLET: _("of another outlet"),
        SkipReason.DUPLICATE: _("gets one mail already"),
        SkipReason.OUTLET_IS_FULL: _("enough of the outlet already"),
        SkipReason.OVER_LIMIT: _("over --limit"),
    }
    known = {str(code): text for code, text in words.items()}
    known |= {
        str(HoldBack.ANSWERED): _("has answered"),
        str(HoldBack.DECLINED): _("has declined"),
        str(EndReason.CALLED_OFF): _("called off before it was sent"),
        str(EndReason.OVERTAKEN): _("a later correction tells everything"),
        str(EndReason.TOO_LATE): _("its time was over before it could be sent"),
    }
    known["stripped"] = _("waited until the retention time was over")
    return known.get(reason, reason)
