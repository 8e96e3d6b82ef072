"""Recipients and suppressions as plain values for JSON: the same in every language."""

from pressutskick.recipients.model import Recipient
from pressutskick.recipients.suppression import Suppression

_TEXTS = (
    *("name", "first_name", "role", "outlet", "desk", "beat", "region", "media_type", "phone"),
    *("source", "legal_ground"),
)


def describe_recipient(recipient: Recipient) -> dict[str, object]:
    """All fields; absent ones are null."""
    return {
        "address": recipient.mailbox.address,
        **{name: getattr(recipient, name) for name in _TEXTS},
        "language": recipient.language.value if recipient.language else None,
        "tags": sorted(recipient.tags),
        "informed": recipient.informed.isoformat() if recipient.informed else None,
        "checked": recipient.checked.isoformat() if recipient.checked else None,
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
