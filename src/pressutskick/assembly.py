"""The one place where Settings become objects: transports, delivery log, templates, lists.

What a function needs is imported when it runs: reading a document must not wait for SQLite.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict, Unpack

from pressutskick.errors import Problem, SettingsError
from pressutskick.sentences import say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pressutskick.deliverylog.sqlite import SqliteDeliveryLog
    from pressutskick.dispatch.interfaces import Transport
    from pressutskick.dispatch.records import Snapshot
    from pressutskick.mail import Mailbox
    from pressutskick.message.compose import MessagePlan
    from pressutskick.message.model import AttachedFile, Change, Purpose
    from pressutskick.message.occasions import History
    from pressutskick.recipients.model import Recipient
    from pressutskick.recipients.suppression import Suppressions
    from pressutskick.recipients.table import RecipientList
    from pressutskick.release.facts.model import Reading
    from pressutskick.release.model import Release
    from pressutskick.settings import Settings
    from pressutskick.transports.smtp import SmtpAddress


class CompositionWishes(TypedDict, total=False):
    """What a composition may be told besides release, settings, key and date."""

    purpose: Purpose
    number: int
    files: tuple[AttachedFile, ...]
    changes: tuple[Change, ...]
    reason: str | None
    is_unattended: bool


def load_recipients(names: Sequence[str], workspace: Path) -> RecipientList:
    """All recipients of the lists, list after list; `recipients.selection` says who is meant.

    Problems are not raised, so that the caller can show all of them: ask `has_errors`.

    Raises:
        InputNotFound: a list is not there; suggests what is.
        InputError: a file that cannot be read as a list at all.
    """
    from pressutskick.recipients.table import RecipientList, read_recipients
    from pressutskick.sources.lists import find_list, read_guide, read_table
    from pressutskick.sources.roll import DiskRoll

    roll = DiskRoll()
    problems: list[Problem] = []
    loaded: list[RecipientList] = []
    for name in names:
        file = find_list(name, workspace)
        loaded.append(read_recipients(read_table(file), read_guide(file), roll))
        problems += loaded[-1].problems
    return RecipientList(
        recipients=roll,
        problems=tuple(problems),
        columns=loaded[0].columns if len(loaded) == 1 else None,
    )


def load_suppressions(settings: Settings) -> Suppressions:
    """Who must not be mailed, from the real log even in a rehearsal; nobody before it exists.

    Raises:
        DeliveryLogError: the log cannot be used.
    """
    from pressutskick.deliverylog.suppressions import read_suppressions
    from pressutskick.recipients.suppression import NO_SUPPRESSIONS

    if not settings.database.exists():
        return NO_SUPPRESSIONS
    return read_suppressions(open_delivery_log(settings))


def load_release(name: str, *, now: dt.datetime) -> Reading:
    """The release in file `name` (`-` is stdin), canonical or raw, with its facts and lines.

    `now` is the moment against which a missing year is worked out. Open questions are not raised:
    ask `release.facts.blocking.blocking_questions`.

    Raises:
        InputNotFound: there is no such file; suggests what is.
        InputError: a format that is not read, or a canonical document with problems.
    """
    from pressutskick.sources.releases import open_release

    return open_release(name, now=now).reading


def database_path(settings: Settings, *, is_sandbox: bool) -> Path:
    """The delivery log's file; the sandbox has one of its own, so that a rehearsal never counts."""
    real = settings.database
    return real.with_name(f"{real.stem}-sandbox{real.suffix}") if is_sandbox else real


def marks_folder() -> Path:
    """Where this machine notes how far it has seen each delivery log come."""
    from platformdirs import user_state_path

    return user_state_path("pressutskick", appauthor=False)


def open_delivery_log(
    settings: Settings, *, is_sandbox: bool = False, moment: dt.datetime | None = None
) -> SqliteDeliveryLog:
    """The delivery log, created or upgraded where needed.

    A rehearsal for another time writes its `moment` into the sandbox's log, so that what follows
    can be rehearsed too. Of the real log the person's own folder keeps a mark, so that an old copy
    of it is told.

    Raises:
        DeliveryLogError: the file cannot be used; nothing may be sent.
    """
    from pressutskick.deliverylog.sqlite import SqliteDeliveryLog
    from pressutskick.transports.clock import SystemClock

    path = database_path(settings, is_sandbox=is_sandbox)
    if not is_sandbox:
        return SqliteDeliveryLog(path, now=SystemClock().now, marks=marks_folder())
    return SqliteDeliveryLog(path, now=SystemClock().now if moment is None else lambda: moment)


def make_message_plan(
    release: Release,
    settings: Settings,
    *,
    key: bytes,
    date: dt.datetime,
    **wishes: Unpack[CompositionWishes],
) -> MessagePlan:
    """What makes the messages of a dispatch; `key` is the log's, `date` the dispatch's.

    Raises:
        SettingsError: nobody is named as sender.
        InputError: a template is missing or not valid.
    """
    from pressutskick.message.compose import Composition, MessagePlan
    from pressutskick.sources.templates import read_templates

    return MessagePlan(
        Composition(
            release=release,
            sender=require_sender(settings),
            templates=read_templates(settings.workspace),
            key=key,
            date=date,
            reply_to=settings.reply_to,
            organisation=settings.organisation,
            **wishes,
        )
    )


def require_sender(settings: Settings) -> Mailbox:
    """The sender.

    Raises:
        SettingsError: nobody is named.
    """
    if settings.sender is None:
        raise SettingsError(
            say("Nobody is named as sender: PRESSUTSKICK_FROM is empty."),
            remedy=say(
                "Set it in .env, such as PRESSUTSKICK_FROM=Pressen <press@example.org>, or run: "
                "pressutskick init"
            ),
        )
    return settings.sender


