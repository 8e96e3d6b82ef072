"""A mail's header alone: enough to tell that most mails of a mailbox are about nothing of ours.

What it says "perhaps" to is read in full; it never says "no" to a mail that `reading` would find to
be about ours.
"""

from dataclasses import dataclass

from pressutskick.replies import machine, optouts
from pressutskick.replies.addresses import find_address
from pressutskick.replies.clues import find_thread
from pressutskick.replies.parts import COMPOUND_FILE, read_header

#: Marks of reports and calendars, which name whom they are about inside.
_MARKS = (b"method:reply", b"x-pressutskick-id:", b"feedback-report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a header tells. `is_open` says that only the whole mail tells whom it is about."""

    sender: str
    thread: tuple[str, ...]
    tokens: tuple[str, ...]
    is_open: bool


def glance(content: bytes) -> Glance:
    """Reads the header, and looks for marks in the rest."""
    mail = read_header(content)
    is_report = mail.header.get_content_type() == "multipart/report"
    is_by_program = (
        is_report
        or machine.is_server(mail)
        or machine.may_be_server(mail)
        or machine.tells_as_server(mail)
    )
    return Glance(
        sender=find_address(mail.field("From")),
        thread=find_thread(mail),
        tokens=optouts.find_tokens(mail.field("Subject"), ""),
        is_open=is_by_program or content.startswith(COMPOUND_FILE) or _has_mark(content),
    )


def _has_mark(content: bytes) -> bool:
    lower = content.lower()
    return any(mark in lower for mark in _MARKS)
