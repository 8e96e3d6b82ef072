"""What every delivery log promises about replies: kept once, with all that follows, or not at all."""

import datetime as dt

from tests.contract.conftest import Clock
from tests.kit.deliveries import NO_SUCH_USER, NOW, QUEUED, REJECTED, UNKNOWN, recipient
from tests.kit.logged import order_of, release, send

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus as S
from pressutskick.dispatch.incoming import (
    AnswerNote,
    Batch,
    Effects,
    Incoming,
    IncomingState,
)
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.mail import EnhancedStatus, Reply
from pressutskick.recipients.suppression import Suppression, SuppressionReason
from pressutskick.replies.mailbox import START, Cursor
from pressutskick.replies.verdict import Absence, ReplyKind

ANNA, BO = recipient(1), recipient(2)
KEY = ANNA.mailbox.key
GONE = Reply(code=550, text="no such user", enhanced=EnhancedStatus(class_=5, subject=1, detail=1))
BAR = Suppression(key=KEY, reason=SuppressionReason.BOUNCED, created=NOW)


def reply(digest: str = "a", **more: object) -> Incoming:
    given = {
        "digest": digest,
        "name": "1.eml",
        "kind": ReplyKind.BOUNCE,
        "state": IncomingState.NEWS,
        "key": KEY,
        "release_id": "bron",
        **more,
    }
    return Incoming(**given)  # type: ignore[arg-type]


def batch(*replies: Incoming, **more: object) -> Batch:
    return Batch(account="box", replies=replies, **more)  # type: ignore[arg-type]


def sent(log: DeliveryLog, *people: object, **more: object) -> int:
    """The id of the first delivery."""
    record = send(log, order_of(release()), people, **more)  # type: ignore[arg-type]
    return next(log.deliveries(record.id)).id


def test_only_what_may_have_gone_out_can_come_back(log: DeliveryLog) -> None:
    send(log, order_of(release()), [ANNA, BO], outcome=NO_SUCH_USER, decision=REJECTED)
    assert list(log.sent()) == []
    delivery = sent(log, recipient(3))
    (found,) = log.sent()
    assert found.delivery_id == delivery + 2
    assert found.key == recipient(3).mailbox.key
    assert found.message_id == f"<{found.delivery_id}@astad.example>"
    assert found.server_id == "4F2"
    assert found.dispatch.release_id == "bron"


def test_what_went_out_long_ago_can_be_left_out(log: DeliveryLog, clock: Clock) -> None:
    sent(log, ANNA)
    later = clock.pass_by(days=40)
    assert list(log.sent(later)) == []
    assert len(list(log.sent(later - dt.timedelta(days=41)))) == 1


def test_a_bounce_takes_the_delivery_back_and_says_why(log: DeliveryLog) -> None:
    delivery = sent(log, ANNA, BO)
    bounced = reply(delivery_id=delivery, reply=GONE, effects=Effects(bounced=delivery))
    assert log.take_in(batch(bounced)) == (bounced,)
    first, second = log.deliveries(log.dispatches()[0].id)
    assert (first.status, first.reply) == (S.BOUNCED, GONE)
    assert second.status is S.ACCEPTED


def test_a_bounce_proves_that_the_relay_had_taken_the_mail(log: DeliveryLog) -> None:
    delivery = sent(log, ANNA, outcome=QUEUED, decision=UNKNOWN)
    log.take_in(batch(reply(delivery_id=delivery, effects=Effects(bounced=delivery))))
    (found,) = log.deliveries(log.dispatches()[0].id)
    assert found.status is S.BOUNCED


def test_the_same_mail_again_changes_nothing(log: DeliveryLog) -> None:
    delivery = sent(log, ANNA)
    note = AnswerNote(release_id="bron", key=KEY, answer=Answer.COMING, source="mail")
    first = reply(delivery_id=delivery, effects=Effects(answer=note))
    log.take_in(batch(first))
    log.note_answer("bron", KEY, Answer.DECLINED, source="telefon")
    assert log.take_in(batch(first, first)) == ()
    assert log.answers("bron") == {KEY: Answer.DECLINED}
    assert len(log.incoming()) == 1


def test_what_was_kept_is_read_again(log: DeliveryLog, clock: Clock) -> None:
    delivery = sent(log, ANNA)
    away = Absence(back=dt.date(2026, 12, 7), deputy="bo@a.example", has_left=True)
    kept = reply(
        kind=ReplyKind.ABSENCE,
        state=IncomingState.PROPOSED,
        delivery_id=delivery,
        words="Jag är borta",
        mailed_at=NOW,
        absence=away,
        is_permanent=True,
        has_photographer=True,
        attendance=Answer.OTHER,
    )
    log.take_in(batch(kept))
    (found,) = log.incoming(state=IncomingState.PROPOSED, release_id="bron")
    assert (found.kind, found.key, found.words) == (kept.kind, KEY, "Jag är borta")
    assert (found.account, found.name, found.mailed_at) == ("box", "1.eml", NOW)
    assert (found.absence, found.attendance) == (away, Answer.OTHER)
    assert found.is_permanent
    assert found.has_photographer
    assert found.recipient == ANNA
    assert found.taken_at == clock.now()
    assert log.incoming(state=IncomingState.NEWS) == ()
    assert log.incoming(release_id="annat") == ()


def test_a_proposal_is_decided_once(log: DeliveryLog) -> None:
    log.take_in(batch(reply(state=IncomingState.PROPOSED)))
    (found,) = log.incoming()
    assert log.suppressions().entries == {}
    assert log.decide(found.id, IncomingState.CONFIRMED, Effects(suppression=BAR))
    assert log.suppressions().entries == {KEY: (BAR,)}
    log.lift(KEY)
    assert not log.decide(found.id, IncomingState.DISMISSED, Effects(suppression=BAR))
    assert log.suppressions().entries == {}
    assert [each.state for each in log.incoming()] == [IncomingState.CONFIRMED]


def test_it_is_remembered_how_far_each_mailbox_was_read(log: DeliveryLog) -> None:
    assert log.progress("box") == START
    log.take_in(batch(cursor=Cursor(validity=7, uid=3), places=["p1"]))
    log.take_in(batch(cursor=Cursor(validity=7, uid=9), places=["p2", "p1"]))
    known = log.progress("box")
    assert known.cursor == Cursor(validity=7, uid=9)
    assert known.places == {"p1", "p2"}
    assert log.progress("another") == START


def test_what_an_erased_person_wrote_is_gone_and_comes_in_no_second_time(log: DeliveryLog) -> None:
    delivery = sent(log, ANNA)
    kept = reply(
        delivery_id=delivery,
        words=f"Åsa 1 finns inte: {KEY}",
        reply=GONE,
        state=IncomingState.PROPOSED,
    )
    others = reply("b", key=BO.mailbox.key, words=f"fråga Åsa 1, {KEY}")
    log.take_in(batch(kept, others))
    assert len(log.person(KEY).replies) == 1
    log.erase(KEY)
    assert log.person(KEY).replies == ()
    told = repr(log.incoming())
    assert KEY not in told
    assert "Åsa 1" not in told
    assert log.incoming(state=IncomingState.PROPOSED) == ()
    assert log.take_in(batch(kept)) == ()
    assert list(log.sent()) == []


def test_replies_are_stripped_with_their_dispatch(log: DeliveryLog, clock: Clock) -> None:
    delivery = sent(log, ANNA)
    log.take_in(batch(reply(delivery_id=delivery, words=f"{KEY} är borta")))
    log.strip_old(clock.pass_by(days=400))
    (found,) = log.incoming()
    assert KEY not in repr(found)
