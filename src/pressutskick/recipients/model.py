"""The recipient as a value, and the names of its fields for all who carry them elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from pressutskick.errors import Origin
from pressutskick.mail import Language, Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person or a desk on a media list.

    `mailbox` has its domain in ASCII form. `name` is a person's full name, None for a desk;
    `first_name` is what a salutation uses, `role` what the person is there ("sportchef"). `extra`
    holds the list's own columns, by their header as written. `origin` tells file, sheet and row.
    """

    mailbox: Mailbox
    name: str | None = None
    first_name: str | None = None
    role: str | None = None
    outlet: str | None = None
    desk: str | None = None
    beat: str | None = None
    region: str | None = None
    media_type: str | None = None
    language: Language | None = None
    tags: frozenset[str] = frozenset()
    phone: str | None = None
    #: Personal data bookkeeping (GDPR art. 6, 14): where it came from, on which ground, since when.
    source: str | None = None
    legal_ground: str | None = None
    informed: date | None = None
    checked: date | None = None
    #: False where a column of the list says no.
    wants: bool = True
    extra: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)

    @property
    def is_desk(self) -> bool:
        """Whether nobody is named, so that the salutation addresses the newsroom."""
        return self.name is None


#: Fields of plain text, and of a day, in the order of the declaration: whoever keeps, compares or
#: writes recipients goes by these, so that a new field is written down once.
TEXT_FIELDS = tuple(each.name for each in fields(Recipient) if each.type == str | None)
DATE_FIELDS = tuple(each.name for each in fields(Recipient) if each.type == date | None)
