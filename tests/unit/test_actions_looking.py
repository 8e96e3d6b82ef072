"""Actions that only look, driven over memory: previews, samples, rights, what was left unknown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from tests.kit.deliveries import LOST_AFTER_DOT, NO_SUCH_USER
from tests.kit.office import ANNA, BO, FILE, LIST, TIPS, Office

from pressutskick.actions.announcing import prepare_announcement
from pressutskick.actions.finding import find_dispatch
from pressutskick.actions.following.foreseeing import preview_followup
from pressutskick.actions.gathering import Announcement
from pressutskick.actions.previewing import Preview, make_preview
from pressutskick.actions.resolving import find_deliveries
from pressutskick.actions.rights import (
    Holdings,
    describe_person,
    forget_person,
    list_outlived,
    months_before,
    retention_limit,
)
from pressutskick.actions.sampling import send_sample
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.errors import ExitStatus, InputError, InputNotFound, UsageError
from pressutskick.message.model import Purpose
from pressutskick.recipients.held import HeldRows
from pressutskick.recipients.selection import EVERYBODY
from pressutskick.settings.model import Settings


@pytest.fixture
def office() -> Office:
    return Office()


def preview(office: Office, **wishes: object) -> Preview:
    return make_preview(
        FILE,
        (LIST,),
        EVERYBODY,
        office.seen,
        now=office.seen.now(),
        **wishes,  # type: ignore[arg-type]
    )


def subject_of(seen: Preview) -> str:
    return seen.show(seen.selected[0]).message.subject


# Previews -----------------------------------------------------------------------------------------


def test_a_preview_before_the_first_dispatch_says_what_will_differ(office: Office) -> None:
    seen = preview(office)
    assert {each.recipient.mailbox.address for each in seen.show_all()} == {ANNA, BO, TIPS}
    assert seen.caveat is not None
    assert not office.workspace.has_log()
    assert office.sent() == []


def test_the_bytes_that_are_shown_are_those_that_leave(office: Office) -> None:
    office.seen.open_log()  # and with it the key of every id
    seen = {each.recipient.mailbox.address: each.message for each in preview(office).show_all()}
    office.announce()
    assert {each.envelope.forward_path: each.message_id for each in office.sent()} == {
        address: message.message_id for address, message in seen.items()
    }


def test_what_some_have_got_already_is_told(office: Office) -> None:
    office.announce()
    same = preview(office).news
    assert same is not None
    assert "got this already" in str(same)
    office.write(start="14:00", end="15:00")
    changed = preview(office).news
    assert changed is not None
    assert "--as correction" in str(changed)


def test_a_preview_of_what_would_follow_needs_no_dispatch(office: Office) -> None:
    seen = preview(office, purpose=Purpose.CANCELLATION, reason="Sjukdom")
    assert subject_of(seen).startswith("Inställt")
    assert seen.news is None


def test_who_is_not_shown_is_explained(office: Office) -> None:
    seen = preview(office)
    assert seen.find(BO.upper()).mailbox.address == BO
    with pytest.raises(InputError, match="none of the lists"):
        seen.find("ingen@annan.example")


def test_nobody_selected_is_no_preview(office: Office) -> None:
    office.invite()
    with pytest.raises(InputError, match="Nobody"):
        preview(office)


@pytest.mark.parametrize(
    ("purpose", "begins"),
    [
        (Purpose.REMINDER, "Påminnelse"),
        (Purpose.CORRECTION, "Ny tid"),
        (Purpose.CANCELLATION, "Inställt"),
    ],
)
def test_what_follows_is_shown_as_it_would_leave(
    office: Office, purpose: Purpose, begins: str
) -> None:
    office.announce()
    if purpose is Purpose.CORRECTION:
        office.write(start="14:00", end="15:00")
    seen = preview_followup(FILE, purpose, office.seen)
    assert subject_of(seen).startswith(begins)
    assert len(seen.selected) == 3
    assert office.mails().total() == 3


def test_what_nobody_would_get_is_no_preview(office: Office) -> None:
    with pytest.raises(InputNotFound):
        preview_followup(FILE, Purpose.REMINDER, office.seen)
    office.announce()
    with pytest.raises(InputError, match="Nothing has changed"):
        preview_followup(FILE, Purpose.CORRECTION, office.seen)
    for address in (ANNA, BO, TIPS):
        office.bench().log.note_answer("invigning", address, Answer.DECLINED, source="telefon")
    with pytest.raises(InputError, match="Nobody would get this mail"):
        preview_followup(FILE, Purpose.REMINDER, office.seen)
    office.cancel()
    with pytest.raises(InputError, match="cancelled"):
        preview_followup(FILE, Purpose.REMINDER, office.seen)


# Samples ------------------------------------------------------------------------------------------


def test_a_sample_is_on_record_and_no_delivery(office: Office) -> None:
    sending = prepare_announcement(
        Announcement(file=FILE, lists=(LIST,)), office.seen, office.seen.now(), office.notices
    )
    sample = send_sample(sending, "jag@astad.example", office.seen)
    assert sample.status is ExitStatus.OK
    (mail,) = office.sent()
    assert mail.envelope.forward_path == "jag@astad.example"
    assert b"[PROV]" in mail.wire
    assert office.announce().accepted == 3
    assert mail.message_id not in {each.message_id for each in office.sent()[1:]}


def test_a_sample_that_is_refused_says_so(office: Office) -> None:
    sending = prepare_announcement(
        Announcement(file=FILE, lists=(LIST,)), office.seen, office.seen.now(), office.notices
    )
    office.post.planned = {"jag@astad.example": [NO_SUCH_USER]}
    sample = send_sample(sending, "jag@astad.example", office.seen)
    assert sample.decision is not None
    assert sample.decision.status is DeliveryStatus.REJECTED
    with pytest.raises(UsageError, match="not an address"):
        send_sample(sending, "jag vid astad", office.seen)


# What was left unknown ----------------------------------------------------------------------------


def test_deliveries_are_found_by_status_and_address(office: Office) -> None:
    office.post.planned = {BO: [LOST_AFTER_DOT], TIPS: [NO_SUCH_USER]}
    office.announce()
    log = office.bench().log
    record = find_dispatch(log, "1", office.seen, now=office.seen.now())
    (unknown,) = find_deliveries(log, record, DeliveryStatus.UNKNOWN, ())
    assert unknown.recipient.mailbox.address == BO
    (refused,) = find_deliveries(log, record, DeliveryStatus.REJECTED, (TIPS,))
    assert refused.recipient.mailbox.address == TIPS
    for status, told in (
        (DeliveryStatus.UNKNOWN, "no unknown outcome"),
        (DeliveryStatus.REJECTED, "was not refused"),
    ):
        with pytest.raises(InputNotFound, match=told):
            find_deliveries(log, record, status, (ANNA,))
    with pytest.raises(InputNotFound):
        find_dispatch(log, "77", office.seen, now=office.seen.now())


# Rights -------------------------------------------------------------------------------------------


@dataclass
class Cupboard:
    """What a workspace holds, without a disk."""

    office: Office
    kept: list[str] = field(default_factory=list)
    asked: dict[str, bool] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return self.office.workspace.settings

    def logs(self) -> Mapping[str, DeliveryLog | None]:
        return {"log": self.office.seen.open_log(), "rehearsals": None}

    def open_log(self) -> DeliveryLog:
        return self.office.seen.open_log()

    def search_lists(self, key: str, known: Mapping[str, bool]) -> HeldRows:
        self.asked |= known
        return HeldRows(gone=("gammal.xlsx",))

    def remove_messages(self, key: str) -> int:
        count = self.kept.count(key)
        self.kept = [each for each in self.kept if each != key]
        return count


def test_a_person_is_told_what_is_held_and_is_forgotten(office: Office) -> None:
    cupboard = Cupboard(office, kept=[BO, BO, ANNA])
    holdings: Holdings = cupboard
    office.announce()
    held = describe_person(BO, holdings)
    record = held.records["log"]
    assert record is not None
    assert held.records["rehearsals"] is None
    assert held.lists.gone == ("gammal.xlsx",)
    forgotten = forget_person(BO.upper(), holdings)
    assert (forgotten.deliveries, forgotten.messages) == (1, 2)
    assert cupboard.kept == [ANNA]
    log = office.bench().log
    assert BO not in {d.recipient.mailbox.address for d in log.deliveries(1)}
    # Who was forgotten is not invited again by a list that still has them.
    assert office.announce().accepted == 0


def test_people_are_outlived_by_the_setting_or_the_flag(office: Office) -> None:
    settings, now = office.workspace.settings, office.seen.now()
    with pytest.raises(UsageError, match="retention"):
        retention_limit(settings, None, now)
    kept = replace(settings, retention_months=12)
    assert retention_limit(kept, None, now) == now.replace(year=2025)
    assert retention_limit(kept, 1, now) == now.replace(month=10)
    assert list_outlived(None, now) == ()
    office.announce()
    log = office.bench().log
    assert list_outlived(log, now - dt.timedelta(days=1)) == ()
    assert len(list_outlived(log, now + dt.timedelta(days=400))) == 1


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-05-31", 6, "2025-11-30"),
        ("2026-12-31", 12, "2025-12-31"),
    ],
)
def test_a_month_before_is_that_month_s_last_day_at_most(
    day: str, months: int, expected: str
) -> None:
    moment = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
    assert months_before(moment, months).date().isoformat() == expected
