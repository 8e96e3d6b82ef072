"""From document, lists and log to the dispatch of an invitation: all problems found, nothing sent.

Gathered in two steps: first what the person has written; the log, which opening may create, only
when nothing in that stands in the way, so that nothing new lies in the folder of somebody who is
refused.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pressutskick.actions.composing import DispatchComposer, make_snapshot
from pressutskick.actions.following.followups import find_sequence
from pressutskick.actions.gathering import Announcement, Material, Notices, gather, tell_remarks
from pressutskick.actions.identity import identify, refuse_reissue
from pressutskick.actions.safeguards import refuse_called_off, refuse_edit, require_approval
from pressutskick.actions.sending import Sending
from pressutskick.actions.workbench import something_else_went_out
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.frequency import WEEK, warn_of_frequency
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import Plan, make_plan
from pressutskick.dispatch.records import DispatchKey, DispatchOrder, DispatchRecord, DispatchState
from pressutskick.dispatch.texts import list_releases, make_text
from pressutskick.errors import Problem
from pressutskick.message.model import EMBARGO_MARK
from pressutskick.message.occasions import CalendarHistory
from pressutskick.recipients.selection import SkipReason, list_keys
from pressutskick.release.model import Release
from pressutskick.release.zone import ZONE
from pressutskick.settings.model import Settings

#: Skipped for these, somebody is not meant: a limit or a suppression does not change who is.
_NOT_MEANT = frozenset(SkipReason) - {
    SkipReason.OVER_LIMIT,
    SkipReason.OPTED_OUT,
    SkipReason.BOUNCED,
    SkipReason.ERASED,
    SkipReason.MUTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """What the log knows of the release."""

    log: DeliveryLog
    life: Life | None
    record: DispatchRecord | None
    history: CalendarHistory


def prepare_announcement(
    request: Announcement, workspace: Workspace, now: dt.datetime, notices: Notices
) -> Sending:
    """Reads everything and decides for everybody.

    Raises:
        InputError: release or lists have problems; tells all of them.
        InputNotFound: a file is missing.
        SettingsError: nobody is named as sender, or no relay before a log is begun.
        DeliveryLogError: the log cannot be used.
    """
    material = gather(request, workspace, now)
    log = _open_log(request, workspace)
    release = identify(material.opened, log, now, is_new=request.is_new)
    past = _look_back(log, release.id)
    tell_remarks(material, request, notices, is_known=past.record is not None)
    refuse_called_off(past.life)
    if past.life is None and not request.is_new:
        refuse_reissue(release, request.file, log, now)
    if not request.is_for_approval:
        refuse_edit(
            past.life,
            make_text(release, material.attached),
            request.file,
            accepts_edit=request.accepts_edit,
            has_own_id=material.opened.is_canonical,
        )
    sending = _decide(request, workspace.settings, material, past, release, now)
    if request.needs_approval or (
        workspace.settings.require_approval and not request.is_for_approval
    ):
        require_approval(log, release.id, sending.order.snapshot.digests, workspace.settings)
    return sending


def _look_back(log: DeliveryLog, release_id: str) -> _Past:
    return _Past(
        log=log,
        life=log.life(release_id),
        record=log.find(DispatchKey(release_id=release_id)),
        history=CalendarHistory(texts=list_releases(log.texts(release_id))),
    )


def _open_log(request: Announcement, workspace: Workspace) -> DeliveryLog:
    if request.is_dry:
        return workspace.look_into_log()
    if not (request.at or request.is_for_approval or workspace.has_log()):
        # A log begun now would hold nothing: without a mail server nobody can be mailed.
        workspace.require_relay()
    return workspace.open_log()


def _decide(
    request: Announcement,
    settings: Settings,
    material: Material,
    past: _Past,
    release: Release,
    now: dt.datetime,
) -> Sending:
    """The dispatch: what makes its messages, and who gets one."""
    key = DispatchKey(release_id=release.id)
    date = request.at or (past.record.date_at(now) if past.record is not None else now)
    messages = DispatchComposer(
        release=release,
        settings=settings,
        templates=material.templates,
        log_key=past.log.key,
        key=key,
        date=date.astimezone(ZONE),
        sequence=find_sequence(past.life, key) if past.life is not None else 0,
        history=past.history,
        attached=material.attached,
    ).compose()
    keys = (recipient.mailbox.key for recipient in material.recipients)
    meant = list_keys(material.choices, unless=_NOT_MEANT)
    plan = make_plan(material.choices, past.log.known(past.record.id, keys) if past.record else {})
    return Sending(
        order=DispatchOrder(
            key=key,
            title=release.title,
            snapshot=make_snapshot(release, settings, messages, meant),
            created_at=now,
            send_at=request.at,
            person=settings.person,
        ),
        plan=plan,
        messages=messages,
        log=past.log,
        options=request.pace.options(settings),
        wait=request.pace.wait,
        basis=past.life.snapshot if past.life is not None else None,
        left_out=material.left_out,
        cautions=tuple(_caution(plan, past.log, settings, request.at or now)),
    )


def _caution(
    plan: Plan, log: DeliveryLog, settings: Settings, moment: dt.datetime
) -> Iterator[Problem]:
    """What the newsrooms would say to this mail, where they had a say."""
    sent = log.sent(moment - WEEK) if settings.weekly is not None and plan.ready else ()
    return warn_of_frequency(plan.ready, sent, limit=settings.weekly, moment=moment)


def refuse_overtaken(sending: Sending) -> None:
    """Called after the person's yes: the text may have been corrected while they read.

    Raises:
        InputError: it was, or was cancelled.
    """
    life, mine = sending.log.life(sending.order.key.release_id), sending.order.snapshot
    refuse_called_off(life)
    if life is not None and not any(
        (life.snapshot.release, life.snapshot.files) == (known.release, known.files)
        for known in (mine, sending.basis)
        if known is not None
    ):
        raise something_else_went_out(life.release.id)


def note_steering(sending: Sending) -> None:
    """Puts changed reminders on record where nobody is left to mail.

    Only what steers us can differ here: another text was refused before.
    """
    record = sending.log.find(sending.order.key)
    if record is None or record.state is not DispatchState.OPEN or sending.plan.ready:
        return
    known = sending.log.snapshot(record.id)
    if known is not None and known.release != sending.order.snapshot.release:
        with sending.log.begin(sending.order, (), wait=sending.wait):
            """Beginning writes the snapshot; nobody is mailed."""


def record_for_later(sending: Sending) -> None:
    """Writes the dispatch into the log with its files; it goes out when its time has come.

    Raises:
        DeliveryLogError: the log cannot be written; nothing is recorded.
    """
    attached = [
        replace(file, filename=file.filename.removeprefix(EMBARGO_MARK))
        for file in sending.messages.composition.files
        if not file.media_type.startswith("text/calendar")
    ]
    sending.log.schedule(sending.order, sending.plan.entries, attached)
