"""Mails that follow an invitation: to whom, in which thread, with which calendar.

Makes a `Sending` from what the log knows; sends nothing. `remind`, `correct` and `cancel` share it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pressutskick.assembly.composition import make_message_plan, make_snapshot
from pressutskick.assembly.files import gather_attachments, write_calendar
from pressutskick.cli.editions import Differences, Edition, Held, make_editions
from pressutskick.cli.flags.clock import ZONE
from pressutskick.cli.sending import Sending
from pressutskick.dispatch.correspondence import Correspondent
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import Plan, PlanEntry, gather_plan, plan_entry
from pressutskick.dispatch.records import DispatchKey, DispatchOrder, DispatchState
from pressutskick.dispatch.run import RunOptions
from pressutskick.errors import InputError
from pressutskick.message.compose import MessagePlan
from pressutskick.message.model import AttachedFile, Purpose
from pressutskick.message.occasions import History
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import EVERYBODY, select
from pressutskick.recipients.suppression import NO_SUPPRESSIONS, Suppressions
from pressutskick.release.model import Release
from pressutskick.sentences import Sentence, say
from pressutskick.settings.model import Settings

#: Why somebody is held back, as a code and in words; None for nobody.
HoldBackRule = Callable[[Correspondent], tuple[str, Sentence] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every mail of a run is made with."""

    settings: Settings
    log: DeliveryLog
    now: dt.datetime
    options: RunOptions = field(default_factory=RunOptions)
    suppressions: Suppressions = NO_SUPPRESSIONS
    wait: float = 0.0
    #: Takes the lock that keeps two mails about one release apart, if it is not taken yet.
    hold: Callable[[], None] = lambda: None

    def begin_with(self, life: Life) -> None:
        """Called after the person's yes: nothing else may have gone out while they read.

        Raises:
            DispatchInProgress: another run is at it.
            InputError: something has.
        """
        self.hold()
        fresh = self.log.life(life.release.id)
        if fresh is None or _outline(fresh) != _outline(life):
            raise InputError(
                say(
                    "Something else of {release} went out or was called off meanwhile; nothing "
                    "was sent.",
                    release=life.release.id,
                ),
                remedy=say("Run the same command again and look anew."),
            )


def _outline(life: Life) -> list[tuple[int, str]]:
    return [(record.id, record.state) for record in life.dispatches]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followup:
    """One dispatch that follows others of its release.

    `release` is the text to send, `folder` where its attachments lie (None: only the calendar goes
    along). `sequence` is the calendar's where it is not what follows from the key.
    """

    life: Life
    key: DispatchKey
    release: Release
    plan: Plan
    threads: Mapping[str, Correspondent]
    reason: str | None = None
    folder: Path | None = None
    file: str | None = None
    files: tuple[AttachedFile, ...] = ()
    send_at: dt.datetime | None = None
    is_unattended: bool = False
    sequence: int | None = None

    def references(self, recipient: Recipient) -> Sequence[str]:
        """The messages that this very recipient got."""
        found = self.threads.get(recipient.mailbox.key)
        return found.references if found is not None else ()


def make_sending(followup: Followup, desk: Desk) -> Sending:
    """The dispatch, ready to go.

    Raises:
        SettingsError: nobody is named as sender.
        InputError: a template or an attachment is missing or not valid.
    """
    life, key, release = followup.life, followup.key, followup.release
    began = _find_date(followup, desk)
    messages, editions = _make_messages(followup, desk, began)
    snapshot = make_snapshot(release, desk.settings, messages, sorted(followup.threads))
    # Who is meant is what the invitation said; a later mail goes to those of them who got it.
    digests = replace(snapshot.digests, selection=life.snapshot.digests.selection)
    if release == life.release:
        # Its attachments went with the invitation and need not be at hand again.
        digests = replace(digests, release=life.snapshot.digests.release)
    return Sending(
        order=DispatchOrder(
            key=key,
            title=release.title,
            snapshot=replace(snapshot, digests=digests),
            created_at=began,
            send_at=followup.send_at,
        ),
        plan=followup.plan,
        messages=messages,
        editions=editions,
        log=desk.log,
        options=desk.options,
        references=followup.references,
        wait=desk.wait,
    )


def _make_messages(
    followup: Followup, desk: Desk, began: dt.datetime
) -> tuple[MessagePlan, Mapping[str, MessagePlan]]:
    """What makes the messages: for most recipients, and by comparison key for the others."""
    life, key, release = followup.life, followup.key, followup.release
    attached = followup.files
    if followup.folder is not None:
        attached += gather_attachments(
            release, desk.settings, folder=followup.folder, name=followup.file
        )
    history = History(texts=desk.log.texts(life.release.id))
    differences = Differences(history.texts, release)

    def edit(held: Held) -> Edition:
        return Edition(
            changes=differences.since(held) if key.purpose is Purpose.CORRECTION else (),
            calendar=write_calendar(
                release,
                desk.settings,
                date=began,
                sequence=followup.sequence or find_sequence(life, key),
                purpose=key.purpose,
                history=history,
                held=held,
            ),
        )

    def compose(edition: Edition) -> MessagePlan:
        return make_message_plan(
            release,
            desk.settings,
            key=desk.log.key,
            date=began,
            purpose=key.purpose,
            number=key.number,
            files=(*attached, *edition.calendar),
            changes=edition.changes,
            reason=followup.reason,
            is_unattended=followup.is_unattended,
        )

    return make_editions(followup.plan.ready, followup.threads, edit, compose)


def _find_date(followup: Followup, desk: Desk) -> dt.datetime:
    """The date of the messages: that of the dispatch once it has begun."""
    for record in followup.life.dispatches:
        if record.key == followup.key and record.state is not DispatchState.SCHEDULED:
            return record.date_at(desk.now).astimezone(ZONE)
    return (followup.send_at or desk.now).astimezone(ZONE)


def find_sequence(life: Life, key: DispatchKey) -> int:
    """SEQUENCE of the calendar that goes with the dispatch (RFC 5546 section 2.1.4)."""
    corrections = len(life.of(Purpose.CORRECTION))
    if key.purpose is Purpose.CORRECTION:
        return key.number
    return corrections + (key.purpose is Purpose.CANCELLATION)


def read_threads(desk: Desk, life: Life) -> Mapping[str, Correspondent]:
    """Everybody with whom something was tried about the release, by comparison key."""
    return desk.log.correspondence(life.release.id)


def plan_followup(
    desk: Desk,
    life: Life,
    key: DispatchKey,
    people: Iterable[Correspondent],
    *,
    hold_back: HoldBackRule = lambda _: None,
    is_reminder: bool = False,
) -> Plan:
    """Who of `people` gets the mail; suppressions always count, nobody gets it twice."""
    chosen = list(people)
    record = next((each for each in life.dispatches if each.key == key), None)
    keys = [each.recipient.mailbox.key for each in chosen]
    known = desk.log.known(record.id, keys) if record is not None else {}
    held = {
        each.recipient.mailbox.key: why for each in chosen if (why := hold_back(each)) is not None
    }
    choices = select(
        [each.recipient for each in chosen],
        EVERYBODY,
        desk.suppressions,
        today=desk.now.astimezone(ZONE).date(),
        is_reminder=is_reminder,
        seed=life.release.id,
    )
    entries = []
    for choice in choices:
        why = held.get(choice.recipient.mailbox.key)
        entry = plan_entry(choice, known)
        if entry.is_ready and why is not None:
            entry = PlanEntry(recipient=choice.recipient, reason=why[0], sentence=why[1])
        entries.append(entry)
    return gather_plan(entries)
