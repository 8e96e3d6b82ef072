"""Statuses in the person's words, and their colours; a word never stands as colour alone."""

from pressutskick.cli.language import _
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.message.model import Purpose
from pressutskick.recipients.selection import SkipReason

_STYLES = {
    DeliveryStatus.ACCEPTED: "green",
    DeliveryStatus.DEFERRED: "yellow",
    DeliveryStatus.REJECTED: "red",
    DeliveryStatus.BOUNCED: "red",
    DeliveryStatus.UNKNOWN: "bold magenta",
    DeliveryStatus.SKIPPED: "dim",
}


def status_word(status: DeliveryStatus) -> str:
    """What the status is called."""
    words = {
        DeliveryStatus.PENDING: _("waiting"),
        DeliveryStatus.SENDING: _("being sent"),
        DeliveryStatus.COMMITTING: _("being handed over"),
        DeliveryStatus.ACCEPTED: _("accepted"),
        DeliveryStatus.DEFERRED: _("put off"),
        DeliveryStatus.REJECTED: _("refused"),
        DeliveryStatus.UNKNOWN: _("outcome unknown"),
        DeliveryStatus.BOUNCED: _("came back"),
        DeliveryStatus.SKIPPED: _("skipped"),
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


def skip_word(reason: str) -> str:
    """Why a recipient was skipped, from the code that the log keeps."""
    words = {
        SkipReason.OPTED_OUT: _("does not want our mail"),
        SkipReason.BOUNCED: _("an earlier mail came back"),
        SkipReason.MUTED: _("wants no mail for now"),
        SkipReason.NOT_NAMED: _("not among those named by --only"),
        SkipReason.EXCLUDED: _("left out by --exclude"),
        SkipReason.LACKS_TAG: _("lacks the tag"),
        SkipReason.HAS_TAG: _("has a tag of --not-tag"),
        SkipReason.OTHER_OUTLET: _("of another outlet"),
        SkipReason.OUTLET_IS_FULL: _("enough of the outlet already"),
        SkipReason.OVER_LIMIT: _("over --limit"),
    }
    known = {str(code): text for code, text in words.items()}
    return known.get(reason, reason)
