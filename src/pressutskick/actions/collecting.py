"""Reading a mailbox into the log: what came back, what follows, what a person is asked. Pure.

What is certain and harms nobody follows at once: a mail came back, a calendar answers, somebody
with the token of our mail wants no more. Everything else is proposed; nothing is mailed.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from pressutskick.actions.recognising import SentMails
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.door import AnswerDetails
from pressutskick.dispatch.incoming import (
    NO_EFFECTS,
    AnswerNote,
    Batch,
    Effects,
    Incoming,
    IncomingRecord,
    IncomingState,
    SentMail,
)
from pressutskick.dispatch.log import DeliveryLog, ReplyLog
from pressutskick.mail import Reply, comparison_key
from pressutskick.recipients.suppression import Suppression, SuppressionReason, Suppressions
from pressutskick.replies.glance import glance
from pressutskick.replies.mailbox import MailSource, Progress, RawMail
from pressutskick.replies.reading import OUTLOOK_FILE, read_reply
from pressutskick.replies.verdict import Attendance, ReplyKind, Verdict

#: Mails whose outcome is written together: what a crash costs is read again, and counts once.
_BATCH = 100
#: A mail older than this has nothing that could still come back.
REACH = dt.timedelta(days=60)
_CODE = re.compile(r"(?:^|\s)([245]\d\d)[ -]")
_ANSWERS = {
    Attendance.COMING: Answer.COMING,
    Attendance.DECLINED: Answer.DECLINED,
    Attendance.OTHER: Answer.OTHER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """One mail that was read: its verdict, and the mail of ours that it is about.

    `reply` is what is kept of it, None where nothing is. `is_new` is False where it was kept
    before.
    """

    name: str
    verdict: Verdict
    mail: SentMail | None
    reply: Incoming | None
    is_new: bool = True


@dataclass(slots=True)
class Collecting:
    """One reading of a mailbox. Nothing is written where `is_dry`.

    Mails that are about nothing of ours are read in full, and given, only `with_others`.
    """

    log: DeliveryLog
    now: dt.datetime
    is_dry: bool = False
    with_others: bool = False
    _mails: SentMails = field(init=False)
    _barred: Suppressions = field(init=False)

    def __post_init__(self) -> None:
        self._barred = self.log.suppressions()
        self._mails = SentMails(self.log.sent(), secret=self.log.key)

    def read(self, mailbox: MailSource) -> Iterator[Collected]:
        """Every mail after the last reading, batch by batch; a batch is kept before it is given.

        Raises:
            PressutskickError: the mailbox cannot be read; what was given is kept.
        """
        known = self.log.progress(mailbox.account)
        progress = Progress(cursor=known.cursor, places=known.places, since=self._find_since())
        raw = mailbox.mails(progress)
        while batch := list(islice(raw, _BATCH)):
            found = [each for each in map(self._judge, batch) if each is not None]
            yield from found if self.is_dry else self._keep(mailbox.account, batch, found)

    def _find_since(self) -> dt.date | None:
        """The day of the oldest dispatch to which anything may still come back."""
        begun = [
            record.begun_at
            for record in self.log.dispatches()
            if record.begun_at is not None and record.begun_at >= self.now - REACH
        ]
        return min(begun, default=self.now).date()

    def _judge(self, raw: RawMail) -> Collected | None:
        if not (self.with_others or self._mails.may_concern(glance(raw.content))):
            return None
        verdict = read_reply(raw.content)
        mail = self._mails.find(verdict)
        if not (mail or self.with_others or verdict.reason is OUTLOOK_FILE):
            return None
        reply = None if mail is None else self._weigh(raw, verdict, mail)
        return Collected(name=raw.name, verdict=verdict, mail=mail, reply=reply)

    def _keep(
        self, account: str, batch: Sequence[RawMail], found: Sequence[Collected]
    ) -> Iterator[Collected]:
        """Keeps a batch; gives what was found, and whether it was new."""
        taken = self.log.take_in(
            Batch(
                account=account,
                replies=[each.reply for each in found if each.reply is not None],
                cursor=batch[-1].cursor,
                places=[raw.place for raw in batch if raw.place],
            )
        )
        new = {each.digest for each in taken}
        for each in found:
            if each.reply is None or each.reply.digest in new:
                yield each
            else:
                yield replace(each, is_new=False)
            if each.reply is not None:
                # The same mail twice in one batch is new once.
                new.discard(each.reply.digest)

    def _weigh(self, raw: RawMail, verdict: Verdict, mail: SentMail) -> Incoming | None:
        """What is kept of a reply to one of ours; None for what tells nothing."""
        if verdict.kind is ReplyKind.OTHER:
            return None
        state, effects = self._follow(verdict, mail)
        return Incoming(
            digest=digest_of(raw.content),
            name=raw.name,
            kind=verdict.kind,
            state=state,
            key=mail.key,
            release_id=mail.dispatch.release_id,
            delivery_id=mail.delivery_id,
            words=_words_of(verdict, mail),
            mailed_at=verdict.date,
            reply=_reply_of(verdict),
            is_permanent=verdict.is_permanent,
            attendance=_ANSWERS[verdict.attendance] if verdict.attendance else None,
            has_photographer=verdict.has_photographer,
            absence=verdict.absence,
            effects=effects,
        )

    def _follow(self, verdict: Verdict, mail: SentMail) -> tuple[IncomingState, Effects]:
        """Whether a person is asked, and what follows without asking."""
        kind = verdict.kind
        if kind is ReplyKind.BOUNCE:
            wants_bar = verdict.is_permanent or self._bounced_before(mail)
            wants_bar = wants_bar and not self._is_barred(mail.key)
            state = IncomingState.PROPOSED if wants_bar else IncomingState.NEWS
            return state, Effects(bounced=mail.delivery_id)
        if kind is ReplyKind.OPT_OUT:
            if verdict.is_certain or self._mails.holds_token(verdict):
                return IncomingState.NEWS, Effects(suppression=bar_of(kind, mail.key, self.now))
            return IncomingState.PROPOSED, NO_EFFECTS
        if verdict.attendance is not None:
            return self._follow_answer(verdict, _ANSWERS[verdict.attendance], mail)
        has_left = verdict.absence is not None and verdict.absence.has_left
        is_asked = has_left and not self._is_barred(mail.key)
        return (IncomingState.PROPOSED if is_asked else IncomingState.NEWS), NO_EFFECTS

    def _follow_answer(
        self, verdict: Verdict, answer: Answer, mail: SentMail
    ) -> tuple[IncomingState, Effects]:
        """A calendar's answer counts at once; but never against what is known already."""
        release_id = mail.dispatch.release_id
        known = self.log.answers(release_id).get(mail.key)
        if known is answer:
            return IncomingState.NEWS, NO_EFFECTS
        if known is None and verdict.is_certain:
            note = AnswerNote(
                release_id=release_id, key=mail.key, answer=answer, source=_source(verdict.kind)
            )
            return IncomingState.NEWS, Effects(answer=note)
        return IncomingState.PROPOSED, NO_EFFECTS

    def _is_barred(self, key: str) -> bool:
        return self._barred.find(key, today=self.now.date()) is not None

    def _bounced_before(self, mail: SentMail) -> bool:
        earlier = self._mails.before(mail)
        return earlier is not None and earlier.status is DeliveryStatus.BOUNCED


