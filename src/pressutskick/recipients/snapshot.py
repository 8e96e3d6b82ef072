"""A recipient as a line of JSON and back: how the delivery log keeps one."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from pressutskick.errors import Origin
from pressutskick.mail import Language, Mailbox
from pressutskick.recipients.model import DATE_FIELDS, TEXT_FIELDS, Recipient

_NOWHERE = Origin()
#: What is left out of a snapshot.
_ABSENT: tuple[object, ...] = (None, [], {})


#: Made once: `json.dumps` would make it anew for each recipient.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def recipient_text(recipient: Recipient) -> str:
    """The snapshot of a recipient as JSON; absent fields are left out."""
    origin = recipient.origin
    is_placed = origin.file is not None or origin.line is not None
    snapshot: dict[str, object] = {
        "address": recipient.mailbox.address,
        "mailbox_name": recipient.mailbox.name or None,
        **{name: getattr(recipient, name) for name in TEXT_FIELDS},
        "language": recipient.language and recipient.language.value,
        "tags": sorted(recipient.tags),
        **{name: (day := getattr(recipient, name)) and day.isoformat() for name in DATE_FIELDS},
        "wants": None if recipient.wants else False,
        "extra": dict(recipient.extra),
        "origin": [origin.file, origin.sheet, origin.line, origin.column] if is_placed else None,
    }
    snapshot = {name: value for name, value in snapshot.items() if value not in _ABSENT}
    text = _ENCODER.encode(snapshot)
    return text.encode("utf-8", "replace").decode("utf-8")


def read_recipient(text: str) -> Recipient:
    """The reverse of `recipient_text`."""
    return make_recipient(json.loads(text))


def make_recipient(snapshot: Mapping[str, Any]) -> Recipient:
    """A recipient from its snapshot, parsed."""
    rest: dict[str, Any] = {name: snapshot[name] for name in TEXT_FIELDS if name in snapshot}
    for name in DATE_FIELDS:
        if name in snapshot:
            rest[name] = dt.date.fromisoformat(snapshot[name])
    origin = _NOWHERE
    if "origin" in snapshot:
        file, sheet, line, column = snapshot["origin"]
        origin = Origin(file=file, sheet=sheet, line=line, column=column)
    language = snapshot.get("language")
    return Recipient(
        mailbox=Mailbox(address=snapshot["address"], name=snapshot.get("mailbox_name", "")),
        language=Language(language) if language else None,
        tags=frozenset(snapshot.get("tags", ())),
        wants=bool(snapshot.get("wants", True)),
        extra=snapshot.get("extra", {}),
        origin=origin,
        **rest,
    )
