"""A preview before it is shown: the messages that `send` would hand over, read back.

Makes no connection. The delivery log is looked into for its key, so that Message-IDs and opt-out tokens
are those that will be sent.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from shlex import quote

from pressutskick.actions.composing import DispatchComposer
from pressutskick.actions.opening import open_release
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.changes.facts import is_same_release
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey, DispatchRecord
from pressutskick.dispatch.texts import list_releases
from pressutskick.errors import DeliveryLogError, InputError, Problem, Severity
from pressutskick.mail import comparison_key
from pressutskick.message.model import Message, Purpose
from pressutskick.message.occasions import NO_HISTORY, CalendarHistory
from pressutskick.message.trial import require_sound_templates
from pressutskick.message.wire.readback import ReadMessage, read_back
from pressutskick.message.wire.said import Said, find_differences
from pressutskick.reading.asking.blocking import blocking_questions
from pressutskick.reading.model import Question
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import Choice, Selection, find_unmatched, select
from pressutskick.recipients.suppression import NO_SUPPRESSIONS, Suppressions
from pressutskick.release.model import Release
from pressutskick.release.zone import ZONE
from pressutskick.sentences import Sentence, say, say_many

#: Stands for the log's key where there is no log.
_NO_KEY = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedMessage:
    """One recipient's message, as bytes and as it will be read."""

    recipient: Recipient
    message: Message
    read: ReadMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Everything that would be sent, and who would not get it and why.

    `write` makes the message of one, read back and compared with what was meant; `say` tells what it
    says without making it. `questions` are
    those that a person must still answer before `send`; `caveat` says why ids and tokens will be
    others, where they will; `news` what else should be looked at.
    """

    release: Release
    write: Callable[[Recipient], Message]
    say: Callable[[Recipient], Said]
    selected: tuple[Recipient, ...]
    skipped: tuple[Choice | PlanEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    caveat: Sentence | None = None
    news: Sentence | None = None

    def show(self, recipient: Recipient) -> PreviewedMessage:
        """The message of one recipient; checked against what was meant.

        Raises:
            InputError: a template needs something that the recipient lacks.
        """
        message = self.write(recipient)
        return PreviewedMessage(recipient=recipient, message=message, read=read_back(message))

    def differing(self, sample: Recipient) -> Callable[[Recipient], tuple[str, ...]]:
        """Tells of a recipient what stands in their message and not in that of `sample`.

        Known from what they are made of: to read them all back would take many times as long.
        """
        said = self.say(sample)
        return lambda other: find_differences(said, self.say(other))

    def show_all(self) -> Iterator[PreviewedMessage]:
        """All messages, one at a time."""
        return map(self.show, self.selected)

    def find(self, address: str) -> Recipient:
        """The recipient with that address.

        Raises:
            InputError: nobody with that address would get the mail; tells why.
        """
        key = comparison_key(address)
        for recipient in self.selected:
            if recipient.mailbox.key == key:
                return recipient
        for choice in self.skipped:
            if choice.recipient.mailbox.key == key and choice.sentence is not None:
                raise InputError(
                    say(
                        "{address} gets no mail: {reason}.", address=address, reason=choice.sentence
                    )
                )
        raise InputError(
            say("{address} is on none of the lists.", address=address),
            remedy=say("See who is on them: leave out --recipient."),
        )


def make_preview(
    name: str,
    lists: Sequence[str],
    selection: Selection,
    workspace: Workspace,
    *,
    now: dt.datetime,
    purpose: Purpose = Purpose.ANNOUNCE,
    reason: str | None = None,
) -> Preview:
    """Reads release and lists, and prepares the messages.

    Their date is `now`, or that of the dispatch where a part of it has been sent already. Another
    `purpose` than to announce shows what would follow, before anything was sent.

    Raises:
        InputNotFound: the file or a list is not there.
        InputError: the release, a list, a template or an attachment is not valid, or nobody is
            selected.
        SettingsError: nobody is named as sender.
    """
    reading = open_release(workspace.read_document(name), now=now).reading
    loaded = workspace.load_recipients(lists)
    problems = (
        *reading.problems,
        *loaded.problems,
        *find_unmatched(loaded.recipients, selection),
    )
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise InputError(problems=problems)
    release = reading.release
    key = DispatchKey(release_id=release.id, purpose=purpose)
    known = _look_up(workspace, key)
    choices = _choose(loaded.recipients, selection, lists, known, release.id, now)
    templates = workspace.read_templates()
    require_sound_templates(templates, release)
    composer = DispatchComposer(
        release=release,
        settings=workspace.settings,
        templates=templates,
        log_key=known.key,
        key=key,
        date=(known.record.date_at(now) if known.record else now).astimezone(ZONE),
        sequence=known.sequence,
        history=known.history,
        attached=workspace.read_attachments(release, name),
        reason=reason,
    )
    messages = composer.compose()
    return Preview(
        release=release,
        write=messages.verified_message,
        say=messages.said,
        selected=tuple(choice.recipient for choice in choices if choice.is_selected),
        skipped=tuple(choice for choice in choices if not choice.is_selected),
        problems=problems,
        questions=blocking_questions(reading),
        caveat=known.caveat,
        news=_tell_sent(known.life, release, name) if purpose is Purpose.ANNOUNCE else None,
    )


def _tell_sent(life: Life | None, release: Release, name: str) -> Sentence | None:
    """That some have got it already, and where the text differs, how to see what they would get."""
    counts = (
        [record.counts.get(DeliveryStatus.ACCEPTED, 0) for record in life.of(Purpose.ANNOUNCE)]
        if life
        else []
    )
    count = sum(counts)
    if life is None or not count:
        return None
    if is_same_release(life.release, release):
        return say_many(
            "{count} recipient has got this already and gets no second one.",
            "{count} recipients have got this already and get no second one.",
            count,
        )
    return say_many(
        "{count} recipient has got an earlier text of this. See the correction with: {command}",
        "{count} recipients have got an earlier text of this. See the correction with: {command}",
        count,
        command=f"pressutskick preview {quote(name)} --as correction",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the log knows of the dispatch; `caveat` tells where there is no log to be had."""

    key: bytes = _NO_KEY
    life: Life | None = None
    record: DispatchRecord | None = None
    sequence: int = 0
    history: CalendarHistory = NO_HISTORY
    suppressions: Suppressions = NO_SUPPRESSIONS
    caveat: Sentence | None = None


