"""What changed between two versions of a list: who came, who went, who is described otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass

from pressutskick.recipients.model import Recipient
from pressutskick.recipients.transcript import describe_recipient

#: Where a row stands is no property of the person.
_NOT_COMPARED = frozenset({"origin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One recipient in both lists; `fields` holds name, old and new value (as for JSON)."""

    old: Recipient
    new: Recipient
    fields: tuple[tuple[str, object, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that differs, in the order of the lists."""

    added: tuple[Recipient, ...]
    removed: tuple[Recipient, ...]
    changed: tuple[RowChange, ...]


def compare(old: Iterable[Recipient], new: Iterable[Recipient]) -> Difference:
    """Compares by mailbox; the order of rows does not count."""
    before = {recipient.mailbox.key: recipient for recipient in old}
    after = {recipient.mailbox.key: recipient for recipient in new}
    pairs = ((before[key], recipient) for key, recipient in after.items() if key in before)
    changes = (RowChange(old=was, new=now, fields=_changed_fields(was, now)) for was, now in pairs)
    return Difference(
        added=tuple(recipient for key, recipient in after.items() if key not in before),
        removed=tuple(recipient for key, recipient in before.items() if key not in after),
        changed=tuple(change for change in changes if change.fields),
    )


def _changed_fields(old: Recipient, new: Recipient) -> tuple[tuple[str, object, object], ...]:
    was, now = describe_recipient(old), describe_recipient(new)
    return tuple(
        (name, was[name], value)
        for name, value in now.items()
        if name not in _NOT_COMPARED and was[name] != value
    )
