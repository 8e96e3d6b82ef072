"""From file, lists and log to a `Sending`: all problems found, nothing sent."""

import datetime as dt
from dataclasses import dataclass

from pressutskick.assembly import (
    gather_files,
    load_recipients,
    load_release,
    load_suppressions,
    make_message_plan,
    make_snapshot,
    release_folder,
)
from pressutskick.cli.clock import ZONE, clock_now
from pressutskick.cli.sending import Sending
from pressutskick.cli.views import show_problems
from pressutskick.cli.voice import Voice
from pressutskick.deliverylog.sqlite import SqliteDeliveryLog
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.plan import make_plan
from pressutskick.dispatch.records import DispatchKey, DispatchOrder, DispatchRecord, Snapshot
from pressutskick.dispatch.run import RunOptions
from pressutskick.errors import InputError, Problem, Severity
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import Selection, select
from pressutskick.release.facts.blocking import blocking_questions
from pressutskick.release.facts.model import Reading
from pressutskick.release.model import Release
from pressutskick.sentences import say
from pressutskick.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a command line asks to have sent. `wait` is seconds."""

    file: str
    lists: tuple[str, ...]
    selection: Selection
    now: str = ""
    retry_for: dt.timedelta = dt.timedelta(minutes=30)
    wait: float = 0.0
    accepts_edit: bool = False


def prepare(request: Request, settings: Settings, log: SqliteDeliveryLog, voice: Voice) -> Sending:
    """Reads everything and decides for everybody.

    Raises:
        InputError: release or lists have problems; tells all of them.
        InputNotFound: a file is missing.
        SettingsError: nobody is named as sender.
        DeliveryLogError: the log cannot be read.
    """
    now = clock_now(request.now)
    release = check_release(request.file, load_release(request.file, now=now), voice)
    recipients = check_recipients(request, settings, voice)
    key = DispatchKey(release_id=release.id)
    record = log.find(key)
    began = record.created_at.astimezone(ZONE) if record else now
    folder = release_folder(request.file, settings)
    files = gather_files(release, settings, folder=folder, date=began, name=request.file)
    messages = make_message_plan(release, settings, key=log.key, date=began, files=files)
    keys = [recipient.mailbox.key for recipient in recipients]
    snapshot = make_snapshot(release, settings, messages, keys)
    if record is not None and not request.accepts_edit:
        refuse_edit(record, log.snapshot(record.id), snapshot, request.file)
    choices = select(
        recipients,
        request.selection,
        load_suppressions(settings),
        today=now.astimezone(ZONE).date(),
        seed=release.id,
    )
    return Sending(
        order=DispatchOrder(key=key, title=release.title, snapshot=snapshot, created_at=began),
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


def check_release(file: str, reading: Reading, voice: Voice) -> Release:
    """The release, if nothing stands in the way of sending it.

    Raises:
        InputError: it has errors, or questions that only a person can answer.
    """
    errors = [each for each in reading.problems if each.severity is Severity.ERROR]
    if errors:
        raise InputError(problems=reading.problems)
    questions = blocking_questions(reading)
    if questions:
        problems = [
            Problem(
                code="question",
                severity=Severity.ERROR,
                sentence=say("{field}: {why}", field=each.field, why=each.why),
            )
            for each in questions
        ]
        raise InputError(
            say("The text leaves questions open that a newsroom would stumble over."),
            problems=problems,
            remedy=say("Answer them with: pressutskick read {file} -o NEW.md", file=file),
        )
    if not voice.is_quiet:
        show_problems(reading.problems)
    return reading.release


def check_recipients(request: Request, settings: Settings, voice: Voice) -> tuple[Recipient, ...]:
    """All recipients of the lists.

    Raises:
        InputError: some rows are faulty; tells all of them.
    """
    loaded = load_recipients(request.lists, settings.workspace)
    if any(problem.severity is Severity.ERROR for problem in loaded.problems):
        raise InputError(problems=loaded.problems)
    if not voice.is_quiet:
        show_problems(
            problem for problem in loaded.problems if problem.severity is Severity.WARNING
        )
    return loaded.recipients


def refuse_edit(record: DispatchRecord, sent: Snapshot | None, wanted: Snapshot, file: str) -> None:
    """An edited text must not reach some as another than others got, unless a person says so.

    Raises:
        InputError: somebody has, or may have, the earlier text.
    """
    has_gone_out = any(
        record.counts.get(status)
        for status in (
            DeliveryStatus.ACCEPTED,
            DeliveryStatus.UNKNOWN,
            DeliveryStatus.COMMITTING,
            DeliveryStatus.BOUNCED,
        )
    )
    if sent is None or not has_gone_out or sent.digests.release == wanted.digests.release:
        return
    raise InputError(
        say("{file} is not the text that was sent before under the same id.", file=file),
        remedy=say(
            "Tell those who got it what has changed: pressutskick correct {file}. If the edit is "
            "harmless, send it to the rest with: send --accept-edit",
            file=file,
        ),
    )
