"""The values of this room: what a mail is, for whom, and what it refers to."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from pressutskick.mail import EnhancedStatus
from pressutskick.sentences import Sentence


class ReplyKind(StrEnum):
    """What a mail is that came back."""

    #: A server could not deliver and has given up.
    BOUNCE = "bounce"
    #: A server has not delivered yet and goes on trying.
    DELAY = "delay"
    #: A server tells that it delivered or passed on.
    SUCCESS = "success"
    #: Somebody's program tells that the mail was shown or deleted (RFC 8098).
    RECEIPT = "receipt"
    #: Nobody is there to read it, for a while or for good.
    ABSENCE = "absence"
    #: A person says whether they come.
    ANSWER = "answer"
    #: A calendar says whether they come (RFC 5546, METHOD:REPLY).
    CALENDAR = "calendar"
    #: Somebody wants no more mail from us.
    OPT_OUT = "opt-out"
    #: A person wrote something that only a person can answer.
    QUESTION = "question"
    #: Nothing that came back: a newsletter, an acknowledgement, a program's notice.
    OTHER = "other"


class Attendance(StrEnum):
    """What an answer says."""

    COMING = "coming"
    DECLINED = "declined"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What a mail says about the mail that it answers.

    `thread` are the Message-IDs (without angle brackets) that the mail itself answers, and
    `message_ids` all that stand anywhere in it; `delivery_ids` the values of X-Pressutskick-Id,
    `tokens` those of opt-outs, `releases` what stands before the at sign in a calendar entry's UID.
    """

    thread: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    delivery_ids: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Until when somebody is away, who stands in, and whether they have left for good.

    `back` is the day of return. `deputy` is an address that the notice names.
    """

    back: dt.date | None = None
    deputy: str | None = None
    has_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one mail is.

    `addresses` are those that could not be reached, or whose owner wrote. `words` are the server's
    or the person's own, on one line, safe to print. `is_certain` tells that nobody need confirm it;
    `is_permanent` that the address is gone for good, not only that this mail failed.
    `is_personal` tells that a person wrote the mail.
    """

    kind: ReplyKind
    reason: Sentence
    addresses: tuple[str, ...] = ()
    status: EnhancedStatus | None = None
    is_permanent: bool = False
    is_certain: bool = False
    is_personal: bool = False
    words: str = ""
    attendance: Attendance | None = None
    has_photographer: bool = False
    absence: Absence | None = None
    clues: Clues = field(default_factory=Clues)
    date: dt.datetime | None = None
    sender: str = ""
    subject: str = ""
