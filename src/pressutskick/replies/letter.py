"""A mail taken apart: what several questions ask for. Each part is read once."""

import datetime as dt
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property

from pressutskick.replies.addresses import find_address
from pressutskick.replies.ownwords import cut_quotes
from pressutskick.replies.parts import Part, read_parts

#: Counted from where a mail has no day of its own.
NO_DATE = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail; `date` is UTC."""

    mail: Part
    subject: str
    sender: str
    date: dt.datetime

    @cached_property
    def own(self) -> str:
        """What its writer wrote, without quotes and signature; nobody asks that of a report."""
        return cut_quotes(_read_text(self.mail))


def open_letter(content: bytes) -> Letter:
    """Takes the mail apart; whatever the bytes are."""
    mail = read_parts(content)
    return Letter(
        mail=mail,
        subject=mail.field("Subject"),
        sender=find_address(mail.field("From")),
        date=_read_date(mail.field("Date")),
    )


def _read_date(value: str) -> dt.datetime:
    try:
        date = parsedate_to_datetime(value)
        return date.astimezone(dt.UTC) if date.tzinfo else date.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return NO_DATE


def _read_text(mail: Part) -> str:
    """The first plain text of the mail itself, else its HTML without markup."""
    for media_type in ("text/plain", "text/html"):
        for part in mail.walk():
            if part.media_type == media_type:
                text = part.text()
                if text.strip():
                    return text
    return ""