def digest_of(content: bytes) -> str:
    """Tells one mail from every other, however its lines end."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def _words_of(verdict: Verdict, mail: SentMail) -> str:
    """The words; where somebody else writes for the one that was mailed, with who that is."""
    is_own = not verdict.is_personal or comparison_key(verdict.sender) == mail.key
    return verdict.words if is_own else f"{verdict.sender}: {verdict.words}"


def _reply_of(verdict: Verdict) -> Reply | None:
    """The server's words as a reply, its code where they hold one."""
    if verdict.kind not in (ReplyKind.BOUNCE, ReplyKind.DELAY, ReplyKind.SUCCESS):
        return None
    found = _CODE.search(verdict.words)
    if found is None:
        return Reply(code=0, text=verdict.words, enhanced=verdict.status)
    parsed = Reply.parse(int(found[1]), verdict.words[found.end() :])
    return Reply(code=parsed.code, text=parsed.text, enhanced=parsed.enhanced or verdict.status)


def _source(kind: ReplyKind) -> str:
    """How an answer came."""
    return "calendar" if kind is ReplyKind.CALENDAR else "mail"


def bar_of(kind: ReplyKind, key: str, now: dt.datetime) -> Suppression:
    """Who must not be mailed any more: by their own wish, or because nobody is there."""
    is_wish = kind is ReplyKind.OPT_OUT
    return Suppression(
        key=key,
        reason=SuppressionReason.OPT_OUT if is_wish else SuppressionReason.BOUNCED,
        source="mail",
        created=now,
    )


def list_proposals(log: ReplyLog) -> tuple[IncomingRecord, ...]:
    """What a person is asked: who is gone for good first, then who wants no more, then answers."""
    found = log.incoming(state=IncomingState.PROPOSED)
    return tuple(sorted(found, key=lambda each: (not each.is_permanent, _rank(each), each.id)))


_ORDER = (ReplyKind.OPT_OUT, ReplyKind.BOUNCE, ReplyKind.ABSENCE)


def _rank(record: IncomingRecord) -> int:
    return _ORDER.index(record.kind) if record.kind in _ORDER else len(_ORDER)


def effects_of(record: IncomingRecord, now: dt.datetime) -> Effects:
    """What follows when a person says yes to the proposal."""
    if record.attendance is not None:
        note = AnswerNote(
            release_id=record.release_id,
            key=record.key,
            answer=record.attendance,
            source=_source(record.kind),
            details=AnswerDetails(has_photographer=record.has_photographer),
        )
        return Effects(answer=note)
    return Effects(suppression=bar_of(record.kind, record.key, now))


def decide(log: ReplyLog, record: IncomingRecord, *, is_right: bool, now: dt.datetime) -> bool:
    """A person's yes or no; False where somebody else has decided meanwhile."""
    if not is_right:
        return log.decide(record.id, IncomingState.DISMISSED, NO_EFFECTS)
    return log.decide(record.id, IncomingState.CONFIRMED, effects_of(record, now))
