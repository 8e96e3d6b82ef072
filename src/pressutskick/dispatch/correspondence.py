"""What was mailed to whom about one release, and what follows for the next mail. Pure.

A thread belongs to a recipient: a later message refers to those which that very recipient got, by
our Message-ID and, where the relay replaced it, by the relay's.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.plan import HoldBack
from pressutskick.dispatch.reminders.times import is_cooling_off
from pressutskick.dispatch.reminders.words import COOL_OFF
from pressutskick.message.model import Purpose
from pressutskick.recipients.model import Recipient
from pressutskick.sentences import Sentence, say

#: A Message-ID (RFC 5322 section 3.6.4) as a relay tells it; a queue id has no at sign.
_MESSAGE_ID = re.compile(r"<?([^\s<>@]+@[^\s<>@]+)>?")
#: Mails that bring a text with its files.
_TELLING = (Purpose.ANNOUNCE, Purpose.CORRECTION)
_OPEN = frozenset({DeliveryStatus.UNKNOWN, DeliveryStatus.COMMITTING, DeliveryStatus.SENDING})


class Answer(StrEnum):
    """What a recipient has answered; whoever has is not reminded."""

    COMING = "coming"
    DECLINED = "declined"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One delivery of the release; `moment` (UTC) is that of its last change of status."""

    dispatch_id: int
    purpose: Purpose
    recipient: Recipient
    status: DeliveryStatus
    moment: dt.datetime
    message_id: str | None = None
    server_id: str | None = None
    snapshot_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """One mailbox and every mail of the release to it, oldest first."""

    recipient: Recipient
    mails: tuple[Mail, ...] = field(default=())

    @property
    def accepted(self) -> tuple[Mail, ...]:
        """What the relay took."""
        return tuple(mail for mail in self.mails if mail.status is DeliveryStatus.ACCEPTED)

    @property
    def last_mail(self) -> dt.datetime | None:
        """When something was last sent, or perhaps sent."""
        sent = (DeliveryStatus.ACCEPTED, *_OPEN)
        return max((mail.moment for mail in self.mails if mail.status in sent), default=None)

    @property
    def has_bounced(self) -> bool:
        """Whether a mail of this release came back."""
        return any(mail.status is DeliveryStatus.BOUNCED for mail in self.mails)

    @property
    def is_informed(self) -> bool:
        """Whether the relay has taken an invitation or a correction, which tells the facts in full.

        A mail that came back later has told nobody anything.
        """
        return self._has_facts((DeliveryStatus.ACCEPTED,))

    @property
    def may_be_informed(self) -> bool:
        """Whether it is, or perhaps is: the relay's answer was lost.

        Who may act on what no longer holds must be told, and loses nothing by hearing it first.
        """
        return self._has_facts((DeliveryStatus.ACCEPTED, *_OPEN))

    def _has_facts(self, statuses: Collection[DeliveryStatus]) -> bool:
        return not self.has_bounced and any(
            mail.purpose in _TELLING and mail.status in statuses for mail in self.mails
        )

    @property
    def held(self) -> tuple[int, ...]:
        """Snapshots of the texts that this mailbox has: the last that the relay took comes first.

        Later ones that perhaps reached it follow. A newer text has a higher number. A reminder
        repeats the facts, without the files and without a word of what has changed: whoever missed
        a correction has missed it still.
        """
        texts = [mail for mail in self.mails if mail.purpose in _TELLING]
        sure = {mail.snapshot_id for mail in texts if mail.status is DeliveryStatus.ACCEPTED}
        perhaps = {mail.snapshot_id for mail in texts if mail.status in _OPEN}
        last = max(filter(None, sure), default=0)
        later = sorted(number for number in perhaps if number is not None and number > last)
        return (last, *later) if last else tuple(later)

    @property
    def saved(self) -> tuple[int, ...]:
        """Snapshots of the texts whose calendar entries this mailbox has: a reminder brings them."""
        reached = (DeliveryStatus.ACCEPTED, *_OPEN)
        reminders = {
            mail.snapshot_id
            for mail in self.mails
            if mail.purpose is Purpose.REMINDER and mail.status in reached
        }
        return tuple(sorted({*self.held, *filter(None, reminders)}))

    @property
    def references(self) -> tuple[str, ...]:
        """Message-IDs to refer to (RFC 5322 section 3.6.4), the one to reply to last."""
        found: dict[str, None] = {}
        for mail in self.accepted:
            found |= dict.fromkeys(_message_ids(mail))
        return tuple(found)


def _message_ids(mail: Mail) -> Iterator[str]:
    """Ours, then the relay's: the relay's is what stands in the recipient's mailbox."""
    if mail.message_id:
        yield mail.message_id
    told = _MESSAGE_ID.fullmatch(mail.server_id or "")
    if told:
        yield f"<{told[1]}>"


def gather(mails: Iterable[Mail]) -> Mapping[str, Correspondent]:
    """All mails of one release by comparison key; the newest entry of a recipient's data counts."""
    found: dict[str, list[Mail]] = {}
    for mail in mails:
        found.setdefault(mail.recipient.mailbox.key, []).append(mail)
    return {
        key: Correspondent(recipient=group[-1].recipient, mails=tuple(group))
        for key, group in found.items()
    }


def hold_back(
    correspondent: Correspondent,
    answers: Mapping[str, Answer],
    now: dt.datetime,
    cool_off: dt.timedelta = COOL_OFF,
    *,
    unless: Collection[int] = (),
    with_expected: bool = False,
) -> tuple[HoldBack, Sentence] | None:
    """Why not to remind now; None where nothing speaks against it.

    `with_expected` reminds those too who have said that they come.
    Mails of the dispatches in `unless` do not count for the cool-off: those of the very reminder.
    """
    answer = answers.get(correspondent.recipient.mailbox.key)
    if answer is Answer.DECLINED:
        return HoldBack.DECLINED, say("has declined")
    if answer is not None and not (answer is Answer.COMING and with_expected):
        return HoldBack.ANSWERED, say("has answered")
    others = tuple(mail for mail in correspondent.mails if mail.dispatch_id not in unless)
    last = Correspondent(recipient=correspondent.recipient, mails=others).last_mail
    if is_cooling_off(last, now, cool_off):
        return HoldBack.COOLING_OFF, say("had another mail of this release a short while ago")
    return None
