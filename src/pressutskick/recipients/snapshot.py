"""A recipient as a line of JSON and back: how the delivery log keeps one."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from pressutskick.errors import Origin
from pressutskick.mail import Language, Mailbox
from pressutskick.recipients.model import DATE_FIELDS, TEXT_FIELDS, Recipient

_NOWHERE = Origin()


#: Made once: `json.dumps` would make it anew for each recipient.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def recipient_text(recipient: Recipient) -> str:
    """The snapshot of a recipient as JSON; absent fields are left out."""
    snapshot: dict[str, object] = {"address": recipient.mailbox.address}
    if recipient.mailbox.name:
        snapshot["mailbox_name"] = recipient.mailbox.name
    for field in TEXT_FIELDS:
        if (value := getattr(recipient, field)) is not None:
            snapshot[field] = value
    if recipient.language is not None:
        snapshot["language"] = recipient.language.value
    if recipient.tags:
        snapshot["tags"] = sorted(recipient.tags)
    for field in DATE_FIELDS:
        if (date := getattr(recipient, field)) is not None:
            snapshot[field] = date.isoformat()
    if recipient.extra:
        snapshot["extra"] = dict(recipient.extra)
    origin = recipient.origin
    if origin.file is not None or origin.line is not None:
        snapshot["origin"] = [origin.file, origin.sheet, origin.line, origin.column]
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
        extra=snapshot.get("extra", {}),
        origin=origin,
        **rest,
    )
