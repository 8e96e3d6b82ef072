"""What goes out by itself, driven over memory: at its time, once, or told as missed."""

import datetime as dt

import pytest
from tests.kit.office import ANNA, FILE, LIST, TIPS, ZONE, Office

from pressutskick.actions.announcing import (
    note_steering,
    prepare_announcement,
    record_for_later,
    refuse_overtaken,
)
from pressutskick.actions.finding import find_life
from pressutskick.actions.following.reminding import list_prevented, prepare_reminder, remind_all
from pressutskick.actions.following.upcoming import Rules
from pressutskick.actions.gathering import Announcement
from pressutskick.actions.sending import Sending
from pressutskick.actions.workbench import Pace, open_workbench
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.records import DispatchState
from pressutskick.dispatch.reminders.times import ReminderState
from pressutskick.errors import ExitStatus, InputError

MORE = "reminders: [1d]\n"


@pytest.fixture
def office() -> Office:
    office = Office()
    office.write(more=MORE)
    return office


def prepare(office: Office, **wishes: object) -> Sending:
    request = Announcement(file=FILE, lists=(LIST,), **wishes)  # type: ignore[arg-type]
    return prepare_announcement(request, office.seen, office.seen.now(), office.notices)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def life_of(office: Office) -> Life:
    return find_life(office.bench().log, FILE, office.seen, now=office.seen.now())


def test_what_is_recorded_for_later_goes_out_at_its_time_and_once(office: Office) -> None:
    record_for_later(prepare(office, at=at("2026-11-26T07:00")))
    assert office.at("2026-11-26T06:59").remind() == []
    (sent,) = office.at("2026-11-26T07:01").remind()
    assert (sent.status, sent.result.accepted if sent.result else 0) == (ExitStatus.OK, 3)
    assert office.remind() == []
    assert office.mails().total() == 3


def test_what_nobody_called_in_time_is_told_and_not_sent(office: Office) -> None:
    record_for_later(prepare(office, at=at("2026-11-26T07:00")))
    (missed,) = office.at("2026-11-28T09:00").remind()
    assert missed.status is ExitStatus.REFUSED
    assert missed.error is not None
    assert "was to be sent at" in str(missed.error)
    assert office.mails().total() == 0


def test_nobody_is_invited_to_what_has_begun(office: Office) -> None:
    with pytest.raises(InputError, match="has begun"):
        prepare(office, at=at("2026-12-02T12:30"))
    assert not office.workspace.has_log()


def test_a_missed_reminder_is_told_once_and_stands_in_the_log(office: Office) -> None:
    office.announce()
    (missed,) = office.at("2026-12-02T07:30").remind()
    assert missed.status is ExitStatus.REFUSED
    assert "3 newsrooms were to get it" in str(missed.error)
    assert office.remind() == []
    assert office.mails().total() == 3


def test_a_dry_run_of_reminders_sends_and_notes_nothing(office: Office) -> None:
    office.announce()
    office.at("2026-12-01T12:31")
    with open_workbench(office.seen, Pace(), is_asked=False) as bench:
        (each,) = remind_all(bench, Rules(), is_dry=True)
    assert each.result is None
    assert each.sending is not None
    assert len(each.sending.plan.ready) == 3
    (sent,) = office.remind()
    assert sent.result is not None


def test_a_reminder_needs_the_approval_that_it_is_told_to_need(office: Office) -> None:
    office.announce()
    office.at("2026-12-01T12:31")
    with open_workbench(office.seen, Pace(), is_asked=False) as bench:
        (each,) = remind_all(bench, Rules(needs_approval=True))
    assert each.status is ExitStatus.DATA
    assert "approved" in str(each.error)
    assert office.mails().total() == 3


def test_a_person_may_remind_at_a_time_of_their_own(office: Office) -> None:
    office.announce()
    day = dt.timedelta(days=1)
    bench = office.bench()
    early, none = prepare_reminder(life_of(office), day, bench, Rules())
    assert (early.state, none) == (ReminderState.NOT_YET, None)
    office.at("2026-12-01T13:00")
    bench = office.bench()
    due, sending = prepare_reminder(life_of(office), day, bench, Rules())
    assert due.state is ReminderState.DUE
    assert sending is not None
    assert {each.mailbox.address for each in sending.plan.ready} >= {ANNA, TIPS}
    office.cancel()
    with pytest.raises(InputError, match="cancelled"):
        prepare_reminder(life_of(office), day, office.bench(), Rules())


def test_a_mail_just_sent_keeps_a_reminder_back_and_that_is_foreseen(office: Office) -> None:
    office.announce()
    office.at("2026-12-01T09:00").write(start="13:00", end="14:00", more=MORE)
    office.correct()
    (prevented,) = list_prevented("invigning", office.bench(), Rules())
    assert prevented.state is ReminderState.COOLING_OFF
    assert office.at("2026-12-01T13:30").remind() == []


def test_changed_reminders_reach_the_log_where_nobody_is_left_to_mail(office: Office) -> None:
    office.announce()
    office.write(more="reminders: [2h]\n")
    note_steering(prepare(office))
    assert life_of(office).release.reminders == ("2h",)
    assert office.mails().total() == 3


def test_a_text_corrected_while_somebody_reads_the_plan_is_not_sent(office: Office) -> None:
    office.announce()
    office.invite(ANNA, "sen@kanalen.example")
    waiting = prepare(office)
    refuse_overtaken(waiting)
    office.write(start="14:00", end="15:00", more=MORE)
    office.correct()
    with pytest.raises(InputError):
        refuse_overtaken(waiting)
    office.cancel()
    with pytest.raises(InputError, match="cancelled"):
        refuse_overtaken(waiting)


def test_a_cancellation_calls_off_what_waits(office: Office) -> None:
    office.announce()
    office.invite(ANNA, "sen@kanalen.example")
    office.cancel()
    log = office.bench().log
    assert all(record.state is not DispatchState.SCHEDULED for record in log.dispatches())
    assert office.at("2026-12-01T12:31").remind() == []