def _choose(
    recipients: Sequence[Recipient],
    selection: Selection,
    lists: Sequence[str],
    known: _Known,
    seed: str,
    now: dt.datetime,
) -> Sequence[Choice]:
    choices = select(recipients, selection, known.suppressions, today=now.date(), seed=seed)
    if not any(choice.is_selected for choice in choices):
        raise InputError(
            say("Nobody on the lists is selected."),
            remedy=say("See why: pressutskick recipients show {list}", list=" ".join(lists)),
        )
    return choices


def _look_up(workspace: Workspace, dispatch: DispatchKey) -> _Known:
    """What `send` will find in the log; without one ids are made up, and none is left behind."""
    if not workspace.has_log():
        return _Known(
            caveat=say(
                "Nothing has been sent from this folder yet: Message-ID and opt-out token will be "
                "others in the mail that is sent."
            )
        )
    try:
        log = workspace.look_into_log()
        life = log.life(dispatch.release_id)
        return _Known(
            key=log.key,
            life=life,
            record=log.find(dispatch),
            sequence=life.sequence if life is not None else 0,
            history=CalendarHistory(texts=list_releases(log.texts(dispatch.release_id))),
            suppressions=workspace.load_suppressions(),
        )
    except DeliveryLogError:
        return _Known(
            caveat=say(
                "The delivery log cannot be opened here: Message-ID and opt-out token will be "
                "others in the mail that is sent."
            )
        )
