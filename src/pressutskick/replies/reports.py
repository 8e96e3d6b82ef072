"""Delivery status notifications as RFC 3464 writes them: one group of fields for each recipient."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.mail import EnhancedStatus
from pressutskick.replies.addresses import find_address
from pressutskick.replies.parts import Part, decode_value

STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_FIELD = re.compile(r"^([A-Za-z][A-Za-z-]{1,40})[ \t]*:[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
#: Groups of one report that are read: ours have one recipient each.
_MOST_GROUPS = 40


class Action(StrEnum):
    """RFC 3464 section 2.3.3."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientReport:
    """What became of one recipient; `words` are the server's, on one line."""

    address: str
    action: Action
    status: EnhancedStatus | None
    words: str


def read_report(mail: Part) -> tuple[RecipientReport, ...]:
    """Each recipient of the mail's own report; none where it holds none.

    A report inside a forwarded mail is not the mail's own: `message/rfc822` is no part of the tree.
    Where a report's boundary is broken, its fields stand in the text of the whole.
    """
    texts = [part.text() for part in mail.walk() if part.media_type in STATUS_TYPES]
    if not mail.parts:
        texts = [mail.text()]
    groups = [group for text in texts for group in _split(text)]
    return tuple(report for group in groups[:_MOST_GROUPS] for report in _read(group))


def _split(text: str) -> list[str]:
    """Groups of fields, parted by empty lines."""
    return [group for group in re.split(r"\n[ \t]*\n", text) if ":" in group]


def _read(group: str) -> Iterator[RecipientReport]:
    fields = {name.lower(): decode_value(value) for name, value in _FIELD.findall(group)}
    told = [fields.get(name, "") for name in ("final-recipient", "original-recipient")]
    address = next(filter(None, map(_read_recipient, told)), "")
    diagnostic = re.sub(r"^\s*[\w-]+\s*;\s*", "", fields.get("diagnostic-code", ""))
    action = _read_action(fields)
    if action is not None and (address or diagnostic):
        status = find_status(fields.get("status", "")) or find_status(diagnostic)
        yield RecipientReport(address=address, action=action, status=status, words=diagnostic)


def _read_action(fields: dict[str, str]) -> Action | None:
    word = re.match(r"[a-z]*", fields.get("action", "").lower())
    try:
        return Action(word[0] if word else "")
    except ValueError:
        pass
    # Some servers leave the action out, or write one of their own: the class tells it.
    status = find_status(fields.get("status", ""))
    if status is None or not ("final-recipient" in fields or "original-recipient" in fields):
        return None
    return Action.DELIVERED if status.class_ == 2 else Action.FAILED


def _read_recipient(value: str) -> str:
    """The address after `rfc822;`; an odd one may be in brackets or quoted."""
    return find_address(value.partition(";")[2] or value)


def find_status(text: str) -> EnhancedStatus | None:
    """The first status triple (RFC 3463) of a text."""
    found = _STATUS.search(text)
    if found is None:
        return None
    return EnhancedStatus(class_=int(found[1]), subject=int(found[2]), detail=int(found[3]))
