"""What goes out by itself when its time has come: reminders, and what was recorded for later.

Works from the delivery log alone. Decides and prepares; `remind` runs it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pressutskick.cli.followup import (
    Desk,
    Followup,
    make_sending,
    plan_followup,
    read_threads,
)
from pressutskick.cli.safeguards import require_approval
from pressutskick.cli.sending import Sending
from pressutskick.dispatch.correspondence import Correspondent, hold_back
from pressutskick.dispatch.delivery import CLAIMABLE
from pressutskick.dispatch.life import Upcoming
from pressutskick.dispatch.plan import Plan, gather_plan, plan_entry
from pressutskick.dispatch.reminders import COOL_OFF, TOO_LATE
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import EVERYBODY, select
from pressutskick.release.document import parse_document
from pressutskick.release.model import Release
from pressutskick.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What `remind` keeps to, besides quiet hours and holidays."""

    too_late: dt.timedelta = TOO_LATE
    cool_off: dt.timedelta = COOL_OFF
    needs_approval: bool = False


def prepare_upcoming(each: Upcoming, desk: Desk, rules: Rules, *, is_unattended: bool) -> Sending:
    """The dispatch that is due, ready to go; perhaps to nobody.

    Raises:
        InputError: a template is not valid, or nobody has approved this.
        SettingsError: nobody is named as sender.
    """
    if each.time is None:
        sending = _prepare_scheduled(each, desk)
    else:
        sending = _prepare_reminder(each, desk, rules, is_unattended=is_unattended)
    is_needed = rules.needs_approval or desk.settings.require_approval
    if is_needed and sending.plan.ready:
        require_approval(desk.log, each.life.release.id, sending.order.snapshot.digests)
    return sending


def _prepare_reminder(each: Upcoming, desk: Desk, rules: Rules, *, is_unattended: bool) -> Sending:
    life = each.life
    threads = read_threads(desk, life)
    answers = desk.log.answers(life.release.id)
    begun = [record.id for record in life.dispatches if record.key == each.key]

    def hold(person: Correspondent) -> tuple[str, Sentence] | None:
        return hold_back(person, answers, desk.now, rules.cool_off, unless=begun)

    people = [person for person in threads.values() if person.is_informed]
    plan = plan_followup(desk, life, each.key, people, hold_back=hold, is_reminder=True)
    followup = Followup(
        life=life,
        key=each.key,
        release=life.release,
        plan=plan,
        threads=threads,
        send_at=each.at,
        is_unattended=is_unattended,
    )
    return make_sending(followup, desk)


def _prepare_scheduled(each: Upcoming, desk: Desk) -> Sending:
    """What `send --at` recorded: its own snapshot, files and recipients."""
    record = next(record for record in each.life.dispatches if record.key == each.key)
    snapshot = desk.log.snapshot(record.id)
    release = parse_document(snapshot.release).release if snapshot else each.life.release
    followup = Followup(
        life=each.life,
        key=each.key,
        release=release,
        plan=_plan_scheduled(record.id, release, desk),
        threads=read_threads(desk, each.life),
        files=desk.log.files(record.id),
        send_at=record.send_at,
    )
    return make_sending(followup, desk)


def _plan_scheduled(dispatch_id: int, release: Release, desk: Desk) -> Plan:
    """Whoever waits in the dispatch; suppressions are read at the moment of sending."""
    waiting = _waiting(dispatch_id, desk)
    day = desk.now.date()
    choices = select(tuple(waiting), EVERYBODY, desk.suppressions, today=day, seed=release.id)
    return gather_plan([plan_entry(choice, {}) for choice in choices])


def _waiting(dispatch_id: int, desk: Desk) -> Iterator[Recipient]:
    for delivery in desk.log.deliveries(dispatch_id):
        if delivery.status in CLAIMABLE:
            yield delivery.recipient
