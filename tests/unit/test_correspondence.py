"""What follows from what was mailed: threads, who is informed, who is held back, what is due."""

import datetime as dt

import pytest

from pressutskick.dispatch.approval import Digests
from pressutskick.dispatch.correspondence import (
    Answer,
    Correspondent,
    Mail,
    gather,
    hold_back,
)
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.life import Life, list_overdue, list_upcoming, plan_reminder
from pressutskick.dispatch.plan import HoldBack
from pressutskick.dispatch.records import DispatchKey, DispatchRecord, DispatchState, Snapshot
from pressutskick.dispatch.reminders.times import ReminderState
from pressutskick.mail import Mailbox
from pressutskick.message.model import Purpose
from pressutskick.recipients.model import Recipient
from pressutskick.release.model import Event, Release

ANNA = Recipient(mailbox=Mailbox(address="anna@posten.example"))
DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 12, 1, 7, tzinfo=dt.UTC)  # 08:00 in Stockholm
S = DeliveryStatus


def mail(
    dispatch: int = 1,
    purpose: Purpose = Purpose.ANNOUNCE,
    status: DeliveryStatus = S.ACCEPTED,
    moment: dt.datetime = NOW - 5 * DAY,
    server_id: str | None = None,
    snapshot: int | None = None,
) -> Mail:
    return Mail(
        dispatch_id=dispatch,
        purpose=purpose,
        recipient=ANNA,
        status=status,
        moment=moment,
        message_id=f"<{dispatch}@astad.example>",
        server_id=server_id,
        snapshot_id=snapshot,
    )


def person(*mails: Mail) -> Correspondent:
    return Correspondent(recipient=ANNA, mails=mails)


def test_a_thread_holds_what_was_accepted_and_nothing_else() -> None:
    found = person(mail(1), mail(2, status=S.UNKNOWN), mail(3, status=S.REJECTED), mail(4))
    assert found.references == ("<1@astad.example>", "<4@astad.example>")


def test_the_text_that_was_accepted_last_is_held_and_later_ones_perhaps() -> None:
    refused = mail(2, Purpose.CORRECTION, S.REJECTED, snapshot=7)
    assert person(mail(1, snapshot=4), refused).held == (4,)
    taken = mail(2, Purpose.CORRECTION, snapshot=7)
    assert person(mail(1, snapshot=4), taken).held == (7,)
    perhaps = mail(3, Purpose.CORRECTION, S.UNKNOWN, snapshot=9)
    assert person(mail(1, snapshot=4), taken, perhaps).held == (7, 9)
    assert person(perhaps).held == (9,)
    assert person(mail(1, snapshot=4), mail(5, Purpose.CANCELLATION, snapshot=8)).held == (4,)
    assert person(mail(1, status=S.PENDING, snapshot=4)).held == ()


@pytest.mark.parametrize(
    ("server_id", "theirs"),
    [
        ("abc@prod.outlook.example", ["<abc@prod.outlook.example>"]),
        ("<abc@prod.outlook.example>", ["<abc@prod.outlook.example>"]),
        ("4D2F1A0042", []),
        ("a@b.example Bcc: c@d.example", []),
        (None, []),
    ],
)
def test_a_queue_id_is_no_message_id(server_id: str | None, theirs: list[str]) -> None:
    found = person(mail(server_id=server_id))
    assert list(found.references) == ["<1@astad.example>", *theirs]


def test_a_mail_that_came_back_has_informed_nobody() -> None:
    assert person(mail()).is_informed
    assert person(mail(2, Purpose.CORRECTION)).is_informed
    assert not person(mail(2, Purpose.REMINDER)).is_informed
    assert not person(mail(), mail(2, Purpose.REMINDER, S.BOUNCED)).is_informed
    assert not person(mail(status=S.UNKNOWN)).is_informed


def test_mails_are_gathered_by_mailbox() -> None:
    other = Recipient(mailbox=Mailbox(address="ANNA@Posten.example", name="Anna"))
    second = Mail(
        dispatch_id=2, purpose=Purpose.REMINDER, recipient=other, status=S.ACCEPTED, moment=NOW
    )
    (found,) = gather([mail(), second]).values()
    assert found.recipient is other
    assert len(found.mails) == 2


