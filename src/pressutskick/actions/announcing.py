"""From file, lists and log to a `Sending`: all problems found, nothing sent."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from shlex import quote

from pressutskick.actions.composing import make_message_plan, make_snapshot
from pressutskick.actions.followups import find_sequence
from pressutskick.actions.opening import OpenedRelease, check_opened, open_release, require_answers
from pressutskick.actions.reissue import find_reissue
from pressutskick.actions.safeguards import (
    check_embargo,
    refuse_called_off,
    refuse_edit,
    require_approval,
)
from pressutskick.actions.sending import Sending
from pressutskick.assembly.files import gather_attachments, release_folder, write_calendar
from pressutskick.assembly.lists import load_recipients
from pressutskick.assembly.log import load_suppressions
from pressutskick.assembly.sender import require_sender
from pressutskick.cli.flags.clock import ZONE, clock_now
from pressutskick.cli.shows.voice import Voice
from pressutskick.cli.shows.waiting import tell_waiting
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import make_plan
from pressutskick.dispatch.records import (
    DispatchKey,
    DispatchOrder,
)
from pressutskick.dispatch.run import RunOptions
from pressutskick.dispatch.schedule import check_timing
from pressutskick.errors import InputError, Severity
from pressutskick.message.occasions import History
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import (
    Choice,
    Selection,
    SkipReason,
    find_unmatched,
    list_keys,
    select,
)
from pressutskick.release.model import Release
from pressutskick.sentences import say
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
class Request:
    """What a command line asks to have sent. `wait` is seconds; `at` is aware, None for now."""

    file: str
    lists: tuple[str, ...]
    selection: Selection
    now: str = ""
    retry_for: dt.timedelta = dt.timedelta(minutes=30)
    wait: float = 0.0
    accepts_edit: bool = False
    at: dt.datetime | None = None
    is_embargoed: bool = False
    needs_approval: bool = False
    is_for_approval: bool = False


def prepare(
    request: Request,
    settings: Settings,
    open_log: Callable[[], DeliveryLog],
    voice: Voice,
) -> Sending:
    """Reads everything and decides for everybody.

    The log, which opening may create, comes after what the person has written: where that is
    refused, nothing new lies in their folder.

    Raises:
        InputError: release or lists have problems; tells all of them.
        InputNotFound: a file is missing.
        SettingsError: nobody is named as sender.
        DeliveryLogError: the log cannot be used.
    """
    now = clock_now(request.now)
    opened = open_sound(request.file, now, voice)
    release = opened.reading.release
    recipients = check_recipients(request, settings, voice)
    if wrong := check_timing(release, request.file):
        raise InputError(problems=wrong)
    check_embargo(release, request.at or now, is_allowed=request.is_embargoed)
    choices = select(
        recipients,
        request.selection,
        load_suppressions(settings),
        today=now.astimezone(ZONE).date(),
        seed=release.id,
    )
    _refuse_no_choice(choices)
    require_sender(settings)
    attached = gather_attachments(
        release, settings, folder=release_folder(request.file, settings), name=request.file
    )
    log = open_log()
    life = log.life(release.id)
    refuse_called_off(life)
    if life is None:
        voice.show_problems(find_reissue(log, opened, now))
    if not request.is_for_approval:
        refuse_edit(life, release, request.file, accepts_edit=request.accepts_edit)
    key = DispatchKey(release_id=release.id)
    record = log.find(key)
    date = request.at or (record.date_at(now) if record is not None else now)
    date = date.astimezone(ZONE)
    calendar = write_calendar(
        release,
        settings,
        date=date,
        sequence=find_sequence(life, key) if life is not None else 0,
        history=History(texts=log.texts(release.id)),
    )
    messages = make_message_plan(
        release, settings, key=log.key, date=date, files=(*attached, *calendar)
    )
    snapshot = make_snapshot(release, settings, messages, list_keys(choices, unless=_NOT_MEANT))
    if request.needs_approval or settings.require_approval:
        require_approval(log, release.id, snapshot.digests)
    keys = (recipient.mailbox.key for recipient in recipients)
    return Sending(
        order=DispatchOrder(
            key=key, title=release.title, snapshot=snapshot, created_at=now, send_at=request.at
        ),
        plan=make_plan(choices, log.known(record.id, keys) if record else {}),
        messages=messages,
        log=log,
        options=RunOptions(
            connections=settings.connections,
            rate=settings.rate,
            retry_for=request.retry_for,
            relay=settings.relay,
        ),
        wait=request.wait,
    )


def _refuse_no_choice(choices: Sequence[Choice]) -> None:
    """Where the flags leave out everybody, one of them is mistyped.

    Raises:
        InputError: they do.
    """
    # Who is selected stands first.
    if not choices or choices[0].is_selected:
        return
    if make_plan(choices, {}).not_chosen == len(choices):
        raise InputError(
            say("The flags choose nobody of the list; nothing was sent."),
            remedy=say("Look at the list with: pressutskick recipients show LIST"),
        )


def read_release(file: str, now: dt.datetime, voice: Voice) -> Release:
    """The release of `open_sound`, with the same refusals."""
    return open_sound(file, now, voice).reading.release


def open_sound(file: str, now: dt.datetime, voice: Voice) -> OpenedRelease:
    """The file's reading, if nothing stands in the way of sending it; warnings are shown.

    Raises:
        InputNotFound: there is no such file.
        InputError: it has errors, or questions that only a person can answer.
    """
    opened = open_release(file, now=now, on_wait=tell_waiting)
    require_answers(opened)
    problems = check_opened(opened, now=now)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise InputError(problems=problems)
    voice.show_remarks(problems, file, f"pressutskick read {quote(file)}")
    return opened


def check_recipients(request: Request, settings: Settings, voice: Voice) -> Sequence[Recipient]:
    """All recipients of the lists.

    Raises:
        InputError: some rows are faulty; tells all of them.
    """
    loaded = load_recipients(request.lists, settings.workspace)
    if any(problem.severity is Severity.ERROR for problem in loaded.problems):
        raise InputError(problems=loaded.problems)
    names = " ".join(map(quote, request.lists))
    voice.show_remarks(
        loaded.problems, ", ".join(request.lists), f"pressutskick recipients check {names}"
    )
    voice.show_problems(find_unmatched(loaded.recipients, request.selection))
    return loaded.recipients
