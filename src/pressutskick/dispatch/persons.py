"""What the delivery log holds about people, as values: one who asks, and all whose time is over.

The right of access and the right to erasure (GDPR articles 15 and 17), and how long people are kept
(article 5). Pure.
"""

import datetime as dt
from dataclasses import dataclass

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.door import NO_DETAILS, AnswerDetails
from pressutskick.dispatch.incoming import IncomingRecord
from pressutskick.dispatch.records import AttemptRecord, DeliveryRecord, DispatchKey
from pressutskick.recipients.suppression import Suppression


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDelivery:
    """One delivery to the person; `title` is the dispatch's."""

    key: DispatchKey
    title: str
    delivery: DeliveryRecord
    attempts: tuple[AttemptRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAnswer:
    """What the person has answered to an invitation, and how that came."""

    release_id: str
    answer: Answer
    source: str
    answered_at: dt.datetime
    details: AnswerDetails = NO_DETAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSample:
    """A sample message that went to the person's address."""

    release_id: str
    sent_at: dt.datetime
    status: DeliveryStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """All that a log holds about one person."""

    deliveries: tuple[PersonDelivery, ...] = ()
    answers: tuple[PersonAnswer, ...] = ()
    samples: tuple[PersonSample, ...] = ()
    replies: tuple[IncomingRecord, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What was made unrecognisable: deliveries, and other rows that held the address or name."""

    deliveries: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OldDispatch:
    """A dispatch whose retention time is over; `deliveries` is how many rows it has."""

    id: int
    key: DispatchKey
    title: str
    deliveries: int
    last_change: dt.datetime
