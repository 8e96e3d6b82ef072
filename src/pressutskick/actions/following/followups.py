"""Mails that follow an invitation: to whom, in which thread, with which calendar.

Makes a `Sending` from what the log knows; sends nothing. `remind`, `correct` and `cancel` share it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pressutskick.actions.composing import DispatchComposer, Edition, make_snapshot
from pressutskick.actions.following.editions import Differences, Standing, make_editions
from pressutskick.actions.sending import Sending
from pressutskick.actions.workbench import Workbench
from pressutskick.dispatch.correspondence import Correspondent
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.plan import Plan, PlanEntry, gather_plan, plan_entry
from pressutskick.dispatch.records import DispatchKey, DispatchOrder, DispatchState
from pressutskick.dispatch.texts import Text, list_releases
from pressutskick.message.model import AttachedFile, Purpose
from pressutskick.message.occasions import CalendarHistory
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import EVERYBODY, select
from pressutskick.release.zone import ZONE
from pressutskick.sentences import Sentence

#: Why somebody is held back, as a code and in words; None for nobody.
HoldBackRule = Callable[[Correspondent], tuple[str, Sentence] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followup:
    """One dispatch that follows others of its release.

    `text` is what is sent, with the files that go along; None where it is the release's text as it
    is now, whose files went with the invitation: only `files` and the calendar go along. `sequence` is the calendar's where it is not what follows from the key.
    `expected` are the comparison keys of those who have said that they come.
    """

    life: Life
    key: DispatchKey
    plan: Plan
    threads: Mapping[str, Correspondent]
    reason: str | None = None
    text: Text | None = None
    files: tuple[AttachedFile, ...] = ()
    send_at: dt.datetime | None = None
    is_unattended: bool = False
    sequence: int | None = None
    expected: frozenset[str] = frozenset()

    def stand(self, recipient: Recipient) -> Standing:
        """Which edition this very recipient gets."""
        key = recipient.mailbox.key
        person = self.threads.get(key)
        held, saved = (person.held, person.saved) if person is not None else ((), ())
        return Standing(held=held, saved=saved, is_expected=key in self.expected)

    @property
    def told(self) -> Text:
        """What those who get it hold from then on."""
        return self.text or self.life.text

    def references(self, recipient: Recipient) -> Sequence[str]:
        """The messages that this very recipient got."""
        found = self.threads.get(recipient.mailbox.key)
        return found.references if found is not None else ()


def make_sending(followup: Followup, bench: Workbench) -> Sending:
    """The dispatch, ready to go.

    Raises:
        SettingsError: nobody is named as sender.
        InputError: a template or an attachment is missing or not valid.
    """
    life, told = followup.life, followup.told
    composer = _make_composer(followup, bench)
    differences = Differences(bench.log.texts(life.release.id), told)
    is_correction = followup.key.purpose is Purpose.CORRECTION

    def edit(standing: Standing) -> Edition:
        return Edition(
            changes=differences.since(standing.held) if is_correction else (),
            calendar=composer.write_calendar(standing.saved),
            is_expected=standing.is_expected,
        )

    messages, editions = make_editions(followup.plan.ready, followup.stand, edit, composer.compose)
    snapshot = make_snapshot(told.release, bench.settings, messages, sorted(followup.threads))
    # Who is meant is what the invitation said; a later mail goes to those of them who got it.
    # And its attachments need not be at hand again where they are what they were.
    selection = life.snapshot.digests.selection
    digests = replace(snapshot.digests, selection=selection, release=told.seal)
    return Sending(
        order=DispatchOrder(
            key=followup.key,
            title=told.release.title,
            snapshot=replace(snapshot, digests=digests, files=told.files),
            created_at=composer.date,
            send_at=followup.send_at,
            reason=followup.reason,
            person=bench.settings.person,
        ),
        plan=followup.plan,
        messages=messages,
        editions=editions,
        log=bench.log,
        options=bench.options,
        references=followup.references,
        wait=bench.wait,
    )


def _make_composer(followup: Followup, bench: Workbench) -> DispatchComposer:
    life, key = followup.life, followup.key
    return DispatchComposer(
        release=followup.told.release,
        settings=bench.settings,
        templates=bench.workspace.read_templates(),
        log_key=bench.log.key,
        key=key,
        date=_find_date(followup, bench),
        sequence=followup.sequence or find_sequence(life, key),
        history=CalendarHistory(texts=list_releases(bench.log.texts(life.release.id))),
        attached=followup.files,
        reason=followup.reason,
        is_unattended=followup.is_unattended,
    )


def _find_date(followup: Followup, bench: Workbench) -> dt.datetime:
    """The date of the messages: that of the dispatch once it has begun."""
    for record in followup.life.dispatches:
        if record.key == followup.key and record.state is not DispatchState.SCHEDULED:
            return record.date_at(bench.now).astimezone(ZONE)
    return (followup.send_at or bench.now).astimezone(ZONE)


def find_sequence(life: Life, key: DispatchKey) -> int:
    """SEQUENCE of the calendar that goes with the dispatch (RFC 5546 section 2.1.4)."""
    corrections = len(life.of(Purpose.CORRECTION))
    if key.purpose is Purpose.CORRECTION:
        return key.number
    return corrections + (key.purpose is Purpose.CANCELLATION)


def plan_followup(
    bench: Workbench,
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
    known = bench.log.known(record.id, keys) if record is not None else {}
    held = {
        each.recipient.mailbox.key: why for each in chosen if (why := hold_back(each)) is not None
    }
    choices = select(
        [each.recipient for each in chosen],
        EVERYBODY,
        bench.suppressions,
        today=bench.now.astimezone(ZONE).date(),
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
