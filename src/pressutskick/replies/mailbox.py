"""What a mailbox is to the rules: mails in their order, and how far one came. Values and one seam.

Adapters in `pressutskick.inbox` read; they never mark, move or delete anything.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far an IMAP mailbox was read: UIDVALIDITY and the highest UID (RFC 3501 section 2.3.1.1).

    A mailbox with another validity is read from its beginning again: its numbers mean other mails.
    """

    validity: int
    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is known of a mailbox before it is read.

    `places` are those that were read already, for mailboxes without numbers. `since` is the day
    (UTC) from which a first run looks; None for everything.
    """

    cursor: Cursor | None = None
    places: Collection[str] = frozenset()
    since: dt.date | None = None


START = Progress()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMail:
    """One mail as it lies there, its first `parts.MOST_OCTETS` octets.

    `name` is what a person finds it by. `cursor` is how far the mailbox is read with it; `place`
    what stands for that where there are no numbers.
    """

    name: str
    content: bytes = field(repr=False)
    cursor: Cursor | None = None
    place: str = ""


class MailSource(Protocol):
    """Where mails come in. `account` tells one mailbox from another, in words."""

    @property
    def account(self) -> str:
        """Which mailbox it is; the same for the same mailbox on every run."""

    def mails(self, progress: Progress) -> Iterator[RawMail]:
        """The mails after `progress`, oldest first, one at a time.

        Raises:
            PressutskickError: the mailbox cannot be reached or read.
        """
