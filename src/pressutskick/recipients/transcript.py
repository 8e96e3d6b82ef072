"""Recipients and suppressions as plain values for JSON: the same in every language."""

from pressutskick.recipients.model import DATE_FIELDS, TEXT_FIELDS, Recipient
from pressutskick.recipients.suppression import Suppression


def describe_recipient(recipient: Recipient) -> dict[str, object]:
    """All fields; absent ones are null."""
    return {
        "address": recipient.mailbox.address,
        **{name: getattr(recipient, name) for name in TEXT_FIELDS},
        "language": recipient.language.value if recipient.language else None,
        "tags": sorted(recipient.tags),
        **{
            name: day.isoformat() if (day := getattr(recipient, name)) else None
            for name in DATE_FIELDS
        },
        "wants": recipient.wants,
        "extra": dict(recipient.extra),
        "origin": str(recipient.origin) or None,
    }


def describe_suppression(entry: Suppression) -> dict[str, object]:
    """One entry of the suppression list."""
    return {
        "key": entry.key,
        "reason": entry.reason.value,
        "scope": entry.scope.value,
        "source": entry.source,
        "until": entry.until.isoformat() if entry.until else None,
        "created": entry.created.isoformat(),
    }
