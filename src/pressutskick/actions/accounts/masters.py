"""Master messages: what was sent, made again once for each edition and language, to nobody.

The log keeps texts and digests, not messages: a master is made from the text that went out, with the
workspace's templates and sender, and says where these are no more what they were.
"""

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import starmap

from pressutskick.actions.composing import DispatchComposer, Edition, make_snapshot
from pressutskick.actions.following.editions import Differences, Standing
from pressutskick.actions.safeguards import list_sentences
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.approval import Part, name_part
from pressutskick.dispatch.correspondence import Answer, Correspondent
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.door import KeptAnswer
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.records import DeliveryRecord, DispatchKey, DispatchRecord
from pressutskick.dispatch.texts import Text, list_releases
from pressutskick.errors import InputError, PressutskickError
from pressutskick.mail import Language, Mailbox
from pressutskick.message.model import AttachedFile, Purpose
from pressutskick.message.occasions import CalendarHistory
from pressutskick.recipients.model import Recipient
from pressutskick.release.zone import ZONE
from pressutskick.report.record import name_message
from pressutskick.report.words import name_dispatch
from pressutskick.sentences import Sentence, say

#: Who stands in a master in place of the recipient.
STAND_IN = "mottagare@exempel.invalid"
_SENT = frozenset(DeliveryStatus) - {
    DeliveryStatus.PENDING,
    DeliveryStatus.SKIPPED,
    DeliveryStatus.SENDING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What makes one message another than those of its dispatch."""

    language: Language
    snapshot_id: int
    standing: Standing


@dataclass(slots=True, kw_only=True)
class Masters:
    """Makes the masters of a release. `attached` are files that went along, by SHA-256 in hex."""

    life: Life
    log: DeliveryLog
    workspace: Workspace
    attached: Mapping[str, AttachedFile]
    answers: Mapping[str, KeptAnswer]
    _texts: Mapping[int, Text] = field(default_factory=dict)
    _threads: Mapping[str, Correspondent] = field(default_factory=dict)
    #: The first snapshot of each correction.
    _corrected: Sequence[int] = ()
    _failures: list[Sentence] = field(default_factory=list)
    _changed: dict[Part, dict[DispatchKey, None]] = field(default_factory=dict)

    def make_all(self) -> Iterator[tuple[str, bytes]]:
        """Path and content of each, in the order of the dispatches."""
        release_id = self.life.release.id
        self._texts = self.log.texts(release_id)
        self._threads = self.log.correspondence(release_id)
        self._corrected = [self._first_snapshot(each) for each in self.life.of(Purpose.CORRECTION)]
        for number, dispatch in enumerate(self.life.dispatches, start=1):
            made: dict[Language, dict[bytes, None]] = {}
            for kind, extra in self._list_kinds(dispatch).items():
                content = self._make(dispatch, kind, extra)
                if content is not None:
                    # Who had got other texts before may be told the same all the same.
                    made.setdefault(kind.language, {})[content] = None
            for language, editions in made.items():
                for edition, content in enumerate(editions):
                    yield name_message(number, dispatch, language.value, edition), content

    def _first_snapshot(self, correction: DispatchRecord) -> int:
        numbers = (each.snapshot_id for each in self.log.deliveries(correction.id))
        return min(filter(None, numbers), default=sys.maxsize)

    def _list_kinds(self, dispatch: DispatchRecord) -> Mapping[_Kind, frozenset[str]]:
        """Every kind of message that was sent, with the columns that its recipients have."""
        found: dict[_Kind, frozenset[str]] = {}
        for delivery in self.log.deliveries(dispatch.id):
            if delivery.status in _SENT and delivery.snapshot_id is not None:
                kind = self._kind_of(dispatch, delivery)
                found[kind] = found.get(kind, frozenset()) | delivery.recipient.extra.keys()
        return found

    def _kind_of(self, dispatch: DispatchRecord, delivery: DeliveryRecord) -> _Kind:
        snapshot_id, recipient = delivery.snapshot_id or 0, delivery.recipient
        text = self._texts.get(snapshot_id)
        language = recipient.language or (text or self.life.text).release.language
        standing = Standing()
        if dispatch.key.purpose is not Purpose.ANNOUNCE:
            standing = self._stand(recipient.mailbox.key, snapshot_id, dispatch)
        return _Kind(language=language, snapshot_id=snapshot_id, standing=standing)

    def _stand(self, key: str, snapshot_id: int, dispatch: DispatchRecord) -> Standing:
        """What somebody had been sent before, and whether they had said that they come."""
        person = self._threads.get(key)
        earlier = [
            mail
            for mail in (person.mails if person is not None else ())
            if mail.snapshot_id is not None and mail.snapshot_id < snapshot_id
        ]
        held = replace(person, mails=tuple(earlier)).held if person is not None else ()
        kept = self.answers.get(key)
        began = dispatch.begun_at or dispatch.created_at
        is_expected = (
            dispatch.key.purpose is Purpose.REMINDER
            and kept is not None
            and kept.answer is Answer.COMING
            and kept.answered_at < began
        )
        return Standing(held=held, is_expected=is_expected)

    def _make(self, dispatch: DispatchRecord, kind: _Kind, extra: Iterable[str]) -> bytes | None:
        """The message; None, with a note, where it can be made no more."""
        text = self._texts.get(kind.snapshot_id)
        if text is None:
            return None
        try:
            return self._compose(dispatch, kind, text, extra)
        except PressutskickError as error:
            problems = error.problems if isinstance(error, InputError) else ()
            reason = problems[0].sentence if problems else error.sentence
            self._failures.append(
                say(
                    "{dispatch}: the message could not be made again: {reason}",
                    dispatch=name_dispatch(dispatch.key),
                    reason=reason,
                )
            )
            return None

    def _compose(
        self, dispatch: DispatchRecord, kind: _Kind, text: Text, extra: Iterable[str]
    ) -> bytes:
        key, settings = dispatch.key, self.workspace.settings
        earlier = {
            number: each for number, each in self._texts.items() if number < kind.snapshot_id
        }
        composer = DispatchComposer(
            release=text.release,
            settings=settings,
            templates=self.workspace.read_templates(),
            log_key=self.log.key,
            key=key,
            date=_date_of(dispatch).astimezone(ZONE),
            sequence=self._sequence(dispatch, kind.snapshot_id),
            history=CalendarHistory(texts=list_releases(earlier)),
            attached=self._files_of(dispatch, text),
            reason=dispatch.reason,
        )
        is_correction = key.purpose is Purpose.CORRECTION
        changes = Differences(self._texts, text).since(kind.standing.held) if is_correction else ()
        edition = Edition(
            changes=changes,
            calendar=composer.write_calendar(kind.standing.held),
            is_expected=kind.standing.is_expected,
        )
        plan = composer.compose(edition)
        made = make_snapshot(text.release, settings, plan, ()).digests
        self._compare(
            dispatch,
            kind.snapshot_id,
            {Part.TEMPLATES: made.templates, Part.SETTINGS: made.settings},
        )
        stand_in = Recipient(
            mailbox=Mailbox(address=STAND_IN),
            language=kind.language,
            extra=dict.fromkeys(extra, "…"),
        )
        return plan.message(stand_in).content

    def _sequence(self, dispatch: DispatchRecord, snapshot_id: int) -> int:
        """SEQUENCE of the calendar, as it was when the text went out."""
        if dispatch.key.purpose is Purpose.CORRECTION:
            return dispatch.key.number
        corrections = sum(number <= snapshot_id for number in self._corrected)
        return corrections + (dispatch.key.purpose is Purpose.CANCELLATION)

    def _files_of(self, dispatch: DispatchRecord, text: Text) -> tuple[AttachedFile, ...]:
        """What went along with an invitation or a correction, as far as it is at hand."""
        if dispatch.key.purpose not in (Purpose.ANNOUNCE, Purpose.CORRECTION):
            return ()
        found = (self.attached.get(each.sha256) for each in text.files or ())
        return tuple(file for file in found if file is not None)

    def _compare(
        self, dispatch: DispatchRecord, snapshot_id: int, made: Mapping[Part, str]
    ) -> None:
        snapshot = self.log.snapshot(dispatch.id, snapshot_id=snapshot_id)
        for part, digest in made.items():
            if snapshot is not None and getattr(snapshot.digests, part) != digest:
                self._changed.setdefault(part, {})[dispatch.key] = None

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """After `make_all`: in what the masters may differ from what was sent."""
        return (*self._failures, *starmap(_tell_changed, self._changed.items()))


def _tell_changed(part: Part, keys: Iterable[DispatchKey]) -> Sentence:
    return say(
        "Since this went out ({dispatches}), {part} have changed; the messages in this bag were made "
        "with those of today.",
        part=name_part(part),
        dispatches=list_sentences(tuple(map(name_dispatch, keys))),
    )


def _date_of(dispatch: DispatchRecord) -> dt.datetime:
    return dispatch.send_at or dispatch.created_at


def list_attachments(texts: Iterable[Text]) -> Sequence[tuple[str, str]]:
    """Name and SHA-256 of every file that went along, once each."""
    return list(
        dict.fromkeys((file.name, file.sha256) for text in texts for file in text.files or ())
    )
