"""A letter to ourselves: sent like any mail, and read back from where it arrived.

Nothing else can know what a receiving server makes of what we send.
"""

import datetime as dt
from collections.abc import Callable

from pressutskick.actions.composing import DispatchComposer, make_snapshot
from pressutskick.actions.sampling import SampleResult, send_alone
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.preflight.letter import LetterFacts
from pressutskick.dispatch.records import DispatchKey, DispatchOrder
from pressutskick.dispatch.run import RunOptions
from pressutskick.mail import Mailbox
from pressutskick.message.model import Message
from pressutskick.recipients.model import Recipient
from pressutskick.release.model import Event, Kind, Release
from pressutskick.replies.authentication import read_authentication
from pressutskick.replies.mailbox import MailSource, Progress, RawMail
from pressutskick.replies.parts import read_parts

#: So often is the mailbox looked into, with a pause between.
_LOOKS = 24


def send_letter(
    workspace: Workspace, address: str, *, title: str, text: str
) -> tuple[Message, SampleResult]:
    """Sends a letter made like an invitation, with a calendar file; what the relay said.

    Raises:
        SettingsError: no sender or no relay is named.
        InputError: a template is not valid.
    """
    now, log = workspace.now(), workspace.make_passing_log()
    day = (now + dt.timedelta(days=7)).date()
    release = Release(
        id="letter",
        kind=Kind.RELEASE,
        title=title,
        lead=text,
        event=Event(date=day, start=dt.time(10), place="-"),
    )
    recipient = Recipient(mailbox=Mailbox(address=address))
    key = DispatchKey(release_id=release.id)
    plan = DispatchComposer(
        release=release,
        settings=workspace.settings,
        templates=workspace.read_templates(),
        log_key=log.key,
        key=key,
        date=now,
    ).compose()
    message = plan.verified_message(recipient)
    order = DispatchOrder(
        key=key,
        title=title,
        snapshot=make_snapshot(release, workspace.settings, plan, [recipient.mailbox.key]),
        created_at=now,
    )
    options = RunOptions(connections=1, retry_for=dt.timedelta())
    entry = PlanEntry(recipient=recipient)
    return message, send_alone(message, entry, order, options, workspace)


def await_letter(
    message: Message,
    mailbox: MailSource,
    sent_at: dt.datetime,
    workspace: Workspace,
    pause: Callable[[], None],
) -> LetterFacts | None:
    """The letter as it arrived; None where it has not come after many looks with `pause` between.

    Raises:
        PressutskickError: the mailbox cannot be read.
    """
    progress = Progress(since=sent_at.date())
    mark = message.message_id.strip("<>").encode()
    for look in range(_LOOKS):
        for raw in mailbox.mails(progress):
            if mark in raw.content:
                return _describe(raw, message, workspace.now() - sent_at)
            progress = Progress(
                cursor=raw.cursor or progress.cursor,
                places={*progress.places, raw.place},
                since=progress.since,
            )
        if look < _LOOKS - 1:
            pause()
    return None


def _describe(raw: RawMail, message: Message, took: dt.timedelta) -> LetterFacts:
    mail = read_parts(raw.content)
    types = {part.media_type for part in mail.walk()}
    return LetterFacts(
        address=message.envelope.forward_path,
        took=took,
        authentication=read_authentication(mail),
        has_html="text/html" in types,
        has_files="text/calendar" in types,
    )
