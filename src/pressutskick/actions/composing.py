"""What makes the messages of a dispatch: release, sender, templates, files, calendar.

Invitations, what follows them, and previews of both are composed here alike, and so are the digests
that tell a later run whether what is sent is still the same.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pressutskick.dispatch import approval
from pressutskick.dispatch.records import DispatchKey, Snapshot
from pressutskick.dispatch.texts import make_text
from pressutskick.errors import SettingsError
from pressutskick.mail import Mailbox
from pressutskick.message.calendar import make_calendar
from pressutskick.message.compose import Composition, MessagePlan
from pressutskick.message.model import AttachedFile, Change
from pressutskick.message.occasions import NO_HISTORY, CalendarHistory
from pressutskick.message.rendering import TemplateSet
from pressutskick.message.wire.headers import ascii_domain
from pressutskick.release.model import Release
from pressutskick.sentences import say
from pressutskick.settings.model import Settings


def require_sender(settings: Settings) -> Mailbox:
    """The sender, without whom no message is made.

    Raises:
        SettingsError: nobody is named.
    """
    if settings.sender is None:
        raise SettingsError(
            say("Nobody is named as sender: PRESSUTSKICK_FROM is empty."),
            remedy=say(
                "Set it in .env, such as PRESSUTSKICK_FROM=Pressen <press@example.org>, or run: "
                "pressutskick init"
            ),
        )
    return settings.sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is not alike for all: the changes that are told, and the calendar.

    `is_expected` words a reminder for those who have said that they come.
    """

    changes: tuple[Change, ...] = ()
    calendar: tuple[AttachedFile, ...] = ()
    is_expected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchComposer:
    """Everything that the messages of one dispatch are made from.

    `log_key` is the delivery log's secret, `date` that of the dispatch, in the zone in which it is
    to be read. `sequence` is the calendar's (RFC 5546 section 2.1.4), `history` what went out
    before. `attached` are the files of the release, without its calendar.
    """

    release: Release
    settings: Settings
    templates: TemplateSet
    log_key: bytes
    key: DispatchKey
    date: dt.datetime
    sequence: int = 0
    history: CalendarHistory = NO_HISTORY
    attached: tuple[AttachedFile, ...] = ()
    reason: str | None = None
    is_unattended: bool = False

    def write_calendar(self, held: Iterable[int] = ()) -> tuple[AttachedFile, ...]:
        """The calendar files of those who have the texts `held`, by snapshot.

        Raises:
            SettingsError: nobody is named as sender.
        """
        sender = require_sender(self.settings)
        organizer = self.settings.reply_to or sender
        # A calendar shows who invites: never a bare address where the city's name is known.
        name = organizer.name or self.settings.organisation or sender.name
        return make_calendar(
            self.release,
            organizer=replace(organizer, name=name),
            domain=ascii_domain(sender.address).rpartition("@")[2].lower(),
            stamp=self.date,
            sequence=self.sequence,
            purpose=self.key.purpose,
            history=self.history,
            held=held,
        )

    def compose(self, edition: Edition | None = None) -> MessagePlan:
        """What makes the messages: the first edition, unless another is given.

        Raises:
            SettingsError: nobody is named as sender.
            InputError: a template is not valid.
        """
        edition = edition or Edition(calendar=self.write_calendar())
        return MessagePlan(
            Composition(
                release=self.release,
                sender=require_sender(self.settings),
                templates=self.templates,
                key=self.log_key,
                date=self.date,
                purpose=self.key.purpose,
                number=self.key.number,
                files=(*self.attached, *edition.calendar),
                changes=edition.changes,
                reason=self.reason,
                is_unattended=self.is_unattended,
                is_expected=edition.is_expected,
                reply_to=self.settings.reply_to,
                organisation=self.settings.organisation,
            )
        )


def make_snapshot(
    release: Release, settings: Settings, plan: MessagePlan, keys: Iterable[str]
) -> Snapshot:
    """What is sent, with the digests that tell a later run whether it is still the same.

    `keys` are the comparison keys of all who are meant, mailed already or not, in ascending order.
    """
    text = make_text(release, plan.composition.files)
    return Snapshot(
        release=text.canonical,
        files=text.files,
        digests=approval.Digests(
            release=text.seal,
            templates=approval.digest_templates(plan.composition.templates),
            selection=approval.digest_selection(keys),
            settings=approval.digest_settings(
                {
                    "sender": str(settings.sender),
                    "reply_to": str(settings.reply_to or ""),
                    "organisation": settings.organisation,
                }
            ),
        ),
    )
