"""The life of a release as a value: its text now, and everything that went out. Pure.

A log gives dispatches and snapshots; what they come to is decided here, the same for every log.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.records import DispatchKey, DispatchRecord, DispatchState, Snapshot
from pressutskick.dispatch.reminders.times import (
    ReminderState,
    ReminderTime,
    find_permitted,
    find_start,
    find_times,
    judge,
    read_calm,
)
from pressutskick.dispatch.reminders.words import TOO_LATE
from pressutskick.dispatch.texts import Text, read_text
from pressutskick.message.model import Purpose
from pressutskick.release.document import parse_document
from pressutskick.release.model import Release

#: Somebody in these states may still get a mail of the dispatch.
WAITING = frozenset({DeliveryStatus.PENDING, DeliveryStatus.DEFERRED, DeliveryStatus.SENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One release: the text that holds now, and all its dispatches, oldest first."""

    release: Release
    snapshot: Snapshot
    dispatches: tuple[DispatchRecord, ...]

    def of(self, purpose: Purpose) -> tuple[DispatchRecord, ...]:
        """Its dispatches of one purpose."""
        return tuple(each for each in self.dispatches if each.key.purpose is purpose)

    @property
    def text(self) -> Text:
        """The text with its files."""
        return read_text(self.snapshot)

    @property
    def is_called_off(self) -> bool:
        """Whether a cancellation went out, or the first dispatch was called off."""
        states = [each.state for each in self.of(Purpose.ANNOUNCE)]
        return bool(self.of(Purpose.CANCELLATION)) or DispatchState.CANCELLED in states

    @property
    def sequence(self) -> int:
        """SEQUENCE of the calendar entry (RFC 5545 section 3.8.7.4): one more with each change."""
        return len(self.of(Purpose.CORRECTION)) + len(self.of(Purpose.CANCELLATION))

    @property
    def start(self) -> dt.datetime | None:
        """When the event begins, UTC; None without an event or a date."""
        return find_start(self.release.event) if self.release.event is not None else None

    def key_for(self, due: dt.datetime) -> DispatchKey:
        """The reminder for that moment: the one that was begun for it, or the next number.

        A reminder is known by its time, so that a changed date of the event gives a new one.
        """
        begun = self._begun_reminders()
        return self._key(begun.get(due, 1 + max(begun.values(), default=0)))

    def _begun_reminders(self) -> dict[dt.datetime | None, int]:
        return {each.send_at: each.key.number for each in reversed(self.of(Purpose.REMINDER))}

    def _key(self, number: int) -> DispatchKey:
        return DispatchKey(release_id=self.release.id, purpose=Purpose.REMINDER, number=number)

    def number(self, reminders: Sequence["Upcoming"]) -> tuple["Upcoming", ...]:
        """The same with a number each: those that are not begun yet come one after the other."""
        begun = self._begun_reminders()
        new = itertools.count(1 + max(begun.values(), default=0))
        return tuple(
            replace(each, key=self._key(begun[each.at] if each.at in begun else next(new)))
            for each in reminders
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """One dispatch that goes out by itself: a reminder, or what was recorded with `send --at`.

    `at` is when it goes, `last` until when it still may, both UTC. `time` is set for a reminder.
    """

    life: Life
    key: DispatchKey
    at: dt.datetime
    last: dt.datetime
    state: ReminderState
    time: ReminderTime | None = None


def list_upcoming(
    lives: Iterable[Life], now: dt.datetime, too_late: dt.timedelta = TOO_LATE
) -> tuple[Upcoming, ...]:
    """What goes out by itself, or would have, in the order of its time.

    What lies further back than `too_late` is there as long as the event is ahead and it was never
    sent: somebody counts on that.

    Raises:
        InputError: a snapshot's reminders cannot be read.
    """
    found = [
        each
        for life in lives
        if not life.is_called_off
        for each in (*_scheduled(life, now, too_late), *_reminders(life, now, too_late))
    ]
    return tuple(sorted(found, key=lambda each: (each.at, str(each.key))))


def _scheduled(life: Life, now: dt.datetime, too_late: dt.timedelta) -> Iterator[Upcoming]:
    for record in life.dispatches:
        if record.send_at is None or record.key.purpose is Purpose.REMINDER:
            continue
        is_waiting = record.state is DispatchState.SCHEDULED
        is_begun = any(record.counts.get(status) for status in WAITING)
        last = _no_later(record.send_at + too_late, life.start)
        if record.state is DispatchState.OPEN and not (is_begun and now <= last):
            continue
        if is_waiting or is_begun:
            state = _judge_moment(record.send_at, last, now, life.start)
            yield Upcoming(life=life, key=record.key, at=record.send_at, last=last, state=state)


def _no_later(last: dt.datetime, start: dt.datetime | None) -> dt.datetime:
    """Nobody is invited to what has begun."""
    return last if start is None else min(last, start)


def _judge_moment(
    at: dt.datetime, last: dt.datetime, now: dt.datetime, start: dt.datetime | None
) -> ReminderState:
    """A time that a person chose has no quiet hours."""
    if now < at:
        return ReminderState.NOT_YET
    is_over = now > last or (start is not None and now >= start)
    return ReminderState.TOO_LATE if is_over else ReminderState.DUE


def _reminders(life: Life, now: dt.datetime, too_late: dt.timedelta) -> Iterator[Upcoming]:
    start = life.start
    if start is None or now >= start or not life.of(Purpose.ANNOUNCE):
        return
    times = find_times(life.release, read_calm(life.release))
    reminders = life.number([judge_reminder(life, time, now, too_late) for time in times])
    for each in reminders:
        if each.state is not ReminderState.TOO_LATE or _is_missed(each):
            yield each


def _is_missed(reminder: Upcoming) -> bool:
    """Whether it could have gone, and nobody was sent anything of it."""
    first = reminder.life.of(Purpose.ANNOUNCE)[0]
    is_begun = any(
        set(record.counts) - {DeliveryStatus.SKIPPED}
        for record in reminder.life.dispatches
        if record.key == reminder.key
    )
    return not is_begun and reminder.last > (first.begun_at or first.created_at)


def list_overdue(
    life: Life, now: dt.datetime, too_late: dt.timedelta = TOO_LATE
) -> tuple[DispatchRecord, ...]:
    """Reminders that were begun, whose time is over, and in which somebody still waits."""
    return tuple(
        record
        for record in life.of(Purpose.REMINDER)
        if record.send_at is not None
        and now > record.send_at + too_late
        and any(record.counts.get(status) for status in (*WAITING, DeliveryStatus.COMMITTING))
    )


def judge_reminder(
    life: Life, time: ReminderTime, now: dt.datetime, too_late: dt.timedelta = TOO_LATE
) -> Upcoming:
    """Whether one reminder of the release may go now.

    Raises:
        InputError: the release's quiet hours cannot be read.
    """
    at = time.due or time.planned
    return Upcoming(
        life=life,
        key=life.key_for(at),
        at=at,
        last=min(at + too_late, time.start),
        state=judge(time, now, read_calm(life.release), too_late),
        time=time,
    )


def plan_reminder(life: Life, lead: dt.timedelta) -> ReminderTime | None:
    """A reminder so long before the event, moved to a permitted hour; None without a date.

    Raises:
        InputError: the release's quiet hours cannot be read.
    """
    start = life.start
    if start is None:
        return None
    planned = start - lead
    due = find_permitted(planned, start, read_calm(life.release))
    return ReminderTime(planned=planned, due=due, start=start)


def read_lives(
    records: Iterable[DispatchRecord], latest: Callable[[str], Snapshot | None]
) -> tuple[Life, ...]:
    """The lives of the releases whose dispatches these are, in the order of their first one.

    `latest` gives the snapshot of the text that holds now: the last that an invitation or a
    correction of the release went out with.
    """
    groups: dict[str, list[DispatchRecord]] = {}
    for record in records:
        groups.setdefault(record.key.release_id, []).append(record)
    found = ((latest(release_id), group) for release_id, group in groups.items())
    return tuple(
        Life(
            release=parse_document(snapshot.release).release,
            snapshot=snapshot,
            dispatches=tuple(group),
        )
        for snapshot, group in found
        if snapshot is not None
    )


def read_texts(snapshots: Iterable[tuple[int, Snapshot]]) -> Mapping[int, Text]:
    """The texts of snapshots, given with their numbers."""
    # A reminder repeats the text of the invitation: each text is read once.
    read: dict[tuple[object, ...], Text] = {}
    found: dict[int, Text] = {}
    for number, snapshot in snapshots:
        parts = (snapshot.release, snapshot.digests.release, snapshot.files)
        if parts not in read:
            read[parts] = read_text(snapshot)
        found[number] = read[parts]
    return found