def release_folder(file: str, settings: Settings) -> Path:
    """Where the attachments of the release in `file` are looked for; `-` has the workspace."""
    from pathlib import Path

    return settings.workspace if file == "-" else Path(file).parent


class CalendarWishes(TypedDict, total=False):
    """What a calendar may be told besides release, sender and date; see `message.calendar`."""

    sequence: int
    purpose: Purpose
    history: History
    held: Iterable[int]


def gather_files(
    release: Release,
    settings: Settings,
    *,
    folder: Path,
    date: dt.datetime,
    name: str | None = None,
    **wishes: Unpack[CalendarWishes],
) -> tuple[AttachedFile, ...]:
    """The files that go with every message: what the release attaches, then its calendar.

    Raises:
        SettingsError: nobody is named as sender.
        InputError: a file cannot be attached.
    """
    attached = gather_attachments(release, settings, folder=folder, name=name)
    return (*attached, *write_calendar(release, settings, date=date, **wishes))


def gather_attachments(
    release: Release, settings: Settings, *, folder: Path, name: str | None = None
) -> tuple[AttachedFile, ...]:
    """What the release attaches.

    `folder` is where the release's file lies, `name` what the person called it.

    Raises:
        InputError: a file cannot be attached.
    """
    from pressutskick.sources.attachments import read_attachments

    return read_attachments(
        release.attachments, folder=folder, workspace=settings.workspace, file=name
    )


def write_calendar(
    release: Release, settings: Settings, *, date: dt.datetime, **wishes: Unpack[CalendarWishes]
) -> tuple[AttachedFile, ...]:
    """The calendar files alone.

    Raises:
        SettingsError: nobody is named as sender.
    """
    from pressutskick.message.calendar import make_calendar
    from pressutskick.message.headers import ascii_domain

    sender = require_sender(settings)
    return make_calendar(
        release,
        organizer=settings.reply_to or sender,
        domain=ascii_domain(sender.address).rpartition("@")[2].lower(),
        stamp=date,
        **wishes,
    )


def make_snapshot(
    release: Release, settings: Settings, plan: MessagePlan, keys: Iterable[str]
) -> Snapshot:
    """What is sent, with the digests that tell a later run whether it is still the same.

    `keys` are the comparison keys of all who are meant, mailed already or not, in ascending order.
    """
    from pressutskick.dispatch import approval
    from pressutskick.dispatch.records import Snapshot
    from pressutskick.release.document import format_document

    text = format_document(release)
    return Snapshot(
        release=text,
        digests=approval.Digests(
            release=approval.digest_release(text, plan.composition.files),
            templates=approval.digest_templates(plan.composition.templates),
            selection=approval.digest_selection(keys),
            settings=approval.digest_settings(
                {
                    "sender": str(settings.sender),
                    "reply_to": str(settings.reply_to or ""),
                    "organisation": settings.organisation,
                }
            ),
        ),
    )


@contextmanager
def open_transport(settings: Settings, *, is_sandbox: bool = False) -> Iterator[Transport]:
    """What carries the messages, for one run: the relay of the settings, or the sandbox.

    The sandbox keeps them in `outbox/` of the workspace.

    Raises:
        SettingsError: no relay is named, or a login would go out in clear text.
    """
    from pressutskick.transports.sandbox import SandboxTransport
    from pressutskick.transports.smtp import SmtpTransport

    if is_sandbox:
        yield SandboxTransport(settings.workspace / "outbox")
    else:
        yield SmtpTransport(make_relay_address(settings))


def make_relay_address(settings: Settings) -> SmtpAddress:
    """Where the relay is and how it is spoken to.

    Raises:
        SettingsError: no relay is named, or a login would go out in clear text.
    """
    from pressutskick.transports.login import Login
    from pressutskick.transports.smtp import Encryption, SmtpAddress
    from pressutskick.transports.smtp_errors import no_login_in_clear
    from pressutskick.transports.transaction import Timeouts

    if settings.smtp_host is None:
        raise SettingsError(
            say("No mail server is named: PRESSUTSKICK_SMTP_HOST is empty."),
            remedy=say("Set it in .env (pressutskick init asks for it), or try with --sandbox."),
        )
    encryption = Encryption(str(settings.smtp_security))
    login = None
    if settings.smtp_username is not None:
        if encryption is Encryption.NONE:
            raise no_login_in_clear()
        password = settings.smtp_password
        login = Login(
            username=settings.smtp_username,
            reveal=password.reveal if password else None,
            password_command=settings.smtp_password_command,
            token_command=settings.smtp_token_command,
        )
    return SmtpAddress(
        host=settings.smtp_host,
        port=settings.smtp_port,
        encryption=encryption,
        login=login,
        relay=settings.relay,
        ca_file=str(settings.smtp_ca_file) if settings.smtp_ca_file else None,
        timeouts=Timeouts(
            connect=settings.timeout_connect,
            command=settings.timeout_command,
            data=settings.timeout_data,
            reply=settings.timeout_reply,
        ),
    )


def find_held_rows(workspace: Path, key: str) -> tuple[Recipient, ...]:
    """The rows of the workspace's own lists in which the mailbox `key` stands."""
    from pressutskick.errors import PressutskickError
    from pressutskick.recipients.table import read_rows
    from pressutskick.sources.lists import find_list, list_names, read_guide, read_table

    found: list[Recipient] = []
    for name in list_names(workspace):
        file = find_list(str(workspace / "recipients" / name), workspace)
        try:
            rows = read_rows(read_table(file), read_guide(file)).recipients
        except PressutskickError:
            # A list that cannot be read is told when it is used; here the others matter.
            continue
        found += [recipient for recipient in rows if recipient.mailbox.key == key]
    return tuple(found)
