"""What every delivery log tells of a release: its texts, who was told what, who has answered."""

import datetime as dt
from dataclasses import replace

from tests.contract.conftest import Clock
from tests.kit.deliveries import LATER, LOST_AFTER_DOT, NO_SUCH_USER, NOW, REJECTED, UNKNOWN
from tests.kit.deliveries import recipient as person
from tests.kit.logged import order_of, release, send

from pressutskick.dispatch.approval import Approval, Digests, FileDigest
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus as S
from pressutskick.dispatch.delivery import Resolution
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.records import ResolutionRecord
from pressutskick.message.model import Purpose

PEOPLE = [person(number) for number in range(3)]
FIRST, LATEST = release(), release("Bron öppnas klockan elva")
OTHER = release("Annat", "annat")


def test_a_release_that_was_never_sent_has_no_life(log: DeliveryLog) -> None:
    assert log.lives() == ()
    assert log.life("bron") is None
    assert log.texts("bron") == {}
    assert log.text_before("bron", 1) is None
    assert log.correspondence("bron") == {}


def test_the_text_of_a_release_is_the_last_that_told_it(log: DeliveryLog) -> None:
    send(log, order_of(FIRST), PEOPLE)
    send(log, order_of(LATEST, Purpose.CORRECTION), PEOPLE)
    # A reminder that was made of the earlier text tells nothing new.
    send(log, order_of(FIRST, Purpose.REMINDER), PEOPLE)
    life = log.life("bron")
    assert life is not None
    assert life.release == LATEST
    assert life.snapshot == order_of(LATEST).snapshot
    purposes = [each.key.purpose for each in life.dispatches]
    assert purposes == [Purpose.ANNOUNCE, Purpose.CORRECTION, Purpose.REMINDER]


def test_lives_come_in_the_order_of_their_first_dispatch(log: DeliveryLog) -> None:
    send(log, order_of(FIRST), PEOPLE)
    send(log, order_of(OTHER), PEOPLE)
    send(log, order_of(FIRST, Purpose.REMINDER), PEOPLE)
    assert [each.release.id for each in log.lives()] == ["bron", "annat"]
    assert log.life("bron") == log.lives()[0]


def test_every_text_that_went_out_is_kept_by_its_snapshot(log: DeliveryLog) -> None:
    announced = send(log, order_of(FIRST), PEOPLE)
    send(log, order_of(OTHER), PEOPLE)
    corrected = send(log, order_of(LATEST, Purpose.CORRECTION), PEOPLE)
    texts = log.texts("bron")
    assert [each.release for each in texts.values()] == [FIRST, LATEST]
    assert list(texts) == sorted(texts)
    for record in (announced, corrected):
        (number, *_) = {each.snapshot_id for each in log.deliveries(record.id)}
        assert number in texts


def test_the_files_of_a_text_are_known_by_their_octets(log: DeliveryLog) -> None:
    order = order_of(FIRST)
    files = (FileDigest(name="karta.pdf", sha256="ab" * 32),)
    attached = replace(order, snapshot=replace(order.snapshot, files=files))
    send(log, attached, PEOPLE[:1])
    # The same text with another file is another text.
    other = (FileDigest(name="karta.pdf", sha256="cd" * 32),)
    send(log, replace(order, snapshot=replace(order.snapshot, files=other)), PEOPLE[1:2])
    life = log.life("bron")
    assert life is not None
    assert life.text.files == other
    assert [each.files for each in log.texts("bron").values()] == [files, other]


def test_files_that_were_not_kept_are_not_known(log: DeliveryLog) -> None:
    order = order_of(FIRST)
    unknown = replace(order, snapshot=replace(order.snapshot, files=None))
    send(log, unknown, PEOPLE[:1])
    send(log, unknown, PEOPLE[1:])
    assert [each.files for each in log.texts("bron").values()] == [None]


def test_what_held_before_a_correction_is_told(log: DeliveryLog) -> None:
    send(log, order_of(FIRST), PEOPLE)
    second = send(log, order_of(LATEST, Purpose.CORRECTION), PEOPLE)
    third = send(log, order_of(FIRST, Purpose.CORRECTION, 2), PEOPLE)
    before = [log.text_before("bron", each.id) for each in (second, third)]
    assert [each.release for each in before if each] == [FIRST, LATEST]
    assert log.text_before("annat", third.id) is None