@pytest.mark.parametrize(
    ("answers", "last", "why"),
    [
        ({}, NOW - DAY, None),
        ({}, NOW - dt.timedelta(hours=19), HoldBack.COOLING_OFF),
        ({ANNA.mailbox.key: Answer.DECLINED}, NOW - DAY, HoldBack.DECLINED),
        ({ANNA.mailbox.key: Answer.COMING}, NOW - DAY, HoldBack.ANSWERED),
        ({ANNA.mailbox.key: Answer.OTHER}, NOW - DAY, HoldBack.ANSWERED),
    ],
)
def test_who_is_held_back(
    answers: dict[str, Answer], last: dt.datetime, why: HoldBack | None
) -> None:
    found = hold_back(person(mail(moment=last)), answers, NOW)
    assert (found[0] if found else None) is why


def test_what_was_perhaps_sent_counts_for_the_cool_off() -> None:
    found = person(mail(), mail(2, Purpose.CORRECTION, S.UNKNOWN, NOW - dt.timedelta(hours=1)))
    assert hold_back(found, {}, NOW) is not None
    assert hold_back(found, {}, NOW, unless=[2]) is None


def life(*records: DispatchRecord, reminders: tuple[str, ...] | None = None) -> Life:
    release = Release(
        id="a",
        title="A",
        event=Event(date=dt.date(2026, 12, 2), start=dt.time(10)),
        reminders=reminders,
    )
    digests = Digests(release="", templates="", selection="", settings="")
    return Life(
        release=release,
        snapshot=Snapshot(release="", digests=digests),
        dispatches=(dispatch(), *records),
    )


def dispatch(
    purpose: Purpose = Purpose.ANNOUNCE,
    number: int = 1,
    state: DispatchState = DispatchState.OPEN,
    send_at: dt.datetime | None = None,
    waiting: int = 0,
) -> DispatchRecord:
    return DispatchRecord(
        id=number,
        key=DispatchKey(release_id="a", purpose=purpose, number=number),
        title="A",
        state=state,
        created_at=NOW - 5 * DAY,
        send_at=send_at,
        counts={S.PENDING: waiting} if waiting else {},
    )


def test_a_reminder_is_known_by_its_time() -> None:
    begun = life(dispatch(Purpose.REMINDER, 3, send_at=NOW))
    assert begun.key_for(NOW).number == 3
    assert begun.key_for(NOW + DAY).number == 4
    assert life().key_for(NOW).number == 1


def test_what_is_called_off_is_not_upcoming() -> None:
    (due,) = list_upcoming([life()], NOW)
    assert due.state is ReminderState.DUE
    assert list_upcoming([life(dispatch(Purpose.CANCELLATION))], NOW) == ()
    cancelled = life(dispatch(number=2, state=DispatchState.CANCELLED))
    assert cancelled.is_called_off
    assert list_upcoming([cancelled], NOW) == ()


def test_a_recorded_dispatch_that_was_missed_stays_in_sight() -> None:
    waits = dispatch(Purpose.CORRECTION, state=DispatchState.SCHEDULED, send_at=NOW - DAY)
    states = [each.state for each in list_upcoming([life(waits, reminders=())], NOW)]
    assert states == [ReminderState.TOO_LATE]


def test_a_reminder_with_somebody_waiting_is_overdue_after_its_time() -> None:
    begun = dispatch(Purpose.REMINDER, send_at=NOW, waiting=1)
    assert list_overdue(life(begun), NOW + 3 * DAY / 24) == ()
    assert list_overdue(life(begun), NOW + DAY) == (begun,)
    assert list_overdue(life(dispatch(Purpose.REMINDER, send_at=NOW)), NOW + DAY) == ()


def test_a_reminder_asked_for_is_moved_to_a_permitted_hour_too() -> None:
    time = plan_reminder(life(), dt.timedelta(hours=5))
    assert time is not None
    assert time.due == dt.datetime(2026, 12, 2, 6, tzinfo=dt.UTC)


def test_the_sequence_rises_with_each_change() -> None:
    changed = life(dispatch(Purpose.CORRECTION, 1), dispatch(Purpose.CORRECTION, 2))
    assert (life().sequence, changed.sequence) == (0, 2)


def test_the_date_of_a_dispatch_is_fresh_for_half_a_day() -> None:
    record = dispatch(send_at=NOW)
    assert record.date_at(NOW + DAY / 4) == NOW
    assert record.date_at(NOW + DAY) == NOW + DAY
    waits = dispatch(state=DispatchState.SCHEDULED, send_at=NOW)
    assert waits.date_at(NOW + DAY / 4) == NOW + DAY / 4
