"""A dispatch that goes out by itself, made ready: a reminder, or what was recorded for later."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pressutskick.actions.following.followups import Followup, make_sending, plan_followup
from pressutskick.actions.safeguards import require_approval
from pressutskick.actions.sending import Sending
from pressutskick.actions.workbench import Workbench
from pressutskick.dispatch.correspondence import Answer, Correspondent, hold_back
from pressutskick.dispatch.delivery import CLAIMABLE
from pressutskick.dispatch.life import Upcoming
from pressutskick.dispatch.plan import Plan, gather_plan, plan_entry
from pressutskick.dispatch.reminders.words import COOL_OFF, TOO_LATE
from pressutskick.dispatch.texts import read_text
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import EVERYBODY, select
from pressutskick.release.model import Release
from pressutskick.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What `remind` keeps to, besides quiet hours and holidays.

    `with_expected` reminds those too who come, in other words.
    """

    too_late: dt.timedelta = TOO_LATE
    cool_off: dt.timedelta = COOL_OFF
    needs_approval: bool = False
    with_expected: bool = True


def prepare_upcoming(
    each: Upcoming, bench: Workbench, rules: Rules, *, is_unattended: bool
) -> Sending:
    """The dispatch that is due, ready to go; perhaps to nobody.

    Raises:
        InputError: a template is not valid, or nobody has approved this.
        SettingsError: nobody is named as sender.
    """
    if each.time is None:
        sending = _prepare_scheduled(each, bench)
    else:
        sending = compose_reminder(each, bench, rules, is_unattended=is_unattended)
    is_needed = rules.needs_approval or bench.settings.require_approval
    if is_needed and sending.plan.ready:
        digests = sending.order.snapshot.digests
        require_approval(bench.log, each.life.release.id, digests, bench.settings)
    return sending


def compose_reminder(
    each: Upcoming, bench: Workbench, rules: Rules, *, is_unattended: bool
) -> Sending:
    """A reminder to those who have not answered, due or not.

    Raises:
        InputError: a template is not valid.
        SettingsError: nobody is named as sender.
    """
    life = each.life
    threads = bench.log.correspondence(life.release.id)
    answers = bench.log.answers(life.release.id)

    def hold(person: Correspondent) -> tuple[str, Sentence] | None:
        return hold_back(
            person,
            answers,
            bench.now,
            rules.cool_off,
            unless=list_begun(each),
            with_expected=rules.with_expected,
        )

    people = [person for person in threads.values() if person.is_informed]
    plan = plan_followup(bench, life, each.key, people, hold_back=hold, is_reminder=True)
    followup = Followup(
        life=life,
        key=each.key,
        plan=plan,
        threads=threads,
        send_at=each.at,
        is_unattended=is_unattended,
        expected=frozenset(key for key, answer in answers.items() if answer is Answer.COMING),
    )
    return make_sending(followup, bench)


def list_begun(each: Upcoming) -> list[int]:
    """Ids of the dispatches of the log that are this one, begun."""
    return [record.id for record in each.life.dispatches if record.key == each.key]


def _prepare_scheduled(each: Upcoming, bench: Workbench) -> Sending:
    """What `send --at` recorded: its own snapshot, files and recipients."""
    record = next(record for record in each.life.dispatches if record.key == each.key)
    snapshot = bench.log.snapshot(record.id)
    text = read_text(snapshot) if snapshot else each.life.text
    followup = Followup(
        life=each.life,
        key=each.key,
        text=text,
        plan=_plan_scheduled(record.id, text.release, bench),
        threads=bench.log.correspondence(each.life.release.id),
        files=bench.log.files(record.id),
        send_at=record.send_at,
    )
    return make_sending(followup, bench)


def _plan_scheduled(dispatch_id: int, release: Release, bench: Workbench) -> Plan:
    """Whoever waits in the dispatch; suppressions are read at the moment of sending."""
    waiting = _waiting(dispatch_id, bench)
    day = bench.now.date()
    choices = select(tuple(waiting), EVERYBODY, bench.suppressions, today=day, seed=release.id)
    return gather_plan([plan_entry(choice, {}) for choice in choices])


def _waiting(dispatch_id: int, bench: Workbench) -> Iterator[Recipient]:
    for delivery in bench.log.deliveries(dispatch_id):
        if delivery.status in CLAIMABLE:
            yield delivery.recipient