def test_everybody_is_known_with_all_that_was_sent_to_them(log: DeliveryLog, clock: Clock) -> None:
    send(log, order_of(FIRST), PEOPLE[:2])
    send(log, order_of(OTHER), PEOPLE)
    clock.moment = LATER
    send(
        log, order_of(FIRST, Purpose.REMINDER), PEOPLE[1:], outcome=LOST_AFTER_DOT, decision=UNKNOWN
    )
    told = log.correspondence("bron")
    assert set(told) == {each.mailbox.key for each in PEOPLE}
    first, second, third = (told[each.mailbox.key] for each in PEOPLE)
    assert [(mail.purpose, mail.status, mail.moment) for mail in second.mails] == [
        (Purpose.ANNOUNCE, S.ACCEPTED, NOW),
        (Purpose.REMINDER, S.UNKNOWN, LATER),
    ]
    assert (first.is_informed, third.is_informed) == (True, False)
    assert first.mails[0].server_id == "4F2"
    assert first.references == (first.mails[0].message_id,)
    # A reminder brings no text, but entries of a calendar.
    assert second.held == (second.mails[0].snapshot_id,)
    assert second.saved == (second.mails[0].snapshot_id, second.mails[1].snapshot_id)


def test_the_newest_row_of_a_recipient_counts(log: DeliveryLog) -> None:
    moved = replace(PEOPLE[0], outlet="Åstads Tidning")
    send(log, order_of(FIRST), PEOPLE, outcome=NO_SUCH_USER, decision=REJECTED)
    send(log, order_of(FIRST, Purpose.CORRECTION), [moved])
    assert log.correspondence("bron")[moved.mailbox.key].recipient == moved


def test_the_last_answer_counts_and_each_release_has_its_own(log: DeliveryLog) -> None:
    key, other = (each.mailbox.key for each in PEOPLE[:2])
    log.note_answer("bron", key, Answer.DECLINED, source="mejl")
    log.note_answer("bron", key, Answer.COMING, source="telefon")
    log.note_answer("annat", other, Answer.OTHER, source="")
    assert log.answers("bron") == {key: Answer.COMING}
    assert log.answers("annat") == {other: Answer.OTHER}


def test_approvals_are_kept_in_their_order_for_good(log: DeliveryLog) -> None:
    digests = Digests(release="r", templates="t", selection="s", settings="e")
    given = [
        Approval(
            release_id=id_,
            digests=replace(digests, release=id_ * number),
            approver=f"Åsa {number}",
            person=f"åsa@press{number}",
            approved_at=NOW + dt.timedelta(hours=number),
        )
        for number, id_ in enumerate(["bron", "annat", "bron"], 1)
    ]
    for approval in given:
        log.note_approval(approval)
    assert log.approvals("bron") == (given[0], given[2])
    assert log.approvals("badet") == ()


def test_decisions_about_deliveries_are_told_with_the_attempt_that_they_are_about(
    log: DeliveryLog, clock: Clock
) -> None:
    lost = send(log, order_of(FIRST), PEOPLE, outcome=LOST_AFTER_DOT, decision=UNKNOWN)
    other = send(log, order_of(OTHER), PEOPLE, outcome=LOST_AFTER_DOT, decision=UNKNOWN)
    first, second, third = (each.id for each in log.deliveries(lost.id))
    moment = clock.pass_by(hours=1)
    log.resolve([second], Resolution.LEAVE)
    log.resolve([first, second], Resolution.RESEND)
    log.resolve([each.id for each in log.deliveries(other.id)], Resolution.LEAVE)
    assert log.resolutions("bron") == tuple(
        ResolutionRecord(delivery_id=delivery, attempt=1, choice=choice, decided_at=moment)
        for delivery, choice in ((second, Resolution.LEAVE), (first, Resolution.RESEND))
    )
    assert third not in {each.delivery_id for each in log.resolutions("bron")}


def test_why_a_dispatch_was_sent_stays_with_it(log: DeliveryLog) -> None:
    send(log, order_of(FIRST), PEOPLE)
    told = send(log, order_of(FIRST, Purpose.CANCELLATION, reason="Storm"), PEOPLE)
    assert told.reason == "Storm"
    assert [each.reason for each in log.dispatches()] == [None, "Storm"]
