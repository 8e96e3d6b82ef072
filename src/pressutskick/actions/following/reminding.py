"""What goes out by itself when its time has come: reminders, and what was recorded for later.

Works from the delivery log alone.
"""

import datetime as dt
import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from pressutskick.actions.following.upcoming import Rules, list_begun, prepare_upcoming
from pressutskick.actions.sending import (
    UNWATCHED,
    Sending,
    Watch,
    exit_status,
    render_all,
    run_sending,
)
from pressutskick.actions.workbench import Workbench
from pressutskick.dispatch.correspondence import hold_back
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.life import (
    Life,
    Upcoming,
    judge_reminder,
    list_overdue,
    list_upcoming,
    plan_reminder,
)
from pressutskick.dispatch.log import History
from pressutskick.dispatch.plan import EndReason, HoldBack
from pressutskick.dispatch.reminders.times import ReminderState
from pressutskick.dispatch.run import RunResult
from pressutskick.errors import DispatchInProgress, ExitStatus, InputError, PressutskickError
from pressutskick.release.zone import tell_moment
from pressutskick.sentences import say, say_many

#: Errors that would meet every other dispatch too.
_HOPELESS = (ExitStatus.LOG, ExitStatus.SETTINGS, ExitStatus.LOGIN, ExitStatus.INTERRUPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What came of one dispatch whose time had come.

    `result` is None where nothing was run: in a dry run, or because of `error`. `upcoming` is None
    where a release's reminders could not be told at all.
    """

    status: ExitStatus
    upcoming: Upcoming | None = None
    sending: Sending | None = None
    result: RunResult | None = None
    error: PressutskickError | None = None


def remind_all(
    bench: Workbench, rules: Rules, watch: Watch = UNWATCHED, *, is_dry: bool = False
) -> Iterator[Reminded]:
    """Sends everything that is due; an error of one does not keep the others from going out.

    What has nobody left to go to is not told.
    """
    for life in bench.log.lives():
        if not is_dry:
            _settle_overdue(life, bench, rules)
        is_hopeless = False
        for reminded in _remind_of(life, bench, rules, watch, is_dry=is_dry):
            is_hopeless |= reminded.status in _HOPELESS
            yield reminded
        if is_hopeless:
            return


def prepare_reminder(
    life: Life, lead: dt.timedelta, bench: Workbench, rules: Rules
) -> tuple[Upcoming, Sending | None]:
    """A reminder so long before the event, because a person says so; None while it is not due.

    Raises:
        InputError: it was cancelled, or has no date.
        SettingsError: nobody is named as sender.
    """
    if life.is_called_off:
        raise InputError(say("{release} was cancelled.", release=life.release.id))
    time = plan_reminder(life, lead)
    if time is None:
        raise InputError(say("{release} has no date to remind of.", release=life.release.id))
    each = judge_reminder(life, time, bench.now, rules.too_late)
    if each.state is not ReminderState.DUE:
        return each, None
    return each, prepare_upcoming(each, bench, rules, is_unattended=False)


def _settle_overdue(life: Life, bench: Workbench, rules: Rules) -> None:
    """Whoever a reminder could not reach in time ends in a named state."""
    for record in list_overdue(life, bench.now, rules.too_late):
        with suppress(DispatchInProgress):
            bench.log.give_up(record.key, record.id, EndReason.TOO_LATE)


def _remind_of(
    life: Life, bench: Workbench, rules: Rules, watch: Watch, *, is_dry: bool
) -> Iterator[Reminded]:
    try:
        upcoming = list_upcoming([life], bench.now, rules.too_late)
    except InputError as error:
        yield Reminded(status=error.status, error=error)
        return
    for each in upcoming:
        if each.state is ReminderState.TOO_LATE:
            yield from _tell_once(each, bench, rules, is_dry=is_dry)
        elif each.state is ReminderState.DUE:
            yield from _send_due(each, bench, rules, watch, is_dry=is_dry)


def _tell_once(
    each: Upcoming, bench: Workbench, rules: Rules, *, is_dry: bool
) -> Iterator[Reminded]:
    """Somebody counts on it, so that silence would be a lie; a reminder is missed once."""
    if each.time is None:
        yield Reminded(status=ExitStatus.REFUSED, upcoming=each, error=_tell_missed(each))
        return
    if any(record.key == each.key for record in each.life.dispatches):
        return
    then = replace(bench, now=each.last)
    sending = prepare_upcoming(each, then, replace(rules, needs_approval=False), is_unattended=True)
    if not sending.plan.ready:
        return
    if not is_dry:
        _put_on_record(sending)
    missed = _tell_missed_reminder(each, len(sending.plan.ready), bench.now)
    yield Reminded(status=ExitStatus.REFUSED, upcoming=each, error=missed)


def _put_on_record(sending: Sending) -> None:
    """Who was to be reminded and was not, so that `log` shows it."""
    why = say("its time had passed")
    entries = [
        replace(entry, reason=EndReason.TOO_LATE, sentence=why) if entry.is_ready else entry
        for entry in sending.plan.entries
    ]
    with sending.log.begin(sending.order, entries, wait=sending.wait):
        """Beginning writes who is skipped; nobody is mailed."""


def foresee(each: Upcoming, log: History, rules: Rules) -> Upcoming:
    """The same, told as it will be: what the cool-off prevents whenever it is tried is not sent."""
    if each.time is None or each.state in (ReminderState.NEVER, ReminderState.TOO_LATE):
        return each
    release_id = each.life.release.id
    answers, begun = log.answers(release_id), list_begun(each)
    whys = [
        hold_back(person, answers, each.last, rules.cool_off, unless=begun)
        for person in log.correspondence(release_id).values()
        if person.is_informed
    ]
    is_held = bool(whys) and all(why is not None for why in whys)
    is_cooling = any(why is not None and why[0] is HoldBack.COOLING_OFF for why in whys)
    return replace(each, state=ReminderState.COOLING_OFF) if is_held and is_cooling else each


def list_prevented(release_id: str, bench: Workbench, rules: Rules) -> tuple[Upcoming, ...]:
    """Reminders of the release that a mail just sent keeps from going out."""
    life = bench.log.life(release_id)
    found = list_upcoming([life], bench.now, rules.too_late) if life is not None else ()
    foreseen = (foresee(each, bench.log, rules) for each in found)
    return tuple(each for each in foreseen if each.state is ReminderState.COOLING_OFF)


def _send_due(
    each: Upcoming, bench: Workbench, rules: Rules, watch: Watch, *, is_dry: bool
) -> Iterator[Reminded]:
    try:
        sending = prepare_upcoming(each, bench, rules, is_unattended=True)
        if not sending.plan.ready and not _is_left_open(each):
            return
        render_all(sending)
        if is_dry:
            yield Reminded(status=ExitStatus.OK, upcoming=each, sending=sending)
            return
        bench.workspace.require_relay()
        result = run_sending(sending, bench.workspace, watch)
    except PressutskickError as error:
        yield Reminded(status=error.status, upcoming=each, error=error)
        return
    yield Reminded(
        status=exit_status(sending, result),
        upcoming=each,
        sending=sending,
        result=result,
        error=result.error,
    )


def _is_left_open(each: Upcoming) -> bool:
    """Whether a run died just as it handed something over: who is undecided must be told once."""
    counts = [record.counts for record in each.life.dispatches if record.key == each.key]
    return any(count.get(DeliveryStatus.COMMITTING) for count in counts)


def _tell_missed_reminder(each: Upcoming, count: int, now: dt.datetime) -> InputError:
    start = each.life.start or each.last
    hours = math.ceil((start - now) / dt.timedelta(hours=1))
    return InputError(
        say_many(
            "{release}: the reminder of {clock} was not sent; it is too late now. {count} newsroom "
            "was to get it.",
            "{release}: the reminder of {clock} was not sent; it is too late now. {count} newsrooms "
            "were to get it.",
            count,
            release=each.life.release.id,
            clock=tell_moment(each.at),
        ),
        remedy=say(
            "This machine did not call pressutskick remind --all in time. Remind them yourself with: "
            "pressutskick remind {release} --before {hours}h",
            release=each.life.release.id,
            hours=hours,
        ),
    )


def _tell_missed(each: Upcoming) -> InputError:
    return InputError(
        say(
            "{release} was to be sent at {clock} and was not; it is too late now.",
            release=each.life.release.id,
            clock=tell_moment(each.at),
        ),
        remedy=say(
            "Send it yourself with: pressutskick send FILE --to LIST, give it a new time with "
            "--at, or call it off with: pressutskick cancel {release}",
            release=each.life.release.id,
        ),
    )
