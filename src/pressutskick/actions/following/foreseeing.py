"""A mail that follows an invitation, before it goes: the very messages that would leave.

Looks into the delivery log for who has got what; changes nothing and sends nothing.
"""

import datetime as dt
from dataclasses import replace

from pressutskick.actions.finding import find_life
from pressutskick.actions.following.cancelling import prepare_cancellation
from pressutskick.actions.following.correcting import open_changed, prepare_correction
from pressutskick.actions.following.upcoming import Rules, compose_reminder
from pressutskick.actions.previewing import Preview
from pressutskick.actions.safeguards import refuse_called_off
from pressutskick.actions.sending import Sending
from pressutskick.actions.workbench import Pace, Workbench, open_workbench
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.life import Life, Upcoming, judge_reminder, list_upcoming, plan_reminder
from pressutskick.errors import InputError
from pressutskick.message.model import Purpose
from pressutskick.sentences import say

#: Before the event, where the release names no reminder.
_USUAL_LEAD = dt.timedelta(days=1)


def preview_followup(
    name: str, purpose: Purpose, workspace: Workspace, *, reason: str | None = None
) -> Preview:
    """The reminder, correction or cancellation of a release that has gone out.

    `name` is its document or its id; `reason` is why, in the words of a cancellation.

    Raises:
        InputNotFound: the log knows no such release.
        InputError: it was called off, nobody would get the mail, or nothing has changed.
        SettingsError: nobody is named as sender.
    """
    with open_workbench(workspace, Pace(), is_dry=True) as bench:
        life = find_life(bench.log, name, workspace, now=bench.now)
        refuse_called_off(life)
        if purpose is Purpose.CORRECTION:
            sending = _foresee_correction(name, life, bench)
        elif purpose is Purpose.CANCELLATION:
            sending = prepare_cancellation(life, reason, bench)
        else:
            sending = _foresee_reminder(life, bench)
    if not sending.plan.ready:
        raise _tell_nobody(sending)
    return Preview(
        release=sending.messages.composition.release,
        write=sending.write_judged,
        say=sending.say,
        selected=tuple(sending.plan.ready),
        skipped=tuple(sending.plan.skipped),
    )


def _foresee_correction(name: str, life: Life, bench: Workbench) -> Sending:
    release, _ = open_changed(life, name, bench)
    correction = prepare_correction(life, release, name, bench)
    if correction is None:
        raise InputError(
            say("Nothing has changed since it was sent, so there is nothing to correct."),
            remedy=say("Change the document first; a correction tells what differs."),
        )
    return correction.sending


def _foresee_reminder(life: Life, bench: Workbench) -> Sending:
    """The next one that cron would send, at its own time; else one on the day before."""
    each = _find_reminder(life, bench)
    later = replace(bench, now=max(each.at, bench.now))
    return compose_reminder(each, later, Rules(), is_unattended=True)


def _find_reminder(life: Life, bench: Workbench) -> Upcoming:
    for each in list_upcoming([life], bench.now):
        if each.time is not None and each.at >= bench.now:
            return each
    time = plan_reminder(life, _USUAL_LEAD)
    if time is None:
        raise InputError(say("{release} has no date to remind of.", release=life.release.id))
    return judge_reminder(life, time, bench.now)


def _tell_nobody(sending: Sending) -> InputError:
    first = next((each.sentence for each in sending.plan.skipped if each.sentence), None)
    if first is None:
        return InputError(say("Nobody has got the invitation, so nobody would get this mail."))
    return InputError(say("Nobody would get this mail: {reason}.", reason=first))
