"""What every delivery log promises about people: told when they ask, gone when they must be."""

import asyncio
import datetime as dt

import pytest
from tests.contract.conftest import Clock
from tests.kit.deliveries import NOW, QUEUED, REJECTED, recipient
from tests.kit.logged import entries, order_of, release, send

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus as S
from pressutskick.dispatch.interfaces import Outcome, Phase
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.errors import DeliveryLogError, DispatchInProgress, Origin
from pressutskick.mail import Language, Mailbox, Reply
from pressutskick.message.model import Purpose
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import SkipReason, select
from pressutskick.recipients.suppression import Suppression, SuppressionReason

ADDRESS = "Åsa.Lindström@hamnposten.example"
ASA = Recipient(
    mailbox=Mailbox(address=ADDRESS, name="Åsa Lindström"),
    name="Åsa Lindström",
    outlet="Hamnposten",
    media_type="print",
    language=Language.SWEDISH,
    origin=Origin(file="hamnen.csv", line=2),
)
BO = Recipient(
    mailbox=Mailbox(address="bo@hamnposten.example"),
    name="Bo Ek",
    extra={"Not": f"vikarierar för {ADDRESS}"},
    origin=Origin(file="hamnen.csv", line=3),
)
CAJSA = Recipient(
    mailbox=Mailbox(address="cajsa@astad.example"), origin=Origin(file="fler.csv", line=2)
)
TEXT = release(f"Fråga {ADDRESS}", "bad")
LONG_AFTER = NOW + dt.timedelta(days=400)


def send_telling(log: DeliveryLog, *people: Recipient, purpose: Purpose = Purpose.ANNOUNCE) -> None:
    """A run in which the relay names the person in its reply."""
    reply = Reply.parse(250, f"2.0.0 <{ADDRESS}> Åsa Lindström taken")
    outcome = Outcome(phase=Phase.FINAL, reply=reply, detail=ADDRESS, server_id="4F2")
    send(log, order_of(TEXT, purpose), people, outcome=outcome)


def tell_all(log: DeliveryLog) -> str:
    """Everything that the log says to anybody."""
    keys = [each.mailbox.key for each in (ASA, BO)]
    told: list[object] = [log.dispatches(), log.suppressions().entries, log.answers("bad")]
    for record in log.dispatches():
        told += [log.snapshot(record.id), *log.deliveries(record.id), log.known(record.id, keys)]
        told += [log.attempts(each.id) for each in log.deliveries(record.id)]
    told += [log.correspondence("bad"), log.approvals("bad"), log.lists(ASA.mailbox.key)]
    told += [log.person(BO.mailbox.address), log.lives(), log.texts("bad")]
    return repr(told)


def test_all_that_is_held_about_one_person_is_told(log: DeliveryLog) -> None:
    send_telling(log, ASA, BO)
    log.note_answer("bad", ASA.mailbox.key, Answer.COMING, source="telefon")
    log.note_test("bad", ADDRESS, "<0@astad.example>", QUEUED, REJECTED)
    bar = Suppression(key=ASA.mailbox.key, reason=SuppressionReason.OPT_OUT, created=NOW)
    log.suppress(bar)
    held = log.person(ADDRESS.upper())
    ((delivery,), (answer,), (sample,)) = held.deliveries, held.answers, held.samples
    assert (delivery.key.release_id, delivery.title) == ("bad", TEXT.title)
    assert delivery.delivery.recipient == ASA
    assert [attempt.status for attempt in delivery.attempts] == [S.ACCEPTED]
    assert (answer.release_id, answer.answer, answer.source) == ("bad", Answer.COMING, "telefon")
    assert (sample.release_id, sample.status) == ("bad", S.REJECTED)
    assert held.suppressions == (bar,)


def test_of_somebody_unknown_nothing_is_held(log: DeliveryLog) -> None:
    send_telling(log, BO)
    held = log.person("nobody@astad.example")
    assert (held.deliveries, held.answers, held.samples, held.suppressions) == ((), (), (), ())


def test_the_lists_that_people_came_from_are_told(log: DeliveryLog) -> None:
    send_telling(log, ASA, CAJSA)
    assert log.lists(ASA.mailbox.key) == {"fler.csv": False, "hamnen.csv": True}


def test_an_erased_person_is_found_nowhere_and_counts_stay(log: DeliveryLog) -> None:
    send_telling(log, ASA, BO)
    log.note_answer("bad", ASA.mailbox.key, Answer.COMING, source=f"mejl från {ADDRESS}")
    for key, source in ((ASA.mailbox.key, "ringde"), (BO.mailbox.key, "hälsar Åsa Lindström")):
        log.suppress(
            Suppression(key=key, reason=SuppressionReason.MUTED, source=source, created=NOW)
        )
    before = log.dispatches()[0].counts
    assert "åsa" in tell_all(log).casefold()

    erased = log.erase(ADDRESS)

    told = tell_all(log).casefold()
    assert "lindström" not in told
    assert ASA.mailbox.key not in told
    assert erased.deliveries == 1
    assert erased.others > 0
    assert log.dispatches()[0].counts == before
    assert [each.recipient.name for each in log.deliveries(1)] == [None, "Bo Ek"]
    assert len(log.answers("bad")) == 1
    held = log.person(ADDRESS)
    assert (held.deliveries, held.answers, held.samples) == ((), (), ())
    assert [each.reason for each in held.suppressions] == [SuppressionReason.ERASED]


