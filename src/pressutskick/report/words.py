"""Codes of the log in words, before a language is chosen."""

from collections.abc import Mapping
from functools import cache

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Fault
from pressutskick.dispatch.plan import EndReason, HoldBack
from pressutskick.dispatch.records import DispatchKey
from pressutskick.message.model import Purpose
from pressutskick.recipients.selection import SkipReason
from pressutskick.sentences import Sentence, say, say_many


@cache
def name_status(status: DeliveryStatus, count: int = 1) -> Sentence:
    """What the status is called; beside a number, in the form that agrees with it."""
    words = {
        DeliveryStatus.PENDING: say_many("waiting", "waiting", count),
        DeliveryStatus.SENDING: say_many("being sent", "being sent", count),
        DeliveryStatus.COMMITTING: say_many("being handed over", "being handed over", count),
        DeliveryStatus.ACCEPTED: say_many("accepted", "accepted", count),
        DeliveryStatus.DEFERRED: say_many("put off", "put off", count),
        DeliveryStatus.REJECTED: say_many("refused", "refused", count),
        DeliveryStatus.UNKNOWN: say_many("outcome unknown", "outcome unknown", count),
        DeliveryStatus.BOUNCED: say_many("came back", "came back", count),
        DeliveryStatus.SKIPPED: say_many("skipped", "skipped", count),
    }
    return words[status]


@cache
def name_purpose(purpose: Purpose) -> Sentence:
    """What a dispatch of this purpose is called."""
    words = {
        Purpose.ANNOUNCE: say("announcement"),
        Purpose.REMINDER: say("reminder"),
        Purpose.CORRECTION: say("correction"),
        Purpose.CANCELLATION: say("cancellation"),
    }
    return words[purpose]


def name_dispatch(key: DispatchKey) -> Sentence:
    """The dispatch among those of its release: its purpose, and its number from the second on."""
    purpose = name_purpose(key.purpose)
    if key.number == 1:
        return purpose
    return say("{purpose} {number}", purpose=purpose, number=key.number)


@cache
def name_answer(answer: Answer | None) -> Sentence:
    """What somebody has said, as a word."""
    words = {
        Answer.COMING: say("comes"),
        Answer.DECLINED: say("does not come"),
        Answer.OTHER: say("has answered"),
        None: say("has not answered"),
    }
    return words[answer]


def name_fault(fault: Fault) -> Sentence:
    """What went wrong with an attempt that no reply ended."""
    words = {
        Fault.LOST: say("the connection broke"),
        Fault.CUT_OFF: say("the connection broke for the message before it"),
        Fault.OUT_OF_TURN: say("announced before the mail server had answered the message before"),
        Fault.TIMEOUT: say("the mail server stopped answering"),
        Fault.GARBAGE: say("the mail server's answer could not be understood"),
        Fault.EARLY_REPLY: say("the mail server answered before it was asked"),
        Fault.TOO_LARGE: say("larger than the mail server takes"),
        Fault.NO_SMTPUTF8: say("the mail server cannot take an address with letters beyond a to z"),
        Fault.TLS: say("the encryption failed"),
        Fault.STOPPED: say("stopped before an answer came"),
        Fault.KILLED: say("the program or the computer stopped"),
    }
    return words[fault]


_SKIPS: Mapping[str, Sentence] = {
    SkipReason.OPTED_OUT: say("does not want our mail"),
    SkipReason.BOUNCED: say("an earlier mail came back"),
    SkipReason.MUTED: say("wants no mail for now"),
    SkipReason.WANTS_NONE: say("the list says no"),
    SkipReason.ERASED: say("erased at their own wish"),
    SkipReason.NOT_NAMED: say("not among those named by --only"),
    SkipReason.EXCLUDED: say("left out by --exclude"),
    SkipReason.LACKS_TAG: say("lacks the tag"),
    SkipReason.HAS_TAG: say("has a tag of --not-tag"),
    SkipReason.OTHER_OUTLET: say("of another outlet"),
    SkipReason.DUPLICATE: say("gets one mail already"),
    SkipReason.OUTLET_IS_FULL: say("enough of the outlet already"),
    SkipReason.OVER_LIMIT: say("over --limit"),
    HoldBack.ANSWERED: say("has answered"),
    HoldBack.DECLINED: say("has declined"),
    EndReason.CALLED_OFF: say("called off before it was sent"),
    EndReason.OVERTAKEN: say("a later correction tells everything"),
    EndReason.TOO_LATE: say("its time was over before it could be sent"),
    "stripped": say("waited until the retention time was over"),
}


def name_skip(reason: str) -> Sentence | None:
    """Why a recipient was skipped, from the code that the log keeps; None for one without words."""
    return _SKIPS.get(reason)
