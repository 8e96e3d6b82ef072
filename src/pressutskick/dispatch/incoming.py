"""What came back to a dispatch, as the delivery log keeps it: values only.

A reply is kept once, known by the digest of its octets, so that reading a mailbox again changes
nothing. What follows from it (a bounce, an answer, a suppression) is written in the same
transaction, now or when a person has confirmed it.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.door import NO_DETAILS, AnswerDetails
from pressutskick.dispatch.records import DispatchKey
from pressutskick.mail import Reply
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.suppression import Suppression
from pressutskick.replies.mailbox import Cursor
from pressutskick.replies.verdict import Absence, ReplyKind


class IncomingState(StrEnum):
    """Whether a reply wants something of a person."""

    #: To be known; nothing follows, or it was certain and has followed.
    NEWS = "news"
    #: A person is asked whether it holds.
    PROPOSED = "proposed"
    #: A person has said yes, and it has followed.
    CONFIRMED = "confirmed"
    #: A person has said no.
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """A delivery as a reply may refer to it: enough to recognise it by, of every one that went out.

    `moment` (UTC) is that of its last change of status.
    """

    delivery_id: int
    dispatch: DispatchKey
    key: str
    status: DeliveryStatus
    moment: dt.datetime
    message_id: str | None = None
    server_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerNote:
    """An answer to be kept; `source` says how it came, in words."""

    release_id: str
    key: str
    answer: Answer
    source: str
    details: AnswerDetails = NO_DETAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What follows from a reply: a delivery came back, an answer, a suppression; or nothing."""

    bounced: int | None = None
    answer: AnswerNote | None = None
    suppression: Suppression | None = None


NO_EFFECTS = Effects()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A reply to be kept. `key` is the comparison key of whom it concerns.

    `name` is what a person finds the mail by, `mailed_at` (UTC) its own date. `reply` is a
    server's, of a bounce or delay. `effects` follow at once.
    """

    digest: str
    name: str
    kind: ReplyKind
    state: IncomingState
    key: str
    release_id: str
    delivery_id: int | None = None
    words: str = ""
    mailed_at: dt.datetime | None = None
    reply: Reply | None = None
    is_permanent: bool = False
    attendance: Answer | None = None
    has_photographer: bool = False
    absence: Absence | None = None
    effects: Effects = NO_EFFECTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some mails of a mailbox, read: what of them is kept, and how far one came with them."""

    account: str
    replies: Sequence[Incoming] = ()
    cursor: Cursor | None = None
    places: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRecord:
    """A reply as the log holds it; `recipient` is the delivery's, None where that is unknown."""

    id: int
    account: str
    name: str
    kind: ReplyKind
    state: IncomingState
    key: str
    release_id: str
    taken_at: dt.datetime
    delivery_id: int | None = None
    recipient: Recipient | None = None
    words: str = ""
    mailed_at: dt.datetime | None = None
    reply: Reply | None = None
    is_permanent: bool = False
    attendance: Answer | None = None
    has_photographer: bool = False
    absence: Absence | None = field(default=None)