def test_a_list_that_holds_an_erased_person_again_yields_a_skip(log: DeliveryLog) -> None:
    send_telling(log, ASA, BO)
    log.erase(ADDRESS)
    choices = select([ASA, BO], suppressions=log.suppressions(), today=NOW.date())
    reasons = {choice.recipient.mailbox.key: choice.reason for choice in choices}
    assert reasons == {ASA.mailbox.key: SkipReason.ERASED, BO.mailbox.key: None}
    (row, _) = log.deliveries(1)
    (choice,) = select([row.recipient], suppressions=log.suppressions(), today=NOW.date())
    assert choice.reason is SkipReason.ERASED


def test_a_message_that_waits_for_an_erased_person_is_not_sent(log: DeliveryLog) -> None:
    send(log, order_of(TEXT), [ASA, BO], limit=0)
    log.erase(ADDRESS)
    found = [(each.status, each.reason) for each in log.deliveries(1)]
    assert found == [(S.SKIPPED, "erased"), (S.PENDING, None)]
    assert set(log.correspondence("bad")) == {BO.mailbox.key}


def test_nobody_is_erased_whose_message_is_in_hand(log: DeliveryLog) -> None:
    async def claim() -> None:
        await opened.claim(9, NOW)

    with log.begin(order_of(TEXT), entries([ASA])) as opened:
        asyncio.run(claim())
        with pytest.raises(DispatchInProgress):
            log.erase(ADDRESS)
    assert log.erase(ADDRESS).deliveries == 1


def test_erasing_twice_and_somebody_unknown_is_no_error(log: DeliveryLog) -> None:
    for _time in range(2):
        assert log.erase(ADDRESS).deliveries == 0


def test_an_address_that_begins_with_the_erased_one_is_another_s(log: DeliveryLog) -> None:
    other = "anna@a.example.org"
    people = [Recipient(mailbox=Mailbox(address=each)) for each in ("anna@a.example", other)]
    send(log, order_of(TEXT), people)
    log.erase("anna@a.example")
    assert [each.recipient.mailbox.address for each in log.deliveries(1)][1] == other


def test_retention_takes_people_and_leaves_counts(log: DeliveryLog, clock: Clock) -> None:
    send_telling(log, ASA, BO)
    log.note_answer("bad", BO.mailbox.key, Answer.COMING, source="Bo ringde")
    log.note_test("bad", ADDRESS, "<0@astad.example>", QUEUED, REJECTED)
    assert log.find_old(NOW) == ()
    clock.moment = LONG_AFTER
    (old,) = log.find_old(LONG_AFTER)
    assert (old.deliveries, old.key.release_id, old.last_change) == (2, "bad", NOW)
    before = log.dispatches()[0].counts
    assert log.strip_old(LONG_AFTER) == 2
    assert log.dispatches()[0].counts == before
    assert log.find_old(LONG_AFTER) == ()
    left = [each.recipient for each in log.deliveries(1)]
    assert [(each.outlet, each.media_type, each.language) for each in left] == [
        ("Hamnposten", "print", Language.SWEDISH),
        (None, None, None),
    ]
    assert [each.name for each in left] == [None, None]
    assert log.correspondence("bad") == {}
    assert len(log.answers("bad")) == 1
    assert BO.mailbox.key not in log.answers("bad")
    assert log.person(ADDRESS).samples == ()


def test_retention_leaves_alone_what_still_happens(log: DeliveryLog, clock: Clock) -> None:
    send_telling(log, ASA)
    log.note_answer("bad", ASA.mailbox.key, Answer.COMING, source="")
    clock.moment = LONG_AFTER
    send(log, order_of(TEXT, Purpose.REMINDER, created_at=LONG_AFTER), [ASA])
    later = order_of(TEXT, Purpose.CORRECTION, send_at=LONG_AFTER + dt.timedelta(days=9))
    log.schedule(later, entries([ASA]))
    (old,) = log.find_old(LONG_AFTER)
    assert old.key.purpose is Purpose.ANNOUNCE
    assert log.strip_old(LONG_AFTER) == 1
    # Other dispatches of the release still need to know who has answered.
    assert log.answers("bad") == {ASA.mailbox.key: Answer.COMING}


def test_a_stripped_dispatch_cannot_be_gone_on_with(log: DeliveryLog, clock: Clock) -> None:
    send_telling(log, ASA)
    clock.moment = LONG_AFTER
    log.strip_old(LONG_AFTER)
    with pytest.raises(DeliveryLogError, match="removed when their time was over"):
        send_telling(log, ASA)
    with pytest.raises(DeliveryLogError, match="removed when their time was over"):
        log.schedule(order_of(TEXT), entries([recipient(1)]))


def test_whoever_waits_in_a_stripped_dispatch_gets_nothing(log: DeliveryLog) -> None:
    send(log, order_of(TEXT), [ASA], limit=0)
    assert log.strip_old(LONG_AFTER) == 1
    (row,) = log.deliveries(1)
    assert (row.status, row.reason) == (S.SKIPPED, "stripped")
