"""The message and what it is made from, as values.

Owns what leaves this room (`Message`) and what goes into it besides release and recipient:
purpose, attached files, changes. Knows neither templates nor MIME.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.mail import Envelope

#: `re` finds this in a third of the time that `bytes.replace` takes.
_LINE_WITH_DOT = re.compile(rb"\n\.")


class Purpose(StrEnum):
    """Why a release is mailed; with the release it names a dispatch."""

    ANNOUNCE = "announce"
    REMINDER = "reminder"
    CORRECTION = "correction"
    CANCELLATION = "cancellation"


class ChangedField(StrEnum):
    """What a correction can be about; the templates' `words` hold a label for each."""

    TITLE = "title"
    WHEN = "when"
    SESSION = "session"
    PLACE = "place"
    GATHERING = "gathering"
    ONLINE = "online"
    RSVP = "rsvp"
    DEADLINE = "deadline"
    SPEAKERS = "speakers"
    CONTACTS = "contacts"
    TEXT = "text"
    PHOTO = "photo"
    ACCREDITATION = "accreditation"
    EMBARGO = "embargo"
    ATTACHMENTS = "attachments"


#: Facts of which there may be several: a change says which of them came, went or is another now.
LISTED = frozenset({ChangedField.SESSION, ChangedField.ATTACHMENTS})


class News(StrEnum):
    """What heads a change; the templates' `words` hold a text for each."""

    NEW_TIME = "new_time"
    NEW_PLACE = "new_place"
    NEW_TIME_AND_PLACE = "new_time_and_place"
    #: The day was taken back, and no other is set; the clock was, and the day holds.
    POSTPONED = "postponed"
    TIME_WITHDRAWN = "time_withdrawn"
    #: A part of the programme is off, or another has come on another day.
    NEW_PROGRAMME = "new_programme"
    #: What was said holds; it is said more closely.
    CLARIFICATION = "clarification"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact of a correction: what was said, and what holds now; None where there is nothing.

    Where both are the same (of a file), something else stands under the name.
    """

    field: ChangedField
    before: str | None
    after: str | None
    news: News = News.CORRECTION


#: Begins the name of a file that goes out under embargo: a file leaves its mail behind.
EMBARGO_MARK = "EMBARGO "


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file that goes with every message, already read: name for the reader, media type, bytes."""

    filename: str
    media_type: str
    content: bytes
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one recipient gets: an envelope and the bytes to hand over after DATA.

    The bytes have CRLF line ends, no bare CR or LF, no line above 998 octets, and end with CRLF;
    they are 7-bit ASCII unless an address needs SMTPUTF8. `personal` is this recipient's alone,
    `common` (attachments) is one object shared by all messages of a dispatch, so that a large
    attachment is held once. `common` never has a line that starts with a dot.
    """

    envelope: Envelope
    message_id: str
    subject: str
    personal: bytes
    common: bytes = b""

    @property
    def content(self) -> bytes:
        """The whole message (RFC 5322), as a file or a parser wants it."""
        return self.personal + self.common

    @property
    def wire_pieces(self) -> tuple[bytes, bytes]:
        """The message dot-stuffed (RFC 5321 section 4.5.2), without the final dot, uncopied."""
        return _LINE_WITH_DOT.sub(b"\n..", self.personal), self.common

    @property
    def size(self) -> int:
        """Octets of the content, for SIZE (RFC 1870)."""
        return len(self.personal) + len(self.common)
